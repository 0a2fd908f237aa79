//! Goes through a JSON value, into the objects and arrays that a reader wants. Everything else is
//! passed over, so that a long document costs no more memory than what is found in it.

use std::fmt::{self, Formatter};

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What is done with the members of a JSON value.
pub(super) trait Walk<'a>: Sized {
    /// Reads all members of an object.
    fn object<A: MapAccess<'a>>(self, members: A) -> Result<(), A::Error>;

    /// Reads all values of an array.
    fn array<A: SeqAccess<'a>>(self, mut values: A) -> Result<(), A::Error> {
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// Reads any value: a container by its [`Walk`], and nothing of the others.
pub(super) struct Walked<W>(pub(super) W);

impl<'a, W: Walk<'a>> DeserializeSeed<'a> for Walked<W> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a, W: Walk<'a>> Visitor<'a> for Walked<W> {
    type Value = ();

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'a>>(self, members: A) -> Result<(), A::Error> {
        self.0.object(members)
    }

    fn visit_seq<A: SeqAccess<'a>>(self, values: A) -> Result<(), A::Error> {
        self.0.array(values)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
