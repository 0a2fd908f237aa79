//! A `services` file for the personal configuration directory of Wireshark: names for the ports
//! that it shows.

use std::array;
use std::io::{self, Write};

use port_registry::{Ports, Protocol, Protocols, Service, service_by_port};

use crate::export::selection::{Selection, title};
use crate::export::services::can_hold;
use crate::record::cells::one_line;

const HEADER: &str = "\
#
#   NAME PORTS/PROTOCOLS # DESCRIPTION
#
# Put this file as `services` into the personal configuration directory that Wireshark shows under
# Help, About Wireshark, Folders, and as `tshark -G folders` tells, and switch on \"Resolve
# transport names\" (tshark: `-N t`).
";

/// The services on a port, one for each transport protocol.
type Cell = [Option<Service>; Protocol::ALL.len()];

/// Writes a line for every span of ports with the same service.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    writeln!(out, "# {}", title(selection))?;
    writeln!(out, "{HEADER}")?;
    let mut run: Option<(Ports, Cell)> = None;
    for port in selection.ports() {
        let cell = cell(selection, port);
        run = match run {
            Some((ports, last)) if names(last) == names(cell) => {
                Ports::new(ports.first(), port).map(|ports| (ports, last))
            }
            finished => {
                write_run(out, finished)?;
                Some((Ports::one(port), cell))
            }
        };
    }
    write_run(out, run)
}

fn cell(selection: &Selection, port: u16) -> Cell {
    array::from_fn(|index| {
        let protocol = Protocol::ALL[index];
        let asked = selection.holds(port, protocol);
        asked.then(|| service_by_port(port, protocol)).flatten()
    })
}

fn names(cell: Cell) -> [Option<&'static str>; Protocol::ALL.len()] {
    cell.map(|service| service.map(Service::name))
}

/// A line for each of the names, with the protocols that share it.
fn write_run(out: &mut impl Write, run: Option<(Ports, Cell)>) -> io::Result<()> {
    let Some((ports, cell)) = run else {
        return Ok(());
    };
    let mut written = Protocols::NONE;
    for (protocol, service) in Protocol::ALL.iter().copied().zip(cell) {
        let Some(service) = service.filter(|_| !written.contains(protocol)) else {
            continue;
        };
        let all = Protocol::ALL.iter().copied().zip(names(cell));
        let sharing: Protocols = all
            .filter(|(_, name)| *name == Some(service.name()))
            .map(|(protocol, _)| protocol)
            .collect();
        written.extend(sharing.iter());
        write_line(out, ports, sharing, service)?;
    }
    Ok(())
}

fn write_line(
    out: &mut impl Write,
    ports: Ports,
    protocols: Protocols,
    service: Service,
) -> io::Result<()> {
    let protocols: Vec<_> = protocols.iter().map(Protocol::as_str).collect();
    let target = format!("{ports}/{}", protocols.join("/"));
    let description = one_line(service.description());
    if !can_hold(service.name()) {
        return writeln!(
            out,
            "# {target} has a name that this form cannot hold: {service:?}"
        );
    }
    let line = format!("{:<15} {target:<14} # {description}", service.name());
    writeln!(out, "{}", line.trim_end_matches([' ', '#']))
}
