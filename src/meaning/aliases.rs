//! Which service is an alias of which.

use std::collections::HashMap;

use super::rules;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::intake::error::{ErrorKind, IntakeError};
use crate::intake::model::Record;

type Key<'a> = (Option<&'a str>, Option<Ports>, Option<Protocol>);

fn key(record: &Record) -> Key<'_> {
    (record.name.as_deref(), record.ports, record.protocol)
}

/// For every record the record that it is an alias of: the one of the name that its note gives,
/// with the same number and transport protocol.
pub(super) fn resolve(records: &[Record]) -> Result<Vec<Option<usize>>, IntakeError> {
    // From the last on, so that the first of equal ones stays.
    let by_key = records.iter().enumerate().rev();
    let by_key = by_key.map(|(index, record)| (key(record), index));
    let by_key: HashMap<Key<'_>, usize> = by_key.collect();
    let mut alias_of = vec![None; records.len()];
    for (index, record) in records.iter().enumerate() {
        if record.name.is_none() {
            continue;
        }
        let note = record.note.to_string();
        let Some(target) = rules::alias_target(&note) else {
            continue;
        };
        match by_key.get(&(Some(target), record.ports, record.protocol)) {
            Some(&found) => alias_of[index] = Some(found),
            None => {
                let target = target.to_owned();
                return Err(IntakeError::in_record(
                    index,
                    record,
                    ErrorKind::AliasTarget { target },
                ));
            }
        }
    }
    for (index, target) in alias_of.iter().enumerate() {
        if let Some(target) = target.filter(|&target| alias_of[target].is_some()) {
            let target = records[target].name.clone().unwrap_or_default();
            return Err(IntakeError::in_record(
                index,
                &records[index],
                ErrorKind::AliasChain { target },
            ));
        }
    }
    Ok(alias_of)
}
