//! Texts in the form of services(5), against a plain list of their lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::services;

fuzz_target!(|input: &[u8]| services::check(input));
