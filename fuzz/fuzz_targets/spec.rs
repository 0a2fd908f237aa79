//! `Spec`, against a second statement of its rules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::spec;

fuzz_target!(|input: &[u8]| spec::check(input));
