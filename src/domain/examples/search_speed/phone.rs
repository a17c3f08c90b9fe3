//! The same in a browser, which starts the program again for each step and takes the time: first the stories are made,
//! then the index; then each query takes two starts, one to find and one to mark titles and pieces of text. What is returned
//! is the number of hits, as far as it fits.

use std::cell::RefCell;
use std::hint::black_box;
use std::process::ExitCode;

use domain::search::{Hit, Index, Query, highlight, snippet};

use super::corpus::{Story, stories};
use super::queries::QUERIES;
use super::{STORIES, document};

/// What a first screen of hits shows, each with its title and a piece of its text.
const SHOWN: usize = 20;
const PIECE: usize = 80;

#[derive(Default)]
struct Done {
    stories: Vec<Story>,
    index: Option<Index>,
    queries: usize,
    found: Option<(Query, Vec<Hit>)>,
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
        let Some((query, hits)) = done.found.take() else {
            let query = index.query(QUERIES[done.queries % QUERIES.len()].typed);
            done.queries += 1;
            let hits = index.search(&query, SHOWN);
            let count = ExitCode::from(hits.len() as u8);
            done.found = Some((query, hits));
            return count;
        };
        for hit in &hits {
            let story = &done.stories[hit.document];
            black_box((highlight(&story.title, &query), snippet(&story.body, &query, PIECE)));
        }
        ExitCode::from(hits.len() as u8)
    })
}
