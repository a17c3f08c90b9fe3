//! Several places it may be, or one to confirm: the choice is hers.

use domain::place::Candidate;
use leptos::prelude::*;
use ui::component::{Choice, ChoiceList};
use ui::i18n::{Key, ruby, say, say_with};

use crate::state::place_words::{candidate_name, prefecture_name};
use crate::state::{Question, Tonari};

#[component]
pub fn Choosing(question: Question) -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let finding = tonari.finding;
    let choose = move |candidate: Candidate| Callback::new(move |()| finding.answer(candidate));
    let mut choices: Vec<Choice> = question
        .candidates
        .iter()
        .map(|candidate| Choice {
            label: ruby(candidate_name(tonari.places, *candidate)),
            detail: candidate.municipality.map(|_| ruby(prefecture_name(candidate.prefecture))),
            on_choose: choose(*candidate),
        })
        .collect();
    let words = match (question.certain, question.candidates.as_slice()) {
        (false, [only]) => {
            if let Some(choice) = choices.first_mut() {
                choice.label = say(Key::ChooseYes);
                choice.detail = None;
            }
            say_with(Key::ChooseConfirm, &[("place", &candidate_name(tonari.places, *only))])
        }
        (_, _) => say(Key::ChooseWhich),
    };
    choices.push(Choice {
        label: say(Key::ChooseElse),
        detail: None,
        on_choose: Callback::new(move |()| finding.start_again()),
    });
    view! { <ChoiceList question=words choices/> }
}
