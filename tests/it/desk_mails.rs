//! What a team decides about its desk: its own lines in mails, and how long it keeps what founders wrote.

use domain::api::desk::Fault;
use domain::api::desk::ops::{MailTexts, Outlook, Preview, Retention};
use domain::staff::Role;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use tests::smtp::MailServer;

use crate::binary::tonari_on;
use crate::bookings::DAY;
use crate::desk::{Seated, entries, seat};
use crate::desk_board::{of, problem};
use crate::mails::{book, by_mail, deliver, delivery};
use crate::server_under_test::{Answer, Server};

const DOOR: &str = "北口からお入りください。";

fn lines(greeting: &str) -> Value {
    json!([{ "news": "confirmed", "language": "ja", "greeting": greeting, "closing": "お待ちしています。" }])
}

async fn save(server: &Server, her: &Seated, texts: Value, mark: Option<&str>) -> Answer {
    her.post(server, "/desk/api/mails", &json!({ "texts": texts, "mark": mark }).to_string()).await
}

async fn preview(server: &Server, her: &Seated, greeting: &str, discreet: bool) -> Answer {
    let asked = json!({ "lines": lines(greeting)[0], "discreet": discreet });
    her.post(server, "/desk/api/mails/preview", &asked.to_string()).await
}

fn read(mails: &[tests::smtp::Received], at: usize) -> (String, String) {
    let mail = MessageParser::default().parse(mails[at].data.as_bytes()).unwrap();
    (mail.subject().unwrap().to_owned(), mail.body_text(0).unwrap().replace("\r\n", "\n"))
}

// Every founder asked on the telephone where the entrance was; the mail had no place to say it.
#[tokio::test]
async fn a_teams_own_lines_stand_in_the_next_mail_as_they_stood_in_the_preview() {
    let server = Server::start().open("shimane").await;
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let mail_server = MailServer::start().await.unwrap();
    let delivery = delivery(&server, &mail_server.url());
    // It became due before the lines were saved, and is composed after that.
    book(&server, "k1", &by_mail()).await;
    let shown: Preview = of(&preview(&server, &lead, DOOR, false).await);
    let saved: MailTexts = of(&save(&server, &lead, lines(DOOR), None).await);
    assert_eq!((saved.texts.len(), saved.decided.unwrap().by.as_str()), (1, "田中"));
    deliver(&delivery).await;
    let discreet = {
        let mut letter = by_mail();
        letter.contact.safety.discreet = true;
        letter
    };
    book(&server, "k2", &discreet).await;
    deliver(&delivery).await;
    let mails = mail_server.received();
    let ((subject, text), (_, discreet)) = (read(&mails, 0), read(&mails, 1));
    assert_eq!(subject, shown.subject, "the same composer; both are marked as invented");
    for line in [DOOR, "お待ちしています。"] {
        assert!(text.contains(line) && shown.text.contains(line), "{text}");
        assert!(!discreet.contains(line), "{discreet}");
    }
    let hidden: Preview = of(&preview(&server, &lead, DOOR, true).await);
    assert!(!hidden.text.contains(DOOR) && !hidden.sender.contains("島根"));
    assert!(entries(&server).await.contains(&"mails_saved".to_owned()));
}

#[tokio::test]
async fn the_later_of_two_leads_is_shown_the_others_lines_and_what_is_wrong_is_named() {
    let server = Server::start().open("shimane").await;
    let one = seat(&server, Role::Lead, Some("shimane")).await;
    let other = seat(&server, Role::Lead, Some("shimane")).await;
    let first: MailTexts = of(&save(&server, &one, lines("一"), None).await);
    assert_eq!(problem(&save(&server, &other, lines("二"), None).await).1.code, Fault::ChangedMeanwhile);
    let theirs: MailTexts = of(&other.get(&server, "/desk/api/mails").await);
    assert_eq!(theirs, first);
    let second: MailTexts = of(&save(&server, &other, lines("二"), theirs.mark.as_deref()).await);
    assert_eq!(second.texts[0].greeting, "二");
    for (greeting, code) in [
        ("http://example.jp", "link"),
        ("{name} 様", "braces"),
        (&*"あ".repeat(401), "too_long"),
        ("a\u{202e}b", "unseen"),
    ] {
        let (status, told) = problem(&save(&server, &one, lines(greeting), second.mark.as_deref()).await);
        let field = &told.fields[0];
        assert_eq!((status, &*field.field, &*field.code), (422, "texts[0].greeting", code));
        assert_eq!(preview(&server, &one, greeting, false).await.status, 422, "{greeting}");
    }
    let gunma = seat(&server, Role::Lead, Some("gunma")).await;
    let theirs: MailTexts = of(&gunma.get(&server, "/desk/api/mails").await);
    assert_eq!((theirs.texts.len(), theirs.mark), (0, None));
    let member = seat(&server, Role::Member, Some("shimane")).await;
    assert_eq!(save(&server, &member, lines("三"), second.mark.as_deref()).await.status, 403);
}

// An association had promised to keep nothing for longer than a quarter of a year; the server's timer knew one number for all.
#[tokio::test]
async fn what_an_association_decides_the_servers_clock_obeys_and_for_that_association_alone() {
    let server = Server::start().open("shimane").await;
    let view = book(&server, "k1", &by_mail()).await;
    server.pass(110 * DAY);
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let decide = async |days: u32, known: u32, mark: Option<&str>| {
        let new = json!({ "days": days, "known": known, "mark": mark });
        lead.post(&server, "/desk/api/retention", &new.to_string()).await
    };
    let there: Retention = of(&lead.get(&server, "/desk/api/retention").await);
    assert_eq!((there.days, there.mark), (None, None));
    assert!(server.bookings.retain_as_decided().await.unwrap().is_empty(), "nobody has decided");
    assert_eq!(decide(89, 9, None).await.status, 422);
    let outlook: Outlook = of(&lead.post(&server, "/desk/api/retention/outlook", "{\"days\":90}").await);
    assert_eq!((outlook.bookings, outlook.first.is_some()), (1, true));
    assert_eq!(problem(&decide(90, 0, None).await).1.code, Fault::ChangedMeanwhile, "she was not shown it");
    let decided: Retention = of(&decide(90, 1, None).await);
    assert_eq!((decided.days, decided.decided.unwrap().by.as_str()), (Some(90), "田中"));
    assert_eq!(problem(&decide(91, 1, None).await).0, 409, "somebody decided meanwhile");

    let longer: Retention = of(&decide(400, 0, decided.mark.as_deref()).await);
    let kept = server.bookings.retain(Some(1), true, "timer").await.unwrap();
    assert!(kept.erased.is_empty(), "the association keeps longer than the operator would");
    of::<Retention>(&decide(90, 1, longer.mark.as_deref()).await);
    let erased = server.bookings.retain_as_decided().await.unwrap();
    assert_eq!(erased.iter().map(|one| &one.reference).collect::<Vec<_>>(), [&view.reference]);
    assert!(server.bookings.retain_as_decided().await.unwrap().is_empty());
    assert_eq!(server.app.staff.journal.broken().await.unwrap(), None);
    let member = seat(&server, Role::Member, Some("shimane")).await;
    assert_eq!(member.get(&server, "/desk/api/retention").await.status, 403);
}

#[tokio::test]
async fn the_operator_decides_for_an_association_by_the_same_rules() {
    let server = Server::start().open("shimane").await;
    let retention = |args: &[&str]| tonari_on(server.var.path(), &[&["retention"], args].concat());
    let shimane = ["--association", "shimane"];
    assert_eq!(retention(&shimane).unwrap(), "shimane has not decided\n");
    let said = retention(&[&shimane[..], &["--days", "400"]].concat()).unwrap();
    assert_eq!(said, "0 bookings go at the next look\nshimane keeps bookings for 400 days\n");
    let refused = retention(&[&shimane[..], &["--days", "10"]].concat()).unwrap_err();
    assert!(refused.contains("from 90 to 1826 days"), "{refused}");
    assert!(retention(&["--days", "400"]).is_err() && retention(&[]).is_err());
    let lead = seat(&server, Role::Lead, Some("shimane")).await;
    let told: Retention = of(&lead.get(&server, "/desk/api/retention").await);
    assert_eq!((told.days, told.decided.unwrap().by.as_str()), (Some(400), "cli:hanako"));
}
