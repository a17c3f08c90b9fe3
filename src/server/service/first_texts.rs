//! What there is to read before anybody has published: cases from the federation's report and guides; and, while a
//! demonstration is asked for, invented stories, events and notices.

use std::sync::Arc;

use domain::content::{File, Item};

use crate::store::StoreError;
use crate::store::content::{Change, ContentStore, Origin};

const FIRST: &[u8] = include_bytes!("../content/first.json");
const DEMO: &[u8] = include_bytes!("../content/demo.json");

/// Puts them there, or, without a demonstration, takes what was invented away.
///
/// # Errors
/// As the store says.
pub async fn put(store: &dyn ContentStore, demo: bool, now: i64) -> Result<(), StoreError> {
    let invented = if demo { read(DEMO, now) } else { Vec::new() };
    for (origin, items) in [(Origin::First, read(FIRST, now)), (Origin::Demo, invented)] {
        store.change(Change::Stock(origin, Arc::new(items)), now).await?;
    }
    Ok(())
}

fn read(file: &[u8], now: i64) -> Vec<Item> {
    File::read(file).expect("the texts that come with the program are tested").in_week_of(now)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::content::{Genre, Industry, Life, Scheme, Stage};

    use super::*;
    use crate::edition::bundled;

    const MONDAY: i64 = 1_767_571_200;

    #[test]
    fn the_first_texts_cite_where_they_were_read_and_guides_speak_three_languages() {
        let items = read(FIRST, MONDAY);
        let genres: Vec<Genre> = items.iter().filter_map(|item| Some(item.article()?.0)).collect();
        assert_eq!(genres.len(), items.len(), "nothing but articles");
        assert!(genres.iter().filter(|genre| **genre == Genre::Case).count() >= 10);
        let guides: Vec<_> = items.iter().filter(|item| matches!(item, Item::Guide(_))).collect();
        assert!(guides.len() >= 6);
        for item in &items {
            let head = item.head();
            assert!(!head.fictional && !head.sources.is_empty(), "{}", head.id.as_str());
        }
        for guide in guides {
            let texts = &guide.head().texts;
            assert!(texts.easy.is_some() && texts.en.is_some(), "{}", guide.head().id.as_str());
        }
    }

    #[test]
    fn the_demonstration_is_invented_whole_and_shows_every_choice() {
        let items = read(DEMO, MONDAY);
        let edition = bundled();
        for item in &items {
            let head = item.head();
            assert!(head.fictional, "{}", head.id.as_str());
            let known = head.association.as_ref().is_none_or(|id| edition.association(id).is_some());
            assert!(known, "{}", head.id.as_str());
        }
        let stories: Vec<_> = items.iter().filter_map(|item| Some(item.article()?.1)).collect();
        let events = items.iter().filter(|item| matches!(item, Item::Event(_))).count();
        assert!(stories.len() >= 24 && events >= 12, "{} {events}", stories.len());
        let industries: BTreeSet<_> = stories.iter().flat_map(|one| &one.topics.industries).collect();
        let stages: BTreeSet<_> = stories.iter().flat_map(|one| &one.topics.stages).collect();
        let schemes: BTreeSet<_> = stories.iter().flat_map(|one| &one.topics.schemes).collect();
        let lives: BTreeSet<_> = stories.iter().flat_map(|one| &one.topics.lives).collect();
        assert_eq!(
            (industries.len(), stages.len(), schemes.len(), lives.len()),
            (Industry::ALL.len(), Stage::ALL.len(), Scheme::ALL.len(), Life::ALL.len())
        );
    }
}
