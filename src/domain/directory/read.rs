//! From the JSON of an edition to its types: one function for each shape, in the order of the types.
//!
//! The same document that serde reads and writes on the server (feature `wire`); a test holds the two together.
//! Members nobody asks for are ignored, so that a newer server may add some.

use super::Edition;
use crate::association::{Area, Association, AssociationId, Branch, Eligibility, Office, Precision, Team};
use crate::fact::{AsOf, Fact, Mark, Source, SourceId};
use crate::json::Node;

/// Reads one shape.
type Shape<T> = fn(&Node<'_>) -> T;

pub(super) fn edition(node: &Node<'_>) -> Edition {
    Edition {
        number: number(&node.field("number")),
        issued: text(&node.field("issued")),
        sources: list(&node.field("sources"), source),
        associations: list(&node.field("associations"), association),
    }
}

fn source(node: &Node<'_>) -> Source {
    Source {
        mark: mark(&node.field("mark")),
        title: text(&node.field("title")),
        url: maybe(node, "url", text),
    }
}

fn mark(node: &Node<'_>) -> Mark {
    match node.text() {
        "official" => Mark::Official,
        "federation" => Mark::Federation,
        "japan-post" => Mark::JapanPost,
        "two-lists" => Mark::TwoLists,
        "news" => Mark::News,
        "project" => Mark::Project,
        _ => node.wrong("a known mark", Mark::Project),
    }
}

fn association(node: &Node<'_>) -> Association {
    Association {
        id: AssociationId(text(&node.field("id"))),
        name: fact(&node.field("name"), text),
        area: area(&node.field("area")),
        website: fact(&node.field("website"), text),
        office: maybe_fact(node, "office", office),
        phone: maybe_fact(node, "phone", text),
        hours: maybe_fact(node, "hours", text),
        branches: facts(node, "branches", branch),
        eligibility: maybe_fact(node, "eligibility", eligibility),
        team: maybe(node, "team", team),
        remarks: facts(node, "remarks", text),
    }
}

fn area(node: &Node<'_>) -> Area {
    match node.only() {
        Some(("prefecture", code)) => Area::Prefecture(code.number(u8::MAX.into()) as u8),
        Some(("city", code)) => Area::City(number(&code)),
        _ => node.wrong("a prefecture or a city", Area::Prefecture(0)),
    }
}

fn eligibility(node: &Node<'_>) -> Eligibility {
    match node.text() {
        "common" => Eligibility::Common,
        "office-in-principle" => Eligibility::OfficeInPrinciple,
        "company-business-in-city" => Eligibility::CompanyBusinessInCity,
        "office-address-or-residence" => Eligibility::OfficeAddressOrResidence,
        _ => node.wrong("a known eligibility", Eligibility::Common),
    }
}

fn branch(node: &Node<'_>) -> Branch {
    Branch { name: text(&node.field("name")), office: office(&node.field("office")) }
}

fn office(node: &Node<'_>) -> Office {
    Office {
        address: text(&node.field("address")),
        precision: precision(&node.field("precision")),
        postcode: maybe(node, "postcode", text),
        municipality: number(&node.field("municipality")),
    }
}

fn precision(node: &Node<'_>) -> Precision {
    match node.text() {
        "street" => Precision::Street,
        "town" => Precision::Town,
        "city" => Precision::City,
        _ => node.wrong("a known precision", Precision::City),
    }
}

fn team(node: &Node<'_>) -> Team {
    Team {
        listed: fact(&node.field("listed"), yes_or_no),
        name: maybe_fact(node, "name", text),
        name_en: maybe_fact(node, "name_en", text),
        founded: maybe_fact(node, "founded", short),
        first_in_japan: maybe_fact(node, "first_in_japan", yes_or_no),
    }
}

fn fact<T>(node: &Node<'_>, value: Shape<T>) -> Fact<T> {
    let value = value(&node.field("value"));
    let (source, as_of, note) = origin(node);
    Fact { value, source, as_of, note }
}

/// What every fact has beside its value.
fn origin(node: &Node<'_>) -> (SourceId, Option<AsOf>, Option<String>) {
    let source = SourceId(short(&node.field("source")));
    (source, maybe(node, "as_of", text).map(AsOf), maybe(node, "note", text))
}

fn maybe_fact<T>(node: &Node<'_>, name: &str, value: Shape<T>) -> Option<Fact<T>> {
    present(node, name).map(|node| fact(&node, value))
}

fn maybe<T>(node: &Node<'_>, name: &str, shape: Shape<T>) -> Option<T> {
    present(node, name).map(|node| shape(&node))
}

/// Missing and null are the same.
fn present<'n>(node: &'n Node<'_>, name: &'n str) -> Option<Node<'n>> {
    node.optional(name).filter(|node| !node.is_null())
}

/// Facts of a list that may be missing.
fn facts<T>(node: &Node<'_>, name: &str, value: Shape<T>) -> Vec<Fact<T>> {
    let mut facts = Vec::new();
    if let Some(node) = node.optional(name) {
        node.each(&mut |item| facts.push(fact(item, value)));
    }
    facts
}

fn list<T>(node: &Node<'_>, shape: Shape<T>) -> Vec<T> {
    let mut list = Vec::new();
    node.each(&mut |item| list.push(shape(item)));
    list
}

fn text(node: &Node<'_>) -> String {
    node.text().to_owned()
}

fn yes_or_no(node: &Node<'_>) -> bool {
    node.bool()
}

fn number(node: &Node<'_>) -> u32 {
    node.number(u32::MAX)
}

/// Sixteen bits: years and places in the list of sources.
fn short(node: &Node<'_>) -> u16 {
    node.number(u16::MAX.into()) as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::{self, Json};

    const BUNDLED: &[u8] = include_bytes!("../../../public/data/directory.json");

    fn by_hand(json: &[u8]) -> Option<Edition> {
        json::read(&Json::parse(json).ok()?, edition).ok()
    }

    fn by_serde(json: &[u8]) -> Option<Edition> {
        serde_json::from_slice(json).ok()
    }

    /// An edition with everything a field may be, beyond what the bundled one happens to have.
    fn with_everything() -> Vec<u8> {
        let mut edition = by_hand(BUNDLED).unwrap();
        edition.associations.retain(|a| ["saitama", "shimane", "gunma"].contains(&a.id.as_str()));
        let shimane = edition.associations.last_mut().unwrap();
        let yes =
            Fact {
                value: true, source: SourceId(7), as_of: None, note: Some("「\"\\\n\u{1}😀".to_owned())
            };
        let year =
            Fact { value: u16::MAX, source: SourceId(0), as_of: Some(AsOf("2026".to_owned())), note: None };
        let team = shimane.team.as_mut().unwrap();
        (team.first_in_japan, team.founded) = (Some(yes), Some(year));
        shimane.area = Area::City(u32::MAX);
        serde_json::to_vec_pretty(&edition).unwrap()
    }

    #[test]
    fn the_phone_reads_what_serde_reads() {
        for json in [BUNDLED.to_vec(), with_everything()] {
            let edition = by_hand(&json).unwrap();
            assert_eq!(Some(&edition), by_serde(&json).as_ref());
            assert_eq!(Some(&edition), by_hand(&serde_json::to_vec(&edition).unwrap()).as_ref());
        }
    }

    #[test]
    fn an_edition_that_breaks_off_is_refused_wherever_it_does() {
        let json = with_everything();
        assert!((0..json.len()).all(|end| by_hand(&json[..end]).is_none()));
    }

    #[test]
    fn an_error_names_the_field() {
        let json = String::from_utf8(with_everything()).unwrap();
        let fault = |from: &str, to: &str| {
            assert!(json.contains(from), "{from}");
            let json = Json::parse(json.replacen(from, to, 1).as_bytes()).unwrap();
            json::read(&json, edition).unwrap_err().to_string()
        };
        assert_eq!(fault("\"number\": 1", "\"number\": -1"), "number is not a whole number in range");
        assert_eq!(fault("\"website\"", "\"page\""), "associations[0].website is not there");
        assert_eq!(
            fault("\"source\": 0", "\"source\": 65536"),
            "associations[0].name.source is not a whole number in range"
        );
        assert_eq!(
            fault("\"town\"", "\"village\""),
            "associations[0].office.value.precision is not a known precision"
        );
        assert_eq!(
            fault("\"prefecture\"", "\"region\""),
            "associations[0].area is not a prefecture or a city"
        );
        assert_eq!(fault("\"two-lists\"", "2"), "sources[0].mark is not a text");
    }

    proptest! {
        // Bits flip, copies go wrong; whatever is still read is what serde would have read.
        #[test]
        fn a_changed_edition_is_refused_or_read_as_serde_reads_it(
            at in any::<prop::sample::Index>(),
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"{}[],:\"0n\\ ".to_vec())], 1..3),
            inserted in any::<bool>(),
        ) {
            let mut json = with_everything();
            let at = at.index(json.len());
            let removed = if inserted { 0 } else { bytes.len().min(json.len() - at) };
            json.splice(at..at + removed, bytes);
            if let Some(edition) = by_hand(&json) {
                prop_assert_eq!(Some(edition), by_serde(&json));
            }
        }
    }
}
