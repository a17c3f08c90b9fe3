//! Places where a test kills the server in the middle of its work, each by its name. Only there for tests: without the
//! feature `crash-points`, which no release is built with, a point is nothing.
//!
//! A kill from outside hits the long waits most of the time, the disk above all; between two statements it almost never
//! does, and that is where promises are broken.

#[cfg(feature = "crash-points")]
pub(crate) use armed::pass as crash_point;

#[cfg(not(feature = "crash-points"))]
pub(crate) const fn crash_point(_name: &str) {}

#[cfg(feature = "crash-points")]
mod armed {
    use std::process::{Command, id};
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    /// `TONARI_CRASH_AT=written:7`: the seventh who passes there ends it.
    static ARMED: LazyLock<Option<(String, AtomicU32)>> = LazyLock::new(|| {
        let armed = std::env::var("TONARI_CRASH_AT").ok()?;
        let (name, passes) = armed.split_once(':')?;
        Some((name.to_owned(), AtomicU32::new(passes.parse().ok()?)))
    });

    pub(crate) fn pass(name: &str) {
        let Some((armed, left)) = &*ARMED else { return };
        if armed == name && left.fetch_sub(1, Ordering::Relaxed) == 1 {
            // Not an abort: nothing in here shall have a chance to tidy up.
            let _ = Command::new("kill").args(["-KILL", &id().to_string()]).status();
            loop {
                thread::park();
            }
        }
    }
}
