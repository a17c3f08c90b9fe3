use domain::calendar::{Date, Weekday};

use super::{Telling, Words, clock};

pub(super) static WORDS: Words = Words {
    fictional: "[Fictional example, 架空の例] ",
    fictional_line: "This is a fictional example (架空の例), not a real booking.",
    neutral_sender: "Booking notice",
    neutral_subject: "About your plans",
    neutral_title: "Appointment",
    title: "Women’s team consultation",
    received: Telling {
        subject: "We received your request for a consultation",
        opening: "We received your request. It is not confirmed yet; you will hear from us when it is.",
    },
    confirmed: Telling { subject: "Your consultation is booked", opening: "Your booking is confirmed." },
    moved: Telling {
        subject: "Your consultation was moved",
        opening: "Your booking was moved. This is the new time.",
    },
    declined: Telling {
        subject: "We could not offer the time you asked for",
        opening: "We are sorry that we could not offer the time you asked for. You can choose another one.",
    },
    cancelled: Telling { subject: "Your consultation was cancelled", opening: "Your booking was cancelled." },
    waiting: Telling {
        subject: "You are on the waiting list",
        opening: "You are on the waiting list for this day. When a time comes free, we tell people in the order in which \
                  they asked, between 8:00 and 21:00 Japan time.",
    },
    offered: Telling {
        subject: "A time has come free",
        opening: "A time has come free. It is kept for you until you answer.",
    },
    none_free: Telling {
        subject: "No time came free on your day",
        opening: "We are sorry that no time came free on the day you were waiting for. You can choose another one.",
    },
    reminder: Telling { subject: "Your consultation is soon", opening: "Your booking is soon." },
    when: "When",
    how: "How",
    visit: "In person",
    online: "Online",
    phone: "By phone",
    room: "Room",
    team: "With",
    team_phone: "Their phone",
    to_check: " (please check)",
    reference: "Reference",
    reason: "From the team",
    colon: ": ",
    change_until: "You can change or cancel it until {until} on this page.",
    change_past: "The time for changes on the page has passed. If you cannot make it, please call.",
    look: "You can see it on this page.",
    answer_until: "Please answer by {until} on this page. After that it goes to the next person; you stay on the list.",
    leave_list: "You can leave the waiting list at any time on this page.",
    calendar: "Open the attached file to bring your calendar up to date.",
    automatic: "This mail is sent automatically and replies do not reach us. If you do not expect it, please delete it.",
    span: |from, to| format!("{}, {}–{} (Japan time)", day(from.date), clock(from), clock(to)),
    day,
    moment: |at| format!("{}, {} (Japan time)", day(at.date), clock(at)),
    team_name: |team| match team.team.as_ref().and_then(|team| team.name_en.as_ref()) {
        Some(name) => format!("{} ({})", team.name.value, name.value),
        None => team.name.value.clone(),
    },
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    format!("{weekday}, {} {} {}", date.day, MONTHS[usize::from(date.month) - 1], date.year)
}
