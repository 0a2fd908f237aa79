//! The groups of changes, shared by the formats for people.

use super::{CommonName, Report, StalePreference};
use crate::changes::{ColumnChange, PersonChange, Row, RowChange, Someone};
use crate::status::StatusChange;

/// Changes of one kind.
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) items: Vec<Item>,
}

/// A change on one line, followed by its details, one per line.
pub(super) struct Item {
    pub(super) line: String,
    pub(super) details: Vec<String>,
}

/// Shows a text from the registry in a way that cannot be mistaken for the report's own text.
pub(super) type Quote = fn(&str) -> String;

/// All groups of changes that are not empty.
pub(super) fn changes(report: &Report, quote: Quote) -> Vec<Group> {
    let changes = &report.changes;
    let rows = |rows: &[Row]| rows.iter().map(|row| Item::row(row, quote)).collect();
    let row_changes = |changed: &[RowChange]| {
        let items = changed.iter().map(|change| Item::row_change(change, quote));
        items.collect()
    };
    let people = |people: &[Someone]| {
        let items = people.iter().map(|someone| Item::someone(someone, quote));
        items.collect()
    };
    let registry = changes
        .registry
        .iter()
        .map(|change| Item::plain(column(change, quote)));
    let statuses = changes.statuses_changed.iter().map(Item::status);
    let people_changed = changes.people_changed.iter();
    let plain = |lines: &[String], advice: &str| {
        let item = |line: &String| Item {
            line: quote(line),
            details: vec![advice.to_owned()],
        };
        lines.iter().map(item).collect()
    };
    let stale = report.stale_preferences.iter();
    let common_names = report.common_names.iter();
    let groups: [(&str, Vec<Item>); 18] = [
        ("Registry", registry.collect()),
        ("Services added", rows(&changes.services_added)),
        ("Services removed", rows(&changes.services_removed)),
        ("Services renamed", row_changes(&changes.services_renamed)),
        (
            "Services given another port",
            row_changes(&changes.services_given_another_port),
        ),
        ("Columns changed", row_changes(&changes.columns_changed)),
        ("Ports whose status changed", statuses.collect()),
        (
            "Preferred names that no longer hold",
            stale
                .map(|line| Item::stale_preference(line, quote))
                .collect(),
        ),
        (
            "Common names to look at",
            common_names
                .map(|line| Item::common_name(line, quote))
                .collect(),
        ),
        (
            "Rows that docs and tests show",
            plain(&report.shown, "change what is shown, or show another row"),
        ),
        (
            "Rows without a service name added",
            rows(&changes.status_rows_added),
        ),
        (
            "Rows without a service name removed",
            rows(&changes.status_rows_removed),
        ),
        ("Rows in another place", rows(&changes.rows_moved)),
        ("People added", people(&changes.people_added)),
        ("People removed", people(&changes.people_removed)),
        (
            "People changed",
            people_changed
                .map(|change| Item::person_change(change, quote))
                .collect(),
        ),
        ("People in another place", people(&changes.people_moved)),
        (
            "Files that follow from the registry, written anew",
            report
                .rewritten
                .iter()
                .map(|path| Item::plain(quote(path)))
                .collect(),
        ),
    ];
    let groups = groups
        .into_iter()
        .map(|(title, items)| Group { title, items });
    groups.filter(|group| !group.items.is_empty()).collect()
}

impl Item {
    fn plain(line: String) -> Self {
        Self {
            line,
            details: Vec::new(),
        }
    }

    fn row(row: &Row, quote: Quote) -> Self {
        let described = row
            .columns
            .iter()
            .find(|(column, _)| *column == "description");
        let description = described.filter(|(_, text)| !text.is_empty());
        Self::plain(match description {
            None => key(row, quote),
            Some((_, description)) => format!("{}: {}", key(row, quote), quote(description)),
        })
    }

    fn row_change(change: &RowChange, quote: Quote) -> Self {
        let (old, new) = (key(&change.old, quote), key(&change.new, quote));
        Self {
            line: if old == new { new } else { arrow(&old, &new) },
            details: columns(&change.columns, quote),
        }
    }

    fn status(change: &StatusChange) -> Self {
        let StatusChange {
            protocol,
            ports,
            old,
            new,
        } = change;
        Self::plain(format!(
            "{ports}/{protocol}: {}",
            arrow(old.as_str(), new.as_str())
        ))
    }

    fn stale_preference(stale: &StalePreference, quote: Quote) -> Self {
        let now = match stale.now.as_slice() {
            [] => "no service is on that port now: take the line out".to_owned(),
            names => format!(
                "the services on that port are now {}: name one of them in the line, or take it out",
                names
                    .iter()
                    .map(|name| quote(name))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        Self {
            line: quote(&format!("{}:{}", stale.file, stale.message)),
            details: vec![
                format!("the line to change: {}", quote(&stale.text)),
                now,
                "until then the crate does not build".to_owned(),
            ],
        }
    }

    fn common_name(found: &CommonName, quote: Quote) -> Self {
        let CommonName {
            file,
            text,
            message,
            ..
        } = found;
        Self {
            line: quote(&format!("{file}, {message}")),
            details: vec![
                format!("the line to look at: {}", quote(text)),
                "the crate builds all the same".to_owned(),
            ],
        }
    }

    fn someone(someone: &Someone, quote: Quote) -> Self {
        Self::plain(quote(&someone.id))
    }

    fn person_change(change: &PersonChange, quote: Quote) -> Self {
        Self {
            line: quote(&change.id),
            details: columns(&change.columns, quote),
        }
    }
}

/// Service name, port number and transport protocol.
fn key(row: &Row, quote: Quote) -> String {
    let ports = row
        .ports
        .map_or_else(|| "portless".to_owned(), |ports| ports.to_string());
    let place = match row.protocol {
        None => ports,
        Some(protocol) => format!("{ports}/{protocol}"),
    };
    match &row.name {
        None => place,
        Some(name) => format!("{} {place}", quote(name)),
    }
}

fn columns(changes: &[ColumnChange], quote: Quote) -> Vec<String> {
    changes.iter().map(|change| column(change, quote)).collect()
}

fn column(change: &ColumnChange, quote: Quote) -> String {
    let ColumnChange { column, old, new } = change;
    format!(
        "{column}: {}",
        arrow(&value(old, quote), &value(new, quote))
    )
}

fn value(text: &str, quote: Quote) -> String {
    match text {
        "" => "(empty)".to_owned(),
        text => quote(text),
    }
}

fn arrow(old: &str, new: &str) -> String {
    format!("{old} → {new}")
}

/// The text on one line, with everything escaped that a terminal or a browser would act on.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\'' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown
}
