//! Times and bytes on this machine, and the pages for the comparison.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::search::Index;

use super::corpus::{Story, stories};
use super::queries::{Asked, QUERIES};
use super::{STORIES, document};

/// Rounds of which the fastest counts: what else the machine does is none of ours.
const ROUNDS: usize = 7;

pub fn measure() {
    let stories = stories(STORIES);
    let characters: usize = stories.iter().map(|story| story.body.chars().count()).sum();
    let bytes: usize = stories.iter().map(|story| story.body.len() + story.title.len()).sum();
    let build = fastest(|| drop(black_box(Index::build(stories.iter().map(document)))));
    let index = Index::build(stories.iter().map(document));
    println!("bench build_ms {:.2}", millis(build));
    println!("bench build_ns_per_character {:.2}", build.as_secs_f64() * 1e9 / characters as f64);
    println!("bench memory_of_text {:.3}", index.bytes() as f64 / bytes as f64);
    let mut times: Vec<Duration> = QUERIES
        .iter()
        .map(|asked| fastest(|| drop(black_box(index.search(&index.query(asked.typed), 20)))))
        .collect();
    for (asked, time) in QUERIES.iter().zip(&times) {
        println!("{:>9.1} µs  {}", time.as_secs_f64() * 1e6, asked.typed);
    }
    times.sort_unstable();
    // The slowest there is: neither filter nor a first hit spares any reading.
    let absent = fastest(|| drop(black_box(index.search(&index.query("鯨"), 20))));
    println!("bench query_absent_ms {:.3}", millis(absent));
    println!("bench query_p50_ms {:.3}", millis(times[times.len() / 2]));
    println!("bench query_p95_ms {:.3}", millis(times[times.len() * 95 / 100]));
}

/// Pages 0.html to 999.html, and for each query what is right and what ours finds, as lines of numbers.
pub fn compare(folder: &Path) -> io::Result<()> {
    let stories = stories(STORIES);
    let index = Index::build(stories.iter().map(document));
    fs::create_dir_all(folder)?;
    for (number, story) in stories.iter().enumerate() {
        fs::write(folder.join(format!("{number}.html")), page(story))?;
    }
    for asked in &QUERIES {
        let right = stories.iter().enumerate().filter(|(_, story)| is_right(asked, story));
        let right: Vec<usize> = right.map(|(number, _)| number).collect();
        let ours = index.search(&index.query(asked.typed), usize::MAX);
        let ours: Vec<usize> = ours.into_iter().map(|hit| hit.document).collect();
        println!("query\t{}\t{}\t{}", asked.typed, numbers(&right), numbers(&ours));
    }
    println!("bytes\t{}", index.bytes());
    Ok(())
}

fn page(story: &Story) -> String {
    let paragraphs = story.body.split("\n\n").fold(String::new(), |mut page, paragraph| {
        let _ = write!(page, "<p>{paragraph}</p>");
        page
    });
    format!(
        "<!doctype html><html lang=ja><meta charset=utf-8><title>{0}</title><body><h1>{0}</h1><p>{1}</p><p>{2}</p>{paragraphs}",
        story.title, story.summary, story.label
    )
}

fn is_right(asked: &Asked, story: &Story) -> bool {
    let texts = [story.title.as_str(), &story.summary, story.label, &story.body];
    let has = |writing: &&str| texts.iter().any(|text| text.contains(*writing));
    asked.words.iter().all(|writings| writings.iter().any(has))
}

fn numbers(all: &[usize]) -> String {
    all.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
