//! Shows what was found: which parts of a text are meant by the query, and the piece of it that says most.
//!
//! The text is the original: ranges are bytes between whole characters, also where folding joined or multiplied them.

use std::ops::Range;

use super::folded::Folded;
use super::query::Query;

/// A piece of a text with what is to be marked in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet<'a> {
    pub text: &'a str,
    /// Within `text`.
    pub marks: Vec<Range<usize>>,
    /// Whether something stands before or after it: an ellipsis.
    pub begins_inside: bool,
    pub ends_inside: bool,
}

/// All places of the query's words, in order, none touching another one.
pub fn highlight(text: &str, query: &Query) -> Vec<Range<usize>> {
    let folded = query.folding.of(text);
    let words = words_at(&folded, query);
    ranges(text, &folded, &words)
}

/// The piece of about `length` characters that has most of the words; the beginning where it has none.
pub fn snippet<'a>(text: &'a str, query: &Query, length: usize) -> Snippet<'a> {
    let folded = query.folding.of(text);
    let words = words_at(&folded, query);
    let begin = sentence_before(&folded, densest(&words, length), length);
    let byte = |at: usize| folded.begins.get(at).map_or(text.len(), |begin| *begin as usize);
    let start = if begin == 0 { 0 } else { byte(begin) };
    let end = byte(begin.saturating_add(length)).max(start);
    let inside = |mark: Range<usize>| {
        let mark = mark.start.max(start)..mark.end.min(end);
        (mark.start < mark.end).then(|| mark.start - start..mark.end - start)
    };
    Snippet {
        text: &text[start..end],
        marks: ranges(text, &folded, &words).into_iter().filter_map(inside).collect(),
        begins_inside: start > 0,
        ends_inside: end < text.len(),
    }
}

/// For each code the words it belongs to, a bit for each.
fn words_at(folded: &Folded, query: &Query) -> Vec<u8> {
    let mut words = vec![0; folded.codes.len()];
    for (number, word) in query.words.iter().enumerate() {
        for form in &word.forms {
            let mut from = 0;
            while let Some((start, end)) = form.pattern.find(&folded.codes, from) {
                words[start..end].iter_mut().for_each(|words| *words |= 1 << number);
                from = end;
            }
        }
    }
    words
}

fn ranges(text: &str, folded: &Folded, words: &[u8]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(begin) = words[at..].iter().position(|words| *words != 0).map(|more| at + more) {
        let length = words[begin..].iter().take_while(|words| **words != 0).count();
        at = begin + length;
        let range = what_it_repeats(text, folded, begin)..folded.end(at - 1, text.len());
        match ranges.last_mut() {
            // ㈱ is three characters of which only some are meant, but it is marked as one.
            Some(last) if range.start <= last.end => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    ranges
}

/// 々 says nothing without what it repeats, so a mark never begins with it.
fn what_it_repeats(text: &str, folded: &Folded, mut at: usize) -> usize {
    let begins = |at: usize| folded.begins[at] as usize;
    while at > 0 && text[begins(at)..].starts_with(['々', 'ゝ', 'ゞ', 'ヽ', 'ヾ']) {
        at -= 1;
    }
    begins(at)
}

/// Where the words that stand nearest together begin.
fn densest(words: &[u8], length: usize) -> usize {
    let mut best = (0, 0);
    for begin in 0..words.len() {
        let is_begin = words[begin] != 0 && (begin == 0 || words[begin - 1] != words[begin]);
        if !is_begin {
            continue;
        }
        let end = words.len().min(begin.saturating_add(length));
        let count = words[begin..end].iter().fold(0, |all, words| all | words).count_ones();
        if count > best.0 {
            best = (count, begin);
        }
    }
    best.1
}

/// The beginning of the sentence if that is near, otherwise some characters before.
fn sentence_before(folded: &Folded, at: usize, length: usize) -> usize {
    let nearest = at.saturating_sub(length / 3);
    let ends: [u16; 4] = ['。', '!', '?', ' '].map(|end| end as u16);
    let before = &folded.codes[nearest..at];
    match before.iter().rposition(|code| ends.contains(code)) {
        Some(end) => nearest + end + 1,
        None => nearest,
    }
}
