//! A text as lines under their names, for the eye: what one revision has and another has not.

use domain::api::desk::publish::{Words, Written};

/// What a field holds in each; where both hold the same, it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// As its field is named: `ja.title`.
    pub field: &'static str,
    pub before: String,
    pub after: String,
}

#[must_use]
pub fn differing(before: &Written, after: &Written) -> Vec<Differs> {
    let pairs = lines(before).into_iter().zip(lines(after));
    let differing = pairs.filter(|((_, before), (_, after))| before != after);
    differing.map(|((field, before), (_, after))| Differs { field, before, after }).collect()
}

/// The same fields in the same order, whatever there is.
fn lines(text: &Written) -> Vec<(&'static str, String)> {
    let none = Words::default();
    let (easy, en) = (text.easy.as_ref().unwrap_or(&none), text.en.as_ref().unwrap_or(&none));
    let plain = |text: &Option<String>| text.clone().unwrap_or_default();
    let list = |codes: &Vec<String>| codes.join("、");
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let areas: Vec<String> = text.areas.iter().map(ToString::to_string).collect();
    let readings: Vec<String> =
        text.readings.iter().map(|line| [&*line.of, " ", &line.reads].concat()).collect();
    let sources = text.sources.iter().map(|source| {
        [&*source.title, " ", source.url.as_deref().unwrap_or(""), " ", source.as_of.as_deref().unwrap_or("")]
            .concat()
    });
    let place = text
        .place
        .as_ref()
        .map(|place| [&*place.name, " ", &place.address, " ", &number(place.municipality)].concat());
    vec![
        ("ja.title", text.ja.title.clone()),
        ("ja.summary", text.ja.summary.clone()),
        ("ja.body", text.ja.body.clone()),
        ("easy.title", easy.title.clone()),
        ("easy.summary", easy.summary.clone()),
        ("easy.body", easy.body.clone()),
        ("en.title", en.title.clone()),
        ("en.summary", en.summary.clone()),
        ("en.body", en.body.clone()),
        (
            "picture",
            text.picture
                .as_ref()
                .map(|shown| [&*shown.alt, " ", &shown.sha[..8.min(shown.sha.len())]].concat())
                .unwrap_or_default(),
        ),
        ("sort", plain(&text.sort)),
        ("starts", plain(&text.starts)),
        ("ends", plain(&text.ends)),
        ("deadline", plain(&text.deadline)),
        ("place", place.unwrap_or_default()),
        ("online", if text.online { "✓".to_owned() } else { String::new() }),
        ("capacity", number(text.capacity)),
        ("cost", plain(&text.cost)),
        ("severity", plain(&text.severity)),
        ("from", plain(&text.from)),
        ("to", plain(&text.to)),
        ("phone", plain(&text.phone)),
        ("link", plain(&text.link)),
        ("industries", list(&text.industries)),
        ("stages", list(&text.stages)),
        ("areas", areas.join("、")),
        ("schemes", list(&text.schemes)),
        ("lives", list(&text.lives)),
        ("sources", sources.collect::<Vec<_>>().join("\n")),
        ("readings", readings.join("\n")),
        ("expires", plain(&text.expires)),
        ("consent", plain(&text.consent)),
        ("fictional", if text.fictional { "✓".to_owned() } else { String::new() }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    // The lead had changed the day of an event, and the author looked for it in eight thousand characters.
    #[test]
    fn only_what_differs_is_shown_and_what_came_or_went_is_empty_on_one_side() {
        let before = Written { starts: Some("2026-12-10T13:30".to_owned()), ..Written::default() };
        let mut after = Written { online: true, ..before.clone() };
        after.starts = None;
        let fields: Vec<_> =
            differing(&before, &after).into_iter().map(|one| (one.field, one.before, one.after)).collect();
        let day = "2026-12-10T13:30".to_owned();
        assert_eq!(fields, [("starts", day, String::new()), ("online", String::new(), "✓".to_owned())]);
        assert_eq!(differing(&after, &after), []);
    }
}
