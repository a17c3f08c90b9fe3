//! A team at its desk: with a passkey of a browser that has one, and seated by hand where WebDriver cannot make one.

mod accessible;
mod answering;
mod caller;
mod facts;
mod hours;
mod publishing;
mod reports;
mod way_in;

use anyhow::Result;
use domain::staff::Role;
use serde_json::json;

use crate::case::Case;
use crate::world::World;

/// Whose desk it is; its team has times in the demonstration.
pub const TEAM: &str = "shimane";
/// A booking on the board.
pub const BOOKED: &str = "[data-testid=card]";
pub const HEADING: &str = "#page-title";

pub fn cases() -> Vec<Case> {
    [
        way_in::cases(),
        answering::cases(),
        caller::cases(),
        hours::cases(),
        facts::cases(),
        publishing::cases(),
        reports::cases(),
        accessible::cases(),
    ]
    .concat()
}

impl World {
    /// The desk's address: browsers have passkeys at `localhost`, not at a number.
    pub fn desk(&self, route: &str) -> String {
        format!("http://localhost:{}/desk{route}", self.site.port())
    }

    /// Somebody of the team sits down, as if she had come in by her passkey.
    pub async fn sit_down(&self, role: Role) -> Result<()> {
        let association = (role != Role::Federation).then_some(TEAM);
        let token = self.site.seat(role, association).await?;
        self.come_in(&token).await
    }

    /// Whoever has this session.
    pub async fn come_in(&self, token: &str) -> Result<()> {
        // A cookie can be given only to a page of its own.
        self.browser.open(&self.desk("/")).await?;
        self.browser.see("[data-testid=enter], [data-testid=no-passkeys], [data-testid=sign-out]").await?;
        let cookie = json!({ "name": "tonari-desk", "value": token, "path": "/", "httpOnly": true });
        // The client would send a domain, too, and a host of one word has none.
        self.browser.command("cookie", json!({ "cookie": cookie })).await?;
        self.go("/").await
    }

    /// Opens a screen of the desk and waits until it is there.
    pub async fn go(&self, route: &str) -> Result<()> {
        self.browser.open(&self.desk(route)).await?;
        self.browser.see("[data-testid=sign-out]").await?;
        self.browser.see(HEADING).await?;
        Ok(())
    }

    /// The team confirms by hand from now on.
    pub async fn confirms_by_hand(&self) -> Result<()> {
        let times = self.site.hands(&["slots", "export", TEAM]).await?;
        let by_hand = times.replace("\"by_hand\": false", "\"by_hand\": true");
        let file = self.site.write("times.json", &by_hand)?;
        self.site.hands(&["slots", "import", TEAM, &file.to_string_lossy()]).await?;
        Ok(())
    }
}
