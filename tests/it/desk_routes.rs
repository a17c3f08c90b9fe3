//! The list of routes, walked by everybody there is.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::http::Method;
use domain::staff::{Needs, Role};
use server::desk::{Route, Takes, all};
use server::store::staff::Change;

use crate::desk::{Seated, seat};
use crate::server_under_test::{Answer, Server};

/// Who asks, and what she may.
struct Asking {
    who: &'static str,
    token: String,
    may: fn(Needs) -> bool,
    /// To everything she may not.
    refused: u16,
}

async fn everybody(server: &Server) -> Vec<Asking> {
    let nobody = |needs| needs == Needs::Nothing;
    let disabled = seat(server, Role::Lead, Some("gunma")).await;
    let entry = server.app.staff.entry(&disabled.member, "disabled", String::new());
    server.app.staff.store.change_member(disabled.member.id, Change::Disable, false, entry).await.unwrap();
    let ended = seat(server, Role::Lead, Some("shimane")).await;
    assert_eq!(ended.post(server, "/desk/api/sign-out", "").await.status, 204);
    let (member, lead) =
        (seat(server, Role::Member, Some("shimane")).await, seat(server, Role::Lead, Some("shimane")).await);
    let federation = seat(server, Role::Federation, None).await;
    vec![
        Asking { who: "nobody", token: String::new(), may: nobody, refused: 401 },
        Asking { who: "somebody who guesses", token: "A".repeat(43), may: nobody, refused: 401 },
        Asking { who: "disabled", token: disabled.token, may: nobody, refused: 401 },
        Asking { who: "signed out", token: ended.token, may: nobody, refused: 401 },
        Asking { who: "member", token: member.token, may: |needs| Role::Member.may(needs), refused: 403 },
        Asking { who: "lead", token: lead.token, may: |needs| Role::Lead.may(needs), refused: 403 },
        Asking {
            who: "federation",
            token: federation.token,
            may: |needs| Role::Federation.may(needs),
            refused: 403,
        },
    ]
}

fn address(route: &Route) -> String {
    let filled = route.path.split('/').map(|part| if part.starts_with('{') { "nobody" } else { part });
    filled.collect::<Vec<_>>().join("/")
}

/// With nothing that a handler could do something with.
async fn try_it(server: &Server, route: &Route, token: &str) -> Answer {
    let her = Seated::of(token.to_owned());
    if route.method == Method::GET {
        her.get(server, &address(route)).await
    } else {
        her.send(server, &address(route), kind(route), "[]").await
    }
}

/// Of what it takes.
fn kind(route: &Route) -> &'static str {
    match route.takes {
        Takes::Json => "application/json",
        Takes::Picture => "image/png",
    }
}

// A route was added for leads; the check in its handler was forgotten, and a member published in the team's name.
#[tokio::test]
async fn every_route_lets_in_whom_it_is_for_and_nobody_else() {
    for route in all().iter() {
        let server = Server::start();
        for Asking { who, token, may, refused } in everybody(&server).await {
            let answer = try_it(&server, route, &token).await;
            let (method, path, status) = (&route.method, route.path, answer.status.as_u16());
            assert_eq!(answer.header("cache-control"), "no-store", "{who}: {method} {path}");
            if may(route.needs) {
                assert!(![401, 403].contains(&status), "{who}: {method} {path} is refused with {status}");
                assert!(status < 500, "{who}: {method} {path} answers {status}");
            } else {
                assert_eq!(status, refused, "{who}: {method} {path}");
                let code = if refused == 401 { "signed_out" } else { "forbidden" };
                assert_eq!(answer.json()["code"], code, "{who}: {method} {path}");
            }
        }
    }
}

/// Lines of the log as they are written.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

// For a week somebody's browser had asked for what only leads may do, and the log had nothing but a number of 403s.
#[tokio::test]
async fn who_is_refused_for_her_role_is_in_the_log_by_her_number() {
    let log = Written::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    let _heard = tracing::subscriber::set_default(lines);
    let server = Server::start();
    let member = seat(&server, Role::Member, Some("shimane")).await;
    assert_eq!(member.post(&server, "/desk/api/facts/publish", "[]").await.status, 403);
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let line = said.lines().find(|line| line.contains("her role does not reach so far")).unwrap_or_default();
    assert!(line.contains(&format!("\"member\":{}", member.member.id)), "{said}");
    assert!(line.contains("/desk/api/facts/publish"), "{said}");
    assert!(!said.contains(&member.token) && !said.contains(&member.member.name), "{said}");
}

// A link in a mail led to a page that sent a form to the desk, with her cookie.
#[tokio::test]
async fn nothing_is_changed_by_what_another_page_or_a_form_sends() {
    let server = Server::start();
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let cookie = format!("tonari-desk={}", lead.token);
    let changing: Vec<Route> = all().into_iter().filter(|route| route.method != Method::GET).collect();
    assert!(
        changing.len() >= 11 && all().iter().all(|route| [Method::GET, Method::POST].contains(&route.method))
    );
    for route in &changing {
        let json = ("content-type", kind(route));
        for headers in [
            &[json, ("sec-fetch-site", "cross-site")][..],
            &[json, ("sec-fetch-site", "same-site")],
            &[json, ("sec-fetch-site", "none")],
            &[json, ("sec-fetch-site", "cross-site"), ("origin", "http://localhost"), ("host", "localhost")],
            &[json, ("origin", "https://evil.example"), ("host", "localhost")],
            &[json, ("origin", "null"), ("host", "localhost")],
            &[json],
            &[("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")],
            &[("content-type", "text/plain"), ("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "same-origin")],
        ] {
            let headers = [headers, &[("cookie", &*cookie)]].concat();
            let answer = server.post(&address(route), &headers, "[]").await;
            assert_eq!(answer.status, 403, "{} {headers:?}", route.path);
            assert_eq!(answer.json()["code"], "forbidden", "{} {headers:?}", route.path);
        }
    }
    assert_eq!(lead.get(&server, "/desk/api/me").await.status, 200, "nobody signed her out");
    let json = ("content-type", "application/json");
    let old_browser =
        [json, ("origin", "http://localhost:8080"), ("host", "localhost:8080"), ("cookie", &cookie)];
    assert_eq!(server.post("/desk/api/sign-out", &old_browser, "").await.status, 204);
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host_and_the_origin_is_the_public_one() {
    let public = "https://tonari.example.jp";
    let server = Server::start_with(|config| config.public_url = Some(public.parse().unwrap()));
    let her = seat(&server, Role::Lead, Some("shimane")).await;
    assert_eq!(her.get(&server, "/desk/api/me").await.status, 401, "the name of an unencrypted one");
    let cookie = format!("a=b; __Host-tonari-desk={}", her.token);
    let json = ("content-type", "application/json");
    for (origin, status) in [("http://tonari.example.jp", 403), ("https://evil.example", 403), (public, 204)]
    {
        let headers = [json, ("origin", origin), ("host", "evil.example"), ("cookie", &*cookie)];
        let answer = server.post("/desk/api/sign-out", &headers, "").await;
        assert_eq!(answer.status, status, "{origin}");
        if status == 204 {
            let cookie = answer.header("set-cookie");
            assert_eq!(cookie, "__Host-tonari-desk=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
        }
    }
}

#[tokio::test]
async fn the_numbers_know_the_desks_routes_and_nothing_that_was_typed() {
    let server = Server::start_with(|config| config.metrics_token = Some("t".to_owned()));
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    for path in
        ["/desk/canary", "/desk/canary.js", "/desk/api/canary", "/desk/api/invitations/canary", "/desk/"]
    {
        lead.get(&server, path).await;
        lead.post(&server, path, "").await;
    }
    let text = server.ask(Method::GET, "/metrics", &[("authorization", "Bearer t")]).await;
    let text = text.text();
    assert!(!text.contains("canary") && !text.contains(&lead.token), "{text}");
    let routes = text.lines().filter_map(|line| line.split_once("route=\"")?.1.split_once('"'));
    let routes: BTreeSet<&str> = routes.map(|(route, _)| route).collect();
    assert_eq!(
        routes,
        ["/desk/api/invitations/{code}", "api", "file", "missing", "page", "refused"]
            .into_iter()
            .filter(|one| *one != "file")
            .collect()
    );
}

// A burst of guesses at invitations took the database's time from those who book.
#[tokio::test]
async fn a_way_in_is_counted_like_a_booking() {
    let few = std::num::NonZeroU32::new(3).unwrap();
    let server = Server::start_with(|config| config.allowance.changes_per_minute = few);
    for status in [410, 410, 410, 429] {
        assert_eq!(server.get("/desk/api/invitations/nobody").await.status, status);
    }
    let nobody = Seated::of(String::new());
    assert_eq!(nobody.post(&server, "/desk/api/sign-in/begin", "").await.status, 429);
    assert_eq!(nobody.get(&server, "/desk/api/me").await.status, 401, "reading is not");
}

#[tokio::test]
async fn a_lead_reaches_her_own_team_and_the_federation_every_one() {
    let server = Server::start();
    let (lead, other) =
        (seat(&server, Role::Lead, Some("shimane")).await, seat(&server, Role::Member, Some("gunma")).await);
    let (member, federation) =
        (seat(&server, Role::Member, Some("shimane")).await, seat(&server, Role::Federation, None).await);
    let names = async |who: &Seated, query: &str| {
        who.get(&server, &format!("/desk/api/colleagues{query}")).await.json().as_array().map(Vec::len)
    };
    assert_eq!(names(&lead, "").await, Some(2));
    assert_eq!(names(&lead, "?association=gunma").await, None);
    assert_eq!(names(&federation, "?association=gunma").await, Some(1));
    let act = async |who: &Seated, id: i64, act: &str, body: &str| {
        who.post(&server, &format!("/desk/api/colleagues/{id}/{act}"), body).await.status.as_u16()
    };
    assert_eq!(act(&lead, other.member.id, "disable", "").await, 404);
    assert_eq!(act(&lead, 99, "disable", "").await, 404);
    assert_eq!(act(&lead, lead.member.id, "disable", "").await, 409, "nobody else invites");
    assert_eq!(act(&lead, member.member.id, "role", r#"{"role":"lead"}"#).await, 200);
    assert_eq!(act(&lead, member.member.id, "role", r#"{"role":"federation"}"#).await, 422);
    assert_eq!(act(&lead, lead.member.id, "role", r#"{"role":"member"}"#).await, 200);
    assert_eq!(act(&lead, member.member.id, "disable", "").await, 403, "at once");
    assert_eq!(act(&federation, other.member.id, "disable", "").await, 200);
    assert_eq!(other.get(&server, "/desk/api/me").await.status, 401, "at once");
    for (who, body, status) in [
        (&member, r#"{"role":"member"}"#, 200),
        (&member, r#"{"role":"lead","association":"gunma"}"#, 403),
        (&member, r#"{"role":"federation"}"#, 422),
        (&federation, r#"{"role":"federation"}"#, 200),
        (&federation, r#"{"role":"lead"}"#, 422),
        (&federation, r#"{"role":"lead","association":"gunma"}"#, 200),
        (&federation, r#"{"role":"lead","association":"atlantis"}"#, 422),
        (&federation, r#"{"role":"lead","association":"gunma","mail":"no mail"}"#, 422),
    ] {
        assert_eq!(who.post(&server, "/desk/api/invitations", body).await.status, status, "{body}");
    }
}
