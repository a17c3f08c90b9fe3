//! The store of last resort: the same records in the page's memory, for windows without storage.

use std::cell::RefCell;

use wasm_bindgen::JsValue;

use super::Outcome;
use super::migrations::Store;
use super::transaction::Change;

/// One record under its key.
struct Record {
    store: Store,
    key: String,
    value: JsValue,
}

thread_local! {
    static RECORDS: RefCell<Vec<Record>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn get(store: Store, key: &str) -> Option<JsValue> {
    RECORDS.with_borrow(|records| {
        records
            .iter()
            .find(|record| record.store == store && record.key == key)
            .map(|record| record.value.clone())
    })
}

pub(super) fn all(store: Store) -> Vec<JsValue> {
    RECORDS.with_borrow(|records| {
        records.iter().filter(|record| record.store == store).map(|record| record.value.clone()).collect()
    })
}

/// The memory cannot fail; what it holds is gone when the page closes, and the outcome says so.
pub(super) fn apply(store: Store, changes: Vec<Change>) -> Outcome {
    for change in changes {
        match change {
            Change::Put { key, value } => put(store, &key, value),
            Change::PutIf { key, value, may } => {
                if may(&get(store, &key).unwrap_or(JsValue::UNDEFINED), &value) {
                    put(store, &key, value);
                }
            }
            Change::Delete { key } => delete(store, &key),
        }
    }
    Outcome::MemoryOnly
}

fn put(store: Store, key: &str, value: JsValue) {
    delete(store, key);
    RECORDS.with_borrow_mut(|records| records.push(Record { store, key: key.to_owned(), value }));
}

fn delete(store: Store, key: &str) {
    RECORDS.with_borrow_mut(|records| records.retain(|record| record.store != store || record.key != key));
}

/// What would put it all on a disk.
pub(super) fn puts(store: Store) -> Vec<Change> {
    RECORDS.with_borrow(|records| {
        let its = records.iter().filter(|record| record.store == store);
        its.map(|record| Change::Put { key: record.key.clone(), value: record.value.clone() }).collect()
    })
}

pub(super) fn clear() {
    RECORDS.take();
}
