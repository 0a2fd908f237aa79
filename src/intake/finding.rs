//! What is inconsistent in IANA's own data without losing any of it. Such rows are kept as
//! they are, and reported.

use std::fmt;

use super::error::{RecordNote, shown};
use super::model::Position;

/// An inconsistency, and where.
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
    PreferredUnknown { name: String, place: String },
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
                write!(f, "person `{}` is referred to nowhere", shown(id))
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
            Self::PreferredUnknown { name, place } => write!(
                f,
                "`{name}` is preferred for {place}, but is not registered there; the line has no \
                 effect"
            ),
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
