//! Inconsistencies in IANA's own data. Such rows are kept as they are, and reported. So is what the reader
//! left out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use crate::format::value::protocol::Protocol;
use crate::intake::error::{RecordNote, shown};
use crate::intake::model::{LeftOut, LeftOutKind, Position, Record, Registry, RichText, XrefKind};
use crate::meaning::claims::PortClaims;

/// An inconsistency and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    pub at: Position,
    pub record: Option<RecordNote>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingKind {
    UnresolvedPerson { id: String },
    RepeatedPerson { id: String },
    UnreferencedPerson { id: String },
    RepeatedKey { earlier: usize },
    OverlappingUnnamed { earlier: usize },
    EmptyName,
    EmptyProtocol,
    LeftOut { kind: LeftOutKind, count: usize },
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnresolvedPerson { id } => write!(
                f,
                "person `{}` is referred to, but is not among the people; the contact has only its \
                 id",
                shown(id)
            ),
            Self::RepeatedPerson { id } => write!(
                f,
                "person `{}` stands twice among the people; the first is found by its id",
                shown(id)
            ),
            Self::UnreferencedPerson { id } => {
                write!(f, "nothing refers to person `{}`", shown(id))
            }
            Self::RepeatedKey { earlier } => write!(
                f,
                "the name, number and protocol are those of record {earlier}"
            ),
            Self::OverlappingUnnamed { earlier } => write!(
                f,
                "the port numbers without a service overlap those of record {earlier}"
            ),
            Self::EmptyName => f.write_str(
                "the element `name` is empty; the record is read as one without a service name",
            ),
            Self::EmptyProtocol => f.write_str(
                "the element `protocol` is empty; the record is read as one for every transport protocol",
            ),
            Self::LeftOut { kind, count } => {
                match kind {
                    LeftOutKind::Comment => f.write_str("a comment")?,
                    LeftOutKind::ProcessingInstruction => f.write_str("a processing instruction")?,
                    LeftOutKind::Notice(element) => {
                        write!(f, "the element `{}` of the registry", shown(element))?;
                    }
                }
                f.write_str(" is left out, for it states no fact of a row")?;
                match count {
                    1 => Ok(()),
                    count => write!(f, "; the file has {count} of this kind"),
                }
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.at)?;
        if let Some(record) = &self.record {
            write!(f, "{record}: ")?;
        }
        write!(f, "{}", self.kind)
    }
}

/// All inconsistencies of the registry and what is left out of it, one kind after the other, each in the
/// order of the file.
pub fn survey(registry: &Registry) -> Vec<Finding> {
    let mut findings = Vec::new();
    find_empty_elements(&registry.records, &mut findings);
    find_repeated_keys(&registry.records, &mut findings);
    find_overlaps(&registry.records, &mut findings);
    find_people(registry, &mut findings);
    findings.extend(registry.left_out.iter().map(left_out));
    findings
}

fn finding(records: &[Record], index: usize, kind: FindingKind) -> Finding {
    let record = &records[index];
    Finding {
        kind,
        at: record.at,
        record: Some(RecordNote::of(index, record)),
    }
}

fn left_out(all: &LeftOut) -> Finding {
    let LeftOut { kind, first, count } = all;
    Finding {
        kind: FindingKind::LeftOut {
            kind: kind.clone(),
            count: *count,
        },
        at: *first,
        record: None,
    }
}

fn find_empty_elements(records: &[Record], findings: &mut Vec<Finding>) {
    for (index, record) in records.iter().enumerate() {
        if record.empty_name {
            findings.push(finding(records, index, FindingKind::EmptyName));
        }
        if record.empty_protocol {
            findings.push(finding(records, index, FindingKind::EmptyProtocol));
        }
    }
}

fn find_repeated_keys(records: &[Record], findings: &mut Vec<Finding>) {
    let mut first: HashMap<_, usize> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        if record.name.is_none() {
            continue;
        }
        let key = (&record.name, record.ports, record.protocol);
        let earlier = *first.entry(key).or_insert(index);
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
            let people = record.xrefs().filter(|xref| xref.kind == XrefKind::Person);
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
