//! The registry's reader, against another XML reader.
#![no_main]

use libfuzzer_sys::fuzz_target;
use port_registry_fuzz_properties::reader;

fuzz_target!(|input: &[u8]| reader::check(input));
