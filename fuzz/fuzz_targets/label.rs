//! `ports label`: without its labels, the output is the input.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::label;

fuzz_target!(|input: &[u8]| label::check(input));
