//! Searches the names that stand in front of the registry's.

use port_registry::{
    Column, Columns, CommonUse, Difference, IANA, Ports, Protocol, Protocols, common_uses,
};

use crate::names::{ReadNames, Whose};
use crate::show::query::OwnAnswer;

/// The names that contain a text.
pub(super) struct NamesFound<'a> {
    pub(super) own: Vec<OwnAnswer<'a>>,
    pub(super) common: Vec<CommonUse>,
}

impl<'a> NamesFound<'a> {
    /// Searches the names as the column of service names, and the titles of common uses as the
    /// column of descriptions. ASCII case is ignored.
    pub(super) fn search(text: &str, columns: Columns, read: &'a ReadNames) -> Self {
        let text = text.to_ascii_lowercase();
        let has = |searched: &str| searched.to_ascii_lowercase().contains(&text);
        let (names, titles) = (
            columns.contains(Column::ServiceName),
            columns.contains(Column::Description),
        );
        let is_hit =
            |line: &CommonUse| (names && line.names().any(has)) || (titles && has(line.title()));
        let common = common_uses().filter(|_| read.has_common()).filter(is_hit);
        let own = read.overlays().into_iter().flat_map(|(whose, overlay)| {
            let all = overlay.differences_from(IANA);
            all.filter_map(move |one| own_name(whose, one))
        });
        Self {
            own: joined(own.filter(|own| names && has(own.name))),
            common: common.collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.common.is_empty()
    }
}

/// A name that the registry does not have in the same place. Those that it has are found there.
fn own_name(whose: Whose, difference: Difference<'_>) -> Option<OwnAnswer<'_>> {
    let own = |name, ports: Ports, protocol: Protocol| OwnAnswer {
        whose,
        name,
        ports,
        protocols: Protocols::from(protocol),
    };
    match difference {
        Difference::NewName {
            ports,
            protocol,
            name,
        }
        | Difference::OtherName {
            ports,
            protocol,
            name,
            ..
        } => Some(own(name, ports, protocol)),
        Difference::OtherPort {
            name,
            protocol,
            port,
            ..
        }
        | Difference::NewAlias {
            name,
            protocol,
            port,
        } => Some(own(name, Ports::one(port), protocol)),
        _ => None,
    }
}

/// The same name on neighbouring ports, or on the same ports of several protocols, as one line.
fn joined<'a>(found: impl Iterator<Item = OwnAnswer<'a>>) -> Vec<OwnAnswer<'a>> {
    let mut spans: Vec<OwnAnswer<'a>> = Vec::new();
    for own in found {
        let before = spans.last_mut().filter(|before| {
            let next = before.ports.last().checked_add(1);
            (before.whose, before.name, before.protocols) == (own.whose, own.name, own.protocols)
                && next == Some(own.ports.first())
        });
        match before {
            Some(before) => {
                let both = Ports::new(before.ports.first(), own.ports.last());
                before.ports = both.unwrap_or(before.ports);
            }
            None => spans.push(own),
        }
    }
    let mut joined: Vec<OwnAnswer<'a>> = Vec::new();
    for own in spans {
        let same = |one: &&mut OwnAnswer<'_>| {
            (one.whose, one.name, one.ports) == (own.whose, own.name, own.ports)
        };
        match joined.iter_mut().find(same) {
            Some(one) => one.protocols.extend(own.protocols.iter()),
            None => joined.push(own),
        }
    }
    joined
}
