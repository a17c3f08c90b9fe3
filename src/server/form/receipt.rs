//! A booking as a page: what became of it, when, and how to cancel it.

use domain::api::BookingView;
use domain::association::Association;
use domain::booking::Status;
use domain::calendar::{JstTime, from_rfc3339};
use maud::{Markup, html};

use crate::words::{Words, spoken};

#[must_use]
pub fn receipt(view: &BookingView, team: Option<&Association>, may_change: bool, words: &Words) -> Markup {
    let start = from_rfc3339(&view.start).unwrap_or_default();
    let at = JstTime::from_unix_seconds;
    let until = from_rfc3339(&view.change_until).map(|until| (words.moment)(at(until)));
    html! {
        @if view.fictional { p.tn-boot-failed { (words.fictional_line) } }
        @if let Some(state) = state(view.status, words) { p { (state) } }
        @if let Some(reason) = &view.reason { p { (words.reason) (words.colon) (reason) } }
        dl.tn-facts {
            (fact(words.when, &words.time(start, view.length)))
            (fact(words.how, words.kind(view.kind)))
            @if let Some(team) = team {
                (fact(words.team, &(words.team_name)(team)))
                @if let Some(phone) = words.phone_of(team) { (fact(words.team_phone, &phone)) }
            }
            (fact(words.reference, &spoken(&view.reference)))
        }
        p { "このページの住所（URL）を控えておくと、あとからもう一度見られます。ほかの人には教えないでください。" }
        @if !view.status.is_over() && !view.status.is_in_line() {
            p { a.tn-button href={ "/api/v1/bookings/" (view.token) "/calendar.ics" } { "カレンダーに入れる" } }
        }
        @if may_change {
            @if let Some(until) = until { p { (until) "まで、このページで取り消せます。" } }
            details {
                summary { "この予約を取り消す" }
                form method="post" { p { button.tn-button type="submit" { "はい、取り消します" } } }
            }
        } @else if !view.status.is_over() {
            p { "取り消しの期限が過ぎました。ご都合が変わったときは、チームに電話してください。" }
        }
        p { a href="/" { "となりの最初のページ" } }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div.tn-fact { dt.tn-fact__label { (name) } dd.tn-fact__value { (value) } } }
}

/// What there is to say of the state, in the words of the mail about it.
fn state(status: Status, words: &Words) -> Option<&'static str> {
    match status {
        Status::Pending => Some(words.received.opening),
        Status::Waiting => Some(words.waiting.opening),
        Status::Offered => Some(words.offered.opening),
        Status::Confirmed => Some(words.confirmed.opening),
        Status::Moved => Some(words.moved.opening),
        Status::Declined => Some(words.declined.opening),
        Status::Cancelled => Some(words.cancelled.opening),
        Status::Expired => Some("返事のないまま日時が過ぎました。"),
        Status::Attended | Status::Absent => Some("この予約は終わりました。"),
        Status::Draft | Status::Queued | Status::Sending => None,
    }
}
