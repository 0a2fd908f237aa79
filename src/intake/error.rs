//! What stops the intake: everything that would lose or corrupt data.

use std::error::Error;
use std::fmt;

use super::model::{Position, Record, XrefKind};
use crate::format::excerpt::{Excerpt, Shown};
use crate::format::one_of::OneOf;
use crate::format::value::common_kind::CommonKind;
use crate::format::value::date::Date;
use crate::format::value::ports::PortsFault;
use crate::format::value::protocol::Protocol;

/// Why a file of the directory `registry` is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The service name or the port numbers, if they had been read by then.
    pub subject: Option<String>,
}

impl RecordNote {
    /// The note on the record at this index.
    pub fn of(index: usize, record: &Record) -> Self {
        Self {
            number: index + 1,
            subject: record.subject(),
        }
    }
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

    /// About a record as a whole, given with its position among the records.
    pub fn in_record(index: usize, record: &Record, kind: ErrorKind) -> Self {
        Self {
            record: Some(RecordNote::of(index, record)),
            ..Self::new(kind, record.at)
        }
    }

    pub fn new(kind: ErrorKind, at: Position) -> Self {
        Self {
            kind: Box::new(kind),
            at,
            record: None,
        }
    }
}

impl Error for IntakeError {}

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

/// A message about malformed XML, which may quote the file.
fn shown_message(text: &str) -> impl fmt::Display {
    Shown { text, longest: 200 }
}

/// Every cause, with what was found and what is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    File(String),
    Xml(String),
    Encoding(String),
    DeclaredEncoding(String),
    DeclaredVersion(String),
    Character(u32),
    FileSize {
        limit: usize,
    },
    Doctype,
    Truncated(String),
    NoRoot,
    Root {
        found: String,
    },
    SecondRoot {
        found: String,
    },
    TextOutsideRoot {
        found: String,
    },
    Namespace {
        element: String,
        found: String,
        expected: &'static str,
    },
    Entity(String),
    Element {
        found: String,
        parent: String,
        expected: String,
    },
    RepeatedElement {
        element: String,
        parent: &'static str,
    },
    MissingElement {
        element: &'static str,
        parent: &'static str,
    },
    StrayText {
        found: String,
        parent: String,
    },
    Depth {
        limit: usize,
    },
    Attribute {
        found: String,
        element: String,
        expected: String,
    },
    RepeatedAttribute {
        attribute: String,
        element: String,
    },
    AttributeCount {
        element: String,
        limit: usize,
    },
    EventCount {
        limit: usize,
    },
    MissingAttribute {
        attribute: &'static str,
        element: String,
    },
    XrefType {
        found: String,
    },
    Assignee {
        found: &'static str,
    },
    EmptyXref,
    XrefData {
        kind: &'static str,
    },
    PersonText {
        id: String,
    },
    Footnote {
        anchor: String,
    },
    RepeatedFootnote {
        anchor: String,
    },
    Ports {
        found: String,
        fault: PortsFault,
    },
    Protocol {
        found: String,
    },
    Date {
        found: String,
    },
    ServiceCode {
        found: String,
    },
    NameLength {
        name: String,
        limit: usize,
    },
    NameNotAscii(String),
    NameCase {
        first: String,
        second: String,
    },
    AliasTarget {
        target: String,
    },
    AliasChain {
        target: String,
    },
    NoRecords,
    RecordCount {
        limit: usize,
    },
    PersonCount {
        limit: usize,
    },
    PreferredLine {
        found: String,
    },
    PreferredReason {
        name: String,
    },
    PreferredTwice {
        name: String,
        place: String,
        line: usize,
    },
    PreferredUnknown {
        name: String,
        place: String,
    },
    CommonLine {
        found: String,
    },
    CommonKind {
        found: String,
    },
    CommonTypedSpan {
        place: String,
    },
    CommonProtocolTwice {
        found: String,
    },
    CommonName {
        found: String,
    },
    CommonNameTwice {
        name: String,
        line: usize,
    },
    CommonSource {
        found: String,
    },
    CommonOrder {
        line: usize,
    },
    CommonOverlap {
        place: String,
        line: usize,
    },
    CommonAlone {
        place: String,
    },
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(reason) => write!(f, "the file cannot be read: {reason}"),
            Self::Xml(message) => write!(f, "malformed XML: {}", shown_message(message)),
            Self::Encoding(reason) => write!(f, "the file is not UTF-8: {reason}"),
            Self::DeclaredEncoding(found) => {
                write!(f, "encoding `{}` declared, expected UTF-8", shown(found))
            }
            Self::DeclaredVersion(found) => {
                write!(f, "XML version `{}` declared, expected 1.0", shown(found))
            }
            Self::Character(code) => write!(
                f,
                "character U+{code:04X} found, which XML 1.0 does not allow"
            ),
            Self::FileSize { limit } => write!(
                f,
                "file of more than {limit} bytes found, expected at most that"
            ),
            Self::Doctype => f.write_str("document type declaration found, expected none"),
            Self::Truncated(element) => write!(
                f,
                "the document ends inside element `{element}`, expected `</{element}>`",
                element = shown(element)
            ),
            Self::NoRoot => {
                f.write_str("the document ends without a root element, expected `registry`")
            }
            Self::Root { found } => write!(
                f,
                "root element `{}` found, expected `registry`",
                shown(found)
            ),
            Self::SecondRoot { found } => write!(
                f,
                "second root element `{}` found, expected the end of the document",
                shown(found)
            ),
            Self::TextOutsideRoot { found } => write!(
                f,
                "text `{}` outside the root element found, expected none",
                shown(found)
            ),
            Self::Namespace {
                element,
                found,
                expected,
            } => write!(
                f,
                "element `{}` {}, expected namespace `{expected}`",
                shown(element),
                shown(found)
            ),
            Self::Entity(entity) => write!(
                f,
                "unknown entity `&{};` found, expected a character reference or one of \
                 `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`",
                shown(entity)
            ),
            Self::Element {
                found,
                parent,
                expected,
            } => write!(
                f,
                "unknown element `{}` in `{}`, expected {expected}",
                shown(found),
                shown(parent)
            ),
            Self::RepeatedElement { element, parent } => write!(
                f,
                "second element `{element}` in `{parent}`, expected at most one"
            ),
            Self::MissingElement { element, parent } => {
                write!(f, "no element `{element}` in `{parent}`, expected one")
            }
            Self::StrayText { found, parent } => write!(
                f,
                "text `{}` directly in `{parent}`, expected none",
                shown(found)
            ),
            Self::Depth { limit } => write!(
                f,
                "elements nested more than {limit} deep, expected at most that"
            ),
            Self::Attribute {
                found,
                element,
                expected,
            } => write!(
                f,
                "unknown attribute `{}` on `{}`, expected {expected}",
                shown(found),
                shown(element)
            ),
            Self::RepeatedAttribute { attribute, element } => write!(
                f,
                "second attribute `{}` on `{}`, expected at most one",
                shown(attribute),
                shown(element)
            ),
            Self::AttributeCount { element, limit } => write!(
                f,
                "more than {limit} attributes on `{}`, expected at most that",
                shown(element)
            ),
            Self::EventCount { limit } => write!(
                f,
                "more than {limit} tags, texts, references, comments and processing \
                 instructions found, expected at most that"
            ),
            Self::MissingAttribute { attribute, element } => {
                write!(f, "no attribute `{attribute}` on `{element}`, expected one")
            }
            Self::XrefType { found } => write!(
                f,
                "unknown xref type `{}`, expected {}",
                shown(found),
                OneOf(XrefKind::ALL.iter().map(|kind| kind.keyword()))
            ),
            Self::Assignee { found } => {
                write!(f, "xref of type `{found}` in `assignee`, expected `person`")
            }
            Self::EmptyXref => {
                f.write_str("xref of type `text` with no data and no text, expected one of them")
            }
            Self::XrefData { kind } => {
                write!(f, "xref of type `{kind}` with no data, expected some")
            }
            Self::PersonText { id } => write!(
                f,
                "text or section in the xref of person `{}`, expected only its id",
                shown(id)
            ),
            Self::Footnote { anchor } => write!(
                f,
                "footnote `{}` is referred to, but no `footnote` has this anchor",
                shown(anchor)
            ),
            Self::RepeatedFootnote { anchor } => write!(
                f,
                "second footnote with the anchor `{}`, expected at most one",
                shown(anchor)
            ),
            Self::Ports { found, fault } => write!(
                f,
                "{} `{}`, expected {}",
                fault.found(),
                Excerpt::of(found),
                fault.expected()
            ),
            Self::Protocol { found } => write!(
                f,
                "unknown transport protocol `{}`, expected {}",
                Excerpt::of(found),
                OneOf(Protocol::ALL.iter())
            ),
            Self::Date { found } => write!(
                f,
                "invalid date `{}`, expected {}",
                Excerpt::of(found),
                Date::EXPECTED
            ),
            Self::ServiceCode { found } => write!(
                f,
                "invalid service code `{}`, expected a number from 0 to 4294967295",
                shown(found)
            ),
            Self::NameLength { name, limit } => write!(
                f,
                "service name `{}` of more than {limit} bytes found, expected at most that",
                shown(name)
            ),
            Self::NameNotAscii(name) => write!(f, "service name `{}` is not ASCII", shown(name)),
            Self::NameCase { first, second } => write!(
                f,
                "service names `{}` and `{}` differ only in case, expected one spelling",
                shown(first),
                shown(second)
            ),
            Self::AliasTarget { target } => write!(
                f,
                "the note says an alias to `{}`, but there is no record of that name with \
                 the same number and protocol",
                shown(target)
            ),
            Self::AliasChain { target } => write!(
                f,
                "the note says an alias to `{}`, which is an alias itself, expected a \
                 service that is not an alias",
                shown(target)
            ),
            Self::NoRecords => f.write_str("no records found, expected at least one"),
            Self::RecordCount { limit } => {
                write!(f, "more than {limit} records found, expected at most that")
            }
            Self::PersonCount { limit } => {
                write!(f, "more than {limit} persons found, expected at most that")
            }
            Self::PreferredLine { found } => write!(
                f,
                "invalid line `{}`, expected `PORT/PROTOCOL NAME  # reason`",
                shown(found)
            ),
            Self::PreferredReason { name } => write!(
                f,
                "no reason on the line of `{name}`, expected `# reason` that names a source"
            ),
            Self::PreferredTwice { name, place, line } => write!(
                f,
                "`{name}` preferred for {place}, for which line {line} prefers another"
            ),
            Self::PreferredUnknown { name, place } => write!(
                f,
                "no service `{name}` is registered on {place}, expected the name and a \
                 port number of one of its services"
            ),
            Self::CommonLine { found } => write!(
                f,
                "invalid line `{}`, expected `KIND PORTS/PROTOCOLS NAME [NAME…] \"TITLE\" # SOURCE`",
                shown(found)
            ),
            Self::CommonKind { found } => write!(
                f,
                "unknown kind of line `{}`, expected {}",
                shown(found),
                OneOf(CommonKind::ALL.iter().map(|kind| kind.as_str()))
            ),
            Self::CommonTypedSpan { place } => write!(
                f,
                "a `typed` line for {}, expected one port that its names lead to",
                shown(place)
            ),
            Self::CommonProtocolTwice { found } => write!(
                f,
                "transport protocol `{}` stands twice on the line, expected once",
                shown(found)
            ),
            Self::CommonName { found } => write!(
                f,
                "invalid name `{}`, expected 1 to 15 lower-case letters, digits and single hyphens, \
                 with a letter; names after the first may also contain `_`, `.` and `+`",
                shown(found)
            ),
            Self::CommonNameTwice { name, line } => write!(
                f,
                "name `{}` stands on line {line} already, expected once, for a name leads to one port",
                shown(name)
            ),
            Self::CommonSource { found } => write!(
                f,
                "invalid source `{}`, expected the address of a page that says so",
                shown(found)
            ),
            Self::CommonOrder { line } => write!(
                f,
                "lower port number than on line {line}, expected the lines in ascending order"
            ),
            Self::CommonOverlap { place, line } => write!(
                f,
                "a label for {}, which line {line} labels already, expected one label for a port, or \
                 `contested` on both lines with the same port numbers",
                shown(place)
            ),
            Self::CommonAlone { place } => write!(
                f,
                "one use of the contested {}, expected a second line with the same port numbers",
                shown(place)
            ),
        }
    }
}
