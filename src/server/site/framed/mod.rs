//! Frames on pages of others: which page stands behind an address, filled with what a frame says without its app, and who
//! may show it.
//!
//! Who may show it stands in a header and in the page. A browser that is told 304 may keep the header of its copy; with the
//! list in the page a changed list is another page, so nobody is told 304 who would keep an old list.

mod draw;
mod page;

use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use domain::association::{Association, AssociationId};
use domain::directory::Edition;
use domain::embed::Origin;
use domain::frame::View;
use url::form_urlencoded;

pub use page::Page;

use super::asset::{Asset, CachePolicy};
use super::compress;
use super::words::Tongue;
use crate::headers::Openness;
use crate::router::App;

/// What a frame's address asks for. Theme and colour are the page's own affair.
struct Asked<'e> {
    view: View,
    association: Option<&'e Association>,
    tongue: Tongue,
}

impl<'e> Asked<'e> {
    /// `None` for a view or an association that there is not, and where one is needed and missing.
    fn read(path: &str, query: &str, edition: &'e Edition) -> Option<Self> {
        let view = View::parse(path.strip_suffix('/').unwrap_or(path).strip_prefix("/embed/")?)?;
        let given = |name: &str| {
            form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value)
        };
        let association = match given("team").filter(|team| !team.is_empty()) {
            Some(team) => Some(edition.association(&AssociationId(team.into_owned()))?),
            None if view.needs_team() => return None,
            None => None,
        };
        if view == View::Book && association.is_some_and(|one| one.team.is_none()) {
            return None;
        }
        let tongue = given("lang").map_or(Tongue::Japanese, |tag| Tongue::of(&tag));
        Some(Self { view, association, tongue })
    }
}

/// `None`: there is no such frame, or the build has none.
pub async fn serve(
    app: &App,
    path: &str,
    query: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Option<Response> {
    let page = app.site.framed.as_ref()?;
    let published = app.published();
    let edition = &published.edition;
    let asked = Asked::read(path, query, edition)?;
    let hosts = app.hosts.of(asked.association.map(|one| &one.id)).await;
    let content = draw::content(&asked, edition);
    let own = own(app, headers);
    let filled = page.fill(asked.tongue.tag(), own.iter().chain(&hosts), &content);
    let mut asset = Asset::new("/embed.html", filled, CachePolicy::Revalidate);
    compress::quickly(&mut asset);
    let mut response = asset.respond(method, headers);
    response.extensions_mut().insert(Openness::Framed { own, hosts });
    Some(response)
}

/// Ours, as her browser says it. Over https it is as configured; else only this machine has one, on whatever port.
fn own(app: &App, headers: &HeaderMap) -> Option<Origin> {
    let configured = || Origin::parse(&app.origin.page("")).ok();
    let host = headers.get(header::HOST).filter(|_| !app.https).and_then(|host| host.to_str().ok());
    host.and_then(|host| Origin::parse(&format!("http://{host}")).ok()).or_else(configured)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::bundled;

    #[test]
    fn an_address_is_a_view_and_where_it_needs_one_an_association() {
        let edition = bundled();
        for (path, query, there) in [
            ("/embed/find", "", true),
            ("/embed/find/", "theme=purple&accent=%00&lang=xx&team=", true),
            ("/embed/find", "team=shimane", true),
            ("/embed/find", "team=nowhere", false),
            ("/embed/find", "team=nowhere&team=shimane", false),
            ("/embed/team", "team=tokyo", true),
            ("/embed/team", "", false),
            ("/embed/book", "team=shimane", true),
            ("/embed/book", "team=tokyo", false),
            ("/embed/book", "", false),
            ("/embed/stories", "", true),
            ("/embed/events", "team=%FF", false),
            ("/embed/elsewhere", "", false),
            ("/embed/find/more", "", false),
            ("/embed/", "", false),
            ("/embed", "", false),
        ] {
            assert_eq!(Asked::read(path, query, &edition).is_some(), there, "{path}?{query}");
        }
    }
}
