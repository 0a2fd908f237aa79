//! Everything that can be read from JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::input::{assert_message, choice, is_sample};
use crate::serialized::{Format, checks};

struct Json;

impl Format for Json {
    /// From bytes, whose text is borrowed, or from a reader, whose text is not.
    fn read<T: DeserializeOwned>(form: usize, bytes: &[u8]) -> Option<T> {
        let read = if form == 0 {
            serde_json::from_slice(bytes)
        } else {
            serde_json::from_reader(bytes)
        };
        // A message may hold suggestions, which take long.
        let tell = |error: &serde_json::Error| {
            if is_sample(bytes) {
                assert_message(error);
            }
        };
        read.inspect_err(tell).ok()
    }

    fn write<T: Serialize>(value: &T) -> Vec<u8> {
        serde_json::to_vec(value).expect("every value can be written")
    }
}

/// The first byte chooses the type and the way of reading. The rest is JSON.
pub fn check(input: &[u8]) {
    let (form, bytes) = choice(input);
    let checks = const { checks::<Json>() };
    checks[form / 2 % checks.len()](form % 2, bytes);
}
