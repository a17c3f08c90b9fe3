//! One writing for what keyboards, eras and copied files write differently.
//!
//! Must not know what the text is for: names of places (`place`) and stories (`search`) fold on from here, each by rules
//! of its own. The surprising rule: today's form of an old character ([`todays`]) is a depth apart, because it may merge
//! two names (鹿嶋 and 鹿島).
//!
//! Own tables instead of Unicode's: the complete ones would outweigh the rest of the app. A test holds them against
//! the complete ones.

/// Width, kana and case: full-width letters and half-width kana become ordinary, katakana becomes hiragana, a voiced
/// mark joins its kana, macrons go, spaces and hyphens become ' ' and '-'.
pub(crate) fn plain(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().map(ordinary) {
        match character {
            VOICED | SEMI_VOICED => {
                if let Some(base) = folded.pop() {
                    folded.push(joined(base, character).unwrap_or(base));
                }
            }
            character if is_invisible(character) => {}
            character => folded.push(character),
        }
    }
    folded
}

/// Today's form of an old or rare character.
pub(crate) fn todays(character: char) -> Option<char> {
    let at = VARIANTS.binary_search_by_key(&character, |(old, _)| *old).ok()?;
    Some(VARIANTS[at].1)
}

pub(crate) const VOICED: char = '\u{3099}';
pub(crate) const SEMI_VOICED: char = '\u{309a}';

/// One character of [`plain`], before marks join it.
pub(crate) fn ordinary(character: char) -> char {
    let code = u32::from(character);
    match character {
        // Nearly everything in Japanese text, so it is asked first.
        'ぁ'..='ゖ' | '一'..='鿿' => character,
        'ァ'..='ヶ' => shifted(code - 0x60),
        'A'..='Z' => character.to_ascii_lowercase(),
        '!'..='~' => character,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '﹣' => '-',
        '‘' | '’' | 'ʼ' | '′' => '\'',
        '！'..='～' => shifted(code - 0xfee0).to_ascii_lowercase(),
        '･' => '・',
        'ｦ'..='ﾝ' => half_width(character),
        'ﾞ' | '゛' => VOICED,
        'ﾟ' | '゜' => SEMI_VOICED,
        'ā' | 'á' | 'à' | 'â' | 'Ā' | 'Â' => 'a',
        'ī' | 'í' | 'ì' | 'î' | 'Ī' | 'Î' => 'i',
        'ū' | 'ú' | 'ù' | 'û' | 'Ū' | 'Û' => 'u',
        'ē' | 'é' | 'è' | 'ê' | 'Ē' | 'Ê' => 'e',
        'ō' | 'ó' | 'ò' | 'ô' | 'Ō' | 'Ô' => 'o',
        character if character.is_whitespace() => ' ',
        character => compatible(character).unwrap_or(character),
    }
}

fn shifted(code: u32) -> char {
    char::from_u32(code).expect("a block is shifted onto another whole block")
}

/// Combining accents of letters, and the marks of copied text that nobody sees.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{304}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn half_width(character: char) -> char {
    const FROM_WO: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";
    let at = (u32::from(character) - u32::from('ｦ')) as usize;
    FROM_WO.chars().nth(at).unwrap_or(character)
}

/// か with a mark is が.
/// が of か and its mark.
pub(crate) fn joined(base: char, mark: char) -> Option<char> {
    const PLAIN: &str = "かきくけこさしすせそたちつてとはひふへほう";
    const VOICED_FORMS: &str = "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ";
    if mark == SEMI_VOICED {
        return "はひふへほ"
            .chars()
            .zip("ぱぴぷぺぽ".chars())
            .find(|(plain, _)| *plain == base)
            .map(|(_, form)| form);
    }
    PLAIN.chars().zip(VOICED_FORMS.chars()).find(|(plain, _)| *plain == base).map(|(_, form)| form)
}

/// Compatibility characters of Unicode (PDF files and old systems leave them), as far as names of places need them.
fn compatible(character: char) -> Option<char> {
    let code = u16::try_from(u32::from(character)).ok().filter(|code| *code >= 0x2f00)?;
    let at = COMPATIBLE.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    Some(COMPATIBLE[at].1)
}

/// Old form, then today's.
#[rustfmt::skip]
pub(crate) const VARIANTS: [(char, char); 129] = [
    ('乃', 'の'), ('之', 'の'), ('亙', '亘'), ('來', '来'), ('兒', '児'), ('內', '内'), ('冨', '富'), ('劍', '剣'), ('劒', '剣'),
    ('區', '区'), ('卷', '巻'), ('國', '国'), ('埜', '野'), ('增', '増'), ('壹', '一'), ('壽', '寿'), ('奧', '奥'), ('姬', '姫'),
    ('寶', '宝'), ('對', '対'), ('峯', '峰'), ('嵜', '崎'), ('嶋', '島'), ('嶌', '島'), ('巌', '岩'), ('巖', '岩'), ('巢', '巣'),
    ('帶', '帯'), ('廣', '広'), ('彌', '弥'), ('彥', '彦'), ('德', '徳'), ('惠', '恵'), ('戶', '戸'), ('拂', '払'), ('攝', '摂'),
    ('曾', '曽'), ('會', '会'), ('杦', '杉'), ('栁', '柳'), ('栢', '柏'), ('桒', '桑'), ('條', '条'), ('椙', '杉'), ('榮', '栄'),
    ('樂', '楽'), ('橫', '横'), ('檜', '桧'), ('檢', '検'), ('櫻', '桜'), ('歲', '歳'), ('氣', '気'), ('泻', '潟'), ('淸', '清'),
    ('淺', '浅'), ('淼', '森'), ('渕', '淵'), ('溫', '温'), ('滿', '満'), ('澁', '渋'), ('澤', '沢'), ('濱', '浜'), ('濵', '浜'),
    ('瀧', '滝'), ('瀨', '瀬'), ('灣', '湾'), ('狹', '狭'), ('產', '産'), ('當', '当'), ('發', '発'), ('眞', '真'), ('碕', '崎'),
    ('礪', '砺'), ('禮', '礼'), ('稻', '稲'), ('穐', '秋'), ('穗', '穂'), ('竃', '釜'), ('竈', '釜'), ('竝', '並'), ('籠', '篭'),
    ('絲', '糸'), ('綠', '緑'), ('縣', '県'), ('總', '総'), ('繩', '縄'), ('臺', '台'), ('與', '与'), ('舍', '舎'), ('舘', '館'),
    ('莊', '荘'), ('萬', '万'), ('葦', '芦'), ('葭', '芦'), ('藏', '蔵'), ('藝', '芸'), ('蘆', '芦'), ('觀', '観'), ('諌', '諫'),
    ('豐', '豊'), ('豫', '予'), ('豬', '猪'), ('賣', '売'), ('輕', '軽'), ('邉', '辺'), ('邊', '辺'), ('邨', '村'), ('郞', '郎'),
    ('鄉', '郷'), ('鄕', '郷'), ('釡', '釜'), ('鐮', '鎌'), ('關', '関'), ('隱', '隠'), ('雙', '双'), ('霸', '覇'), ('靍', '鶴'),
    ('靏', '鶴'), ('靑', '青'), ('靜', '静'), ('餘', '余'), ('驒', '騨'), ('髙', '高'), ('鰺', '鯵'), ('鹽', '塩'), ('黑', '黒'),
    ('龍', '竜'), ('龜', '亀'), ('﨑', '崎'),
];

#[rustfmt::skip]
const COMPATIBLE: [(u16, char); 123] = [
    (0x2f00, '一'), (0x2f04, '乙'), (0x2f06, '二'), (0x2f08, '人'), (0x2f0a, '入'), (0x2f0b, '八'), (0x2f11, '刀'),
    (0x2f17, '十'), (0x2f1d, '口'), (0x2f1f, '土'), (0x2f20, '士'), (0x2f23, '夕'), (0x2f24, '大'), (0x2f25, '女'),
    (0x2f26, '子'), (0x2f29, '小'), (0x2f2d, '山'), (0x2f31, '巾'), (0x2f3f, '手'), (0x2f42, '文'), (0x2f43, '斗'),
    (0x2f45, '方'), (0x2f47, '日'), (0x2f49, '月'), (0x2f4a, '木'), (0x2f50, '比'), (0x2f51, '毛'), (0x2f54, '水'),
    (0x2f57, '父'), (0x2f5a, '片'), (0x2f5c, '牛'), (0x2f5d, '犬'), (0x2f5e, '玄'), (0x2f5f, '玉'), (0x2f62, '甘'),
    (0x2f63, '生'), (0x2f64, '用'), (0x2f65, '田'), (0x2f69, '白'), (0x2f6c, '目'), (0x2f6e, '矢'), (0x2f6f, '石'),
    (0x2f73, '穴'), (0x2f74, '立'), (0x2f75, '竹'), (0x2f76, '米'), (0x2f77, '糸'), (0x2f7b, '羽'), (0x2f7c, '老'),
    (0x2f85, '臼'), (0x2f88, '舟'), (0x2f8a, '色'), (0x2f8f, '行'), (0x2f92, '見'), (0x2f93, '角'), (0x2f95, '谷'),
    (0x2f96, '豆'), (0x2f99, '貝'), (0x2f9a, '赤'), (0x2f9b, '走'), (0x2f9c, '足'), (0x2f9d, '身'), (0x2fa0, '辰'),
    (0x2fa2, '邑'), (0x2fa5, '里'), (0x2fa6, '金'), (0x2fa7, '長'), (0x2fa8, '門'), (0x2fa9, '阜'), (0x2fac, '雨'),
    (0x2faf, '面'), (0x2fb3, '音'), (0x2fb5, '風'), (0x2fb6, '飛'), (0x2fb9, '香'), (0x2fba, '馬'), (0x2fbc, '高'),
    (0x2fc1, '鬼'), (0x2fc2, '魚'), (0x2fc3, '鳥'), (0x2fc5, '鹿'), (0x2fc7, '麻'), (0x2fd3, '龍'), (0xfa10, '塚'),
    (0xfa16, '猪'), (0xfa17, '益'), (0xfa18, '礼'), (0xfa19, '神'), (0xfa1b, '福'), (0xfa1d, '精'), (0xfa1e, '羽'),
    (0xfa22, '諸'), (0xfa26, '都'), (0xfa2a, '飯'), (0xfa2c, '館'), (0xfa2d, '鶴'), (0xfa32, '免'), (0xfa3a, '墨'),
    (0xfa44, '梅'), (0xfa45, '海'), (0xfa4c, '社'), (0xfa50, '祖'), (0xfa51, '祝'), (0xfa57, '練'), (0xfa6b, '恵'),
    (0xfa6d, '舘'), (0xfa70, '並'), (0xfa76, '勇'), (0xfa7c, '塚'), (0xfa7e, '奄'), (0xfa94, '杖'), (0xfa97, '流'),
    (0xfa99, '滋'), (0xfa9b, '瀞'), (0xfaa0, '猪'), (0xfaa6, '益'), (0xfaa7, '盛'), (0xfaa8, '直'), (0xfab0, '練'),
    (0xfab3, '荒'), (0xfab4, '華'), (0xfab9, '調'), (0xfaba, '諸'),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn a_text_has_one_writing_on_every_keyboard() {
        for (typed, folded) in [
            ("ﾏﾂｴｼ", "まつえし"),
            ("ﾄﾞｳｺﾞ", "どうご"),
            ("ガ", "が"),
            ("か\u{3099}ふ\u{309a}", "がぷ"),
            ("ＭＡＴＳＵＥ－ＳＨＩ", "matsue-shi"),
            ("Tōkyō", "tokyo"),
            ("to\u{304}kyo\u{304}", "tokyo"),
            ("松江\u{fe00}市", "松江市"),
            ("⼤⾩", "大阜"),
        ] {
            assert_eq!(plain(typed), folded, "{typed}");
        }
    }

    #[test]
    fn the_own_tables_agree_with_unicode_and_stand_in_order() {
        assert!(COMPATIBLE.is_sorted_by_key(|(code, _)| *code) && VARIANTS.is_sorted_by_key(|(old, _)| *old));
        for (code, ours) in COMPATIBLE {
            let theirs: String = char::from_u32(u32::from(code)).unwrap().nfkc().collect();
            assert_eq!(theirs, ours.to_string());
        }
        for character in ('！'..='～').chain('ｦ'..='ﾝ') {
            let theirs: String = character.nfkc().collect();
            assert_eq!(plain(&theirs), plain(&character.to_string()), "{character}");
        }
        for base in "うかきくけこさしすせそたちつてとはひふへほ".chars() {
            for mark in [VOICED, SEMI_VOICED] {
                let theirs: String = [base, mark].into_iter().nfc().collect();
                let ours = joined(base, mark).map(String::from);
                assert_eq!(ours.unwrap_or(format!("{base}{mark}")), theirs);
            }
        }
        for (old, today) in VARIANTS {
            assert_eq!(todays(today), None, "{old} leads to {today}, which leads on");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in ".{0,24}") {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once);
        }

        #[test]
        fn kana_folds_alike_whichever_form_unicode_gave_it(kana in "[ぁ-ゖァ-ヶー]{0,12}") {
            let decomposed: String = kana.nfd().collect();
            prop_assert_eq!(plain(&decomposed), plain(&kana));
        }
    }
}
