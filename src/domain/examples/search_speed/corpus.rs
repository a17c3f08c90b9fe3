//! A thousand invented stories, the same on every machine. Real ones would be better and will be few for a while.

use super::words::{DEEDS, FEELINGS, LABELS, LIVES, NAMES, PLACES, SENTENCES, TERMS, TRADES};

pub struct Story {
    pub title: String,
    pub summary: String,
    pub label: &'static str,
    pub body: String,
    pub readings: Vec<(&'static str, &'static str)>,
}

/// The length of a long story.
const CHARACTERS: usize = 2_000;

pub fn stories(count: usize) -> Vec<Story> {
    let mut chance = Chance(20_261_125);
    (0..count).map(|_| chance.story()).collect()
}

/// Numbers by a rule (a linear congruence): no story may change from one run to the next.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// The first words are common and the last ones rare, as words are.
    fn rather_early<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len()) * (self.below(all.len()) + 1) / all.len();
        all[at]
    }

    fn story(&mut self) -> Story {
        let (place, name, trade) = (self.one_of(&PLACES), self.one_of(&NAMES), self.one_of(&TRADES));
        let mut story = Story {
            title: format!("{}の{trade}、{}から始める", place.0, self.rather_early(&TERMS)),
            summary: format!("{}さんは{}のなかで{}。", name.0, self.one_of(&LIVES), self.one_of(&DEEDS)),
            label: self.one_of(&LABELS),
            body: String::new(),
            readings: vec![place, name],
        };
        let mut length = 0;
        while length < CHARACTERS {
            let sentence = self.sentence(place.0, name.0, trade);
            length += sentence.chars().count();
            story.body.push_str(&sentence);
            if self.below(5) == 0 {
                story.body.push_str("\n\n");
            }
        }
        story
    }

    fn sentence(&mut self, place: &str, name: &str, trade: &str) -> String {
        let mut sentence = String::new();
        let mut rest = self.one_of(&SENTENCES);
        while let Some((before, after)) = rest.split_once('{') {
            sentence.push_str(before);
            let mut slot = after.chars();
            match slot.next() {
                Some('p') if self.below(4) == 0 => sentence.push_str(self.one_of(&PLACES).0),
                Some('p') => sentence.push_str(place),
                Some('n') => sentence.push_str(name),
                Some('b') if self.below(4) == 0 => sentence.push_str(self.one_of(&TRADES)),
                Some('b') => sentence.push_str(trade),
                Some('t') => sentence.push_str(self.rather_early(&TERMS)),
                Some('l') => sentence.push_str(self.one_of(&LIVES)),
                Some('f') => sentence.push_str(self.one_of(&FEELINGS)),
                Some('d') => sentence.push_str(self.one_of(&DEEDS)),
                Some('m') => sentence.push_str(&format!("{}万円", (self.below(90) + 5) * 10)),
                _ => sentence.push_str(&(self.below(8) + 2).to_string()),
            }
            rest = slot.as_str().strip_prefix('}').unwrap_or_default();
        }
        sentence + rest
    }
}
