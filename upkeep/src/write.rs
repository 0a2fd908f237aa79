//! The project's own form of the registry, in IANA's schema and namespace.
//!
//! Attributes and children stand in one fixed order, texts are cleaned, and everything is left out
//! that states no fact of the registry. The same facts therefore always give the same bytes.

use std::fmt::{Display, Write};

use quick_xml::escape::{escape, partial_escape};

use crate::intake::model::{Inline, NAMESPACE, Person, Record, Registry, RichText, Xref, XrefKind};

/// Writes the registry as XML.
pub fn write(registry: &Registry) -> String {
    let mut out = Writer::default();
    out.line(
        0,
        format_args!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
    );
    let id = attribute("id", Some(&registry.id));
    out.line(0, format_args!("<registry xmlns=\"{NAMESPACE}\"{id}>"));
    out.element(1, "title", text(&registry.title));
    out.element(1, "category", text(&registry.category));
    out.element(1, "updated", registry.updated);
    for reference in &registry.references {
        out.line(1, xref(reference));
    }
    out.element(1, "expert", text(&registry.experts));
    for record in &registry.records {
        out.record(record);
    }
    for footnote in &registry.footnotes {
        let anchor = attribute("anchor", Some(&footnote.anchor));
        let text = rich(&footnote.text);
        out.line(1, format_args!("<footnote{anchor}>{text}</footnote>"));
    }
    out.line(1, "<people>");
    for person in &registry.people {
        out.person(person);
    }
    out.line(1, "</people>");
    out.line(0, "</registry>");
    out.text
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn line(&mut self, depth: usize, line: impl Display) {
        // Writing to a string cannot fail.
        _ = writeln!(self.text, "{:1$}{line}", "", depth * 2);
    }

    fn element(&mut self, depth: usize, name: &str, content: impl Display) {
        self.line(depth, format_args!("<{name}>{content}</{name}>"));
    }

    fn optional(&mut self, depth: usize, name: &str, content: Option<impl Display>) {
        if let Some(content) = content {
            self.element(depth, name, content);
        }
    }

    fn record(&mut self, record: &Record) {
        let date = attribute("date", record.registered);
        let updated = attribute("updated", record.modified);
        self.line(1, format_args!("<record{date}{updated}>"));
        self.optional(2, "name", record.name.as_deref().map(text));
        self.optional(2, "protocol", record.protocol);
        self.element(2, "description", rich(&record.description));
        let number = record.ports.map(|ports| match record.one_as_span {
            true => format!("{ports}-{ports}"),
            false => ports.to_string(),
        });
        self.optional(2, "number", number);
        if let Some(assignees) = &record.assignees {
            self.line(2, "<assignee>");
            for id in assignees {
                self.line(3, person_xref(id));
            }
            self.line(2, "</assignee>");
        }
        for id in &record.contacts {
            self.line(2, person_xref(id));
        }
        for reference in &record.references {
            self.line(2, xref(reference));
        }
        self.optional(2, "sc", record.service_code);
        let unauthorized = Some(&record.unauthorized_use).filter(|text| !text.is_empty());
        self.optional(2, "unauthorized", unauthorized.map(|own| text(own)));
        let note = Some(&record.note).filter(|note| !note.parts.is_empty());
        self.optional(2, "note", note.map(rich));
        self.line(1, "</record>");
    }

    fn person(&mut self, person: &Person) {
        self.line(
            2,
            format_args!("<person{}>", attribute("id", Some(&person.id))),
        );
        self.optional(3, "name", person.name.as_deref().map(text));
        self.optional(3, "org", person.organization.as_deref().map(text));
        for uri in &person.uris {
            self.element(3, "uri", text(uri));
        }
        self.optional(3, "updated", person.updated);
        self.line(2, "</person>");
    }
}

fn person_xref(id: &str) -> String {
    let kind = XrefKind::Person.keyword();
    format!("<xref type=\"{kind}\"{}/>", attribute("data", Some(id)))
}

fn xref(xref: &Xref) -> String {
    let kind = xref.kind.keyword();
    let data = attribute("data", Some(&xref.data).filter(|data| !data.is_empty()));
    let section = attribute("section", xref.section.as_ref());
    let open = format!("<xref type=\"{kind}\"{data}{section}");
    match &xref.own_text {
        None => format!("{open}/>"),
        Some(own) => format!("{open}>{}</xref>", text(own)),
    }
}

fn rich(rich: &RichText) -> String {
    let parts = rich.parts.iter().map(|part| match part {
        Inline::Text(own) => text(own),
        Inline::Xref(reference) => xref(reference),
    });
    parts.collect()
}

/// An attribute with the space before it, or nothing.
fn attribute(name: &str, value: Option<impl Display>) -> String {
    match value {
        None => String::new(),
        Some(value) => {
            let value = value.to_string();
            // A reader turns bare white space in an attribute into spaces.
            let value = escape(value.as_str()).replace('\n', "&#10;");
            let value = value.replace('\r', "&#13;").replace('\t', "&#9;");
            format!(" {name}=\"{value}\"")
        }
    }
}

fn text(text: &str) -> String {
    // A reader turns a bare carriage return into a line feed.
    partial_escape(text).replace('\r', "&#13;")
}
