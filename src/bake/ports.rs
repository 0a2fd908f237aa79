//! From a port to its services, and to the row that states its status.

use super::order::Order;
use super::source::Source;
use crate::format::table::{TooMany, port_pages, port_runs, shared_ports};
use crate::format::value::protocol::Protocol;
use crate::meaning::{Facts, PortFacts};

pub fn bake(source: &mut Source, facts: &Facts<'_>, order: &Order<'_>) -> Result<(), TooMany> {
    let (mut firsts, mut shared, mut statuses) = (Vec::new(), Vec::new(), Vec::new());
    for (&protocol, ports) in Protocol::ALL.iter().zip(&facts.ports) {
        let mut handles = vec![0; ports.services.len()];
        for (port, services) in ports.services.iter().enumerate() {
            let Some((first, others)) = services.split_first() else {
                continue;
            };
            handles[port] = order.handle(Some(first));
            if !others.is_empty() {
                shared.push((port as u16, protocol, order.rows_of(others)));
            }
        }
        firsts.push(handles);
        statuses.push(stated(ports, order));
    }
    source.table("PORTS", &port_pages::pack(&firsts));
    source.table("SHARED_PORTS", &shared_ports::pack(&shared));
    source.table("STATUS", &port_runs::pack(&statuses)?);
    Ok(())
}

/// The row that states the status of each port, as runs of ports with the same row. A port with a
/// service belongs to whichever run it is among, for nobody asks.
fn stated(ports: &PortFacts, order: &Order<'_>) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (port, services) in ports.services.iter().enumerate() {
        let assigned = !services.is_empty();
        let handle = if assigned {
            0
        } else {
            order.handle(ports.unnamed[port].as_ref())
        };
        match runs.last() {
            Some(&(_, last)) if assigned || last == handle => {}
            _ => runs.push((port as u16, handle)),
        }
    }
    runs
}
