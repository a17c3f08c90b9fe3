//! Keeping a part, against a real IndexedDB and real cryptography. Only the server is a function of this page.

use domain::content::{Areas, ShelfName};
use wasm_bindgen_test::wasm_bindgen_test;

use super::keeping::{apply, choose};
use super::{Found, Opened, Refreshed, load, refresh};
use crate::clock;
use crate::idb::shelf_store::{self, Origin, StoredShelf};
use crate::idb::tests::{fresh, js, js_async};

const SHELF: ShelfName = ShelfName::Stories;

fn areas(list: &str) -> Areas {
    Areas::parse(list).unwrap()
}

/// A story for everywhere, then one for each of these.
fn shelf(number: u32, of: &[&str]) -> String {
    let story = |id: &str, areas: &str| {
        format!(
            r#"{{"kind":"story","id":"story-{id}","ja":{{"title":"題","summary":"要約","body":"本文"}},
"published":"2026-01-06","fictional":true,"industries":[],"stages":[],"areas":[{areas}],"schemes":[],"lives":[]}}"#
        )
    };
    let mut items = vec![story("all", "")];
    items.extend(of.iter().map(|area| story(area, area)));
    format!(r#"{{"number":{number},"items":[{}]}}"#, items.join(","))
}

/// From now on this is what the server has, well signed.
async fn publish(body: &str) {
    js(&format!("window.published = {}", js_string(body)));
    js_async(
        "return (async () => {
            const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
                .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
            const curve = { name: 'ECDSA', namedCurve: 'P-256' };
            window.pair ??= await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
            let meta = document.querySelector('meta[name=tonari-edition-key]');
            if (!meta) document.head.append(meta = Object.assign(document.createElement('meta'), { name: 'tonari-edition-key' }));
            meta.content = base64url(await crypto.subtle.exportKey('raw', window.pair.publicKey));
            const body = new TextEncoder().encode(window.published);
            const how = { name: 'ECDSA', hash: 'SHA-256' };
            const signature = base64url(await crypto.subtle.sign(how, window.pair.privateKey, body));
            const until = new Date(Date.now() + 14 * 86400000).toISOString().replace(/\\.\\d+/, '');
            const headers = { 'Tonari-Signature': signature, 'Tonari-Keep-Until': until, ETag: signature };
            window.asked = [];
            window.meanwhile = async () => {};
            window.real ??= window.fetch;
            window.fetch = async (path, init) => {
                if (path !== '/api/v1/stories') return window.real(path, init);
                const tag = init.headers.get('If-None-Match');
                window.asked.push(tag);
                await window.meanwhile();
                return tag === signature
                    ? new Response(null, { status: 304, headers })
                    : new Response(body, { headers });
            };
        })()",
    )
    .await;
}

fn js_string(text: &str) -> String {
    format!("'{}'", text.replace('\n', ""))
}

/// The tag that the server was asked with last.
fn last_tag() -> Option<String> {
    js("return window.asked.at(-1)").as_string()
}

fn ids(opened: &Opened) -> Vec<&str> {
    opened.shelf.items.iter().map(|item| item.head().id.as_str()).collect()
}

async fn fetch(in_use: Option<&Opened>) -> Found {
    match refresh(SHELF, in_use).await {
        Ok(Refreshed::Newer(found)) => *found,
        Ok(Refreshed::Current { .. }) => panic!("nothing came"),
        Err(why) => panic!("{why}"),
    }
}

async fn on_the_disk() -> StoredShelf {
    shelf_store::load(SHELF.code()).await.unwrap().unwrap()
}

#[wasm_bindgen_test]
async fn what_falls_out_leaves_the_disk_with_its_key_and_comes_back_from_what_is_in_use() {
    fresh().await;
    publish(&shelf(7, &["17", "32", "47"])).await;
    let whole = fetch(None).await;
    let before = on_the_disk().await;
    assert_eq!(before.origin.areas(), Areas::ALL);
    choose(areas("17,32"));
    let kept = apply(SHELF, &whole.opened).await.unwrap();
    let part = on_the_disk().await;
    assert_ne!(part.closed.key, before.closed.key);
    assert!(part.closed.bytes.length() < before.closed.bytes.length());
    assert_eq!(part.closed.bytes.length() as usize, kept.bytes + 16, "what is said is what lies there");
    assert_eq!((part.until, part.fetched_at), (before.until, before.fetched_at), "for as long as before");
    let opened = load(SHELF).await.unwrap();
    assert_eq!(ids(&opened.opened), ["story-all", "story-17", "story-32"]);
    assert_eq!((opened.opened.shelf.number, opened.opened.areas()), (7, areas("17,32")));
    choose(areas("32,47"));
    apply(SHELF, &whole.opened).await.unwrap();
    assert_eq!(ids(&load(SHELF).await.unwrap().opened), ["story-all", "story-32", "story-47"]);
    choose(Areas::ALL);
    apply(SHELF, &whole.opened).await.unwrap();
    assert_eq!(on_the_disk().await.origin.areas(), Areas::ALL);
    assert_eq!(load(SHELF).await.unwrap().opened.shelf, whole.opened.shelf);
}

// The part she kept was taken for the whole: the server said that she was up to date, and the rest was gone for good.
#[wasm_bindgen_test]
async fn a_part_does_not_answer_for_the_whole() {
    fresh().await;
    publish(&shelf(7, &["17", "32"])).await;
    choose(areas("32"));
    fetch(None).await;
    let part = load(SHELF).await.unwrap().opened;
    assert_eq!(ids(&part), ["story-all", "story-32"]);
    let whole = fetch(Some(&part)).await;
    assert_eq!(last_tag(), None);
    assert_eq!(ids(&whole.opened), ["story-all", "story-17", "story-32"]);
    assert_eq!(on_the_disk().await.origin.areas(), areas("32"), "and the part is what is kept");
    // Asked once more in the same visit, with the tag of the whole.
    let again = refresh(SHELF, Some(&whole.opened)).await.unwrap();
    assert!(matches!(again, Refreshed::Current { kept: Some(_) }), "it has not changed");
    assert!(last_tag().is_some());
    assert_eq!(ids(&load(SHELF).await.unwrap().opened), ["story-all", "story-32"]);
}

#[wasm_bindgen_test]
async fn what_she_chooses_while_the_server_is_asked_is_what_is_kept() {
    fresh().await;
    publish(&shelf(7, &["17", "32"])).await;
    js("window.meanwhile = async () => localStorage.setItem('tn.areas', '17')");
    fetch(None).await;
    assert_eq!(on_the_disk().await.origin.areas(), areas("17"));
    // Or just before the page was closed, or in another tab.
    choose(areas("32"));
    load(SHELF).await.unwrap();
    assert_eq!(on_the_disk().await.origin.areas(), Areas::NONE, "nothing is left of what was kept");
}

#[wasm_bindgen_test]
async fn a_part_lapses_and_is_withdrawn_like_a_whole() {
    fresh().await;
    publish(&shelf(7, &["17", "32"])).await;
    choose(areas("32"));
    let yesterdays = fetch(None).await;
    publish(&shelf(8, &["17"])).await;
    fetch(Some(&yesterdays.opened)).await;
    // A tab that was left open still has what was withdrawn.
    apply(SHELF, &yesterdays.opened).await.unwrap();
    let now = load(SHELF).await.unwrap().opened;
    assert_eq!((now.shelf.number, ids(&now)), (8, vec!["story-all"]));
    let stored = on_the_disk().await;
    let lapsed = StoredShelf { until: clock::now_ms() / 1000.0, ..stored };
    let _ = shelf_store::store(SHELF.code(), &lapsed).await;
    assert!(load(SHELF).await.is_none());
    assert!(shelf_store::load(SHELF.code()).await.unwrap().is_none(), "key and bytes are gone");
}

#[wasm_bindgen_test]
async fn a_whole_needs_its_signature_and_a_part_what_this_device_closed() {
    fresh().await;
    publish(&shelf(7, &["17", "32"])).await;
    let whole = fetch(None).await;
    let signed = on_the_disk().await;
    choose(areas("32"));
    apply(SHELF, &whole.opened).await.unwrap();
    let part = on_the_disk().await;
    // A part that says it is a whole.
    let _ = shelf_store::store(SHELF.code(), &StoredShelf { origin: signed.origin.clone(), ..part.clone() })
        .await;
    assert!(load(SHELF).await.is_none());
    // One whose bytes were touched.
    let mut touched = part.clone();
    touched.closed.nonce[0] ^= 1;
    let _ = shelf_store::store(SHELF.code(), &touched).await;
    assert!(load(SHELF).await.is_none());
    assert!(shelf_store::load(SHELF.code()).await.unwrap().is_none());
    let _ = shelf_store::store(SHELF.code(), &part).await;
    assert_eq!(load(SHELF).await.unwrap().opened.areas(), areas("32"));
}

// A phone that had kept stories for a week had none after the update.
#[wasm_bindgen_test]
async fn what_was_kept_before_there_were_parts_opens() {
    fresh().await;
    publish(&shelf(7, &["17"])).await;
    fetch(None).await;
    js_async(
        "return new Promise((done, failed) => {
            const opening = indexedDB.open('tonari');
            opening.onerror = failed;
            opening.onsuccess = () => {
                const writing = opening.result.transaction('shelves', 'readwrite');
                const shelves = writing.objectStore('shelves');
                const reading = shelves.get('stories');
                reading.onsuccess = () => {
                    delete reading.result.areas;
                    shelves.put(reading.result, 'stories');
                };
                writing.oncomplete = () => { opening.result.close(); done(); };
            };
        })",
    )
    .await;
    assert!(matches!(on_the_disk().await.origin, Origin::Whole { .. }));
    assert_eq!(ids(&load(SHELF).await.unwrap().opened), ["story-all", "story-17"]);
}
