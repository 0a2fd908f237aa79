//! `ServiceName`, against a second statement of RFC 6335's rules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::service_name;

fuzz_target!(|input: &[u8]| service_name::check(input));
