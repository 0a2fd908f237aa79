//! Checks across rows: what must hold between them for the tables to be right.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fmt;

use super::aliases;
use crate::format::value::protocol::Protocol;
use crate::intake::common_names::CommonUse;
use crate::intake::error::{ErrorKind, IntakeError, RecordNote};
use crate::intake::model::{Record, Registry, Xref, XrefKind};
use crate::intake::preferred::Preference;

/// A registry whose rows fit together.
#[derive(Clone, Debug)]
pub struct Checked {
    pub registry: Registry,
    /// For every record, the index of the record it is an alias of.
    pub alias_of: Vec<Option<usize>>,
    pub preferences: Vec<Preference>,
    /// The preferences whose service this registry lacks, in the order of their file.
    pub stale_preferences: Vec<Preference>,
    /// The list of common names, in its order. [`check`] leaves it empty.
    pub common: Vec<CommonUse>,
}

/// What to do with a preferred name that the registry lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StalePreference {
    /// Refuse it: the file of preferred names belongs to this registry.
    Refuse,
    /// Report it: another registry stands in for the one the file belongs to.
    Report,
}

/// What went wrong, and in which of the two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckError {
    Registry(IntakeError),
    Preferences(IntakeError),
}

impl Error for CheckError {}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Registry(error) | Self::Preferences(error)) = self;
        error.fmt(f)
    }
}

/// Checks a registry and the preferences made for it.
///
/// # Errors
///
/// Names that are not ASCII or differ only in case, an alias whose target is missing or itself
/// an alias, a footnote that is missing or stands twice, and, if `stale` refuses them, preferred
/// names that the registry lacks.
pub fn check(
    registry: Registry,
    preferences: Vec<Preference>,
    stale: StalePreference,
) -> Result<Checked, CheckError> {
    check_names(&registry.records).map_err(CheckError::Registry)?;
    check_footnotes(&registry).map_err(CheckError::Registry)?;
    let alias_of = aliases::resolve(&registry.records).map_err(CheckError::Registry)?;
    let holds = |own: &Preference| registry.records.iter().any(|record| own.names(record));
    let (preferences, stale_preferences): (Vec<_>, Vec<_>) =
        preferences.into_iter().partition(holds);
    if let (StalePreference::Refuse, Some(line)) = (stale, stale_preferences.first()) {
        let (name, place) = (line.name.clone(), line.place());
        let kind = ErrorKind::PreferredUnknown { name, place };
        let error = IntakeError::new(kind, line.at);
        return Err(CheckError::Preferences(error));
    }
    Ok(Checked {
        registry,
        alias_of,
        preferences,
        stale_preferences,
        common: Vec::new(),
    })
}

impl Checked {
    /// Whether a line prefers this record on this port.
    pub fn is_preferred_on(&self, record: &Record, port: u16, protocol: Protocol) -> bool {
        self.preferences.iter().any(|preference| {
            (preference.port, preference.protocol) == (port, protocol) && preference.names(record)
        })
    }

    /// Whether a line prefers this record for its name.
    pub fn is_preferred(&self, record: &Record) -> bool {
        let mut preferences = self.preferences.iter();
        preferences.any(|preference| preference.names(record))
    }
}

fn check_names(records: &[Record]) -> Result<(), IntakeError> {
    let mut spellings: HashMap<String, &str> = HashMap::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        let Some(name) = &record.name else { continue };
        if !name.is_ascii() {
            let kind = ErrorKind::NameNotAscii(name.clone());
            return Err(IntakeError::in_record(index, &records[index], kind));
        }
        let first = *spellings.entry(name.to_ascii_lowercase()).or_insert(name);
        if first != name {
            let kind = ErrorKind::NameCase {
                first: first.to_owned(),
                second: name.clone(),
            };
            return Err(IntakeError::in_record(index, &records[index], kind));
        }
    }
    Ok(())
}

fn check_footnotes(registry: &Registry) -> Result<(), IntakeError> {
    let mut anchors: HashSet<&str> = HashSet::new();
    for footnote in &registry.footnotes {
        if !anchors.insert(&footnote.anchor) {
            let anchor = footnote.anchor.clone();
            let kind = ErrorKind::RepeatedFootnote { anchor };
            return Err(IntakeError::new(kind, footnote.at));
        }
    }
    let resolve = |xref: &Xref| {
        if xref.kind != XrefKind::Note || anchors.contains(xref.data.as_str()) {
            return Ok(());
        }
        let anchor = xref.data.clone();
        Err(IntakeError::new(ErrorKind::Footnote { anchor }, xref.at))
    };
    registry.references.iter().try_for_each(resolve)?;
    for footnote in &registry.footnotes {
        footnote.text.xrefs().try_for_each(resolve)?;
    }
    for (index, record) in registry.records.iter().enumerate() {
        record.xrefs().try_for_each(resolve).map_err(|error| {
            let record = Some(RecordNote::of(index, record));
            IntakeError { record, ..error }
        })?;
    }
    Ok(())
}
