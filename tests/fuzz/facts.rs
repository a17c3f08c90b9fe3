//! The directory, as the server publishes it and as a phone reads it.

use domain::association::Area;
use domain::directory::Edition;

/// An edition, and one association of an edition that is whole without it: 47 prefectures are too many to find by chance.
pub fn edition(data: &[u8]) {
    both(data);
    let Ok(one) = str::from_utf8(data) else { return };
    both(around(one).as_bytes());
}

/// Both readers, the phone's by hand and the server's by serde, take the same and read the same.
fn both(document: &[u8]) {
    let Ok(edition) = Edition::parse(document) else { return };
    let by_serde: Edition = serde_json::from_slice(document).expect("serde reads what the phone reads");
    assert_eq!(by_serde, edition);
    let written = server::edition::body(&edition);
    let again = Edition::parse(written.as_bytes());
    assert_eq!(again.expect("an edition that is published can be read"), edition);
    for association in &edition.associations {
        let website = &association.website.value;
        assert!(website.starts_with("http://") || website.starts_with("https://"), "{website} is a link");
        assert!(association.cited().into_iter().all(|source| edition.source(source).is_some()));
    }
    let covers = |number| edition.associations.iter().any(|one| one.area == Area::Prefecture(number));
    assert!((1..=47).all(covers));
}

fn around(one: &str) -> String {
    let mut all = String::new();
    for number in 1..=47 {
        all.push_str(&format!(
            r#"{{"id":"p{number}","name":{{"value":"p","source":0}},"area":{{"prefecture":{number}}},"website":{{"value":"https://p","source":0}}}},"#
        ));
    }
    let source = r#"{"mark":"official","title":"s"}"#;
    format!(
        r#"{{"number":2,"issued":"2026-11-26","sources":[{source},{source}],"associations":[{all}{one}]}}"#
    )
}
