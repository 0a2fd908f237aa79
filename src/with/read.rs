//! Reading text, and numbers in place of text, through the `FromStr` of a type.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use ::serde::de::{Deserializer, Error, Visitor};

use crate::format::stack_text::StackText;

/// Reads text; `expected` completes "expected …".
#[inline]
pub(super) fn text<'de, T, D>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(Text(expected, PhantomData))
}

/// Reads text or, where the format tells what it holds, a number.
#[inline]
pub(super) fn text_or_number<'de, T, D>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(TextOrNumber::new(expected))
    } else {
        text(deserializer, expected)
    }
}

struct Text<T>(&'static str, PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A number is read as the text of its digits, so that both have the same errors.
pub(super) struct TextOrNumber<T>(Text<T>);

impl<T> TextOrNumber<T> {
    #[inline]
    pub(super) const fn new(expected: &'static str) -> Self {
        Self(Text(expected, PhantomData))
    }
}

/// The text of a number of 64 bits. 20 bytes hold every such number, with its sign.
#[inline]
pub(super) fn digits<E: Error>(number: impl fmt::Display) -> Result<StackText<20>, E> {
    StackText::format(format_args!("{number}")).map_err(E::custom)
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for TextOrNumber<T> {
    type Value = T;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.0.visit_str(text)
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(digits(number)?.as_str())
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(digits(number)?.as_str())
    }
}
