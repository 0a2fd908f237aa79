//! The document as a stream of nodes, with everything refused that an event reader lets pass:
//! truncation, a second root, foreign namespaces, unknown entities, document types.

use std::borrow::Cow;

use quick_xml::escape::{EscapeError, resolve_xml_entity};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error as QuickError, Reader, XmlVersion};

use super::error::{ErrorKind, IntakeError};
use super::model::{NAMESPACE, Position};
use super::syntax::{self, is_character, is_space};
use crate::format::one_of::OneOf;

/// How large a file may be, in bytes: some sixteen times the registry of 2026.
pub const MAX_FILE_SIZE: usize = 64 << 20;

/// How deep elements may be nested; the registry needs 5.
pub const MAX_DEPTH: usize = 16;

/// How many tags, texts, references, comments and processing instructions a file may hold:
/// some five times those of the registry of 2026.
pub const MAX_EVENTS: usize = 2 << 20;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// One step through the document.
pub enum Node {
    Start(Tag),
    /// Resolved text; a run of text may come in several pieces.
    Text(String, Position),
    /// The end of the element that was last begun and not yet ended.
    End,
}

/// A start tag.
pub struct Tag {
    pub name: String,
    pub at: Position,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The values of the attributes of these names, each `None` where absent.
    ///
    /// Refuses any other attribute.
    pub fn attributes<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<String>; N], IntakeError> {
        for (found, _) in &self.attributes {
            if !names.contains(&found.as_str()) {
                return Err(IntakeError::new(
                    ErrorKind::Attribute {
                        found: found.clone(),
                        element: self.name.clone(),
                        expected: one_of(&names, "no attribute"),
                    },
                    self.at,
                ));
            }
        }
        Ok(names.map(|name| {
            let own = self.attributes.iter().find(|(own, _)| own == name);
            own.map(|(_, value)| value.clone())
        }))
    }
}

/// `a`, `b` or `c` in words; `nothing` for an empty list.
pub fn one_of(names: &[&str], nothing: &str) -> String {
    match names {
        [] => nothing.to_owned(),
        names => OneOf(names.iter()).to_string(),
    }
}

/// An element begun and not yet ended.
struct OpenElement {
    name: String,
    namespaces: Namespaces,
}

/// The namespaces that a tag declares, by their prefixes; the prefix of the default is empty.
type Namespaces = Vec<(String, String)>;

pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    lines: Lines<'a>,
    open: Vec<OpenElement>,
    root_seen: bool,
    events: usize,
}

impl<'a> Xml<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, IntakeError> {
        let start = Position { line: 1, column: 1 };
        if bytes.len() > MAX_FILE_SIZE {
            let limit = MAX_FILE_SIZE;
            return Err(IntakeError::new(ErrorKind::FileSize { limit }, start));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let at = Lines::new(&valid).position(error.valid_up_to());
            IntakeError::new(ErrorKind::Encoding(error.to_string()), at)
        })?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if text.starts_with(BYTE_ORDER_MARK) {
            // The event reader would take it for the first.
            let found = BYTE_ORDER_MARK.to_string();
            return Err(IntakeError::new(
                ErrorKind::TextOutsideRoot { found },
                start,
            ));
        }
        if let Some((offset, character)) = syntax::refused_character(text) {
            return Err(IntakeError::new(
                ErrorKind::Character(character.into()),
                Lines::new(text).position(offset),
            ));
        }
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Ok(Self {
            reader,
            text,
            lines: Lines::new(text),
            open: Vec::new(),
            root_seen: false,
            events: 0,
        })
    }

    /// The next node, or `None` at the end of a complete document.
    pub fn next(&mut self) -> Result<Option<Node>, IntakeError> {
        loop {
            let offset = offset(self.reader.buffer_position());
            let at = self.lines.position(offset);
            let fail = |kind| IntakeError::new(kind, at);
            self.events += 1;
            if self.events > MAX_EVENTS {
                return Err(fail(ErrorKind::EventCount { limit: MAX_EVENTS }));
            }
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.syntax_error(&error)),
            };
            match event {
                Event::Start(start) => return self.start(&start, at).map(Some),
                Event::End(_) => {
                    self.open.pop();
                    return Ok(Some(Node::End));
                }
                Event::Text(text) => {
                    let text = text.xml10_content().map_err(|e| fail(malformed(&e)))?;
                    if text.contains("]]>") {
                        let kind = ErrorKind::Xml("`]]>` in text, expected `]]&gt;`".to_owned());
                        return Err(fail(kind));
                    }
                    if !self.open.is_empty() {
                        return Ok(Some(Node::Text(text.into_owned(), at)));
                    }
                    if !text.chars().all(is_space) {
                        let found = text.trim_matches(is_space).to_owned();
                        return Err(fail(ErrorKind::TextOutsideRoot { found }));
                    }
                }
                Event::CData(text) => {
                    let text = text.xml10_content().map_err(|e| fail(malformed(&e)))?;
                    self.require_root(&text).map_err(fail)?;
                    return Ok(Some(Node::Text(text.into_owned(), at)));
                }
                Event::GeneralRef(reference) => {
                    let text = resolve(&reference).map_err(fail)?;
                    self.require_root(&text).map_err(fail)?;
                    return Ok(Some(Node::Text(text.into_owned(), at)));
                }
                Event::Decl(declaration) => {
                    if offset > 0 {
                        let kind = "an XML declaration, expected only at the start of the file";
                        return Err(fail(ErrorKind::Xml(kind.to_owned())));
                    }
                    let declaration = as_text(&declaration).map_err(fail)?;
                    let parts = declaration.strip_prefix("xml").unwrap_or(declaration);
                    syntax::check_declaration(parts, self.text).map_err(fail)?;
                }
                Event::DocType(_) => return Err(fail(ErrorKind::Doctype)),
                Event::PI(instruction) => {
                    let target = as_text(instruction.target()).map_err(fail)?;
                    syntax::check_target(target).map_err(fail)?;
                }
                Event::Comment(_) => {}
                Event::Eof => {
                    return match self.open.pop() {
                        Some(element) => Err(fail(ErrorKind::Truncated(element.name))),
                        None if !self.root_seen => Err(fail(ErrorKind::NoRoot)),
                        None => Ok(None),
                    };
                }
                Event::Empty(_) => {
                    let kind = ErrorKind::Xml("an empty element was not expanded".to_owned());
                    return Err(fail(kind));
                }
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, at: Position) -> Result<Node, IntakeError> {
        let fail = |kind| IntakeError::new(kind, at);
        let qualified = start.name();
        let qualified = as_text(qualified.as_ref()).map_err(fail)?;
        if !syntax::is_qualified_name(qualified) {
            let message = format!("tag `{qualified}`, expected the name of an element");
            return Err(fail(ErrorKind::Xml(message)));
        }
        let raw = as_text(start.attributes_raw()).map_err(fail)?;
        let (attributes, namespaces) = attributes(raw, qualified).map_err(fail)?;
        let (prefix, name) = qualified.split_once(':').unwrap_or(("", qualified));
        let name = name.to_owned();
        self.open.push(OpenElement {
            name: name.clone(),
            namespaces,
        });
        self.require_namespace(prefix, &name).map_err(fail)?;
        if self.open.len() == 1 && self.root_seen {
            return Err(fail(ErrorKind::SecondRoot { found: name }));
        }
        self.root_seen = true;
        if self.open.len() > MAX_DEPTH {
            return Err(fail(ErrorKind::Depth { limit: MAX_DEPTH }));
        }
        Ok(Node::Start(Tag {
            name,
            at,
            attributes,
        }))
    }

    /// An element must be of the one namespace of IANA's registries.
    fn require_namespace(&self, prefix: &str, element: &str) -> Result<(), ErrorKind> {
        let mut declared = self.open.iter().rev().flat_map(|open| &open.namespaces);
        let own = declared.find(|(declared, _)| declared == prefix);
        let found = match own.map(|(_, name)| name.as_str()) {
            Some(NAMESPACE) => return Ok(()),
            None if !prefix.is_empty() => format!("with the undeclared prefix `{prefix}`"),
            None | Some("") => "in no namespace".to_owned(),
            Some(name) => format!("in namespace `{name}`"),
        };
        Err(ErrorKind::Namespace {
            element: element.to_owned(),
            found,
            expected: NAMESPACE,
        })
    }

    /// Outside of the root element no text may stand but white space as it is.
    fn require_root(&self, text: &str) -> Result<(), ErrorKind> {
        if self.open.is_empty() {
            let found = text.to_owned();
            return Err(ErrorKind::TextOutsideRoot { found });
        }
        Ok(())
    }

    fn syntax_error(&mut self, error: &QuickError) -> IntakeError {
        let at = self.lines.position(offset(self.reader.error_position()));
        IntakeError::new(reader_error(error), at)
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// A part of the document, which as a whole is known to be text.
fn as_text(bytes: &[u8]) -> Result<&str, ErrorKind> {
    std::str::from_utf8(bytes).map_err(|error| ErrorKind::Encoding(error.to_string()))
}

/// Reads the attributes of a tag and the namespaces it declares.
fn attributes(raw: &str, tag: &str) -> Result<(Vec<(String, String)>, Namespaces), ErrorKind> {
    let mut attributes = Vec::new();
    let mut namespaces = Namespaces::new();
    for (name, value) in syntax::attributes(raw, tag)? {
        let value = Attribute::from((name.as_bytes(), value.as_bytes()))
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| value_error(&error))?
            .into_owned();
        if let Some(character) = value.chars().find(|&character| !is_character(character)) {
            return Err(ErrorKind::Character(character.into()));
        }
        match name.split_once(':') {
            None if name == "xmlns" => {
                syntax::check_namespace("", &value)?;
                namespaces.push((String::new(), value));
            }
            Some(("xmlns", prefix)) => {
                syntax::check_namespace(prefix, &value)?;
                namespaces.push((prefix.to_owned(), value));
            }
            None | Some(("xml", _)) => attributes.push((name.to_owned(), value)),
            Some(_) => {
                return Err(ErrorKind::Attribute {
                    found: name.to_owned(),
                    element: tag.to_owned(),
                    expected: "one without a prefix".to_owned(),
                });
            }
        }
    }
    Ok((attributes, namespaces))
}

fn resolve(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, ErrorKind> {
    let character = reference.resolve_char_ref().map_err(|e| malformed(&e))?;
    if let Some(character) = character {
        if !is_character(character) {
            return Err(ErrorKind::Character(character.into()));
        }
        return Ok(character.to_string().into());
    }
    let name = as_text(reference)?;
    match resolve_xml_entity(name) {
        Some(text) => Ok(text.into()),
        None => Err(ErrorKind::Entity(name.to_owned())),
    }
}

fn malformed(error: &impl ToString) -> ErrorKind {
    ErrorKind::Xml(error.to_string())
}

/// The error without the event reader's own word for malformed.
fn reader_error(error: &QuickError) -> ErrorKind {
    match error {
        QuickError::Syntax(error) => malformed(error),
        QuickError::IllFormed(error) => malformed(error),
        error => malformed(error),
    }
}

fn value_error(error: &QuickError) -> ErrorKind {
    match error {
        QuickError::Escape(EscapeError::UnrecognizedEntity(_, entity)) => {
            ErrorKind::Entity(entity.clone())
        }
        error => malformed(error),
    }
}

/// Turns offsets into lines and columns. Offsets that do not go backwards cost one pass in all.
struct Lines<'a> {
    text: &'a str,
    offset: usize,
    at: Position,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let at = Position { line: 1, column: 1 };
        Self {
            text,
            offset: 0,
            at,
        }
    }

    fn position(&mut self, offset: usize) -> Position {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        // By index: see `syntax::refused_character`.
        let bytes = self.text.as_bytes();
        let end = offset.min(bytes.len());
        while self.offset < end {
            match bytes[self.offset] {
                b'\n' => {
                    self.at.line += 1;
                    self.at.column = 1;
                }
                // Not the first byte of a character.
                0x80..=0xBF => {}
                _ => self.at.column += 1,
            }
            self.offset += 1;
        }
        self.at
    }
}
