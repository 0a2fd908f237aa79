//! The list of common names: one table by port and by name, and the lines themselves in tables of
//! their own, which are linked by whoever asks for a title or a source.

use std::collections::HashMap;

use super::source::Source;
use crate::format::table::common_names::{Label, pack};
use crate::format::table::{TooMany, lists, narrow, texts};
use crate::format::value::protocol::Protocol;
use crate::meaning::CommonNames;

pub fn bake(source: &mut Source, common: &CommonNames<'_>) -> Result<(), TooMany> {
    narrow(common.names.len(), "common names")?;
    let texts = common.names.iter().map(|name| name.text);
    let numbers: HashMap<&str, usize> = texts.zip(0..).collect();
    let names: Vec<(&str, u16, u8)> = common
        .names
        .iter()
        .map(|name| (name.text, name.port, bits(name.protocols)))
        .collect();
    let label = |label: &crate::meaning::common_names::CommonLabel<'_>| Label {
        first: label.first,
        last: label.last,
        name: label.name.map(|name| numbers[name] as u16),
    };
    let labels: Vec<Vec<Label>> = common
        .labels
        .iter()
        .map(|list| list.iter().map(label).collect())
        .collect();
    let table = pack(&names, &labels)?;
    source.alias("CommonTable", &table.kind);
    source.table("COMMON_NAMES", &table);

    let uses = common.uses;
    source.constant("COMMON_USES", "u16", narrow(uses.len(), "common uses")?);
    let column = |value: fn(&crate::intake::common_names::CommonUse) -> u16| {
        uses.iter().map(value).collect::<Vec<u16>>()
    };
    source.array("COMMON_FIRST_PORT", &column(|line| line.ports.first()));
    source.array("COMMON_LAST_PORT", &column(|line| line.ports.last()));
    let small = |value: fn(&crate::intake::common_names::CommonUse) -> u8| {
        uses.iter().map(value).collect::<Vec<u8>>()
    };
    source.array("COMMON_PROTOCOLS", &small(|line| bits(&line.protocols)));
    source.array("COMMON_KIND", &small(|line| line.kind as u8));
    let of_line: Vec<Vec<u16>> = uses
        .iter()
        .map(|line| {
            line.names
                .iter()
                .map(|name| numbers[name.as_str()] as u16)
                .collect()
        })
        .collect();
    source.table("COMMON_NAMES_OF", &lists::pack(&of_line));
    let titles: Vec<&str> = uses.iter().map(|line| line.title.as_str()).collect();
    source.table("COMMON_TITLES", &texts::pack(&titles));
    let sources: Vec<&str> = uses.iter().map(|line| line.source.as_str()).collect();
    source.table("COMMON_SOURCES", &texts::pack(&sources));
    Ok(())
}

/// A bit for each protocol, at its place.
fn bits(protocols: &[Protocol]) -> u8 {
    protocols.iter().fold(0, |bits, &one| bits | 1 << one as u8)
}
