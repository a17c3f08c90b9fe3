//! Positions and what the committed outlines answer.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/data/outlines.bin");
    Outlines::open(std::fs::read(file).unwrap()).unwrap()
});

fn prefectures(lat: f64, lon: f64) -> Vec<u8> {
    let answer = OUTLINES.locate(LatLon { lat, lon });
    answer
        .map(|answer| answer.candidates.iter().map(|found| found.prefecture.number()).collect())
        .unwrap_or_default()
}

#[test]
fn a_position_lies_in_its_prefecture() {
    for (place, lat, lon, prefecture) in [
        ("松江", 35.4681, 133.0484, 32),
        ("新宿", 35.6896, 139.6917, 13),
        ("札幌", 43.0621, 141.3544, 1),
        ("那覇", 26.2124, 127.6809, 47),
        ("境港市", 35.5397, 133.2317, 31),
        ("浦安市", 35.6539, 139.9022, 12),
        ("奄美市", 28.3772, 129.4937, 46),
        ("壱岐市", 33.7499, 129.6914, 42),
        ("小豆島", 34.4794, 134.2358, 37),
        ("直島", 34.4601, 133.9955, 37),
        ("与論島", 27.0485, 128.4145, 46),
        ("与那国島", 24.4677, 123.0046, 47),
        ("父島", 27.0943, 142.1918, 13),
        ("国後島", 44.0300, 145.8600, 1),
        ("佐渡", 38.0183, 138.3683, 15),
        ("対馬", 34.2028, 129.2875, 42),
    ] {
        assert_eq!(prefectures(lat, lon).first(), Some(&prefecture), "{place}: {:?}", prefectures(lat, lon));
    }
}

#[test]
fn near_a_border_both_sides_are_offered() {
    // 大山崎 and 島本 share a station square.
    let both = prefectures(34.8925, 135.6790);
    assert!(both.contains(&26) && both.contains(&27), "{both:?}");
    assert_eq!(prefectures(36.6513, 138.1810), [20], "長野 is far from every border");
}

#[test]
fn away_from_japan_there_is_no_prefecture() {
    for (lat, lon) in [
        (35.1796, 129.0756),
        (46.6, 142.8),
        (25.04, 121.56),
        (0.0, 0.0),
        (35.0, -120.0),
        (f64::NAN, 139.0),
        (90.0, 0.0),
    ] {
        assert!(prefectures(lat, lon).is_empty(), "{lat}, {lon}: {:?}", prefectures(lat, lon));
    }
    let off_the_coast = OUTLINES.locate(LatLon { lat: 35.15, lon: 139.45 }).unwrap();
    assert!(!off_the_coast.certain, "a dozen kilometres out at sea the nearest prefecture is a guess");
}

#[test]
fn a_pin_falls_into_the_shape_that_is_drawn() {
    let tokyo = OUTLINES.project(LatLon { lat: 35.6896, lon: 139.6917 });
    let (width, height) = OUTLINES.sheet();
    assert!((0.0..width).contains(&tokyo.x) && (0.0..height).contains(&tokyo.y));
    for prefecture in PrefectureCode::all() {
        let path = OUTLINES.path(prefecture);
        assert!(path.starts_with('M') && path.ends_with('z') && path.len() > 20, "{prefecture}: {path}");
    }
}

proptest! {
    #[test]
    fn no_position_makes_it_panic(lat in proptest::num::f64::ANY, lon in proptest::num::f64::ANY) {
        let _ = OUTLINES.locate(LatLon { lat, lon });
    }
}
