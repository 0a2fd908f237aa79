//! From the id of a contact to its number: a set of `phf`.

use std::fmt;
use std::hash::{Hash, Hasher};

use phf_shared::{FmtConst, PhfHash};

use super::source::Source;
use crate::meaning::People;

pub fn bake(source: &mut Source, people: &People<'_>) {
    let mut set = phf_codegen::Set::new();
    for (id, number) in people.by_id() {
        set.entry(ContactKey { id, number });
    }
    source.item(
        "BY_CONTACT_ID",
        "phf::Set<ContactKey>",
        set.build(),
        "size_of_val(&BY_CONTACT_ID) + size_of_val(BY_CONTACT_ID.map.entries) \
         + size_of_val(BY_CONTACT_ID.map.disps)"
            .to_owned(),
    );
}

/// A contact's number, which hashes and compares as its id.
#[derive(Clone)]
struct ContactKey<'a> {
    id: &'a str,
    number: u16,
}

impl PartialEq for ContactKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ContactKey<'_> {}

impl Hash for ContactKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl PhfHash for ContactKey<'_> {
    fn phf_hash<H: Hasher>(&self, state: &mut H) {
        self.id.phf_hash(state);
    }
}

impl FmtConst for ContactKey<'_> {
    fn fmt_const(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContactKey({})", self.number)
    }
}
