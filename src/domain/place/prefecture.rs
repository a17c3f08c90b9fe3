//! The 47 prefectures: names in kanji, kana and Latin letters.

use super::{MunicipalityCode, PrefectureCode};

/// A prefecture. Static: names and capitals change less often than the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefecture {
    pub code: PrefectureCode,
    /// 島根県
    pub name: &'static str,
    /// しまねけん
    pub kana: &'static str,
    /// Shimane
    pub romaji: &'static str,
    /// Municipality (or ward) where the prefectural office stands.
    pub capital: MunicipalityCode,
}

impl Prefecture {
    #[must_use]
    pub fn of(code: PrefectureCode) -> &'static Self {
        &ALL[usize::from(code.number()) - 1]
    }

    /// All 47, north to south as the standard counts them.
    #[must_use]
    pub fn all() -> &'static [Self; 47] {
        &ALL
    }

    /// 島根, 東京, 北海道: as on a map tile.
    #[must_use]
    pub fn short(&self) -> &'static str {
        match self.name {
            "北海道" => self.name,
            // One character only: 京都府 ends in two that would match.
            name => name.strip_suffix(['県', '府', '都']).unwrap_or(name),
        }
    }

    /// しまね, とうきょう, ほっかいどう.
    #[must_use]
    pub fn short_kana(&self) -> &'static str {
        let ending = match self.name.chars().last() {
            Some('県') => "けん",
            Some('府') => "ふ",
            Some('都') => "と",
            _ => return self.kana,
        };
        self.kana.strip_suffix(ending).unwrap_or(self.kana)
    }
}

const fn prefecture(
    number: u8,
    name: &'static str,
    kana: &'static str,
    romaji: &'static str,
    capital: u32,
) -> Prefecture {
    Prefecture { code: PrefectureCode(number), name, kana, romaji, capital: MunicipalityCode(capital) }
}

const ALL: [Prefecture; 47] = [
    prefecture(1, "北海道", "ほっかいどう", "Hokkaido", 1101),
    prefecture(2, "青森県", "あおもりけん", "Aomori", 2201),
    prefecture(3, "岩手県", "いわてけん", "Iwate", 3201),
    prefecture(4, "宮城県", "みやぎけん", "Miyagi", 4101),
    prefecture(5, "秋田県", "あきたけん", "Akita", 5201),
    prefecture(6, "山形県", "やまがたけん", "Yamagata", 6201),
    prefecture(7, "福島県", "ふくしまけん", "Fukushima", 7201),
    prefecture(8, "茨城県", "いばらきけん", "Ibaraki", 8201),
    prefecture(9, "栃木県", "とちぎけん", "Tochigi", 9201),
    prefecture(10, "群馬県", "ぐんまけん", "Gunma", 10201),
    prefecture(11, "埼玉県", "さいたまけん", "Saitama", 11107),
    prefecture(12, "千葉県", "ちばけん", "Chiba", 12101),
    prefecture(13, "東京都", "とうきょうと", "Tokyo", 13104),
    prefecture(14, "神奈川県", "かながわけん", "Kanagawa", 14104),
    prefecture(15, "新潟県", "にいがたけん", "Niigata", 15103),
    prefecture(16, "富山県", "とやまけん", "Toyama", 16201),
    prefecture(17, "石川県", "いしかわけん", "Ishikawa", 17201),
    prefecture(18, "福井県", "ふくいけん", "Fukui", 18201),
    prefecture(19, "山梨県", "やまなしけん", "Yamanashi", 19201),
    prefecture(20, "長野県", "ながのけん", "Nagano", 20201),
    prefecture(21, "岐阜県", "ぎふけん", "Gifu", 21201),
    prefecture(22, "静岡県", "しずおかけん", "Shizuoka", 22101),
    prefecture(23, "愛知県", "あいちけん", "Aichi", 23106),
    prefecture(24, "三重県", "みえけん", "Mie", 24201),
    prefecture(25, "滋賀県", "しがけん", "Shiga", 25201),
    prefecture(26, "京都府", "きょうとふ", "Kyoto", 26102),
    prefecture(27, "大阪府", "おおさかふ", "Osaka", 27128),
    prefecture(28, "兵庫県", "ひょうごけん", "Hyogo", 28110),
    prefecture(29, "奈良県", "ならけん", "Nara", 29201),
    prefecture(30, "和歌山県", "わかやまけん", "Wakayama", 30201),
    prefecture(31, "鳥取県", "とっとりけん", "Tottori", 31201),
    prefecture(32, "島根県", "しまねけん", "Shimane", 32201),
    prefecture(33, "岡山県", "おかやまけん", "Okayama", 33101),
    prefecture(34, "広島県", "ひろしまけん", "Hiroshima", 34101),
    prefecture(35, "山口県", "やまぐちけん", "Yamaguchi", 35203),
    prefecture(36, "徳島県", "とくしまけん", "Tokushima", 36201),
    prefecture(37, "香川県", "かがわけん", "Kagawa", 37201),
    prefecture(38, "愛媛県", "えひめけん", "Ehime", 38201),
    prefecture(39, "高知県", "こうちけん", "Kochi", 39201),
    prefecture(40, "福岡県", "ふくおかけん", "Fukuoka", 40132),
    prefecture(41, "佐賀県", "さがけん", "Saga", 41201),
    prefecture(42, "長崎県", "ながさきけん", "Nagasaki", 42201),
    prefecture(43, "熊本県", "くまもとけん", "Kumamoto", 43101),
    prefecture(44, "大分県", "おおいたけん", "Oita", 44201),
    prefecture(45, "宮崎県", "みやざきけん", "Miyazaki", 45201),
    prefecture(46, "鹿児島県", "かごしまけん", "Kagoshima", 46201),
    prefecture(47, "沖縄県", "おきなわけん", "Okinawa", 47201),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefecture_stands_at_its_number_and_has_its_capital_inside() {
        for (code, prefecture) in PrefectureCode::all().zip(Prefecture::all()) {
            assert_eq!(prefecture.code, code);
            assert_eq!(prefecture.capital.prefecture(), code);
            assert!(prefecture.name.starts_with(prefecture.short()));
            assert!(prefecture.kana.starts_with(prefecture.short_kana()));
        }
        let shorts = [1, 13, 26, 32].map(|number| Prefecture::of(PrefectureCode::new(number).unwrap()));
        assert_eq!(shorts.map(Prefecture::short), ["北海道", "東京", "京都", "島根"]);
        assert_eq!(shorts.map(Prefecture::short_kana), ["ほっかいどう", "とうきょう", "きょうと", "しまね"]);
    }
}
