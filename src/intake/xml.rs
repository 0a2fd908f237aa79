//! The document as a stream of nodes, with everything refused that an event reader lets pass:
//! truncation, a second root, foreign namespaces, unknown entities, document types.

use quick_xml::NsReader;
use quick_xml::escape::{EscapeError, resolve_xml_entity};
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};
use quick_xml::{Error as QuickError, XmlVersion};

use super::error::{ErrorKind, IntakeError};
use super::model::Position;

/// The namespace of IANA's registries.
pub const NAMESPACE: &str = "http://www.iana.org/assignments";

/// How large a file may be, in bytes: some sixteen times the registry of 2026.
pub const MAX_FILE_SIZE: usize = 64 << 20;

/// How deep elements may be nested; the registry needs 4.
pub const MAX_DEPTH: usize = 32;

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
        [only] => format!("`{only}`"),
        [most @ .., last] => {
            let most: Vec<_> = most.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", most.join(", "))
        }
    }
}

pub struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    lines: Lines<'a>,
    /// The elements begun and not yet ended.
    open: Vec<String>,
    root_seen: bool,
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
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if let Some((offset, character)) = text.char_indices().find(|&(_, c)| !is_xml(c)) {
            return Err(IntakeError::new(
                ErrorKind::Character(character.into()),
                Lines::new(text).position(offset),
            ));
        }
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Ok(Self {
            reader,
            lines: Lines::new(text),
            open: Vec::new(),
            root_seen: false,
        })
    }

    /// The next node, or `None` at the end of a complete document.
    pub fn next(&mut self) -> Result<Option<Node>, IntakeError> {
        loop {
            let offset = offset(self.reader.buffer_position());
            let at = self.lines.position(offset);
            let (namespace, event) = match self.reader.read_resolved_event() {
                Ok(resolved) => resolved,
                Err(error) => return Err(self.syntax_error(&error)),
            };
            match event {
                Event::Start(start) => {
                    let name = local_name(start.name());
                    require_namespace(&namespace, &name, at)?;
                    return self.start(&start, name, at).map(Some);
                }
                Event::End(_) => {
                    self.open.pop();
                    return Ok(Some(Node::End));
                }
                Event::Text(text) => {
                    let text = text.xml10_content().map_err(|e| xml_error(&e, at))?;
                    if let Some(node) = self.text(&text, at)? {
                        return Ok(Some(node));
                    }
                }
                Event::CData(text) => {
                    let text = text.xml10_content().map_err(|e| xml_error(&e, at))?;
                    if let Some(node) = self.text(&text, at)? {
                        return Ok(Some(node));
                    }
                }
                Event::GeneralRef(reference) => {
                    let text = resolve(&reference, at)?;
                    if let Some(node) = self.text(&text, at)? {
                        return Ok(Some(node));
                    }
                }
                Event::Decl(declaration) => {
                    require_declaration(&declaration, at)?;
                }
                Event::DocType(_) => return Err(IntakeError::new(ErrorKind::Doctype, at)),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => {
                    return match self.open.pop() {
                        Some(element) => Err(IntakeError::new(ErrorKind::Truncated(element), at)),
                        None if !self.root_seen => Err(IntakeError::new(ErrorKind::NoRoot, at)),
                        None => Ok(None),
                    };
                }
                Event::Empty(_) => {
                    let kind = ErrorKind::Xml("an empty element was not expanded".to_owned());
                    return Err(IntakeError::new(kind, at));
                }
            }
        }
    }

    fn start(
        &mut self,
        start: &BytesStart<'_>,
        name: String,
        at: Position,
    ) -> Result<Node, IntakeError> {
        if self.open.is_empty() && self.root_seen {
            return Err(IntakeError::new(ErrorKind::SecondRoot { found: name }, at));
        }
        self.root_seen = true;
        if self.open.len() == MAX_DEPTH {
            let limit = MAX_DEPTH;
            return Err(IntakeError::new(ErrorKind::Depth { limit }, at));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| attribute_error(error, &name, start, at))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| value_error(&error, at))?;
            if let Some(character) = value.chars().find(|&character| !is_xml(character)) {
                return Err(IntakeError::new(ErrorKind::Character(character.into()), at));
            }
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            attributes.push((key, value.into_owned()));
        }
        self.open.push(name.clone());
        Ok(Node::Start(Tag {
            name,
            at,
            attributes,
        }))
    }

    /// Text inside the root element as a node; outside of it, only white space may stand.
    fn text(&self, text: &str, at: Position) -> Result<Option<Node>, IntakeError> {
        if self.open.is_empty() {
            return match text.trim() {
                "" => Ok(None),
                found => Err(IntakeError::new(
                    ErrorKind::TextOutsideRoot {
                        found: shorten(found),
                    },
                    at,
                )),
            };
        }
        Ok(Some(Node::Text(text.to_owned(), at)))
    }

    fn syntax_error(&mut self, error: &QuickError) -> IntakeError {
        let at = self.lines.position(offset(self.reader.error_position()));
        xml_error(error, at)
    }
}

/// The start of a text, to show in a message.
pub fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn local_name(name: QName<'_>) -> String {
    String::from_utf8_lossy(name.local_name().as_ref()).into_owned()
}

fn require_namespace(
    namespace: &ResolveResult<'_>,
    element: &str,
    at: Position,
) -> Result<(), IntakeError> {
    let found = match namespace {
        ResolveResult::Bound(found) if found.as_ref() == NAMESPACE.as_bytes() => return Ok(()),
        ResolveResult::Bound(found) => {
            format!("namespace `{}`", String::from_utf8_lossy(found.as_ref()))
        }
        ResolveResult::Unbound => "no namespace".to_owned(),
        ResolveResult::Unknown(prefix) => {
            let prefix = String::from_utf8_lossy(prefix);
            format!("undeclared prefix `{prefix}`")
        }
    };
    let kind = ErrorKind::Namespace {
        element: element.to_owned(),
        found,
        expected: NAMESPACE,
    };
    Err(IntakeError::new(kind, at))
}

fn require_declaration(
    declaration: &quick_xml::events::BytesDecl<'_>,
    at: Position,
) -> Result<(), IntakeError> {
    let version = declaration.version().map_err(|e| xml_error(&e, at))?;
    if version.as_ref() != b"1.0" {
        let version = String::from_utf8_lossy(&version).into_owned();
        return Err(IntakeError::new(ErrorKind::DeclaredVersion(version), at));
    }
    if let Some(encoding) = declaration.encoding() {
        let encoding = encoding.map_err(|e| xml_error(&e, at))?;
        if !encoding.eq_ignore_ascii_case(b"utf-8") && !encoding.eq_ignore_ascii_case(b"us-ascii") {
            let encoding = String::from_utf8_lossy(&encoding).into_owned();
            return Err(IntakeError::new(ErrorKind::DeclaredEncoding(encoding), at));
        }
    }
    Ok(())
}

fn resolve(reference: &BytesRef<'_>, at: Position) -> Result<String, IntakeError> {
    let character = reference
        .resolve_char_ref()
        .map_err(|e| xml_error(&e, at))?;
    if let Some(character) = character {
        if !is_xml(character) {
            return Err(IntakeError::new(ErrorKind::Character(character.into()), at));
        }
        return Ok(character.to_string());
    }
    let name = String::from_utf8_lossy(reference).into_owned();
    match resolve_xml_entity(&name) {
        Some(text) => Ok(text.to_owned()),
        None => Err(IntakeError::new(ErrorKind::Entity(shorten(&name)), at)),
    }
}

/// The production `Char` of XML 1.0.
fn is_xml(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

fn xml_error(error: &impl ToString, at: Position) -> IntakeError {
    IntakeError::new(ErrorKind::Xml(error.to_string()), at)
}

fn value_error(error: &QuickError, at: Position) -> IntakeError {
    match error {
        QuickError::Escape(EscapeError::UnrecognizedEntity(_, entity)) => {
            IntakeError::new(ErrorKind::Entity(shorten(entity)), at)
        }
        error => xml_error(error, at),
    }
}

fn attribute_error(
    error: AttrError,
    element: &str,
    start: &BytesStart<'_>,
    at: Position,
) -> IntakeError {
    if let AttrError::Duplicated(position, _) = error {
        let tag = String::from_utf8_lossy(start);
        let name = tag.get(position..).unwrap_or_default();
        let end = name.find(|c: char| c == '=' || c.is_whitespace());
        let kind = ErrorKind::RepeatedAttribute {
            attribute: name[..end.unwrap_or(name.len())].to_owned(),
            element: element.to_owned(),
        };
        return IntakeError::new(kind, at);
    }
    xml_error(&error, at)
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
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        for character in passed.chars() {
            if character == '\n' {
                self.at.line += 1;
                self.at.column = 1;
            } else {
                self.at.column += 1;
            }
        }
        self.offset += passed.len();
        self.at
    }
}
