//! Lines of the list of common names that the registry has caught up with or contradicts. They are
//! reported, and a person decides: the list holds for registries of other days, too.

use std::collections::HashMap;
use std::fmt;

use crate::format::value::common_kind::CommonKind;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::intake::common_names::CommonUse;
use crate::intake::error::shown;
use crate::intake::model::{Record, Registry};
use crate::intake::preferred::Preference;
use crate::meaning::rules;

/// What the registry says of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommonFinding {
    pub kind: CommonFindingKind,
    /// The number of the line.
    pub line: usize,
    /// The ports of the line on the protocols that the finding is about.
    pub place: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CommonFindingKind {
    /// The registry has the name there, so the list need not have it.
    CaughtUp { name: String },
    /// The line is `new`, but the registry has these services there.
    NotNew { services: Vec<String> },
    /// The line is `instead`, but the registry has no service there.
    InsteadOfNothing,
    /// The registry leads the name to these ports.
    Elsewhere { name: String, ports: Ports },
    /// The line is `typed`, but nothing names the port.
    Nameless,
}

impl CommonFindingKind {
    /// A word for programs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::CaughtUp { .. } => "caught-up",
            Self::NotNew { .. } => "not-new",
            Self::InsteadOfNothing => "instead-of-nothing",
            Self::Elsewhere { .. } => "elsewhere",
            Self::Nameless => "nameless",
        }
    }
}

impl fmt::Display for CommonFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, line, place } = self;
        write!(f, "line {line}: ")?;
        match kind {
            CommonFindingKind::CaughtUp { name } => write!(
                f,
                "the registry has `{name}` on {place}, so the list need not name it"
            ),
            CommonFindingKind::NotNew { services } => {
                let services: Vec<_> = services
                    .iter()
                    .map(|name| format!("`{}`", shown(name)))
                    .collect();
                let services = services.join(", ");
                write!(f, "{place} is `new`, but the registry has {services} there")
            }
            CommonFindingKind::InsteadOfNothing => write!(
                f,
                "{place} is `instead`, but the registry has no service there"
            ),
            CommonFindingKind::Elsewhere { name, ports } => write!(
                f,
                "`{name}` leads to {place}, but the registry leads it to {ports}"
            ),
            CommonFindingKind::Nameless => write!(
                f,
                "{place} is `typed`, but neither the registry nor another line names the port"
            ),
        }
    }
}

/// All findings in the order of the list, those of one line in the order of the kinds.
pub fn findings(
    common: &[CommonUse],
    registry: &Registry,
    preferences: &[Preference],
) -> Vec<CommonFinding> {
    let survey = Survey {
        common,
        registry,
        preferences,
        named: named(registry),
    };
    let lines = common.iter();
    lines.flat_map(|line| survey.of_line(line)).collect()
}

/// The findings that a report shows: all but the names that the registry led elsewhere before. Those
/// are known, and the list means what it says.
pub fn worth_a_look(
    findings: Vec<CommonFinding>,
    before: &[CommonFinding],
) -> impl Iterator<Item = CommonFinding> {
    findings.into_iter().filter(|finding| {
        let is_elsewhere = matches!(finding.kind, CommonFindingKind::Elsewhere { .. });
        !is_elsewhere || !before.contains(finding)
    })
}

struct Survey<'a> {
    common: &'a [CommonUse],
    registry: &'a Registry,
    preferences: &'a [Preference],
    /// The records by their names in lower case, in the order of the registry.
    named: HashMap<String, Vec<&'a Record>>,
}

impl<'a> Survey<'a> {
    fn of_line(&self, line: &CommonUse) -> Vec<CommonFinding> {
        let names = line.names.iter();
        let mut kinds: Vec<_> = names
            .clone()
            .flat_map(|name| self.caught_up(line, name))
            .collect();
        match line.kind {
            CommonKind::New => kinds.extend(self.not_new(line)),
            CommonKind::Instead => kinds.extend(self.instead_of_nothing(line)),
            CommonKind::Typed => kinds.extend(self.nameless(line)),
            CommonKind::Contested => {}
        }
        kinds.extend(names.flat_map(|name| self.elsewhere(line, name)));
        let finding = |(kind, protocols): (_, Vec<Protocol>)| CommonFinding {
            kind,
            line: line.at.line,
            place: CommonUse {
                protocols,
                ..line.clone()
            }
            .place(),
        };
        kinds.into_iter().map(finding).collect()
    }

    /// A name that the registry leads to the line's ports. While the registry does so on some
    /// protocols only, the line is needed for the others.
    fn caught_up(&self, line: &CommonUse, name: &str) -> Option<OnProtocols> {
        let is_there = |&protocol: &Protocol| {
            let lead = self.lead(name, protocol);
            lead.is_some_and(|ports| ports.intersection(line.ports).is_some())
        };
        let name = name.to_owned();
        let caught_up = line.protocols.iter().all(is_there);
        caught_up.then(|| {
            let kind = CommonFindingKind::CaughtUp { name };
            (kind, line.protocols.clone())
        })
    }

    fn not_new(&self, line: &CommonUse) -> Option<OnProtocols> {
        let protocols = self.protocols(line, true);
        let mut services: Vec<String> = Vec::new();
        for &protocol in &protocols {
            let names = self.services(line.ports, protocol);
            let names = names.filter_map(|record| record.name.clone());
            services.extend(names);
        }
        services.sort_unstable();
        services.dedup();
        (!protocols.is_empty()).then_some((CommonFindingKind::NotNew { services }, protocols))
    }

    fn instead_of_nothing(&self, line: &CommonUse) -> Option<OnProtocols> {
        let protocols = self.protocols(line, false);
        (!protocols.is_empty()).then_some((CommonFindingKind::InsteadOfNothing, protocols))
    }

    /// A line names its port if it labels it.
    fn nameless(&self, line: &CommonUse) -> Option<OnProtocols> {
        let mut protocols = self.protocols(line, false);
        protocols.retain(|protocol| {
            let labels = |other: &CommonUse| {
                other.kind != CommonKind::Typed
                    && other.ports.intersection(line.ports).is_some()
                    && other.protocols.contains(protocol)
            };
            !self.common.iter().any(labels)
        });
        (!protocols.is_empty()).then_some((CommonFindingKind::Nameless, protocols))
    }

    /// A name that the registry leads elsewhere, for each of the line's protocols.
    fn elsewhere(&self, line: &CommonUse, name: &str) -> Vec<OnProtocols> {
        let mut found: Vec<OnProtocols> = Vec::new();
        for &protocol in &line.protocols {
            let lead = self.lead(name, protocol);
            let other = lead.filter(|ports| ports.intersection(line.ports).is_none());
            let Some(ports) = other else { continue };
            let name = name.to_owned();
            let kind = CommonFindingKind::Elsewhere { name, ports };
            match found.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, protocols)) => protocols.push(protocol),
                None => found.push((kind, vec![protocol])),
            }
        }
        found
    }

    /// The line's protocols on which the registry has a service there, or has none.
    fn protocols(&self, line: &CommonUse, with_service: bool) -> Vec<Protocol> {
        let protocols = line.protocols.iter().copied();
        let is_wanted = |&protocol: &Protocol| {
            let has_service = self.services(line.ports, protocol).next().is_some();
            has_service == with_service
        };
        protocols.filter(is_wanted).collect()
    }

    /// The records with a service name that share ports with these.
    fn services(&self, ports: Ports, protocol: Protocol) -> impl Iterator<Item = &'a Record> {
        self.registry.records.iter().filter(move |record| {
            let own = record.ports.filter(|_| record.name.is_some());
            record.covers_protocol(protocol)
                && own.is_some_and(|own| own.intersection(ports).is_some())
        })
    }

    /// The ports that the registry leads a name to, as a lookup by name does.
    fn lead(&self, name: &str, protocol: Protocol) -> Option<Ports> {
        let records = self.named.get(name)?.iter();
        let rank = |record: &&&Record| {
            let is_preferred = self.preferences.iter().any(|line| line.names(record));
            rules::rank_for_name(record, is_preferred)
        };
        let on_protocol = records.filter(|record| record.covers_protocol(protocol));
        on_protocol.min_by_key(rank)?.ports
    }
}

fn named(registry: &Registry) -> HashMap<String, Vec<&Record>> {
    let mut named: HashMap<String, Vec<&Record>> = HashMap::new();
    for record in &registry.records {
        if let Some(name) = &record.name {
            named
                .entry(name.to_ascii_lowercase())
                .or_default()
                .push(record);
        }
    }
    named
}

/// A finding and the protocols that it is about.
type OnProtocols = (CommonFindingKind, Vec<Protocol>);
