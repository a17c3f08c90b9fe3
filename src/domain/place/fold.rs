//! How names of places are compared.
//!
//! Must not know which names exist. The surprising rule: [`modern`] may merge two names (鹿嶋 and 鹿島), so it is asked
//! only after the exact writing found nothing.

use crate::fold::todays;
use crate::kana::large;

/// Names as they are compared: nothing between the characters, ケ of 鎌ケ谷 in its five writings as が, no small kana.
pub(super) fn written(plain: &str) -> String {
    plain.chars().filter(|character| !is_separator(*character)).map(same_role).collect()
}

/// Old and rare forms as today's, on top of [`written`].
pub(super) fn modern(written: &str) -> String {
    written.chars().map(|character| todays(character).unwrap_or(character)).collect()
}

/// What stands between the words of a name.
pub(super) fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '-' | ',' | '.' | '\'' | '・' | '、' | '。' | '/' | '(' | ')')
}

fn same_role(character: char) -> char {
    match character {
        'ゖ' | 'け' | 'が' | 'ゕ' | '箇' => 'が',
        character => large(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::plain;
    use proptest::prelude::*;

    #[test]
    fn a_name_has_one_writing_whoever_wrote_it() {
        for same in [
            ["鎌ケ谷市", "鎌ヶ谷市", "鎌が谷市", "鎌ガ谷 市", "鎌ｹ谷市"],
            ["七ヶ宿町", "七ケ宿町", "七箇宿町", "七ヵ宿町", "七が宿町"],
        ] {
            assert!(same.iter().all(|text| written(&plain(text)) == written(&plain(same[0]))), "{same:?}");
        }
        assert_eq!(modern("龍ヶ崎"), "竜ヶ崎");
        assert_eq!(modern("髙﨑市"), "高崎市");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in ".{0,24}") {
            let key = written(&plain(&text));
            prop_assert_eq!(written(&key), key.clone());
            let modern_key = modern(&key);
            prop_assert_eq!(modern(&modern_key), modern_key);
        }
    }
}
