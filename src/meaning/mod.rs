//! What the registry means: the rules, applied once.
//!
//! IANA's rows say much in prose and more by standing where they do. Here it is decided what they
//! say: which service is an alias of which, which names are former ones, which row answers first
//! for a port or a name, what status a row gives its ports, who the assignees are, and which of
//! equals comes first. From here on only facts travel.

mod aliases;
pub mod check;
pub mod claims;
pub mod common_names;
pub mod load;
mod names;
mod people;
pub mod ports;
mod references;
pub mod rules;

use crate::format::table::TooMany;
use crate::format::table::references::Reference;
use crate::format::value::status::PortStatus;
use crate::intake::model::Registry;

use check::Checked;
pub use common_names::CommonNames;
pub use names::{FormerName, Name};
pub use people::People;
pub use ports::PortFacts;

/// A registry and what its rows mean. Rows are given by their positions in the registry.
pub struct Facts<'a> {
    /// The columns as they were read.
    pub registry: &'a Registry,
    /// What is decided of each row.
    pub rows: Vec<RowFacts>,
    /// By transport protocol, in the order of [`Protocol::ALL`](crate::format::value::protocol::Protocol::ALL).
    pub ports: Vec<PortFacts>,
    /// The service names, in the order of their bytes.
    pub names: Vec<Name<'a>>,
    /// The former names, in the order of their bytes.
    pub former_names: Vec<FormerName<'a>>,
    pub people: People<'a>,
    /// The documents that define the registry.
    pub references: Vec<Reference>,
    /// The texts of the footnotes that references point to.
    pub footnotes: Vec<String>,
    /// The DCCP service codes that lead to a service, ascending, with its row.
    pub service_codes: Vec<(u32, usize)>,
    /// The list of common names.
    pub common: CommonNames<'a>,
}

/// What is decided of a row.
pub struct RowFacts {
    /// The status that the row gives its ports.
    pub status: PortStatus,
    /// The row that this one is an alias of.
    pub alias_of: Option<usize>,
    /// The contacts, by their numbers among the people.
    pub contacts: Vec<u16>,
    /// The assignees: those that the row names, else the contacts.
    pub assignees: Vec<u16>,
    /// The documents that the row cites.
    pub references: Vec<Reference>,
}

impl<'a> Facts<'a> {
    /// Decides what the rows mean. The same registry always gives the same facts.
    ///
    /// # Errors
    ///
    /// [`TooMany`] if there are more people than can be told apart by two bytes, or the services
    /// of one transport protocol cover too many ports.
    pub fn of(checked: &'a Checked) -> Result<Self, TooMany> {
        let registry = &checked.registry;
        let records = &registry.records;
        let (names, former_names) = names::names(checked);
        let people = People::of(registry)?;
        let footnotes = references::Footnotes::of(registry);
        let row = |(index, record)| {
            let record: &crate::intake::model::Record = record;
            let contacts = people.numbers(&record.contacts);
            RowFacts {
                status: rules::status_of(record),
                alias_of: checked.alias_of[index],
                assignees: match &record.assignees {
                    Some(ids) => people.numbers(ids),
                    None => contacts.clone(),
                },
                contacts,
                references: footnotes.resolve_all(&record.references),
            }
        };
        Ok(Self {
            registry,
            rows: records.iter().enumerate().map(row).collect(),
            ports: ports::ports(checked)?,
            names,
            former_names,
            people,
            references: footnotes.resolve_all(&registry.references),
            footnotes: footnotes.into_texts(),
            service_codes: service_codes(registry),
            common: CommonNames::of(&checked.common),
        })
    }
}

/// The codes of services; a code that stands several times leads to the first.
fn service_codes(registry: &Registry) -> Vec<(u32, usize)> {
    let rows = registry.records.iter().enumerate();
    let services = rows.filter(|(_, record)| record.name.is_some());
    let mut codes: Vec<(u32, usize)> = services
        .filter_map(|(row, record)| Some((record.service_code?, row)))
        .collect();
    codes.sort_unstable();
    codes.dedup_by_key(|&mut (code, _)| code);
    codes
}
