//! `ports free`: lists the free ports.

mod bound;

use std::io::{self, Write};

use clap::{Args, ValueHint};
use port_registry::{
    FreeSpan, PortRange, PortStatus, Ports, Protocol, Protocols, common_uses, conflicts,
    free_spans, next_free,
};
use serde::Serialize;

use crate::names::{Base, NameOptions, Tables};
use crate::outcome::{Answered, Failure, Outcome, complain};
use crate::record::cells::one_line;
use crate::record::json::write_line;
use crate::record::view::PortsView;
use crate::show::list;
use crate::show::question::Question;
use crate::terminal::{Output, Part, TerminalOptions, write_table};

/// List the free ports: unassigned ones, and those that are not in the registry
///
/// Ports to which your own names (`--overlay`, `--services`) or, with `--names common`, common uses
/// belong are left out.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// PORT-PORT, or a name that stands for its ports; with /PROTOCOL, for that one alone
    #[arg(value_name = "PORTS", value_hint = ValueHint::Other)]
    asked: String,

    /// Leave out ports that a socket on this machine is bound to now, on tcp or udp. This reads
    /// /proc/net, so it is for Linux, and sees the sockets of this network namespace. It cannot
    /// answer for /sctp and /dccp
    #[arg(long)]
    not_listening: bool,

    /// List only the numbers of the first N free ports, one a line
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    first: Option<u16>,

    /// Write one JSON object per line for each span
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    names: NameOptions,

    #[command(flatten)]
    terminal: TerminalOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports free 8000-9000                     the ports that nobody holds on any protocol
  ports free 8000-9000/tcp --first 3       the first three of those that are free on tcp
  ports free 8000-9000/tcp --names common --not-listening --first 1
                                           one that is neither in common use nor bound here

Beside ports whose unauthorized use was reported to IANA stands the report.

Exit status: 0 if there are as many as asked for, 1 if there are fewer or none, or if the \
sockets cannot be read, 2 if the command line or a file of names is wrong.";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let read = arguments.names.read(Base::Iana)?;
    let tables = read.tables();
    let asked = Asked::read(&arguments.asked, &tables)?;
    let mut taken = taken_by_names(asked, &tables);
    if arguments.not_listening {
        for port in bound::bound_ports(asked.protocols)? {
            taken.take(port);
        }
    }
    let spans = free(asked, &taken);
    let spans = match arguments.first {
        None => spans,
        Some(count) => first_ports(&spans, count.into()),
    };
    let mut out = if arguments.json {
        Output::for_programs()
    } else {
        Output::for_people(&arguments.terminal, false)
    };
    if arguments.json {
        write_objects(&mut out, asked, &spans)?;
    } else if arguments.first.is_some() {
        // For scripts: `port=$(ports free 8000-9000/tcp --first 1)`.
        for span in &spans {
            writeln!(out, "{}", span.ports)?;
        }
    } else {
        write_lines(&mut out, asked, &spans)?;
    }
    out.finish()?;
    let missing = match arguments.first {
        _ if spans.is_empty() => Some(why_none(asked, &taken)),
        Some(count) if spans.len() < count.into() => {
            Some(format!("only {} free ports", spans.len()))
        }
        _ => None,
    };
    if let Some(why) = &missing {
        complain(&format!("{}: {why}", asked.ports));
    }
    Ok(Answered::all_if(missing.is_none()))
}

/// What is asked for.
#[derive(Clone, Copy)]
struct Asked {
    ports: Ports,
    protocols: Protocols,
}

impl Asked {
    /// Reads ports, or a name that stands for its ports. Unless a protocol is given, all are asked
    /// for.
    fn read(text: &str, tables: &Tables<'_>) -> Result<Self, Failure> {
        let names = tables.names();
        let question = match &Question::read_all(text, names)[..] {
            [question] => question.clone(),
            _ => {
                let why = "one port, span or name is expected, and no list";
                return Err(Failure::Usage(format!("{}: {why}", text.escape_debug())));
            }
        };
        let resolved = question.resolve(names).map_err(|error| {
            let why = tables.helping().explain(&error);
            Failure::Usage(format!("{}: {why}", text.escape_debug()))
        })?;
        Ok(Self {
            ports: resolved.ports(),
            protocols: question.protocols(),
        })
    }
}

/// Ports that are taken by something else than the registry.
struct Taken(Vec<bool>);

impl Taken {
    fn take(&mut self, port: u16) {
        if let Some(taken) = self.0.get_mut(usize::from(port)) {
            *taken = true;
        }
    }

    fn has(&self, port: u16) -> bool {
        self.0.get(usize::from(port)).copied().unwrap_or_default()
    }
}

/// The ports that have a name in front of the registry's, on one of the protocols.
fn taken_by_names(asked: Asked, tables: &Tables<'_>) -> Taken {
    let mut taken = Taken(vec![false; usize::from(u16::MAX) + 1]);
    let lines = common_uses().filter(|_| tables.has_common());
    for line in lines.filter(|line| !(line.protocols() & asked.protocols).is_empty()) {
        for port in line.ports() {
            taken.take(port);
        }
    }
    for (_, table) in tables.in_front() {
        for port in asked.ports {
            let mut protocols = asked.protocols.iter();
            if protocols.any(|one| table.name(port, one).is_some()) {
                taken.take(port);
            }
        }
    }
    taken
}

/// Free ports, which the registry offers or does not mention.
#[derive(Clone, Copy)]
struct Free {
    ports: Ports,
    status: PortStatus,
}

/// The free spans among the ports asked for.
fn free(asked: Asked, taken: &Taken) -> Vec<Free> {
    let spans = free_spans(asked.ports, asked.protocols);
    spans.flat_map(|span| left_of(span, taken)).collect()
}

/// What is left of a span.
fn left_of(span: FreeSpan, taken: &Taken) -> Vec<Free> {
    let mut left: Vec<Free> = Vec::new();
    for port in span.ports().iter().filter(|port| !taken.has(*port)) {
        let last = left.last_mut();
        let last = last.filter(|last| last.ports.last().checked_add(1) == Some(port));
        match last {
            Some(last) => last.ports = Ports::new(last.ports.first(), port).unwrap_or(last.ports),
            None => left.push(Free {
                ports: Ports::one(port),
                status: span.status(),
            }),
        }
    }
    left
}

/// The first ports of these spans, each on its own.
fn first_ports(spans: &[Free], count: usize) -> Vec<Free> {
    let ports = spans.iter().flat_map(|span| {
        let status = span.status;
        let ports = span.ports.iter().map(Ports::one);
        ports.map(move |ports| Free { ports, status })
    });
    ports.take(count).collect()
}

/// One span, for programs to read.
#[derive(Serialize)]
struct SpanView {
    ports: PortsView,
    /// `unassigned` if the registry offers the ports, `unlisted` if it does not mention them.
    status: &'static str,
    /// The protocols asked for.
    protocols: Vec<&'static str>,
    /// Reports of unauthorized use.
    unauthorized_uses: Vec<&'static str>,
}

fn write_objects(out: &mut Output, asked: Asked, spans: &[Free]) -> io::Result<()> {
    for span in spans {
        let view = SpanView {
            ports: PortsView::from(span.ports),
            status: span.status.as_str(),
            protocols: asked.protocols.iter().map(Protocol::as_str).collect(),
            unauthorized_uses: reports(span.ports, asked.protocols),
        };
        write_line(out, &view)?;
    }
    Ok(())
}

fn write_lines(out: &mut Output, asked: Asked, spans: &[Free]) -> io::Result<()> {
    let rows: Vec<_> = spans
        .iter()
        .map(|span| {
            [
                span.ports.to_string(),
                span.status.to_string(),
                one_line(&reports(span.ports, asked.protocols).join("; ")),
            ]
        })
        .collect();
    let look = out.look();
    write_table(out, &look, "", &rows, |_, column, cell| {
        let part = [Part::Registered, Part::Plain, Part::Status];
        look.paint(part.get(column).copied().unwrap_or(Part::Plain), cell)
    })
}

/// Why there are no free ports, and which one would be the next.
fn why_none(asked: Asked, taken: &Taken) -> String {
    let protocols = list(asked.protocols);
    let mut next = next_free(asked.ports.last(), asked.protocols);
    while let Some(port) = next.filter(|port| taken.has(*port)) {
        next = port
            .checked_add(1)
            .and_then(|port| next_free(port, asked.protocols));
    }
    match next {
        Some(next) => format!("no free port for {protocols}; the next is {next}"),
        None => format!(
            "no free port for {protocols}, nor after it (ports {} are for private use and never \
             assigned)",
            PortRange::Dynamic.bounds()
        ),
    }
}

/// What was reported about unauthorized use of these ports, in order of port number.
fn reports(ports: Ports, protocols: Protocols) -> Vec<&'static str> {
    let mut reports = Vec::new();
    let covers = |protocol: Option<Protocol>| protocol.is_none_or(|one| protocols.contains(one));
    let records = ports.iter().flat_map(conflicts);
    for record in records.filter(|record| covers(record.protocol())) {
        reports.extend(record.unauthorized_use());
    }
    reports.dedup();
    reports
}
