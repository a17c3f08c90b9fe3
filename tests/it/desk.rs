//! The desk's server: who is let in, by what, and for how long.

use axum::body::Body;
use axum::http::Method;
use domain::association::AssociationId;
use domain::staff::Role;
use server::service::staff::colleagues::{Actor, Wanted};
use server::store::staff::Member;

use crate::binary::tonari_on;
use crate::server_under_test::{Answer, Server};

/// As a page of ours asks.
pub const OURS: [(&str, &str); 2] = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];

/// Somebody who is signed in.
pub struct Seated {
    pub member: Member,
    pub token: String,
}

/// The code of an invitation from the command line.
pub async fn invited(server: &Server, role: Role, association: Option<&str>, member: Option<i64>) -> String {
    let association = association.map(|id| AssociationId(id.to_owned()));
    let wanted = member.map_or(Wanted::New { role, association }, Wanted::Again);
    server.app.staff.invite(Actor::Hands("test"), wanted).await.unwrap().0
}

/// What the journal tells, the oldest first.
pub async fn entries(server: &Server) -> Vec<String> {
    assert_eq!(server.app.staff.journal.broken().await.unwrap(), None);
    let lines = server.app.staff.journal.lines(0, 1_000).await.unwrap();
    lines.into_iter().map(|line| line.what).collect()
}

pub async fn seat(server: &Server, role: Role, association: Option<&str>) -> Seated {
    let staff = &server.app.staff;
    let (member, token) = tests::seat::seat(&*staff.store, role, association, staff.now()).await.unwrap();
    Seated { member, token }
}

impl Seated {
    /// Whoever has this token.
    pub fn of(token: String) -> Self {
        let (name, role, association) = (String::new(), Role::Federation, None);
        let member = Member { id: 0, handle: [0; 16], name, role, association, disabled: false };
        Self { member, token }
    }

    fn cookie(&self) -> String {
        format!("tonari-desk={}", self.token)
    }

    pub async fn get(&self, server: &Server, path: &str) -> Answer {
        server.ask(Method::GET, path, &[("cookie", &self.cookie())]).await
    }

    pub async fn post(&self, server: &Server, path: &str, body: &str) -> Answer {
        self.send(server, path, "application/json", body.to_owned()).await
    }

    /// A file of another kind.
    pub async fn send(&self, server: &Server, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let cookie = self.cookie();
        let headers = [("content-type", kind), ("sec-fetch-site", "same-origin"), ("cookie", &cookie)];
        server.post(path, &headers, body).await
    }
}

// She went to lunch; a colleague of another team sat down at her screen in the evening and read on.
#[tokio::test]
async fn a_session_ends_after_half_an_hour_of_nobody_and_after_twelve_hours_of_anybody() {
    let server = Server::start();
    let her = seat(&server, Role::Lead, Some("shimane")).await;
    let me = her.get(&server, "/desk/api/me").await;
    assert_eq!((me.status.as_u16(), me.header("cache-control")), (200, "no-store"), "{}", me.text());
    let me = me.json();
    assert_eq!(me["member"]["name"], "田中");
    assert_eq!(me["association"]["id"], "shimane");
    assert_eq!(me["passkeys"], 1);
    // That a screen is open is nobody who sits there.
    server.pass(29 * 60);
    assert_eq!(her.get(&server, "/desk/api/me").await.json()["idle_at"], me["idle_at"]);
    server.pass(60);
    let ended = her.get(&server, "/desk/api/me").await;
    assert_eq!((ended.status.as_u16(), &ended.json()["code"]), (401, &"signed_out".into()));

    let her = seat(&server, Role::Lead, Some("shimane")).await;
    for _ in 0..12 * 3 - 1 {
        server.pass(20 * 60);
        assert_eq!(her.post(&server, "/desk/api/stay", "").await.status, 200);
    }
    let last = her.get(&server, "/desk/api/me").await.json();
    assert_eq!(last["idle_at"], last["ends_at"]);
    server.pass(20 * 60);
    assert_eq!(her.post(&server, "/desk/api/stay", "").await.status, 401);
}

#[tokio::test]
async fn who_signs_out_is_out_on_the_server_and_not_only_in_the_browser() {
    let server = Server::start();
    let her = seat(&server, Role::Federation, None).await;
    let out = her.post(&server, "/desk/api/sign-out", "").await;
    assert_eq!(out.status, 204);
    let cookie = out.header("set-cookie");
    assert_eq!(cookie, "tonari-desk=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    assert_eq!(her.get(&server, "/desk/api/me").await.status, 401);
}

#[tokio::test]
async fn the_page_is_there_below_its_address_and_nowhere_where_nobody_could_sign_in() {
    let server = Server::start();
    for path in ["/desk/", "/desk/bookings/AAAA0000", "/desk/colleagues?x=1.2"] {
        let page = server.ask(Method::GET, path, &[("host", "localhost:8080")]).await;
        assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-cache"), "{path}");
        assert!(page.text().contains("stands for the page of the desk"), "{path}");
        let features = page.header("permissions-policy");
        for feature in
            ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)", "camera=()"]
        {
            assert!(features.contains(feature), "{path}: {features}");
        }
        assert!(!page.header("etag").is_empty() && page.header("set-cookie").is_empty());
    }
    for path in ["/desk/texts", "/desk/texts/", "/desk/texts/12", "/desk/texts/new?kind=story"] {
        let page = server.get(path).await;
        assert!(page.text().contains("stands for the page of the texts"), "{path}");
    }
    assert!(server.get("/desk/textsandmore").await.text().contains("page of the desk"));
    let file = server.get("/desk/desk-0f1e2d3c4b5a6978.js").await;
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(server.get("/desk/other.js").await.status, 404);
    assert_eq!(server.get("/desk/api/nothing").await.json()["code"], "not_found");
    assert_eq!(server.post("/desk/api/me", &OURS, "").await.json()["code"], "method_not_allowed");
    assert_eq!(server.post("/desk/", &OURS, "").await.status, 405);
    assert!(!server.get("/sw.js").await.text().contains("desk"), "no founder fetches it");
    let to = |answer: &Answer| (answer.status.as_u16(), answer.header("location").to_owned());
    let by_number =
        server.ask(Method::GET, "/desk/sheet?day=2026-12-01", &[("host", "127.0.0.1:8080")]).await;
    assert_eq!(to(&by_number), (307, "http://localhost:8080/desk/sheet?day=2026-12-01".to_owned()));
    assert_eq!(to(&server.get("/desk").await), (307, "/desk/".to_owned()));

    let unencrypted = "http://192.168.0.2:8080".parse().ok();
    for without in [
        Server::start_with(|config| config.desk = config.var.join("nothing")),
        Server::start_with(|config| config.public_url = unencrypted),
    ] {
        for path in ["/desk/", "/desk", "/desk/desk-0f1e2d3c4b5a6978.js"] {
            let missing = without.get(path).await;
            assert_eq!((missing.status.as_u16(), missing.text()), (404, "not found\n"), "{path}");
        }
    }
}

// She left the association; whoever had the keys of the server ended it at once, without the desk.
#[tokio::test]
async fn whoever_sits_at_the_server_lists_disables_and_gives_roles() {
    let server = Server::start();
    let (lead, member) = (
        seat(&server, Role::Lead, Some("shimane")).await,
        seat(&server, Role::Member, Some("shimane")).await,
    );
    let federation = seat(&server, Role::Federation, None).await;
    let members = |args: &[&str]| tonari_on(server.var.path(), &[&["members"], args].concat()).unwrap();
    let all = "1 shimane lead 田中\n2 shimane member 田中\n3 - federation 田中\n";
    assert_eq!(members(&["list"]), all);
    assert_eq!(members(&["list", "--association", "gunma"]), "");
    assert_eq!(members(&["disable", "1"]), "1 shimane lead 田中 disabled\n");
    assert_eq!(lead.get(&server, "/desk/api/me").await.status, 401);
    assert_eq!(members(&["role", "2", "lead"]), "2 shimane lead 田中\n");
    assert_eq!(member.get(&server, "/desk/api/me").await.json()["member"]["role"], "lead");
    assert_eq!(members(&["enable", "1"]), "1 shimane lead 田中\n");
    assert_eq!(lead.get(&server, "/desk/api/me").await.status, 401, "she signs in again");
    assert_eq!(federation.get(&server, "/desk/api/me").await.status, 200);
    let lines = server.app.staff.journal.about("member:1".to_owned()).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.who.as_str(), line.what.as_str())).collect();
    assert_eq!(told, [("cli:hanako", "enabled"), ("cli:hanako", "disabled"), ("member:1", "joined")]);
    assert_eq!(tonari_on(server.var.path(), &["check"]).unwrap(), "nothing is wrong\n");
}
