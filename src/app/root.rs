//! Starts the app in the place of the static page and keeps title, focus and language in step with the address.

use leptos::mount::mount_to;
use leptos::prelude::*;
use ui::component::{BottomBar, Header};
use ui::i18n::{Key, plain, say};

use crate::page::{
    AboutPage, AnswerPage, AssociationPage, Banners, DevicePage, FindPage, NotFoundPage, SavedPage,
};
use crate::routes::Route;
use crate::state::Tonari;

/// Mounts the app. What she typed into the static page moves over.
pub fn start() {
    let early = browser::document::take_early_input("place");
    let Some(host) = browser::document::clear_host("app") else { return };
    mount_to(host, move || {
        let tonari = Tonari::new();
        tonari.finding.keep_early_input(early);
        provide_context(tonari);
        view! { <Root tonari/> }
    })
    .forget();
}

#[component]
fn Root(tonari: Tonari) -> impl IntoView {
    tonari.routing.watch();
    tonari.device.watch();
    tonari.places.fetch_soon();
    tonari.directory.refresh_soon();
    tonari.saved.load_soon();
    keep_title(tonari);
    keep_focus(tonari);

    // All words are static inside; another language renders everything anew.
    move || {
        let _ = tonari.device.lang.get();
        view! {
            <a class="tn-skip" href="#main">{say(Key::SkipToMain)}</a>
            <Header discreet=tonari.device.discreet/>
            <BottomBar current=Signal::derive(move || tonari.routing.route.get().tab())/>
            <main class="tn-main" id="main" tabindex="-1">
                <Banners/>
                {move || page(tonari.routing.route.get())}
            </main>
        }
    }
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Find => view! { <FindPage/> }.into_any(),
        Route::Answer(prefecture) => view! { <AnswerPage prefecture/> }.into_any(),
        Route::Association(id) => view! { <AssociationPage id/> }.into_any(),
        Route::Saved => view! { <SavedPage/> }.into_any(),
        Route::Device => view! { <DevicePage/> }.into_any(),
        Route::About => view! { <AboutPage/> }.into_any(),
        Route::NotFound => view! { <NotFoundPage/> }.into_any(),
    }
}

fn keep_title(tonari: Tonari) {
    Effect::new(move |_| {
        let _ = tonari.device.lang.get();
        if tonari.device.discreet.get() {
            browser::document::set_title(&plain(Key::AppNameDiscreet));
            return;
        }
        let screen = match tonari.routing.route.get() {
            Route::Find => Key::TitleFind,
            Route::Answer(_) => Key::TitleAnswer,
            Route::Association(_) => Key::TitleAssociation,
            Route::Saved => Key::TabSaved,
            Route::Device => Key::TabDevice,
            Route::About => Key::TabAbout,
            Route::NotFound => Key::NotFoundTitle,
        };
        browser::document::set_title(&format!("{} | {}", plain(screen), plain(Key::AppName)));
    });
}

/// A new screen starts at its heading, for eyes and for screen readers; the first one does not take the focus.
fn keep_focus(tonari: Tonari) {
    Effect::new(move |before: Option<u32>| {
        let arrivals = tonari.routing.arrivals.get();
        if before.is_some_and(|before| before != arrivals) {
            request_animation_frame(|| {
                browser::document::scroll_to_top();
                browser::document::focus("page-title");
            });
        }
        arrivals
    });
}
