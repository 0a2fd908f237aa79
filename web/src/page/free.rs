//! Which ports are free, and what speaks against the others.

use std::collections::BTreeSet;

use port_registry::{CommonUse, FreeSpan, Ports, Protocols, Record, conflicts, free_spans};
use serde_json::Value;

use super::json::{list, object};
use super::row::{Row, number};

/// The free spans, the rows that hold the other ports or report unauthorized use, and the common
/// uses. `avoid_common` leaves out the ports of these.
pub(super) fn free(ports: Ports, protocols: Protocols, avoid_common: bool) -> Value {
    let is_near = |line: &CommonUse| {
        line.ports().intersection(ports).is_some() && !(line.protocols() & protocols).is_empty()
    };
    let common: Vec<(u32, CommonUse)> = Row::all_common()
        .filter(|(_, line)| is_near(line))
        .collect();
    let avoided: BTreeSet<u16> = match avoid_common {
        true => common
            .iter()
            .flat_map(|(_, line)| line.ports().iter())
            .collect(),
        false => BTreeSet::new(),
    };
    let spans: Vec<(Ports, FreeSpan)> = free_spans(ports, protocols)
        .flat_map(|span| {
            without(span.ports(), &avoided)
                .into_iter()
                .map(move |one| (one, span))
        })
        .collect();
    let count: u32 = spans.iter().map(|(ports, _)| ports.len()).sum();
    let against = rows_against(ports, protocols);
    let reports = against
        .iter()
        .filter(|one| one.unauthorized_use().is_some());
    object([
        ("first", ports.first().into()),
        ("last", ports.last().into()),
        ("count", count.into()),
        (
            "spans",
            list(spans.iter().map(|(ports, span)| span_value(*ports, *span))),
        ),
        (
            "conflicts",
            list(against.iter().map(|one| number(one.index()))),
        ),
        ("reports", list(reports.map(|one| number(one.index())))),
        ("common", list(common.iter().map(|(number, _)| *number))),
    ])
}

fn span_value(ports: Ports, span: FreeSpan) -> Value {
    object([
        ("ports", ports.to_string().into()),
        ("first", ports.first().into()),
        ("last", ports.last().into()),
        ("count", ports.len().into()),
        ("status", span.status().as_str().into()),
    ])
}

/// The parts of a span without these ports.
fn without(span: Ports, avoided: &BTreeSet<u16>) -> Vec<Ports> {
    let mut parts: Vec<Ports> = Vec::new();
    for port in span.iter().filter(|port| !avoided.contains(port)) {
        let one = Ports::one(port);
        let longer = parts
            .last()
            .filter(|last| last.last().checked_add(1) == Some(port));
        match longer.and_then(|last| Ports::new(last.first(), port)) {
            Some(longer) => {
                parts.pop();
                parts.push(longer);
            }
            None => parts.push(one),
        }
    }
    parts
}

/// The rows that hold a port of these or report unauthorized use of it, each once, on one of the
/// protocols.
fn rows_against(ports: Ports, protocols: Protocols) -> Vec<Record> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for record in ports.iter().flat_map(conflicts) {
        let is_asked = !(record.protocols() & protocols).is_empty();
        if is_asked && seen.insert(record.index()) {
            rows.push(record);
        }
    }
    rows
}
