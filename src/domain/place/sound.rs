//! How a name sounds, in one spelling: the skeleton that kana, Hepburn, kunrei and sloppy romaji all lead to.
//!
//! Must not know which names exist. The surprising rule: the skeleton is for comparing, never for showing. It drops
//! long vowels, so 大野 (おおの) and 小野 (おの) share one; the answer is then a list.

use crate::kana::syllable;

/// Hiragana to Hepburn, letter by letter; everything else stays. Long vowels stay as they are written.
pub(super) fn hepburn(kana: &str) -> String {
    let mut latin = String::with_capacity(kana.len());
    let mut doubled = false;
    for character in kana.chars() {
        let Some(syllable) = syllable(character) else {
            if character != 'ー' {
                latin.push(character);
            }
            doubled = false;
            continue;
        };
        match character {
            'っ' => {
                doubled = true;
                continue;
            }
            'ゃ' | 'ゅ' | 'ょ' if contract(&mut latin) => latin.push_str(&syllable[1..]),
            'ゃ' | 'ゅ' | 'ょ' if latin.ends_with('i') => {
                latin.pop();
                latin.push_str(syllable);
            }
            _ => {
                if doubled {
                    latin.push_str(if syllable.starts_with('c') { "t" } else { &syllable[..1] });
                }
                latin.push_str(syllable);
            }
        }
        doubled = false;
    }
    latin
}

/// し, じ and ち lose their vowel before ゃ ゅ ょ and the y with it: sha, ja, cha.
fn contract(latin: &mut String) -> bool {
    let contracts = ["shi", "chi", "ji"].iter().any(|ending| latin.ends_with(ending));
    if contracts {
        latin.pop();
    }
    contracts
}

/// The skeleton of kana, Latin letters or both mixed (まつe, as keyboards leave it in the middle of a word).
pub(super) fn skeleton(text: &str) -> String {
    let mut sound = hepburn(text).into_bytes();
    sound.retain(u8::is_ascii_alphanumeric);
    let mut smoother = Vec::with_capacity(sound.len() + 4);
    // Each rule may make room for another one; four rounds are more than any name needs.
    for _ in 0..4 {
        smoother.clear();
        as_hepburn(&sound, &mut smoother);
        without_h(&mut smoother);
        without_long_vowels(&mut smoother);
        if smoother == sound {
            break;
        }
        std::mem::swap(&mut sound, &mut smoother);
    }
    String::from_utf8(sound).expect("only ASCII was kept")
}

/// Kunrei and keyboard spellings to Hepburn: si, ti, tu, sya, zi, nn; and n before b, m and p.
fn as_hepburn(sound: &[u8], smooth: &mut Vec<u8>) {
    let mut rest = sound;
    while let Some(&first) = rest.first() {
        let (taken, written): (usize, &[u8]) = match rest {
            [b's', b'y', ..] => (2, b"sh"),
            [b't' | b'c', b'y', ..] => (2, b"ch"),
            [b'z' | b'j' | b'd', b'y', ..] => (2, b"j"),
            [b's', b'i', ..] => (2, b"shi"),
            [b't', b'i', ..] => (2, b"chi"),
            [b't', b'u', ..] => (2, b"tsu"),
            [b'z' | b'd', b'i', ..] => (2, b"ji"),
            [b'd', b'z', b'u', ..] => (3, b"zu"),
            [b'd', b'u', ..] => (2, b"zu"),
            [b'w', b'o', ..] => (2, b"o"),
            [b't', b'c', b'h', ..] => (1, b"c"),
            [b'm', b'b' | b'm' | b'p', ..] => (1, b"n"),
            [b'n', b'n', after, ..] if !is_vowel(*after) && *after != b'y' => (2, b"n"),
            [b'n', b'n'] => (2, b"n"),
            _ => (1, std::slice::from_ref(&first)),
        };
        smooth.extend(written);
        rest = &rest[taken..];
    }
}

/// oh is a long o before a consonant and at the end (Ohtsu, Kohchi), but not in Kohoku; hu is ふ, but not in shu.
fn without_h(sound: &mut Vec<u8>) {
    let mut kept: usize = 0;
    for at in 0..sound.len() {
        let letter = sound[at];
        let before = kept.checked_sub(1).map(|before| sound[before]);
        let after = sound.get(at + 1).copied();
        let lengthens = before == Some(b'o') && after.is_none_or(|after| !is_vowel(after));
        if letter == b'h' && lengthens {
            continue;
        }
        let is_fu = after == Some(b'u') && before.is_none_or(|before| is_vowel(before) || before == b'n');
        sound[kept] = if letter == b'h' && is_fu { b'f' } else { letter };
        kept += 1;
    }
    sound.truncate(kept);
}

fn without_long_vowels(sound: &mut Vec<u8>) {
    let mut before = None;
    sound.retain(|&letter| {
        let lengthens = is_vowel(letter) && before == Some(letter) || letter == b'u' && before == Some(b'o');
        if !lengthens {
            before = Some(letter);
        }
        !lengthens
    });
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'i' | b'u' | b'e' | b'o')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kana_become_hepburn() {
        for (kana, latin) in [
            ("まつえし", "matsueshi"),
            ("にっしんし", "nisshinshi"),
            ("ほっちゅう", "hotchuu"),
            ("とうきょうと", "toukyouto"),
            ("じょうえつし", "jouetsushi"),
            ("ちゃたんちょう", "chatanchou"),
            ("みなみアルプス", "minamiアルプス"),
            ("しゅりー", "shuri"),
        ] {
            assert_eq!(hepburn(kana), latin);
        }
    }

    #[test]
    fn every_spelling_leads_to_the_same_skeleton() {
        for same in [
            &["とうきょう", "toukyou", "tokyo", "Tokyo", "tōkyō", "tohkyoh", "tôkyô", "Tookyoo"][..],
            &["まつえし", "matsueshi", "matueshi", "matuesi", "Matsue-shi"],
            &["ふちゅう", "fuchu", "huchu", "hutyuu", "fuchū"],
            &["よこはま", "yokohama", "Yokohama"],
            &["こうほく", "kohoku", "kouhoku", "kōhoku"],
            &["ぐんま", "gunma", "gumma", "gunnma"],
            &["おおつ", "ohtsu", "ōtsu", "otsu", "ootu"],
            &["しんじゅく", "shinjuku", "sinzyuku", "shinnjuku", "shinjyuku"],
            &["なんば", "namba", "nanba"],
            &["べっぷ", "beppu", "Beppu"],
            &["ほっちゅう", "hocchu", "hotchu", "hottyuu"],
            &["しんおんせん", "shin'onsen", "shinonsen"],
            &["じょうえつ", "joetsu", "zyouetu", "jyouetsu", "dyoetu"],
            &["しょうなん", "shonan", "syonan", "syounan"],
            &["ちちぶ", "chichibu", "titibu"],
            &["ちゃたん", "chatan", "tyatan", "cyatan"],
            &["ぬまづ", "numadu", "numazu", "numadzu"],
            &["ふじ", "fuji", "huzi", "hudi"],
            &["をの", "wono", "ono"],
            &["きんこう", "kinko", "kinnko", "kinnkou"],
            &["おおいけん", "oiken", "ooiken", "ooikenn"],
            &["しにやま", "shiniyama", "siniyama"],
        ] {
            let skeletons: Vec<String> =
                same.iter().map(|text| skeleton(&crate::fold::plain(text))).collect();
            assert!(skeletons.iter().all(|found| *found == skeletons[0]), "{same:?} {skeletons:?}");
        }
    }

    // Of nn before a vowel the second n begins the next syllable.
    #[test]
    fn what_sounds_otherwise_stays_apart() {
        for (one, other) in [("あんなか", "あなか"), ("こんにゃく", "こにゃく"), ("annaka", "anaka")]
        {
            assert_ne!(skeleton(one), skeleton(other), "{one}");
        }
    }

    proptest! {
        #[test]
        fn a_skeleton_is_its_own_skeleton(text in "[a-zぁ-ゖー' -]{0,24}") {
            let once = skeleton(&text);
            prop_assert_eq!(skeleton(&once), once);
        }
    }
}
