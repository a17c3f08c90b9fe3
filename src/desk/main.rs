//! The desk's entry with the board.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    ui::i18n::open(&ui::i18n::DESK);
    desk::root::start();
}
