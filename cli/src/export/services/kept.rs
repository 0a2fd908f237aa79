//! Where the file of `--base` wins over the names and ports that the export would have without it.

use port_registry::Protocol;

use super::base::BaseFile;
use super::ordered_lines;
use crate::export::named::Naming;
use crate::outcome::complain;

/// The names that are told one by one, at most.
const TOLD: usize = 10;

/// Tells it on standard error, so that nobody is surprised later.
pub(crate) fn tell(base: &BaseFile, naming: &Naming) {
    let moved = moved_names(base, naming);
    for text in moved.iter().take(TOLD) {
        complain(text);
    }
    let further = moved.len().saturating_sub(TOLD);
    if further > 0 {
        complain(&format!(
            "further names that keep their port of the base file: {further}"
        ));
    }
    let renamed = renamed_ports(base, naming);
    if renamed > 0 {
        complain(&format!(
            "ports that keep their name of the base file and would have another: {renamed}"
        ));
    }
}

/// A sentence for each name with another port.
fn moved_names(base: &BaseFile, naming: &Naming) -> Vec<String> {
    let lines = ordered_lines(naming);
    let mut names: Vec<(&str, Protocol)> = lines
        .iter()
        .flat_map(|line| line.names.iter().map(|name| (*name, line.protocol)))
        .collect();
    names.sort_unstable();
    names.dedup();
    let sentence = |(name, protocol): (&str, Protocol)| {
        let kept = base.port(name, protocol)?;
        let other = naming.names.port(name, protocol)?;
        let text =
            format!("{name}/{protocol} keeps port {kept} of the base file and would have {other}");
        (kept != other).then_some(text)
    };
    names.into_iter().filter_map(sentence).collect()
}

/// How many ports have another name.
fn renamed_ports(base: &BaseFile, naming: &Naming) -> usize {
    let is_renamed = |port, protocol| {
        let kept = base.name(port, protocol);
        let other = naming.names.name(port, protocol);
        kept.is_some() && other.is_some() && kept != other
    };
    let protocols = naming.selection.protocols();
    let renamed = protocols.iter().map(|protocol| {
        let ports = naming.selection.ports();
        ports.filter(|port| is_renamed(*port, protocol)).count()
    });
    renamed.sum()
}
