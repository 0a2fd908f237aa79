//! From a port to its services, and to the row that states its status.

use super::order::Order;
use super::source::Source;
use crate::format::table::{TooMany, port_pages, port_runs, shared_ports};
use crate::format::value::protocol::Protocol;
use crate::meaning::{Facts, PortFacts};

pub fn bake(source: &mut Source, facts: &Facts<'_>, order: &Order<'_>) -> Result<(), TooMany> {
    let firsts = facts.ports.iter().map(|ports| {
        let services = ports.services.iter();
        services
            .map(|services| order.handle(services.first()))
            .collect()
    });
    source.table("PORTS", &port_pages::pack(&firsts.collect::<Vec<_>>()));

    let mut shared = Vec::new();
    for (&protocol, ports) in Protocol::ALL.iter().zip(&facts.ports) {
        for (port, services) in (0..=u16::MAX).zip(&ports.services) {
            if let [_, others @ ..] = services.as_slice() {
                if !others.is_empty() {
                    shared.push((port, protocol, order.rows_of(others)));
                }
            }
        }
    }
    source.table("SHARED_PORTS", &shared_ports::pack(&shared));

    let stated = facts.ports.iter().map(|ports| stated(ports, order));
    source.table("STATUS", &port_runs::pack(&stated.collect::<Vec<_>>())?);
    Ok(())
}

/// The row that states the status of each port, as runs of ports with the same row. A port with a
/// service belongs to whichever run it is among, for nobody asks.
fn stated(ports: &PortFacts, order: &Order<'_>) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (port, (services, row)) in (0..=u16::MAX).zip(ports.services.iter().zip(&ports.unnamed)) {
        let assigned = !services.is_empty();
        let handle = if assigned {
            0
        } else {
            order.handle(row.as_ref())
        };
        let continues = runs
            .last()
            .is_some_and(|&(_, last)| assigned || last == handle);
        if !continues {
            runs.push((port, handle));
        }
    }
    runs
}
