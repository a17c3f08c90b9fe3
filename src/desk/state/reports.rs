//! What bookings come to: of which days, and what the server says of them.

use browser::spawn_local;
use domain::api::desk::report::{National, Report};
use domain::calendar::Date;
use domain::report::period;
use domain::staff::Needs;
use ui::live::Live;

use super::session::Session;
use super::{Fetched, today};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    ThisMonth,
    LastMonth,
    FiscalYear,
    Free,
}

impl Choice {
    pub const ALL: [Self; 4] = [Self::ThisMonth, Self::LastMonth, Self::FiscalYear, Self::Free];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThisMonth => "this-month",
            Self::LastMonth => "last-month",
            Self::FiscalYear => "year",
            Self::Free => "free",
        }
    }
}

#[derive(Clone, Copy)]
pub struct Reports {
    pub choice: Live<Choice>,
    /// Of her own choice, as typed.
    pub days: Live<(String, String)>,
    /// What she typed is no period.
    pub wrong: Live<bool>,
    pub report: Live<Fetched<Report>>,
    pub national: Live<Fetched<National>>,
    session: Session,
}

impl Reports {
    pub(crate) fn new(session: Session) -> Self {
        Self {
            choice: Live::new(Choice::ThisMonth),
            days: Live::new((String::new(), String::new())),
            wrong: Live::new(false),
            report: Live::new(Fetched::NotYet),
            national: Live::new(Fetched::NotYet),
            session,
        }
    }

    /// She counts her own team's bookings, and not all associations'.
    #[must_use]
    pub fn are_a_teams(self) -> bool {
        self.session.me_now().is_some_and(|me| me.member.role.may(Needs::Team))
    }

    pub fn open(self) {
        if self.are_a_teams() {
            self.look();
        } else {
            self.look_at_quarter(None);
        }
    }

    pub fn choose(self, choice: Choice) {
        // Her own begins with what she was looking at.
        if let Some((from, to)) = days_of(self.choice.now(), today())
            && choice == Choice::Free
        {
            self.days.set((from.to_text(), to.to_text()));
        }
        self.choice.settle(choice);
        self.look();
    }

    pub fn write_days(self, change: impl FnOnce(&mut (String, String))) {
        self.days.take_quietly(change);
        self.look();
    }

    pub fn look(self) {
        let days =
            days_of(self.choice.now(), today()).or_else(|| self.days.peek(|(from, to)| period(from, to)));
        self.wrong.settle(days.is_none());
        let Some((from, to)) = days else { return };
        self.report.settle(Fetched::NotYet);
        let query = query(from, to);
        spawn_local(async move {
            let found: Result<Report, _> = self.session.get(&["report?", &query].concat()).await;
            // She may have chosen other days meanwhile.
            let asked = self.choice.now();
            let now = days_of(asked, today()).or_else(|| self.days.peek(|(from, to)| period(from, to)));
            if now == Some((from, to)) {
                self.report.settle(found.map_or_else(Fetched::Failed, Fetched::There));
            }
        });
    }

    pub fn look_at_quarter(self, first: Option<String>) {
        self.national.settle(Fetched::NotYet);
        let asked = first.map(|first| ["?from=", &first].concat()).unwrap_or_default();
        spawn_local(async move {
            let found = self.session.get(&["report/national", &asked].concat()).await;
            self.national.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn forget(self) {
        self.report.settle(Fetched::NotYet);
        self.national.settle(Fetched::NotYet);
    }
}

/// A table of the server's, to be saved.
#[must_use]
pub fn export_href(name: &str, report: &Report) -> String {
    ["/desk/api/report/", name, ".csv?from=", &report.from, "&to=", &report.to].concat()
}

fn query(from: Date, to: Date) -> String {
    ["from=", &from.to_text(), "&to=", &to.to_text()].concat()
}

/// `None` where she says it herself.
fn days_of(choice: Choice, today: Date) -> Option<(Date, Date)> {
    let first = Date { day: 1, ..today };
    let next_month = |first: Date| Date { day: 1, ..first.plus_days(31) };
    Some(match choice {
        Choice::ThisMonth => (first, next_month(first).plus_days(-1)),
        Choice::LastMonth => (Date { day: 1, ..first.plus_days(-1) }, first.plus_days(-1)),
        Choice::FiscalYear => {
            let year = if today.month < 4 { today.year - 1 } else { today.year };
            (Date { year, month: 4, day: 1 }, Date { year: year + 1, month: 3, day: 31 })
        }
        Choice::Free => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_last_day_and_the_fiscal_year_begins_in_april() {
        let told = |choice, today| {
            let (from, to) = days_of(choice, Date::parse(today).unwrap()).unwrap();
            assert!(period(&from.to_text(), &to.to_text()).is_some());
            [from.to_text(), to.to_text()].join(" ")
        };
        assert_eq!(told(Choice::ThisMonth, "2028-02-10"), "2028-02-01 2028-02-29");
        assert_eq!(told(Choice::ThisMonth, "2026-12-31"), "2026-12-01 2026-12-31");
        assert_eq!(told(Choice::LastMonth, "2027-01-31"), "2026-12-01 2026-12-31");
        assert_eq!(told(Choice::FiscalYear, "2027-03-31"), "2026-04-01 2027-03-31");
        assert_eq!(told(Choice::FiscalYear, "2027-04-01"), "2027-04-01 2028-03-31");
        assert_eq!(days_of(Choice::Free, Date::parse("2026-12-01").unwrap()), None);
    }
}
