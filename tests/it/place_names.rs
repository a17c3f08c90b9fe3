//! Every municipality by every name it goes by, against the package's own full data.

use crate::place_tables::{GAZETTEER, OUTLINES, PACKAGE, codes, municipality, prefecture_of};
use domain::place::gazetteer::Municipality;
use domain::place::{Kind, PrefectureCode};

fn hiragana(katakana: &str) -> String {
    katakana.chars().map(|kana| char::from_u32(u32::from(kana) - 0x60).unwrap()).collect()
}

fn known(code: u32) -> Municipality {
    GAZETTEER.municipality(municipality(code)).unwrap()
}

#[test]
fn every_municipality_has_the_name_and_kana_of_the_package() {
    let all: Vec<u32> = PrefectureCode::all()
        .flat_map(|prefecture| GAZETTEER.municipalities_of(prefecture))
        .map(|code| code.number())
        .collect();
    assert_eq!(all.len(), 1892);
    assert!(all.iter().eq(PACKAGE.municipalities.keys()));
    for (&code, package) in &PACKAGE.municipalities {
        let ours = known(code);
        assert_eq!((ours.name, ours.kana), (package.kanji.clone(), hiragana(&package.kana)));
        let prefecture = prefecture_of(code);
        assert_eq!(
            (prefecture.name, prefecture.kana),
            (package.prefecture.as_str(), hiragana(&package.prefecture_kana).as_str())
        );
    }
}

#[test]
fn every_name_with_its_prefecture_answers_that_municipality_alone() {
    for (&code, package) in &PACKAGE.municipalities {
        let prefecture = prefecture_of(code);
        let spoken = format!("{}{}", prefecture.kana, hiragana(&package.kana));
        for text in [
            format!("{}{}", prefecture.name, package.kanji),
            format!("{} {}", prefecture.short(), package.kanji),
            spoken,
        ] {
            let answer =
                GAZETTEER.resolve(&text).unwrap_or_else(|unresolved| panic!("{text}: {unresolved:?}"));
            assert_eq!(codes(&answer), [code], "{text}");
        }
    }
}

/// A town or village without its county.
fn own_name(kanji: &str) -> &str {
    let county =
        kanji.ends_with(['町', '村']).then(|| kanji.char_indices().skip(1).find(|(_, part)| *part == '郡'));
    county.flatten().map_or(kanji, |(at, part)| &kanji[at + part.len_utf8()..])
}

/// Folding may merge names only into a list: whatever a municipality is called, it is among the answers.
#[test]
fn no_writing_of_a_name_loses_its_municipality_to_another_one() {
    let mut lost = Vec::new();
    for (&code, package) in &PACKAGE.municipalities {
        let ours = known(code);
        let own = own_name(&package.kanji);
        let katakana = package.kana.clone();
        let romaji = ours.romaji.clone();
        let sloppy =
            romaji.to_lowercase().replace(['-', '\''], " ").replace("shi", "si").replace("tsu", "tu");
        let in_english = format!("{romaji}, {}", prefecture_of(code).romaji);
        let wide = |letter: char| {
            char::from_u32(u32::from(letter) + 0xfee0).filter(|_| letter.is_ascii_alphabetic())
        };
        let full_width: String = romaji.chars().map(|letter| wide(letter).unwrap_or(letter)).collect();
        for text in [&package.kanji, own, &ours.kana, &katakana, &romaji, &sloppy, &in_english, &full_width] {
            match GAZETTEER.resolve(text) {
                Ok(answer) if codes(&answer).contains(&code) => {}
                other => lost.push(format!("{text} ({code}): {other:?}")),
            }
        }
    }
    assert!(lost.is_empty(), "{} names are lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn what_several_places_are_called_answers_a_list_with_their_prefectures() {
    for (text, least) in [
        ("府中市", 2),
        ("伊達市", 2),
        ("yamagata-shi", 2),
        ("miyoshi-shi", 3),
        ("kashima-shi", 2),
        ("konan-shi", 3),
        ("hokuto-shi", 2),
        ("ono-shi", 2),
        ("izumi-shi", 2),
        ("koga-shi", 2),
        ("tsushima-shi", 2),
        ("mino-shi", 2),
        ("sakura-shi", 2),
    ] {
        let answer = GAZETTEER.resolve(text).unwrap();
        assert!(answer.candidates.len() >= least, "{text}: {answer:?}");
    }
}

#[test]
fn a_point_is_missing_only_where_the_package_has_none_and_lies_in_its_prefecture() {
    let mut missing = Vec::new();
    let mut elsewhere = Vec::new();
    for &code in PACKAGE.municipalities.keys() {
        let Some(point) = known(code).point else {
            missing.push(code);
            continue;
        };
        let located = OUTLINES.locate(point).map(|answer| answer.candidates).unwrap_or_default();
        if !located.iter().any(|found| found.prefecture == municipality(code).prefecture()) {
            elsewhere.push((code, point));
        }
    }
    assert_eq!(missing, [13362, 43506], "利島村 and 湯前町");
    assert_eq!(elsewhere, [], "the middle of a municipality lies in another prefecture");
}

#[test]
fn the_twenty_designated_cities_carry_the_codes_of_the_standard() {
    let standard = [
        1100, 4100, 11100, 12100, 14100, 14130, 14150, 15100, 22100, 22130, 23100, 26100, 27100, 27140,
        28100, 33100, 34100, 40100, 40130, 43100,
    ];
    let mut found: Vec<u32> = PACKAGE
        .municipalities
        .keys()
        .filter_map(|code| GAZETTEER.city_of(municipality(*code)))
        .map(|code| code.number())
        .collect();
    found.dedup();
    assert_eq!(found, standard);
    for code in standard {
        let city = known(code);
        assert!(city.point.is_some() && city.name.ends_with('市') && city.kana.ends_with('し'), "{city:?}");
        let answer = GAZETTEER.resolve(&city.name).unwrap();
        assert_eq!((answer.kind, codes(&answer)), (Kind::City, vec![code]));
    }
}
