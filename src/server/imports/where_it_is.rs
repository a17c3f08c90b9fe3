//! Where an event takes place, from the one line a calendar has for it. A municipality is taken where the line names one
//! that there is only once; else a person has to say.

use domain::place::gazetteer::Gazetteer;
use domain::place::{Answer, Kind, MunicipalityCode};

use super::words;

/// The names of Japan's municipalities.
pub struct Places(&'static Gazetteer);

/// What a line about a place says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Where {
    pub name: String,
    pub address: String,
    pub municipality: Option<MunicipalityCode>,
    pub online: bool,
}

const ONLINE: [&str; 6] = ["オンライン", "online", "zoom", "teams", "webex", "meet.google"];
/// Behind these an address may begin.
const BORDERS: [char; 12] = [' ', '　', '（', '(', '、', ',', '，', '\n', '/', '／', '：', ':'];
/// Longer than 「神奈川県横浜市保土ケ谷区」.
const LONGEST: usize = 20;

impl Places {
    /// Those the program was built with.
    #[must_use]
    pub fn bundled() -> Self {
        Self(crate::locate::gazetteer())
    }

    #[must_use]
    pub fn of(&self, line: &str) -> Where {
        let line = words::line(line, 300);
        let small = line.to_lowercase();
        let online = ONLINE.iter().any(|sign| small.contains(sign));
        let found = self.address_in(&line);
        let Some((at, municipality)) = found else {
            return Where {
                name: words::line(&line, 80),
                address: words::line(&line, 160),
                municipality: None,
                online,
            };
        };
        let around = [' ', '　', '（', '(', '、', ',', '，', '/', '／', '：', ':', '〒', '）', ')'];
        let address = line[at..].trim_matches(around);
        let name = without_postal_code(&line[..at]).trim_matches(around);
        Where {
            name: words::line(if name.is_empty() { address } else { name }, 80),
            address: words::line(address, 160),
            municipality: Some(municipality),
            online,
        }
    }

    /// The first place in the line where a municipality begins, and which.
    fn address_in(&self, line: &str) -> Option<(usize, MunicipalityCode)> {
        let borders =
            line.char_indices().filter(|(_, c)| BORDERS.contains(c)).map(|(at, c)| at + c.len_utf8());
        let starts = std::iter::once(0).chain(borders).take(40);
        starts.filter_map(|at| Some((at, self.municipality(&line[at..])?))).next()
    }

    /// The longest beginning that ends like a municipality and is one.
    fn municipality(&self, text: &str) -> Option<MunicipalityCode> {
        let ends = text.char_indices().take(LONGEST).filter(|(_, c)| matches!(c, '市' | '区' | '町' | '村'));
        let ends: Vec<usize> = ends.map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().rev().find_map(|end| match self.0.resolve(&text[..end]).ok()? {
            Answer { kind: Kind::Municipality | Kind::City, candidates, certain: true } => {
                match candidates[..] {
                    [only] => only.municipality,
                    _ => None,
                }
            }
            _ => None,
        })
    }
}

fn without_postal_code(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '－' | '〒' | ' ' | '　'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_names_a_municipality_is_a_place() {
        let places = Places::bundled();
        for (line, name, address, code) in [
            (
                "くにびきメッセ（島根県松江市学園南1-2-1）",
                "くにびきメッセ",
                "島根県松江市学園南1-2-1",
                32_201,
            ),
            ("〒690-0887 島根県松江市殿町128", "島根県松江市殿町128", "島根県松江市殿町128", 32_201),
            ("松江テルサ, 松江市朝日町478-18", "松江テルサ", "松江市朝日町478-18", 32_201),
            ("横浜市中区日本大通1", "横浜市中区日本大通1", "横浜市中区日本大通1", 14_104),
        ] {
            let found = places.of(line);
            let known = found.municipality.map(MunicipalityCode::number);
            assert_eq!((&*found.name, &*found.address, known), (name, address, Some(code)), "{line}");
        }
    }

    // 府中市 was taken for the one in Tokyo, and everybody from 広島 went there.
    #[test]
    fn nothing_is_guessed() {
        let places = Places::bundled();
        for line in
            ["", "市民会館", "府中市民会館", "府中市宮西町", "中央区民センター", "本社3階会議室", "町"]
        {
            assert_eq!(places.of(line).municipality, None, "{line}");
        }
        assert!(places.of("Zoom https://zoom.us/j/1").online && places.of("オンライン開催").online);
    }
}
