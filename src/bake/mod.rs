//! Baking: from facts to tables, and from tables to Rust source.
//!
//! Build-time code. `src/format/table` knows how each kind of table lies in memory; here it is
//! decided which tables there are and what stands in them.

mod common_names;
mod contact_ids;
mod names;
mod order;
mod people;
mod pool;
mod ports;
mod rows;
mod source;

use std::fmt;

use crate::format::table::TooMany;
use crate::format::table::name_index::MAX_SEEDS;
use crate::meaning::Facts;
use order::Order;
use pool::Pool;
use source::Source;

/// Why facts cannot be baked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BakeError {
    TooMany(TooMany),
    /// No perfect hash was found for so many service names.
    NameHash {
        names: usize,
    },
}

impl fmt::Display for BakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany(error) => error.fmt(f),
            Self::NameHash { names } => write!(
                f,
                "no perfect hash of {names} service names found in {MAX_SEEDS} tries"
            ),
        }
    }
}

impl From<TooMany> for BakeError {
    fn from(error: TooMany) -> Self {
        Self::TooMany(error)
    }
}

/// Writes the tables as Rust source, to be included by the crate's `tables` module. The same
/// facts always give the same text.
///
/// # Errors
///
/// If something is more than the tables can count, or no hash of the names is found.
pub fn bake(facts: &Facts<'_>) -> Result<String, BakeError> {
    let order = Order::of(facts)?;
    let mut source = Source::default();
    let mut dates = Pool::with("dates", 0);
    registry(&mut source, facts, &order);
    ports::bake(&mut source, facts, &order)?;
    names::bake(&mut source, facts, &order)?;
    rows::bake(&mut source, facts, &order, &mut dates)?;
    people::bake(&mut source, &facts.people, &mut dates)?;
    source.array("DATES", dates.values());
    common_names::bake(&mut source, &facts.common)?;
    Ok(source.into_text())
}

fn registry(source: &mut Source, facts: &Facts<'_>, order: &Order<'_>) {
    let registry = facts.registry;
    source.constant("TITLE", "&str", format_args!("{:?}", registry.title));
    source.constant("EXPERTS", "&str", format_args!("{:?}", registry.experts));
    source.constant("UPDATED", "u32", registry.updated.to_bits());
    source.constant("RECORDS", "u16", order.records.len());
    source.constant("SERVICES", "u16", order.services);
    source.constant("CONTACTS", "u16", facts.people.all.len());
}
