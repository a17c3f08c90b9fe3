//! The index against somebody who reads every text from its first character to its last.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use wana_kana::ConvertJapanese;

use super::folded::Folding;
use super::{Document, Field, Index, highlight, snippet};

/// Pieces that meet in all orders: long vowels, marks that look back, kanji alone and together, Latin words, signs.
#[rustfmt::skip]
const PIECES: [&str; 42] = [
    "カフェ", "サーバー", "おおさか", "とうきょう", "こうし", "うし", "のう", "けい", "ん", "い", "う", "お", "ー", "え", "店",
    "本", "日本", "佐々木", "々", "いすゞ", "ゝ", "ヴァイオリン", "ゔ", "づ", "っ", "が", "か\u{3099}", "ﾊﾟﾝ", "學", "龍", "web",
    "IT", "1,000", "㈱", " ", "、", "・", "𠮷", "😀", "-", "'", "don't",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14).prop_map(|pieces| pieces.concat())
}

fn built(texts: &[String]) -> Index {
    Index::build(
        texts.iter().map(|text| Document { fields: vec![(Field::Body, text)], readings: Vec::new() }),
    )
}

fn found(index: &Index, typed: &str) -> Vec<usize> {
    let mut found: Vec<usize> =
        index.search(&index.query(typed), usize::MAX).into_iter().map(|hit| hit.document).collect();
    found.sort_unstable();
    found
}

fn folded(text: &str) -> String {
    String::from_utf16(&Folding::default().of(text).codes).unwrap()
}

/// From here on, with every run of long vowels as one ー.
fn spoken(text: &str) -> String {
    let vowels = |kana: char| match kana.to_string().to_romaji().chars().next_back() {
        _ if !('ぁ'..='ゖ').contains(&kana) => "",
        Some('a') => "ーあ",
        Some('i') => "ーい",
        Some('u') => "ーう",
        Some('e') => "ーえい",
        Some('o') => "ーおう",
        _ => "",
    };
    let mut spoken = String::new();
    let mut base = ' ';
    for character in text.chars() {
        if !spoken.is_empty() && vowels(base).contains(character) {
            if !spoken.ends_with('ー') {
                spoken.push('ー');
            }
        } else {
            spoken.push(character);
            base = character;
        }
    }
    spoken
}

/// A word without the long vowel that technical writing leaves out.
fn without_last(word: &str, spoken: String) -> String {
    let before = word.chars().rev().skip(1).take_while(|kana| matches!(kana, 'ぁ'..='ゖ' | 'ー'));
    let is_long = word.ends_with('ー') && before.count() >= 3;
    if is_long { spoken.trim_end_matches('ー').to_owned() } else { spoken }
}

/// Kana only: whether somebody who reads it aloud from some place on says the word.
fn says(text: &str, word: &str) -> bool {
    let (text, word) = (folded(text), folded(word));
    let sought = without_last(&word, spoken(&word));
    text.char_indices().any(|(at, _)| spoken(&text[at..]).starts_with(&sought))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn every_piece_of_a_text_finds_it(
        texts in prop::collection::vec(text(), 1..6),
        at in any::<prop::sample::Index>(),
        from in 0usize..20,
        length in 1usize..9,
    ) {
        let index = built(&texts);
        let number = at.index(texts.len());
        let whole = folded(&texts[number]);
        let from = from % whole.chars().count().max(1);
        let piece: String = whole.chars().skip(from).take(length).collect();
        // From within a Latin word nothing is looked for.
        let before = from.checked_sub(1).and_then(|before| whole.chars().nth(before));
        let is_latin = |character: char| character.is_ascii_alphanumeric();
        let within_latin = before.is_some_and(is_latin) && piece.starts_with(is_latin);
        let query = index.query(&piece);
        if !query.is_empty() && !within_latin {
            let decomposed: String = piece.nfkd().collect();
            for typed in [piece, decomposed] {
                prop_assert!(found(&index, &typed).contains(&number), "{typed:?} is in {:?}", texts[number]);
            }
        }
    }

    #[test]
    fn kana_find_what_says_them_and_nothing_else(
        texts in prop::collection::vec("[こおうりけいー店]{0,16}", 1..6),
        word in "[こおうりけ][こおうりけいー]{0,3}",
    ) {
        let index = built(&texts);
        let expected: Vec<usize> = (0..texts.len()).filter(|at| says(&texts[*at], &word)).collect();
        prop_assert_eq!(found(&index, &word), expected);
    }

    #[test]
    fn kanji_find_what_has_them_and_nothing_else(
        texts in prop::collection::vec("[一二三國国本日々店のが ]{0,12}", 1..6),
        word in "[一二三國本日店][一二三国本日々店]{0,3}",
    ) {
        let index = built(&texts);
        let sought = folded(&word);
        let expected: Vec<usize> = (0..texts.len()).filter(|at| folded(&texts[*at]).contains(&sought)).collect();
        prop_assert_eq!(found(&index, &word), expected);
    }

    #[test]
    fn latin_words_find_what_begins_like_them_and_nothing_else(
        texts in prop::collection::vec("[xqvXＸ1 店-]{0,10}", 1..6),
        word in "[xqv1]{1,3}",
    ) {
        let index = built(&texts);
        let begins = |text: &String| {
            folded(text).split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part.starts_with(&word))
        };
        let expected: Vec<usize> = (0..texts.len()).filter(|at| begins(&texts[*at])).collect();
        prop_assert_eq!(found(&index, &word), expected);
    }

    // An independent library spells the kana.
    #[test]
    fn romaji_finds_the_kana_it_spells(
        before in "[のはをと、店]{0,3}",
        kana in "[あいえかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわがぎぐげござじぜばびぶべぼぱぴ]{2,6}",
        long in prop::bool::ANY,
    ) {
        let kana = if long { format!("{kana}ー{kana}") } else { kana };
        let typed = kana.replace('ー', "").to_romaji().replace('\'', "");
        prop_assume!(typed.len() >= 3);
        let index = built(&[format!("{before}{kana}です"), "関係".to_owned()]);
        prop_assert_eq!(found(&index, &typed), [0], "{} for {}", typed, kana);
    }

    #[test]
    fn a_reading_is_found_by_its_kana_and_its_romaji(
        reads in "[かきくけこさしすせそたちつてとまみむめもらりるれろ]{2,5}",
        rest in 0usize..3,
    ) {
        let readings = vec![("漢字", reads.as_str())];
        let document = |text| Document { fields: vec![(Field::Body, text)], readings: readings.clone() };
        let index = Index::build([document("この漢字を"), document("この幹事を")]);
        let kept = (reads.chars().count() - rest.min(reads.chars().count() - 2)).max(2);
        let typed: String = reads.chars().take(kept).collect();
        for typed in [typed.clone(), typed.to_katakana(), typed.to_romaji()] {
            prop_assert_eq!(found(&index, &typed), [0], "{}", typed);
        }
    }

    #[test]
    fn two_words_find_what_each_of_them_finds(
        texts in prop::collection::vec(text(), 1..8),
        one in prop::sample::select(&PIECES[..]),
        other in prop::sample::select(&PIECES[..]),
    ) {
        let index = built(&texts);
        let both = format!("{one} {other}");
        if !index.query(one).is_empty() && !index.query(other).is_empty() {
            let mut of_both = found(&index, one);
            of_both.retain(|at| found(&index, other).contains(at));
            prop_assert_eq!(found(&index, &both), of_both);
        }
    }

    #[test]
    fn marks_lie_between_characters_and_cover_the_word(text in text(), word in text(), length in 0usize..20) {
        let index = built(std::slice::from_ref(&text));
        let query = index.query(&word);
        let marks = highlight(&text, &query);
        let mut end = 0;
        for (number, mark) in marks.iter().enumerate() {
            prop_assert!(mark.start < mark.end && (number == 0 || mark.start > end));
            end = mark.end;
            let covered = text.get(mark.clone());
            prop_assert!(covered.is_some());
            let is_a_word = query.words.iter().any(|word| {
                let codes = Folding::default().of(covered.unwrap_or_default()).codes;
                word.forms.iter().any(|form| form.pattern.find(&codes, 0).is_some())
            });
            prop_assert!(is_a_word, "{covered:?} for {word:?}");
        }
        let all_found = !found(&index, &word).is_empty();
        prop_assert!(!all_found || !marks.is_empty());
        let piece = snippet(&text, &query, length);
        for mark in piece.marks {
            prop_assert!(piece.text.get(mark).is_some_and(|marked| !marked.is_empty()));
        }
    }

    #[test]
    fn nothing_makes_it_panic(
        text in any::<String>(),
        typed in any::<String>(),
        of in any::<String>(),
        reads in ".{0,70}",
        length in 0usize..50,
    ) {
        let fields = vec![(Field::Title, text.as_str()), (Field::Body, &typed)];
        let index = Index::build([Document { fields, readings: vec![(&of, &reads)] }]);
        for typed in [typed.as_str(), text.as_str(), of.as_str(), reads.as_str()] {
            let query = index.query(typed);
            let hits = index.search(&query, length);
            prop_assert!(hits.len() <= length);
            highlight(&text, &query);
            snippet(&text, &query, length);
        }
    }

    #[test]
    fn no_romaji_makes_it_panic(typed in "[a-z']{0,60}") {
        let index = built(std::slice::from_ref(&typed));
        prop_assert!(index.query(&typed).words.iter().all(|word| word.forms.len() <= 18));
    }
}
