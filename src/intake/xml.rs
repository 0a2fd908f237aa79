//! The document as a stream of nodes, with an error for what an event reader lets pass:
//! truncation, a second root, foreign namespaces, unknown entities, document types.

use std::borrow::Cow;

use quick_xml::errors::IllFormedError;
use quick_xml::escape::{EscapeError, ParseCharRefError, resolve_xml_entity};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error as QuickError, Reader, XmlVersion};

use super::error::{ErrorKind, IntakeError};
use super::model::{LeftOut, LeftOutKind, NAMESPACE, Position};
use super::syntax::{self, is_character, is_space, malformed};
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
pub enum Node<'a> {
    Start(Tag<'a>),
    /// Text with its references resolved. A run of text may come in several pieces.
    Text(Cow<'a, str>, Position),
    /// The end of the element that was last begun and not yet ended.
    End,
}

/// A start tag.
pub struct Tag<'a> {
    /// Without its prefix.
    pub name: &'a str,
    pub at: Position,
    attributes: Attributes<'a>,
}

/// Names and values.
type Attributes<'a> = Vec<(&'a str, Cow<'a, str>)>;

impl<'a> Tag<'a> {
    /// The values of the attributes of these names, each `None` where absent.
    ///
    /// Refuses any other attribute.
    pub fn attributes<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<&str>; N], IntakeError> {
        for &(found, _) in &self.attributes {
            if !names.contains(&found) {
                let kind = ErrorKind::Attribute {
                    found: found.to_owned(),
                    element: self.name.to_owned(),
                    expected: one_of(&names, "no attribute"),
                };
                return Err(IntakeError::new(kind, self.at));
            }
        }
        Ok(names.map(|name| {
            let own = self.attributes.iter().find(|&&(own, _)| own == name);
            own.map(|(_, value)| value.as_ref())
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
struct OpenElement<'a> {
    /// Without its prefix.
    name: &'a str,
    /// How many namespaces were declared before its tag.
    outer_namespaces: usize,
}

pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    lines: Lines<'a>,
    /// Whether texts stand as they are meant, as they do where the document holds neither a
    /// carriage return, which is to be read as a line feed, nor `]]>`, which is refused.
    plain: bool,
    open: Vec<OpenElement<'a>>,
    /// The namespaces that the open elements declare, the innermost last, by their prefixes; the
    /// prefix of the default is empty.
    namespaces: Attributes<'a>,
    root_seen: bool,
    events: usize,
    /// The comments and processing instructions so far, and what the caller adds to them.
    pub left_out: Vec<LeftOut>,
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
            plain: !text.contains('\r') && !text.contains("]]>"),
            open: Vec::new(),
            namespaces: Attributes::new(),
            root_seen: false,
            events: 0,
            left_out: Vec::new(),
        })
    }

    /// The next node, or `None` at the end of a complete document, where no element is open.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, IntakeError> {
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
            let text = match event {
                Event::Start(start) => return self.start(&start, offset, at).map(Some),
                Event::End(_) => {
                    if let Some(element) = self.open.pop() {
                        self.namespaces.truncate(element.outer_namespaces);
                    }
                    return Ok(Some(Node::End));
                }
                Event::Text(text) => {
                    let text = if self.plain {
                        Cow::Borrowed(&self.text[offset..][..text.len()])
                    } else {
                        text.xml10_content().map_err(|e| fail(malformed(e)))?
                    };
                    if !self.plain && text.contains("]]>") {
                        return Err(fail(malformed("`]]>` in text, expected `]]&gt;`")));
                    }
                    // White space is allowed outside of the root element, except as a reference.
                    if self.open.is_empty() {
                        match text.trim_matches(is_space) {
                            "" => continue,
                            found => found.to_owned().into(),
                        }
                    } else {
                        text
                    }
                }
                Event::CData(text) => text.xml10_content().map_err(|e| fail(malformed(e)))?,
                Event::GeneralRef(reference) => resolve(&reference).map_err(fail)?,
                Event::Decl(_) if offset > 0 => {
                    return Err(fail(malformed(
                        "an XML declaration, expected only at the start of the file",
                    )));
                }
                Event::Decl(declaration) => {
                    let declaration = as_text(&declaration).map_err(fail)?;
                    let parts = declaration.strip_prefix("xml").unwrap_or(declaration);
                    syntax::check_declaration(parts, self.text).map_err(fail)?;
                    continue;
                }
                Event::PI(instruction) => {
                    let target = as_text(instruction.target()).map_err(fail)?;
                    syntax::check_target(target).map_err(fail)?;
                    LeftOut::count(&mut self.left_out, LeftOutKind::ProcessingInstruction, at);
                    continue;
                }
                Event::Comment(_) => {
                    LeftOut::count(&mut self.left_out, LeftOutKind::Comment, at);
                    continue;
                }
                Event::DocType(_) => return Err(fail(ErrorKind::Doctype)),
                Event::Eof => return self.end_of_document().map_err(fail),
                Event::Empty(_) => {
                    return Err(fail(malformed("an empty element was not expanded")));
                }
            };
            if self.open.is_empty() {
                let found = text.into_owned();
                return Err(fail(ErrorKind::TextOutsideRoot { found }));
            }
            return Ok(Some(Node::Text(text, at)));
        }
    }

    /// Reads a tag whose `<` stands at the offset.
    fn start(
        &mut self,
        start: &BytesStart<'_>,
        offset: usize,
        at: Position,
    ) -> Result<Node<'a>, IntakeError> {
        let fail = |kind| IntakeError::new(kind, at);
        // Taken from the document, for the event lends it for too short a time.
        let content = &self.text[offset + "<".len()..][..start.len()];
        let (qualified_name, rest) = content.split_at(start.name().as_ref().len());
        let Some((prefix, name)) = syntax::split_qualified(qualified_name) else {
            let message = format!("tag `{qualified_name}`, expected the name of an element");
            return Err(fail(ErrorKind::Xml(message)));
        };
        self.open.push(OpenElement {
            name,
            outer_namespaces: self.namespaces.len(),
        });
        let attributes = self.attributes(rest, qualified_name).map_err(fail)?;
        self.require_namespace(prefix, name).map_err(fail)?;
        if self.open.len() == 1 && self.root_seen {
            let found = name.to_owned();
            return Err(fail(ErrorKind::SecondRoot { found }));
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

    /// Reads the attributes of a tag, and the namespaces it declares into those that hold there.
    fn attributes(&mut self, text: &'a str, tag: &str) -> Result<Attributes<'a>, ErrorKind> {
        let mut attributes = Attributes::new();
        for (name, value) in syntax::written_attributes(text, tag)? {
            let value = normalized_value(value)?;
            match name.split_once(':') {
                None if name == "xmlns" => {
                    syntax::check_namespace("", &value)?;
                    self.namespaces.push(("", value));
                }
                Some(("xmlns", prefix)) => {
                    syntax::check_namespace(prefix, &value)?;
                    self.namespaces.push((prefix, value));
                }
                None | Some(("xml", _)) => attributes.push((name, value)),
                Some(_) => {
                    return Err(ErrorKind::Attribute {
                        found: name.to_owned(),
                        element: tag.to_owned(),
                        expected: "one without a prefix".to_owned(),
                    });
                }
            }
        }
        Ok(attributes)
    }

    fn end_of_document(&self) -> Result<Option<Node<'a>>, ErrorKind> {
        match self.open.last() {
            Some(element) => Err(ErrorKind::Truncated(element.name.to_owned())),
            None if !self.root_seen => Err(ErrorKind::NoRoot),
            None => Ok(None),
        }
    }

    /// An element must be of the one namespace of IANA's registries.
    fn require_namespace(&self, prefix: &str, element: &str) -> Result<(), ErrorKind> {
        let mut declared = self.namespaces.iter().rev();
        let own = declared.find(|&&(declared, _)| declared == prefix);
        let found = match own.map(|(_, name)| name.as_ref()) {
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

    fn syntax_error(&mut self, error: &QuickError) -> IntakeError {
        let at = self.lines.position(offset(self.reader.error_position()));
        // Without the event reader's own word for malformed.
        let kind = match error {
            QuickError::Syntax(error) => malformed(error),
            QuickError::IllFormed(error) => malformed(error),
            error => malformed(error),
        };
        IntakeError::new(kind, at)
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// A part of the document, which as a whole is known to be text.
fn as_text(bytes: &[u8]) -> Result<&str, ErrorKind> {
    std::str::from_utf8(bytes).map_err(|error| ErrorKind::Encoding(error.to_string()))
}

/// The text that `&…;` stands for.
fn resolve(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, ErrorKind> {
    let name = as_text(reference)?;
    let character = reference
        .resolve_char_ref()
        .map_err(|error| reference_error(error, &format!("`&{name};`")))?;
    match character {
        Some(character) if is_character(character) => Ok(character.to_string().into()),
        Some(character) => Err(ErrorKind::Character(character.into())),
        None => match resolve_xml_entity(name) {
            Some(text) => Ok(text.into()),
            None => Err(ErrorKind::Entity(name.to_owned())),
        },
    }
}

/// The value of an attribute: white space as spaces, references resolved.
fn normalized_value(written: &str) -> Result<Cow<'_, str>, ErrorKind> {
    let value = Attribute::from((b"".as_slice(), written.as_bytes()))
        .normalized_value(XmlVersion::Implicit1_0)
        .map_err(|error| reference_error(error, &format!("character reference in `{written}`")))?;
    match syntax::refused_character(&value) {
        Some((_, character)) => Err(ErrorKind::Character(character.into())),
        None => Ok(value),
    }
}

/// The error about a reference; `found` describes it in a message.
fn reference_error(error: QuickError, found: &str) -> ErrorKind {
    match error {
        QuickError::Escape(EscapeError::UnrecognizedEntity(_, name)) => ErrorKind::Entity(name),
        QuickError::Escape(EscapeError::UnterminatedEntity(_)) => {
            malformed(IllFormedError::UnclosedReference)
        }
        QuickError::Escape(EscapeError::InvalidCharRef(fault)) => match fault {
            ParseCharRefError::IllegalCharacter(code) => ErrorKind::Character(code),
            _ => malformed(format_args!("{found}, expected the number of a character")),
        },
        error => malformed(error),
    }
}

/// Turns offsets into lines and columns. Ascending offsets take one pass over the text in all.
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
        let bytes = self.text.as_bytes();
        let end = offset.min(bytes.len());
        while self.offset < end {
            match bytes[self.offset] {
                b'\n' => {
                    self.at.line += 1;
                    self.at.column = 1;
                }
                // A later byte of the same character.
                0x80..=0xBF => {}
                _ => self.at.column += 1,
            }
            self.offset += 1;
        }
        self.at
    }
}
