//! How long the tables take to open and to answer: `cargo run --release -p domain --example place_speed`.

use domain::outline::Outlines;
use domain::place::PrefectureCode;
use domain::place::gazetteer::{Gazetteer, Municipality};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let table =
        |name: &str| std::fs::read(format!("{}/../../public/data/{name}", env!("CARGO_MANIFEST_DIR")));
    let (places, outlines) = (table("places.bin")?, table("outlines.bin")?);

    let start = Instant::now();
    let gazetteer = Gazetteer::open(places)?;
    once("open", start);
    let start = Instant::now();
    black_box(gazetteer.resolve("690-8503").ok());
    once("first postal code", start);
    let start = Instant::now();
    gazetteer.warm();
    once("index of names", start);

    let known: Vec<Municipality> = PrefectureCode::all()
        .flat_map(|prefecture| gazetteer.municipalities_of(prefecture))
        .filter_map(|code| gazetteer.municipality(code))
        .collect();
    let spread = |of: fn(&Municipality) -> String| -> Vec<String> { known.iter().map(of).collect() };
    let resolve = |input: &String| drop(black_box(gazetteer.resolve(input)));
    let codes: Vec<String> =
        (0..10_000).map(|at| format!("〒{:03}-{:04}", at % 1000, at * 7919 % 10_000)).collect();
    each("postal code", &codes, resolve);
    each("name in kanji", &spread(|place| place.name.clone()), resolve);
    each("name in kana", &spread(|place| place.kana.clone()), resolve);
    each("name in romaji", &spread(|place| place.romaji.clone()), resolve);
    each("address", &spread(|place| format!("{}本町1丁目2番3号", place.name)), resolve);
    each("nonsense in kanji", &spread(|place| format!("架空{}", place.name)), resolve);
    each("nonsense in romaji", &spread(|place| format!("x y {} q z", place.romaji)), resolve);

    let suggest = |typed: &String| drop(black_box(gazetteer.suggest(typed, 8)));
    let first = |count: usize, of: fn(&Municipality) -> &str| -> Vec<String> {
        known.iter().map(|place| of(place).chars().take(count).collect()).collect()
    };
    each("suggest, 1 kana", &first(1, |place| &place.kana), suggest);
    each("suggest, 3 kana", &first(3, |place| &place.kana), suggest);
    each("suggest, 1 letter", &first(1, |place| &place.romaji), suggest);
    each("suggest, 1 kanji", &first(1, |place| &place.name), suggest);
    each("suggest, 1 digit", &(0..10).map(|digit| digit.to_string()).collect::<Vec<_>>(), suggest);

    let outlines = Outlines::open(outlines)?;
    let start = Instant::now();
    black_box(outlines.path(PrefectureCode::all().next().ok_or("no prefecture")?));
    once("first outline", start);
    let points: Vec<_> = known.iter().filter_map(|place| place.point).collect();
    each("position", &points, |point| drop(black_box(outlines.locate(*point))));
    Ok(())
}

fn once(what: &str, start: Instant) {
    println!("{what:22} {:>10.1} µs", micros(start.elapsed()));
}

/// Mean and worst of several rounds; the worst of the fastest round, so that other programs do not count.
fn each<T>(what: &str, inputs: &[T], mut answer: impl FnMut(&T)) {
    let mut best = (f64::MAX, f64::MAX);
    for _ in 0..5 {
        let times: Vec<f64> = inputs
            .iter()
            .map(|input| {
                let start = Instant::now();
                answer(input);
                micros(start.elapsed())
            })
            .collect();
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        best = (best.0.min(mean), best.1.min(times.iter().copied().fold(0.0, f64::max)));
    }
    println!("{what:22} {:>10.2} µs, worst {:>8.1} µs", best.0, best.1);
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
