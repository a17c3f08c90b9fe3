//! One program for all targets, so that the server is linked once: `TONARI_FUZZ` says which one. Started by
//! `cargo xtask fuzz`, never by hand.

#![no_main]

use std::env;
use std::sync::LazyLock;

use fuzz::Target;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = env::var("TONARI_FUZZ").expect("TONARI_FUZZ names a target");
    fuzz::named(&name).expect("TONARI_FUZZ names a target that there is")
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| (TARGET.run)(data));
