//! The reader of the list of common names, against a second statement of its rules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::common_names;

fuzz_target!(|input: &[u8]| common_names::check(input));
