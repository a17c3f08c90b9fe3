//! The JSON that the desk sends: what is taken is written and taken as the same.

use std::fmt::Debug;

use domain::api::desk;
use domain::api::desk::publish::Written;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Every body that a route takes.
pub fn desk(data: &[u8]) {
    _ = one::<desk::Finish>(data);
    _ = one::<desk::Invite>(data);
    _ = one::<desk::NewRole>(data);
    _ = one::<desk::Doing>(data);
    _ = one::<desk::NewNote>(data);
    _ = one::<desk::HandOver>(data);
    _ = one::<desk::CallerBooking>(data);
    _ = one::<desk::facts::NewFact>(data);
    _ = one::<desk::facts::AsSeen>(data);
    _ = one::<desk::facts::Publish>(data);
    _ = one::<desk::publish::Rewritten>(data);
    _ = one::<desk::publish::Stepping>(data);
    _ = one::<desk::publish::NewComment>(data);
    if let Some(draft) = one::<desk::publish::NewDraft>(data) {
        tidied(draft.written);
    }
    if let Some(written) = one::<Written>(data) {
        tidied(written);
    }
    if let Some(new) = one::<desk::NewAvailability>(data) {
        drop(new.rules.parse());
    }
}

fn tidied(written: Written) {
    let once = written.tidied();
    assert_eq!(once.clone().tidied(), once, "tidying twice is tidying once");
}

fn one<T: DeserializeOwned + Serialize + PartialEq + Debug>(data: &[u8]) -> Option<T> {
    let read: T = serde_json::from_slice(data).ok()?;
    let written = serde_json::to_vec(&read).expect("a body of the desk is plain JSON");
    let again: T = serde_json::from_slice(&written).expect("what was read can be read again");
    assert_eq!(again, read);
    Some(read)
}
