//! A panic stops the wasm for good. It arrives as a trap in `public/boot.js`, which brings back the static page, whose
//! phone numbers and links need no wasm. The build for phones holds no panic messages; a developer's build tells them.

/// Call it first thing in `main`.
pub fn tell_in_console() {
    std::panic::set_hook(Box::new(|panic| {
        // The place in our code, for whoever opens the console; never anything she typed.
        web_sys::console::error_1(&format!("stopped: {panic}").into());
    }));
}
