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

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindingKind {
    #[error(
        "person `{}` is referred to, but is not among the people; the contact has only its id",
        shown(.id)
    )]
    UnresolvedPerson { id: String },
    #[error("person `{}` stands twice among the people; the first is found by its id", shown(.id))]
    RepeatedPerson { id: String },
    #[error("person `{}` is referred to nowhere", shown(.id))]
    UnreferencedPerson { id: String },
    #[error("the name, number and protocol are those of record {earlier}")]
    RepeatedKey { earlier: usize },
    #[error("the port numbers without a service overlap those of record {earlier}")]
    OverlappingUnnamed { earlier: usize },
    #[error("the element `name` is empty; the record is read as one without a service name")]
    EmptyName,
    #[error(
        "`{name}` is preferred for {place}, but is not registered there; the line has no effect"
    )]
    PreferredUnknown { name: String, place: String },
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
