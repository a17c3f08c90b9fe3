//! Every postal code there is, and every one there is not, against the package's own full data.

use crate::place_tables::{GAZETTEER, PACKAGE, codes};
use domain::place::{Kind, PostalCode, Unresolved};
use std::collections::HashSet;

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
    let areas: HashSet<u32> = PACKAGE.postal.keys().map(|code| code / 10_000).collect();
    let blocks: HashSet<u32> = PACKAGE.postal.keys().map(|code| code / 100).collect();
    for number in 0..10_000_000 {
        let answer = GAZETTEER.postal_code(PostalCode::new(number).unwrap());
        match answer {
            Ok(answer) => {
                assert!(areas.contains(&(number / 10_000)), "{number:07}");
                assert_eq!(answer.certain, blocks.contains(&(number / 100)), "{number:07}");
            }
            Err(unresolved) => {
                assert_eq!(unresolved, Unresolved::UnknownPostalCode);
                assert!(!areas.contains(&(number / 10_000)), "{number:07}");
            }
        }
    }
}
