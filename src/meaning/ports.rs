//! What every port means on one transport protocol.

use super::check::Checked;
use super::claims::PortClaims;
use super::rules;
use crate::format::table::TooMany;
use crate::format::value::protocol::Protocol;
use crate::intake::model::Record;

/// How many ports the services of one transport protocol may cover, each counted as often as
/// it is covered.
const MAX_COVERED: usize = 4 * 65_536;

/// The answers for all ports on one transport protocol.
pub struct PortFacts {
    /// By port the rows of its services, the one that answers first in front.
    pub services: Vec<Vec<usize>>,
    /// By port the row without a service name that says most specifically what the port is.
    pub unnamed: Vec<Option<usize>>,
}

/// The answers for each transport protocol.
pub(super) fn ports(checked: &Checked) -> Result<Vec<PortFacts>, TooMany> {
    let facts = |&protocol| {
        Ok(PortFacts {
            services: services(checked, protocol)?,
            unnamed: unnamed(&checked.registry.records, protocol),
        })
    };
    Protocol::ALL.iter().map(facts).collect()
}

fn services(checked: &Checked, protocol: Protocol) -> Result<Vec<Vec<usize>>, TooMany> {
    let mut by_port: Vec<Vec<usize>> = vec![Vec::new(); 65_536];
    let records = &checked.registry.records;
    let mut covered = 0;
    for (row, record) in records.iter().enumerate() {
        if record.name.is_some() && record.covers_protocol(protocol) {
            // Wide spans by the thousand would fill the memory before they could be counted.
            covered += record.ports.map_or(0, |ports| ports.len() as usize);
            if covered > MAX_COVERED {
                return Err(TooMany {
                    what: "ports of services on one transport protocol",
                    limit: MAX_COVERED,
                });
            }
            for port in record.ports.into_iter().flatten() {
                by_port[usize::from(port)].push(row);
            }
        }
    }
    for (port, services) in by_port.iter_mut().enumerate() {
        rules::sort_by_rank(services, &|row| {
            let record = &records[row];
            let is_alias = checked.alias_of[row].is_some();
            let is_preferred = checked.is_preferred_on(record, port as u16, protocol);
            rules::rank_on_port(record, is_alias, is_preferred)
        });
    }
    Ok(by_port)
}

/// By port the row without a service name that covers it, the most specific of several.
pub fn unnamed(records: &[Record], protocol: Protocol) -> Vec<Option<usize>> {
    let unnamed =
        |&row: &usize| records[row].name.is_none() && records[row].covers_protocol(protocol);
    let mut rows: Vec<usize> = (0..records.len()).filter(unnamed).collect();
    rules::sort_by_rank(&mut rows, &|row| rules::rank_of_status(&records[row]));
    // The most specific row comes first and keeps its ports.
    let mut claims = PortClaims::default();
    for row in rows {
        if let Some(ports) = records[row].ports {
            claims.claim(ports, row);
        }
    }
    claims.into_holders()
}
