//! The founder's app: starts, takes the place of the static page, and from then on answers without a round trip.

mod page;
mod root;
mod routes;
mod state;

fn main() {
    // After a panic the static page comes back, with every phone number on it.
    browser::panic::install_hook();
    root::start();
}
