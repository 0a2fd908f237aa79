//! The port index: for every (port, protocol) its first service, all of them where there are
//! several, and the row that states the status where there is none.

use std::collections::HashMap;

use super::LayoutError;
use super::port_runs::PortRuns;
use crate::format::packing::{COMMON, PAGE_PORTS, RARE_PORTS, port_key};
use crate::format::value::protocol::Protocol;
use crate::intake::check::Checked;
use crate::intake::claims::PortClaims;
use crate::intake::rules;

/// A page of the port index: for each common protocol, the cells of its ports.
type Page = [[u16; PAGE_PORTS]; COMMON.len()];

/// Rows are given as handles: the row of the tables plus one, 0 for none.
pub struct PortIndex {
    /// For every page of ports, the number of its cells' page.
    pub pages: Vec<usize>,
    /// The distinct pages: handles of first services on the common protocols.
    pub cells: Vec<Page>,
    /// A bit for every [`RARE_PORTS`] ports: whether one of them has a service on one of the
    /// other protocols.
    pub rare_ports: Vec<u8>,
    /// For each of those protocols, runs of ports with the same first service.
    pub rare_runs: PortRuns,
    /// The keys of the (port, protocol) pairs with several services, ascending.
    pub shared_keys: Vec<u32>,
    /// The services of each of them but the first, in order.
    pub other_rows: Vec<Vec<u16>>,
    /// For every protocol, runs of ports that the same unnamed record covers. Ports with a
    /// service belong to any run.
    pub status_runs: PortRuns,
}

/// How many ports the services of one transport protocol may cover, each counted as often as
/// it is covered.
const MAX_COVERED: usize = 4 * 65_536;

pub fn build(checked: &Checked, row_of: &[u16]) -> Result<PortIndex, LayoutError> {
    let (mut shared_keys, mut other_rows) = (Vec::new(), Vec::new());
    let mut rare_ports = vec![0; 65_536 / RARE_PORTS / 8];
    let (mut rare_runs, mut status_lists) = (Vec::new(), Vec::new());
    let mut common = [const { Vec::new() }; COMMON.len()];
    for protocol in Protocol::EACH {
        let services = services_by_port(checked, protocol)?;
        let handle = |record: &usize| row_of[*record] + 1;
        for (port, services) in services.iter().enumerate() {
            if services.len() > 1 {
                shared_keys.push(port_key(port as u16, protocol));
                let others = services[1..].iter().map(|&record| row_of[record]);
                other_rows.push(others.collect());
            }
        }
        let firsts: Vec<u16> = services
            .iter()
            .map(|services| services.first().map_or(0, handle))
            .collect();
        status_lists.push(status_runs(checked, protocol, row_of, &firsts));
        match COMMON.iter().position(|&one| one == protocol) {
            Some(lane) => common[lane] = firsts,
            None => {
                for port in (0..firsts.len()).filter(|&port| firsts[port] != 0) {
                    let block = port / RARE_PORTS;
                    rare_ports[block / 8] |= 1 << (block % 8);
                }
                rare_runs.push(runs(&firsts));
            }
        }
    }
    let (mut pages, mut cells) = (Vec::new(), Vec::new());
    let mut known = HashMap::new();
    for first in (0..65_536).step_by(PAGE_PORTS) {
        let page: Page =
            std::array::from_fn(|lane| std::array::from_fn(|offset| common[lane][first + offset]));
        let number = *known.entry(page).or_insert(cells.len());
        if number == cells.len() {
            cells.push(page);
        }
        pages.push(number);
    }
    let limit = usize::from(u16::MAX);
    if other_rows.iter().map(Vec::len).sum::<usize>() > limit {
        return Err(LayoutError::TooMany {
            what: "services on shared ports",
            limit,
        });
    }
    Ok(PortIndex {
        pages,
        cells,
        rare_ports,
        rare_runs: PortRuns::of(&rare_runs),
        shared_keys,
        other_rows,
        status_runs: PortRuns::of(&status_lists),
    })
}

/// The ports in runs with the same handle.
fn runs(handles: &[u16]) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (port, &handle) in handles.iter().enumerate() {
        if runs.last().is_none_or(|&(_, last)| last != handle) {
            runs.push((port as u16, handle));
        }
    }
    runs
}

/// For every port, the records of its services, in the order of the rules.
fn services_by_port(checked: &Checked, protocol: Protocol) -> Result<Vec<Vec<usize>>, LayoutError> {
    let mut by_port: Vec<Vec<usize>> = vec![Vec::new(); 65_536];
    let records = &checked.registry.records;
    let mut covered = 0;
    for (index, record) in records.iter().enumerate() {
        if record.name.is_some() && record.covers_protocol(protocol) {
            // Wide spans by the thousand would fill the memory before they could be counted.
            covered += record.ports.map_or(0, |ports| ports.len() as usize);
            if covered > MAX_COVERED {
                return Err(LayoutError::TooMany {
                    what: "ports of services on one transport protocol",
                    limit: MAX_COVERED,
                });
            }
            for port in record.ports.into_iter().flatten() {
                by_port[usize::from(port)].push(index);
            }
        }
    }
    for (port, services) in by_port.iter_mut().enumerate() {
        services.sort_by_key(|&index| {
            let record = &records[index];
            let is_alias = checked.alias_of[index].is_some();
            let is_preferred = checked.is_preferred_on(record, port as u16, protocol);
            rules::rank_on_port(record, is_alias, is_preferred)
        });
    }
    Ok(by_port)
}

fn status_runs(
    checked: &Checked,
    protocol: Protocol,
    row_of: &[u16],
    services: &[u16],
) -> Vec<(u16, u16)> {
    let records = &checked.registry.records;
    let unnamed =
        |&index: &usize| records[index].name.is_none() && records[index].covers_protocol(protocol);
    let mut rows: Vec<usize> = (0..records.len()).filter(unnamed).collect();
    rows.sort_by_key(|&index| rules::rank_of_status(&records[index]));
    // The most specific row comes first and has its ports for good.
    let mut claims = PortClaims::default();
    for index in rows {
        if let Some(ports) = records[index].ports {
            claims.claim(ports, index);
        }
    }
    let holders = claims.holders().iter();
    let handles = holders.map(|holder| holder.map_or(0, |index| row_of[index] + 1));
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (port, handle) in handles.enumerate() {
        let assigned = services[port] != 0;
        let continues = runs.last().is_some_and(|&(_, last)| last == handle);
        if runs.is_empty() || !assigned && !continues {
            runs.push((port as u16, if assigned { 0 } else { handle }));
        }
    }
    runs
}
