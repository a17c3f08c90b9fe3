//! One line per figure: measured, budget, kept or not.

#[derive(Clone)]
pub struct Row {
    what: String,
    measured: f64,
    budget: Budget,
    unit: &'static str,
}

#[derive(Clone, Copy)]
pub enum Budget {
    AtMost(f64),
    AtLeast(f64),
    /// Shown for what it adds up to.
    None,
}

impl Row {
    pub fn new(what: impl Into<String>, measured: f64, unit: &'static str, budget: Budget) -> Self {
        Self { what: what.into(), measured, budget, unit }
    }

    pub fn is_kept(&self) -> bool {
        match self.budget {
            Budget::AtMost(limit) => self.measured <= limit,
            Budget::AtLeast(limit) => self.measured >= limit,
            Budget::None => true,
        }
    }

    /// What, measured, budget.
    pub fn words(&self) -> [String; 3] {
        [self.what.clone(), self.measured().trim_end().to_owned(), self.budget().trim_end().to_owned()]
    }

    fn measured(&self) -> String {
        format!("{} {}", number(self.measured), self.unit)
    }

    fn budget(&self) -> String {
        match self.budget {
            Budget::AtMost(limit) => format!("≤ {} {}", number(limit), self.unit),
            Budget::AtLeast(limit) => format!("≥ {} {}", number(limit), self.unit),
            Budget::None => String::new(),
        }
    }

    fn verdict(&self) -> String {
        match (self.budget, self.is_kept()) {
            (Budget::None, _) => String::new(),
            (_, true) => "kept".to_owned(),
            (_, false) => "EXCEEDED".to_owned(),
        }
    }
}

pub fn print(rows: &[Row]) {
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or(0);
    for row in rows {
        let measured = row.measured();
        println!("{:<width$}  {measured:>16}  {:>16}  {}", row.what, row.budget(), row.verdict());
    }
}

fn number(value: f64) -> String {
    if value >= 1000.0 {
        let digits = format!("{value:.0}");
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
        groups.join(",")
    } else if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_figures_are_grouped_so_that_they_can_be_compared() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!(number(0.05), "0.05");
    }
}
