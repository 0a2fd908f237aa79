//! What texts of rows say, and in which order rows answer. How a port's status follows from them
//! stands in `status_of_port`, which the library asks too.

use crate::format::value::status::PortStatus;
use crate::intake::model::Record;

/// The service that the note of an alias names: `This entry is an alias to "X".`, or
/// `This is a duplicate of the "X" service`.
pub fn alias_target(note: &str) -> Option<&str> {
    between(note, "This entry is an alias to \"", "\".")
        .or_else(|| between(note, "This is a duplicate of the \"", "\" service"))
}

/// The former name that the note of a service tells:
/// `Historically, this service has been referred to as "x"`.
pub fn former_name(note: &str) -> Option<&str> {
    let opening = "Historically, this service has been referred to as \"";
    between(note, opening, "\"").filter(|name| !name.is_empty())
}

fn between<'a>(text: &'a str, opening: &str, closing: &str) -> Option<&'a str> {
    // Most rows have no note, and without this would still take the time to prepare a search.
    if text.is_empty() {
        return None;
    }
    let (_, from) = text.split_once(opening)?;
    let (inner, _) = from.split_once(closing)?;
    Some(inner)
}

/// The status that a row without a service name states in its description, case and a leading
/// `(` ignored.
fn stated_status(description: &str) -> PortStatus {
    const WORDS: [(&str, PortStatus); 7] = [
        ("unassigned", PortStatus::Unassigned),
        ("reserved", PortStatus::Reserved),
        ("de-registered", PortStatus::Deregistered),
        ("removed", PortStatus::Deregistered),
        ("deprecated", PortStatus::Deregistered),
        ("decomissioned", PortStatus::Deregistered),
        ("de-commissioned", PortStatus::Deregistered),
    ];
    let text = description.strip_prefix('(').unwrap_or(description);
    let starts_with = |word: &str| {
        let start = text.as_bytes().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    let known = WORDS.iter().find(|(word, _)| starts_with(word));
    known.map_or(PortStatus::Unnamed, |&(_, status)| status)
}

/// The status that a row gives its ports, whatever the description of one with a service name.
pub fn status_of(record: &Record) -> PortStatus {
    match record.name {
        Some(_) => PortStatus::Assigned,
        None => stated_status(&record.description.to_string()),
    }
}

/// Orders the services of one (port, protocol), the smallest first: no alias, preferred, with
/// a protocol of its own, the narrower span; equal ranks keep the order of the registry.
pub fn rank_on_port(record: &Record, is_alias: bool, is_preferred: bool) -> u32 {
    u32::from(is_alias) << 19 | u32::from(!is_preferred) << 18 | reach(record)
}

/// Orders the services of one name, the smallest first: with a number, preferred, with a
/// protocol of its own; equal ranks keep the order of the registry.
pub fn rank_for_name(record: &Record, is_preferred: bool) -> u32 {
    let portless = record.ports.is_none();
    u32::from(portless) << 2 | u32::from(!is_preferred) << 1 | u32::from(record.protocol.is_none())
}

/// Orders the rows without a service name that cover one (port, protocol), the most specific
/// first: with a protocol of its own, the narrower span; equal ranks keep the order of the
/// registry.
pub fn rank_of_status(record: &Record) -> u32 {
    reach(record)
}

/// How much a row covers: with a protocol of its own less than without, then by the ports.
fn reach(record: &Record) -> u32 {
    // At most 65,536, which takes 17 bits.
    let width = record.ports.map_or(0, |ports| ports.len());
    u32::from(record.protocol.is_none()) << 17 | width
}

/// Sorts ascending rows by their ranks; equal ranks keep the order of the registry.
///
/// One kind of rank for all, so that the build script holds one copy of the sort.
pub fn sort_by_rank(rows: &mut Vec<usize>, rank: &dyn Fn(usize) -> u32) {
    if rows.len() > 1 {
        let mut ranked: Vec<(u32, usize)> = rows.iter().map(|&row| (rank(row), row)).collect();
        ranked.sort_unstable();
        *rows = ranked.into_iter().map(|(_, row)| row).collect();
    }
}
