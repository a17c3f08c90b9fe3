//! The site for a host that keeps files and nothing else: what has to be otherwise in them than where this server answers.
//!
//! Such a host sets no headers and books nothing. So pages carry their policy themselves and begin with `files.js`, which
//! tells the app from files what a server says in headers; what would lead to booking or into a frame is left out. In a
//! folder of somebody's site all addresses begin with that folder. It is done here, before the worker's manifest takes the
//! hashes, and not by whoever collects the files: what they hold and what the worker expects are then the same bytes.

use std::collections::BTreeMap;
use std::str::FromStr;

use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use super::asset::CachePolicy;
use super::manifest::{self, Places};
use super::words::{Tongue, word};
use super::{SiteError, frame, render};
use crate::headers;

const SCRIPT_PATH: &str = "/files.js";
const SCRIPT: &str = include_str!("../../../public/files.js");

/// Pages whose address ends with a slash are `index.html` in a folder, which every host finds without a redirect: the worker
/// takes none.
const PLACES: Places = Places { booking: "/bookings/", reading: "/reading/" };

/// The folder of a host below which the site lies, as addresses begin: `/`, or `/soudan/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder(String);

impl Folder {
    /// What stands before an address of ours: nothing, or `/soudan`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.0[..self.0.len() - 1]
    }
}

impl FromStr for Folder {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // What is more than this would have to be escaped, in pages and in patterns, and hosts differ in how.
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        };
        let folder = |text: &str| {
            text.strip_prefix('/')
                .and_then(|rest| rest.strip_suffix('/'))
                .is_some_and(|inner| inner.split('/').all(plain))
        };
        if text == "/" || folder(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err("it has to be / or a folder of letters, digits, - and _, like /soudan/")
        }
    }
}

/// For whom a site is composed.
#[derive(Clone, Copy, Debug)]
pub enum Host<'a> {
    /// This server, which answers what its pages ask.
    Own,
    /// One that keeps files in this folder.
    Files(&'a Folder),
}

impl Host<'_> {
    #[must_use]
    pub fn prefix(&self) -> &str {
        match self {
            Self::Own => "",
            Self::Files(folder) => folder.prefix(),
        }
    }

    pub(super) const fn places(self) -> Places {
        match self {
            Self::Own => Places::SERVED,
            Self::Files(_) => PLACES,
        }
    }

    /// Before anything is filled in. Frames on other sites and booking need a server.
    pub(super) fn prepare(self, built: &mut BTreeMap<String, Vec<u8>>) -> Result<(), SiteError> {
        let Self::Files(folder) = self else { return Ok(()) };
        built.retain(|path, _| !manifest::is_for_hosts(path) && !manifest::is_for_booking(path));
        for page in ["/index.html", "/read.html", "/book.html"] {
            let filled = render(built, page, |html| {
                placed(&exchanged(&equipped(html), frame::FORM, ""), folder.prefix())
            })?;
            built.extend(filled.map(|html| (page.to_owned(), html)));
        }
        built.insert(SCRIPT_PATH.to_owned(), SCRIPT.into());
        move_into(folder, built)
    }

    /// The page of the entry for booking; where nobody books it says so, and where the telephone numbers are.
    pub(super) fn booking(self, page: &[u8]) -> Vec<u8> {
        let page = String::from_utf8_lossy(page);
        let page = match self {
            Self::Own => frame::unmarked(&page),
            Self::Files(folder) => {
                // What starts the app has nothing to do there.
                let page = exchanged(&page, ["<script type=\"module\"", "</script>"], "");
                let page = exchanged(&page, ["<title>", "</title>"], &title().0);
                exchanged(&page, frame::CONTENT, &moved(no_booking(), folder.prefix()).0)
            }
        };
        page.into_bytes()
    }
}

/// With a folder before the addresses that stand in attributes. Ours are written in double quotes, and in what people wrote
/// quotes are escaped.
#[must_use]
pub fn moved(markup: Markup, prefix: &str) -> Markup {
    if prefix.is_empty() { markup } else { PreEscaped(placed(&markup.0, prefix)) }
}

fn placed(html: &str, prefix: &str) -> String {
    html.replace("=\"/", &format!("=\"{prefix}/"))
}

/// Before any other script. What a host can be told to send as a header is said here, too, as far as a page may.
fn equipped(html: &str) -> String {
    let own = html! {
        meta http-equiv="Content-Security-Policy" content=(headers::policy_in_page());
        meta name="referrer" content=(headers::REFERRER);
        script src=(SCRIPT_PATH) defer {}
    };
    // What comes before it is in the page's own encoding already.
    match html.find("<meta charset").and_then(|at| Some(at + html[at..].find('>')? + 1)) {
        Some(at) => [&html[..at], &own.0, &html[at..]].concat(),
        None => html.to_owned(),
    }
}

/// With something else in the place of what stands from one mark to the end of the other.
fn exchanged(html: &str, [from, to]: [&str; 2], with: &str) -> String {
    let found = html.find(from).and_then(|start| Some((start, start + html[start..].find(to)? + to.len())));
    match found {
        Some((start, end)) => [&html[..start], with, &html[end..]].concat(),
        None => html.to_owned(),
    }
}

fn title() -> Markup {
    html! { title { (word("tab.bookings")) " | となり" } }
}

fn no_booking() -> Markup {
    html! {
        h1.tn-page__title id="page-title" tabindex="-1" { "相談の予約" }
        p { "ここでは予約を受け付けていません。相談は、協会の電話や公式サイトからお申し込みください。" }
        p { a href="/#associations" { "協会の一覧と電話番号" } }
        p lang=(Tongue::English.tag()) {
            "Appointments cannot be booked here. Please phone the association, or use its official site. "
            a href="/#associations" { "All associations (in Japanese)" }
        }
    }
}

/// Files whose addresses no attribute holds. The worker finds its folder by itself.
fn move_into(folder: &Folder, built: &mut BTreeMap<String, Vec<u8>>) -> Result<(), SiteError> {
    let prefix = folder.prefix();
    if prefix.is_empty() {
        return Ok(());
    }
    let worker = format!("\"{prefix}/sw.js\"");
    let start = render(built, "/boot.js", |js| js.replace("\"/sw.js\"", &worker))?;
    built.extend(start.map(|js| ("/boot.js".to_owned(), js)));
    let named = render(built, "/manifest.webmanifest", |json| {
        // What is no JSON is no manifest, in a folder or not.
        let mut manifest = serde_json::from_str(json).unwrap_or_default();
        place_values(&mut manifest, prefix);
        manifest.to_string()
    })?;
    built.extend(named.map(|json| ("/manifest.webmanifest".to_owned(), json)));
    for (path, bytes) in built.iter_mut() {
        if path.ends_with(".js") && CachePolicy::of(path) == CachePolicy::Immutable {
            *bytes = seen_from(prefix, &String::from_utf8_lossy(bytes)).into_bytes();
        }
    }
    Ok(())
}

fn place_values(json: &mut Value, prefix: &str) {
    match json {
        Value::String(text) if text.starts_with('/') => text.insert_str(0, prefix),
        Value::Array(values) => values.iter_mut().for_each(|value| place_values(value, prefix)),
        Value::Object(fields) => fields.values_mut().for_each(|value| place_values(value, prefix)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The glue between wasm and browser. The app knows its addresses without the folder, and asks where it is and where a link
/// leads by these two only. An address elsewhere on the host's site must not look like one of ours.
fn seen_from(prefix: &str, glue: &str) -> String {
    let pattern = prefix.replace('/', "\\/");
    glue.replace(
        ".pathname",
        &format!(".pathname.replace(/^({pattern})?(?=\\/)/, (all) => all ? \"\" : \"/\")"),
    )
    .replace(".origin", &format!(".origin + \"{prefix}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_before_our_addresses_and_before_nothing_else() {
        let markup = html! {
            a href="/find" { "=\"/find" }
            a href="https://example.jp/" {}
            a href="#main" {}
            script { (PreEscaped("{\"url\":\"/no\"}")) }
        };
        let moved = moved(markup, "/soudan").0;
        assert_eq!(
            moved,
            "<a href=\"/soudan/find\">=&quot;/find</a><a href=\"https://example.jp/\"></a><a href=\"#main\"></a>\
             <script>{\"url\":\"/no\"}</script>"
        );
    }

    #[test]
    fn what_stands_between_two_marks_is_exchanged_and_a_page_without_them_stays() {
        assert_eq!(exchanged("a<x>b</x>c</x>", ["<x>", "</x>"], "-"), "a-c</x>");
        for page in ["a<x>b", "a</x>b<x>", ""] {
            assert_eq!(exchanged(page, ["<x>", "</x>"], "-"), page);
        }
    }

    // An association's own page at /find was taken for ours, because a folder of the same length had been cut off.
    #[test]
    fn the_glue_takes_off_our_folder_and_no_other() {
        let glue = seen_from("/soudan", "const ret = arg1.pathname;\nconst ret = arg1.origin;");
        assert_eq!(
            glue,
            "const ret = arg1.pathname.replace(/^(\\/soudan)?(?=\\/)/, (all) => all ? \"\" : \"/\");\n\
             const ret = arg1.origin + \"/soudan\";"
        );
    }
}
