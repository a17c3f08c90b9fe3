use proptest::prelude::*;

use super::*;
use crate::directory::Edition;
use crate::fact::Mark;

const BUNDLED: &[u8] = include_bytes!("../../../public/data/directory.json");

fn bundled() -> Edition {
    Edition::parse(BUNDLED).unwrap()
}

fn today() -> Date {
    Date::parse("2026-11-26").unwrap()
}

fn id(name: &str) -> AssociationId {
    AssociationId(name.to_owned())
}

fn own(value: &str) -> Given {
    Given::Known(Statement {
        value: value.to_owned(),
        basis: Basis::Own,
        checked: "2026-11-26".to_owned(),
        note: None,
        municipality: None,
    })
}

fn with(change: impl FnOnce(&mut Statement)) -> Given {
    let Given::Known(mut statement) = own("0852-21-0000") else { unreachable!() };
    change(&mut statement);
    Given::Known(statement)
}

fn stated(association: &str, field: Field, given: Given) -> Stated {
    Stated { association: id(association), field, given }
}

fn of(edition: &Edition, association: &str, field: Field) -> Option<Known> {
    known(edition.association(&id(association)).unwrap(), field)
}

// 島根 had a new telephone for three years; founders called the old one, because only the makers could write the file.
#[test]
fn what_a_desk_says_stands_with_its_source_and_day_and_nothing_else_changes() {
    let base = bundled();
    let edition = compose(&base, 2, "2026-11-26", &[stated("shimane", Field::Phone, own("0852-21-0000"))]);
    assert_eq!((edition.number, edition.issued.as_str()), (2, "2026-11-26"));
    let phone = of(&edition, "shimane", Field::Phone).unwrap();
    assert_eq!(
        (phone.value.as_str(), phone.note),
        ("0852-21-0000", None),
        "the note spoke of the old source"
    );
    assert_eq!(phone.as_of.unwrap().0, "2026-11-26");
    let source = edition.source(phone.source).unwrap();
    assert_eq!(
        (source.mark, source.title.as_str()),
        (Mark::Official, "島根県信用保証協会の申告（となりの窓口）")
    );
    assert_eq!(edition.sources[..base.sources.len()], base.sources, "places of others never move");
    assert_eq!(edition.sources.len(), base.sources.len() + 1);
    let mut back = edition.clone();
    let at = base.associations.iter().position(|one| one.id == id("shimane")).unwrap();
    back.associations[at].phone = base.associations[at].phone.clone();
    assert_eq!(back.associations, base.associations);
    // What a phone is sent is read by it.
    assert_eq!(Edition::parse(&serde_json::to_vec(&edition).unwrap()).unwrap(), edition);
}

#[test]
fn a_source_is_listed_once_and_a_page_of_its_own_is_official() {
    let read = |url: &str| {
        with(|statement| {
            statement.basis = Basis::Read { title: "連絡先".to_owned(), url: Some(url.to_owned()) };
        })
    };
    let own_page = read("https://www.shimane-cgc.or.jp/contact");
    let all = [
        stated("shimane", Field::Phone, own_page.clone()),
        stated("shimane", Field::Hours, own_page),
        stated("akita", Field::Phone, read("https://news.example.jp/1")),
    ];
    let (base, edition) = (bundled(), compose(&bundled(), 2, "2026-11-26", &all));
    let marks: Vec<Mark> = edition.sources[base.sources.len()..].iter().map(|one| one.mark).collect();
    assert_eq!(marks, [Mark::Official, Mark::News]);
}

// A newer edition came with the program and brought back the telephone the team had corrected.
#[test]
fn a_newer_file_outdoes_a_desk_only_with_what_is_certainly_younger() {
    let desk = [stated("shimane", Field::Phone, own("0852-21-0000"))];
    let file = |as_of: Option<&str>| {
        let mut base = bundled();
        let shimane = base.associations.iter_mut().find(|one| one.id == id("shimane")).unwrap();
        let phone = shimane.phone.as_mut().unwrap();
        (phone.value, phone.as_of) = ("0852-99-9999".to_owned(), as_of.map(|as_of| AsOf(as_of.to_owned())));
        of(&compose(&base, 9, "2027-01-01", &desk), "shimane", Field::Phone).unwrap().value
    };
    for older in [None, Some("2026"), Some("2026-11"), Some("2026-11-26"), Some("2018-06")] {
        assert_eq!(file(older), "0852-21-0000", "{older:?}");
    }
    for younger in ["2027", "2026-12", "2026-11-27"] {
        assert_eq!(file(Some(younger)), "0852-99-9999", "{younger}");
    }
}

#[test]
fn a_team_is_there_before_it_has_a_name_whatever_came_first() {
    let all = [
        stated("tokyo", Field::TeamName, own("ひまわり")),
        stated("tokyo", Field::TeamFounded, own("2020")),
        stated("tokyo", Field::Team, own(YES)),
    ];
    let edition = compose(&bundled(), 2, "2026-11-26", &all);
    assert_eq!(of(&edition, "tokyo", Field::TeamName).unwrap().value, "ひまわり");
    assert_eq!(of(&edition, "tokyo", Field::TeamFounded).unwrap().value, "2020");
    let alone = compose(&bundled(), 2, "2026-11-26", &all[..2]);
    assert_eq!(alone.associations, bundled().associations);
}

// She confirmed the address, and the way to it led to the middle of the town: how exact it was had been lost.
#[test]
fn an_address_that_is_confirmed_keeps_where_it_stands() {
    let base = bundled();
    let there = of(&base, "shimane", Field::Address).unwrap();
    let edition = compose(&base, 2, "2026-11-26", &[stated("shimane", Field::Address, own(&there.value))]);
    let office = |edition: &Edition| edition.association(&id("shimane")).unwrap().office.clone().unwrap();
    assert_eq!(office(&edition).value, office(&base).value);
    assert_eq!(office(&edition).as_of.unwrap().0, "2026-11-26");
}

#[test]
fn each_part_that_is_wrong_is_named() {
    let base = bundled();
    let shimane = base.association(&id("shimane")).unwrap();
    let tokyo = base.association(&id("tokyo")).unwrap();
    let wrong = |field, given: Given| {
        check(shimane, field, &given, today()).iter().map(|one| (one.field(), one.code())).collect::<Vec<_>>()
    };
    assert_eq!(wrong(Field::Phone, own("0852-21-0000")), []);
    assert_eq!(wrong(Field::Phone, own("０８５２−２１−０００１")), []);
    for (field, value, code) in [
        (Field::Phone, " ", "missing"),
        (Field::Phone, "電話", "phone"),
        (Field::Hours, &*"あ".repeat(201), "too_long"),
        (Field::Hours, "月〜金\n9:00", "lines"),
        (Field::Website, "javascript:alert(1)", "link"),
        (Field::Website, "https://user@evil.example", "link"),
        (Field::Website, "https://", "link"),
        (Field::Eligibility, "everybody", "no_choice"),
        (Field::Team, "no", "no_choice"),
        (Field::TeamFounded, "2027", "year"),
        (Field::TeamFounded, "+201", "year"),
        (Field::Address, "どこか", "place"),
    ] {
        assert_eq!(wrong(field, own(value)), [("value", code)], "{field:?} {value}");
    }
    for (change, expected) in [
        (
            (|s| s.basis = Basis::Read { title: String::new(), url: None }) as fn(&mut Statement),
            ("title", "missing"),
        ),
        (|s| s.basis = Basis::Read { title: "a".repeat(121), url: None }, ("title", "too_long")),
        (
            |s| s.basis = Basis::Read { title: "a".to_owned(), url: Some("ftp://a.jp".to_owned()) },
            ("url", "link"),
        ),
        (|s| s.checked = "2026-13-01".to_owned(), ("checked", "not_a_day")),
        (|s| s.checked = "2026-11-27".to_owned(), ("checked", "ahead")),
        (|s| s.note = Some("あ".repeat(201)), ("note", "too_long")),
    ] {
        assert_eq!(wrong(Field::Phone, with(change)), [expected]);
    }
    let unknown = Given::Unknown { checked: "2026-11-26".to_owned() };
    assert_eq!(wrong(Field::Phone, unknown.clone()), []);
    assert_eq!(wrong(Field::Name, unknown.clone()), [("value", "needed")]);
    assert_eq!(check(tokyo, Field::TeamName, &unknown, today()), [Wrong::NoTeam]);
}

#[test]
fn what_was_checked_more_than_a_year_ago_is_stale_and_a_month_counts_to_its_end() {
    let known = |as_of: Option<&str>| Known {
        value: String::new(),
        source: SourceId(0),
        as_of: as_of.map(|as_of| AsOf(as_of.to_owned())),
        note: None,
    };
    for (as_of, expected) in [
        (Some("2025-11-26"), Freshness::Fresh),
        (Some("2025-11-25"), Freshness::Stale),
        (Some("2025-11"), Freshness::Fresh),
        (Some("2025-10"), Freshness::Stale),
        (Some("2025"), Freshness::Fresh),
        (Some("2024"), Freshness::Stale),
        (None, Freshness::Stale),
    ] {
        assert_eq!(freshness(Some(&known(as_of)), today()), expected, "{as_of:?}");
    }
    assert_eq!(freshness(None, today()), Freshness::Unknown);
}

fn anything() -> impl Strategy<Value = Stated> {
    let ids: Vec<AssociationId> = bundled().associations.into_iter().map(|one| one.id).collect();
    let value = prop_oneof![
        Just("0852-21-0000".to_owned()),
        Just("https://www.example.jp/".to_owned()),
        Just(YES.to_owned()),
        Just("common".to_owned()),
        Just("2019".to_owned()),
        "[あ-ん]{1,12}",
    ];
    let given = (value, any::<bool>(), any::<bool>(), "20(1[0-9]|2[0-6])-0[1-9]-1[0-9]").prop_map(
        |(value, is_own, is_known, checked)| {
            let title = format!("「{value}」の頁");
            let basis = if is_own { Basis::Own } else { Basis::Read { title, url: None } };
            let municipality = Some(32201);
            match is_known {
                true => Given::Known(Statement { value, basis, checked, note: None, municipality }),
                false => Given::Unknown { checked },
            }
        },
    );
    (prop::sample::select(ids), prop::sample::select(&Field::ALL[..]), given)
        .prop_map(|(association, field, given)| Stated { association, field, given })
}

fn once_each(all: Vec<Stated>) -> Vec<Stated> {
    let mut kept: Vec<Stated> = Vec::new();
    for one in all {
        kept.retain(|there| (&there.association, there.field) != (&one.association, one.field));
        kept.push(one);
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // Whatever desks say and in whatever order they take it back: what is left is what was there.
    #[test]
    fn taking_back_gives_the_same_facts_and_touches_no_other(all in prop::collection::vec(anything(), 1..8)) {
        let base = bundled();
        let all = once_each(all);
        for kept in (0..all.len()).rev() {
            let before = compose(&base, 2, "2026-11-26", &all[..kept]);
            let after = compose(&base, 3, "2026-11-26", &all[..=kept]);
            let changed = &all[kept];
            for (one, other) in before.associations.iter().zip(&after.associations) {
                for field in Field::ALL {
                    // A team that comes or goes takes along what is said of it.
                    let is_its = one.id == changed.association
                        && (changed.field == field || changed.field == Field::Team);
                    let same = known(one, field).map(|known| (known.value, known.as_of, known.note))
                        == known(other, field).map(|known| (known.value, known.as_of, known.note));
                    prop_assert!(same || is_its, "{:?} of {:?}", field, one.id);
                }
            }
        }
        let nothing = compose(&base, base.number, &base.issued, &[]);
        prop_assert_eq!(&nothing, &base);
        // The phone's own reader takes every one of them, whatever was said.
        let last = compose(&base, 9, "2026-11-26", &all);
        let read = Edition::parse(&serde_json::to_vec(&last).unwrap());
        let is_link = |value: &str| value.starts_with("https://");
        let links = last.associations.iter().all(|one| is_link(&one.website.value) || one.website.value.starts_with("http://"));
        prop_assert_eq!(read.ok(), links.then_some(last));
    }
}
