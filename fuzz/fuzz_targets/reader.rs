//! The registry's reader: never panics, and whatever it accepts, another XML reader accepts too and finds the same
//! in it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/agreement/mod.rs"]
mod agreement;
#[path = "../../src/intake/mod.rs"]
mod intake;

fuzz_target!(|input: &[u8]| {
    agreement::assert_agreement(input);
});
