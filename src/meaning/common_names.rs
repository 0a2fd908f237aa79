//! What the list of common names says of every port and name.

use std::collections::BTreeMap;

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
        let named = uses.iter().flat_map(|line| {
            let name = |text: &'a String| CommonName {
                text,
                port: line.ports.first(),
                protocols: &line.protocols,
            };
            line.names.iter().map(name)
        });
        let mut names: Vec<CommonName<'_>> = named.collect();
        names.sort_unstable_by_key(|name| (name.text.len(), name.text));
        Self {
            uses,
            names,
            labels: Protocol::EACH.map(|protocol| labels(uses, protocol)).into(),
        }
    }
}

fn labels(uses: &[CommonUse], protocol: Protocol) -> Vec<CommonLabel<'_>> {
    let mut labels = BTreeMap::new();
    for line in uses {
        if line.kind == CommonKind::Typed || !line.protocols.contains(&protocol) {
            continue;
        }
        let (first, last) = (line.ports.first(), line.ports.last());
        let name = (line.kind != CommonKind::Contested).then_some(line.name());
        labels.insert(first, CommonLabel { first, last, name });
    }
    labels.into_values().collect()
}
