//! The entry for finding: starts, takes the place of the static page, and from then on answers without a round trip.

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    app::root::start();
}
