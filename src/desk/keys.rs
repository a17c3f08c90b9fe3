//! What a key means. Letters are commands only where she is not typing, and not at all where she has turned them off:
//! whoever speaks to her computer would say them by accident.

use browser::keys::Pressed;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Next,
    Before,
    Today,
    Week,
    Call,
    Search,
    Help,
    /// Out of the field she is in, or of what lies over the page.
    Escape,
    /// Of the page for callers: one of the kinds, from 0.
    Kind(usize),
    /// What the form is for.
    Send,
}

/// `letters`: she has not turned single letters off.
#[must_use]
pub fn command(key: &Pressed, letters: bool) -> Option<Command> {
    if key.name == "Enter" && key.command && !key.other {
        return Some(Command::Send);
    }
    if key.name == "Escape" {
        return Some(Command::Escape);
    }
    if key.typing || key.command || key.other || !letters {
        return None;
    }
    match &*key.name {
        "j" => Some(Command::Next),
        "k" => Some(Command::Before),
        "t" => Some(Command::Today),
        "w" => Some(Command::Week),
        "c" => Some(Command::Call),
        "/" => Some(Command::Search),
        "?" => Some(Command::Help),
        "1" => Some(Command::Kind(0)),
        "2" => Some(Command::Kind(1)),
        "3" => Some(Command::Kind(2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(name: &str) -> Pressed {
        Pressed { name: name.to_owned(), command: false, other: false, typing: false }
    }

    // She wrote 「Tokyo」 into a note and found herself on today's board.
    #[test]
    fn a_letter_is_no_command_while_she_types_or_with_another_key_or_turned_off() {
        for name in ["j", "k", "t", "w", "c", "/", "?", "1"] {
            assert!(command(&press(name), true).is_some(), "{name}");
            assert_eq!(command(&Pressed { typing: true, ..press(name) }, true), None, "{name}");
            assert_eq!(command(&Pressed { command: true, ..press(name) }, true), None, "{name}");
            assert_eq!(command(&Pressed { other: true, ..press(name) }, true), None, "{name}");
            assert_eq!(command(&press(name), false), None, "{name}");
        }
    }

    #[test]
    fn a_form_is_sent_and_left_from_within_its_fields() {
        let send = Pressed { command: true, typing: true, ..press("Enter") };
        assert_eq!(command(&send, false), Some(Command::Send));
        assert_eq!(command(&Pressed { typing: true, ..press("Enter") }, true), None, "a line of a note");
        assert_eq!(command(&Pressed { typing: true, ..press("Escape") }, true), Some(Command::Escape));
    }
}
