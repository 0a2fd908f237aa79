//! Service names, their rows and former names.

use std::collections::{BTreeMap, HashSet};

use super::rules;
use crate::intake::check::Checked;

/// A service name.
pub struct Name<'a> {
    pub text: &'a str,
    /// Its rows, the one that answers first in front.
    pub rows: Vec<usize>,
}

/// A name that a service had formerly, and that no row has now.
pub struct FormerName<'a> {
    pub text: String,
    /// The name that took its place.
    pub present: &'a str,
}

/// Both in the order of their bytes.
pub fn names(checked: &Checked) -> (Vec<Name<'_>>, Vec<FormerName<'_>>) {
    let records = &checked.registry.records;
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut former: BTreeMap<String, &str> = BTreeMap::new();
    for (row, record) in records.iter().enumerate() {
        let Some(name) = &record.name else { continue };
        rows.entry(name).or_default().push(row);
        if let Some(old) = rules::former_name(&record.note.to_string()) {
            // Where two services claim it, the first.
            former.entry(old.to_owned()).or_insert(name);
        }
    }
    // A name with a row of its own means that row.
    let present: HashSet<String> = rows.keys().map(|name| name.to_ascii_lowercase()).collect();
    former.retain(|old, _| !present.contains(&old.to_ascii_lowercase()));
    let name = |(text, mut rows): (_, Vec<usize>)| {
        rows.sort_by_key(|&row| {
            let record = &records[row];
            rules::rank_for_name(record, checked.is_preferred(record))
        });
        Name { text, rows }
    };
    let former_name = |(text, present)| FormerName { text, present };
    (
        rows.into_iter().map(name).collect(),
        former.into_iter().map(former_name).collect(),
    )
}
