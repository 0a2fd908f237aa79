//! Differences as lines, for people and for programs.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::changes::Change;
use crate::record::json::write_line;
use crate::record::view::PortsView;

/// One line for each difference, aligned.
pub(super) fn text(out: &mut impl Write, changes: &[Change]) -> io::Result<()> {
    let targets = changes.iter().map(|change| match change {
        Change::Ports {
            ports, protocol, ..
        } => format!("{ports}/{protocol}"),
        Change::Name { .. } => String::new(),
    });
    let targets: Vec<_> = targets.collect();
    let width = targets.iter().map(String::len).max().unwrap_or(0);
    for (change, target) in changes.iter().zip(targets) {
        match change {
            Change::Ports { old, new, .. } => {
                let (sign, names) = names(old.as_deref(), new.as_deref());
                writeln!(out, "{sign} {target:width$} {names}")?;
            }
            Change::Name {
                name,
                protocol,
                old,
                new,
            } => {
                let place = |port: Option<u16>| match port {
                    Some(port) => format!("{port}/{protocol}"),
                    None => "none".to_owned(),
                };
                let (old, new) = (place(*old), place(*new));
                writeln!(out, "name {}: {old} -> {new}", visible(name))?;
            }
        }
    }
    Ok(())
}

/// The sign, and the names.
fn names(old: Option<&str>, new: Option<&str>) -> (char, String) {
    match (old, new) {
        (Some(old), Some(new)) => ('~', format!("{} -> {}", visible(old), visible(new))),
        (Some(old), None) => ('-', visible(old).into_owned()),
        (None, new) => ('+', visible(new.unwrap_or_default()).into_owned()),
    }
}

/// A file may hold anything, also what would change the colours of a terminal.
fn visible(name: &str) -> Cow<'_, str> {
    match name.contains(char::is_control) {
        true => Cow::Owned(name.escape_debug().to_string()),
        false => Cow::Borrowed(name),
    }
}

/// A difference, for programs to read.
#[derive(Serialize)]
#[serde(tag = "difference", rename_all = "lowercase")]
enum View<'a> {
    Ports {
        ports: PortsView,
        protocol: &'a str,
        old: Option<&'a str>,
        new: Option<&'a str>,
    },
    Name {
        name: &'a str,
        protocol: &'a str,
        old: Option<u16>,
        new: Option<u16>,
    },
}

/// One object for each difference. What a side does not have is `null`.
pub(super) fn json(out: &mut impl Write, changes: &[Change]) -> io::Result<()> {
    for change in changes {
        let view = match change {
            Change::Ports {
                ports,
                protocol,
                old,
                new,
            } => View::Ports {
                ports: PortsView::from(*ports),
                protocol: protocol.as_str(),
                old: old.as_deref(),
                new: new.as_deref(),
            },
            Change::Name {
                name,
                protocol,
                old,
                new,
            } => View::Name {
                name,
                protocol: protocol.as_str(),
                old: *old,
                new: *new,
            },
        };
        write_line(out, &view)?;
    }
    Ok(())
}
