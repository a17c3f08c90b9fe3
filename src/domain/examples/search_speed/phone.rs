//! The same in a browser, which starts the program again for each step and takes the time: first the stories are made,
//! then the index, then each start answers the next query, with marked
//! titles and pieces. What is returned is the number of hits, as far as it fits.

use std::cell::RefCell;
use std::hint::black_box;
use std::process::ExitCode;

use domain::search::{Index, highlight, snippet};

use super::corpus::{Story, stories};
use super::queries::QUERIES;
use super::{STORIES, document};

/// What a first screen of hits shows, each with its title and a piece of its text.
const SHOWN: usize = 20;

#[derive(Default)]
struct Done {
    stories: Vec<Story>,
    index: Option<Index>,
    queries: usize,
}

thread_local! {
    static DONE: RefCell<Done> = RefCell::default();
}

pub fn step() -> ExitCode {
    DONE.with_borrow_mut(|done| {
        if done.stories.is_empty() {
            done.stories = stories(STORIES);
            return ExitCode::from(0);
        }
        let Some(index) = &done.index else {
            done.index = Some(Index::build(done.stories.iter().map(document)));
            return ExitCode::from(0);
        };
        let asked = &QUERIES[done.queries % QUERIES.len()];
        done.queries += 1;
        let query = index.query(asked.typed);
        let hits = index.search(&query, SHOWN);
        for hit in &hits {
            let story = &done.stories[hit.document];
            black_box((highlight(&story.title, &query), snippet(&story.body, &query, 80)));
        }
        ExitCode::from(hits.len() as u8)
    })
}
