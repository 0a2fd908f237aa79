//! A file for nftables: a variable for every service name, and for every transport protocol a set
//! whose elements count the packets for each service.

use std::collections::HashSet;
use std::io::{self, Write};

use port_registry::{Ports, Protocol, Service, service_by_port, services, services_by_name};

use crate::export::selection::{Selection, title};

const HEADER: &str = r#"#
# Variables, for rules of your own:
#
#   include "./services.nft"
#   table inet filter {
#     chain input { tcp dport { $tcp_ssh, $tcp_https } accept; }
#   }
#
# Sets, whose elements count packets and bytes by service:
#
#   table inet port_registry {
#     chain count { type filter hook prerouting priority raw; tcp dport @tcp_services; }
#   }
#
# and then `nft list set inet port_registry tcp_services`. To load the file again resets the counts.
"#;

/// More than the longest comment that nftables takes, in bytes.
const MAX_COMMENT: usize = 128;

/// Writes the variables and the sets.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    writeln!(out, "# {}", title(selection))?;
    write!(out, "{HEADER}")?;
    for protocol in selection.protocols().iter() {
        writeln!(out)?;
        write_variables(out, selection, protocol)?;
    }
    writeln!(out)?;
    writeln!(out, "table inet port_registry {{")?;
    for protocol in selection.protocols().iter() {
        writeln!(out, "  set {protocol}_services {{")?;
        writeln!(out, "    type inet_service; flags interval; counter;")?;
        writeln!(out, "  }}")?;
    }
    writeln!(out, "}}")?;
    for protocol in selection.protocols().iter() {
        write_elements(out, selection, protocol)?;
    }
    Ok(())
}

/// `define tcp_https = 443`, and so on for every name with a port.
fn write_variables(
    out: &mut impl Write,
    selection: &Selection,
    protocol: Protocol,
) -> io::Result<()> {
    let mut identifiers = Identifiers::default();
    for name in names() {
        let spans = spans(name, protocol, selection);
        if spans.is_empty() {
            continue;
        }
        let identifier = identifiers.give(name, protocol);
        write!(out, "define {identifier} = {}", value(&spans))?;
        let told = identifier.strip_prefix(protocol.as_str());
        if told != Some(&format!("_{name}")) {
            write!(out, " # {}", name.escape_debug())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Every service name, sorted without regard to letter case.
fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = services().map(Service::name).collect();
    names.sort_by_cached_key(|name| (name.to_ascii_lowercase(), *name));
    names.dedup();
    names
}

/// The names of the variables, all different.
#[derive(Default)]
pub struct Identifiers(HashSet<String>);

impl Identifiers {
    /// Puts the protocol in front, so that no variable begins with a digit or is a word of
    /// nftables. Writes `_` for characters that its lexer does not take in an identifier. Adds a
    /// number if the result is taken.
    pub fn give(&mut self, name: &str, protocol: Protocol) -> String {
        let takes = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        let plain = format!("{protocol}_{}", name.replace(|c| !takes(c), "_"));
        let mut identifier = plain.clone();
        let mut number = 1;
        while !self.0.insert(identifier.clone()) {
            number += 1;
            identifier = format!("{plain}_{number}");
        }
        identifier
    }
}

/// The ports of a name in ascending order. Neighbouring ports are joined into one span, because
/// elements of a set may not overlap.
fn spans(name: &str, protocol: Protocol, selection: &Selection) -> Vec<Ports> {
    let mut spans: Vec<_> = services_by_name(name)
        .filter(|service| service.covers_protocol(protocol))
        .filter_map(|service| selection.clip(service.ports()?))
        .collect();
    spans.sort_unstable();
    let mut joined: Vec<Ports> = Vec::new();
    for span in spans {
        let joined_with = |last: &mut Ports| last.join(span).map(|both| *last = both);
        if joined.last_mut().and_then(joined_with).is_none() {
            joined.push(span);
        }
    }
    joined
}

fn value(spans: &[Ports]) -> String {
    let texts: Vec<_> = spans.iter().map(Ports::to_string).collect();
    match texts.as_slice() {
        [one] => one.clone(),
        several => format!("{{ {} }}", several.join(", ")),
    }
}

/// The spans of ports with one service each, with its name as a comment.
fn write_elements(
    out: &mut impl Write,
    selection: &Selection,
    protocol: Protocol,
) -> io::Result<()> {
    let mut elements: Vec<(Ports, Service)> = Vec::new();
    for port in selection.ports() {
        let Some(service) = service_by_port(port, protocol) else {
            continue;
        };
        match elements.last_mut() {
            Some((ports, last))
                if *last == service && ports.last().checked_add(1) == Some(port) =>
            {
                *ports = Ports::new(ports.first(), port).unwrap_or(*ports);
            }
            _ => elements.push((Ports::one(port), service)),
        }
    }
    writeln!(out, "\nflush set inet port_registry {protocol}_services")?;
    if elements.is_empty() {
        return Ok(());
    }
    writeln!(out, "add element inet port_registry {protocol}_services {{")?;
    for (ports, service) in elements {
        writeln!(out, "  {ports} comment \"{}\",", comment(service.name()))?;
    }
    writeln!(out, "}}")
}

/// The name as a quoted text of nftables, which has no escapes.
fn comment(name: &str) -> String {
    let text = name.replace(|c: char| c.is_control() || c == '"', "_");
    let fits = |(at, c): &(usize, char)| at + c.len_utf8() < MAX_COMMENT;
    text.char_indices()
        .take_while(fits)
        .map(|(_, c)| c)
        .collect()
}
