//! What the list of common names says of every port and name.

use crate::format::value::common_kind::CommonKind;
use crate::format::value::protocol::Protocol;
use crate::intake::common_names::CommonUse;

/// The list, by port and by name.
pub struct CommonNames<'a> {
    /// The lines, in their order.
    pub uses: &'a [CommonUse],
    /// The names, by their lengths and then in the order of their bytes. All are in lower case.
    pub names: Vec<CommonName<'a>>,
    /// By transport protocol, in the order of [`Protocol::ALL`], the spans that the list labels, in
    /// ascending order.
    pub labels: Vec<Vec<CommonLabel<'a>>>,
}

/// A name and where it leads.
pub struct CommonName<'a> {
    pub text: &'a str,
    pub port: u16,
    pub protocols: &'a [Protocol],
}

/// A span of ports with one label.
pub struct CommonLabel<'a> {
    pub first: u16,
    pub last: u16,
    /// `None` for the number: the ports are contested.
    pub name: Option<&'a str>,
}

impl<'a> CommonNames<'a> {
    pub(super) fn of(uses: &'a [CommonUse]) -> Self {
        // Sorted as other names are: each further type to sort takes the compiler a while.
        let mut named: Vec<(&str, usize)> = Vec::new();
        for (place, line) in uses.iter().enumerate() {
            named.extend(line.names.iter().map(|name| (name.as_str(), place)));
        }
        named.sort_unstable();
        let longest = named.iter().map(|name| name.0.len()).max().unwrap_or(0);
        let mut names = Vec::new();
        for length in 0..=longest {
            for &(text, place) in named.iter().filter(|name| name.0.len() == length) {
                names.push(CommonName {
                    text,
                    port: uses[place].ports.first(),
                    protocols: &uses[place].protocols,
                });
            }
        }
        Self {
            uses,
            names,
            labels: Protocol::EACH.map(|protocol| labels(uses, protocol)).into(),
        }
    }
}

fn labels(uses: &[CommonUse], protocol: Protocol) -> Vec<CommonLabel<'_>> {
    // The lines are in order, and those of one contested span follow one another.
    let mut labels: Vec<CommonLabel<'_>> = Vec::new();
    for line in uses {
        if line.kind == CommonKind::Typed || !line.protocols.contains(&protocol) {
            continue;
        }
        let (first, last) = (line.ports.first(), line.ports.last());
        let name = (line.kind != CommonKind::Contested).then_some(line.name());
        if labels.last().is_none_or(|label| label.first != first) {
            labels.push(CommonLabel { first, last, name });
        }
    }
    labels
}
