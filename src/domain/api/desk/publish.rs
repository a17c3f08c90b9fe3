//! What a team writes for others to read, while it is being written.

use serde::{Deserialize, Serialize};

use super::{FieldProblem, Happened, Place};
use crate::content::draft::{Act, Consent, Kind, State};

/// An item as it stands in a form: the shape of the file that `tonari publish` takes, of which anything may still be missing.
/// Whose it is, its id and its day are the server's to write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Written {
    pub ja: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub easy: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<Words>,
    pub readings: Vec<Reads>,
    pub sources: Vec<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    pub fictional: bool,
    pub industries: Vec<String>,
    pub stages: Vec<String>,
    pub areas: Vec<u32>,
    pub schemes: Vec<String>,
    pub lives: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Venue>,
    pub online: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Shown>,
}

/// A picture that was taken in, with what is to be seen on it for whoever cannot see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shown {
    pub sha: String,
    pub alt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt_en: Option<String>,
    pub width: u16,
    pub height: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    pub title: String,
    pub summary: String,
    pub body: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reads {
    pub of: String,
    pub reads: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Venue {
    pub name: String,
    pub address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<u32>,
}

/// Everything that is being written here, what others share, and what a new text begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafts {
    /// What waits for whoever asks first, then the newest.
    pub own: Vec<DraftCard>,
    /// Cases of other associations, the newest first.
    pub shared: Vec<DraftCard>,
    pub home: Home,
}

/// What the directory knows of her association, so that nobody types it off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub name: String,
    pub website: String,
    pub phone: Option<String>,
    /// The prefecture's or the city's code.
    pub area: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCard {
    pub id: i64,
    pub kind: Kind,
    pub state: State,
    /// Rises with everything that is written.
    pub revision: u32,
    pub title: String,
    /// Of another association's: its people are not named.
    pub by: String,
    pub changed_at: String,
    /// Where readers find it, while they do.
    pub public: Option<String>,
    /// An older revision than the newest is public.
    pub public_is_older: bool,
    pub comments: u32,
    /// Whoever asks can review it.
    pub waits_for_me: bool,
}

/// One of them, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRecord {
    pub card: DraftCard,
    pub association: Place,
    pub is_own: bool,
    pub written: Written,
    pub consent: Option<Consent>,
    /// What keeps it from going on, as far as it is known; the first such thing.
    pub wrong: Vec<FieldProblem>,
    pub may_write: bool,
    /// What whoever asks can do now.
    pub acts: Vec<Act>,
    /// The newest first; none of another association's.
    pub revisions: Vec<RevisionLine>,
    pub comments: Vec<Comment>,
    pub history: Vec<Happened>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionLine {
    pub number: u32,
    pub at: String,
    pub by: String,
}

/// A revision beside the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionView {
    pub number: u32,
    /// None of the first.
    pub before: Option<Written>,
    pub after: Written,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub at: String,
    pub by: String,
    /// Of somebody of another association.
    pub association: Option<String>,
    pub text: String,
    /// Asked for in a review.
    pub asked: bool,
    /// Other associations read it, too.
    pub open: bool,
}

/// A first revision. The same `key` twice is one draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    pub key: String,
    pub kind: Kind,
    pub written: Written,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

/// The next revision of what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rewritten {
    pub written: Written,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The revision as the screen showed it: where it is another one by now, nothing is done.
    pub seen: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stepping {
    pub seen: u32,
    /// Of `ask`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    pub text: String,
}

impl Written {
    /// Without what is only space, and without what says nothing: a form leaves both behind.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        fn trim(text: &mut String) {
            let trimmed = text.trim();
            if trimmed.len() != text.len() {
                *text = trimmed.to_owned();
            }
        }
        fn tidy(text: &mut Option<String>) {
            text.iter_mut().for_each(trim);
            if text.as_ref().is_some_and(String::is_empty) {
                *text = None;
            }
        }
        let Self { ja, easy, en, place, picture, .. } = &mut self;
        for words in [Some(ja), easy.as_mut(), en.as_mut()].into_iter().flatten() {
            [&mut words.title, &mut words.summary, &mut words.body].into_iter().for_each(trim);
        }
        for words in [easy, en] {
            *words = words.take().filter(|words| *words != Words::default());
        }
        for venue in place.iter_mut() {
            trim(&mut venue.name);
            trim(&mut venue.address);
        }
        *place = place.take().filter(|venue| *venue != Venue::default());
        for shown in picture.iter_mut() {
            trim(&mut shown.alt);
            tidy(&mut shown.alt_en);
        }
        for line in &mut self.readings {
            trim(&mut line.of);
            trim(&mut line.reads);
        }
        self.readings.retain(|line| *line != Reads::default());
        for source in &mut self.sources {
            trim(&mut source.title);
            tidy(&mut source.url);
            tidy(&mut source.as_of);
        }
        self.sources.retain(|source| *source != Source::default());
        [
            &mut self.expires,
            &mut self.consent,
            &mut self.sort,
            &mut self.starts,
            &mut self.ends,
            &mut self.deadline,
            &mut self.cost,
            &mut self.from,
            &mut self.to,
            &mut self.severity,
            &mut self.phone,
            &mut self.link,
        ]
        .into_iter()
        .for_each(tidy);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A line for a second source was added and left empty, and the text could not be sent to anybody.
    #[test]
    fn what_was_left_empty_is_not_there_and_space_around_words_is_none_of_them() {
        let written = Written {
            ja: Words { title: " 題\n".to_owned(), ..Words::default() },
            easy: Some(Words { title: " ".to_owned(), ..Words::default() }),
            sources: vec![
                Source { title: "協会".to_owned(), url: Some(" ".to_owned()), as_of: None },
                Source::default(),
            ],
            readings: vec![Reads::default()],
            place: Some(Venue::default()),
            link: Some(String::new()),
            ..Written::default()
        };
        let tidied = written.tidied();
        let expected = Written {
            ja: Words { title: "題".to_owned(), ..Words::default() },
            sources: vec![Source { title: "協会".to_owned(), url: None, as_of: None }],
            ..Written::default()
        };
        assert_eq!(tidied, expected);
    }
}
