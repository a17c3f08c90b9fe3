//! Names in Latin letters, for screens in English: Hepburn without macrons, as the municipalities sign themselves.
//!
//! Must not be used for comparing: that is `sound`. The surprising rule: うう is one long vowel only after ゅ (Chuo),
//! otherwise two words meet (Katsuura).

use super::names::{Class, bare};
use super::sound;

/// Nita-gun, Matsue-shi: one part of a name, its last part set off by a hyphen.
pub(super) fn part(kanji: &str, kana: &str) -> String {
    let (_, stem) = bare(kanji, kana);
    let mut shown = capitalised(&short_vowels(&sound::hepburn(&apart(stem))));
    let ending = &kana[stem.len()..];
    if !ending.is_empty() {
        shown.push('-');
        shown.push_str(&short_vowels(&sound::hepburn(ending)));
    }
    shown
}

/// ん before a vowel keeps its distance: Shin'onsen.
fn apart(kana: &str) -> String {
    let mut spelled = String::with_capacity(kana.len() + 1);
    let mut after_n = false;
    for character in kana.chars() {
        if after_n && matches!(character, 'あ' | 'い' | 'う' | 'え' | 'お' | 'や' | 'ゆ' | 'よ') {
            spelled.push('\'');
        }
        after_n = character == 'ん';
        spelled.push(character);
    }
    spelled
}

fn short_vowels(latin: &str) -> String {
    let bytes = latin.as_bytes();
    let mut shown = String::with_capacity(latin.len());
    let mut lengthened = false;
    for (at, letter) in latin.char_indices() {
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        let contracted = at >= 2 && matches!(bytes[at - 2], b'y' | b'h' | b'j');
        lengthened = !lengthened
            && match (before, letter) {
                (b'o', 'o' | 'u') => true,
                (b'u', 'u') => contracted,
                _ => false,
            };
        if !lengthened {
            shown.push(letter);
        }
    }
    shown
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// The class a Latin word may name where it ends a name: -shi, City, Prefecture.
pub(super) fn class(word: &str) -> Option<&'static [Class]> {
    Some(match word {
        "shi" | "si" => &[Class::City],
        // The wards of Tokyo call themselves cities: Minato City.
        "city" => &[Class::City, Class::Ward],
        "ku" | "ward" => &[Class::Ward],
        "machi" | "mati" | "cho" | "chou" | "tyo" | "tyou" | "choh" => &[Class::Town],
        "town" => &[Class::Town],
        "mura" | "son" | "village" => &[Class::Village],
        "gun" | "county" => &[Class::County],
        // Both are translated so.
        "district" => &[Class::County, Class::Ward],
        "ken" | "to" | "fu" | "hu" | "do" | "dou" | "pref" | "prefecture" | "metropolis" => {
            &[Class::Prefecture]
        }
        _ => return None,
    })
}

/// Machi for a town that calls itself cho, mura for a son: a last part that is written without a hyphen.
pub(super) fn other_class(word: &str) -> Option<(&str, &'static [Class])> {
    ["machi", "cho", "chou", "mura", "son"]
        .iter()
        .find_map(|ending| Some((word.strip_suffix(ending)?, class(ending)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_word_says_what_a_place_is_in_either_language() {
        for (words, class_of) in [
            (&["shi", "si"][..], &[Class::City][..]),
            (&["city"], &[Class::City, Class::Ward]),
            (&["ku", "ward"], &[Class::Ward]),
            (&["machi", "mati", "cho", "chou", "tyo", "tyou", "choh", "town"], &[Class::Town]),
            (&["mura", "son", "village"], &[Class::Village]),
            (&["gun", "county"], &[Class::County]),
            (&["district"], &[Class::County, Class::Ward]),
            (
                &["ken", "to", "fu", "hu", "do", "dou", "pref", "prefecture", "metropolis"],
                &[Class::Prefecture],
            ),
            (&["", "yama", "shima"], &[]),
        ] {
            for word in words {
                assert!(class(word).unwrap_or_default() == class_of, "{word}");
            }
        }
        assert!(other_class("okuizumomachi").is_some_and(|(own, _)| own == "okuizumo"));
        assert!(other_class("matsue").is_none());
    }

    #[test]
    fn names_are_shown_as_their_municipalities_sign() {
        for (kanji, kana, latin) in [
            ("松江市", "まつえし", "Matsue-shi"),
            ("中央区", "ちゅうおうく", "Chuo-ku"),
            ("勝浦市", "かつうらし", "Katsuura-shi"),
            ("大阪市", "おおさかし", "Osaka-shi"),
            ("豊後大野市", "ぶんごおおのし", "Bungoono-shi"),
            ("新温泉町", "しんおんせんちょう", "Shin'onsen-cho"),
            ("飯山市", "いいやまし", "Iiyama-shi"),
            ("十日町市", "とおかまちし", "Tokamachi-shi"),
            ("府中町", "ふちゅうちょう", "Fuchu-cho"),
            ("九十九里町", "くじゅうくりまち", "Kujukuri-machi"),
            ("東吾妻町", "ひがしあがつままち", "Higashiagatsuma-machi"),
            ("三宅島", "みやけじま", "Miyakejima"),
        ] {
            assert_eq!(part(kanji, kana), latin);
        }
    }
}
