//! Where a reader of the file gets another answer than a user of this crate.

use std::collections::HashMap;
use std::fmt;

use port_registry::{Service, service_by_name, service_by_port, services};

use super::order::Line;
use crate::export::selection::Selection;

/// A question that the lines answer differently.
pub struct Difference {
    question: String,
    answer: Option<String>,
    expected: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = self.answer.as_deref().unwrap_or("nothing");
        let texts = [&self.question, answer, &self.expected].map(str::escape_debug);
        let [question, answer, expected] = texts;
        write!(f, "{question} gives {answer}, not {expected}")
    }
}

/// Asks for every port and every name, and takes the first line that matches.
pub fn differences(lines: &[Line], selection: &Selection) -> Vec<Difference> {
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
    for protocol in selection.protocols().iter() {
        for port in selection.ports() {
            let expected = service_by_port(port, protocol).map(Service::name);
            let answer = by_port.get(&(port, protocol)).copied();
            if let Some(expected) = expected.filter(|expected| answer != Some(*expected)) {
                differences.push(Difference {
                    question: format!("{port}/{protocol}"),
                    answer: answer.map(str::to_owned),
                    expected: expected.to_owned(),
                });
            }
        }
        for name in names() {
            let expected = service_by_name(name, protocol).and_then(Service::port);
            let expected = expected.filter(|port| selection.holds(*port, protocol));
            let answer = by_name.get(&(name, protocol)).copied();
            if let Some(expected) = expected.filter(|expected| answer != Some(*expected)) {
                differences.push(Difference {
                    question: format!("{name}/{protocol}"),
                    answer: answer.map(|port| port.to_string()),
                    expected: expected.to_string(),
                });
            }
        }
    }
    differences
}

/// Every service name, sorted.
fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = services().map(Service::name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
