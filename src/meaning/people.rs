//! People and organizations, by number.

use std::collections::HashMap;

use crate::format::table::{TooMany, narrow};
use crate::intake::model::{Person, Registry};

/// The contacts: those that the registry lists, in its order; then the ids that rows refer to and
/// that the list lacks.
pub struct People<'a> {
    /// The id of each, and what the registry lists of it.
    pub all: Vec<(&'a str, Option<&'a Person>)>,
    /// By id the number; of equal ids the first.
    numbers: HashMap<&'a str, usize>,
}

impl<'a> People<'a> {
    pub(super) fn of(registry: &'a Registry) -> Result<Self, TooMany> {
        let mut people = Self {
            all: Vec::new(),
            numbers: HashMap::new(),
        };
        for person in &registry.people {
            people.push(&person.id, Some(person))?;
        }
        for record in &registry.records {
            for id in record
                .contacts
                .iter()
                .chain(record.assignees.iter().flatten())
            {
                if !people.numbers.contains_key(id.as_str()) {
                    people.push(id, None)?;
                }
            }
        }
        Ok(people)
    }

    fn push(&mut self, id: &'a str, listed: Option<&'a Person>) -> Result<(), TooMany> {
        let number = narrow(self.all.len(), "contacts")?;
        self.numbers.entry(id).or_insert(usize::from(number));
        self.all.push((id, listed));
        Ok(())
    }

    /// The numbers of people with these ids.
    pub(super) fn numbers(&self, ids: &[String]) -> Vec<u16> {
        let numbers = ids.iter().map(|id| self.numbers[id.as_str()] as u16);
        numbers.collect()
    }

    /// The people that are found by their ids, in their order: of equal ids the first.
    pub fn by_id(&self) -> impl Iterator<Item = (&'a str, u16)> + '_ {
        let all = self.all.iter().enumerate();
        all.filter_map(|(number, &(id, _))| {
            (self.numbers[id] == number).then_some((id, number as u16))
        })
    }
}
