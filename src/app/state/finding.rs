//! Her search: what she typed, what it may mean, and the place that was answered.
//!
//! The place lives in memory only. The address and the history know its prefecture, so that a link can be shared; a
//! reload answers for the prefecture.

use browser::document::EarlyInput;
use browser::geolocation::NoPosition;
use browser::spawn_local;
use domain::geo::LatLon;
use domain::jurisdiction::{Basis, Who};
use domain::place::gazetteer::Suggestion;
use domain::place::prefecture::Prefecture;
use domain::place::{Answer, Candidate, PrefectureCode, Unresolved};
use ui::component::{FieldProblem, PlaceFieldState, PlaceOption};
use ui::i18n::Key;
use ui::live::Live;

use super::place_words;
use super::places::Places;
use super::routing::Routing;
use crate::routes::Route;

const SUGGESTIONS: usize = 6;
/// In milliseconds.
const A_FRAME_OR_TWO: u32 = 32;

/// Several places it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub candidates: Vec<Candidate>,
    /// False: the one candidate is only a neighbour of what she gave, to be confirmed.
    pub certain: bool,
}

/// How the place was named, which decides what a distance is measured from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// The phone's own position.
    Position(LatLon),
    /// The middle of the municipality.
    Municipality,
    /// Only the prefecture: distances start at its capital.
    Prefecture,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    pub candidate: Candidate,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Asking,
    Choosing(Question),
    Answered(Answered),
}

#[derive(Clone, Copy)]
pub struct Finding {
    pub field: PlaceFieldState,
    pub stage: Live<Stage>,
    /// The position or the tables could not be had; a sentence that says the way on.
    pub trouble: Live<Option<Key>>,
    pub locating: Live<bool>,
    pub map_as_list: Live<bool>,
    /// Whether what comes after the first words of a screen may be built: the map, and the cards below her own. It has a
    /// turn of its own at the start and after a search, so that a slow phone paints the words first; on her way back it is
    /// there at once, because the browser scrolls to where she was.
    pub rest_is_due: Live<bool>,
    /// The tile of the map that a Tab reaches.
    pub roving: Live<PrefectureCode>,
    pub who: Live<Who>,
    pub basis: Live<Basis>,
    /// She said that her place is in none of the cities with an association of their own.
    pub no_city: Live<bool>,
    position: Live<Option<LatLon>>,
    suggestions: Live<Vec<Suggestion>>,
    early: Live<Option<EarlyInput>>,
    places: Places,
    routing: Routing<Route>,
}

impl Finding {
    pub(super) fn new(places: Places, routing: Routing<Route>) -> Self {
        Self {
            field: PlaceFieldState::new(),
            stage: Live::new(Stage::Asking),
            trouble: Live::new(None),
            locating: Live::new(false),
            map_as_list: Live::new(false),
            rest_is_due: Live::new(false),
            roving: Live::new(Prefecture::all()[0].code),
            who: Live::new(Who::Planned),
            basis: Live::new(Basis::Business),
            no_city: Live::new(false),
            position: Live::new(None),
            suggestions: Live::new(Vec::new()),
            early: Live::new(None),
            places,
            routing,
        }
    }

    /// Takes over what she typed into the static page; focus and cursor go back once the field is there.
    pub fn take_over(self, early: Option<EarlyInput>) {
        if let Some(typed) = early.as_ref().filter(|early| !early.value.is_empty()) {
            self.type_in(typed.value.clone());
        }
        self.early.set(early);
    }

    /// Called when the field is on the page.
    pub fn field_is_there(self) {
        if let Some(early) = self.early.take_quietly(Option::take) {
            browser::document::restore_early_input("place", &early);
        }
    }

    pub fn type_in(self, text: String) {
        self.field.problem.settle(None);
        self.field.typed.settle(text.clone());
        if self.stage.peek(|stage| matches!(stage, Stage::Choosing(_))) {
            self.stage.set(Stage::Asking);
        }
        spawn_local(async move {
            let Some(tables) = self.places.gazetteer().await else { return };
            // She may have typed on while the tables were on their way.
            if self.field.typed.peek(|now| *now == text) {
                self.suggest(tables.suggest(&text, SUGGESTIONS));
            }
        });
    }

    fn suggest(self, suggestions: Vec<Suggestion>) {
        self.field.options.set(suggestions.iter().map(option_line).collect());
        self.suggestions.set(suggestions);
    }

    pub fn choose_suggestion(self, at: usize) {
        if let Some(suggestion) = self.suggestions.peek(|s| s.get(at).cloned()) {
            self.field.typed.set(suggestion.label);
            self.weigh(suggestion.answer);
        }
    }

    pub fn submit(self) {
        let text = self.field.typed.now();
        spawn_local(async move {
            self.trouble.set(None);
            let Some(tables) = self.places.gazetteer().await else {
                self.trouble.set(Some(Key::TroubleTables));
                return;
            };
            match tables.resolve(&text) {
                Ok(answer) => self.weigh(answer),
                Err(reason) => {
                    self.stage.set(Stage::Asking);
                    self.field.problem.set(Some(problem(reason)));
                    browser::document::focus("place");
                }
            }
        });
    }

    /// Asks the phone where it is. The position stays in this object and goes nowhere.
    pub fn locate(self) {
        self.locating.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let found = browser::geolocation::current().await;
            let outlines = self.places.outlines().await;
            self.locating.set(false);
            match (found, outlines) {
                (Err(reason), _) => self.trouble.set(Some(position_trouble(reason))),
                (Ok(_), None) => self.trouble.set(Some(Key::TroubleTables)),
                (Ok(located), Some(outlines)) => match outlines.locate(located.at) {
                    Ok(answer) => {
                        self.position.set(Some(located.at));
                        self.decide(answer);
                    }
                    Err(_) => self.trouble.set(Some(Key::TroubleOutside)),
                },
            }
        });
    }

    pub fn choose_prefecture(self, code: PrefectureCode) {
        self.answer_with(Candidate { prefecture: code, municipality: None }, Origin::Prefecture);
    }

    /// One of the offered places is hers.
    pub fn answer(self, candidate: Candidate) {
        let origin = match (candidate.municipality, self.position.now()) {
            (Some(_), _) => Origin::Municipality,
            (None, Some(position)) => Origin::Position(position),
            (None, None) => Origin::Prefecture,
        };
        self.answer_with(candidate, origin);
    }

    /// Narrows an answer for a prefecture to one of its cities, keeping what distances start from.
    pub fn narrow(self, candidate: Candidate) {
        // Behind a shared link nothing was answered before.
        let origin = match self.stage.now() {
            Stage::Answered(Answered { origin: position @ Origin::Position(_), .. }) => position,
            Stage::Answered(_) | Stage::Asking | Stage::Choosing(_) => Origin::Municipality,
        };
        self.stage.set(Stage::Answered(Answered { candidate, origin }));
    }

    /// Back to the question with everything as it was.
    pub fn start_again(self) {
        self.stage.set(Stage::Asking);
        self.no_city.set(false);
        self.position.set(None);
        if self.routing.route.now() != Route::Find {
            self.routing.go(&Route::Find);
        }
        browser::document::focus("place");
    }

    /// The answer that belongs to an address: the one in memory if it is of this prefecture, else the prefecture's.
    pub fn answered_for(self, prefecture: PrefectureCode) -> Answered {
        match self.stage.get() {
            Stage::Answered(answered) if answered.candidate.prefecture == prefecture => answered,
            Stage::Asking | Stage::Choosing(_) | Stage::Answered(_) => Answered {
                candidate: Candidate { prefecture, municipality: None },
                origin: Origin::Prefecture,
            },
        }
    }

    fn weigh(self, answer: Answer) {
        self.position.set(None);
        self.decide(answer);
    }

    fn decide(self, answer: Answer) {
        self.field.problem.settle(None);
        match (answer.certain, answer.candidates.as_slice()) {
            (true, [only]) => self.answer(*only),
            (_, _) => {
                self.stage.set(Stage::Choosing(Question {
                    candidates: answer.candidates,
                    certain: answer.certain,
                }));
                browser::document::focus_once_drawn("choices-question");
            }
        }
    }

    fn answer_with(self, candidate: Candidate, origin: Origin) {
        self.suggest(Vec::new());
        self.no_city.set(false);
        self.stage.set(Stage::Answered(Answered { candidate, origin }));
        self.rest_is_due.set(false);
        self.routing.go(&Route::Answer(candidate.prefecture));
        // Not in a frame: where frames are rare, she would wait for it.
        browser::turn::later(A_FRAME_OR_TWO, move || self.rest_is_due.set(true));
    }
}

fn option_line(suggestion: &Suggestion) -> PlaceOption {
    let detail = match suggestion.answer.candidates.as_slice() {
        [only] if only.municipality.is_some() => {
            ui::i18n::without_readings(&place_words::prefecture_name(only.prefecture))
        }
        _ => String::new(),
    };
    PlaceOption { label: suggestion.label.clone(), reading: suggestion.reading.clone(), detail }
}

fn problem(reason: Unresolved) -> FieldProblem {
    let (what, way_on) = match reason {
        Unresolved::Empty => (Key::ProblemEmpty, Key::ProblemWayOn),
        Unresolved::PostalCodeLength => (Key::ProblemPostalLength, Key::ProblemPostalWayOn),
        Unresolved::UnknownPostalCode => (Key::ProblemPostalUnknown, Key::ProblemPostalWayOn),
        Unresolved::UnknownName | Unresolved::OutsideJapan => (Key::ProblemName, Key::ProblemWayOn),
    };
    FieldProblem { what, way_on }
}

fn position_trouble(reason: NoPosition) -> Key {
    match reason {
        NoPosition::Denied => Key::TroubleDenied,
        NoPosition::Unavailable | NoPosition::TimedOut => Key::TroubleNoPosition,
        NoPosition::Unsupported => Key::TroubleUnsupported,
    }
}
