//! What an association puts on its page, word for word. The one place where it is composed: page, script and test page of the
//! generator show what is written here. It is text for other people's servers, so every value goes through maud, which escapes
//! it, or through [`plugin`], which quotes the result once more.

use domain::booking::letter::Language;
use maud::{DOCTYPE, Markup, html};

use super::choice::{Choice, Theme, code_of};
use super::fallback::{fallback, named, title};
use super::plugin;
use crate::site::loader::Loader;

/// In text that people read and edit: a line of its own.
const LINE: &str = "\n  ";

pub struct Snippet<'a> {
    /// Under which the world knows this server.
    pub origin: &'a str,
    pub choice: &'a Choice<'a>,
    /// Where the build has one.
    pub loader: Option<&'a Loader>,
}

impl Snippet<'_> {
    /// Script and element: the usual way.
    #[must_use]
    pub fn tag(&self) -> String {
        let script = html! { script src={ (self.origin) "/embed.js" } defer {} };
        html! { (script) "\n" (self.element()) "\n" }.into_string()
    }

    /// The same with a script that cannot change; `None` where this build has none.
    #[must_use]
    pub fn pinned(&self) -> Option<String> {
        let Loader { version, integrity } = self.loader?;
        let address = format!("{}/embed.{version}.js", self.origin);
        let script = html! { script src=(address) integrity=(integrity) crossorigin="anonymous" defer {} };
        Some(html! { (script) "\n" (self.element()) "\n" }.into_string())
    }

    fn element(&self) -> Markup {
        let choice = self.choice;
        html! {
            tonari-widget team=(choice.association.id.as_str()) view=(choice.view.code())
                lang=(code_of(choice.language)) theme=(choice.theme.code())
                accent=[choice.accent.map(|accent| format!("#{}", accent.digits()))] style=[self.style()] {
                (fallback(choice, self.origin, LINE)) "\n"
            }
        }
    }

    /// So that nothing on the host's page moves when the frame comes.
    #[must_use]
    pub fn style(&self) -> Option<String> {
        (!self.choice.strict).then(|| format!("display:block;min-height:{}px", self.choice.height()))
    }

    /// What stands in the host's own sheet instead, where attributes may not carry it.
    #[must_use]
    pub fn rule(&self) -> Option<String> {
        let height = self.choice.height();
        let rule = format!("tonari-widget {{\n  display: block;\n  min-height: {height}px;\n}}\n");
        self.choice.strict.then_some(rule)
    }

    /// For hosts that allow no script: no height that follows, no colours that follow, the same content.
    #[must_use]
    pub fn frame(&self) -> String {
        let style = (!self.choice.strict).then_some("border:0;max-width:100%");
        html! {
            iframe src=(self.frame_address()) title=(title(self.choice)) loading="lazy" width="100%"
                height=(self.choice.height()) style=[style] {}
            "\n"
            div { (fallback(self.choice, self.origin, LINE)) "\n" }
            "\n"
        }
        .into_string()
    }

    #[must_use]
    pub fn frame_address(&self) -> String {
        let choice = self.choice;
        let (view, team) = (choice.view.code(), choice.association.id.as_str());
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("team", team).append_pair("lang", code_of(choice.language));
        query.append_pair("theme", choice.theme.code());
        if let Some(accent) = choice.accent {
            query.append_pair("accent", &accent.digits());
        }
        format!("{}/embed/{view}?{}", self.origin, query.finish())
    }

    /// A plugin of one file, for WordPress.
    #[must_use]
    pub fn plugin(&self) -> String {
        let choice = self.choice;
        let accent = choice.accent.map(|accent| format!("#{}", accent.digits())).unwrap_or_default();
        plugin::plugin(&plugin::Parts {
            script: &format!("{}/embed.js", self.origin),
            defaults: [
                ("team", choice.association.id.as_str()),
                ("view", choice.view.code()),
                ("lang", code_of(choice.language)),
                ("theme", choice.theme.code()),
                ("accent", &accent),
            ],
            style: self.style().as_deref(),
            fallback: &fallback(choice, self.origin, "").into_string(),
        })
    }

    /// What a host with a content security policy adds to it.
    #[must_use]
    pub fn policy(&self) -> String {
        let origin = self.origin;
        format!("script-src {origin}\nframe-src {origin}\n")
    }

    /// A whole page to try it with. `before` and `after` stand around the widget, to see whether they move.
    #[must_use]
    pub fn page(&self, heading: &str, before: &str, after: &str) -> String {
        let choice = self.choice;
        let lang = if choice.in_english { "en" } else { "ja" };
        let scheme = match choice.theme {
            Theme::Auto => "light dark",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        html! {
            (DOCTYPE) "\n"
            html lang=(lang) {
                "\n" head {
                    "\n" meta charset="utf-8";
                    "\n" meta name="viewport" content="width=device-width, initial-scale=1";
                    "\n" meta name="robots" content="noindex";
                    "\n" meta name="color-scheme" content=(scheme);
                    "\n" title { (heading) }
                    @if let Some(rule) = self.rule() { "\n" style { (rule) } }
                    "\n"
                }
                "\n" body {
                    "\n" h1 { (heading) }
                    "\n" p { (before) }
                    "\n" (maud::PreEscaped(self.tag()))
                    p { (after) }
                    "\n"
                }
                "\n"
            }
            "\n"
        }
        .into_string()
    }

    /// The association, as the widget will call it.
    #[must_use]
    pub fn name(&self) -> String {
        named(
            self.choice.association,
            if self.choice.in_english { Language::English } else { Language::Japanese },
        )
    }
}

#[cfg(test)]
mod tests;
