//! Hiding small counts, and whatever they could be computed from.
//!
//! Of few bookings a count is a person. So a count below [`K`] is hidden. That is not enough: where totals are shown, one hidden
//! count is what the others leave over, and two that are known to be below five are known where they leave over eight. What
//! would be computable takes the next small counts with it, and where there are none left, the totals go.
//!
//! Why that is enough for a table. Rows are told whole or not at all; those that are not are a pool. While totals are told,
//! the pool has at least two rows, at least [`K`] in each column, and totals of which none is computable (`computable`).
//! A count in a row of `r` and a column of `c`, in a pool of `n`, can then be any of `min(r, c, n - r, n - c) + 1` numbers
//! (Fréchet's bounds, which are reached), and that is never one.

/// Counts below this are hidden.
pub const K: u32 = 5;

/// A count, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum Shown {
    Count(u32),
    /// Below [`K`].
    Few,
    /// [`K`] or more; told, it would betray another one.
    Withheld,
}

impl Shown {
    #[must_use]
    pub const fn count(self) -> Option<u32> {
        match self {
            Self::Count(count) => Some(count),
            Self::Few | Self::Withheld => None,
        }
    }

    /// What it can be by its word alone.
    const fn reach(self, k: u32) -> (u32, u32) {
        match self {
            Self::Count(count) => (count, count),
            Self::Few => (0, k - 1),
            Self::Withheld => (k, u32::MAX),
        }
    }
}

/// Counts with one total.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    pub counts: Vec<Shown>,
    /// None where it would betray a hidden count.
    pub total: Option<u32>,
}

/// Counts by rows and columns, with totals of both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct Table {
    pub rows: Vec<Row>,
    /// None where they would betray a hidden count; the same for `total`.
    pub columns: Option<Vec<u32>>,
    pub total: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct Row {
    pub total: Shown,
    /// All of them, or none.
    pub cells: Option<Vec<u32>>,
}

#[must_use]
pub fn line(counts: &[u32], k: u32) -> Line {
    let total: u32 = counts.iter().sum();
    let mut shown = hidden(counts, k);
    while total < k || computable(&shown, total, k) {
        match smallest(&shown, counts) {
            Some(at) if total >= k => shown[at] = Shown::Withheld,
            _ => return Line { counts: hidden(counts, k), total: None },
        }
    }
    Line { counts: shown, total: Some(total) }
}

#[must_use]
pub fn table(rows: &[Vec<u32>], k: u32) -> Table {
    let totals: Vec<u32> = rows.iter().map(|cells| cells.iter().sum()).collect();
    let Line { counts: mut shown, total } = line(&totals, k);
    let mut whole: Vec<bool> = rows.iter().map(|cells| cells.iter().all(|cell| *cell >= k)).collect();
    let closed = |at: usize, shown: &[Shown], whole: &[bool]| !whole[at] || shown[at].count().is_none();
    let columns = total.and_then(|_| {
        let width = rows.first().map_or(0, Vec::len);
        loop {
            let pool: Vec<usize> = (0..rows.len()).filter(|at| closed(*at, &shown, &whole)).collect();
            let in_column = |column: usize| pool.iter().map(|at| rows[*at][column]).sum::<u32>();
            let safe = pool.len() > 1 && (0..width).all(|column| in_column(column) >= k);
            if width > 1 && (pool.is_empty() || safe) {
                break Some((0..width).map(|column| rows.iter().map(|cells| cells[column]).sum()).collect());
            }
            let next = (0..rows.len()).filter(|at| !pool.contains(at)).min_by_key(|at| totals[*at])?;
            whole[next] = false;
        }
    });
    if columns.is_none() {
        // Without totals nothing can be subtracted: rows are told by themselves.
        shown = hidden(&totals, k);
        whole = rows.iter().map(|cells| cells.iter().all(|cell| *cell >= k)).collect();
    }
    let cells = |at: usize| (!closed(at, &shown, &whole)).then(|| rows[at].clone());
    let rows = (0..rows.len()).map(|at| Row { total: shown[at], cells: cells(at) }).collect();
    Table { rows, total: total.filter(|_| columns.is_some()), columns }
}

fn hidden(counts: &[u32], k: u32) -> Vec<Shown> {
    counts.iter().map(|count| if *count < k { Shown::Few } else { Shown::Count(*count) }).collect()
}

fn smallest(shown: &[Shown], counts: &[u32]) -> Option<usize> {
    (0..counts.len()).filter(|at| shown[*at].count().is_some()).min_by_key(|at| counts[*at])
}

/// Whether one of the hidden counts can only be one number, given the total and what their words say.
fn computable(shown: &[Shown], total: u32, k: u32) -> bool {
    let told: u32 = shown.iter().filter_map(|one| one.count()).sum();
    let left = u64::from(total - told);
    let reaches = || shown.iter().filter(|one| one.count().is_none()).map(|one| one.reach(k));
    let (least, most) =
        reaches().fold((0, 0), |(least, most), (low, high)| (least + u64::from(low), most + u64::from(high)));
    reaches().any(|(low, high)| {
        let others = (least - u64::from(low), most - u64::from(high));
        let at_least = u64::from(low).max(left.saturating_sub(others.1));
        let at_most = u64::from(high).min(left.saturating_sub(others.0));
        at_least >= at_most
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    use Shown::{Count, Few, Withheld};

    #[test]
    fn what_is_left_over_is_hidden_too() {
        // 12 - 9 = 3: the next one goes with it.
        assert_eq!(line(&[3, 9, 20], K), Line { counts: vec![Few, Withheld, Count(20)], total: Some(32) });
        // Two below five that leave over eight are four each.
        assert_eq!(line(&[4, 4, 20, 9], K).counts, [Few, Few, Count(20), Withheld]);
        assert_eq!(line(&[2, 4, 20], K), Line { counts: vec![Few, Few, Count(20)], total: Some(26) });
        assert_eq!(line(&[0, 0, 20], K).counts, [Few, Few, Withheld]);
        assert_eq!(line(&[3], K), Line { counts: vec![Few], total: None });
        assert_eq!(line(&[8, 9], K), Line { counts: vec![Count(8), Count(9)], total: Some(17) });
    }

    // The federation's table hid the 2 of 高知 and showed every other number, and the total.
    #[test]
    fn a_hidden_row_takes_the_next_smallest_with_it() {
        let told = table(&[vec![9, 8, 7], vec![1, 1, 0], vec![20, 9, 30], vec![6, 5, 9]], K);
        assert_eq!(told.rows[1], Row { total: Few, cells: None });
        assert_eq!(told.rows[3], Row { total: Withheld, cells: None });
        assert_eq!(told.rows[0], Row { total: Count(24), cells: Some(vec![9, 8, 7]) });
        assert_eq!((told.columns, told.total), (Some(vec![36, 23, 46]), Some(105)));
        let alone = table(&[vec![1, 1, 0]], K);
        assert_eq!((&alone.columns, alone.total), (&None, None));
    }

    /// All tables of this shape with no more than this in all.
    fn all_tables(rows: usize, width: usize, most: u32) -> Vec<Vec<Vec<u32>>> {
        let cells = rows * width;
        let mut all = vec![Vec::new()];
        for _ in 0..cells {
            all = all
                .into_iter()
                .flat_map(|start: Vec<u32>| {
                    let sum: u32 = start.iter().sum();
                    (0..=most - sum).map(move |next| [&start[..], &[next]].concat())
                })
                .collect();
        }
        all.into_iter().map(|cells| cells.chunks(width).map(<[u32]>::to_vec).collect()).collect()
    }

    fn fits(told: &Table, other: &[Vec<u32>], k: u32) -> bool {
        let rows = told.rows.iter().zip(other).all(|(row, cells)| {
            let sum: u32 = cells.iter().sum();
            let (low, high) = row.total.reach(k);
            (low..=high).contains(&sum) && row.cells.as_ref().is_none_or(|told| told == cells)
        });
        let columns = told.columns.as_ref().is_none_or(|columns| {
            columns
                .iter()
                .enumerate()
                .all(|(at, sum)| other.iter().map(|cells| cells[at]).sum::<u32>() == *sum)
        });
        let total = told.total.is_none_or(|total| other.iter().flatten().sum::<u32>() == total);
        rows && columns && total
    }

    // Every table there is, small enough to try them all: with k = 2 the same rules hold as with 5.
    #[test]
    fn whoever_knows_everything_that_is_told_finds_at_least_two_numbers_for_each_hidden_one() {
        for (rows, width, most) in [(1, 2, 8), (2, 2, 9), (3, 2, 7), (2, 3, 8)] {
            let all = all_tables(rows, width, most);
            let (mut totals_told, mut hid) = (0, 0);
            // Without a total any sum fits: the largest tables there are would have none beside them.
            for real in all.iter().filter(|real| real.iter().flatten().sum::<u32>() + 2 <= most) {
                let told = table(real, 2);
                totals_told += usize::from(told.total.is_some());
                let possible: Vec<_> = all.iter().filter(|other| fits(&told, other, 2)).collect();
                for (at, row) in told.rows.iter().enumerate() {
                    let (mut sums, mut cells) = (BTreeSet::new(), vec![BTreeSet::new(); width]);
                    for other in &possible {
                        sums.insert(other[at].iter().sum::<u32>());
                        for (seen, cell) in cells.iter_mut().zip(&other[at]) {
                            seen.insert(*cell);
                        }
                    }
                    if row.total.count().is_none() {
                        hid += 1;
                        assert!(sums.len() > 1, "{real:?} as {told:?} betrays total {at}");
                    }
                    if row.cells.is_none() {
                        assert!(
                            cells.iter().all(|seen| seen.len() > 1),
                            "{real:?} as {told:?} betrays row {at}"
                        );
                    }
                }
            }
            assert!(rows == 1 || totals_told > 0 && hid > 0, "nothing was tried with {rows} rows");
        }
    }

    proptest! {
        #[test]
        fn no_count_below_k_is_told_and_what_is_told_is_true(
            rows in prop::collection::vec(prop::collection::vec(0..30u32, 3), 0..12),
        ) {
            let told = table(&rows, K);
            let sums: Vec<u32> = rows.iter().map(|cells| cells.iter().sum()).collect();
            for (row, (cells, sum)) in told.rows.iter().zip(rows.iter().zip(&sums)) {
                match row.total {
                    Count(count) => prop_assert!(count == *sum && count >= K),
                    Few => prop_assert!(*sum < K),
                    Withheld => prop_assert!(*sum >= K && told.total.is_some()),
                }
                if let Some(told) = &row.cells {
                    prop_assert!(told == cells && told.iter().all(|cell| *cell >= K));
                    prop_assert!(row.total.count().is_some());
                }
            }
            prop_assert!(fits(&told, &rows, K));
            prop_assert_eq!(told.total.is_some(), told.columns.is_some());
            let columns = told.columns.iter().flatten();
            prop_assert!(columns.chain(&told.total).all(|count| *count >= K));
            let one = line(&sums, K);
            prop_assert!(one.total.is_none_or(|total| !computable(&one.counts, total, K)));
        }
    }
}
