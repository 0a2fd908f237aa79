//! A `services` file for the personal configuration directory of Wireshark: names for the ports
//! that it shows.

use std::array;
use std::io::{self, Write};

use port_registry::{Ports, Protocol, Protocols};

use crate::export::named::{Named, Naming};
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

/// What a port is called on each transport protocol.
type Cell<'a> = [Option<Named<'a>>; Protocol::ALL.len()];

/// Writes a line for every span of ports with the same service.
pub(crate) fn write(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    writeln!(out, "# {}", naming.title())?;
    writeln!(out, "{HEADER}")?;
    let mut run: Option<(Ports, Cell)> = None;
    for port in naming.selection.ports() {
        let cell = cell(naming, port);
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

fn cell<'a>(naming: &Naming<'a>, port: u16) -> Cell<'a> {
    array::from_fn(|index| {
        let protocol = Protocol::ALL[index];
        let asked = naming.selection.holds(port, protocol);
        asked.then(|| naming.named(port, protocol)).flatten()
    })
}

fn names<'a>(cell: Cell<'a>) -> [Option<&'a str>; Protocol::ALL.len()] {
    cell.map(|named| named.map(|named| named.name))
}

/// A line for each of the names, with the protocols that share it.
fn write_run(out: &mut impl Write, run: Option<(Ports, Cell)>) -> io::Result<()> {
    let Some((ports, cell)) = run else {
        return Ok(());
    };
    let mut written = Protocols::NONE;
    for (protocol, named) in Protocol::ALL.iter().copied().zip(cell) {
        let Some(named) = named.filter(|_| !written.contains(protocol)) else {
            continue;
        };
        let all = Protocol::ALL.iter().copied().zip(names(cell));
        let sharing: Protocols = all
            .filter(|(_, name)| *name == Some(named.name))
            .map(|(protocol, _)| protocol)
            .collect();
        written.extend(sharing.iter());
        write_line(out, ports, sharing, named)?;
    }
    Ok(())
}

fn write_line(
    out: &mut impl Write,
    ports: Ports,
    protocols: Protocols,
    named: Named,
) -> io::Result<()> {
    let protocols: Vec<_> = protocols.iter().map(Protocol::as_str).collect();
    let target = format!("{ports}/{}", protocols.join("/"));
    let description = one_line(named.description);
    if !can_hold(named.name) {
        return writeln!(
            out,
            "# {target} has a name that this form cannot hold: {}",
            named.name.escape_debug()
        );
    }
    let line = format!("{:<15} {target:<14} # {description}", named.name);
    writeln!(out, "{}", line.trim_end_matches([' ', '#']))
}
