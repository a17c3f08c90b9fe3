//! What the search costs: `cargo run --release -p domain --example search_speed`.
//!
//! With a folder's name it writes the same stories there as pages, for another search to be asked the same questions, and
//! says what ours finds. In a browser it runs by steps: see `phone`.

mod corpus;
mod queries;
mod words;

use corpus::Story;
use domain::search::{Document, Field};

fn document(story: &Story) -> Document<'_> {
    let fields = vec![
        (Field::Title, story.title.as_str()),
        (Field::Summary, &story.summary),
        (Field::Label, story.label),
        (Field::Body, &story.body),
    ];
    Document { fields, readings: story.readings.clone() }
}

const STORIES: usize = 1_000;

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod phone;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    match std::env::args().nth(1) {
        Some(folder) => native::compare(folder.as_ref()),
        None => {
            native::measure();
            Ok(())
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() -> std::process::ExitCode {
    phone::step()
}
