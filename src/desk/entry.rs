//! What both of the desk's entries do: let somebody in or show her the way, put a screen into the frame, cover it while nobody
//! is there, and keep title, focus and keys in step with the address. What an entry has beside that, it says itself.

use browser::document;
use browser::keys as keyboard;
use browser::spawn_local;
use ui::i18n::{Key, plain};
use ui::live::{self, Live};
use ui::node::{Content, El, el};

use crate::keys::{Command, command};
use crate::page;
use crate::routes::{Route, Span};
use crate::state::Base;
use crate::state::language::speak_at_start;
use crate::state::session::{Standing, Why};

/// Everything that one of the entries remembers and shows.
pub trait Entry: Copy + 'static {
    fn new() -> Self;

    fn base(self) -> Base;

    fn screen(self, route: Route) -> Content;

    /// Somebody is in, perhaps not for the first time.
    fn look(self);

    /// Whoever signs in next at this computer begins with nothing of hers.
    fn forget(self);

    /// The line that a server talks on is there again (`None`), or told of this state of the board.
    fn hear(self, _board: Option<u64>) {}

    /// What stands instead of the way in.
    fn outside(self, _route: &Route) -> Option<Content> {
        None
    }

    /// What waits behind a door.
    fn count(self, _door: &Route) -> Option<El> {
        None
    }

    /// True where the key has done something.
    fn follow(self, _command: Command) -> bool {
        false
    }
}

pub fn start<E: Entry>() {
    spawn_local(async {
        speak_at_start().await;
        open::<E>();
    });
}

fn open<E: Entry>() {
    let Some(host) = document::host("app") else { return };
    live::root(move || {
        let desk = E::new();
        let base = desk.base();
        let view = Live::new(View::Unknown);
        live::follow(move || view.settle(base.session.standing.with(View::of)));
        let screen = Live::new(base.routing.route.with(Route::screen));
        live::follow(move || screen.settle(base.routing.route.with(Route::screen)));
        base.routing.watch();
        keep_title(base, view);
        keep_focus(base, view);
        live::follow(move || match view.get() {
            View::In(_) => desk.look(),
            View::Out(_) => desk.forget(),
            View::Unknown | View::Unreachable => {}
        });
        keyboard::watch(move |key| {
            let command = command(key, base.shortcuts.letters.now());
            command.is_some_and(|command| follow_command(desk, command))
        });
        screens(desk, view, screen).mount_alone(&host);
        base.session.start();
        base.line.start(move |board| desk.hear(board));
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

fn screens<E: Entry>(desk: E, view: Live<View>, screen: Live<Route>) -> El {
    let base = desk.base();
    el("div").class("dk-screens").put_live(move || {
        let _ = base.language.spoken.get();
        let view = view.get();
        let outside = || base.routing.route.with(|route| desk.outside(route));
        match view {
            View::In(_) => page::frame(base, move |door| desk.count(door), move || desk.screen(screen.get())),
            View::Unreachable => page::unreachable(base),
            View::Unknown => outside().unwrap_or_else(page::waiting),
            View::Out(why) => outside().unwrap_or_else(|| page::sign_in(base, why)),
        }
    })
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
        Route::Texts | Route::NewText(_) | Route::Text(_) | Route::Imports | Route::FromFile => {
            Key::DeskPubTitle
        }
        Route::Crisis => Key::DeskPubCrisis,
        Route::Reports => Key::DeskRepTitle,
        Route::Found => Key::DeskFoundTitle,
        Route::Colleagues => Key::DeskTitleColleagues,
        Route::Passkeys => Key::DeskTitlePasskeys,
        Route::Invitation => Key::DeskTitleInvitation,
        Route::NotFound => Key::DeskTitleNotFound,
    }
}

/// No number and no name in the title: it stands in lists of windows and in the browser's history.
fn keep_title(base: Base, view: Live<View>) {
    live::follow(move || {
        let _ = base.language.spoken.get();
        let inside = matches!(view.get(), View::In(_));
        let name = plain(Key::DeskName);
        document::set_title(&match base.routing.route.with(|route| inside.then(|| plain(title(route)))) {
            Some(screen) => [&*screen, &*name].join(" | "),
            None => name,
        });
    });
}

/// A new screen starts at its heading, for eyes and for screen readers.
fn keep_focus(base: Base, view: Live<View>) {
    live::follow(move || {
        let arrived = base.routing.arrivals.get() > 0;
        if arrived || matches!(view.get(), View::In(_)) {
            document::once_drawn(|| {
                document::scroll_to_top();
                document::focus_unless_typing("page-title");
                document::show_current("dk-rail");
            });
        }
    });
}

/// True where the key has done something.
fn follow_command<E: Entry>(desk: E, command: Command) -> bool {
    let base = desk.base();
    if command == Command::Escape {
        let shown = base.shortcuts.shown.now();
        base.shortcuts.shown.settle(false);
        keyboard::leave_field();
        return shown;
    }
    // While the screen is covered, keys reach nothing behind the cover.
    if !base.session.is_in() || base.session.asking.now().is_some() || base.shortcuts.shown.now() {
        return false;
    }
    match command {
        Command::Next => keyboard::step("dk-item", true),
        Command::Before => keyboard::step("dk-item", false),
        Command::Today => base.routing.go(&Route::HOME),
        Command::Week => base.routing.go(&Route::Board(Span::Week, None)),
        Command::Call => base.routing.go(&Route::Call),
        Command::Search => keyboard::take_up("search"),
        Command::Help => {
            base.shortcuts.shown.set(true);
            document::once_drawn(|| {
                document::focus("shortcuts-title");
            });
        }
        Command::Kind(_) | Command::Send | Command::Escape => return desk.follow(command),
    }
    true
}
