//! Every type that is read from postcard: what is accepted reads back as the same value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::from_postcard;

fuzz_target!(|input: &[u8]| from_postcard::check(input));
