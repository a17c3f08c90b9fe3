//! How to reach her, and how it is safe to. Parsed once at the edge; what is not safe is not guessed.

use thiserror::Error;

use crate::closed::closed;

/// Characters; longer ones are refused with a word, never cut.
pub const NAME_MAX: usize = 60;
pub const NOTE_MAX: usize = 2_000;
const MAIL_MAX: usize = 254;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub phone: String,
    pub mail: String,
    pub safety: Safety,
    pub note: String,
    /// The version of the consent text she saw and agreed to.
    pub consent: Option<String>,
}

/// What she told the team about reaching her back. Nothing said means: no message, and a neutral sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safety {
    pub channels: Vec<Channel>,
    /// In her words: 平日の昼, 子どもが寝てから.
    pub hours: String,
    pub may_leave_message: bool,
    /// Mails and calls do not name the consultation.
    pub discreet: bool,
}

closed! {
    Channel { Phone = "phone", Mail = "mail" }
}

/// Parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// A name or a nickname.
    pub name: String,
    pub phone: Option<Phone>,
    pub mail: Option<Mail>,
    pub safety: Safety,
    pub note: String,
    pub consent: String,
}

/// Digits of a Japanese number, 10 or 11 of them, beginning with 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// Something@somewhere.tld, without spaces or line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    #[error("a name or nickname is needed")]
    NameMissing,
    #[error("the name is longer than {NAME_MAX} characters")]
    NameTooLong,
    #[error("a phone number or a mail address is needed")]
    NoWayBack,
    #[error("not a Japanese phone number")]
    Phone,
    #[error("not a mail address")]
    Mail,
    #[error("a channel is named for which nothing was given")]
    ChannelWithoutAddress,
    #[error("the note is longer than {NOTE_MAX} characters")]
    NoteTooLong,
    #[error("consent is needed before sending")]
    Consent,
}

impl FieldError {
    /// The field of the form it is about.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NameMissing | Self::NameTooLong => "name",
            Self::NoWayBack | Self::Phone => "phone",
            Self::Mail => "mail",
            Self::ChannelWithoutAddress => "channels",
            Self::NoteTooLong => "note",
            Self::Consent => "consent",
        }
    }

    /// As on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::NameTooLong => "name_too_long",
            Self::NoWayBack => "no_way_back",
            Self::Phone => "not_a_phone_number",
            Self::Mail => "not_a_mail_address",
            Self::ChannelWithoutAddress => "channel_without_address",
            Self::NoteTooLong => "note_too_long",
            Self::Consent => "consent_missing",
        }
    }
}

impl Draft {
    /// All that is wrong at once, in the order of the form.
    pub fn parse(self) -> Result<Contact, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let name = in_one_line(&self.name);
        if name.is_empty() {
            wrong.push(FieldError::NameMissing);
        } else if name.chars().count() > NAME_MAX {
            wrong.push(FieldError::NameTooLong);
        }
        let phone = given(&self.phone).map(Phone::parse).transpose();
        let mail = given(&self.mail).map(Mail::parse).transpose();
        wrong.extend(phone.as_ref().err());
        wrong.extend(mail.as_ref().err());
        if let (Ok(phone), Ok(mail)) = (&phone, &mail) {
            if phone.is_none() && mail.is_none() {
                wrong.push(FieldError::NoWayBack);
            }
            let missing = |channel: &Channel| match channel {
                Channel::Phone => phone.is_none(),
                Channel::Mail => mail.is_none(),
            };
            if self.safety.channels.iter().any(missing) {
                wrong.push(FieldError::ChannelWithoutAddress);
            }
        }
        if self.note.chars().count() > NOTE_MAX {
            wrong.push(FieldError::NoteTooLong);
        }
        match (phone, mail, self.consent) {
            (Ok(phone), Ok(mail), Some(consent)) if wrong.is_empty() => {
                Ok(Contact { name, phone, mail, safety: self.safety, note: self.note, consent })
            }
            (_, _, consent) => {
                wrong.extend(consent.is_none().then_some(FieldError::Consent));
                Err(wrong)
            }
        }
    }
}

/// What no field of one line lets in: whoever did not use our form may have sent it, and everywhere a line stands for one person.
/// Only the break goes, not the name.
fn in_one_line(name: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    name.replace(breaks, " ").trim().to_owned()
}

fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

impl Phone {
    /// Full-width digits, hyphens of all kinds, spaces, parentheses and +81 are understood.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let folded: String = text.chars().map(half_width).collect();
        let national = match folded.trim().strip_prefix("+81") {
            Some(rest) => format!("0{}", rest.trim_start_matches(['0', '-', ' ', '('])),
            None => folded,
        };
        let mut digits = String::new();
        for c in national.chars() {
            match c {
                '0'..='9' => digits.push(c),
                _ if is_between_digits(c) => {}
                _ => return Err(FieldError::Phone),
            }
        }
        let plausible =
            matches!(digits.len(), 10 | 11) && digits.starts_with('0') && !digits.starts_with("00");
        if plausible { Ok(Self(digits)) } else { Err(FieldError::Phone) }
    }

    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }
}

/// Full-width forms lie in the order of ASCII.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

fn is_between_digits(c: char) -> bool {
    c.is_whitespace() || "()-‐‑‒–—―−ーｰ.・".contains(c)
}

impl Mail {
    /// Not a proof that it exists; only what can never be delivered, or could carry a header of its own, is refused.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text: String = text.trim().chars().map(|c| if c == '＠' { '@' } else { c }).collect();
        let (local, host) = text.rsplit_once('@').ok_or(FieldError::Mail)?;
        let plain = text.len() <= MAIL_MAX
            && text.chars().all(|c| c.is_ascii_graphic() && !"<>()[],;:\\\"".contains(c))
            && !local.is_empty()
            && !local.contains('@')
            && host.split('.').count() >= 2
            && host
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if plain { Ok(Self(text)) } else { Err(FieldError::Mail) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn draft() -> Draft {
        Draft {
            name: "はな".to_owned(),
            phone: "０９０ー１２３４ー５６７８".to_owned(),
            consent: Some("2026-11".to_owned()),
            ..Draft::default()
        }
    }

    #[test]
    fn a_nickname_and_one_way_back_are_enough() {
        let contact = draft().parse().unwrap();
        assert_eq!(contact.phone.unwrap().digits(), "09012345678");
        assert!(!contact.safety.may_leave_message, "nothing said means no");
        let by_mail = Draft { phone: String::new(), mail: " hana＠example.jp ".to_owned(), ..draft() };
        assert_eq!(by_mail.parse().unwrap().mail.unwrap().as_str(), "hana@example.jp");
    }

    // The fuzzer sent one of two lines; wherever a line stands for one person, the second would have been somebody else.
    #[test]
    fn a_name_is_one_line() {
        for (sent, name) in
            [("はな\n担当より", "はな 担当より"), ("\r\nはな\u{2028}", "はな"), ("山田　花", "山田　花")]
        {
            assert_eq!(Draft { name: sent.to_owned(), ..draft() }.parse().unwrap().name, name);
        }
        assert_eq!(
            Draft { name: "\n\0".to_owned(), ..draft() }.parse().unwrap_err(),
            [FieldError::NameMissing]
        );
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let all = Draft { phone: "12".to_owned(), mail: "hana".to_owned(), ..Draft::default() }.parse();
        assert_eq!(
            all.unwrap_err(),
            [FieldError::NameMissing, FieldError::Phone, FieldError::Mail, FieldError::Consent]
        );
        let none = Draft { phone: " ".to_owned(), ..draft() }.parse();
        assert_eq!(none.unwrap_err(), [FieldError::NoWayBack]);
        let safety = Safety { channels: vec![Channel::Mail], ..Safety::default() };
        assert_eq!(Draft { safety, ..draft() }.parse().unwrap_err(), [FieldError::ChannelWithoutAddress]);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for written in
            ["0852-21-0561", "(0852) 21 0561", "０８５２−２１−０５６１", "+81 852-21-0561", "+81(0)852210561"]
        {
            assert_eq!(Phone::parse(written).unwrap().digits(), "0852210561", "{written}");
        }
        for wrong in ["", "0852", "110", "0852-21-0561 内線3", "852210561", "00812345678", "090123456789"] {
            assert_eq!(Phone::parse(wrong), Err(FieldError::Phone), "{wrong}");
        }
    }

    #[test]
    fn the_longest_that_is_taken_is_taken_and_one_more_is_not() {
        let long =
            |name: usize, note: usize| Draft {
                name: "花".repeat(name), note: "字".repeat(note), ..draft()
            };
        assert!(long(NAME_MAX, NOTE_MAX).parse().is_ok());
        assert_eq!(long(NAME_MAX + 1, 0).parse().unwrap_err(), [FieldError::NameTooLong]);
        assert_eq!(long(1, NOTE_MAX + 1).parse().unwrap_err(), [FieldError::NoteTooLong]);
        let host = "@example.jp";
        let address = |length: usize| ["h".repeat(length - host.len()), host.to_owned()].concat();
        assert!(Mail::parse(&address(MAIL_MAX)).is_ok());
        assert_eq!(Mail::parse(&address(MAIL_MAX + 1)), Err(FieldError::Mail));
    }

    #[test]
    fn addresses_that_nothing_can_be_delivered_to_are_refused() {
        for wrong in [
            "hana",
            "@example.jp",
            "hana@example",
            "hana@example..jp",
            "hana@.jp",
            "a@b@example.jp",
            "花@example.jp",
        ] {
            assert_eq!(Mail::parse(wrong), Err(FieldError::Mail), "{wrong}");
        }
        for wrong in ["hana@-example.jp", "hana@example-.jp", "hana@example.jp-", "hana@example.-jp"] {
            assert_eq!(Mail::parse(wrong), Err(FieldError::Mail), "{wrong}");
        }
        assert_eq!(Mail::parse("hana@ex-ample.co.jp").unwrap().as_str(), "hana@ex-ample.co.jp");
    }

    // The server said `note_to_long`, the phone knew no such word and showed nothing at all.
    #[test]
    fn what_is_wrong_has_one_word_and_one_field_on_the_wire() {
        for (error, field, code) in [
            (FieldError::NameMissing, "name", "name_missing"),
            (FieldError::NameTooLong, "name", "name_too_long"),
            (FieldError::NoWayBack, "phone", "no_way_back"),
            (FieldError::Phone, "phone", "not_a_phone_number"),
            (FieldError::Mail, "mail", "not_a_mail_address"),
            (FieldError::ChannelWithoutAddress, "channels", "channel_without_address"),
            (FieldError::NoteTooLong, "note", "note_too_long"),
            (FieldError::Consent, "consent", "consent_missing"),
        ] {
            assert_eq!((error.field(), error.code()), (field, code));
        }
    }

    proptest! {
        // A line end in an address became a header of the mail.
        #[test]
        fn no_address_carries_a_line_end_or_a_second_address(text in any::<String>()) {
            if let Ok(mail) = Mail::parse(&text) {
                prop_assert!(mail.as_str().chars().all(|c| c.is_ascii_graphic()));
                prop_assert_eq!(mail.as_str().matches('@').count(), 1);
                prop_assert!(!mail.as_str().contains([',', ';', '<', '>']));
            }
        }

        #[test]
        fn a_parsed_number_is_read_again_as_itself(text in "[0-9０-９()ー−+ -]{0,20}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.digits()), Ok(phone.clone()));
                prop_assert!(matches!(phone.digits().len(), 10 | 11));
            }
        }
    }
}
