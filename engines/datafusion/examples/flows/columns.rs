//! Which columns of a table hold the ports, the protocol, the bytes and the time.

use datafusion::arrow::datatypes::{DataType, Fields};

use crate::failure::Failure;
use crate::questions::{Columns, quoted};

/// The ports that sent. Zeek's `id.orig_p` is not among them: Zeek has seen who answered, so there
/// the other port alone tells the service, and nothing is left to guess.
const SOURCE_PORT: &[&str] = &[
    "srcport",
    "src_port",
    "source_port",
    "source.port",
    "src_endpoint.port",
    "sport",
];

/// The ports that received.
const PORT: &[&str] = &[
    "dstport",
    "dst_port",
    "dest_port",
    "destination_port",
    "destination.port",
    "dst_endpoint.port",
    "id.resp_p",
    "dport",
    "port",
];

const PROTOCOL: &[&str] = &[
    "protocol",
    "proto",
    "network.transport",
    "connection_info.protocol_name",
    "connection_info.protocol_num",
    "transport",
];

/// Columns that are the bytes of a flow together.
const BYTES: &[&[&str]] = &[
    &["bytes"],
    &["network.bytes"],
    &["traffic.bytes"],
    &["orig_bytes", "resp_bytes"],
    &["source.bytes", "destination.bytes"],
    &["flow.bytes_toserver", "flow.bytes_toclient"],
];

/// Columns of time, with the function that makes a timestamp of their numbers.
const TIME: &[(&str, &str)] = &[
    ("start", SECONDS),
    ("ts", SECONDS),
    ("@timestamp", SECONDS),
    ("timestamp", SECONDS),
    ("time_flow_start_ns", "to_timestamp_nanos"),
    ("time_received_ns", "to_timestamp_nanos"),
    // OCSF counts milliseconds.
    ("time", "to_timestamp_millis"),
];

/// It reads seconds, and takes texts and timestamps as well.
const SECONDS: &str = "to_timestamp";

/// The columns that were named on the command line.
#[derive(Debug, Default)]
pub struct Named {
    pub source_port: Option<String>,
    pub port: Option<String>,
    pub protocol: Option<String>,
    pub bytes: Option<String>,
    pub time: Option<String>,
}

/// Finds the columns of a question: those that were named, else those of well-known names.
pub fn find(fields: &Fields, named: &Named) -> Result<Columns, Failure> {
    let one_of = |named: &Option<String>, known: &[&str], what, option| {
        match named {
            Some(name) => existing(fields, name).map(Some),
            None => Ok(known.iter().find_map(|name| expression(fields, name))),
        }
        .and_then(|found: Option<String>| found.ok_or_else(|| missing(fields, what, option)))
    };
    Ok(Columns {
        // A port that was named alone is the server's: a guessed partner would change the answer.
        source_port: match (&named.source_port, &named.port) {
            (Some(name), _) => Some(existing(fields, name)?),
            (None, Some(_)) => None,
            (None, None) => SOURCE_PORT.iter().find_map(|name| expression(fields, name)),
        },
        port: one_of(&named.port, PORT, "port", "--port-column")?,
        protocol: one_of(&named.protocol, PROTOCOL, "protocol", "--protocol-column")?,
        bytes: match &named.bytes {
            Some(name) => existing(fields, name)?,
            None => BYTES
                .iter()
                .find_map(|names| sum(fields, names))
                .ok_or_else(|| missing(fields, "bytes", "--bytes-column"))?,
        },
    })
}

/// Finds the column of time, as an expression that gives a timestamp.
pub fn find_time(fields: &Fields, named: &Named) -> Result<String, Failure> {
    let unit = |name: &str| {
        TIME.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or(SECONDS, |(_, function)| function)
    };
    match &named.time {
        Some(name) => Ok(format!("{}({})", unit(name), existing(fields, name)?)),
        None => TIME
            .iter()
            .find_map(|(name, function)| Some(format!("{function}({})", expression(fields, name)?)))
            .ok_or_else(|| missing(fields, "time", "--time-column")),
    }
}

fn existing(fields: &Fields, name: &str) -> Result<String, Failure> {
    expression(fields, name).ok_or_else(|| Failure::NoSuchColumn {
        name: name.to_owned(),
        columns: names(fields),
    })
}

fn missing(fields: &Fields, what: &'static str, option: &'static str) -> Failure {
    Failure::NoKnownColumn {
        what,
        option,
        columns: names(fields),
    }
}

fn names(fields: &Fields) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
    names.join(", ")
}

/// The bytes of both directions. One of them may be unknown, then the other counts alone.
fn sum(fields: &Fields, names: &[&str]) -> Option<String> {
    let columns: Vec<String> = names
        .iter()
        .map(|name| expression(fields, name))
        .collect::<Option<_>>()?;
    match columns.as_slice() {
        [one] => Some(one.clone()),
        several => {
            let terms: Vec<String> = several
                .iter()
                .map(|column| format!("coalesce({column}, 0)"))
                .collect();
            Some(terms.join(" + "))
        }
    }
}

/// A column whose name is the whole path, or one inside columns of records: JSON has both forms.
fn expression(fields: &Fields, path: &str) -> Option<String> {
    place(fields, path).map(|names| {
        let mut names = names.into_iter();
        let column = names.next().map(|name| quoted(&name)).unwrap_or_default();
        names.fold(column, |outer, name| {
            format!("{outer}['{}']", name.replace('\'', "''"))
        })
    })
}

fn place(fields: &Fields, path: &str) -> Option<Vec<String>> {
    if let Some(field) = fields
        .iter()
        .find(|field| field.name().eq_ignore_ascii_case(path))
    {
        return Some(vec![field.name().clone()]);
    }
    path.match_indices('.').find_map(|(dot, _)| {
        let (outer, inner) = (path.get(..dot)?, path.get(dot + 1..)?);
        let field = fields
            .iter()
            .find(|field| field.name().eq_ignore_ascii_case(outer))?;
        let DataType::Struct(within) = field.data_type() else {
            return None;
        };
        let mut names = place(within, inner)?;
        names.insert(0, field.name().clone());
        Some(names)
    })
}
