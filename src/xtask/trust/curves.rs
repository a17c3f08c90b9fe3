//! How long it takes by how many come: read from the program that asks, and drawn for the page.

use std::fmt::Write;

use anyhow::{Context, Result};

use super::record::Record;
use crate::bench::table::{Budget, Row};

/// Kinds of requests, as the program and as the page calls them.
pub const KINDS: [(&str, &str); 2] = [("slots", "free times read"), ("bookings", "bookings made")];

/// # Errors
/// A program that measured nothing is no curve.
pub fn rows(output: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for line in output.lines().filter_map(|line| line.strip_prefix("curve ")) {
        let words: Vec<&str> = line.split(' ').collect();
        let [kind, rate, rest @ ..] = words.as_slice() else { continue };
        let numbers: Vec<f64> = rest.iter().filter_map(|word| word.parse().ok()).collect();
        let [served, told, lost, p50, p99] = numbers[..] else { continue };
        let row = |what: &str, measured, unit, budget| {
            Row::new(format!("{kind} at {rate} /s: {what}"), measured, unit, budget)
        };
        rows.push(row("served", served, "/s", Budget::None));
        rows.push(row("asked to come again", told, "", Budget::None));
        rows.push(row("not answered", lost, "", Budget::AtMost(0.0)));
        rows.push(row("p50", p50, "ms", Budget::None));
        rows.push(row("p99", p99, "ms", Budget::None));
    }
    (!rows.is_empty()).then_some(rows).context("the program drew no curve")
}

/// Rate, half of the answers within, ninety-nine of a hundred within; as the record has them.
fn points(record: &Record, kind: &str) -> Vec<[f64; 3]> {
    let begin = [kind, " at "].concat();
    let mut points: Vec<[f64; 3]> = Vec::new();
    for (what, measured, ..) in record.figures() {
        let Some((rate, figure)) = what.strip_prefix(&begin).and_then(|rest| rest.split_once(" /s: ")) else {
            continue;
        };
        let number = measured.split(' ').next().unwrap_or_default().replace(',', "");
        let (Ok(rate), Ok(number)) = (rate.parse::<f64>(), number.parse::<f64>()) else { continue };
        if points.last().is_none_or(|[last, ..]| *last != rate) {
            points.push([rate, 0.0, 0.0]);
        }
        let place = match figure {
            "p50" => 1,
            "p99" => 2,
            _ => continue,
        };
        if let Some(point) = points.last_mut() {
            point[place] = number;
        }
    }
    points
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const EDGE: f64 = 56.0;
/// Milliseconds: a tenth, to a hundred seconds.
const DECADES: (f64, f64) = (-1.0, 5.0);

/// Both axes by their logarithm: a line that bends up is a server that falls behind.
pub fn chart(record: &Record, kind: &str, title: &str) -> Result<String> {
    let points = points(record, kind);
    let (Some([first, ..]), Some([last, ..])) = (points.first(), points.last()) else {
        return Ok(String::new());
    };
    let (left, right) = (first.ln(), last.ln());
    let x = |rate: f64| EDGE + (rate.ln() - left) / (right - left) * (WIDTH - 2.0 * EDGE);
    let y = |ms: f64| {
        let at = (ms.max(0.1).log10() - DECADES.0) / (DECADES.1 - DECADES.0);
        HEIGHT - EDGE - at * (HEIGHT - 2.0 * EDGE)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\" \
         role=\"img\" aria-label=\"{title}: milliseconds by requests a second\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{EDGE}\" y=\"28\" font-size=\"15\" fill=\"#222\">{title}: ms by requests a second</text>\n"
    );
    for (decade, name) in
        [(0.1, "0.1"), (1.0, "1"), (10.0, "10"), (100.0, "100"), (1e3, "1,000"), (1e4, "10,000")]
    {
        let at = y(decade);
        writeln!(
            svg,
            "<path d=\"M{EDGE} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555\">{name}</text>",
            WIDTH - EDGE,
            EDGE - 6.0,
            at + 4.0
        )?;
    }
    for [rate, ..] in &points {
        writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555\">{rate}</text>",
            x(*rate),
            HEIGHT - EDGE + 20.0
        )?;
    }
    for (place, name, colour) in [(1, "half within", "#1d6b52"), (2, "99 of 100 within", "#a33a1f")] {
        let line: Vec<String> =
            points.iter().map(|point| format!("{:.1},{:.1}", x(point[0]), y(point[place]))).collect();
        writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{colour}\">{name}</text>",
            line.join(" "),
            WIDTH - EDGE,
            28.0 + 16.0 * (place as f64 - 1.0)
        )?;
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_read_line_by_line() {
        let rows = rows("seed 1\ncurve slots 500 498.7 0 0 1.20 4.50\n").unwrap();
        let words: Vec<[String; 3]> = rows.iter().map(Row::words).collect();
        assert_eq!(words.len(), 5);
        assert_eq!(words[4], ["slots at 500 /s: p99", "4.50 ms", ""].map(str::to_owned));
        assert!(super::rows("curve slots\n").is_err());
    }
}
