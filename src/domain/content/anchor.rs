//! A demonstration is written for one week and shown in any: all its dates move by whole weeks, so that a Tuesday stays
//! one.

use crate::calendar::JstTime;

use super::item::Item;
use super::read::File;

const WEEK: i64 = 7;
const DAY_SECONDS: i64 = 86_400;

impl File {
    /// The items as they are meant in this week; as they stand where the file has no anchor.
    #[must_use]
    pub fn in_week_of(self, now: i64) -> Vec<Item> {
        let Some(anchor) = self.anchor else { return self.items };
        let passed = JstTime::from_unix_seconds(now).date.days() - anchor.days();
        let days = passed.div_euclid(WEEK) * WEEK;
        self.items.into_iter().map(|item| later(item, days)).collect()
    }
}

fn later(mut item: Item, days: i64) -> Item {
    let seconds = days * DAY_SECONDS;
    match &mut item {
        Item::Event(event) => {
            event.starts += seconds;
            event.ends += seconds;
            event.deadline = event.deadline.map(|deadline| deadline + seconds);
        }
        Item::Notice(notice) => {
            notice.from += seconds;
            notice.to += seconds;
        }
        Item::Story(_) | Item::Case(_) | Item::Guide(_) => {}
    }
    let head = match &mut item {
        Item::Story(article) | Item::Case(article) | Item::Guide(article) => &mut article.head,
        Item::Event(event) => &mut event.head,
        Item::Notice(notice) => &mut notice.head,
    };
    head.published = head.published.plus_days(days);
    head.expires = head.expires.map(|last| last.plus_days(days));
    item
}
