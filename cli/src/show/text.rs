//! Writes replies for people to read.

use std::io::{self, Write};

use port_registry::{CommonKind, CommonUse, PortRange, PortStatus, Protocols, Record};

use super::query::{Answer, CommonAnswer, OwnAnswer, Reply, Source, list};
use crate::names::Whose;
use crate::record::cells::{ABSENT, cells, name_cell, one_line, ports_cell, protocol_cell};
use crate::record::view::{ContactView, RecordView, ReferenceView};
use crate::terminal::{Look, Part, write_table};

/// What people want to see of a reply.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) look: Look,
    /// All columns.
    pub(crate) verbose: bool,
    /// The contacts, with mail addresses as people write them.
    pub(crate) contacts: bool,
}

/// A line of a table, and what its name is.
pub(crate) type Line = (Part, [String; 4]);

/// Writes the reply to `query`: one line per answer or all columns.
pub(crate) fn write(
    out: &mut impl Write,
    query: &str,
    reply: &Reply<'_>,
    form: Form,
) -> io::Result<()> {
    writeln!(out, "{}", form.look.paint(Part::Heading, query))?;
    if let Some(name) = reply.former_name_of {
        writeln!(out, "  a former name of {name}")?;
    }
    if form.verbose {
        write_columns(out, reply, form)
    } else {
        write_reply(out, reply, form)
    }
}

fn write_reply(out: &mut impl Write, reply: &Reply<'_>, form: Form) -> io::Result<()> {
    let own = reply.own.iter().map(own_line);
    let named = reply.records().filter(|record| record.name().is_some());
    let registered = named.map(|record| (Part::Registered, cells(record)));
    let common = reply
        .common
        .iter()
        .map(|one| common_line(one.line, one.protocols));
    let lines: Vec<_> = own.chain(registered).chain(common).collect();
    write_lines(out, &form.look, "  ", lines)?;
    for answer in &reply.answers {
        write_status(out, answer, form)?;
    }
    write_reports(out, reply, form)?;
    if form.contacts {
        write_contacts(out, reply, form)?;
    }
    Ok(())
}

/// Writes aligned lines, with the name of each in the colour of what it is.
pub(crate) fn write_lines(
    out: &mut impl Write,
    look: &Look,
    indent: &str,
    lines: Vec<Line>,
) -> io::Result<()> {
    let (parts, rows): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    write_table(out, look, indent, &rows, |row, column, text| {
        match parts.get(row).filter(|_| column == 0) {
            Some(part) => look.paint(*part, text),
            None => text.to_owned(),
        }
    })
}

/// The line of a name in front of the registry's.
pub(crate) fn own_line(own: &OwnAnswer<'_>) -> Line {
    let whose = match own.whose {
        Whose::User => "your own name",
        Whose::Machine => "a name of this machine's services file",
    };
    let cells = [
        own.name.to_owned(),
        own.ports.to_string(),
        own.protocols.to_string(),
        whose.to_owned(),
    ];
    (Part::Own, cells)
}

/// The line of a common use, on these of its protocols.
pub(crate) fn common_line(line: CommonUse, protocols: Protocols) -> Line {
    let mut mark = String::from(match line.kind() {
        CommonKind::Contested => "one of several common uses",
        _ => "common name",
    });
    let further: Vec<_> = line.names().skip(1).collect();
    if !further.is_empty() {
        mark += &format!("; also {}", further.join(", "));
    }
    let cells = [
        line.name().to_owned(),
        line.ports().to_string(),
        protocols.to_string(),
        format!("{} ({mark})", line.title()),
    ];
    (Part::Common, cells)
}

/// Writes what was reported of unauthorized use of these ports, once.
fn write_reports(out: &mut impl Write, reply: &Reply<'_>, form: Form) -> io::Result<()> {
    let mut reports: Vec<(&str, String, Protocols)> = Vec::new();
    for record in reply.records() {
        let Some(report) = record.unauthorized_use() else {
            continue;
        };
        let ports = ports_cell(record);
        let protocol = record.protocol().map_or(Protocols::ALL, Protocols::from);
        let same = |known: &&mut (&str, String, Protocols)| (known.0, &known.1) == (report, &ports);
        match reports.iter_mut().find(same) {
            Some(known) => known.2.extend(protocol.iter()),
            None => reports.push((report, ports, protocol)),
        }
    }
    for (report, ports, protocols) in reports {
        let place = match protocols {
            Protocols::ALL => ports,
            _ => format!("{ports}/{protocols}"),
        };
        let text = format!("unauthorized use reported ({place}): {}", one_line(report));
        writeln!(out, "  {}", note(form, &text))?;
    }
    Ok(())
}

/// A line that says something of ports.
fn note(form: Form, text: &str) -> String {
    let paint = |text: &str| form.look.paint(Part::Status, text);
    form.look.paragraph(text, 4, paint)
}

/// Writes who is responsible for the rows, each once: what he or she is, for which services, and
/// how to reach them.
fn write_contacts(out: &mut impl Write, reply: &Reply<'_>, form: Form) -> io::Result<()> {
    let mut known: Vec<(&str, Vec<&str>, String)> = Vec::new();
    for record in reply.records() {
        let name = record.name().unwrap_or(ABSENT);
        let assignees = record.assignees().map(|one| ("Assignee", one));
        let contacts = record.contacts().map(|one| ("Contact", one));
        for (role, one) in assignees.chain(contacts) {
            let text = contact(&ContactView::from(one), form);
            match known
                .iter_mut()
                .find(|line| (line.0, &line.2) == (role, &text))
            {
                Some((_, names, _)) if names.contains(&name) => {}
                Some((_, names, _)) => names.push(name),
                None => known.push((role, vec![name], text)),
            }
        }
    }
    known.sort_by_key(|line| line.0);
    let rows: Vec<_> = known
        .into_iter()
        .map(|(role, names, text)| [role.to_owned(), names.join(", "), text])
        .collect();
    write_table(out, &form.look, "  ", &rows, |_, column, text| {
        let part = if column == 0 {
            Part::Title
        } else {
            Part::Plain
        };
        form.look.paint(part, text)
    })
}

/// Writes all columns of a row, each line with `paint` applied to its value.
pub(crate) fn write_record(
    out: &mut impl Write,
    indent: &str,
    record: Record,
    form: Form,
    paint: impl Fn(&str) -> String,
) -> io::Result<()> {
    write_titled(out, indent, &columns(record, form), form, paint)
}

/// Writes values under their titles.
fn write_titled(
    out: &mut impl Write,
    indent: &str,
    values: &[(&str, String)],
    form: Form,
    paint: impl Fn(&str) -> String,
) -> io::Result<()> {
    for (title, value) in values {
        let value = form.look.paragraph(value, indent.len() + 19, &paint);
        let padding = 17_usize.saturating_sub(title.len());
        let title = form.look.paint(Part::Title, title);
        writeln!(out, "{indent}{title}{:padding$}  {value}", "")?;
    }
    Ok(())
}

fn write_columns(out: &mut impl Write, reply: &Reply<'_>, form: Form) -> io::Result<()> {
    let mut is_first = true;
    let mut separate = |out: &mut dyn Write| {
        if std::mem::take(&mut is_first) {
            Ok(())
        } else {
            writeln!(out)
        }
    };
    for own in &reply.own {
        separate(out)?;
        write_titled(out, "  ", &own_columns(own), form, str::to_owned)?;
    }
    for answer in &reply.answers {
        separate(out)?;
        write_status(out, answer, form)?;
        if let Some(record) = answer.record() {
            write_record(out, "  ", record, form, str::to_owned)?;
        }
    }
    for answer in &reply.common {
        separate(out)?;
        write_titled(out, "  ", &common_columns(answer), form, str::to_owned)?;
    }
    Ok(())
}

/// Says why a port has no service, or nothing if it has one.
fn write_status(out: &mut impl Write, answer: &Answer, form: Form) -> io::Result<()> {
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
    let text = format!("no registered service for {protocols}: {status} ({reason})");
    writeln!(out, "  {}", note(form, &text))
}

fn own_columns(own: &OwnAnswer<'_>) -> [(&'static str, String); 3] {
    let title = match own.whose {
        Whose::User => "Own Name",
        Whose::Machine => "Name in services",
    };
    [
        (title, own.name.to_owned()),
        ("Port Number", own.ports.to_string()),
        ("Protocol", list(own.protocols)),
    ]
}

fn common_columns(answer: &CommonAnswer) -> [(&'static str, String); 7] {
    let line = answer.line;
    let further: Vec<_> = line.names().skip(1).collect();
    let label = match line.kind() {
        CommonKind::New | CommonKind::Instead => "this name",
        CommonKind::Contested => "the number, for several uses are common",
        _ => "unchanged, this name only leads to the port",
    };
    [
        ("Common Name", line.name().to_owned()),
        (
            "Further Names",
            join(&further).unwrap_or_else(|| ABSENT.to_owned()),
        ),
        ("Port Number", line.ports().to_string()),
        ("Protocol", list(line.protocols())),
        ("Title", line.title().to_owned()),
        ("Label", label.to_owned()),
        ("Source", line.source().to_owned()),
    ]
}

/// The columns under IANA's own titles, and what an alias refers to.
fn columns(record: Record, form: Form) -> [(&'static str, String); 15] {
    let view = RecordView::from(record);
    let text = |value: Option<&str>| value.unwrap_or(ABSENT).to_owned();
    let lines = |values: Vec<String>| {
        if values.is_empty() {
            ABSENT.to_owned()
        } else {
            values.join("\n")
        }
    };
    let contacts =
        |contacts: &[ContactView]| lines(contacts.iter().map(|one| contact(one, form)).collect());
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

fn contact(contact: &ContactView, form: Form) -> String {
    let known = contact.name.into_iter().chain(contact.organization);
    let mut parts: Vec<String> = known.map(str::to_owned).collect();
    let uris = contact.uris.iter();
    parts.extend(uris.map(|uri| {
        if form.contacts {
            as_written(uri)
        } else {
            (*uri).to_owned()
        }
    }));
    let updated = contact.updated.as_ref();
    parts.extend(updated.map(|date| format!("updated {date}")));
    if parts.is_empty() {
        format!("[{}]", contact.id)
    } else {
        format!("[{}] {}", contact.id, parts.join(", "))
    }
}

/// A mail address as people write it: IANA's `mailto:name&example.org` as `name@example.org`. Other
/// addresses stay as they are.
fn as_written(uri: &str) -> String {
    match uri.strip_prefix("mailto:") {
        None => uri.to_owned(),
        Some(mail) if mail.contains('@') => mail.to_owned(),
        Some(mail) => mail.replacen('&', "@", 1),
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
