//! The one mail that is not for founders: the way in, for a colleague. It names no association and nobody; whoever reads
//! the subject on a shared screen learns that an account waits.

use std::time::{Duration, UNIX_EPOCH};

use domain::booking::contact::Mail;
use domain::calendar::{JstTime, to_rfc3339};
use lettre::Message;
use lettre::address::{AddressError, Envelope};
use lettre::message::{Mailbox, SinglePart};
use url::Url;

use super::compose::{AutoSubmitted, address};
use super::{Origin, Post};
use crate::service::vault::{hash, random};
use crate::site::manifest::hex;

const SUBJECT: &str = "窓口へのご招待 / Your invitation";

/// The code stands behind the `#`, which no server and no proxy is told.
#[must_use]
pub fn link(home: &Url, code: &str) -> String {
    format!("{}desk/invitation#{code}", home.as_str())
}

/// Whether it was handed over. The link is nowhere but in the mail.
pub async fn send(post: &Post, origin: &Origin, to: &Mail, link: &str, until: i64, now: i64) -> bool {
    // Of the mail, and of its file where there is no mail server: neither may lead to the code.
    let id = hex(&hash(&hex(&random::<32>()))[..16]);
    let Ok(mail) = compose(&id, origin, to, link, until, now) else { return false };
    match post.hand_over(&format!("invitation.{id}"), mail).await {
        Ok(()) => true,
        Err(failure) => {
            tracing::warn!(code = failure.code(), "an invitation could not be handed over");
            false
        }
    }
}

fn compose(
    id: &str,
    origin: &Origin,
    to: &Mail,
    link: &str,
    until: i64,
    now: i64,
) -> Result<Message, AddressError> {
    let seconds = u64::try_from(now).unwrap_or_default();
    let (from, to) = (address(&origin.from)?, address(to)?);
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]).expect("there is a recipient");
    let message = Message::builder()
        .envelope(envelope)
        .from(Mailbox::new(None, from))
        .to(Mailbox::new(None, to))
        .subject(SUBJECT)
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{id}@{}>", origin.host)))
        .header(AutoSubmitted)
        .singlepart(SinglePart::plain(text(link, until)));
    Ok(message.expect("sender and recipient are there"))
}

fn text(link: &str, until: i64) -> String {
    let JstTime { date, minute } = JstTime::from_unix_seconds(until);
    let (hour, minute) = (minute / 60, minute % 60);
    format!(
        "窓口に招待されています。次のアドレスを開き、お名前を入力して、パスキーを登録してください。\n\n{link}\n\n\
         {}年{}月{}日 {hour}:{minute:02} まで、1回だけ使えます。ほかの方に転送しないでください。\n\
         心当たりがないときは、このメールを削除してください。\n\n\
         You have been invited to a desk. Open the address above, enter your name and create a passkey. It works once,\n\
         until {}. Please do not forward it. If you did not expect this, delete it.\n",
        date.year,
        date.month,
        date.day,
        to_rfc3339(until),
    )
}
