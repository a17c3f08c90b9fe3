//! What she can keep outside the app: number, QR code, calendar, text. Nothing of what she wrote is in it.

use browser::spawn_local;
use domain::api::BookingView;
use domain::calendar::from_rfc3339;
use domain::outbox::Entry;
use qrcodegen::{QrCode, QrCodeEcc};
use ui::component::button;
use ui::i18n::{Key, plain, say};
use ui::live::Live;
use ui::node::{Content, El, el, svg};

use super::standing::team_of;
use super::team::kind_key;
use crate::book::state::Book;

pub fn receipt(book: Book, entry: &Entry, view: &BookingView) -> Content {
    let number = el("p")
        .class("tn-receipt__number")
        .set("data-testid", "reference")
        .put(el("span").class("tn-receipt__label").put(say(Key::BookingReference)))
        .put(" ")
        .put(el("strong").put(ui::format::reference(&view.reference)));
    let calendar = el("a")
        .class("tn-button")
        .set("data-kind", "line")
        .set("href", &[domain::api::BOOKINGS, "/", &view.token, "/calendar.ics"].concat())
        .set("download", "")
        .put(say(Key::BookingCalendar));
    let copied = Live::new(false);
    let name = team_of(book, entry).map(|(_, name)| name).unwrap_or_default();
    let text = as_text(&name, view);
    let copy = button("line", (), move || {
        let text = text.clone();
        spawn_local(async move { copied.set(browser::share::copy(&text).await.is_ok()) });
    })
    .put_live(move || say(if copied.get() { Key::BookingCopied } else { Key::BookingCopy }));
    let code = el("details")
        .class("tn-more")
        .put(el("summary").class("tn-more__summary").put(el("span").put(say(Key::BookingQr))))
        .put(el("p").class("tn-page__small").put(say(Key::BookingQrWords)))
        .put(qr(&view.reference));
    let live = !view.status.is_over();
    let ways = (live && !view.status.is_in_line())
        .then(|| el("div").class("tn-page__actions").put(calendar).put(copy));
    Content::Many(vec![
        el("div").class("tn-receipt").put(number).put(live.then_some(code)).into(),
        ways.into(),
    ])
}

/// One fact a line, to paste wherever she keeps such things.
fn as_text(team: &str, view: &BookingView) -> String {
    let start = from_rfc3339(&view.start).unwrap_or_default();
    let number = [&*plain(Key::BookingReference), " ", &ui::format::reference(&view.reference)].concat();
    let when = [&*ui::format::day_and_clock(start), " ", &plain(kind_key(view.kind))].concat();
    [team, &when, &number].join("\n")
}

/// The number as a code; black on white in every theme, because cameras want it so.
fn qr(reference: &str) -> Option<El> {
    let code = QrCode::encode_text(reference, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in 0..size {
            if code.get_module(x, y) {
                path.push_str(&["M", &(x + 2).to_string(), " ", &(y + 2).to_string(), "h1v1h-1z"].concat());
            }
        }
    }
    let side = (size + 4).to_string();
    let picture = svg("svg")
        .class("tn-receipt__code")
        .set("viewBox", &["0 0 ", &side, " ", &side].concat())
        .set("role", "img")
        .set("aria-label", &[&*plain(Key::BookingQr), " ", reference].concat())
        .put(
            svg("path")
                .set("class", "tn-receipt__paper")
                .set("d", &["M0 0h", &side, "v", &side, "H0z"].concat()),
        )
        .put(svg("path").set("class", "tn-receipt__ink").set("d", &path));
    Some(picture)
}
