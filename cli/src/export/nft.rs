//! A file for nftables: a variable for every service name, and for every transport protocol a set
//! whose elements count the packets for each service.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use port_registry::{Ports, Protocol, services};

use crate::export::named::Naming;

const VARIABLES: &str = r#"#
# Variables, for rules of your own:
#
#   include "./services.nft"
#   table inet filter {
#     chain input { tcp dport { $tcp_ssh, $tcp_https } accept; }
#   }
"#;

const SETS: &str = r#"#
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
pub(crate) fn write(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    writeln!(out, "# {}", naming.title())?;
    write!(out, "{VARIABLES}{SETS}")?;
    write_variables(out, naming)?;
    writeln!(out)?;
    writeln!(out, "table inet port_registry {{")?;
    for protocol in naming.selection.protocols().iter() {
        writeln!(out, "  set {protocol}_services {{")?;
        writeln!(out, "    type inet_service; flags interval; counter;")?;
        writeln!(out, "  }}")?;
    }
    writeln!(out, "}}")?;
    for protocol in naming.selection.protocols().iter() {
        write_elements(out, naming, protocol)?;
    }
    Ok(())
}

/// Writes the variables alone. A rule set that includes them has no more in the kernel than its own
/// rules.
pub(crate) fn write_variables_only(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    writeln!(out, "# {}", naming.title())?;
    write!(out, "{VARIABLES}")?;
    write_variables(out, naming)
}

/// `define tcp_https = 443`, and so on for every name with a port.
fn write_variables(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    for protocol in naming.selection.protocols().iter() {
        writeln!(out)?;
        write_variables_on(out, naming, protocol)?;
    }
    Ok(())
}

fn write_variables_on(out: &mut impl Write, naming: &Naming, protocol: Protocol) -> io::Result<()> {
    let mut identifiers = Identifiers::default();
    for (name, spans) in spans_by_name(naming, protocol) {
        let identifier = identifiers.give(name, protocol);
        write!(out, "define {identifier} = {}", value(&joined(spans)))?;
        let told = identifier.strip_prefix(protocol.as_str());
        if told != Some(&format!("_{name}")) {
            write!(out, " # {}", name.escape_debug())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Every name with the ports that are registered for it, that are called so, or to which it leads.
/// The names are sorted without regard to letter case.
fn spans_by_name<'a>(naming: &Naming<'a>, protocol: Protocol) -> Vec<(&'a str, Vec<Ports>)> {
    let mut by_name: HashMap<&'a str, Vec<Ports>> = HashMap::new();
    let mut add = |name: &'a str, ports: Ports| {
        if let Some(ports) = naming.selection.clip(ports) {
            by_name.entry(name).or_default().push(ports);
        }
    };
    for service in services().filter(|service| service.covers_protocol(protocol)) {
        if let Some(ports) = service.ports() {
            add(service.name(), ports);
        }
    }
    for span in naming.spans_on(protocol) {
        add(span.named.name, span.ports);
    }
    for (name, ports) in naming.typed_names(protocol) {
        add(name, ports);
    }
    let mut by_name: Vec<_> = by_name.into_iter().collect();
    by_name.sort_by_cached_key(|(name, _)| (name.to_ascii_lowercase(), *name));
    by_name
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

/// The ports in ascending order. Spans that overlap or touch are joined into one, because elements
/// of a set may not overlap.
fn joined(mut spans: Vec<Ports>) -> Vec<Ports> {
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
fn write_elements(out: &mut impl Write, naming: &Naming, protocol: Protocol) -> io::Result<()> {
    writeln!(out, "\nflush set inet port_registry {protocol}_services")?;
    let elements = naming.spans_on(protocol);
    if elements.is_empty() {
        return Ok(());
    }
    writeln!(out, "add element inet port_registry {protocol}_services {{")?;
    for span in elements {
        let comment = comment(span.named.name);
        writeln!(out, "  {} comment \"{comment}\",", span.ports)?;
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
