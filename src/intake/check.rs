//! Checks across rows: what must hold between them for the tables to be right, and what IANA's
//! own data leaves inconsistent.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::claims::PortClaims;
use super::error::{ErrorKind, IntakeError, RecordNote};
use super::finding::{Finding, FindingKind};
use super::model::{Position, Record, Registry, RichText, Xref, XrefKind};
use super::preferred::Preference;
use super::rules;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// A registry whose rows fit together.
#[derive(Clone, Debug)]
pub struct Checked {
    pub registry: Registry,
    /// For every record, the index of the record it is an alias of.
    pub alias_of: Vec<Option<usize>>,
    pub preferences: Vec<Preference>,
    /// In the order of the checks, and within each in that of the file.
    pub findings: Vec<Finding>,
}

/// What to do with a preference that the registry does not bear out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StalePreference {
    /// Refuse it: the file of preferred names belongs to this registry.
    Refuse,
    /// Report it: another registry stands in for the one the file belongs to.
    Report,
}

/// What went wrong, and in which of the two files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    #[error(transparent)]
    Registry(IntakeError),
    #[error(transparent)]
    Preferences(IntakeError),
}

/// Checks a registry and the preferences made for it.
///
/// # Errors
///
/// Names that are not ASCII or differ only in case, an alias whose target is missing or itself
/// an alias, a footnote that is missing or stands twice, and preferences that the registry does
/// not bear out if `stale` refuses them.
pub fn check(
    registry: Registry,
    preferences: Vec<Preference>,
    stale: StalePreference,
) -> Result<Checked, CheckError> {
    let mut findings = Vec::new();
    check_names(&registry.records, &mut findings).map_err(CheckError::Registry)?;
    check_footnotes(&registry).map_err(CheckError::Registry)?;
    let alias_of = resolve_aliases(&registry.records).map_err(CheckError::Registry)?;
    find_repeated_keys(&registry.records, &mut findings);
    find_overlaps(&registry.records, &mut findings);
    find_people(&registry, &mut findings);
    let preferences = check_preferences(&registry.records, preferences, stale, &mut findings)
        .map_err(CheckError::Preferences)?;
    Ok(Checked {
        registry,
        alias_of,
        preferences,
        findings,
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

fn note_of(records: &[Record], index: usize) -> Option<RecordNote> {
    Some(RecordNote {
        number: index + 1,
        subject: records.get(index)?.subject(),
    })
}

fn fail(records: &[Record], index: usize, kind: ErrorKind) -> IntakeError {
    let at = records.get(index).map_or(Position::default(), |r| r.at);
    IntakeError {
        record: note_of(records, index),
        ..IntakeError::new(kind, at)
    }
}

fn finding(records: &[Record], index: usize, kind: FindingKind) -> Finding {
    Finding {
        kind,
        at: records.get(index).map_or(Position::default(), |r| r.at),
        record: note_of(records, index),
    }
}

fn check_names(records: &[Record], findings: &mut Vec<Finding>) -> Result<(), IntakeError> {
    let mut spellings: HashMap<String, &str> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        if record.empty_name {
            findings.push(finding(records, index, FindingKind::EmptyName));
        }
        let Some(name) = &record.name else { continue };
        if !name.is_ascii() {
            let kind = ErrorKind::NameNotAscii(name.clone());
            return Err(fail(records, index, kind));
        }
        let first = *spellings.entry(name.to_ascii_lowercase()).or_insert(name);
        if first != name {
            let kind = ErrorKind::NameCase {
                first: first.to_owned(),
                second: name.clone(),
            };
            return Err(fail(records, index, kind));
        }
    }
    Ok(())
}

/// Every reference of a record, those within its texts included.
fn xrefs(record: &Record) -> impl Iterator<Item = &Xref> {
    let texts = record.description.xrefs().chain(record.note.xrefs());
    record.references.iter().chain(texts)
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
        xrefs(record).try_for_each(resolve).map_err(|error| {
            let record = note_of(&registry.records, index);
            IntakeError { record, ..error }
        })?;
    }
    Ok(())
}

type Key<'a> = (Option<&'a str>, Option<Ports>, Option<Protocol>);

fn key(record: &Record) -> Key<'_> {
    (record.name.as_deref(), record.ports, record.protocol)
}

fn resolve_aliases(records: &[Record]) -> Result<Vec<Option<usize>>, IntakeError> {
    let mut by_key: HashMap<Key<'_>, usize> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        by_key.entry(key(record)).or_insert(index);
    }
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
                return Err(fail(records, index, ErrorKind::AliasTarget { target }));
            }
        }
    }
    for (index, target) in alias_of.iter().enumerate() {
        if let Some(target) = target.filter(|&target| alias_of[target].is_some()) {
            let target = records[target].name.clone().unwrap_or_default();
            return Err(fail(records, index, ErrorKind::AliasChain { target }));
        }
    }
    Ok(alias_of)
}

fn find_repeated_keys(records: &[Record], findings: &mut Vec<Finding>) {
    let mut first: HashMap<Key<'_>, usize> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        if record.name.is_none() {
            continue;
        }
        let earlier = *first.entry(key(record)).or_insert(index);
        if earlier != index {
            let earlier = earlier + 1;
            let kind = FindingKind::RepeatedKey { earlier };
            findings.push(finding(records, index, kind));
        }
    }
}

/// Reports every row without a service that shares ports with an earlier one.
fn find_overlaps(records: &[Record], findings: &mut Vec<Finding>) {
    let mut overlaps: BTreeMap<usize, usize> = BTreeMap::new();
    for protocol in Protocol::EACH {
        let mut claims = PortClaims::default();
        for (index, record) in records.iter().enumerate() {
            let Some(ports) = record.ports else { continue };
            if record.name.is_some() || !record.covers_protocol(protocol) {
                continue;
            }
            if let Some(earlier) = claims.claim(ports, index) {
                let first = overlaps.entry(index).or_insert(earlier);
                *first = earlier.min(*first);
            }
        }
    }
    for (index, earlier) in overlaps {
        let earlier = earlier + 1;
        let kind = FindingKind::OverlappingUnnamed { earlier };
        findings.push(finding(records, index, kind));
    }
}

fn find_people(registry: &Registry, findings: &mut Vec<Finding>) {
    let mut listed = HashSet::new();
    for person in &registry.people {
        if !listed.insert(person.id.as_str()) {
            let id = person.id.clone();
            findings.push(Finding {
                kind: FindingKind::RepeatedPerson { id },
                at: person.at,
                record: None,
            });
        }
    }
    let mut referenced: HashSet<&str> = HashSet::new();
    let in_text = |text: &RichText| text.xrefs().any(|xref| xref.kind == XrefKind::Person);
    for (index, record) in registry.records.iter().enumerate() {
        let assignees = record.assignees.iter().flatten();
        let mut ids: Vec<&str> = record
            .contacts
            .iter()
            .chain(assignees)
            .map(String::as_str)
            .collect();
        if in_text(&record.description) || in_text(&record.note) {
            let people = xrefs(record).filter(|xref| xref.kind == XrefKind::Person);
            ids.extend(people.map(|xref| xref.data.as_str()));
        }
        for id in ids {
            if referenced.insert(id) && !listed.contains(id) {
                let id = id.to_owned();
                let kind = FindingKind::UnresolvedPerson { id };
                findings.push(finding(&registry.records, index, kind));
            }
        }
    }
    let texts = registry.footnotes.iter().map(|footnote| &footnote.text);
    let elsewhere = texts.flat_map(RichText::xrefs).chain(&registry.references);
    let people = elsewhere.filter(|xref| xref.kind == XrefKind::Person);
    referenced.extend(people.map(|xref| xref.data.as_str()));
    for person in &registry.people {
        if !referenced.contains(person.id.as_str()) {
            let id = person.id.clone();
            findings.push(Finding {
                kind: FindingKind::UnreferencedPerson { id },
                at: person.at,
                record: None,
            });
        }
    }
}

fn check_preferences(
    records: &[Record],
    preferences: Vec<Preference>,
    stale: StalePreference,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Preference>, IntakeError> {
    let mut kept = Vec::with_capacity(preferences.len());
    for preference in preferences {
        if records.iter().any(|record| preference.names(record)) {
            kept.push(preference);
            continue;
        }
        let (name, place) = (preference.name.clone(), preference.place());
        match stale {
            StalePreference::Refuse => {
                let kind = ErrorKind::PreferredUnknown { name, place };
                return Err(IntakeError::new(kind, preference.at));
            }
            StalePreference::Report => findings.push(Finding {
                kind: FindingKind::PreferredUnknown { name, place },
                at: preference.at,
                record: None,
            }),
        }
    }
    Ok(kept)
}
