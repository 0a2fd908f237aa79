//! The port index: for every (port, protocol) its first service, all of them where there are
//! several, and the row that states the status where there is none.

use std::collections::HashMap;

use super::LayoutError;
use super::packing::{PAGE_PORTS, PAIR_PAGES, PortCell, lane, shared_key};
use super::protocol::Protocol;
use crate::intake::check::Checked;
use crate::intake::rules;

/// Rows are given as handles: the row of the tables plus one, 0 for none.
pub struct PortIndex {
    /// The number of services, which is the largest handle of one.
    services: u32,
    /// For every pair of protocols and page of ports, the number of its cells' page.
    pub pages: Vec<usize>,
    /// The distinct pages of cells.
    pub cells: Vec<[u32; PAGE_PORTS]>,
    /// The pairs of handles that no cell can hold.
    pub splits: Vec<[u16; 2]>,
    /// The keys of the (port, protocol) pairs with several services, ascending.
    pub shared_keys: Vec<u32>,
    /// The services of each of them but the first, in order.
    pub other_rows: Vec<Vec<u16>>,
    /// For every protocol, runs of ports in ascending order: the first port, and the handle of
    /// the unnamed record that covers the run. Ports with a service belong to any run.
    pub status_runs: Vec<Vec<(u16, u16)>>,
}

/// How many ports the services of one transport protocol may cover, each counted as often as
/// it is covered.
const MAX_COVERED: usize = 4 * 65_536;

pub fn build(checked: &Checked, row_of: &[u16]) -> Result<PortIndex, LayoutError> {
    let named = checked.registry.records.iter();
    let named = named.filter(|record| record.name.is_some());
    let mut index = PortIndex {
        services: named.count() as u32,
        pages: vec![0; Protocol::ALL.len() / 2 * PAIR_PAGES],
        cells: Vec::new(),
        splits: Vec::new(),
        shared_keys: Vec::new(),
        other_rows: Vec::new(),
        status_runs: Vec::new(),
    };
    let mut first_handles = Vec::new();
    for protocol in Protocol::ALL {
        let services = services_by_port(checked, protocol)?;
        let handle = |record: &usize| row_of[*record] + 1;
        for (port, services) in services.iter().enumerate() {
            if services.len() > 1 {
                index.shared_keys.push(shared_key(port as u16, protocol));
                let others = services[1..].iter().map(|&record| row_of[record]);
                index.other_rows.push(others.collect());
            }
        }
        let firsts: Vec<u16> = services
            .iter()
            .map(|services| services.first().map_or(0, handle))
            .collect();
        index
            .status_runs
            .push(status_runs(checked, protocol, row_of, &firsts));
        first_handles.push(firsts);
    }
    let mut known_pages = HashMap::new();
    let mut known_splits = HashMap::new();
    for pair in 0..Protocol::ALL.len() / 2 {
        for page in 0..PAIR_PAGES {
            let mut cells = [0; PAGE_PORTS];
            for (offset, cell) in cells.iter_mut().enumerate() {
                let port = page * PAGE_PORTS + offset;
                let of = |second| {
                    let mut protocols = Protocol::ALL.into_iter();
                    let protocol = protocols.find(|&protocol| lane(protocol) == (pair, second));
                    protocol.map_or(0, |protocol| first_handles[protocol as usize][port])
                };
                *cell = index.cell([of(0), of(1)], &mut known_splits);
            }
            let next = index.cells.len();
            let number = *known_pages.entry(cells).or_insert(next);
            if number == next {
                index.cells.push(cells);
            }
            index.pages[pair * PAIR_PAGES + page] = number;
        }
    }
    let shared: usize = index.other_rows.iter().map(Vec::len).sum();
    let limit = usize::from(u16::MAX);
    for (what, count) in [
        ("services on shared ports", shared),
        ("pages of ports", index.cells.len()),
        ("ports with unlike services", index.splits.len()),
    ] {
        if count > limit {
            return Err(LayoutError::TooMany { what, limit });
        }
    }
    Ok(index)
}

impl PortIndex {
    fn cell(&mut self, pair: [u16; 2], known: &mut HashMap<[u16; 2], usize>) -> u32 {
        if let Some(cell) = PortCell::pack(pair[0].into(), pair[1].into()) {
            return cell.to_bits();
        }
        let place = *known.entry(pair).or_insert(self.splits.len());
        if place == self.splits.len() {
            self.splits.push(pair);
        }
        PortCell::split(place as u32, self.services).to_bits()
    }
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
    let mut handles = vec![0; 65_536];
    // The most specific row comes first and takes its ports for good. Every port leads to the
    // next one that is still free, so that each is visited about once however rows overlap.
    let mut next_free: Vec<usize> = (0..=65_536).collect();
    for index in rows {
        let Some(ports) = records[index].ports else {
            continue;
        };
        let mut port = first_free(&mut next_free, usize::from(ports.first()));
        while port <= usize::from(ports.last()) {
            handles[port] = row_of[index] + 1;
            next_free[port] = port + 1;
            port = first_free(&mut next_free, port + 1);
        }
    }
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (port, &handle) in handles.iter().enumerate() {
        let assigned = services[port] != 0;
        let continues = runs.last().is_some_and(|&(_, last)| last == handle);
        if runs.is_empty() || !assigned && !continues {
            runs.push((port as u16, if assigned { 0 } else { handle }));
        }
    }
    runs
}

/// The first free port from `port` on; 65,536 if there is none.
fn first_free(next_free: &mut [usize], port: usize) -> usize {
    let mut free = port;
    while next_free[free] != free {
        free = next_free[free];
    }
    let mut passed = port;
    while passed != free {
        passed = std::mem::replace(&mut next_free[passed], free);
    }
    free
}
