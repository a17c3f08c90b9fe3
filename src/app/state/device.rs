//! Her device: look, discretion, storage, installation, updates and the network.

use browser::idb::StorageEvent;
use browser::prefs::{self, Pref};
use browser::service_worker::Status;
use browser::share::Shared;
use browser::spawn_local;
use domain::association::Association;
use ui::i18n::{self, Lang};
use ui::live::Live;

use super::language;
use super::routing::Address;
use crate::routes::Route;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    Medium,
    Large,
    Largest,
}

impl TextSize {
    pub const ALL: [Self; 3] = [Self::Medium, Self::Large, Self::Largest];

    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Medium => "m",
            Self::Large => "l",
            Self::Largest => "xl",
        }
    }
}

/// What the storage has to say, as a banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageWord {
    Healing,
    ReloadNeeded,
    MemoryOnly,
    Blocked,
    Lost {
        count: u32,
        ids: Vec<String>,
    },
    /// So many requests the server had not taken.
    LostUnsent(usize),
    /// So many receipts; what they are for is booked all the same.
    LostSent(usize),
    NewerElsewhere,
}

/// What the device says it will keep.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Keeping {
    pub persisted: bool,
    /// Bytes in use, where the browser tells.
    pub used: Option<f64>,
}

#[derive(Clone, Copy)]
pub struct Device {
    /// The language spoken; see `language`.
    pub lang: Live<Lang>,
    /// The words of the language she chose could not be had.
    pub words_missing: Live<bool>,
    pub theme: Live<Theme>,
    pub text: Live<TextSize>,
    pub discreet: Live<bool>,
    pub online: Live<bool>,
    pub worker: Live<Status>,
    pub storage: Live<Option<StorageWord>>,
    pub keeping: Live<Keeping>,
    pub can_install: Live<bool>,
    pub erased: Live<Option<bool>>,
    /// She asked to erase everything and has not confirmed yet.
    pub erase_asked: Live<bool>,
    /// An address was put on the clipboard, for want of a share sheet.
    pub copied: Live<bool>,
}

pub(super) fn chosen<T: Copy>(pref: Pref, all: &[T], tag: impl Fn(T) -> &'static str, otherwise: T) -> T {
    let kept = prefs::get(pref);
    all.iter().copied().find(|value| kept.as_deref() == Some(tag(*value))).unwrap_or(otherwise)
}

impl Device {
    #[must_use]
    pub fn here() -> Self {
        let lang = i18n::language();
        Self {
            lang: Live::new(lang),
            words_missing: Live::new(lang != language::wanted()),
            theme: Live::new(chosen(Pref::Theme, &Theme::ALL, Theme::tag, Theme::System)),
            text: Live::new(chosen(Pref::TextSize, &TextSize::ALL, TextSize::tag, TextSize::Medium)),
            discreet: Live::new(prefs::get(Pref::Discreet).as_deref() == Some("1")),
            online: Live::new(browser::connectivity::is_online()),
            worker: Live::new(Status::Installing),
            storage: Live::new(None),
            keeping: Live::new(Keeping::default()),
            can_install: Live::new(false),
            erased: Live::new(None),
            erase_asked: Live::new(false),
            copied: Live::new(false),
        }
    }

    /// Listens to everything the device has to say, for the life of the page.
    pub fn watch(self) {
        browser::connectivity::watch(move |online| self.online.set(online));
        browser::install::watch(move |can| self.can_install.set(can));
        browser::idb::on_event(move |event| self.hear(event));
        spawn_local(async move { browser::idb::start().await });
    }

    /// Has the service worker keep this version for the day without a network, and hears what becomes of it.
    pub fn keep_offline(self) {
        browser::service_worker::register(move |status| {
            self.worker.set(status);
            if status == Status::Ready {
                self.keep_words();
            }
        });
    }

    fn hear(self, event: StorageEvent) {
        self.storage.set(match event {
            StorageEvent::Healing => Some(StorageWord::Healing),
            StorageEvent::ReloadNeeded => Some(StorageWord::ReloadNeeded),
            StorageEvent::MemoryOnly => Some(StorageWord::MemoryOnly),
            StorageEvent::Blocked => Some(StorageWord::Blocked),
            // One banner: what she has to do again comes first, what she sees on its own screen last.
            StorageEvent::Lost { unsent, .. } if !unsent.is_empty() => {
                Some(StorageWord::LostUnsent(unsent.len()))
            }
            StorageEvent::Lost { sent, .. } if !sent.is_empty() => Some(StorageWord::LostSent(sent.len())),
            StorageEvent::Lost { count, ids, .. } => Some(StorageWord::Lost { count, ids }),
            StorageEvent::NewerVersionElsewhere => Some(StorageWord::NewerElsewhere),
            StorageEvent::Healed | StorageEvent::Unblocked => None,
        });
    }

    pub fn choose_theme(self, theme: Theme) {
        prefs::set(Pref::Theme, theme.tag());
        let attribute = (theme != Theme::System).then_some(theme.tag());
        browser::document::set_root_attribute("data-theme", attribute);
        self.theme.set(theme);
    }

    pub fn choose_text_size(self, text: TextSize) {
        prefs::set(Pref::TextSize, text.tag());
        let attribute = (text != TextSize::Medium).then_some(text.tag());
        browser::document::set_root_attribute("data-text", attribute);
        self.text.set(text);
    }

    pub fn be_discreet(self, on: bool) {
        prefs::set(Pref::Discreet, if on { "1" } else { "0" });
        browser::document::set_root_attribute("data-discreet", on.then_some(""));
        self.discreet.set(on);
    }

    pub fn look_at_storage(self) {
        spawn_local(async move {
            let persisted = browser::storage::persisted().await;
            let used = browser::storage::estimate().await.map(|estimate| estimate.usage);
            self.keeping.set(Keeping { persisted, used });
        });
    }

    pub fn ask_to_keep(self) {
        spawn_local(async move {
            browser::storage::persist().await;
            self.look_at_storage();
        });
    }

    pub fn install(self) {
        spawn_local(async move {
            browser::install::prompt().await;
        });
    }

    pub fn update_now(self) {
        browser::service_worker::activate_waiting();
    }

    pub fn look_for_update(self) {
        browser::service_worker::look_for_update();
    }

    /// Shares the page of an association: what it is, never where she is.
    pub fn share(self, association: &Association) {
        self.share_page(&association.name.value, &Route::Association(association.id.clone()).href());
    }

    /// Shares one of our addresses.
    pub fn share_page(self, title: &str, href: &str) {
        let (title, url) = (title.to_owned(), browser::history::absolute(href));
        spawn_local(async move {
            if let Ok(Shared::Copied) = browser::share::share(&title, &url).await {
                self.copied.set(true);
            }
        });
    }

    /// Forgets everything on this device, and goes to what tells so.
    pub fn erase(self, told_at: &'static str) {
        spawn_local(async move {
            let done = browser::storage::erase_device().await.is_ok();
            self.erased.set(Some(done));
            browser::document::focus_once_drawn(told_at);
        });
    }
}
