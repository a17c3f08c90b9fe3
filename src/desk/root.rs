//! Starts the desk in the place of its static page and decides what stands on the screen: the way in, or the desk.

use browser::document;
use browser::keys as keyboard;
use browser::spawn_local;
use ui::i18n::{Key, plain};
use ui::live::{self, Live};
use ui::node::{Content, El, el};

use crate::keys::{Command, command};
use crate::page;
use crate::routes::{Route, Span};
use crate::state::Desk;
use crate::state::language::speak_at_start;
use crate::state::session::{Standing, Why};

pub fn start() {
    spawn_local(async {
        speak_at_start().await;
        open();
    });
}

fn open() {
    let Some(host) = document::host("app") else { return };
    live::root(move || {
        let desk = Desk::new();
        let view = Live::new(View::Unknown);
        live::follow(move || view.settle(desk.session.standing.with(View::of)));
        desk.routing.watch();
        keep_title(desk, view);
        keep_focus(desk, view);
        keep_nothing_of_others(desk, view);
        keyboard::watch(move |key| {
            let command = command(key, desk.shortcuts.letters.now());
            command.is_some_and(|command| follow_command(desk, command))
        });
        screens(desk, view).mount_alone(&host);
        desk.session.start();
        desk.line.start();
    });
}

/// What of the session decides about the whole screen. The rest of it may change without a field being drawn anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Unknown,
    Unreachable,
    Out(Why),
    In(i64),
}

impl View {
    fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Unknown => Self::Unknown,
            Standing::Unreachable => Self::Unreachable,
            Standing::Out(why) => Self::Out(*why),
            Standing::In(me) => Self::In(me.member.id),
        }
    }
}

fn screens(desk: Desk, view: Live<View>) -> El {
    el("div").class("dk-screens").put_live(move || {
        let _ = desk.language.spoken.get();
        let view = view.get();
        let invited = desk.routing.route.with(|route| *route == Route::Invitation);
        match view {
            View::In(_) => page::frame(desk, move || screen(desk, desk.routing.route.get())),
            View::Unreachable => page::unreachable(desk),
            View::Unknown if !invited => page::waiting(),
            View::Unknown | View::Out(_) if invited => page::invitation(desk),
            View::Unknown => page::waiting(),
            View::Out(why) => page::sign_in(desk, why),
        }
    })
}

fn screen(desk: Desk, route: Route) -> Content {
    match route {
        Route::Board(span, day) => page::board(desk, span, day),
        Route::Record(reference) => page::record(desk, &reference),
        Route::Call => page::call(desk),
        Route::Availability => page::availability(desk),
        Route::Facts => page::facts(desk),
        Route::Sheet(day) => page::sheet(desk, day),
        Route::Calls(day) => page::calls(desk, day),
        Route::Mails => page::mails(desk),
        Route::Retention => page::retention(desk),
        Route::Reports => page::reports(desk),
        Route::Found => page::found(desk),
        Route::Colleagues => page::colleagues(desk),
        Route::Passkeys => page::passkeys(desk),
        Route::Invitation => page::already_in(),
        Route::NotFound => page::not_found(),
    }
}

fn title(route: &Route) -> Key {
    match route {
        Route::Board(Span::Day, _) => Key::DeskTitleToday,
        Route::Board(Span::Week, _) => Key::DeskTitleWeek,
        Route::Record(_) => Key::DeskTitleRecord,
        Route::Call => Key::DeskTitleCall,
        Route::Availability => Key::DeskTitleAvailability,
        Route::Facts => Key::DeskFactsTitle,
        Route::Sheet(_) => Key::DeskTitleSheet,
        Route::Calls(_) => Key::DeskOpsCalls,
        Route::Mails => Key::DeskOpsMails,
        Route::Retention => Key::DeskOpsRetention,
        Route::Reports => Key::DeskRepTitle,
        Route::Found => Key::DeskFoundTitle,
        Route::Colleagues => Key::DeskTitleColleagues,
        Route::Passkeys => Key::DeskTitlePasskeys,
        Route::Invitation => Key::DeskTitleInvitation,
        Route::NotFound => Key::DeskTitleNotFound,
    }
}

/// No number and no name in the title: it stands in lists of windows and in the browser's history.
fn keep_title(desk: Desk, view: Live<View>) {
    live::follow(move || {
        let _ = desk.language.spoken.get();
        let inside = matches!(view.get(), View::In(_));
        let name = plain(Key::DeskName);
        document::set_title(&match desk.routing.route.with(|route| inside.then(|| plain(title(route)))) {
            Some(screen) => [&*screen, &*name].join(" | "),
            None => name,
        });
    });
}

/// A new screen starts at its heading, for eyes and for screen readers.
fn keep_focus(desk: Desk, view: Live<View>) {
    live::follow(move || {
        let arrived = desk.routing.arrivals.get() > 0;
        if arrived || matches!(view.get(), View::In(_)) {
            document::once_drawn(|| {
                document::scroll_to_top();
                document::focus_unless_typing("page-title");
            });
        }
    });
}

/// Whoever signs in next at this computer begins with nothing of hers.
fn keep_nothing_of_others(desk: Desk, view: Live<View>) {
    live::follow(move || match view.get() {
        View::In(_) => {
            desk.team.look();
            desk.facts.look();
        }
        View::Out(_) => {
            desk.boards.forget();
            desk.records.forget();
            desk.team.forget();
            desk.hours.forget();
            desk.facts.forget();
            desk.reports.forget();
            desk.mails.forget();
            desk.keeping.forget();
            desk.calls.forget();
            desk.caller.done.settle(None);
        }
        View::Unknown | View::Unreachable => {}
    });
}

/// True where the key has done something.
fn follow_command(desk: Desk, command: Command) -> bool {
    if command == Command::Escape {
        let shown = desk.shortcuts.shown.now();
        desk.shortcuts.shown.settle(false);
        keyboard::leave_field();
        return shown;
    }
    // While the screen is covered, keys reach nothing behind the cover.
    if !desk.session.is_in() || desk.session.asking.now().is_some() || desk.shortcuts.shown.now() {
        return false;
    }
    let calling = desk.routing.route.peek(|route| *route == Route::Call);
    match command {
        Command::Next => keyboard::step("dk-item", true),
        Command::Before => keyboard::step("dk-item", false),
        Command::Today => desk.routing.go(&Route::HOME),
        Command::Week => desk.routing.go(&Route::Board(Span::Week, None)),
        Command::Call => desk.routing.go(&Route::Call),
        Command::Search => keyboard::take_up("search"),
        Command::Help => {
            desk.shortcuts.shown.set(true);
            document::once_drawn(|| {
                document::focus("shortcuts-title");
            });
        }
        Command::Kind(at) if calling => page::choose_kind(desk, at),
        Command::Send if calling => page::send_call(desk),
        Command::Kind(_) | Command::Send | Command::Escape => return false,
    }
    true
}
