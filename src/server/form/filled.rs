//! What a browser without our app sends, as typed. Nothing is refused here: what is wrong is shown beside what she wrote.

use domain::booking::Wish;
use domain::booking::contact::{Channel, FieldError, NAME_MAX, NOTE_MAX};
use domain::booking::letter::{Letter, Stage, Topic};
use domain::calendar::{from_rfc3339, to_rfc3339};
use domain::slot::Kind;

use super::guard::Stamp;

/// Of the words about the use of her data that stand on the form: there her letter is closed on the server.
pub const CONSENT: &str = "2026-11-form";

pub struct Filled {
    /// As an option says it: a moment and a kind.
    pub wish: String,
    pub letter: Letter,
    pub trap: String,
    pub stamp: Stamp,
}

/// The value of an option.
#[must_use]
pub fn option(start: &str, kind: Kind) -> String {
    format!("{start} {}", kind.code())
}

impl Filled {
    #[must_use]
    pub fn empty(stamp: Stamp) -> Self {
        Self { wish: String::new(), letter: Letter::default(), trap: String::new(), stamp }
    }

    /// Every body can be read; fields nobody knows are passed over.
    #[must_use]
    pub fn read(body: &[u8]) -> Self {
        let mut filled = Self::empty(Stamp { key: String::new(), made_at: 0, mark: String::new() });
        for (name, value) in url::form_urlencoded::parse(body) {
            filled.take(&name, value.into_owned());
        }
        filled
    }

    fn take(&mut self, name: &str, value: String) {
        let letter = &mut self.letter;
        let contact = &mut letter.contact;
        match name {
            "wish" => self.wish = value,
            "name" => contact.name = value,
            "phone" => contact.phone = value,
            "mail" => contact.mail = value,
            "channels" => contact.safety.channels.extend(Channel::parse(&value)),
            "hours" => contact.safety.hours = value,
            "message" => contact.safety.may_leave_message = true,
            "discreet" => contact.safety.discreet = true,
            "stage" => letter.stage = Stage::parse(&value),
            "topics" => letter.topics.extend(Topic::parse(&value)),
            // Lines end with two characters in a form.
            "note" => contact.note = value.replace("\r\n", "\n"),
            "consent" => contact.consent = Some(CONSENT.to_owned()),
            "website" => self.trap = value,
            "key" => self.stamp.key = value,
            "made_at" => self.stamp.made_at = value.parse().unwrap_or(0),
            "mark" => self.stamp.mark = value,
            _ => {}
        }
    }

    /// The time she chose, in the spelling that options have.
    #[must_use]
    pub fn wish(&self) -> Option<Wish> {
        let (start, kind) = self.wish.split_once(' ')?;
        let wish = Wish { start: from_rfc3339(start)?, kind: Kind::parse(kind)? };
        (self.wish == option(&to_rfc3339(wish.start), wish.kind)).then_some(wish)
    }

    /// Everything that is wrong, in the order of the form.
    #[must_use]
    pub fn wrong(&self) -> Vec<Wrong> {
        let wish = self.wish().is_none().then_some(Wrong::NoWish);
        let contact = self.letter.contact.clone().parse().err().unwrap_or_default();
        wish.into_iter().chain(contact.into_iter().map(Wrong::Field)).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    NoWish,
    /// Somebody else has it now.
    WishTaken,
    Field(FieldError),
}

impl Wrong {
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoWish | Self::WishTaken => "wish",
            Self::Field(error) => error.field(),
        }
    }

    #[must_use]
    pub fn words(self) -> String {
        let words = match self {
            Self::NoWish => "日時を選んでください。",
            Self::WishTaken => "その日時は、ほかの方の予約が入りました。別の日時を選んでください。",
            Self::Field(FieldError::NameMissing) => "お名前かニックネームを書いてください。",
            Self::Field(FieldError::NameTooLong) => {
                return format!("お名前は{NAME_MAX}文字までにしてください。");
            }
            Self::Field(FieldError::NoWayBack) => "電話番号かメールアドレスを、どちらか書いてください。",
            Self::Field(FieldError::Phone) => "電話番号は、0から始まる10けたか11けたで書いてください。",
            Self::Field(FieldError::Mail) => "メールアドレスを確かめてください。例：hana@example.jp",
            Self::Field(FieldError::ChannelWithoutAddress) => "選んだ方法の連絡先を書いてください。",
            Self::Field(FieldError::NoteTooLong) => return format!("{NOTE_MAX}文字までにしてください。"),
            Self::Field(FieldError::Consent) => "個人情報の使い方に同意すると、送れます。",
        };
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_browser_sends_is_the_letter_of_the_app() {
        let filled = Filled::read(
            "wish=2026-12-01T01%3A00%3A00Z+visit&name=%E3%81%AF%E3%81%AA&phone=&mail=hana%40example.jp&channels=mail\
             &channels=fax&stage=idea&topics=plan&topics=money&note=a%0D%0Ab&consent=yes&discreet=1&key=k&made_at=7&mark=m"
                .as_bytes(),
        );
        assert_eq!(filled.wish().map(|wish| wish.kind), Some(Kind::Visit));
        assert_eq!(filled.letter.contact.name, "はな");
        assert_eq!(filled.letter.contact.safety.channels, [Channel::Mail]);
        assert_eq!((filled.letter.stage, filled.letter.topics.len()), (Some(Stage::Idea), 2));
        assert_eq!(filled.letter.contact.note, "a\nb");
        assert!(filled.letter.contact.safety.discreet && !filled.letter.contact.safety.may_leave_message);
        assert_eq!(filled.stamp, Stamp { key: "k".to_owned(), made_at: 7, mark: "m".to_owned() });
        assert_eq!(filled.wrong(), []);
        let empty = Filled::read(b"").wrong();
        assert_eq!(empty.first(), Some(&Wrong::NoWish));
        assert_eq!(empty.last(), Some(&Wrong::Field(FieldError::Consent)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]
        #[test]
        fn whatever_comes_is_read(body in any::<Vec<u8>>()) {
            let filled = Filled::read(&body);
            prop_assert!(!filled.wrong().is_empty());
        }
    }
}
