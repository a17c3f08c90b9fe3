//! Reading a postal code in any writing: 〒690-8503, ６９０−８５０３, 六九〇八五〇三, 690 8503 松江市.
//!
//! Must not know which codes exist. The surprising rule: 一 is a digit and also what a hyphen looks like, so it counts
//! as a hyphen exactly where a hyphen belongs and eight digits would be one too many.

use super::PostalCode;

/// What the text is, seen as a postal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Complete(PostalCode),
    /// The first one to six digits.
    Partial {
        digits: u32,
        length: u32,
    },
    /// More digits than a code has.
    TooLong,
    /// Not a postal code: a name, or nothing.
    No,
}

/// Enough for any code with a hyphen; more digits are too many anyway.
const MOST: usize = 9;

pub(super) fn read(text: &str) -> Written {
    let mut digits: [(u32, bool); MOST] = [(0, false); MOST];
    let (mut length, mut marked) = (0, false);
    for character in text.chars() {
        if let Some((digit, kanji)) = digit(character) {
            if let Some(free) = digits.get_mut(length) {
                *free = (digit, kanji);
            }
            length += 1;
        } else if is_mark(character) && length == 0 {
            marked = true;
        } else if !is_separator(character) {
            // An address may follow a whole code, but 1-2-3 before a name is no code.
            let whole = length == 7 && !digits[..7].iter().any(|(_, kanji)| *kanji);
            if whole || marked {
                break;
            }
            return Written::No;
        }
    }
    let mut found = digits[..length.min(MOST)].to_vec();
    if length == 8 && found[3] == (1, true) && found.iter().filter(|(_, kanji)| *kanji).count() == 1 {
        found.remove(3);
    }
    let number =
        found.iter().fold(0u32, |number, (digit, _)| number.saturating_mul(10).saturating_add(*digit));
    let in_kanji = found.iter().all(|(_, kanji)| *kanji);
    match found.len() {
        // 三 alone is the start of a name.
        0 => Written::No,
        1..=2 if in_kanji && !marked => Written::No,
        7 => PostalCode::new(number).map_or(Written::TooLong, Written::Complete),
        length @ 1..=6 => Written::Partial { digits: number, length: length as u32 },
        _ => Written::TooLong,
    }
}

fn digit(character: char) -> Option<(u32, bool)> {
    let kanji = "〇一二三四五六七八九".chars().position(|digit| digit == character);
    match character {
        '0'..='9' => character.to_digit(10).map(|digit| (digit, false)),
        '０'..='９' => Some((u32::from(character) - u32::from('０'), false)),
        '零' | '○' | '◯' => Some((0, true)),
        _ => kanji.map(|digit| (digit as u32, true)),
    }
}

fn is_mark(character: char) -> bool {
    matches!(character, '〒' | '〠' | '〶')
}

/// Everything people and keyboards put between the digits.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            // Hyphens and dashes of ASCII, typography and mathematics.
            '-' | '\u{ad}' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '⁃' | '−' | '﹘' | '﹣' | '－' | '˗' | '~' | '〜' | '～'
            // The long-vowel mark, its half-width form and box lines: one key away from the hyphen.
            | 'ー' | 'ｰ' | '─' | '━' | '㆒' | 'ㅡ'
            // Invisible guests of copied text.
            | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '.' | '・' | '･' | '_' | 'の'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_is_read_in_every_writing() {
        let shimane = Written::Complete(PostalCode::new(6_908_503).unwrap());
        for text in [
            "6908503",
            "690-8503",
            "〒690-8503",
            "〒 690−8503",
            "６９０８５０３",
            "〒６９０－８５０３",
            "690ー8503",
            "690ｰ8503",
            "690‐8503",
            "690‑8503",
            "690–8503",
            "690—8503",
            "690―8503",
            "690─8503",
            "690一8503",
            "690 8503",
            "690　8503",
            " 690 - 8503 ",
            "六九〇八五〇三",
            "六九〇－八五〇三",
            "六九零八五零三",
            "690の8503",
            "690.8503",
            "\u{feff}690-8503\u{200b}",
            "〒690-8503 島根県松江市",
            "690-8503島根県松江市殿町1",
        ] {
            assert_eq!(read(text), shimane, "{text}");
        }
    }

    #[test]
    fn a_wrong_number_of_digits_is_told_from_a_name() {
        assert_eq!(read("690"), Written::Partial { digits: 690, length: 3 });
        assert_eq!(read("690-85"), Written::Partial { digits: 69_085, length: 5 });
        assert_eq!(read("0"), Written::Partial { digits: 0, length: 1 });
        assert_eq!(read("69085031"), Written::TooLong);
        assert_eq!(read("11111111111111111111111111"), Written::TooLong);
        for name in [
            "",
            "  ",
            "松江市",
            "三",
            "一関市",
            "十日町",
            "1-2-3 松江市",
            "〒",
            "2丁目",
            "abc",
            "35.68,139.69",
        ] {
            assert_eq!(read(name), Written::No, "{name}");
        }
    }
}
