//! Several places it may be, or one to confirm: the choice is hers.

use domain::place::Candidate;
use ui::component::{Choice, choice_list};
use ui::i18n::{Key, ruby, say, say_with};
use ui::node::El;

use crate::state::place_words::{candidate_name, prefecture_name};
use crate::state::{Question, Tonari};

pub fn choosing(tonari: Tonari, question: &Question) -> El {
    let finding = tonari.finding;
    let name = |candidate: &Candidate| candidate_name(tonari.places, *candidate);
    let mut choices: Vec<Choice> = question
        .candidates
        .iter()
        .map(|candidate| {
            let candidate = *candidate;
            Choice {
                label: ruby(name(&candidate)),
                detail: candidate.municipality.map(|_| ruby(prefecture_name(candidate.prefecture))),
                choose: Box::new(move || finding.answer(candidate)),
            }
        })
        .collect();
    let words = match (question.certain, question.candidates.as_slice(), choices.first_mut()) {
        (false, [only], Some(choice)) => {
            choice.label = say(Key::ChooseYes);
            choice.detail = None;
            say_with(Key::ChooseConfirm, &[("place", &name(only))])
        }
        (false, _, _) => say(Key::ChooseUnsure),
        (true, _, _) => say(Key::ChooseWhich),
    };
    choices.push(Choice {
        label: say(Key::ChooseElse),
        detail: None,
        choose: Box::new(move || finding.start_again()),
    });
    choice_list(words, choices)
}
