//! Reads one argument as a question and finds its answers in the registry.

use std::collections::HashMap;

use port_registry::error::ParseSpecError;
use port_registry::{
    PortStatus, Ports, Protocol, Protocols, Record, Service, Spec, port_status, record_by_port,
    services_by_name, services_by_port,
};

/// What the registry says about one argument.
pub(crate) struct Reply {
    /// The ports asked for, unless a name was asked for.
    pub(crate) asked: Option<Ports>,
    /// The name under which the service is registered now, if its former name was asked for.
    pub(crate) former_name_of: Option<&'static str>,
    /// At least one answer.
    pub(crate) answers: Vec<Answer>,
}

/// A registered service, or the status of ports without one.
pub(crate) struct Answer {
    pub(crate) status: PortStatus,
    pub(crate) source: Source,
    /// The protocols that this answers for, among those asked for.
    pub(crate) protocols: Protocols,
}

/// What an answer rests on.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    Row(Record),
    /// No row covers these ports, which are dynamic or unlisted.
    NoRow(Ports),
}

impl Answer {
    pub(crate) fn record(&self) -> Option<Record> {
        match self.source {
            Source::Row(record) => Some(record),
            Source::NoRow(_) => None,
        }
    }

    /// Extends the same answer to another port. An answer for ports without a row is extended only
    /// to a neighbouring port.
    fn takes_in(&mut self, port: u16, protocols: Protocols) -> bool {
        if let Source::NoRow(ports) = self.source {
            if ports.last().checked_add(1) != Some(port) {
                return false;
            }
            let longer = Ports::new(ports.first(), port);
            self.source = Source::NoRow(longer.unwrap_or(ports));
        }
        self.protocols.extend(protocols.iter());
        true
    }
}

/// Answers what [`Spec`] reads: ports or a name, with or without a protocol.
pub(crate) fn answer(query: &str) -> Result<Reply, ParseSpecError> {
    let spec = Spec::new(query)?;
    let protocols = spec.protocols();
    Ok(match (spec.ports(), spec.service_name()) {
        (Some(ports), _) => by_ports(ports, protocols),
        (None, name) => {
            let name = name.unwrap_or_default();
            Reply {
                asked: None,
                former_name_of: is_former(query, spec).then_some(name),
                answers: by_name(name, protocols),
            }
        }
    })
}

/// Whether the name that was typed differs from the one that it is read as.
fn is_former(query: &str, spec: Spec) -> bool {
    let typed: String = query.split_ascii_whitespace().collect();
    !typed.eq_ignore_ascii_case(&spec.to_string())
}

/// The services of a name.
fn by_name(name: &str, protocols: Protocols) -> Vec<Answer> {
    let of_service = |service: Service| Answer {
        status: PortStatus::Assigned,
        source: Source::Row(service.record()),
        protocols: protocols & service.protocols(),
    };
    services_by_name(name)
        .map(of_service)
        .filter(|answer| !answer.protocols.is_empty())
        .collect()
}

/// The services on ports. For a protocol without one, the answer is the status of the ports. A row
/// that answers for several ports or protocols is one answer, and so are neighbouring ports without
/// a row.
fn by_ports(asked: Ports, protocols: Protocols) -> Reply {
    let mut answers: Vec<Answer> = Vec::new();
    let mut latest = HashMap::new();
    for port in asked {
        for Said {
            status,
            record,
            protocols,
        } in on_port(port, protocols)
        {
            let kind = match record {
                Some(_) => (status, record, Protocols::NONE),
                None => (status, None, protocols),
            };
            let known = latest.get(&kind).copied();
            let known = known.and_then(|place: usize| answers.get_mut(place));
            if !known.is_some_and(|answer| answer.takes_in(port, protocols)) {
                latest.insert(kind, answers.len());
                answers.push(Answer {
                    status,
                    source: record.map_or(Source::NoRow(Ports::one(port)), Source::Row),
                    protocols,
                });
            }
        }
    }
    Reply {
        asked: Some(asked),
        former_name_of: None,
        answers,
    }
}

/// What a row says about a port, or what the lack of a row means.
struct Said {
    status: PortStatus,
    record: Option<Record>,
    protocols: Protocols,
}

fn on_port(port: u16, protocols: Protocols) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for protocol in protocols.iter() {
        let status = port_status(port, protocol);
        let records: Vec<_> = if status == PortStatus::Assigned {
            services_by_port(port, protocol)
                .map(|service| Some(service.record()))
                .collect()
        } else {
            vec![record_by_port(port, protocol)]
        };
        for record in records {
            let same = |one: &&mut Said| (one.status, one.record) == (status, record);
            match said.iter_mut().find(same) {
                Some(one) => one.protocols.extend([protocol]),
                None => said.push(Said {
                    status,
                    record,
                    protocols: protocol.into(),
                }),
            }
        }
    }
    // Few ports have a row for sctp or dccp. A missing one is mentioned only if it was asked for.
    if protocols.len() > 1 {
        let is_common = |one: &Said| {
            [Protocol::Tcp, Protocol::Udp]
                .iter()
                .any(|&common| one.protocols.contains(common))
        };
        said.retain(|one| one.status != PortStatus::Unlisted || is_common(one));
    }
    said
}

/// `tcp, udp`.
pub(crate) fn list(protocols: Protocols) -> String {
    let words: Vec<_> = protocols.iter().map(Protocol::as_str).collect();
    words.join(", ")
}
