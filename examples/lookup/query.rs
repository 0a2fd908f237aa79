//! Reads one argument as a question and finds its answers in the registry.

use port_registry::{
    ParsePortsError, ParseProtocolError, PortStatus, Ports, Protocol, Record, Service,
    canonical_name, port_status, record_by_port, services, services_by_name, services_by_port,
};

/// What the registry says to one argument.
pub(crate) struct Reply {
    /// The port asked for, if it was one.
    pub(crate) port: Option<u16>,
    /// The name under which the service is registered now, if its former name was asked for.
    pub(crate) former_name_of: Option<&'static str>,
    /// At least one.
    pub(crate) answers: Vec<Answer>,
}

/// A registered service, or the status of a port without one.
pub(crate) struct Answer {
    pub(crate) status: PortStatus,
    /// The row that says so; none covers a dynamic or an unlisted port.
    pub(crate) record: Option<Record>,
    /// Those of the protocols asked for that this answers.
    pub(crate) protocols: Vec<Protocol>,
}

impl Answer {
    fn of_service(record: Record, asked: &[Protocol]) -> Self {
        let covers = |protocol| record.protocol().is_none_or(|own| own == protocol);
        Self {
            status: PortStatus::Assigned,
            record: Some(record),
            protocols: asked.iter().copied().filter(|&one| covers(one)).collect(),
        }
    }
}

/// Why an argument has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum QueryError {
    #[error(transparent)]
    Port(#[from] ParsePortsError),
    #[error(transparent)]
    Protocol(#[from] ParseProtocolError),
    #[error(
        "no service is registered under the name `{}`, expected {EXPECTED}{}",
        name.escape_debug(),
        hint(name)
    )]
    Name { name: String },
    #[error("`{name}` is not registered for {asked}, only for {registered}")]
    NameOnProtocol {
        name: &'static str,
        asked: Protocol,
        registered: String,
    },
    #[error("nothing asked, expected {EXPECTED}")]
    Empty,
}

const EXPECTED: &str = "PORT, PORT/PROTO, NAME or NAME/PROTO";

/// Answers `PORT`, `PORT/PROTO`, `NAME` or `NAME/PROTO`.
pub(crate) fn answer(query: &str) -> Result<Reply, QueryError> {
    if query.is_empty() {
        return Err(QueryError::Empty);
    }
    // Names may hold a slash: `914c/g` is one.
    if let Some(reply) = by_name(query, &Protocol::ALL) {
        return reply;
    }
    let (subject, protocol) = match query.rsplit_once('/') {
        None => (query, None),
        Some((subject, protocol)) => (subject, Some(protocol.parse::<Protocol>()?)),
    };
    let protocols = protocol
        .as_ref()
        .map_or(&Protocol::ALL[..], std::slice::from_ref);
    if let Some(reply) = by_name(subject, protocols) {
        return reply;
    }
    if !subject.is_empty() && subject.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(by_port(subject.parse::<Ports>()?.first(), protocols));
    }
    Err(QueryError::Name {
        name: subject.to_owned(),
    })
}

/// The services of a present or former name, or `None` if it is neither.
fn by_name(name: &str, protocols: &[Protocol]) -> Option<Result<Reply, QueryError>> {
    let former_name_of = if services_by_name(name).next().is_none() {
        Some(canonical_name(name)?)
    } else {
        None
    };
    let records = || services_by_name(former_name_of.unwrap_or(name)).map(Record::from);
    let answers: Vec<_> = records()
        .map(|record| Answer::of_service(record, protocols))
        .filter(|answer| !answer.protocols.is_empty())
        .collect();
    if answers.is_empty() {
        let mut registered: Vec<_> = records().filter_map(Record::protocol).collect();
        registered.sort_unstable();
        registered.dedup();
        return Some(Err(QueryError::NameOnProtocol {
            name: records().find_map(Record::name)?,
            asked: *protocols.first()?,
            registered: list(&registered),
        }));
    }
    Some(Ok(Reply {
        port: None,
        former_name_of,
        answers,
    }))
}

/// The services on a port or, per protocol without one, the status of the port. A row that
/// answers for several protocols is one answer.
fn by_port(port: u16, protocols: &[Protocol]) -> Reply {
    let mut answers: Vec<Answer> = Vec::new();
    for &protocol in protocols {
        let status = port_status(port, protocol);
        let records: Vec<_> = if status == PortStatus::Assigned {
            services_by_port(port, protocol)
                .map(|service| Some(service.record()))
                .collect()
        } else {
            vec![record_by_port(port, protocol)]
        };
        for record in records {
            let same = |answer: &&mut Answer| (answer.status, answer.record) == (status, record);
            match answers.iter_mut().find(same) {
                Some(answer) => answer.protocols.push(protocol),
                None => answers.push(Answer {
                    status,
                    record,
                    protocols: vec![protocol],
                }),
            }
        }
    }
    // Few ports have a row for sctp or dccp: that there is none is worth a word only if asked.
    if protocols.len() > 1 {
        answers.retain(|answer| {
            answer.status != PortStatus::Unlisted
                || answer.protocols.contains(&Protocol::Tcp)
                || answer.protocols.contains(&Protocol::Udp)
        });
    }
    Reply {
        port: Some(port),
        former_name_of: None,
        answers,
    }
}

/// `tcp, udp`.
pub(crate) fn list(protocols: &[Protocol]) -> String {
    let words: Vec<_> = protocols.iter().map(|protocol| protocol.as_str()).collect();
    words.join(", ")
}

/// Names out a few registered names that begin with `name`, as the end of a message.
fn hint(name: &str) -> String {
    let mut names: Vec<_> = services()
        .map(Service::name)
        .filter(|known| {
            let start = known.as_bytes().get(..name.len());
            !name.is_empty()
                && start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        })
        .collect();
    names.sort_by_key(|known| (known.len(), *known));
    names.dedup();
    names.truncate(3);
    if names.is_empty() {
        String::new()
    } else {
        format!(" (did you mean {}?)", names.join(", "))
    }
}
