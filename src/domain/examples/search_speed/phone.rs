//! The same in a browser, which starts the program again for each step and takes the time: first the stories are made,
//! then the index, then each start answers the next query. What is returned is the number of hits, as far as it fits.

use std::cell::RefCell;
use std::process::ExitCode;

use domain::search::Index;

use super::corpus::{Story, stories};
use super::queries::QUERIES;
use super::{STORIES, document};

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
        let hits = index.search(&index.query(asked.typed), 20);
        ExitCode::from(hits.len() as u8)
    })
}
