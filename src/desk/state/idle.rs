//! How long a desk may stand open with nobody at it. The server ends a session after half an hour without a request, but a
//! board refreshes itself: so what counts here is when somebody last touched a page of the desk, in whichever tab.

/// Minutes without a touch after which what is personal is covered, and she is asked.
const ASK_AFTER: f64 = 15.0;
/// And after which it is over.
const OVER_AFTER: f64 = 30.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Nothing,
    /// She is there and writes something long: say so to the server, without asking her.
    Stay,
    /// Cover the screen and ask; so many minutes are left.
    Ask(u32),
    /// This tab was asleep: cover the screen until the server has said whether the session stands.
    Look,
    /// Nobody is there: end it.
    Over,
}

/// Both in minutes.
#[must_use]
pub fn step(since_request: f64, since_touch: f64) -> Step {
    if since_touch >= OVER_AFTER {
        Step::Over
    } else if since_request >= OVER_AFTER {
        Step::Look
    } else if since_touch >= ASK_AFTER {
        Step::Ask((OVER_AFTER - since_touch).ceil() as u32)
    } else if since_request >= ASK_AFTER {
        Step::Stay
    } else {
        Step::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // She wrote for a quarter of an hour at one note; the screen went blank in the middle of a sentence.
    #[test]
    fn who_writes_is_there_and_who_is_not_is_asked_before_it_ends() {
        assert_eq!(step(14.9, 14.9), Step::Nothing);
        assert_eq!(step(15.0, 0.2), Step::Stay);
        assert_eq!(step(15.0, 15.0), Step::Ask(15));
        assert_eq!(step(29.5, 29.5), Step::Ask(1));
        assert_eq!(step(29.9, 30.0), Step::Over);
    }

    // Requests came in all day, the board of an empty office refreshed itself, and the session never ended.
    #[test]
    fn a_board_that_refreshes_itself_is_nobody() {
        assert_eq!(step(0.1, 15.0), Step::Ask(15));
        assert_eq!(step(0.1, 30.0), Step::Over);
    }

    // The laptop slept over night with the board open; the first touch in the morning went to yesterday's names.
    #[test]
    fn after_a_night_the_server_is_asked_even_when_the_first_touch_comes_before_the_clock_ticks() {
        assert_eq!(step(600.0, 0.0), Step::Look);
    }
}
