//! A services file, as services(5) describes it, that makes the C library answer as this crate
//! does.

pub mod differences;
pub mod order;

use std::io::{self, Write};

use port_registry::{Protocol, Service, service_by_name};

use crate::export::selection::{Selection, title};
use crate::record::cells::one_line;
use differences::differences;
use order::{Line, order};

const HEADER: &str = "\
#
#   NAME PORT/PROTOCOL ALIASES # DESCRIPTION
#
# The first line of a port names it; the first line that holds a name, aliases included, gives its
# port. Therefore a few lines stand further down than their port. Letter case counts.
";

/// Writes the title, what the form cannot express, and a line for every service and port.
pub fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    let lines = ordered_lines(selection);

    writeln!(out, "# {}", title(selection))?;
    write!(out, "{HEADER}")?;
    let differences = differences(&lines, selection);
    if !differences.is_empty() {
        writeln!(
            out,
            "#\n# Other than in the registry, for this form allows no better:"
        )?;
    }
    for difference in differences {
        writeln!(out, "#   {difference}")?;
    }
    writeln!(out)?;
    lines.iter().try_for_each(|line| write_line(out, line))
}

fn write_line(out: &mut impl Write, line: &Line) -> io::Result<()> {
    let target = format!("{}/{}", line.port, line.protocol);
    let (name, aliases) = line.names.split_first().unwrap_or((&"", &[]));
    let text = format!("{name:<15} {target:<10} {}", aliases.join(" "));
    let text = text.trim_end();
    if line.description.is_empty() {
        writeln!(out, "{text}")
    } else {
        writeln!(out, "{text:<26} # {}", line.description)
    }
}

/// Whether a services file can hold the name: white space ends it, `#` begins a comment.
pub fn can_hold(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#')
}

/// All lines, ordered so that the first line that matches is the right one.
pub fn ordered_lines(selection: &Selection) -> Vec<Line> {
    let wanted = |name: &str, protocol| service_by_name(name, protocol)?.port();
    order(lines(selection), wanted)
}

/// By port, then transport protocol, then in the order of `services_by_port`.
fn lines(selection: &Selection) -> Vec<Line> {
    let mut lines = Vec::new();
    for port in selection.ports() {
        for protocol in selection.protocols().iter() {
            lines_of_port(
                &mut lines,
                port,
                protocol,
                &selection.services_on(port, protocol),
            );
        }
    }
    lines
}

/// A line for every service that is not an alias, with its aliases.
fn lines_of_port(lines: &mut Vec<Line>, port: u16, protocol: Protocol, services: &[Service]) {
    let mut heads: Vec<(Service, Line)> = Vec::new();
    for &service in services {
        let head = head(service, services);
        let place = heads
            .iter()
            .position(|(known, _)| known.name() == head.name());
        let place = place.unwrap_or_else(|| {
            let description = one_line(head.description());
            heads.push((
                head,
                Line {
                    port,
                    protocol,
                    names: Vec::new(),
                    description,
                },
            ));
            heads.len() - 1
        });
        let names = &mut heads[place].1.names;
        if can_hold(service.name()) && !names.contains(&service.name()) {
            names.push(service.name());
        }
    }
    let held = heads.into_iter().map(|(_, line)| line);
    lines.extend(held.filter(|line| !line.names.is_empty()));
}

/// The service at the end of a chain of aliases within these services, or the service itself.
fn head(service: Service, services: &[Service]) -> Service {
    let target = |service: &Service| service.alias_of().filter(|one| services.contains(one));
    let chain = std::iter::successors(Some(service), target);
    chain.take(services.len()).last().unwrap_or(service)
}
