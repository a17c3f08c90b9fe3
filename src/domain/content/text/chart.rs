//! A few numbers side by side, as bars and, for whoever does not see them, as a list.

/// Numbers under one caption; the unit is part of the caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub caption: String,
    pub bars: Vec<Bar>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    /// As it was written: 19.6 stays 19.6.
    pub value: String,
    /// Of the longest bar, in thousandths.
    pub share: u16,
}

impl Chart {
    pub(super) fn of(caption: &str, rows: &[&str]) -> Self {
        let bars = rows.iter().filter(|row| !row.trim().is_empty()).map(|row| {
            let (label, value) = row.split_once('|').unwrap_or((row, ""));
            (label.trim().to_owned(), value.trim().to_owned())
        });
        let bars: Vec<(String, String)> = bars.collect();
        let longest = bars.iter().filter_map(|(_, value)| number(value)).fold(0.0, f64::max);
        let share = |value: &str| match number(value) {
            Some(number) if longest > 0.0 => (number / longest * 1000.0).round() as u16,
            _ => 0,
        };
        let bars =
            bars.into_iter().map(|(label, value)| Bar { share: share(&value), label, value }).collect();
        Self { caption: caption.to_owned(), bars }
    }

    pub(super) fn check(&self) -> Result<(), &'static str> {
        let whole = |bar: &Bar| !bar.label.is_empty() && number(&bar.value).is_some();
        let fits =
            !self.caption.is_empty() && (1..=24).contains(&self.bars.len()) && self.bars.iter().all(whole);
        fits.then_some(()).ok_or("a text whose charts have a caption and 1 to 24 lines of `label | number`")
    }

    /// For searching, feeds and calendars.
    pub(super) fn in_words(&self) -> String {
        let mut words = self.caption.clone();
        for bar in &self.bars {
            words.push_str(&format!(" {} {}", bar.label, bar.value));
        }
        words
    }
}

/// Digits with one point at most; commas part thousands.
fn number(value: &str) -> Option<f64> {
    let digits = value.replace(',', "");
    let known = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (known && digits.len() <= 15).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_the_whole_width() {
        let chart = Chart::of("残高（兆円）", &["平成21年度 | 35.9", "平成29年度 | 22.2", ""]);
        let shares: Vec<u16> = chart.bars.iter().map(|bar| bar.share).collect();
        assert_eq!(shares, [1000, 618]);
        assert_eq!(chart.bars[0].value, "35.9");
        assert!(chart.check().is_ok());
        assert_eq!(Chart::of("無", &["a | 0"]).bars[0].share, 0);
    }
}
