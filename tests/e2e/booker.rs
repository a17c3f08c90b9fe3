//! What a founder does to book, in her words.

use anyhow::Result;
use fantoccini::Locator;
use rusqlite::{Connection, OpenFlags};
use tests::patience::until;

use crate::world::World;

pub const TIME: &str = "[data-testid=time]";
pub const REFERENCE: &str = "[data-testid=reference]";
pub const CARD: &str = "[data-testid=booking-card]";

/// What she writes; it must be found nowhere but on her screen.
pub const NAME: &str = "はな";
pub const NOTE: &str = "canary-4711";

/// What a day of the demonstration offers for one way to talk, as long as none is taken.
pub const HOURS: usize = 4;

impl World {
    /// Opens a team's times and takes the first one that is offered.
    pub async fn choose_time(&self, team: &str) -> Result<()> {
        self.visit(&format!("/book/{team}")).await?;
        self.browser.see(TIME).await?;
        self.tap(TIME).await?;
        self.browser.see(&format!("{TIME}[aria-pressed=true]")).await?;
        self.tap("[data-testid=to-contact]").await
    }

    /// The same on another day or hour for each number.
    pub async fn choose_another_time(&self, team: &str, number: usize) -> Result<()> {
        // Every day of the demonstration but the first, of which hours are over, has four.
        self.choose_hour(team, 1 + number / HOURS, number % HOURS).await
    }

    /// Of the days and the hours that are offered now.
    pub async fn choose_hour(&self, team: &str, day: usize, hour: usize) -> Result<()> {
        self.visit(&format!("/book/{team}")).await?;
        self.browser.see(TIME).await?;
        let days = "document.querySelectorAll('.tn-days__input')";
        self.browser.script(&format!("{days}[{day}].click()")).await?;
        self.browser.holds(&format!("{days}[{day}].checked")).await?;
        let times = format!("document.querySelectorAll('{TIME}')[{hour}]");
        self.browser.script(&format!("{times}.click()")).await?;
        self.browser.holds(&format!("{times}.getAttribute('aria-pressed') === 'true'")).await?;
        self.tap("[data-testid=to-contact]").await
    }

    pub async fn write_letter(&self) -> Result<()> {
        self.write(NOTE).await
    }

    /// With words of her own, where nobody looks for traces of them.
    pub async fn write(&self, note: &str) -> Result<()> {
        for (field, words) in [("#name", NAME), ("#phone", "090-1234-5678"), ("#note", note)] {
            self.browser.see(field).await?.send_keys(words).await?;
        }
        self.tap("[data-testid=to-check]").await?;
        self.browser.see("[data-testid=send]").await?;
        Ok(())
    }

    pub async fn agree_and_send(&self) -> Result<()> {
        self.tap("[data-testid=consent]").await?;
        self.tap("[data-testid=send]").await?;
        self.browser.holds("location.pathname.startsWith('/bookings/')").await
    }

    pub async fn request(&self, team: &str) -> Result<()> {
        self.choose_time(team).await?;
        self.write_letter().await?;
        self.agree_and_send().await
    }

    /// She taps 今すぐ送る on the list, unless the phone tried again by itself before her thumb was there.
    pub async fn comes_out_of_the_tunnel(&mut self) -> Result<()> {
        self.site.resume().await?;
        let send_now = "[data-testid=waiting] button";
        until("what waits to be sent", async || {
            if self.browser.is_there(send_now).await? {
                self.scroll_to_the_middle(send_now).await?;
                self.browser.client.find(Locator::Css(send_now)).await?.click().await?;
            }
            Ok(Some(()))
        })
        .await
    }

    /// Scrolled to the middle first: the doors at the bottom must not take the tap.
    pub async fn tap(&self, css: &str) -> Result<()> {
        self.browser.see(css).await?;
        self.scroll_to_the_middle(css).await?;
        self.browser.click(css).await
    }

    async fn scroll_to_the_middle(&self, css: &str) -> Result<()> {
        let scroll = format!("document.querySelector('{css}').scrollIntoView({{ block: 'center' }})");
        self.browser.script(&scroll).await.map(drop)
    }

    /// The entry for booking is on the device, whole.
    pub async fn can_book_offline(&self) -> Result<()> {
        let kept = "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))
            .then((all) => Promise.all(all.map((cache) => cache.keys())))
            .then((all) => all.flat().filter((one) => /\\/(bookings$|book-)/.test(one.url)).length)";
        until("booking to be kept", async || Ok((self.browser.promise(kept).await? == 3).then_some(()))).await
    }

    /// She has seen the team's times; now the network is gone.
    pub async fn enters_the_tunnel(&mut self, team: &str) -> Result<()> {
        self.visit(&format!("/book/{team}")).await?;
        self.browser.see(TIME).await?;
        self.works_offline().await?;
        self.can_book_offline().await?;
        self.site.stop().await
    }

    /// The key of every booking the server has, sorted; one that came twice and was not recognised is there twice.
    pub fn booked_keys(&self) -> Result<Vec<String>> {
        let database = Connection::open_with_flags(self.site.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut asked = database.prepare("SELECT key FROM bookings ORDER BY key")?;
        let keys = asked.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys)
    }

    /// The keys in her list, sorted.
    pub async fn listed_keys(&self) -> Result<Vec<String>> {
        let body = format!(
            "return [...document.querySelectorAll('{CARD} .tn-card__link')].map((card) => card.pathname.split('/').pop()).sort()"
        );
        Ok(serde_json::from_value(self.browser.script(&body).await?)?)
    }

    /// How often a request of hers has come to the server since it was last started.
    pub fn arrivals(&self) -> usize {
        self.site.log().matches("\"message\":\"booked\"").count()
    }
}
