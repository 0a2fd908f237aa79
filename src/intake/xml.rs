//! The document as a stream of nodes, by the grammar of XML 1.0. Document types are refused, so
//! that XML's own five entities are the only ones.

use std::borrow::Cow;
use std::mem;

use super::error::{ErrorKind, IntakeError};
use super::model::{NAMESPACE, Position};
use super::syntax::{self, Piece, is_space, malformed, unclosed};
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
    /// As the tag has it, with its prefix.
    qualified_name: &'a str,
    /// The namespaces that the tag declares, by their prefixes; the prefix of the default is empty.
    namespaces: Attributes<'a>,
}

impl<'a> OpenElement<'a> {
    /// The prefix, empty if there is none, and the name.
    fn split_name(&self) -> (&'a str, &'a str) {
        let name = self.qualified_name;
        name.split_once(':').unwrap_or(("", name))
    }
}

pub struct Xml<'a> {
    text: &'a str,
    /// Where the next piece of the text begins.
    offset: usize,
    lines: Lines<'a>,
    open: Vec<OpenElement<'a>>,
    /// Whether the last tag was of an empty element, as in `<br/>`, whose end is the next node.
    is_end_due: bool,
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
        if let Some((offset, character)) = syntax::refused_character(text) {
            return Err(IntakeError::new(
                ErrorKind::Character(character.into()),
                Lines::new(text).position(offset),
            ));
        }
        Ok(Self {
            text,
            offset: 0,
            lines: Lines::new(text),
            open: Vec::new(),
            is_end_due: false,
            root_seen: false,
            events: 0,
        })
    }

    /// The next node, or `None` at the end of a complete document.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, IntakeError> {
        loop {
            let at = self.lines.position(self.offset);
            let fail = |kind| IntakeError::new(kind, at);
            self.events += 1;
            if self.events > MAX_EVENTS {
                return Err(fail(ErrorKind::EventCount { limit: MAX_EVENTS }));
            }
            if mem::take(&mut self.is_end_due) {
                self.open.pop();
                return Ok(Some(Node::End));
            }
            let rest = &self.text[self.offset..];
            if rest.is_empty() {
                return self.end_of_document().map_err(fail);
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.skip_comment(comment, at)?;
                continue;
            }
            let is_start_of_document = self.offset == 0;
            let (piece, length) = syntax::first_piece(rest).map_err(fail)?;
            self.offset += length;
            let text = match piece {
                Piece::StartTag(tag) => return self.start(tag, at).map(Some),
                Piece::EndTag(name) => {
                    self.end(name).map_err(fail)?;
                    return Ok(Some(Node::End));
                }
                Piece::Instruction(content) => {
                    self.check_instruction(content, is_start_of_document)
                        .map_err(fail)?;
                    continue;
                }
                // White space is allowed outside of the root element, except as a reference.
                Piece::Text(text) if self.open.is_empty() => match text.trim_matches(is_space) {
                    "" => continue,
                    found => found.into(),
                },
                Piece::Text(text) | Piece::CharacterData(text) => syntax::with_line_feeds(text),
                Piece::Reference(name) => syntax::resolve(name).map_err(fail)?.to_string().into(),
            };
            if self.open.is_empty() {
                let found = text.into_owned();
                return Err(fail(ErrorKind::TextOutsideRoot { found }));
            }
            return Ok(Some(Node::Text(text, at)));
        }
    }

    /// Skips the comment that begins at the offset; `comment` is what follows its `<!--`.
    fn skip_comment(&mut self, comment: &str, at: Position) -> Result<(), IntakeError> {
        let Some(length) = comment.find("--") else {
            return Err(IntakeError::new(unclosed("comment", "-->"), at));
        };
        let hyphens = self.offset + "<!--".len() + length;
        if !comment[length..].starts_with("-->") {
            let kind = malformed("forbidden string `--` was found in a comment");
            return Err(IntakeError::new(kind, self.lines.position(hyphens)));
        }
        self.offset = hyphens + "-->".len();
        Ok(())
    }

    fn check_instruction(&self, content: &str, is_start: bool) -> Result<(), ErrorKind> {
        let (target, rest) = syntax::split_name(content);
        match target {
            "xml" if is_start => syntax::check_declaration(rest, self.text),
            "xml" => Err(malformed(
                "an XML declaration, expected only at the start of the file",
            )),
            target => syntax::check_target(target),
        }
    }

    /// Reads a tag, of which `content` stands between `<` and `>`.
    fn start(&mut self, content: &'a str, at: Position) -> Result<Node<'a>, IntakeError> {
        let fail = |kind| IntakeError::new(kind, at);
        let of_empty_element = content.strip_suffix('/');
        self.is_end_due = of_empty_element.is_some();
        let (qualified_name, rest) = syntax::split_name(of_empty_element.unwrap_or(content));
        if !syntax::is_qualified_name(qualified_name) {
            let message = format!("tag `{qualified_name}`, expected the name of an element");
            return Err(fail(ErrorKind::Xml(message)));
        }
        let (attributes, namespaces) =
            attributes_and_namespaces(rest, qualified_name).map_err(fail)?;
        let element = OpenElement {
            qualified_name,
            namespaces,
        };
        let (prefix, name) = element.split_name();
        self.open.push(element);
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

    /// Reads the end tag of this name.
    fn end(&mut self, name: &str) -> Result<(), ErrorKind> {
        match self.open.pop() {
            Some(element) if element.qualified_name == name => Ok(()),
            Some(element) => Err(malformed(format_args!(
                "expected `</{}>`, but `</{name}>` was found",
                element.qualified_name
            ))),
            None => Err(malformed(format_args!(
                "close tag `</{name}>` does not match any open tag"
            ))),
        }
    }

    fn end_of_document(&self) -> Result<Option<Node<'a>>, ErrorKind> {
        match self.open.last() {
            Some(element) => Err(ErrorKind::Truncated(element.split_name().1.to_owned())),
            None if !self.root_seen => Err(ErrorKind::NoRoot),
            None => Ok(None),
        }
    }

    /// An element must be of the one namespace of IANA's registries.
    fn require_namespace(&self, prefix: &str, element: &str) -> Result<(), ErrorKind> {
        let mut declared = self.open.iter().rev().flat_map(|open| &open.namespaces);
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
}

/// Reads the attributes of a tag and the namespaces it declares.
fn attributes_and_namespaces<'a>(
    text: &'a str,
    tag: &str,
) -> Result<(Attributes<'a>, Attributes<'a>), ErrorKind> {
    let mut attributes = Attributes::new();
    let mut namespaces = Attributes::new();
    for (name, value) in syntax::written_attributes(text, tag)? {
        let value = syntax::normalized_value(value)?;
        match name.split_once(':') {
            None if name == "xmlns" => {
                syntax::check_namespace("", &value)?;
                namespaces.push(("", value));
            }
            Some(("xmlns", prefix)) => {
                syntax::check_namespace(prefix, &value)?;
                namespaces.push((prefix, value));
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
    Ok((attributes, namespaces))
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
