//! What the database holds in the end, beside what was promised.

use std::collections::HashMap;
use std::path::Path;

use domain::api::BookingView;
use domain::calendar::to_rfc3339;
use rusqlite::Connection;
use tests::binary::tonari_on;

/// Each promise is there once and at its time; returns how many bookings there are.
pub fn assert_kept(var: &Path, promised: &[BookingView]) -> usize {
    assert_eq!(tonari_on(var, &["check"]).unwrap(), "nothing is wrong\n");
    let database = Connection::open(var.join("tonari.db")).unwrap();
    let mut select = database.prepare("SELECT reference, start FROM bookings").unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let kept: HashMap<String, i64> = rows.map(Result::unwrap).collect();
    for view in promised {
        let start = kept.get(&view.reference).copied();
        assert_eq!(start.map(to_rfc3339).as_ref(), Some(&view.start), "{} was promised", view.reference);
    }
    kept.len()
}
