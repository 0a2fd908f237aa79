//! The registry's reader: never panics, and whatever it accepts, another XML reader accepts too and finds the same
//! in it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../upkeep/tests/it/agreement.rs"]
mod agreement;
#[path = "../../src/format/mod.rs"]
mod format;
#[path = "../../src/intake/mod.rs"]
mod intake;

fuzz_target!(|input: &[u8]| {
    agreement::assert_agreement(input);
});
