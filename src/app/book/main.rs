//! The entry for booking: her times, her letter, and what became of them. Works from the first tap to the queued request
//! without a network.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    ui::i18n::open(&ui::i18n::BOOKING);
    app::book::root::start();
}
