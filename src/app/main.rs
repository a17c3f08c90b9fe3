//! The founder's app: starts, takes the place of the static page, and from then on answers without a round trip.

mod page;
mod root;
mod routes;
mod state;

fn main() {
    #[cfg(debug_assertions)]
    browser::panic::tell_in_console();
    root::start();
}
