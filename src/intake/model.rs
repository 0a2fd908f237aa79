//! The registry as read: every fact of IANA's XML, in the order of the file.

use std::fmt;

use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::words::words;

/// The namespace of IANA's registries.
pub const NAMESPACE: &str = "http://www.iana.org/assignments";

/// Where something stands in a file, counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The element `registry`.
#[derive(Clone, Debug)]
pub struct Registry {
    #[allow(dead_code, reason = "kept for writing the registry as XML")]
    pub id: String,
    pub title: String,
    #[allow(dead_code, reason = "kept for writing the registry as XML")]
    pub category: String,
    pub updated: Date,
    /// The documents that define the registry.
    pub references: Vec<Xref>,
    pub experts: String,
    pub records: Vec<Record>,
    pub footnotes: Vec<Footnote>,
    pub people: Vec<Person>,
    #[allow(dead_code, reason = "reported by `refresh`")]
    pub left_out: Vec<LeftOut>,
}

/// What a file holds and the registry does not, because it cannot state a fact of a row: all of one
/// kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "reported by `refresh`")]
pub struct LeftOut {
    pub kind: LeftOutKind,
    /// Where the first one stands.
    pub first: Position,
    pub count: usize,
}

/// The kinds of what is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "reported by `refresh`")]
pub enum LeftOutKind {
    Comment,
    ProcessingInstruction,
    /// A child of `registry`, by its name.
    Notice(String),
}

impl LeftOut {
    /// Counts one more of this kind.
    pub fn count(all: &mut Vec<Self>, kind: LeftOutKind, at: Position) {
        match all.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count += 1,
            None => all.push(Self {
                kind,
                first: at,
                count: 1,
            }),
        }
    }
}

/// The element `record`: a row of the registry.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub at: Position,
    /// `None` on rows that only state the status of ports.
    pub name: Option<String>,
    /// The element `name` is there, but empty.
    pub empty_name: bool,
    pub ports: Option<Ports>,
    /// The element `protocol` is there, but empty.
    pub empty_protocol: bool,
    /// The number is written `N-N`.
    pub one_as_span: bool,
    pub protocol: Option<Protocol>,
    pub description: RichText,
    /// Ids of persons; `None` where the element `assignee` is absent.
    pub assignees: Option<Vec<String>>,
    /// Ids of persons.
    pub contacts: Vec<String>,
    pub references: Vec<Xref>,
    pub service_code: Option<u32>,
    pub unauthorized_use: String,
    pub note: RichText,
    pub registered: Option<Date>,
    pub modified: Option<Date>,
}

impl Record {
    /// What a message calls the record: its name, or else its port numbers.
    pub fn subject(&self) -> Option<String> {
        let ports = || self.ports.map(|ports| ports.to_string());
        self.name.clone().or_else(ports)
    }

    /// Every reference of the record, those within its texts included.
    pub fn xrefs(&self) -> impl Iterator<Item = &Xref> {
        let texts = self.description.xrefs().chain(self.note.xrefs());
        self.references.iter().chain(texts)
    }

    /// Whether the record covers the port on the transport protocol. A record without a
    /// protocol covers every one.
    pub fn covers(&self, port: u16, protocol: Protocol) -> bool {
        self.covers_protocol(protocol) && self.ports.is_some_and(|ports| ports.contains(port))
    }

    pub fn covers_protocol(&self, protocol: Protocol) -> bool {
        self.protocol.is_none_or(|own| own == protocol)
    }
}

/// The element `footnote`.
#[derive(Clone, Debug)]
pub struct Footnote {
    pub at: Position,
    pub anchor: String,
    pub text: RichText,
}

/// The element `person`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub at: Position,
    pub id: String,
    pub name: Option<String>,
    pub organization: Option<String>,
    /// In the order of the file, without the empty ones.
    pub uris: Vec<String>,
    pub updated: Option<Date>,
}

/// The element `xref`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Xref {
    pub at: Position,
    pub kind: XrefKind,
    /// Empty for [`XrefKind::Text`].
    pub data: String,
    pub section: Option<String>,
    /// The text inside the element, which IANA prints instead of the data.
    pub own_text: Option<String>,
}

impl Xref {
    /// The text that IANA prints for the reference, between square brackets.
    pub fn text(&self) -> String {
        match (&self.own_text, self.kind, &self.section) {
            (Some(text), _, _) => text.clone(),
            (None, XrefKind::Rfc, Some(section)) => {
                format!("{}, Section {section}", self.data.to_uppercase())
            }
            (None, XrefKind::Rfc, None) => self.data.to_uppercase(),
            (None, _, _) => self.data.clone(),
        }
    }
}

/// The values of `xref/@type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XrefKind {
    Person,
    Rfc,
    Draft,
    Uri,
    Text,
    /// A footnote.
    Note,
    RfcErrata,
    Registry,
    Unicode,
}

words! {
    XrefKind:
    /// Every kind.
    ALL;
    /// The word that stands in the attribute.
    fn keyword {
        Person => "person",
        Rfc => "rfc",
        Draft => "draft",
        Uri => "uri",
        Text => "text",
        Note => "note",
        RfcErrata => "rfc-errata",
        Registry => "registry",
        Unicode => "unicode",
    }
}

impl XrefKind {
    /// The kind of a keyword, spelled as IANA does.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Self::of_word(keyword.as_bytes()).filter(|kind| kind.keyword() == keyword)
    }
}

/// Text with references in it, cleaned as IANA's CSV has it.
///
/// `Display` writes it as the CSV does, each reference in square brackets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText {
    pub parts: Vec<Inline>,
}

/// A part of a [`RichText`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Xref(Xref),
}

impl Inline {
    /// Adds text after the last part, as one with the text that stands there.
    pub fn push_text(parts: &mut Vec<Self>, text: &str) {
        match parts.last_mut() {
            Some(Self::Text(before)) => before.push_str(text),
            _ => parts.push(Self::Text(text.to_owned())),
        }
    }
}

impl RichText {
    /// Cleans raw parts: every run of white space with a line break inside becomes one space,
    /// and white space at both ends of the whole is removed.
    ///
    /// Each text is cleaned for itself, for a reference prints as `[…]` and ends a run.
    pub fn clean(raw: Vec<Inline>) -> Self {
        let mut parts = raw;
        for part in &mut parts {
            if let Inline::Text(text) = part {
                *text = fold_line_breaks(text);
            }
        }
        if let Some(Inline::Text(text)) = parts.first_mut() {
            *text = text.trim_start().to_owned();
        }
        if let Some(Inline::Text(text)) = parts.last_mut() {
            text.truncate(text.trim_end().len());
        }
        parts.retain(|part| !matches!(part, Inline::Text(text) if text.is_empty()));
        Self { parts }
    }

    pub fn xrefs(&self) -> impl Iterator<Item = &Xref> {
        self.parts.iter().filter_map(|part| match part {
            Inline::Xref(xref) => Some(xref),
            Inline::Text(_) => None,
        })
    }
}

impl fmt::Display for RichText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Inline::Text(text) => f.write_str(text)?,
                Inline::Xref(xref) => write!(f, "[{}]", xref.text())?,
            }
        }
        Ok(())
    }
}

/// Turns every run of white space that matches `\s+\n\s+` into one space, as IANA does when it
/// renders its CSV.
///
/// A run of white space matches if one of its inner characters is a line feed.
pub fn fold_line_breaks(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_whitespace) {
        let (before, from_run) = rest.split_at(start);
        let end = from_run.find(|character: char| !character.is_whitespace());
        let (run, after) = from_run.split_at(end.unwrap_or(from_run.len()));
        let mut inner = run.chars();
        inner.next();
        inner.next_back();
        folded.push_str(before);
        folded.push_str(if inner.as_str().contains('\n') {
            " "
        } else {
            run
        });
        rest = after;
    }
    folded.push_str(rest);
    folded
}
