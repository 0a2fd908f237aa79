//! Service names, their rows and former names.

use std::collections::HashSet;

use super::check::Checked;
use super::rules;

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
    let notes: Vec<String> = records
        .iter()
        .map(|record| record.note.to_string())
        .collect();
    let mut named: Vec<(&str, usize)> = Vec::new();
    let mut formerly_named: Vec<(&str, usize)> = Vec::new();
    for (row, record) in records.iter().enumerate() {
        let Some(name) = &record.name else { continue };
        named.push((name, row));
        if let Some(former) = rules::former_name(&notes[row]) {
            formerly_named.push((former, row));
        }
    }

    let mut names: Vec<Name<'_>> = Vec::new();
    named.sort_unstable();
    for (text, row) in named {
        match names.last_mut() {
            Some(name) if name.text == text => name.rows.push(row),
            _ => names.push(Name {
                text,
                rows: vec![row],
            }),
        }
    }
    for name in &mut names {
        rules::sort_by_rank(&mut name.rows, &|row| {
            let record = &records[row];
            rules::rank_for_name(record, checked.is_preferred(record))
        });
    }

    // A name with a row of its own means that row. Where two services claim a former name, the
    // first has it.
    let present = names.iter().map(|name| name.text.to_ascii_lowercase());
    let mut taken: HashSet<String> = present.collect();
    formerly_named.retain(|(former, _)| taken.insert(former.to_ascii_lowercase()));
    formerly_named.sort_unstable();
    let former_name = |&(former, row): &(&str, usize)| FormerName {
        text: former.to_owned(),
        present: records[row].name.as_deref().unwrap_or_default(),
    };
    let former_names = formerly_named.iter().map(former_name).collect();
    (names, former_names)
}
