//! What a founder does in the app, in her words. Only here it is known how the screens are marked up.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::patience::until;

use crate::world::World;

pub const PLACE: &str = "#place";
pub const TITLE: &str = "#page-title";
pub const ANSWER: &str = "[data-testid=answer-title]";
/// The door 予約.
pub const BOOKINGS: &str = ".tn-bar__link[href='/bookings']";
pub const UPDATE: &str = "[data-testid=update]";
pub const STORAGE: &str = "[data-testid=storage]";
/// Where what became of her last wish is told: a word for screen readers, or a warning for everybody.
pub const TOLD: &str = "[data-testid=said], [data-testid=said-trouble]";
pub const SAVED_CARD: &str = "[data-testid=saved-card]";

/// Enter, Tab and arrows as WebDriver writes them.
pub const ENTER: &str = "\u{E007}";
pub const TAB: &str = "\u{E004}";
pub const BACK_TAB: &str = "\u{E008}\u{E004}";
pub const DOWN: &str = "\u{E015}";

impl World {
    /// Opens a screen and waits until the app has taken over from the static page.
    pub async fn visit(&self, route: &str) -> Result<()> {
        self.browser.open(&self.url(route)).await?;
        self.has_started().await
    }

    /// As her own button does it. WebDriver's `refresh` goes past the service worker in Firefox.
    pub async fn reload(&self) -> Result<()> {
        self.reload_anything().await?;
        self.has_started().await
    }

    pub async fn reload_anything(&self) -> Result<()> {
        // Later than the answer to this command: WebKit's driver waits for ever for one that goes away with its page.
        self.browser.script("window.isBeforeReload = true; setTimeout(() => location.reload())").await?;
        self.browser.holds("!window.isBeforeReload && document.readyState === 'complete'").await
    }

    pub async fn has_started(&self) -> Result<()> {
        // Only the app has it, whichever entry.
        self.browser.holds("document.querySelector('.tn-screens')").await?;
        self.browser.see(TITLE).await?;
        Ok(())
    }

    /// Types a place and asks for it.
    pub async fn ask_for(&self, place: &str) -> Result<()> {
        self.type_place(place).await?;
        self.press(ENTER).await
    }

    pub async fn type_place(&self, place: &str) -> Result<()> {
        let field = self.browser.see(PLACE).await?;
        field.clear().await?;
        Ok(field.send_keys(place).await?)
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &str) -> Result<()> {
        Ok(self.browser.client.active_element().await?.send_keys(keys).await?)
    }

    /// The answer names this place and these associations are in charge.
    pub async fn is_answered(&self, place: &str, in_charge: &[&str]) -> Result<()> {
        self.browser.read(ANSWER, place).await?;
        let cards = self.associations_of("card-in-charge").await?;
        ensure!(cards == in_charge, "in charge: {cards:?}, expected {in_charge:?}");
        Ok(())
    }

    /// The associations on cards of one kind, in their order.
    pub async fn associations_of(&self, card: &str) -> Result<Vec<String>> {
        let body = format!(
            "return [...document.querySelectorAll('[data-testid={card}]')].map((card) => card.dataset.association)"
        );
        let ids = self.browser.script(&body).await?;
        let ids = ids.as_array().context("a list of associations")?;
        Ok(ids.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    pub async fn choose_on_map(&self, prefecture: &str) -> Result<()> {
        self.browser.click(&format!("[data-pref='{prefecture}']")).await
    }

    /// Taps 保存.
    pub async fn tap_save(&self) -> Result<()> {
        self.browser.click("[data-testid=save]").await
    }

    /// Saves the team of an association from its own page.
    pub async fn save(&self, association: &str) -> Result<()> {
        self.visit(&format!("/associations/{association}")).await?;
        self.tap_save().await?;
        self.browser.see("[data-testid=save][aria-pressed=true]").await?;
        Ok(())
    }

    /// The app has said something about the last wish, and it is not nothing.
    pub async fn was_told(&self) -> Result<String> {
        until("a word about what happened", async || self.told().await).await
    }

    pub async fn told(&self) -> Result<Option<String>> {
        let body = format!(
            "return [...document.querySelectorAll('{TOLD}')].map((one) => one.textContent).join('').trim()"
        );
        let text = self.browser.script(&body).await?;
        Ok(text.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
    }

    /// A complete version is on the device and answers for this page.
    pub async fn works_offline(&self) -> Result<()> {
        self.browser.holds("navigator.serviceWorker.controller?.state === 'activated'").await
    }

    /// A choice she made before, as the device remembers it.
    pub async fn prefers(&self, key: &str, value: &str) -> Result<()> {
        let arguments = vec![json!(format!("tn.{key}")), json!(value)];
        self.browser.client.execute("localStorage.setItem(arguments[0], arguments[1])", arguments).await?;
        Ok(())
    }
}
