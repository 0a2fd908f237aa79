//! A services file, as services(5) describes it, that makes the C library answer as this crate
//! does.

pub mod base;
pub mod differences;
pub(crate) mod kept;
pub mod order;

use std::collections::HashMap;
use std::io::{self, Write};

use port_registry::{Protocol, Service, services_by_port};

use crate::export::named::Naming;
use crate::record::cells::one_line;
use base::BaseFile;
use differences::differences;
use order::{Line, order};

const HEADER: &str = "\
#
#   NAME PORT/PROTOCOL ALIASES # DESCRIPTION
#
# The first line of a port names it; the first line that holds a name, aliases included, gives its
# port. Therefore a few lines stand further down than their port. Letter case counts.
";

/// Whoever puts the file in the place of `/etc/services` must know it.
const WITHOUT_BASE: &str = "\
#
# Names that only your system's own services file has are not in this one. To keep them, write it
# with `--base /etc/services`.
";

const WITH_BASE: &str = "\
#
# The lines above are those of the file that was there. They come first, so all that they name stays
# as it was.
";

/// Writes the lines of the base, the title, what the form cannot express, and a line for every
/// service and port.
pub(crate) fn write(
    out: &mut impl Write,
    naming: &Naming,
    base: Option<&BaseFile>,
) -> io::Result<()> {
    let mut lines = ordered_lines(naming);
    if let Some(base) = base {
        lines.retain(|line| adds(line, base));
        write_base(out, base)?;
    }
    writeln!(out, "# {}", naming.title())?;
    write!(out, "{HEADER}")?;
    let about_base = base.map_or(WITHOUT_BASE, |_| WITH_BASE);
    write!(out, "{about_base}")?;
    let differences = differences(&lines, naming, base);
    if !differences.is_empty() {
        writeln!(
            out,
            "#\n# Other than asked for, because this form allows no better:"
        )?;
    }
    for difference in differences {
        writeln!(out, "#   {difference}")?;
    }
    writeln!(out)?;
    lines.iter().try_for_each(|line| write_line(out, line))
}

/// Writes the base as it is, and an empty line behind it.
fn write_base(out: &mut impl Write, base: &BaseFile) -> io::Result<()> {
    out.write_all(base.text())?;
    let end: &[u8] = if base.text().ends_with(b"\n") {
        b"\n"
    } else {
        b"\n\n"
    };
    out.write_all(end)
}

/// Whether a reader who has the lines of the base first learns anything from the line.
fn adds(line: &Line, base: &BaseFile) -> bool {
    let known = |name: &&str| base.port(name, line.protocol).is_some();
    base.name(line.port, line.protocol).is_none() || !line.names.iter().all(known)
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
pub fn ordered_lines<'a>(naming: &Naming<'a>) -> Vec<Line<'a>> {
    let wanted = |name: &str, protocol| naming.names.port(name, protocol);
    order(lines(naming), wanted)
}

/// By port, then transport protocol, then in the order of `services_by_port`.
fn lines<'a>(naming: &Naming<'a>) -> Vec<Line<'a>> {
    let typed = TypedNames::of(naming);
    let mut lines = Vec::new();
    for port in naming.selection.ports() {
        for protocol in naming.selection.protocols().iter() {
            let mut here = registered(port, protocol);
            put_name_first(&mut here, naming, port, protocol);
            add_aliases(&mut here, typed.on(port, protocol), port, protocol);
            lines.extend(here);
        }
    }
    lines
}

/// A line for every service that is not an alias, with its aliases.
fn registered<'a>(port: u16, protocol: Protocol) -> Vec<Line<'a>> {
    let services: Vec<Service> = services_by_port(port, protocol).collect();
    let mut heads: Vec<(Service, Line)> = Vec::new();
    for &service in &services {
        let head = head(service, &services);
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
    held.filter(|line| !line.names.is_empty()).collect()
}

/// Sees to it that the first of the lines begins with what the port is called.
fn put_name_first<'a>(
    lines: &mut Vec<Line<'a>>,
    naming: &Naming<'a>,
    port: u16,
    protocol: Protocol,
) {
    let named = naming.named(port, protocol);
    let Some(named) = named.filter(|named| can_hold(named.name)) else {
        return;
    };
    match lines.iter().position(|line| line.names[0] == named.name) {
        Some(place) => lines[..=place].rotate_right(1),
        None => lines.insert(
            0,
            Line {
                port,
                protocol,
                names: vec![named.name],
                description: one_line(named.description),
            },
        ),
    }
}

/// Adds names that lead to a port without being on its lines.
fn add_aliases<'a>(
    lines: &mut Vec<Line<'a>>,
    names: &[&'static str],
    port: u16,
    protocol: Protocol,
) {
    for name in names {
        if lines.iter().any(|line| line.names.contains(name)) {
            continue;
        }
        match lines.first_mut() {
            Some(line) => line.names.push(name),
            None => lines.push(Line {
                port,
                protocol,
                names: vec![name],
                description: String::new(),
            }),
        }
    }
}

/// The names of common uses by the port that each leads to.
struct TypedNames(HashMap<(u16, Protocol), Vec<&'static str>>);

impl TypedNames {
    fn of(naming: &Naming) -> Self {
        let mut names: HashMap<_, Vec<_>> = HashMap::new();
        for protocol in naming.selection.protocols().iter() {
            for (name, _) in naming.typed_names(protocol) {
                let port = naming.names.port(name, protocol);
                if let Some(port) = port.filter(|_| can_hold(name)) {
                    names.entry((port, protocol)).or_default().push(name);
                }
            }
        }
        Self(names)
    }

    fn on(&self, port: u16, protocol: Protocol) -> &[&'static str] {
        self.0.get(&(port, protocol)).map_or(&[], Vec::as_slice)
    }
}

/// The service at the end of a chain of aliases within these services, or the service itself.
fn head(service: Service, services: &[Service]) -> Service {
    let target = |service: &Service| service.alias_of().filter(|one| services.contains(one));
    let chain = std::iter::successors(Some(service), target);
    chain.take(services.len()).last().unwrap_or(service)
}
