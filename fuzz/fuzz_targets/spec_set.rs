//! `SpecSet`, against a plain set of all ports.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::spec_set;

fuzz_target!(|input: &[u8]| spec_set::check(input));
