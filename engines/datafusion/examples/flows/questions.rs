//! The questions that most people ask of flows, as SQL over a table `flows`.
//!
//! This module is text only: it depends on nothing, so another program can take it as it is.
//! Positions in place of names after `group by` and `order by` keep a table's own columns, such as
//! `service` in a log of Zeek, from being taken for those of the answer.

/// What the columns of a question are called, each as an expression of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The port number of the end that sent. Without it, `port` is the server's.
    pub source_port: Option<String>,
    /// The port number of the end that received.
    pub port: String,
    /// The transport protocol, by name or number.
    pub protocol: String,
    /// The bytes of a flow.
    pub bytes: String,
}

/// Which names a port number gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Those of the registry.
    Iana,
    /// Those that people use, before those of the registry.
    Common,
}

/// Bytes and flows of the services that have the most bytes.
pub fn top(columns: &Columns, names: Names, limit: usize) -> String {
    let (service, bytes) = (service(columns, names), &columns.bytes);
    format!(
        "\
select {service} as service, sum({bytes}) as bytes, count(*) as flows
from flows
group by 1
order by 2 desc nulls last, 1
limit {limit}"
    )
}

/// Port numbers without a service, most used first. Flows of protocols without port numbers, such
/// as ICMP, are left out: these have no status.
pub fn unknown(columns: &Columns, names: Names) -> String {
    let (service, port) = (service(columns, names), server_port(columns, names));
    let Columns {
        protocol, bytes, ..
    } = columns;
    format!(
        "\
select {port} as port, {protocol} as protocol, count(*) as flows, sum({bytes}) as bytes
from flows
where {service} is null and port_status({port}, {protocol}) is not null
group by 1, 2
order by 3 desc, 4 desc nulls last, 1, 2"
    )
}

/// Bytes and flows of each service in each hour. `time` is an expression that gives a timestamp.
pub fn by_hour(columns: &Columns, time: &str, names: Names) -> String {
    let (service, bytes) = (service(columns, names), &columns.bytes);
    format!(
        "\
select date_trunc('hour', {time}) as hour, {service} as service, sum({bytes}) as bytes, \
count(*) as flows
from flows
group by 1, 2
order by 1, 3 desc nulls last, 2"
    )
}

/// A name of a column as SQL reads it whatever characters it has.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn service(columns: &Columns, names: Names) -> String {
    let Columns { port, protocol, .. } = columns;
    let names = argument(names);
    match &columns.source_port {
        Some(source) => format!("flow_service({source}, {port}, {protocol}{names})"),
        None => format!("port_service({port}, {protocol}{names})"),
    }
}

fn server_port(columns: &Columns, names: Names) -> String {
    let Columns { port, protocol, .. } = columns;
    match &columns.source_port {
        Some(source) => format!(
            "flow_server_port({source}, {port}, {protocol}{})",
            argument(names)
        ),
        None => port.clone(),
    }
}

fn argument(names: Names) -> &'static str {
    match names {
        Names::Iana => "",
        Names::Common => ", 'common'",
    }
}
