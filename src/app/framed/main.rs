//! The entry for frames on other people's sites: starts, and takes the place of the static page.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    app::framed::root::start();
}
