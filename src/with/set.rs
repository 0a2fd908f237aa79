//! Sets of specifications.

use alloc::string::ToString;
use core::convert::Infallible;
use core::fmt;
use core::str::FromStr;

use ::serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use ::serde::ser::{Serialize, Serializer};

use super::read::{self, TextOrNumber};
use crate::spec::{ParseSpecError, ParseSpecSetError, ResolvedSpec, Spec, SpecSet};

/// Writes the canonical form as text, and a single port number as a number. In binary formats, it
/// is always text.
impl Serialize for SpecSet {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        let text = self.to_string();
        match text.parse() {
            Ok(port) => serializer.serialize_u16(port),
            Err(_) => serializer.serialize_str(&text),
        }
    }
}

/// Reads text or a number as [`SpecSet::from_str`](core::str::FromStr) does, or a list of
/// [`Spec`]s. In binary formats, reads only text.
impl<'de> Deserialize<'de> for SpecSet {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Set)
        } else {
            read::text(deserializer, "text such as `22,80,https/udp`")
        }
    }
}

struct Set;

impl Set {
    const TEXT: TextOrNumber<SpecSet> = TextOrNumber::new(
        "text such as `22,80,https/udp`, a number, or a list such as `[22, \"https/udp\"]`",
    );
}

impl<'de> Visitor<'de> for Set {
    type Value = SpecSet;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Visitor::expecting(&Self::TEXT, f)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<SpecSet, E> {
        Self::TEXT.visit_str(text)
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<SpecSet, E> {
        Self::TEXT.visit_u64(number)
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<SpecSet, E> {
        Self::TEXT.visit_i64(number)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SpecSet, A::Error> {
        let items = core::iter::from_fn(|| list.next_element().transpose());
        let resolved = items.zip(1..).map(|(item, position)| {
            let Item(resolved) = item?;
            resolved.map_err(|cause| A::Error::custom(ParseSpecSetError::in_list(position, cause)))
        });
        resolved.collect()
    }
}

/// An item of a list. Its error is kept back until its position is known.
struct Item(Result<ResolvedSpec, ParseSpecError>);

impl FromStr for Item {
    type Err = Infallible;

    #[inline]
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(Spec::new(text).and_then(Spec::resolve)))
    }
}

impl<'de> Deserialize<'de> for Item {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::text_or_number(deserializer, super::text::SPEC)
    }
}
