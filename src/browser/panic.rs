//! A panic stops the wasm for good, so the page has to hear of it: `public/boot.js` then brings back the static page,
//! whose phone numbers and links need no wasm.

use web_sys::Event;

/// Call it first thing in `main`.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|panic| {
        // The place in our code, for whoever opens the console; never anything she typed.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        web_sys::console::error_1(&format!("stopped at {place}: {}", message(panic)).into());
        if let (Some(window), Ok(event)) = (web_sys::window(), Event::new("tonari:panic")) {
            // Without a listener the page stays as it is, which is all that is left then.
            let _ = window.dispatch_event(&event);
        }
    }));
}

fn message<'a>(panic: &'a std::panic::PanicHookInfo<'_>) -> &'a str {
    panic.payload_as_str().unwrap_or("no message")
}
