//! Finds members of a JSON object by their paths. What is not wanted is passed over.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::walk::{Walk, Walked};

/// The most parts of a path that the command line may give: there are twice as many ways to read it
/// for each further part.
pub(crate) const MOST_PARTS: usize = 8;

/// How many ways there are to read a path, and more.
const WAYS: u32 = 1 << MOST_PARTS;

/// What puts a `null` behind all other values.
const OF_NULL: u32 = 1 << 31;

/// The paths that are looked for, as a tree of the names of members.
#[derive(Clone, Default)]
pub(crate) struct Paths {
    root: Node,
}

#[derive(Clone, Default)]
struct Node {
    members: Vec<(String, Member)>,
}

/// What is wanted of a member.
#[derive(Clone, Default)]
struct Member {
    /// The slots that take its value, each with the rank of this way to find it.
    slots: Vec<(usize, u32)>,
    /// What is wanted of the members of its value.
    below: Option<Node>,
}

/// A value that was found, as it stands in the text.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) value: &'a RawValue,
    /// Values with a lower rank go before others.
    rank: u32,
}

impl Found<'_> {
    /// Which of the paths of the slot led here.
    pub(crate) fn alternative(&self) -> usize {
        ((self.rank & !OF_NULL) / WAYS) as usize
    }

    /// Whether the whole path is the name of a member.
    pub(crate) fn is_literal(&self) -> bool {
        (self.rank & !OF_NULL).is_multiple_of(WAYS)
    }

    pub(crate) fn is_null(&self) -> bool {
        self.rank & OF_NULL != 0
    }
}

impl Paths {
    /// Looks for a path for a slot. Where a slot has several, the earlier ones go first. A dot is
    /// either the way into an object or part of a name; longer names go first.
    pub(crate) fn add(&mut self, slot: usize, alternative: u32, path: &str) {
        let parts: Vec<_> = path.split('.').collect();
        let mut rank = alternative * WAYS;
        add(&mut self.root, &parts, slot, &mut rank);
    }

    /// Finds the values of the slots in a line. Returns false if the line is not a JSON object, or
    /// if it has two values for the same path.
    pub(crate) fn find<'a>(&self, line: &'a [u8], slots: &mut [Option<Found<'a>>]) -> bool {
        let mut deserializer = serde_json::Deserializer::from_slice(line);
        let node = &self.root;
        let found = Walked(Object { node, slots }).deserialize(&mut deserializer);
        found.is_ok() && deserializer.end().is_ok()
    }
}

fn add(node: &mut Node, parts: &[&str], slot: usize, rank: &mut u32) {
    for length in (1..=parts.len()).rev() {
        let (name, rest) = parts.split_at(length);
        let member = node.member(name.join("."));
        if rest.is_empty() {
            member.slots.push((slot, *rank));
            *rank += 1;
        } else {
            add(member.below.get_or_insert_default(), rest, slot, rank);
        }
    }
}

impl Node {
    fn member(&mut self, name: String) -> &mut Member {
        let index = match self.members.iter().position(|(known, _)| *known == name) {
            Some(index) => index,
            None => {
                self.members.push((name, Member::default()));
                self.members.len() - 1
            }
        };
        &mut self.members[index].1
    }
}

/// Reads an object, and takes what its node wants. Any other value is passed over.
struct Object<'n, 'f, 'a> {
    node: &'n Node,
    slots: &'f mut [Option<Found<'a>>],
}

impl<'a> Walk<'a> for Object<'_, '_, 'a> {
    fn object<A: MapAccess<'a>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(member) = members.next_key_seed(Name(self.node))? {
            match member {
                Some(Member {
                    slots,
                    below: Some(node),
                }) if slots.is_empty() => members.next_value_seed(Walked(Object {
                    node,
                    slots: self.slots,
                }))?,
                None => {
                    members.next_value::<IgnoredAny>()?;
                }
                Some(member) => take(member, members.next_value()?, self.slots)?,
            }
        }
        Ok(())
    }
}

/// Takes the value of a member, and what is wanted of the members of this value.
fn take<'a, E: Error>(
    member: &Member,
    value: &'a RawValue,
    slots: &mut [Option<Found<'a>>],
) -> Result<(), E> {
    let of_null = if value.get() == "null" { OF_NULL } else { 0 };
    for &(slot, rank) in &member.slots {
        let rank = rank | of_null;
        match &slots[slot] {
            // Readers of JSON do not agree on which one is meant.
            Some(found) if found.rank == rank => return Err(E::custom("the same member twice")),
            Some(found) if found.rank < rank => {}
            _ => slots[slot] = Some(Found { value, rank }),
        }
    }
    match &member.below {
        Some(node) if value.get().starts_with('{') => {
            let mut deserializer = serde_json::Deserializer::from_str(value.get());
            let object = Walked(Object { node, slots });
            object.deserialize(&mut deserializer).map_err(E::custom)
        }
        _ => Ok(()),
    }
}

/// Reads the name of a member, and finds it among those of a node.
struct Name<'n>(&'n Node);

impl<'a, 'n> DeserializeSeed<'a> for Name<'n> {
    type Value = Option<&'n Member>;

    fn deserialize<D: serde::Deserializer<'a>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a, 'n> Visitor<'a> for Name<'n> {
    type Value = Option<&'n Member>;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let mut members = self.0.members.iter();
        let found = members.find(|(known, _)| known == name);
        Ok(found.map(|(_, member)| member))
    }
}
