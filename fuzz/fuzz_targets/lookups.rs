//! Everything that looks a text up, against the independent reading of the registry.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::lookups;

fuzz_target!(|input: &[u8]| lookups::check(input));
