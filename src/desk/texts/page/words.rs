//! Which words belong to a text's codes and fields. Closed lists are one sentence each, in the order of their codes.

use domain::api::desk::publish::DraftCard;
use domain::content::draft::{Act, Kind, State};
use domain::content::{EventSort, Industry, Life, Scheme, Severity, Stage};
use domain::place::PrefectureCode;
use domain::place::prefecture::Prefecture;
use ui::i18n::{Key, Lang, language, plain, plain_with, say};
use ui::node::{El, el};

/// The words of a closed list, each for the code at its place.
pub fn listed(key: Key) -> Vec<String> {
    plain(key).split('|').map(str::to_owned).collect()
}

/// Codes beside their words.
pub fn coded(codes: &[&'static str], key: Key) -> Vec<(&'static str, String)> {
    codes.iter().copied().zip(listed(key)).collect()
}

pub fn industries() -> Vec<(&'static str, String)> {
    coded(&codes(&Industry::ALL, Industry::code), Key::DeskIndustries)
}

pub fn stages() -> Vec<(&'static str, String)> {
    coded(&codes(&Stage::ALL, Stage::code), Key::DeskPubStages)
}

pub fn schemes() -> Vec<(&'static str, String)> {
    coded(&codes(&Scheme::ALL, Scheme::code), Key::DeskPubSchemes)
}

pub fn lives() -> Vec<(&'static str, String)> {
    coded(&codes(&Life::ALL, Life::code), Key::DeskPubLives)
}

pub fn sorts() -> Vec<(&'static str, String)> {
    coded(&codes(&EventSort::ALL, EventSort::code), Key::DeskPubSorts)
}

pub fn severities() -> Vec<(&'static str, String)> {
    coded(&codes(&Severity::ALL, Severity::code), Key::DeskPubSeverities)
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

pub fn kind_word(kind: Kind) -> String {
    plain(match kind {
        Kind::Story => Key::DeskPubStory,
        Kind::Case => Key::DeskPubCase,
        Kind::Event => Key::DeskPubEvent,
        Kind::Notice => Key::DeskPubNotice,
    })
}

pub fn state_key(state: State) -> Key {
    match state {
        State::Draft => Key::DeskPubDraft,
        State::InReview => Key::DeskPubInReview,
        State::ChangesAsked => Key::DeskPubChangesAsked,
        State::Approved => Key::DeskPubApproved,
        State::Shared => Key::DeskPubIsShared,
        State::Published => Key::DeskPubPublished,
        State::Withdrawn => Key::DeskPubWithdrawn,
    }
}

/// How it stands, and whether readers have something else than the newest.
pub fn standing(card: &DraftCard) -> El {
    let tone = match card.state {
        State::InReview | State::ChangesAsked => "wait",
        State::Approved | State::Shared | State::Published => "good",
        State::Draft | State::Withdrawn => "over",
    };
    let older = (card.public_is_older).then(|| el("span").put(say(Key::DeskPubOlderPublic)));
    let badge = el("span").class("dk-state").set("data-tone", tone).set("data-testid", "text-state");
    el("span").class("dk-row__about").put(badge.put(say(state_key(card.state)))).put(older)
}

pub fn act_key(act: Act) -> Key {
    match act {
        Act::Send => Key::DeskPubSend,
        Act::Ask => Key::DeskPubAsk,
        Act::Approve => Key::DeskPubApprove,
        Act::Share => Key::DeskPubShare,
        Act::Publish => Key::DeskPubPublish,
        Act::Withdraw => Key::DeskPubWithdraw,
        Act::Remove => Key::DeskPubRemove,
    }
}

pub fn done_key(act: Act) -> Key {
    match act {
        Act::Send => Key::DeskPubDidSend,
        Act::Ask => Key::DeskPubDidAsk,
        Act::Approve => Key::DeskPubDidApprove,
        Act::Share => Key::DeskPubDidShare,
        Act::Publish => Key::DeskPubDidPublish,
        Act::Withdraw => Key::DeskPubDidWithdraw,
        Act::Remove => Key::DeskPubDidRemove,
    }
}

/// A line of the journal.
pub fn deed_key(what: &str) -> Key {
    match what {
        "draft_begun" => Key::DeskPubHistBegun,
        "draft_written" => Key::DeskPubHistWritten,
        "draft_sent" => Key::DeskPubDidSend,
        "draft_changes_asked" => Key::DeskPubDidAsk,
        "draft_approved" => Key::DeskPubDidApprove,
        "draft_shared" => Key::DeskPubDidShare,
        "draft_published" => Key::DeskPubDidPublish,
        "draft_published_alone" => Key::DeskPubHistAlone,
        "draft_withdrawn" => Key::DeskPubDidWithdraw,
        "draft_commented" => Key::DeskPubDidComment,
        _ => Key::DeskPubHistOther,
    }
}

/// As the server names them; of a line only its own part.
pub fn field_key(field: &str) -> Key {
    let (group, last) = field.split_once('.').unwrap_or(("", field));
    match (group.split('[').next().unwrap_or(group), last.split('[').next().unwrap_or(last)) {
        ("sources", "title") | ("", "sources") => Key::DeskPubSources,
        ("sources", "url") => Key::DeskPubUrl,
        ("sources", _) => Key::DeskPubAsOf,
        ("readings", _) | ("", "readings") => Key::DeskPubReadings,
        ("place", "name") | ("", "place") => Key::DeskPubPlaceName,
        ("place", "address") => Key::DeskPubPlaceAddress,
        ("place", _) => Key::DeskPubMunicipality,
        ("picture", "alt") => Key::DeskPicAlt,
        ("picture", "alt_en") => Key::DeskPicAltEn,
        ("picture", _) | ("", "picture") => Key::DeskPicFile,
        ("easy", _) => Key::DeskPubEasy,
        ("en", _) => Key::DeskPubEn,
        (_, "title") => Key::DeskPubTitleField,
        (_, "summary") => Key::DeskPubSummary,
        (_, "body") => Key::DeskPubBody,
        (_, "expires") => Key::DeskPubExpires,
        (_, "consent") => Key::DeskPubConsent,
        (_, "consent-how") => Key::DeskPubConsentHow,
        (_, "sort") => Key::DeskPubSort,
        (_, "starts") => Key::DeskPubStarts,
        (_, "ends") => Key::DeskPubEnds,
        (_, "deadline") => Key::DeskPubDeadline,
        (_, "online") => Key::DeskPubOnline,
        (_, "capacity") => Key::DeskPubCapacity,
        (_, "cost") => Key::DeskPubCost,
        (_, "link") => Key::DeskPubLink,
        (_, "from") => Key::DeskPubFrom,
        (_, "to") => Key::DeskPubTo,
        (_, "severity") => Key::DeskPubSeverity,
        (_, "phone") => Key::DeskPubPhone,
        (_, "areas") => Key::DeskPubAreas,
        (_, "industries") => Key::DeskIndustry,
        (_, "stages") => Key::DeskPubStagesField,
        (_, "schemes") => Key::DeskPubSchemesField,
        (_, "lives") => Key::DeskPubLivesField,
        (_, "fictional") => Key::DeskPubFictional,
        // Of a file alone: a form has neither.
        (_, "kind") => Key::DeskFileKind,
        (_, "association") => Key::DeskFileAssociation,
        (_, "id" | "published") => Key::DeskFileOwn,
        _ => Key::DeskPubBody,
    }
}

pub fn code_key(code: &str) -> Key {
    match code {
        "length" => Key::DeskPubWrongLength,
        "missing" => Key::DeskPubWrongMissing,
        "one_line" => Key::DeskPubWrongOneLine,
        "hidden_marks" => Key::DeskPubWrongHidden,
        "marks" => Key::DeskPubWrongMarks,
        "no_source" => Key::DeskPubWrongNoSource,
        "no_consent" => Key::DeskPubWrongNoConsent,
        "not_a_day" => Key::DeskPubWrongDay,
        "not_a_time" => Key::DeskPubWrongTime,
        "not_an_address" => Key::DeskPubWrongAddress,
        "not_a_phone" => Key::DeskPubWrongPhone,
        "not_hiragana" => Key::DeskPubWrongHiragana,
        "ends_first" => Key::DeskPubWrongEnds,
        "deadline_late" => Key::DeskPubWrongDeadline,
        "no_place" => Key::DeskPubWrongPlace,
        "no_area" => Key::DeskPubWrongArea,
        "over" => Key::DeskPubWrongOver,
        "too_many_bytes" => Key::DeskPicWrongBytes,
        "too_many_pixels" => Key::DeskPicWrongPixels,
        "other_kind" => Key::DeskPicWrongKind,
        "broken" => Key::DeskPicWrongBroken,
        "no_picture" => Key::DeskPicWrongGone,
        "no_file" => Key::DeskFileWrongNone,
        "not_json" => Key::DeskFileWrongJson,
        "no_items" => Key::DeskFileWrongItems,
        "too_many" => Key::DeskFileWrongMany,
        "not_yours" => Key::DeskFileWrongYours,
        "no_field" => Key::DeskFileWrongField,
        "not_here" => Key::DeskFileWrongHere,
        _ => Key::DeskPubWrongOther,
    }
}

/// A prefecture; a city by its prefecture and its number, because this app knows no names of cities.
pub fn area_word(code: u32) -> String {
    let (number, city) = if code < 100 { (code, None) } else { (code / 1_000, Some(code)) };
    let Some(code) = u8::try_from(number).ok().and_then(PrefectureCode::new) else {
        return number.to_string();
    };
    let prefecture = Prefecture::of(code);
    let name = if language() == Lang::English { prefecture.romaji } else { prefecture.name };
    match city {
        Some(city) => plain_with(Key::DeskPubCityOf, &[("name", name), ("code", &city.to_string())]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // One word was missing in a list, and every text about care was found under education.
    #[test]
    fn every_code_has_its_word() {
        ui::i18n::open(&ui::i18n::DESK);
        ui::i18n::open(&ui::i18n::DESK_TEXTS);
        for (codes, words) in [
            (Industry::ALL.len(), Key::DeskIndustries),
            (Stage::ALL.len(), Key::DeskPubStages),
            (Scheme::ALL.len(), Key::DeskPubSchemes),
            (Life::ALL.len(), Key::DeskPubLives),
            (EventSort::ALL.len(), Key::DeskPubSorts),
            (Severity::ALL.len(), Key::DeskPubSeverities),
        ] {
            assert_eq!(listed(words).len(), codes, "{words:?}");
        }
    }

    #[test]
    fn a_fields_name_is_found_by_the_way_the_server_says_it() {
        for (path, key) in [
            ("ja.title", Key::DeskPubTitleField),
            ("sources[2].url", Key::DeskPubUrl),
            ("sources", Key::DeskPubSources),
            ("areas[0]", Key::DeskPubAreas),
            ("place.municipality", Key::DeskPubMunicipality),
            ("en.body", Key::DeskPubEn),
            ("consent-how", Key::DeskPubConsentHow),
        ] {
            assert_eq!(field_key(path), key, "{path}");
        }
    }
}
