//! Founding a team: what is known of the others, and the plan of this one, which stays in this browser.

use browser::{spawn_local, tab};
use domain::api::desk::report::Founding;
use domain::staffing::{Field, Plan};
use ui::live::Live;

use super::Fetched;
use super::session::Session;

const TICKS: &str = "tn.desk.found-ticks";
const PLAN: &str = "tn.desk.found-plan";

#[derive(Clone, Copy)]
pub struct Found {
    pub founding: Live<Fetched<Founding>>,
    /// A bit for each line of the list.
    pub ticks: Live<u32>,
    pub plan: Live<Plan>,
    /// Fields that hold no number they can take; the plan keeps the one before.
    pub unread: Live<Vec<Field>>,
    pub session: Session,
}

impl Found {
    pub(crate) fn new(session: Session) -> Self {
        let ticks = tab::choice(TICKS).and_then(|kept| kept.parse().ok()).unwrap_or_default();
        let plan = tab::choice(PLAN).and_then(|kept| read(&kept)).unwrap_or(Plan::EXAMPLE);
        Self {
            founding: Live::new(Fetched::NotYet),
            ticks: Live::new(ticks),
            plan: Live::new(plan),
            unread: Live::new(Vec::new()),
            session,
        }
    }

    pub fn open(self) {
        // What a field held that was no number is not drawn again.
        self.unread.settle(Vec::new());
        spawn_local(async move {
            let found = self.session.get("founding").await;
            self.founding.settle(found.map_or_else(Fetched::Failed, Fetched::There));
        });
    }

    pub fn tick(self, line: u32, on: bool) {
        let ticks = self.ticks.now() & !(1 << line) | u32::from(on) << line;
        tab::choose(TICKS, &ticks.to_string());
        self.ticks.settle(ticks);
    }

    pub fn write(self, field: Field, text: &str) {
        let (least, most) = field.limits();
        let number = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
        let mut unread = self.unread.now();
        unread.retain(|one| *one != field);
        match number {
            Some(number) => {
                let plan = self.plan.now().with(field, number);
                tab::choose(PLAN, &written(&plan));
                self.plan.settle(plan);
            }
            None => unread.push(field),
        }
        self.unread.settle(unread);
    }
}

fn written(plan: &Plan) -> String {
    Field::ALL.map(|field| plan.of(field).to_string()).join(",")
}

fn read(kept: &str) -> Option<Plan> {
    let mut numbers = kept.split(',').map(|number| number.parse().ok());
    let mut plan = Plan::EXAMPLE;
    for field in Field::ALL {
        plan = plan.with(field, numbers.next()??);
    }
    plan.outlook().map(|_| plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_comes_back_as_it_was_and_rubbish_is_none() {
        let plan = Plan { monthly: 31, ..Plan::EXAMPLE };
        assert_eq!(read(&written(&plan)), Some(plan));
        for kept in ["", "1,2", "0,90,3,38,15,5", "a,90,3,38,15,5"] {
            assert_eq!(read(kept), None, "{kept}");
        }
    }
}
