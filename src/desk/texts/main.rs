//! The desk's entry for texts.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    ui::i18n::open(&ui::i18n::DESK);
    ui::i18n::open(&ui::i18n::DESK_TEXTS);
    desk::texts::root::start();
}
