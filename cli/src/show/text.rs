//! Writes replies for people to read.

use std::io::{self, Write};

use port_registry::{PortRange, PortStatus, Record};

use crate::record::cells::{
    ABSENT, cells, name_cell, one_line, ports_cell, protocol_cell, write_aligned,
};
use crate::record::view::{ContactView, RecordView, ReferenceView};
use crate::search::highlight::Highlight;
use crate::show::query::{Answer, Reply, Source, list};

/// Writes the reply to `query`: one line per answer or, if `verbose`, all columns.
pub(crate) fn write(
    out: &mut impl Write,
    query: &str,
    reply: &Reply,
    verbose: bool,
) -> io::Result<()> {
    writeln!(out, "{query}")?;
    if let Some(name) = reply.former_name_of {
        writeln!(out, "  a former name of {name}")?;
    }
    if verbose {
        write_columns(out, reply)
    } else {
        write_lines(out, reply)
    }
}

fn write_lines(out: &mut impl Write, reply: &Reply) -> io::Result<()> {
    let named = reply.answers.iter().filter_map(Answer::record);
    let rows: Vec<_> = named
        .filter(|record| record.name().is_some())
        .map(cells)
        .collect();
    write_aligned(out, "  ", &rows, str::to_owned)?;
    for answer in &reply.answers {
        write_status(out, answer)?;
    }
    Ok(())
}

/// Writes all columns of the rows, with a blank line between rows.
pub(crate) fn write_records(
    out: &mut impl Write,
    records: &[Record],
    highlight: &Highlight,
) -> io::Result<()> {
    for (position, record) in records.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        write_record(out, "", *record, |value| highlight.paint(value))?;
    }
    Ok(())
}

fn write_record(
    out: &mut impl Write,
    indent: &str,
    record: Record,
    paint: impl Fn(&str) -> String,
) -> io::Result<()> {
    for (label, value) in columns(record) {
        let lines: Vec<_> = value.split('\n').map(&paint).collect();
        let value = lines.join(&format!("\n{indent}{:19}", ""));
        writeln!(out, "{indent}{label:<17}  {value}")?;
    }
    Ok(())
}

fn write_columns(out: &mut impl Write, reply: &Reply) -> io::Result<()> {
    for (position, answer) in reply.answers.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        write_status(out, answer)?;
        if let Some(record) = answer.record() {
            write_record(out, "  ", record, str::to_owned)?;
        }
    }
    Ok(())
}

/// Says why a port has no service, or nothing if it has one.
fn write_status(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let status = answer.status;
    let reason = match (status, answer.source) {
        (PortStatus::Assigned, _) => return Ok(()),
        (_, Source::Row(record)) => format!(
            "the registry says \"{}\" of {}{}",
            one_line(record.description()),
            ports_cell(record),
            record
                .protocol()
                .map_or_else(String::new, |one| format!("/{one}"))
        ),
        (PortStatus::Dynamic, Source::NoRow(_)) => format!(
            "ports {} are for private use and never assigned",
            PortRange::Dynamic.bounds()
        ),
        (_, Source::NoRow(ports)) => format!("the registry has no row for {ports}"),
    };
    let protocols = list(answer.protocols);
    writeln!(out, "  no service for {protocols}: {status} ({reason})")
}

/// The columns under IANA's own titles, and what an alias refers to.
fn columns(record: Record) -> [(&'static str, String); 15] {
    let view = RecordView::from(record);
    let text = |value: Option<&str>| value.unwrap_or(ABSENT).to_owned();
    let lines = |values: Vec<String>| {
        if values.is_empty() {
            ABSENT.to_owned()
        } else {
            values.join("\n")
        }
    };
    let contacts = |contacts: &[ContactView]| lines(contacts.iter().map(contact).collect());
    let description = Some(view.description).filter(|description| !description.is_empty());
    let service_code = view.service_code.map(|code| code.to_string());
    [
        ("Service Name", name_cell(record)),
        ("Port Number", ports_cell(record)),
        ("Protocol", protocol_cell(record)),
        ("Status", view.status.to_owned()),
        ("Description", text(description)),
        ("Alias of", text(view.alias_of)),
        ("Aliases", text(join(&view.aliases).as_deref())),
        ("Assignee", contacts(&view.assignees)),
        ("Contact", contacts(&view.contacts)),
        ("Registered", text(view.registered.as_deref())),
        ("Modified", text(view.modified.as_deref())),
        (
            "Reference",
            lines(view.references.iter().map(reference).collect()),
        ),
        ("Service Code", text(service_code.as_deref())),
        ("Unauthorized Use", text(view.unauthorized_use)),
        ("Assignment Notes", text(view.note)),
    ]
}

fn join(parts: &[&str]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn contact(contact: &ContactView) -> String {
    let mut parts: Vec<&str> = contact
        .name
        .into_iter()
        .chain(contact.organization)
        .collect();
    parts.extend(&contact.uris);
    let updated = contact
        .updated
        .as_ref()
        .map(|date| format!("updated {date}"));
    parts.extend(updated.as_deref());
    match join(&parts) {
        Some(known) => format!("[{}] {known}", contact.id),
        None => format!("[{}]", contact.id),
    }
}

fn reference(reference: &ReferenceView) -> String {
    let mut line = format!("[{}]", reference.text);
    for more in reference.url.into_iter().chain(reference.note) {
        line.push(' ');
        line.push_str(&one_line(more));
    }
    line
}
