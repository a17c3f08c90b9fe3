//! Everything the desk's page may ask for, and whom each is for. The router is folded from this list and from nothing else.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use domain::api::desk::Fault;
use domain::staff::Needs;

use super::guard::authorise;
use super::{
    DeskError, board, colleagues, elsewhere, facts, founding, hours, live, me, ops, passkeys, publish,
    report, sessions, way_in,
};
use crate::limit;
use crate::pictures::LARGEST;
use crate::router::App;
use crate::service::staff::Seen;

pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub needs: Needs,
    pub takes: Takes,
    seen: Seen,
    handler: MethodRouter<Arc<App>>,
}

/// What a request that changes something brings. No form of another page can say either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Json,
    /// JPEG, PNG or WebP.
    Picture,
}

impl Route {
    fn read<T: 'static>(path: &'static str, needs: Needs, handler: impl Handler<T, Arc<App>>) -> Self {
        Self { method: Method::GET, path, needs, takes: Takes::Json, seen: Seen::Yes, handler: get(handler) }
    }

    fn change<T: 'static>(path: &'static str, needs: Needs, handler: impl Handler<T, Arc<App>>) -> Self {
        Self {
            method: Method::POST,
            path,
            needs,
            takes: Takes::Json,
            seen: Seen::Yes,
            handler: post(handler),
        }
    }

    /// A screen asks that by itself, whoever sits there.
    fn by_itself(self) -> Self {
        Self { seen: Seen::No, ..self }
    }

    /// What it takes is larger than a booking.
    fn large(self, bytes: usize) -> Self {
        Self { handler: self.handler.layer(DefaultBodyLimit::max(bytes)), ..self }
    }

    fn picture(self) -> Self {
        Self { takes: Takes::Picture, ..self }.large(LARGEST)
    }

    fn stays(self) -> Self {
        Self { seen: Seen::Asked, ..self }
    }
}

#[must_use]
pub fn all() -> Vec<Route> {
    [entering(), answering(), telling(), deciding()].into_iter().flatten().collect()
}

/// How somebody comes in, and who is there.
fn entering() -> Vec<Route> {
    vec![
        Route::read("/desk/api/invitations/{code}", Needs::Nothing, way_in::invitation),
        Route::change("/desk/api/invitations/{code}/begin", Needs::Nothing, way_in::begin_joining),
        Route::change("/desk/api/invitations/{code}/finish", Needs::Nothing, way_in::finish_joining),
        Route::change("/desk/api/sign-in/begin", Needs::Nothing, way_in::begin_sign_in),
        Route::change("/desk/api/sign-in/finish", Needs::Nothing, way_in::finish_sign_in),
        Route::read("/desk/api/me", Needs::Session, me::me).by_itself(),
        Route::change("/desk/api/stay", Needs::Session, me::me).stays(),
        Route::change("/desk/api/sign-out", Needs::Session, me::sign_out),
        Route::read("/desk/api/passkeys", Needs::Session, passkeys::list),
        Route::change("/desk/api/passkeys/begin", Needs::Session, passkeys::begin),
        Route::change("/desk/api/passkeys/finish", Needs::Session, passkeys::finish),
        Route::change("/desk/api/passkeys/{id}/remove", Needs::Session, passkeys::remove),
        Route::read("/desk/api/sessions", Needs::Session, sessions::list),
        Route::change("/desk/api/sessions/others/end", Needs::Session, sessions::end_others),
        Route::change("/desk/api/sessions/{id}/end", Needs::Session, sessions::end),
        Route::read("/desk/api/colleagues", Needs::Session, colleagues::list),
        Route::change("/desk/api/invitations", Needs::Inviting, colleagues::invite),
        Route::change("/desk/api/colleagues/{id}/disable", Needs::Inviting, colleagues::disable),
        Route::change("/desk/api/colleagues/{id}/enable", Needs::Inviting, colleagues::enable),
        Route::change("/desk/api/colleagues/{id}/role", Needs::Inviting, colleagues::role),
        Route::read("/desk/api/associations", Needs::Federation, ops::associations),
    ]
}

/// Founders: their bookings, and when they can come.
fn answering() -> Vec<Route> {
    vec![
        Route::read("/desk/api/board", Needs::Team, board::board),
        Route::read("/desk/api/times", Needs::Team, board::times),
        Route::read("/desk/api/sheet", Needs::Team, board::sheet),
        Route::change("/desk/api/bookings", Needs::Team, board::book),
        Route::read("/desk/api/bookings/{reference}", Needs::Team, board::record),
        Route::change("/desk/api/bookings/{reference}/notes", Needs::Team, board::note),
        Route::change("/desk/api/bookings/{reference}/hand-over", Needs::Team, board::hand_over),
        Route::change("/desk/api/bookings/{reference}/subject", Needs::Team, board::subject),
        Route::change("/desk/api/bookings/{reference}/{act}", Needs::Team, board::act),
        Route::read("/desk/api/towns", Needs::Team, board::towns),
        Route::read("/desk/api/availability", Needs::Team, hours::get),
        Route::change("/desk/api/availability", Needs::Team, hours::put),
        Route::read("/desk/api/calls", Needs::Team, ops::calls),
        Route::read("/desk/api/calls/{reference}", Needs::Team, ops::number),
        Route::change("/desk/api/calls/{reference}", Needs::Team, ops::mark),
        Route::read("/desk/api/live", Needs::Team, live::follow).by_itself(),
    ]
}

/// What others read.
fn telling() -> Vec<Route> {
    vec![
        Route::read("/desk/api/facts", Needs::Team, facts::get),
        Route::change("/desk/api/facts/publish", Needs::Lead, facts::publish),
        Route::change("/desk/api/facts/{field}", Needs::Team, facts::draft),
        Route::change("/desk/api/facts/{field}/confirm", Needs::Team, facts::confirm),
        Route::change("/desk/api/facts/{field}/undo", Needs::Team, facts::undo),
        Route::read("/desk/api/texts", Needs::Team, publish::list),
        Route::change("/desk/api/texts", Needs::Team, publish::begin).large(publish::LARGEST),
        Route::read("/desk/api/texts/{id}", Needs::Team, publish::one),
        Route::change("/desk/api/texts/{id}", Needs::Team, publish::write).large(publish::LARGEST),
        Route::read("/desk/api/texts/{id}/revisions/{number}", Needs::Team, publish::revision),
        Route::change("/desk/api/texts/{id}/comments", Needs::Team, publish::comment),
        Route::change("/desk/api/texts/{id}/picture", Needs::Team, publish::picture).picture(),
        Route::change("/desk/api/texts/{id}/{act}", Needs::Team, publish::step),
        Route::read("/desk/api/imports", Needs::Team, elsewhere::addresses),
        Route::change("/desk/api/imports/look", Needs::Team, elsewhere::look),
        Route::change("/desk/api/imports/take", Needs::Team, elsewhere::take)
            .large(elsewhere::LARGEST_CHOICE),
        Route::change("/desk/api/imports/forget", Needs::Team, elsewhere::forget),
        Route::change("/desk/api/files/look", Needs::Team, elsewhere::look_into_file)
            .large(elsewhere::LARGEST_FILE),
        Route::change("/desk/api/files/take", Needs::Team, elsewhere::take_file)
            .large(elsewhere::LARGEST_FILE),
        Route::read("/desk/api/founding", Needs::Session, founding::founding),
    ]
}

/// What a lead or the federation settles and counts.
fn deciding() -> Vec<Route> {
    vec![
        Route::read("/desk/api/report", Needs::Team, report::report),
        Route::read("/desk/api/report/bookings.csv", Needs::Team, report::bookings),
        Route::read("/desk/api/report/totals.csv", Needs::Team, report::totals),
        Route::read("/desk/api/report/national", Needs::Federation, report::national),
        Route::read("/desk/api/mails", Needs::Lead, ops::mails),
        Route::change("/desk/api/mails", Needs::Lead, ops::put_mails),
        Route::change("/desk/api/mails/preview", Needs::Lead, ops::preview),
        Route::read("/desk/api/retention", Needs::Lead, ops::retention),
        Route::change("/desk/api/retention", Needs::Lead, ops::put_retention),
        Route::change("/desk/api/retention/outlook", Needs::Lead, ops::outlook),
    ]
}

pub fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let folded =
        all().into_iter().fold(Router::new(), |router, Route { path, needs, takes, seen, handler, .. }| {
            let guarded = handler.layer(from_fn_with_state((Arc::clone(app), needs, takes, seen), authorise));
            let app = Arc::clone(app);
            // A way in costs a stranger as much as a booking.
            router.route(
                path,
                match needs {
                    Needs::Nothing => guarded.layer(from_fn_with_state(app, limit::changing)),
                    _ => guarded.layer(from_fn_with_state(app, limit::reading)),
                },
            )
        });
    folded.method_not_allowed_fallback(|| async { DeskError::from(Fault::MethodNotAllowed) })
}
