//! Where a reader of the file gets another answer than a user of this crate.

use std::collections::HashMap;
use std::fmt;

use port_registry::{Protocol, Service, services};

use super::base::BaseFile;
use super::order::Line;
use crate::export::named::Naming;

/// A question that the lines answer differently.
pub struct Difference {
    question: String,
    answer: Option<String>,
    expected: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |answer: &Option<String>| {
            let answer = answer.as_deref().unwrap_or("nothing");
            answer.escape_debug().to_string()
        };
        write!(
            f,
            "{} gives {}, not {}",
            self.question.escape_debug(),
            text(&self.answer),
            text(&self.expected)
        )
    }
}

/// Asks for every port and every name, and takes the first line that matches. What the base answers
/// is not asked, for its lines come first.
pub fn differences(lines: &[Line], naming: &Naming, base: Option<&BaseFile>) -> Vec<Difference> {
    let mut by_port = HashMap::new();
    let mut by_name = HashMap::new();
    for line in lines {
        by_port
            .entry((line.port, line.protocol))
            .or_insert(line.names[0]);
        for name in &line.names {
            by_name.entry((*name, line.protocol)).or_insert(line.port);
        }
    }
    let mut differences = Vec::new();
    for protocol in naming.selection.protocols().iter() {
        for port in naming.selection.ports() {
            if base.is_some_and(|base| base.name(port, protocol).is_some()) {
                continue;
            }
            let expected = naming.names.name(port, protocol);
            let answer = by_port.get(&(port, protocol)).copied();
            if answer != expected {
                differences.push(Difference {
                    question: format!("{port}/{protocol}"),
                    answer: answer.map(str::to_owned),
                    expected: expected.map(str::to_owned),
                });
            }
        }
        for name in names(naming, protocol) {
            if base.is_some_and(|base| base.port(name, protocol).is_some()) {
                continue;
            }
            let expected = naming.names.port(name, protocol);
            let expected = expected.filter(|port| naming.selection.holds(*port, protocol));
            let answer = by_name.get(&(name, protocol)).copied();
            if expected.is_some() && answer != expected {
                differences.push(Difference {
                    question: format!("{name}/{protocol}"),
                    answer: answer.map(|port| port.to_string()),
                    expected: expected.map(|port| port.to_string()),
                });
            }
        }
    }
    differences
}

/// Every service name and, if they are asked for, every common one, sorted.
fn names(naming: &Naming, protocol: Protocol) -> Vec<&'static str> {
    let common = naming.typed_names(protocol).map(|(name, _)| name);
    let mut names: Vec<_> = services().map(Service::name).chain(common).collect();
    names.sort_unstable();
    names.dedup();
    names
}
