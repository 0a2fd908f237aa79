//! The registry's reader never panics. Another XML reader accepts whatever it accepts, and finds
//! the same content.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_upkeep::{intake, write};

#[path = "../../upkeep/tests/it/agreement.rs"]
mod agreement;

fuzz_target!(|input: &[u8]| {
    agreement::assert_agreement(input);
});
