//! The entry for reading: stories, cases, guides, events and notices. What was fetched once is read and searched without a
//! network, and nobody learns what.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    ui::i18n::open(&ui::i18n::READING);
    app::read::root::start();
}
