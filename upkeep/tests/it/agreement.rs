//! What the reader must do for every input: it never panics, and whatever it accepts, an
//! independent XML reader also accepts and finds the same content. The mutation test and the fuzz
//! target both assert this.

use roxmltree::{Document, Node};

use crate::intake::error::IntakeError;
use crate::intake::model::{self, XrefKind};
use crate::intake::read;
use crate::meaning::check::{StalePreference, check};
use crate::write;

/// What happened to an input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Refused,
    /// The reader accepted it, but the checks across rows did not.
    Read,
    Checked,
}

/// Reads the input and asserts everything that must hold.
pub(crate) fn assert_agreement(input: &[u8]) -> Outcome {
    let registry = match read::read(input) {
        Ok(registry) => registry,
        Err(error) => {
            assert_message(&error, input);
            return Outcome::Refused;
        }
    };
    let text = std::str::from_utf8(input).expect("what is accepted is UTF-8");
    // XML 1.0, section 2.11, which roxmltree does not follow for a carriage return right before a reference.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let document = Document::parse(&text).expect("what is accepted is well-formed");
    let found = Facts::of_registry(&registry);
    assert_eq!(found, Facts::of_document(&document));

    let canonical = write::write(&registry);
    let again = read::read(canonical.as_bytes()).expect("what was written can be read");
    assert_eq!(Facts::of_registry(&again), found);
    assert_eq!(write::write(&again), canonical);

    match check(registry, Vec::new(), StalePreference::Refuse) {
        Ok(checked) => {
            assert_eq!(checked.alias_of.len(), found.rows.len());
            Outcome::Checked
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            Outcome::Read
        }
    }
}

/// A message is short, on one line, and about a place in the input.
fn assert_message(error: &IntakeError, input: &[u8]) {
    let message = error.to_string();
    assert!(message.len() < 1000, "{message}");
    assert!(!message.contains(|c: char| c.is_control()), "{message:?}");
    let lines = 1 + input.iter().filter(|&&byte| byte == b'\n').count();
    assert!((1..=lines).contains(&error.at.line), "{message}");
    assert!(
        (1..=input.len() + 1).contains(&error.at.column),
        "{message}"
    );
}

/// What a registry says, as texts.
#[derive(Debug, PartialEq, Eq)]
struct Facts {
    title: String,
    updated: String,
    experts: String,
    references: Vec<Reference>,
    rows: Vec<Row>,
    footnotes: Vec<[String; 2]>,
    people: Vec<Person>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    name: Option<String>,
    number: Option<String>,
    protocol: Option<String>,
    description: String,
    assignees: Option<Vec<String>>,
    contacts: Vec<String>,
    references: Vec<Reference>,
    service_code: Option<String>,
    unauthorized_use: String,
    note: String,
    registered: Option<String>,
    modified: Option<String>,
}

/// The type, the data, and the text between the brackets.
#[derive(Debug, PartialEq, Eq)]
struct Reference(String, String, String);

#[derive(Debug, PartialEq, Eq)]
struct Person {
    id: String,
    name: Option<String>,
    organization: Option<String>,
    uris: Vec<String>,
    updated: Option<String>,
}

impl Facts {
    /// The facts as the reader under test has them.
    fn of_registry(registry: &model::Registry) -> Self {
        let reference = |xref: &model::Xref| {
            Reference(
                xref.kind.keyword().to_owned(),
                xref.data.clone(),
                xref.text(),
            )
        };
        let references = |xrefs: &[model::Xref]| xrefs.iter().map(reference).collect();
        let rows = registry.records.iter().map(|record| Row {
            name: record.name.clone(),
            number: record.ports.map(|ports| ports.to_string()),
            protocol: record.protocol.map(|protocol| protocol.to_string()),
            description: record.description.to_string(),
            assignees: record.assignees.clone(),
            contacts: record.contacts.clone(),
            references: references(&record.references),
            service_code: record.service_code.map(|code| code.to_string()),
            unauthorized_use: record.unauthorized_use.clone(),
            note: record.note.to_string(),
            registered: record.registered.map(|date| date.to_string()),
            modified: record.modified.map(|date| date.to_string()),
        });
        let people = registry.people.iter().map(|person| Person {
            id: person.id.clone(),
            name: person.name.clone(),
            organization: person.organization.clone(),
            uris: person.uris.clone(),
            updated: person.updated.map(|date| date.to_string()),
        });
        let footnotes = registry.footnotes.iter();
        Self {
            title: registry.title.clone(),
            updated: registry.updated.to_string(),
            experts: registry.experts.clone(),
            references: references(&registry.references),
            rows: rows.collect(),
            footnotes: footnotes
                .map(|footnote| [footnote.anchor.clone(), footnote.text.to_string()])
                .collect(),
            people: people.collect(),
        }
    }

    /// The facts by the other reader, which knows only the names of the schema.
    fn of_document(document: &Document<'_>) -> Self {
        let root = document.root_element();
        let people = child(root, "people");
        for node in root.descendants() {
            let mut own_text = node.children().filter(Node::is_text);
            let is_space =
                |node: Node<'_, '_>| node.text().is_none_or(|text| text.trim().is_empty());
            if WITHOUT_TEXT.contains(&node.tag_name().name()) && !within_notice(node) {
                assert!(own_text.all(is_space), "no text is passed over");
            }
        }
        Self {
            title: content(root, "title").unwrap_or_default(),
            updated: content(root, "updated").unwrap_or_default(),
            experts: content(root, "expert").unwrap_or_default(),
            references: children(root, "xref").map(reference).collect(),
            rows: children(root, "record").map(row).collect(),
            footnotes: children(root, "footnote")
                .map(|node| [attribute(node, "anchor"), clean(&rich_text(node))])
                .collect(),
            people: people
                .into_iter()
                .flat_map(|people| children(people, "person"))
                .map(person)
                .collect(),
        }
    }
}

/// The elements that hold no text of their own.
const WITHOUT_TEXT: [&str; 6] = ["registry", "record", "assignee", "people", "person", "br"];

/// Whether the node is part of what the registry says about itself as a whole. This is not data of
/// a row.
fn within_notice(node: Node<'_, '_>) -> bool {
    const NOTICES: [&str; 7] = [
        "metadata",
        "created",
        "registration_rule",
        "description",
        "note",
        "hide",
        "file",
    ];
    let mut path: Vec<&str> = node
        .ancestors()
        .map(|node| node.tag_name().name())
        .collect();
    // The document, the root, and the child of the root.
    path.reverse();
    path.get(2).is_some_and(|name| NOTICES.contains(name))
}

fn row(node: Node<'_, '_>) -> Row {
    let is_person =
        |xref: &Node<'_, '_>| xref.attribute("type") == Some(XrefKind::Person.keyword());
    let ids = |parent| {
        children(parent, "xref")
            .filter(is_person)
            .map(|xref| attribute(xref, "data"))
    };
    let others = children(node, "xref").filter(|xref| !is_person(xref));
    Row {
        name: content(node, "name"),
        number: content(node, "number").map(|number| plain_numbers(&number)),
        protocol: content(node, "protocol").map(|protocol| protocol.to_ascii_lowercase()),
        description: rich_content(node, "description"),
        assignees: child(node, "assignee").map(|assignee| ids(assignee).collect()),
        contacts: ids(node).collect(),
        references: others.map(reference).collect(),
        service_code: content(node, "sc").map(|code| plain_numbers(&code)),
        unauthorized_use: content(node, "unauthorized").unwrap_or_default(),
        note: rich_content(node, "note"),
        registered: node.attribute("date").map(str::to_owned),
        modified: node.attribute("updated").map(str::to_owned),
    }
}

fn person(node: Node<'_, '_>) -> Person {
    let uris = children(node, "uri").map(|uri| clean(&rich_text(uri)));
    Person {
        id: attribute(node, "id"),
        name: content(node, "name"),
        organization: content(node, "org"),
        uris: uris.filter(|uri| !uri.is_empty()).collect(),
        updated: content(node, "updated"),
    }
}

fn reference(node: Node<'_, '_>) -> Reference {
    let kind = node.attribute("type").unwrap_or_default().to_owned();
    Reference(
        kind,
        attribute(node, "data"),
        clean_inside(&printed_text(node)),
    )
}

/// What IANA prints between the brackets.
fn printed_text(xref: Node<'_, '_>) -> String {
    let text: String = xref
        .children()
        .filter_map(|node| node.text().filter(|_| node.is_text()))
        .collect();
    if !text.trim().is_empty() {
        return text;
    }
    let data = attribute(xref, "data");
    match Some(attribute(xref, "section")).filter(|section| !section.is_empty()) {
        _ if xref.attribute("type") != Some("rfc") => data,
        None => data.to_uppercase(),
        Some(section) => format!("{}, Section {section}", data.to_uppercase()),
    }
}

fn children<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    parent
        .children()
        .filter(move |node| node.is_element() && node.tag_name().name() == name)
}

fn child<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    let mut children = children(parent, name);
    let first = children.next();
    assert!(
        children.next().is_none(),
        "one `{name}` at most is accepted"
    );
    first
}

fn attribute(node: Node<'_, '_>, name: &str) -> String {
    clean(node.attribute(name).unwrap_or_default())
}

/// The text of a child, or `None` if there is no such child.
fn content(parent: Node<'_, '_>, name: &str) -> Option<String> {
    Some(rich_content(parent, name)).filter(|text| !text.is_empty())
}

fn rich_content(parent: Node<'_, '_>, name: &str) -> String {
    child(parent, name).map_or_else(String::new, |node| clean(&rich_text(node)))
}

/// The text within an element, with each `br` as a line break and each `xref` in brackets.
fn rich_text(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for node in node.children() {
        if node.is_text() {
            text.push_str(node.text().unwrap_or_default());
        } else if node.is_element() {
            match node.tag_name().name() {
                "br" => text.push('\n'),
                "xref" => text.push_str(&format!("[{}]", printed_text(node))),
                _ => text.push_str(&rich_text(node)),
            }
        }
    }
    text
}

/// Turns every match of `\s+\n\s+` into a space and strips the ends.
fn clean(text: &str) -> String {
    clean_inside(text).trim().to_owned()
}

fn clean_inside(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut cleaned = String::new();
    let mut at = 0;
    while at < characters.len() {
        let rest = &characters[at..];
        let run = rest.iter().take_while(|c| c.is_whitespace()).count();
        let matches = run >= 3 && rest[1..run - 1].contains(&'\n');
        if matches {
            cleaned.push(' ');
        } else {
            cleaned.extend(&rest[..run.max(1)]);
        }
        at += run.max(1);
    }
    cleaned
}

/// Numbers without leading zeros. A span of one port is written as one number.
fn plain_numbers(text: &str) -> String {
    let mut numbers: Vec<String> = text
        .split('-')
        .map(|digits| {
            let number: u32 = digits.parse().expect("what is accepted is a number");
            number.to_string()
        })
        .collect();
    numbers.dedup();
    numbers.join("-")
}
