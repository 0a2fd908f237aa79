//! Everything that can be read from postcard, a binary format.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::input::choice;
use crate::serialized::{Format, checks};

struct Postcard;

impl Format for Postcard {
    fn read<T: DeserializeOwned>(_form: usize, bytes: &[u8]) -> Option<T> {
        postcard::from_bytes(bytes).ok()
    }

    fn write<T: Serialize>(value: &T) -> Vec<u8> {
        postcard::to_allocvec(value).expect("every value can be written")
    }
}

/// The first byte chooses the type. The rest is postcard.
pub fn check(input: &[u8]) {
    let (form, bytes) = choice(input);
    let checks = const { checks::<Postcard>() };
    checks[form % checks.len()](0, bytes);
}
