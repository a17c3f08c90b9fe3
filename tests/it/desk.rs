//! The desk's server: who is let in, by what, and for how long.

use axum::http::Method;
use domain::association::AssociationId;
use domain::staff::Role;
use server::service::staff::fresh_token;
use server::service::vault::{hash, random};
use server::store::journal::Entry;
use server::store::staff::{Invitation, Joining, Member, NewPasskey};

use crate::server_under_test::{Answer, Server};

/// As a page of ours asks.
pub const OURS: [(&str, &str); 2] = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];

/// Somebody who is signed in. Her passkey is no real one; she never shows it.
pub struct Seated {
    pub member: Member,
    pub token: String,
}

pub async fn seat(server: &Server, role: Role, association: Option<&str>) -> Seated {
    let association = association.map(|id| AssociationId(id.to_owned()));
    let staff = &server.app.staff;
    let (code, token) = (hash(&fresh_token()), fresh_token());
    let entry = Entry {
        at: staff.now(),
        who: "cli:test".to_owned(),
        association: association.clone(),
        what: "invited",
        about: String::new(),
        detail: String::new(),
    };
    let invitation = Invitation { code, role, association, member: None, until: i64::MAX };
    staff.store.invite(invitation, entry).await.unwrap();
    let joining = Joining {
        code,
        handle: random(),
        name: Some("田中".to_owned()),
        passkey: NewPasskey { credential: random::<32>().to_vec(), body: "{}".to_owned() },
        session: hash(&token),
    };
    let member = staff.store.accept(joining, staff.now()).await.unwrap().unwrap();
    Seated { member, token }
}

impl Seated {
    fn cookie(&self) -> String {
        format!("tonari-desk={}", self.token)
    }

    pub async fn get(&self, server: &Server, path: &str) -> Answer {
        server.ask(Method::GET, path, &[("cookie", &self.cookie())]).await
    }

    pub async fn post(&self, server: &Server, path: &str, body: &str) -> Answer {
        let cookie = self.cookie();
        let headers = [&OURS[..], &[("cookie", &cookie)]].concat();
        server.post(path, &headers, body.to_owned()).await
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
