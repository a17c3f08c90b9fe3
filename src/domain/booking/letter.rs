//! What only the team may read: who she is, how to reach her, what it is about. It travels and is kept sealed.
//!
//! Written and read by hand like all JSON of the phone. As typed: it is parsed (`contact`) on the phone before it is
//! sealed, and again on the server, which believes nothing.

use super::contact::{Channel, Draft, Safety};
use crate::closed::closed;
use crate::json::{self, Json, Misread, Node, Writer};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub contact: Draft,
    pub stage: Option<Stage>,
    pub topics: Vec<Topic>,
    /// Of the mails she gets.
    pub language: Language,
}

closed! {
    #[derive(Default)]
    Language {
        #[default]
        Japanese = "ja",
        /// やさしい日本語
        Easy = "ja-easy",
        English = "en",
    }
}

closed! {
    /// How far she is.
    Stage {
        /// 考え始めた
        Idea = "idea",
        /// 準備している
        Preparing = "preparing",
        /// 始めて5年以内
        Started = "started",
        /// それより前から
        Running = "running",
    }
}

closed! {
    /// What she wants to talk about.
    Topic {
        /// 事業計画
        Plan = "plan",
        /// 資金と保証
        Money = "money",
        /// 家庭との両立
        Balance = "balance",
        /// 販路・広報
        Customers = "customers",
        Other = "other",
    }
}

impl Letter {
    #[must_use]
    pub fn to_json(&self) -> String {
        let Draft { name, phone, mail, safety, note, consent } = &self.contact;
        let codes = |all: &mut dyn Iterator<Item = &'static str>| all.collect::<Vec<_>>();
        Writer::object()
            .text("name", name)
            .text("phone", phone)
            .text("mail", mail)
            .text("note", note)
            .texts("channels", &codes(&mut safety.channels.iter().map(|channel| channel.code())))
            .text("hours", &safety.hours)
            .bool("may_leave_message", safety.may_leave_message)
            .bool("discreet", safety.discreet)
            .text("stage", self.stage.map_or("", Stage::code))
            .texts("topics", &codes(&mut self.topics.iter().map(|topic| topic.code())))
            .text("language", self.language.code())
            .text("consent", consent.as_deref().unwrap_or_default())
            .end()
    }

    /// # Errors
    /// The first thing that is not as [`Self::to_json`] writes it. Unknown members are passed over: they are of a newer
    /// app.
    pub fn read(bytes: &[u8]) -> Result<Self, NotALetter> {
        Ok(json::read(&Json::parse(bytes).map_err(|_| NotALetter::Json)?, letter)?)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALetter {
    #[error("not JSON")]
    Json,
    #[error(transparent)]
    Shape(#[from] Misread),
}

pub(super) fn letter(node: &Node<'_>) -> Letter {
    let text = |name: &str| node.field(name).text().to_owned();
    let mut channels = Vec::new();
    node.field("channels").each(&mut |item| match Channel::parse(item.text()) {
        Some(channel) => channels.push(channel),
        None => item.wrong("a channel", ()),
    });
    let mut topics = Vec::new();
    node.field("topics").each(&mut |item| match Topic::parse(item.text()) {
        Some(topic) => topics.push(topic),
        None => item.wrong("a topic", ()),
    });
    let (stage, language) = (node.field("stage"), node.field("language"));
    let safety = Safety {
        channels,
        hours: text("hours"),
        may_leave_message: node.field("may_leave_message").bool(),
        discreet: node.field("discreet").bool(),
    };
    let (name, phone, mail, note) = (text("name"), text("phone"), text("mail"), text("note"));
    let consent = Some(text("consent")).filter(|version| !version.is_empty());
    Letter {
        contact: Draft { name, phone, mail, safety, note, consent },
        stage: match stage.text() {
            "" => None,
            code => Stage::parse(code).or_else(|| stage.wrong("a stage", None)),
        },
        topics,
        language: Language::parse(language.text())
            .unwrap_or_else(|| language.wrong("a language", Language::Japanese)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_letter() -> impl Strategy<Value = Letter> {
        let words = || any::<String>();
        let safety =
            (prop::sample::subsequence(&Channel::ALL[..], 0..=2), words(), any::<bool>(), any::<bool>())
                .prop_map(|(channels, hours, may_leave_message, discreet)| Safety {
                    channels,
                    hours,
                    may_leave_message,
                    discreet,
                });
        let contact = (words(), words(), words(), safety, words(), prop::option::of("[0-9-]{1,9}")).prop_map(
            |(name, phone, mail, safety, note, consent)| Draft { name, phone, mail, safety, note, consent },
        );
        let stage = prop::option::of(prop::sample::select(&Stage::ALL[..]));
        let topics = prop::sample::subsequence(&Topic::ALL[..], 0..=5);
        (contact, stage, topics, prop::sample::select(&Language::ALL[..]))
            .prop_map(|(contact, stage, topics, language)| Letter { contact, stage, topics, language })
    }

    proptest! {
        // A quotation mark in a note ended the note.
        #[test]
        fn whatever_she_writes_arrives_as_she_wrote_it(letter in any_letter()) {
            let json = letter.to_json();
            prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
            prop_assert_eq!(Letter::read(json.as_bytes()), Ok(letter));
        }

        #[test]
        fn rubbish_is_refused_without_a_panic(bytes in any::<Vec<u8>>()) {
            prop_assert!(Letter::read(&bytes).is_err());
        }
    }
}
