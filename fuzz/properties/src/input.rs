//! How the bytes of an input are taken apart.

use std::borrow::Cow;
use std::fmt::Display;

/// The input as text. Bytes that are none are replaced, so that no execution is in vain.
pub(crate) fn text(input: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(input)
}

/// The first byte, which chooses among forms, and the rest. An empty input chooses the first form.
pub(crate) fn choice(input: &[u8]) -> (usize, &[u8]) {
    input
        .split_first()
        .map_or((0, input), |(&first, rest)| (usize::from(first), rest))
}

/// A message for people is short and on one line.
pub(crate) fn assert_message(error: &impl Display) {
    let message = error.to_string();
    assert!(!message.is_empty());
    assert!(message.len() < 1000, "{message}");
    assert!(!message.contains(|c: char| c.is_control()), "{message:?}");
}

/// Whether to look at what takes long: for one input in sixteen, by its last byte.
pub(crate) fn is_sample(input: &[u8]) -> bool {
    input.last().is_none_or(|last| last % 16 == 0)
}
