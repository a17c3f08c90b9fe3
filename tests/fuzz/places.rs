//! What she types as *where*, and what a page around a frame says to it.

use std::sync::LazyLock;

use domain::calendar::{from_rfc3339, to_rfc3339};
use domain::embed::Origin;
use domain::frame::{Accent, Look, View, accent::READABLE, carried, carry};
use domain::place::Answer;
use domain::place::gazetteer::Gazetteer;

static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| {
    Gazetteer::open(server::locate::PLACES.to_vec()).expect("the tables are of this version")
});

/// Whatever is typed: an answer is of places that there are, and what is suggested can be typed.
pub fn place(data: &[u8]) {
    let Ok(typed) = str::from_utf8(data) else { return };
    if let Ok(answer) = PLACES.resolve(typed) {
        known(typed, &answer);
    }
    let suggested = PLACES.suggest(typed, 8);
    assert!(suggested.len() <= 8);
    for one in suggested {
        known(typed, &one.answer);
        let again = PLACES.resolve(&one.label);
        let again = again.unwrap_or_else(|why| panic!("{} of {typed:?} is suggested and {why:?}", one.label));
        let same = one.answer.candidates.iter().all(|candidate| again.candidates.contains(candidate));
        assert!(same, "{} of {typed:?} is suggested and means something else", one.label);
    }
}

fn known(typed: &str, answer: &Answer) {
    assert!(!answer.candidates.is_empty(), "{typed:?} is answered by nothing");
    for candidate in &answer.candidates {
        if let Some(code) = candidate.municipality {
            assert_eq!(code.prefecture(), candidate.prefecture, "{typed:?}");
            assert!(PLACES.municipality(code).is_some(), "{typed:?} is answered by {code:?}");
        }
    }
}

/// The words of a host page, one behind another, and what stands in the fragment of an address.
pub fn frame(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let words: Vec<&str> = text.split('\0').collect();
    let word = |at: usize| words.get(at).copied();
    let size = word(2).and_then(|size| size.parse().ok());
    let look = Look::read(word(0), word(1), size);
    assert!((1.0..=2.0).contains(&look.text), "{:?}", look.text);
    if let Some(colour) = look.accent {
        assert_eq!(Accent::parse(&colour.digits()), Some(colour));
        for dark in [false, true] {
            let palette = colour.palette(dark);
            let lamp =
                Accent::parse(&domain::frame::accent::hex(palette.lamp)).expect("a colour of ours is one");
            assert!(lamp.contrasts()[usize::from(dark)] >= READABLE, "{colour:?}");
        }
    }
    for fragment in &words {
        if let Some((wishes, day)) = carried(fragment) {
            assert_eq!(carried(&carry(&wishes, day)), Some((wishes.clone(), day)), "{fragment:?}");
            for wish in wishes {
                assert_eq!(
                    from_rfc3339(&to_rfc3339(wish.start)),
                    Some(wish.start),
                    "{fragment:?} cannot be sent"
                );
            }
        }
        if let Some(view) = View::parse(fragment) {
            assert_eq!(view.code(), *fragment);
        }
        if let Ok(origin) = Origin::parse(fragment) {
            assert_eq!(Origin::parse(origin.as_str()).as_ref(), Ok(&origin));
            let breaks =
                |byte: u8| !byte.is_ascii_graphic() || matches!(byte, b';' | b',' | b'*' | b'\'' | b'"');
            assert!(!origin.as_str().bytes().any(breaks), "{origin:?} would be another policy");
        }
    }
}
