//! What stops the intake: everything that would lose or corrupt data.

use std::fmt;

use super::model::Position;
use crate::format::excerpt::{Excerpt, Shown};
use crate::format::one_of::OneOf;
use crate::format::value::date::Date;
use crate::format::value::ports::PortsFault;
use crate::format::value::protocol::Protocol;

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
            Some(subject) => write!(f, " (`{}`)", shown(subject)),
        }
    }
}

impl IntakeError {
    /// The file as a whole cannot be read.
    pub fn unreadable(error: &std::io::Error) -> Self {
        let start = Position { line: 1, column: 1 };
        Self::new(ErrorKind::File(error.to_string()), start)
    }

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

/// Text of a file as a message shows it: cut if long, on one line.
pub fn shown(text: &str) -> impl fmt::Display {
    Shown { text, longest: 60 }
}

/// The message of the event reader, which may quote the file.
fn shown_message(text: &str) -> impl fmt::Display {
    Shown { text, longest: 200 }
}

/// Every cause, with what was found and what is accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    #[error("the file cannot be read: {0}")]
    File(String),
    #[error("malformed XML: {}", shown_message(.0))]
    Xml(String),
    #[error("the file is no UTF-8 text: {0}")]
    Encoding(String),
    #[error("encoding `{}` declared, expected UTF-8", shown(.0))]
    DeclaredEncoding(String),
    #[error("XML version `{}` declared, expected 1.0", shown(.0))]
    DeclaredVersion(String),
    #[error("character U+{0:04X} found, which XML 1.0 does not allow")]
    Character(u32),
    #[error("file of more than {limit} bytes found, expected at most that")]
    FileSize { limit: usize },
    #[error("document type declaration found, expected none")]
    Doctype,
    #[error("the document ends inside element `{element}`, expected `</{element}>`", element = shown(.0))]
    Truncated(String),
    #[error("the document ends without a root element, expected `registry`")]
    NoRoot,
    #[error("root element `{}` found, expected `registry`", shown(.found))]
    Root { found: String },
    #[error("second root element `{}` found, expected the end of the document", shown(.found))]
    SecondRoot { found: String },
    #[error("text `{}` outside the root element found, expected none", shown(.found))]
    TextOutsideRoot { found: String },
    #[error("element `{}` {}, expected namespace `{expected}`", shown(.element), shown(.found))]
    Namespace {
        element: String,
        found: String,
        expected: &'static str,
    },
    #[error(
        "unknown entity `&{};` found, expected a character reference or one of `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`",
        shown(.0)
    )]
    Entity(String),
    #[error("unknown element `{}` in `{}`, expected {expected}", shown(.found), shown(.parent))]
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
    #[error("text `{}` directly in `{parent}`, expected none", shown(.found))]
    StrayText { found: String, parent: String },
    #[error("elements nested more than {limit} deep, expected at most that")]
    Depth { limit: usize },
    #[error("unknown attribute `{}` on `{}`, expected {expected}", shown(.found), shown(.element))]
    Attribute {
        found: String,
        element: String,
        expected: String,
    },
    #[error("second attribute `{}` on `{}`, expected at most one", shown(.attribute), shown(.element))]
    RepeatedAttribute { attribute: String, element: String },
    #[error("more than {limit} attributes on `{}`, expected at most that", shown(.element))]
    AttributeCount { element: String, limit: usize },
    #[error(
        "more than {limit} tags, texts, references, comments and processing instructions found, expected at most that"
    )]
    EventCount { limit: usize },
    #[error("no attribute `{attribute}` on `{element}`, expected one")]
    MissingAttribute {
        attribute: &'static str,
        element: String,
    },
    #[error("unknown xref type `{}`, expected {expected}", shown(.found))]
    XrefType { found: String, expected: String },
    #[error("xref of type `{found}` in `assignee`, expected `person`")]
    Assignee { found: &'static str },
    #[error("xref of type `text` with no data and no text, expected one of them")]
    EmptyXref,
    #[error("xref of type `{kind}` with no data, expected some")]
    XrefData { kind: &'static str },
    #[error("text or section in the xref of person `{}`, expected only its id", shown(.id))]
    PersonText { id: String },
    #[error("footnote `{}` is referred to, but no `footnote` has this anchor", shown(.anchor))]
    Footnote { anchor: String },
    #[error("second footnote with the anchor `{}`, expected at most one", shown(.anchor))]
    RepeatedFootnote { anchor: String },
    #[error("{} `{}`, expected {}", .fault.found(), Excerpt::of(.found), .fault.expected())]
    Ports { found: String, fault: PortsFault },
    #[error(
        "unknown transport protocol `{}`, expected {}",
        Excerpt::of(.found),
        OneOf(Protocol::ALL.iter())
    )]
    Protocol { found: String },
    #[error("invalid date `{}`, expected {}", Excerpt::of(.found), Date::EXPECTED)]
    Date { found: String },
    #[error("invalid service code `{}`, expected a number from 0 to 4294967295", shown(.found))]
    ServiceCode { found: String },
    #[error("service name `{}` of more than {limit} bytes found, expected at most that", shown(.name))]
    NameLength { name: String, limit: usize },
    #[error("service name `{}` is not ASCII", shown(.0))]
    NameNotAscii(String),
    #[error("service names `{}` and `{}` differ only in case, expected one spelling", shown(.first), shown(.second))]
    NameCase { first: String, second: String },
    #[error(
        "the note says an alias to `{}`, but there is no record of that name with the same number and protocol",
        shown(.target)
    )]
    AliasTarget { target: String },
    #[error(
        "the note says an alias to `{}`, which is an alias itself, expected a service that is none",
        shown(.target)
    )]
    AliasChain { target: String },
    #[error("no records found, expected at least one")]
    NoRecords,
    #[error("more than {limit} records found, expected at most that")]
    RecordCount { limit: usize },
    #[error("more than {limit} persons found, expected at most that")]
    PersonCount { limit: usize },
    #[error("invalid line `{}`, expected `PORT/PROTOCOL NAME  # reason`", shown(.found))]
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
