//! The order of the rows in the tables.
//!
//! First come the records with a service name: those of one name next to each other, the one that
//! answers first in front, and the names in the order of their hash. Then come the records
//! without one, in the order of the registry. A handle is a row plus one, so that 0 can stand for
//! none.

use super::BakeError;
use crate::format::table::name_index::HashedNames;
use crate::format::table::{Packed, TooMany, narrow, sparse};
use crate::intake::model::Record;
use crate::meaning::{Facts, Name, RowFacts};

pub struct Order<'a> {
    /// The names as they were hashed: in the order of their bytes.
    pub names: Vec<&'a str>,
    pub hash: HashedNames,
    /// How many rows have a service name.
    pub services: usize,
    /// By row, the position of its record in the registry.
    pub records: Vec<usize>,
    /// By position in the registry, the row.
    pub rows: Vec<u16>,
}

impl<'a> Order<'a> {
    pub fn of(facts: &Facts<'a>) -> Result<Self, BakeError> {
        let names: Vec<&str> = facts.names.iter().map(|name| name.text).collect();
        let hash = HashedNames::find(&names).ok_or(BakeError::NameHash { names: names.len() })?;
        let named = hash.order.iter().flat_map(|&name| &facts.names[name].rows);
        let mut records: Vec<usize> = named.copied().collect();
        let services = records.len();
        let all = 0..facts.rows.len();
        records.extend(all.filter(|&index| facts.registry.records[index].name.is_none()));
        let mut rows = vec![0; records.len()];
        for (row, &record) in records.iter().enumerate() {
            rows[record] = narrow(row, "records")?;
        }
        // A handle is one more.
        narrow(records.len(), "records")?;
        Ok(Self {
            names,
            hash,
            services,
            records,
            rows,
        })
    }

    /// The names in the order of their slots.
    pub fn by_slot<'f>(&self, facts: &'f Facts<'a>) -> impl Iterator<Item = &'f Name<'a>> {
        self.hash.order.iter().map(|&name| &facts.names[name])
    }

    /// A column, row by row, given how a value follows from a record and from what is decided of
    /// it.
    pub fn column<'f, T>(
        &self,
        facts: &'f Facts<'_>,
        value: &mut dyn FnMut(&'f Record, &'f RowFacts) -> T,
    ) -> Vec<T> {
        let mut column = Vec::new();
        for &record in &self.records {
            column.push(value(&facts.registry.records[record], &facts.rows[record]));
        }
        column
    }

    /// A column of numbers that few rows have.
    pub fn sparse_column<'f>(
        &self,
        facts: &'f Facts<'_>,
        value: &mut dyn FnMut(&'f Record, &'f RowFacts) -> Result<Option<u16>, TooMany>,
    ) -> Result<Packed, TooMany> {
        let column: Result<Vec<_>, _> = self.column(facts, value).into_iter().collect();
        Ok(sparse::pack(&column?))
    }

    /// The handle of a record, 0 for none.
    pub fn handle(&self, record: Option<&usize>) -> u16 {
        record.map_or(0, |&record| self.rows[record] + 1)
    }

    /// The rows of these records.
    pub fn rows_of(&self, records: &[usize]) -> Vec<u16> {
        records.iter().map(|&record| self.rows[record]).collect()
    }
}
