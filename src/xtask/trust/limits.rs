//! What no run here can show.

pub const LIMITS: &str = "\
* **Safari and iOS.** Suspended pages, storage that is evicted after seven days, the home screen: none of it runs here. What is
  shown of WebKit is shown on WebKitGTK, which shares the storage code and not the life of an app. What a hand with a phone has to
  try, and whether anybody has, is in [PHONES.md](PHONES.md).
* **One version of each engine.** Older ones are met by care and by planted faults, not by runs.
* **A browser that throws away everything of a site** takes the witness of a loss with it. A number or a file she kept herself
  is all that is left then, and the app says so.
* **Power.** A killed process leaves the system's cache alone. What is lost when the power goes is modelled below SQLite; that a
  disk has written what it says it has is believed.
* **Browsers inside of other apps** are known by what they lack and by their names; the apps do not run here.
* **Storage estimates, push and private file systems** do not exist in WebKitGTK; what needs them runs on the other two engines.
* **Screen readers.** axe and the tree of names are looked at, and Orca is heard; VoiceOver, TalkBack and NVDA are not, and no user
  took part.
* **Load** is made by the machine that serves it, over loopback. A figure says what two cores do with both; a network of phones is
  something else. Runs are bounded: minutes or hours, not the days and months a server runs.
* **Law** is read, not judged: what these pages call kept is no advice.
* **Real slow phones** are a slowed processor and network of Chromium's, nothing held in a hand.
";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::trust::cases;
    use crate::workspace::Workspace;

    // A list for people outlives what it is about: nobody runs it every day.
    #[test]
    fn what_a_hand_has_to_try_is_numbered_and_of_cases_that_there_are() {
        let list = std::fs::read_to_string(Workspace::find().unwrap().path("docs/PHONES.md")).unwrap();
        let known: BTreeSet<String> = cases::list().unwrap().into_iter().map(|case| case.id).collect();
        let steps: Vec<Vec<&str>> = list
            .lines()
            .filter(|line| line.starts_with("| P"))
            .map(|line| line.split('|').map(str::trim).collect())
            .collect();
        assert!(steps.len() > 20, "{}", steps.len());
        for (step, number) in steps.iter().zip(1..) {
            assert_eq!(step.len(), 6, "{step:?}");
            assert_eq!(step[1], format!("P{number:02}"));
            let unknown = step[4].split_whitespace().find(|case| !known.contains(*case));
            assert_eq!(unknown, None, "in {}", step[1]);
        }
    }
}
