//! Every postal code there is, and every one there is not, against the package's own full data.

use crate::place_tables::{GAZETTEER, PACKAGE, codes};
use domain::place::{Kind, PostalCode, Unresolved};

/// Ways to write a code, taken in turn.
fn written(code: u32) -> String {
    let (area, rest) = (format!("{:03}", code / 10_000), format!("{:04}", code % 10_000));
    let with = |zero: char, text: &str| -> String {
        text.chars()
            .map(|digit| char::from_u32(u32::from(zero) + digit.to_digit(10).unwrap()).unwrap())
            .collect()
    };
    let kanji: String = format!("{area}{rest}")
        .chars()
        .map(|digit| "〇一二三四五六七八九".chars().nth(digit as usize - 48).unwrap())
        .collect();
    match code % 7 {
        0 => format!("{area}{rest}"),
        1 => format!("{area}-{rest}"),
        2 => format!("〒{area}−{rest}"),
        3 => format!("{}ー{}", with('０', &area), with('０', &rest)),
        4 => format!(" 〒 {area} {rest} "),
        5 => format!("{area}一{rest}"),
        _ => kanji,
    }
}

#[test]
fn every_postal_code_answers_its_municipalities_in_any_writing() {
    assert_eq!(PACKAGE.postal.len(), 142_920);
    let mut several = 0;
    for (&code, expected) in &PACKAGE.postal {
        let text = written(code);
        let answer = GAZETTEER.resolve(&text).unwrap_or_else(|unresolved| panic!("{text}: {unresolved:?}"));
        assert_eq!(codes(&answer), *expected, "{text}");
        assert_eq!((answer.kind, answer.certain), (Kind::PostalCode, true), "{text}");
        several += usize::from(expected.len() > 1);
    }
    assert_eq!(several, 134);
}

#[test]
fn a_code_that_is_surely_not_in_use_is_never_certain() {
    let mut areas = vec![false; 1000];
    let mut blocks = vec![false; 100_000];
    for code in PACKAGE.postal.keys() {
        areas[(code / 10_000) as usize] = true;
        blocks[(code / 100) as usize] = true;
    }
    // The tables decide by the first five digits; a prime step meets every last two digits many times over.
    for number in (0..10_000_000).step_by(7) {
        let (area, block) = (areas[(number / 10_000) as usize], blocks[(number / 100) as usize]);
        let answer = GAZETTEER.postal_code(PostalCode::new(number).unwrap());
        match answer {
            Ok(answer) => assert!(area && answer.certain == block, "{number:07}"),
            Err(unresolved) => assert!(!area && unresolved == Unresolved::UnknownPostalCode, "{number:07}"),
        }
    }
}
