//! The search, against a plain search.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::search;

fuzz_target!(|input: &[u8]| search::check(input));
