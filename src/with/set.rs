//! Sets of specifications.

use alloc::string::ToString;
use core::fmt;

use ::serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use ::serde::ser::{Serialize, Serializer};

use super::by_names::{ByNames, Registered};
use super::read::{self, digits};
use crate::spec::{ParseSpecError, ParseSpecSetError, ResolvedSpec, SpecSet};

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
/// [`Spec`](crate::Spec)s. In binary formats, reads only text.
impl<'de> Deserialize<'de> for SpecSet {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_set(Registered, deserializer)
    }
}

/// Reads a set by these names.
#[inline]
pub(super) fn read_set<'de, D: Deserializer<'de>>(
    names: impl ByNames,
    deserializer: D,
) -> Result<SpecSet, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(Set(names))
    } else {
        // In such a format, the text is what a set writes: port numbers.
        read::text(deserializer, "text such as `22,80,https/udp`")
    }
}

/// Reads a set by these names, or none.
#[inline]
pub(super) fn read_option<'de, D: Deserializer<'de>>(
    names: impl ByNames,
    deserializer: D,
) -> Result<Option<SpecSet>, D::Error> {
    deserializer.deserialize_option(SetOrNone(names))
}

struct SetOrNone<N>(N);

impl<'de, N: ByNames> Visitor<'de> for SetOrNone<N> {
    type Value = Option<SpecSet>;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a set of ports, such as `22,80,https/udp`, or none")
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Option<SpecSet>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Option<SpecSet>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Option<SpecSet>, D::Error> {
        read_set(self.0, source).map(Some)
    }
}

struct Set<N>(N);

impl<N: ByNames> Set<N> {
    #[inline]
    fn read<E: Error>(&self, text: &str) -> Result<SpecSet, E> {
        let set = self.0.set(text);
        set.map_err(|error| E::custom(self.0.explain_set(&error)))
    }
}

impl<'de, N: ByNames> Visitor<'de> for Set<N> {
    type Value = SpecSet;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "text such as `22,80,https/udp`, a number, or a list such as `[22, \"https/udp\"]`",
        )
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<SpecSet, E> {
        self.read(text)
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<SpecSet, E> {
        self.read(digits(number)?.as_str())
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<SpecSet, E> {
        self.read(digits(number)?.as_str())
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SpecSet, A::Error> {
        let Self(names) = self;
        let items = core::iter::from_fn(|| list.next_element_seed(Item(names)).transpose());
        let resolved = items.zip(1..).map(|(item, position)| {
            item?.map_err(|cause| {
                let error = ParseSpecSetError::in_list(position, cause);
                A::Error::custom(names.explain_set(&error))
            })
        });
        resolved.collect()
    }
}

/// An item of a list. Its error is kept back until its position is known.
#[derive(Clone, Copy)]
struct Item<N>(N);

impl<'de, N: ByNames> DeserializeSeed<'de> for Item<N> {
    type Value = Result<ResolvedSpec, ParseSpecError>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<N: ByNames> Visitor<'_> for Item<N> {
    type Value = Result<ResolvedSpec, ParseSpecError>;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::text::SPEC)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(self.0.resolve(text))
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(self.0.resolve(digits(number)?.as_str()))
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(self.0.resolve(digits(number)?.as_str()))
    }
}
