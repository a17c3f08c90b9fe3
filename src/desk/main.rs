//! The desk's only entry.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    ui::i18n::open(&ui::i18n::DESK);
    desk::root::start();
}
