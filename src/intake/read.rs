//! The grammar of IANA's XML: which elements, attributes and texts stand where.
//!
//! # Limits
//!
//! They let a hostile file end in an error soon and in little memory:
//!
//! - a file has at most [`MAX_FILE_SIZE`] bytes (64 MiB), and no more of it is read;
//! - it has at most [`MAX_EVENTS`](super::xml::MAX_EVENTS) (2 Mi) tags, texts, references, comments
//!   and processing instructions;
//! - elements are at most [`MAX_DEPTH`](super::xml::MAX_DEPTH) (16) deep, and have at most
//!   [`MAX_ATTRIBUTES`](super::syntax::MAX_ATTRIBUTES) (8) attributes each;
//! - there are at most [`MAX_RECORDS`] (65,535) records and as many persons;
//! - service names have at most [`MAX_NAME_LENGTH`] (255) bytes;
//! - document types are refused, so that XML's own five entities are the only ones.
//!
//! Within these limits, time grows in proportion to the size of the file, and memory stays below ten
//! times the file's size. Reading and checking a file of the size limit takes seconds.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::{ErrorKind, IntakeError, RecordNote};
use super::model::{
    Footnote, Inline, LeftOut, LeftOutKind, Person, Position, Record, Registry, RichText, Xref,
    XrefKind, fold_line_breaks,
};
use super::syntax::is_space;
use super::xml::{Node, Tag, Xml, one_of};
use crate::format::ascii::decimal;
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

pub use super::xml::MAX_FILE_SIZE;

/// How many records a registry may hold: a handle is a 16-bit number that is not zero.
pub const MAX_RECORDS: usize = u16::MAX as usize;

/// How long a service name may be, in bytes: RFC 6335 allows 15, older exports have up to 36.
pub const MAX_NAME_LENGTH: usize = 255;

/// Reads a registry file in IANA's XML schema.
///
/// # Errors
///
/// As [`read`], or if the file cannot be read or is larger than [`MAX_FILE_SIZE`].
pub fn read_file(path: &Path) -> Result<Registry, IntakeError> {
    let mut bytes = Vec::new();
    // One byte more than is allowed is enough to refuse the file.
    File::open(path)
        .and_then(|file| file.take(MAX_FILE_SIZE as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| IntakeError::unreadable(&error))?;
    read(&bytes)
}

/// Reads a registry in IANA's XML schema.
///
/// # Errors
///
/// The first part of the file that the schema does not allow, with its place.
pub fn read(bytes: &[u8]) -> Result<Registry, IntakeError> {
    let mut reader = Reader {
        xml: Xml::new(bytes)?,
    };
    let Some(Node::Start(root)) = reader.xml.next()? else {
        // A document begins with a start tag, or `next` has returned an error.
        let at = Position { line: 1, column: 1 };
        return Err(IntakeError::new(ErrorKind::NoRoot, at));
    };
    if root.name != "registry" {
        return Err(IntakeError::new(
            ErrorKind::Root {
                found: root.name.to_owned(),
            },
            root.at,
        ));
    }
    let registry = reader.registry(&root)?;
    // Returns an error if anything but the end of the document follows.
    reader.xml.next()?;
    let left_out = reader.xml.left_out;
    Ok(Registry {
        left_out,
        ..registry
    })
}

struct Reader<'a> {
    xml: Xml<'a>,
}

/// The elements that can stand inside a certain one. All others are refused, with a message that
/// lists these.
trait Children: Copy {
    /// The element that the tag begins.
    fn of(tag: &Tag<'_>, parent: &str) -> Result<Self, IntakeError>;
}

/// Makes an enum of [`Children`] with their names.
macro_rules! children {
    ($(#[$doc:meta])* $place:ident { $($child:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        enum $place {
            $($child),*
        }

        impl Children for $place {
            fn of(tag: &Tag<'_>, parent: &str) -> Result<Self, IntakeError> {
                match tag.name {
                    $($name => Ok(Self::$child),)*
                    _ => Err(unknown_element(tag, parent, &[$($name),*])),
                }
            }
        }
    };
}

children! {
    OfRegistry {
        Metadata = "metadata",
        Title = "title",
        Category = "category",
        Created = "created",
        Updated = "updated",
        RegistrationRule = "registration_rule",
        Xref = "xref",
        Expert = "expert",
        Description = "description",
        Note = "note",
        Hide = "hide",
        File = "file",
        Record = "record",
        Footnote = "footnote",
        People = "people",
    }
}

children! {
    OfRecord {
        Name = "name",
        Number = "number",
        Protocol = "protocol",
        Description = "description",
        Assignee = "assignee",
        Xref = "xref",
        ServiceCode = "sc",
        UnauthorizedUse = "unauthorized",
        Note = "note",
    }
}

children! {
    OfAssignee {
        Xref = "xref",
    }
}

children! {
    OfPeople {
        Person = "person",
    }
}

children! {
    OfPerson {
        Name = "name",
        Organization = "org",
        Uri = "uri",
        Updated = "updated",
    }
}

children! {
    /// Of elements with rich text, and of `paragraph` within them.
    OfRichText {
        Break = "br",
        Paragraph = "paragraph",
        Xref = "xref",
    }
}

impl<'a> Reader<'a> {
    /// The next of the children that an element without text can have, and its tag.
    fn known_element<C: Children>(
        &mut self,
        parent: &str,
    ) -> Result<Option<(C, Tag<'a>)>, IntakeError> {
        let Some(tag) = self.element(parent)? else {
            return Ok(None);
        };
        Ok(Some((C::of(&tag, parent)?, tag)))
    }

    /// The next child element of an element that holds no text.
    fn element(&mut self, parent: &str) -> Result<Option<Tag<'a>>, IntakeError> {
        loop {
            match self.xml.next()? {
                Some(Node::Start(tag)) => return Ok(Some(tag)),
                Some(Node::End) | None => return Ok(None),
                Some(Node::Text(text, _)) if text.trim_ascii().is_empty() => {}
                Some(Node::Text(text, at)) => {
                    let kind = ErrorKind::StrayText {
                        found: text.trim_matches(is_space).to_owned(),
                        parent: parent.to_owned(),
                    };
                    return Err(IntakeError::new(kind, at));
                }
            }
        }
    }

    /// The text of an element without children, with its line breaks folded.
    fn folded_text(&mut self, parent: &Tag<'_>) -> Result<String, IntakeError> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Some(Node::Text(more, _)) => text.push_str(&more),
                Some(Node::Start(tag)) => return Err(unknown_element(&tag, parent.name, &[])),
                Some(Node::End) | None => return Ok(fold_line_breaks(&text)),
            }
        }
    }

    /// The cleaned text of an element without attributes and children.
    fn text(&mut self, parent: &Tag<'_>) -> Result<String, IntakeError> {
        let [] = parent.attributes([])?;
        Ok(self.folded_text(parent)?.trim().to_owned())
    }

    /// The same, or `None` if it is empty.
    fn optional_text(&mut self, parent: &Tag<'_>) -> Result<Option<String>, IntakeError> {
        Ok(Some(self.text(parent)?).filter(|text| !text.is_empty()))
    }

    /// The text of an element that may hold `br`, `paragraph` and `xref`.
    fn rich_text(&mut self, parent: &Tag<'_>) -> Result<RichText, IntakeError> {
        let mut parts = Vec::new();
        self.rich_parts(parent.name, &mut parts)?;
        Ok(RichText::clean(parts))
    }

    fn rich_parts(&mut self, parent: &str, parts: &mut Vec<Inline>) -> Result<(), IntakeError> {
        loop {
            match self.xml.next()? {
                Some(Node::Text(text, _)) => Inline::push_text(parts, &text),
                Some(Node::End) | None => return Ok(()),
                Some(Node::Start(tag)) => match OfRichText::of(&tag, parent)? {
                    OfRichText::Break => {
                        let [] = tag.attributes([])?;
                        if let Some(child) = self.element("br")? {
                            return Err(unknown_element(&child, "br", &[]));
                        }
                        Inline::push_text(parts, "\n");
                    }
                    OfRichText::Paragraph => {
                        let [] = tag.attributes([])?;
                        self.rich_parts("paragraph", parts)?;
                    }
                    OfRichText::Xref => parts.push(Inline::Xref(self.xref(&tag)?)),
                },
            }
        }
    }

    fn xref(&mut self, tag: &Tag<'_>) -> Result<Xref, IntakeError> {
        let [kind, data, section] = tag.attributes(["type", "data", "section"])?;
        let keyword = kind.ok_or_else(|| missing_attribute("type", tag))?;
        let Some(kind) = XrefKind::from_keyword(keyword) else {
            let found = keyword.to_owned();
            let kind = ErrorKind::XrefType { found };
            return Err(IntakeError::new(kind, tag.at));
        };
        let text = self.folded_text(tag)?;
        let xref = Xref {
            at: tag.at,
            kind,
            data: identifier(data.unwrap_or_default()),
            section: section
                .map(identifier)
                .filter(|section| !section.is_empty()),
            // With the white space at its ends, as IANA's CSV has it between the brackets.
            own_text: Some(text).filter(|text| !text.trim().is_empty()),
        };
        if kind == XrefKind::Person && (xref.own_text.is_some() || xref.section.is_some()) {
            let id = xref.data;
            return Err(IntakeError::new(ErrorKind::PersonText { id }, tag.at));
        }
        if xref.data.is_empty() && (xref.own_text.is_none() || kind != XrefKind::Text) {
            let kind = match kind {
                XrefKind::Text => ErrorKind::EmptyXref,
                kind => ErrorKind::XrefData {
                    kind: kind.keyword(),
                },
            };
            return Err(IntakeError::new(kind, tag.at));
        }
        Ok(xref)
    }

    fn registry(&mut self, root: &Tag<'_>) -> Result<Registry, IntakeError> {
        let [id] = root.attributes(["id"])?;
        let id = id.ok_or_else(|| missing_attribute("id", root))?;
        let mut title = None;
        let mut category = None;
        let mut updated = None;
        let mut experts = None;
        let mut references = Vec::new();
        let mut records = Vec::new();
        let mut footnotes = Vec::new();
        let mut people = None;
        while let Some((child, tag)) = self.known_element::<OfRegistry>("registry")? {
            match child {
                OfRegistry::Title => put(&mut title, self.text(&tag)?, &tag, "registry")?,
                OfRegistry::Category => put(&mut category, self.text(&tag)?, &tag, "registry")?,
                OfRegistry::Expert => put(&mut experts, self.text(&tag)?, &tag, "registry")?,
                OfRegistry::Updated => {
                    let date = date(&self.text(&tag)?, tag.at)?;
                    put(&mut updated, date, &tag, "registry")?;
                }
                OfRegistry::Xref => references.push(self.xref(&tag)?),
                OfRegistry::Record => {
                    if records.len() == MAX_RECORDS {
                        let limit = MAX_RECORDS;
                        let kind = ErrorKind::RecordCount { limit };
                        return Err(IntakeError::new(kind, tag.at));
                    }
                    records.push(self.record(&tag, records.len())?);
                }
                OfRegistry::Footnote => footnotes.push(self.footnote(&tag)?),
                OfRegistry::People => put(&mut people, self.people(&tag)?, &tag, "registry")?,
                // Notices about the registry as a whole. They hold nothing about a row.
                OfRegistry::Metadata
                | OfRegistry::Created
                | OfRegistry::RegistrationRule
                | OfRegistry::Description
                | OfRegistry::Note
                | OfRegistry::Hide
                | OfRegistry::File => self.leave_out(&tag)?,
            }
        }
        let missing = |element| {
            let parent = "registry";
            IntakeError::new(ErrorKind::MissingElement { element, parent }, root.at)
        };
        if records.is_empty() {
            return Err(IntakeError::new(ErrorKind::NoRecords, root.at));
        }
        Ok(Registry {
            id: id.to_owned(),
            title: title.ok_or_else(|| missing("title"))?,
            category: category.unwrap_or_default(),
            updated: updated.ok_or_else(|| missing("updated"))?,
            references,
            experts: experts.unwrap_or_default(),
            records,
            footnotes,
            people: people.unwrap_or_default(),
            left_out: Vec::new(),
        })
    }

    /// Skips an element whose tag was read, and counts it among what is left out.
    fn leave_out(&mut self, tag: &Tag<'_>) -> Result<(), IntakeError> {
        let kind = LeftOutKind::Notice(tag.name.to_owned());
        LeftOut::count(&mut self.xml.left_out, kind, tag.at);
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Start(_)) => depth += 1,
                Some(Node::End) | None => depth -= 1,
                Some(Node::Text(..)) => {}
            }
        }
        Ok(())
    }

    fn footnote(&mut self, tag: &Tag<'_>) -> Result<Footnote, IntakeError> {
        let [anchor] = tag.attributes(["anchor"])?;
        Ok(Footnote {
            at: tag.at,
            anchor: identifier(anchor.ok_or_else(|| missing_attribute("anchor", tag))?),
            text: self.rich_text(tag)?,
        })
    }

    fn record(&mut self, tag: &Tag<'_>, index: usize) -> Result<Record, IntakeError> {
        let mut record = Record {
            at: tag.at,
            ..Record::default()
        };
        self.fill_record(&mut record, tag).map_err(|mut error| {
            error.record = Some(RecordNote::of(index, &record));
            error
        })?;
        Ok(record)
    }

    fn fill_record(&mut self, record: &mut Record, tag: &Tag<'_>) -> Result<(), IntakeError> {
        let [registered, modified] = tag.attributes(["date", "updated"])?;
        let date = |text| date(text, tag.at);
        record.registered = registered.map(date).transpose()?;
        record.modified = modified.map(date).transpose()?;
        let mut seen: Vec<OfRecord> = Vec::new();
        while let Some((kind, child)) = self.known_element::<OfRecord>("record")? {
            if seen.contains(&kind) {
                let element = child.name.to_owned();
                let parent = "record";
                let kind = ErrorKind::RepeatedElement { element, parent };
                return Err(IntakeError::new(kind, child.at));
            }
            let fail = |kind| IntakeError::new(kind, child.at);
            match kind {
                OfRecord::Name => {
                    let name = self.optional_text(&child)?;
                    if let Some(name) = name.as_ref().filter(|name| name.len() > MAX_NAME_LENGTH) {
                        let (name, limit) = (name.clone(), MAX_NAME_LENGTH);
                        return Err(fail(ErrorKind::NameLength { name, limit }));
                    }
                    record.empty_name = name.is_none();
                    record.name = name;
                }
                OfRecord::Number => {
                    let found = self.text(&child)?;
                    let ports = match Ports::parse(&found) {
                        Ok(ports) => ports,
                        Err(fault) => return Err(fail(ErrorKind::Ports { found, fault })),
                    };
                    record.one_as_span = ports.len() == 1 && found.contains('-');
                    record.ports = Some(ports);
                }
                OfRecord::Protocol => {
                    record.protocol = match self.optional_text(&child)? {
                        None => None,
                        Some(found) => match Protocol::of_word(found.as_bytes()) {
                            Some(protocol) => Some(protocol),
                            None => return Err(fail(ErrorKind::Protocol { found })),
                        },
                    };
                    record.empty_protocol = record.protocol.is_none();
                }
                OfRecord::Description => {
                    let [] = child.attributes([])?;
                    record.description = self.rich_text(&child)?;
                }
                OfRecord::Assignee => record.assignees = Some(self.assignee(&child)?),
                OfRecord::Xref => {
                    let xref = self.xref(&child)?;
                    match xref.kind {
                        XrefKind::Person => record.contacts.push(xref.data),
                        _ => record.references.push(xref),
                    }
                }
                OfRecord::ServiceCode => {
                    let found = self.text(&child)?;
                    let code = decimal(found.as_bytes()).and_then(|code| code.try_into().ok());
                    if code.is_none() {
                        return Err(fail(ErrorKind::ServiceCode { found }));
                    }
                    record.service_code = code;
                }
                OfRecord::UnauthorizedUse => record.unauthorized_use = self.text(&child)?,
                OfRecord::Note => {
                    let [] = child.attributes([])?;
                    record.note = self.rich_text(&child)?;
                }
            }
            if kind != OfRecord::Xref {
                seen.push(kind);
            }
        }
        Ok(())
    }

    fn assignee(&mut self, tag: &Tag<'_>) -> Result<Vec<String>, IntakeError> {
        let [] = tag.attributes([])?;
        let mut assignees = Vec::new();
        while let Some((OfAssignee::Xref, child)) = self.known_element::<OfAssignee>("assignee")? {
            let xref = self.xref(&child)?;
            if xref.kind != XrefKind::Person {
                let found = xref.kind.keyword();
                return Err(IntakeError::new(ErrorKind::Assignee { found }, child.at));
            }
            assignees.push(xref.data);
        }
        Ok(assignees)
    }

    fn people(&mut self, tag: &Tag<'_>) -> Result<Vec<Person>, IntakeError> {
        let [] = tag.attributes([])?;
        let mut people = Vec::new();
        while let Some((OfPeople::Person, tag)) = self.known_element::<OfPeople>("people")? {
            if people.len() == MAX_RECORDS {
                let limit = MAX_RECORDS;
                return Err(IntakeError::new(ErrorKind::PersonCount { limit }, tag.at));
            }
            people.push(self.person(&tag)?);
        }
        Ok(people)
    }

    fn person(&mut self, tag: &Tag<'_>) -> Result<Person, IntakeError> {
        let [id] = tag.attributes(["id"])?;
        let mut name = None;
        let mut organization = None;
        let mut updated = None;
        let mut uris = Vec::new();
        while let Some((kind, child)) = self.known_element::<OfPerson>("person")? {
            match kind {
                OfPerson::Name => put(&mut name, self.text(&child)?, &child, "person")?,
                OfPerson::Organization => {
                    put(&mut organization, self.text(&child)?, &child, "person")?
                }
                OfPerson::Uri => uris.extend(self.optional_text(&child)?),
                OfPerson::Updated => {
                    let text = self.optional_text(&child)?;
                    let date = text.map(|text| date(&text, child.at)).transpose()?;
                    put(&mut updated, date, &child, "person")?;
                }
            }
        }
        Ok(Person {
            at: tag.at,
            id: identifier(id.ok_or_else(|| missing_attribute("id", tag))?),
            name: name.filter(|text: &String| !text.is_empty()),
            organization: organization.filter(|text: &String| !text.is_empty()),
            uris,
            updated: updated.flatten(),
        })
    }
}

/// Keeps the value of a child that may stand only once.
fn put<T>(
    place: &mut Option<T>,
    value: T,
    tag: &Tag<'_>,
    parent: &'static str,
) -> Result<(), IntakeError> {
    if place.replace(value).is_some() {
        let element = tag.name.to_owned();
        let kind = ErrorKind::RepeatedElement { element, parent };
        return Err(IntakeError::new(kind, tag.at));
    }
    Ok(())
}

/// Reads a date that stands at this place.
fn date(text: &str, at: Position) -> Result<Date, IntakeError> {
    Date::parse(text).ok_or_else(|| {
        let found = text.to_owned();
        IntakeError::new(ErrorKind::Date { found }, at)
    })
}

/// The text of an attribute that identifies something, cleaned as other texts are.
fn identifier(text: &str) -> String {
    fold_line_breaks(text.trim())
}

fn unknown_element(tag: &Tag<'_>, parent: &str, expected: &[&str]) -> IntakeError {
    let kind = ErrorKind::Element {
        found: tag.name.to_owned(),
        parent: parent.to_owned(),
        expected: one_of(expected, "no element"),
    };
    IntakeError::new(kind, tag.at)
}

fn missing_attribute(attribute: &'static str, tag: &Tag<'_>) -> IntakeError {
    let element = tag.name.to_owned();
    IntakeError::new(ErrorKind::MissingAttribute { attribute, element }, tag.at)
}
