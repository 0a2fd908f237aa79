//! The rows that were found, in forms that other programs read.

use std::collections::BTreeSet;

use port_registry::{Column, CommonKind, CommonUse, Record, Service};
use serde_json::Value;

use super::json::list;
use super::row::{Row, protocol_names};

/// IANA's CSV of these rows: with a header, and quotes where they are necessary.
pub(super) fn csv(rows: &[u32]) -> String {
    let mut text = String::new();
    write_csv(
        &mut text,
        Column::ALL.iter().map(|one| one.title().to_owned()),
    );
    for record in rows.iter().filter_map(|&row| registered(row)) {
        let cells = Column::ALL.iter();
        write_csv(
            &mut text,
            cells.map(|&column| record.column(column).to_string()),
        );
    }
    text
}

fn registered(row: u32) -> Option<Record> {
    match Row::at(row)? {
        Row::Registered(record) => Some(record),
        Row::Common(_) => None,
    }
}

fn write_csv(text: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// A list of objects, one a line. Each begins with `source`, which is `iana` or `common`.
pub(super) fn json(rows: &[u32]) -> Result<String, serde_json::Error> {
    let rows = rows.iter().filter_map(|&row| Row::at(row));
    let objects: Vec<String> = rows.map(json_object).collect::<Result<_, _>>()?;
    Ok(format!("[\n{}\n]\n", objects.join(",\n")))
}

fn json_object(row: Row) -> Result<String, serde_json::Error> {
    match row {
        Row::Registered(record) => {
            let columns = serde_json::to_string(&record)?;
            let columns = columns.strip_prefix('{').unwrap_or(&columns);
            Ok(format!("{{\"source\":\"iana\",{columns}"))
        }
        Row::Common(line) => {
            let fields = common_fields(line).map(|(key, value)| format!("\"{key}\":{value}"));
            Ok(format!("{{{}}}", fields.join(",")))
        }
    }
}

/// A common use as JSON, in order.
pub(super) fn common_fields(line: CommonUse) -> [(&'static str, Value); 8] {
    [
        ("source", "common".into()),
        ("kind", line.kind().as_str().into()),
        ("name", line.name().into()),
        ("names", list(line.names())),
        ("ports", line.ports().to_string().into()),
        ("protocols", list(protocol_names(line.protocols()))),
        ("title", line.title().into()),
        ("page", line.source().into()),
    ]
}

/// What the kind of a common use means, for people.
pub(super) fn meaning(kind: CommonKind) -> &'static str {
    match kind {
        CommonKind::New => "IANA has no service here. This name is the label of the port.",
        CommonKind::Instead => {
            "IANA has another service here that hardly anyone means. This name is the label of \
             the port."
        }
        CommonKind::Contested => {
            "Several uses are common here and none stands out. The label of the port is its number."
        }
        _ => "People type these names. The label of the port stays what it is.",
    }
}

/// Lines of services(5), one for each port and protocol of the rows.
pub(super) fn services(rows: &[u32]) -> String {
    let mut written = BTreeSet::new();
    let mut text = String::new();
    for row in rows.iter().filter_map(|&row| Row::at(row)) {
        for line in services_lines(row) {
            if !written.contains(&line) {
                text.push_str(&line);
                text.push('\n');
                written.insert(line);
            }
        }
    }
    text
}

/// The lines of a row. An alias leads to the line of its service.
pub(super) fn services_lines(row: Row) -> Vec<String> {
    let row = match row {
        Row::Registered(record) => Row::Registered(head(record)),
        common @ Row::Common(_) => common,
    };
    let (names, title) = match row {
        Row::Registered(record) => match record.service() {
            None => return Vec::new(),
            Some(service) => (names(service), record.description()),
        },
        Row::Common(line) => (line.names().collect(), line.title()),
    };
    let mut names = names.into_iter().filter(|name| can_hold(name));
    let (Some(name), Some(ports)) = (names.next(), row.ports()) else {
        return Vec::new();
    };
    let aliases: Vec<&str> = names.collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let targets = ports.iter().flat_map(|port| {
        let on_port = move |protocol| format!("{port}/{protocol}");
        row.protocols().iter().map(on_port)
    });
    targets
        .map(|target| {
            let line = format!("{name:<15} {target:<10} {}", aliases.join(" "));
            match title.as_str() {
                "" => line.trim_end().to_owned(),
                title => format!("{:<26} # {title}", line.trim_end()),
            }
        })
        .collect()
}

/// The row of the service that a row is an alias of, if it has the same ports.
fn head(record: Record) -> Record {
    let target = record.service().and_then(Service::alias_of);
    let target = target.map(Service::record);
    let is_same =
        |one: &Record| (one.ports(), one.protocol()) == (record.ports(), record.protocol());
    target.filter(is_same).unwrap_or(record)
}

/// The name, and the aliases on the same ports.
fn names(service: Service) -> Vec<&'static str> {
    let is_here = |alias: &Service| {
        (alias.ports(), alias.protocol()) == (service.ports(), service.protocol())
    };
    let aliases = service.aliases().filter(is_here).map(Service::name);
    let mut names = vec![service.name()];
    for alias in aliases {
        if !names.contains(&alias) {
            names.push(alias);
        }
    }
    names
}

/// Whether a services file can hold the name: white space ends it, `#` begins a comment.
fn can_hold(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#')
}
