//! Every address there is something at, for whoever collects the site into files: one a line, each as this server is asked
//! for it. Only where the site is composed for that; people and search engines have the map of the site.

use std::sync::Arc;

use axum::extract::State;
use axum::response::IntoResponse;
use domain::api::ASSOCIATIONS;
use domain::content::{Item, Picture, ShelfName};

use super::pages::SCREENS;
use super::reading::path_of;
use crate::error::ApiError;
use crate::router::App;

pub const ADDRESSES: &str = "/addresses";

/// Of the entry for reading, and of the one that says where to telephone.
const LISTS: [&str; 4] = ["/read", "/events", "/reading-list", "/bookings"];
const FEEDS: [&str; 4] = ["/events.ics", "/feed.atom", "/sitemap.xml", "/robots.txt"];

/// # Errors
/// While the shelves cannot be read.
pub async fn list(State(app): State<Arc<App>>) -> Result<impl IntoResponse, ApiError> {
    let mut all: Vec<String> =
        SCREENS.iter().chain(&LISTS).chain(&FEEDS).copied().map(str::to_owned).collect();
    let published = app.published();
    let associations = published.edition.associations.iter();
    all.extend(associations.map(|one| format!("/associations/{}", one.id.as_str())));
    let now = app.library.now();
    for name in ShelfName::ALL {
        let shelved = app.library.shelf(name).await?;
        for item in shelved.shelf.items.iter().filter(|item| item.is_current(now)) {
            let page = path_of(item);
            all.extend(item.head().picture.as_ref().map(Picture::path));
            all.extend(matches!(item, Item::Event(_)).then(|| format!("{page}.ics")));
            all.push(page);
        }
        all.push(name.path().to_owned());
    }
    all.push(ASSOCIATIONS.to_owned());
    all.extend(app.site.paths().map(str::to_owned));
    Ok(all.join("\n") + "\n")
}
