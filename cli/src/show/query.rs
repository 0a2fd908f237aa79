//! Finds the answers to a question: in the user's names, in the registry and in the common names.

use std::collections::{HashMap, HashSet};

use port_registry::error::ParseSpecError;
use port_registry::{
    CommonUse, IANA, PortStatus, Ports, Protocol, Protocols, Record, Service, Spec, common_uses,
    port_status, record_by_port, services_by_name, services_by_port,
};

use super::question::Question;
use crate::names::{Tables, Whose};

/// What is known about one question.
pub(crate) struct Reply<'a> {
    /// The ports asked for, unless a name was asked for.
    pub(crate) asked: Option<Ports>,
    /// The name under which the service is registered now, if its former name was asked for.
    pub(crate) former_name_of: Option<&'static str>,
    pub(crate) own: Vec<OwnAnswer<'a>>,
    /// What the registry says.
    pub(crate) answers: Vec<Answer>,
    pub(crate) common: Vec<CommonAnswer>,
}

/// A name that stands in front of the registry's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnAnswer<'a> {
    pub(crate) whose: Whose,
    pub(crate) name: &'a str,
    pub(crate) ports: Ports,
    pub(crate) protocols: Protocols,
}

/// A registered service, or the status of ports without one.
pub(crate) struct Answer {
    pub(crate) status: PortStatus,
    pub(crate) source: Source,
    /// The protocols that this answers for, among those asked for.
    pub(crate) protocols: Protocols,
}

/// A common use.
#[derive(Clone, Copy)]
pub(crate) struct CommonAnswer {
    pub(crate) line: CommonUse,
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

impl Reply<'_> {
    /// The rows of the registry.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record> {
        self.answers.iter().filter_map(Answer::record)
    }
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

/// Answers a question.
pub(crate) fn answer<'a>(
    question: &'a Question,
    tables: &'a Tables<'a>,
) -> Result<Reply<'a>, ParseSpecError> {
    let protocols = question.protocols();
    let read: Result<Vec<Spec>, _> = question.specs().collect();
    let first = read.as_deref().ok().and_then(<[Spec]>::first);
    if let Some(ports) = first.and_then(|spec| spec.ports()) {
        return Ok(Reply {
            asked: Some(ports),
            former_name_of: None,
            own: own_on(ports, protocols, tables),
            answers: by_ports(ports, protocols),
            common: common_on(ports, protocols, tables),
        });
    }
    by_name(question, read, tables)
}

/// What is known about a name. If the registry does not have it, its rows on the ports that the name
/// leads to follow.
fn by_name<'a>(
    question: &'a Question,
    read: Result<Vec<Spec>, ParseSpecError>,
    tables: &'a Tables<'a>,
) -> Result<Reply<'a>, ParseSpecError> {
    let (name, protocols) = (question.subject(), question.protocols());
    let own = own_named(name, protocols, tables);
    let common = common_named(name, protocols, tables);
    let mut reply = Reply {
        asked: None,
        former_name_of: None,
        own,
        answers: Vec::new(),
        common,
    };
    match read {
        Ok(specs) => {
            let spec = specs.first().copied();
            let registered = spec.and_then(Spec::service_name).unwrap_or_default();
            let is_former = spec.is_some_and(|spec| is_former(question, spec));
            reply.former_name_of = is_former.then_some(registered);
            reply.answers = registered_named(registered, protocols);
        }
        Err(error) => {
            let own = reply.own.iter().map(|one| (one.ports, one.protocols));
            let common = reply
                .common
                .iter()
                .map(|one| (one.line.ports(), one.protocols));
            let mut seen = HashSet::new();
            let places = own.chain(common).filter(|place| seen.insert(*place));
            reply.answers = places
                .flat_map(|(ports, protocols)| by_ports(ports, protocols))
                .collect();
            if reply.own.is_empty() && reply.common.is_empty() {
                return Err(error);
            }
        }
    }
    Ok(reply)
}

/// Whether the name that was typed differs from the one that it is read as.
fn is_former(question: &Question, spec: Spec) -> bool {
    let typed: String = question.subject().split_ascii_whitespace().collect();
    let registered = spec.service_name().unwrap_or_default();
    !typed.eq_ignore_ascii_case(registered)
}

/// The services of a name.
fn registered_named(name: &str, protocols: Protocols) -> Vec<Answer> {
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

/// Where a name leads by the tables in front. A span on several protocols is one answer.
fn own_named<'a>(
    name: &'a str,
    protocols: Protocols,
    tables: &'a Tables<'a>,
) -> Vec<OwnAnswer<'a>> {
    let mut found: Vec<OwnAnswer<'a>> = Vec::new();
    for (whose, table) in tables.in_front() {
        for protocol in protocols.iter() {
            if table.port(name, protocol).is_none() {
                continue;
            }
            let names = IANA.with(table);
            let Ok(resolved) = names.resolve(&format!("{name}/{protocol}")) else {
                continue;
            };
            let ports = resolved.ports();
            let same = |one: &&mut OwnAnswer<'_>| (one.whose, one.ports) == (whose, ports);
            match found.iter_mut().find(same) {
                Some(one) => one.protocols.extend([protocol]),
                None => found.push(OwnAnswer {
                    whose,
                    name,
                    ports,
                    protocols: protocol.into(),
                }),
            }
        }
    }
    found
}

/// The names of ports by the tables in front. Neighbouring ports of one name are one answer.
fn own_on<'a>(ports: Ports, protocols: Protocols, tables: &'a Tables<'a>) -> Vec<OwnAnswer<'a>> {
    let mut found: Vec<OwnAnswer<'a>> = Vec::new();
    for (whose, table) in tables.in_front() {
        if table.is_empty() {
            continue;
        }
        let start = found.len();
        for protocol in protocols.iter() {
            let begin = found.len();
            for port in ports {
                let Some(name) = table.name(port, protocol) else {
                    continue;
                };
                match found.get_mut(begin..).and_then(<[_]>::last_mut) {
                    Some(last) if last.name == name && is_next(last.ports, port) => {
                        last.ports = Ports::new(last.ports.first(), port).unwrap_or(last.ports);
                    }
                    _ => found.push(OwnAnswer {
                        whose,
                        name,
                        ports: Ports::one(port),
                        protocols: protocol.into(),
                    }),
                }
            }
        }
        let of_table = found.split_off(start);
        found.extend(joined(of_table));
    }
    found
}

fn is_next(ports: Ports, port: u16) -> bool {
    ports.last().checked_add(1) == Some(port)
}

/// The same answer on several protocols as one, in the order of the ports.
fn joined(answers: Vec<OwnAnswer<'_>>) -> Vec<OwnAnswer<'_>> {
    let mut joined: Vec<OwnAnswer<'_>> = Vec::new();
    let mut places = HashMap::new();
    for answer in answers {
        let place = *places
            .entry((answer.ports, answer.name))
            .or_insert(joined.len());
        match joined.get_mut(place) {
            Some(one) => one.protocols.extend(answer.protocols.iter()),
            None => joined.push(answer),
        }
    }
    joined.sort_by_key(|answer| answer.ports);
    joined
}

/// The common uses of ports, in the order of the list.
fn common_on(ports: Ports, protocols: Protocols, tables: &Tables<'_>) -> Vec<CommonAnswer> {
    let covers = |line: CommonUse| line.ports().intersection(ports).is_some();
    common(protocols, tables, covers)
}

/// The common uses that a name stands for.
fn common_named(name: &str, protocols: Protocols, tables: &Tables<'_>) -> Vec<CommonAnswer> {
    common(protocols, tables, |line| {
        line.names().any(|one| one.eq_ignore_ascii_case(name))
    })
}

fn common(
    protocols: Protocols,
    tables: &Tables<'_>,
    is_meant: impl Fn(CommonUse) -> bool,
) -> Vec<CommonAnswer> {
    if !tables.has_common() {
        return Vec::new();
    }
    common_uses()
        .filter(|line| is_meant(*line))
        .map(|line| CommonAnswer {
            line,
            protocols: line.protocols() & protocols,
        })
        .filter(|answer| !answer.protocols.is_empty())
        .collect()
}

/// The services on ports. For a protocol without one, the answer is the status of the ports. A row
/// that answers for several ports or protocols is one answer, and so are neighbouring ports without
/// a row.
fn by_ports(asked: Ports, protocols: Protocols) -> Vec<Answer> {
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
    answers
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
