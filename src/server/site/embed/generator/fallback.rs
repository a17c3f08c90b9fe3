//! What stands inside the element of the host's page: read where no script runs, where our server is away, and by search
//! engines. Only what the directory knows; what is unknown stays out, because it would be the host's own page that says 要確認
//! of the host.

use domain::association::Association;
use domain::booking::letter::Language;
use maud::{Markup, html};

use domain::frame::View;

use super::choice::Choice;
use crate::words::Words;

struct Labels {
    phone: &'static str,
    hours: &'static str,
    site: &'static str,
    /// Around what has to be said together with a value.
    brackets: [&'static str; 2],
    full: fn(View) -> &'static str,
}

static JAPANESE: Labels = Labels {
    phone: "電話 ",
    hours: "受付 ",
    site: "公式サイト",
    brackets: ["（", "）"],
    full: |view| match view {
        View::Find => "となりで、担当の協会と女性職員のチームをさがす",
        View::Team => "となりで、協会とチームの情報を見る",
        View::Book => "となりで、相談を予約する",
        View::Stories => "となりで、起業した方の話を読む",
        View::Events => "となりで、催しを見る",
    },
};

static EASY: Labels = Labels {
    phone: "電話（でんわ） ",
    hours: "電話が できる 時間 ",
    site: "協会の ホームページ",
    brackets: ["（", "）"],
    full: |view| match view {
        View::Find => "「となり」で 協会を さがす",
        View::Team => "「となり」で 協会と チームを 見る",
        View::Book => "「となり」で 相談を 予約する",
        View::Stories => "「となり」で 会社や 店を 始めた 人の 話を 読む",
        View::Events => "「となり」で イベントを 見る",
    },
};

static ENGLISH: Labels = Labels {
    phone: "Phone ",
    hours: "Hours ",
    site: "Official site",
    brackets: [" (", ")"],
    full: |view| match view {
        View::Find => "Find your association and women’s team on Tonari",
        View::Team => "See the association and its team on Tonari",
        View::Book => "Book a consultation on Tonari",
        View::Stories => "Read founders’ stories on Tonari",
        View::Events => "See events on Tonari",
    },
};

fn labels(language: Language) -> &'static Labels {
    match language {
        Language::Japanese => &JAPANESE,
        Language::Easy => &EASY,
        Language::English => &ENGLISH,
    }
}

/// Lines begin with `indent`, which has a line end in it where the result is for people to read.
#[must_use]
pub fn fallback(choice: &Choice<'_>, origin: &str, indent: &str) -> Markup {
    let (association, labels) = (choice.association, labels(choice.language));
    let noted = |note: &Option<String>| {
        html! { @if let Some(note) = note { (labels.brackets[0]) (note) (labels.brackets[1]) } }
    };
    html! {
        (indent) p { strong { (named(association, choice.language)) } }
        @if let Some(phone) = &association.phone {
            (indent) p { (labels.phone) a href={ "tel:" (phone.value) } { (phone.value) } (noted(&phone.note)) }
        }
        @if let Some(hours) = &association.hours {
            (indent) p { (labels.hours) (hours.value) (noted(&hours.note)) }
        }
        @if let Some(site) = site(association) {
            (indent) p { a href=(site) { (labels.site) } }
        }
        (indent) p { a href={ (origin) (choice.view.address(Some(&association.id))) } { ((labels.full)(choice.view)) } }
    }
}

/// The association, with its team's own name in that language where it is known.
#[must_use]
pub fn named(association: &Association, language: Language) -> String {
    (Words::of(language).team_name)(association)
}

/// What the frame is called to a screen reader.
#[must_use]
pub fn title(choice: &Choice<'_>) -> String {
    let full = (labels(choice.language).full)(choice.view);
    match choice.language {
        Language::Japanese | Language::Easy => format!("{full}（{}）", choice.association.name.value),
        Language::English => format!("{full} ({})", choice.association.name.value),
    }
}

/// An edition is checked for this when it is read; a link on somebody else's page is worth a second look.
fn site(association: &Association) -> Option<&str> {
    let site = association.website.value.as_str();
    (site.starts_with("https://") || site.starts_with("http://")).then_some(site)
}
