//! A quiet block that says one thing, politely announced when it appears.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How a notice is meant. Never by colour alone: warnings carry a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is so.
    Plain,
    /// Something worked.
    Good,
    /// Something needs her attention; nothing is lost.
    Warning,
}

impl Tone {
    fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warning => "warning",
        }
    }
}

#[component]
pub fn Notice(
    tone: Tone,
    /// Announced when it appears after the page is there.
    #[prop(optional)]
    live: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="tn-notice" data-tone=tone.word() role=live.then_some("status")>
            {match tone {
                Tone::Warning => Some(view! { <Icon name=IconName::Warning/> }),
                Tone::Good => Some(view! { <Icon name=IconName::Check/> }),
                Tone::Plain => None,
            }}
            <div class="tn-notice__words">{children()}</div>
        </div>
    }
}
