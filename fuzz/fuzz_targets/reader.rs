//! The registry's reader: never panics, and whatever it accepts, another XML reader accepts too and finds the same
//! in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_upkeep::{intake, write};

#[path = "../../upkeep/tests/it/agreement.rs"]
mod agreement;

fuzz_target!(|input: &[u8]| {
    agreement::assert_agreement(input);
});
