//! What stops the intake: everything that would lose or corrupt data.

use std::fmt;

use super::date::ParseDateError;
use super::model::Position;
use super::ports::ParsePortsError;
use super::protocol::ParseProtocolError;

/// Why a registry file or a file of preferred names cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct IntakeError {
    pub kind: Box<ErrorKind>,
    pub at: Position,
    /// The record that was being read or checked.
    pub record: Option<RecordNote>,
}

/// A record as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordNote {
    /// The position among the records of the file, from 1.
    pub number: usize,
    /// The service name or the port numbers, as far as they were known.
    pub subject: Option<String>,
}

impl fmt::Display for RecordNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}", self.number)?;
        match &self.subject {
            None => Ok(()),
            Some(subject) => write!(f, " (`{subject}`)"),
        }
    }
}

impl IntakeError {
    pub fn new(kind: ErrorKind, at: Position) -> Self {
        Self {
            kind: Box::new(kind),
            at,
            record: None,
        }
    }
}

/// On one line, without the file's name: `12:5: record 3 (`http`): …`.
impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.at)?;
        if let Some(record) = &self.record {
            write!(f, "{record}: ")?;
        }
        write!(f, "{}", self.kind)
    }
}

/// Every cause, with what was found and what is accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    #[error("the file cannot be read: {0}")]
    File(String),
    #[error("malformed XML: {0}")]
    Xml(String),
    #[error("the file is no UTF-8 text: {0}")]
    Encoding(String),
    #[error("encoding `{0}` declared, expected UTF-8")]
    DeclaredEncoding(String),
    #[error("XML version `{0}` declared, expected 1.0")]
    DeclaredVersion(String),
    #[error("character U+{0:04X} found, which XML 1.0 does not allow")]
    Character(u32),
    #[error("file of more than {limit} bytes found, expected at most that")]
    FileSize { limit: usize },
    #[error("document type declaration found, expected none")]
    Doctype,
    #[error("the document ends inside element `{0}`, expected `</{0}>`")]
    Truncated(String),
    #[error("the document ends without a root element, expected `registry`")]
    NoRoot,
    #[error("root element `{found}` found, expected `registry`")]
    Root { found: String },
    #[error("second root element `{found}` found, expected the end of the document")]
    SecondRoot { found: String },
    #[error("text `{found}` outside the root element found, expected none")]
    TextOutsideRoot { found: String },
    #[error("element `{element}` in {found} found, expected namespace `{expected}`")]
    Namespace {
        element: String,
        found: String,
        expected: &'static str,
    },
    #[error(
        "unknown entity `&{0};` found, expected a character reference or one of `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`"
    )]
    Entity(String),
    #[error("unknown element `{found}` in `{parent}`, expected {expected}")]
    Element {
        found: String,
        parent: String,
        expected: String,
    },
    #[error("second element `{element}` in `{parent}`, expected at most one")]
    RepeatedElement {
        element: String,
        parent: &'static str,
    },
    #[error("no element `{element}` in `{parent}`, expected one")]
    MissingElement {
        element: &'static str,
        parent: &'static str,
    },
    #[error("text `{found}` directly in `{parent}`, expected only elements")]
    StrayText { found: String, parent: String },
    #[error("elements nested more than {limit} deep, expected at most that")]
    Depth { limit: usize },
    #[error("unknown attribute `{found}` on `{element}`, expected {expected}")]
    Attribute {
        found: String,
        element: String,
        expected: String,
    },
    #[error("second attribute `{attribute}` on `{element}`, expected at most one")]
    RepeatedAttribute { attribute: String, element: String },
    #[error("no attribute `{attribute}` on `{element}`, expected one")]
    MissingAttribute {
        attribute: &'static str,
        element: String,
    },
    #[error("unknown xref type `{found}`, expected {expected}")]
    XrefType { found: String, expected: String },
    #[error("xref of type `{found}` in `assignee`, expected `person`")]
    Assignee { found: &'static str },
    #[error("xref of type `{kind}` with no data and no text, expected one of them")]
    EmptyXref { kind: &'static str },
    #[error("text in the xref of person `{id}`, expected only its id")]
    PersonText { id: String },
    #[error("footnote `{anchor}` is referred to, but no `footnote` has this anchor")]
    Footnote { anchor: String },
    #[error(transparent)]
    Ports(#[from] ParsePortsError),
    #[error(transparent)]
    Protocol(#[from] ParseProtocolError),
    #[error(transparent)]
    Date(#[from] ParseDateError),
    #[error("invalid service code `{found}`, expected a number from 0 to 4294967295")]
    ServiceCode { found: String },
    #[error("service name `{0}` is not ASCII")]
    NameNotAscii(String),
    #[error("service names `{first}` and `{second}` differ only in case, expected one spelling")]
    NameCase { first: String, second: String },
    #[error(
        "the note says an alias to `{target}`, but there is no record of that name with the same number and protocol"
    )]
    AliasTarget { target: String },
    #[error(
        "the note says an alias to `{target}`, which is an alias itself, expected a service that is none"
    )]
    AliasChain { target: String },
    #[error("no records found, expected at least one")]
    NoRecords,
    #[error("more than {limit} records found, expected at most that")]
    RecordCount { limit: usize },
    #[error("more than {limit} persons found, expected at most that")]
    PersonCount { limit: usize },
    #[error("invalid line `{found}`, expected `PORT/PROTOCOL NAME  # reason`")]
    PreferredLine { found: String },
    #[error("no reason on the line of `{name}`, expected `# reason` that names a source")]
    PreferredReason { name: String },
    #[error("`{name}` preferred for {place}, for which line {line} prefers another")]
    PreferredTwice {
        name: String,
        place: String,
        line: usize,
    },
    #[error(
        "no service `{name}` is registered on {place}, expected a preference among the registry's own"
    )]
    PreferredUnknown { name: String, place: String },
}
