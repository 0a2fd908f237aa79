//! `ports free`: lists the free ports.

use std::io::{self, BufWriter, Write};

use clap::{Args, ValueHint};
use port_registry::error::ParseSpecError;
use port_registry::{
    FreeSpan, PortRange, Ports, Protocol, Protocols, Spec, conflicts, free_spans, next_free,
};
use serde::Serialize;

use crate::outcome::{Answered, Outcome, complain};
use crate::record::cells::{one_line, write_aligned};
use crate::record::json::write_line;
use crate::record::view::PortsView;
use crate::show::list;

/// List the free ports: unassigned ones, and those that are not in the registry
#[derive(Args)]
pub(crate) struct Arguments {
    /// PORT-PORT, or a name that stands for its ports; with /PROTOCOL, for that one alone
    #[arg(value_name = "PORTS", value_hint = ValueHint::Other, value_parser = Asked::read)]
    asked: Asked,

    /// Write one JSON object per line for each span
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let asked = arguments.asked;
    let mut out = BufWriter::new(io::stdout().lock());
    let found = write(&mut out, asked, arguments.json)?;
    out.flush()?;
    if !found {
        complain(&format!("{}: {}", asked.ports, why_none(asked)));
    }
    Ok(Answered::all_if(found))
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
    fn read(text: &str) -> Result<Self, ParseSpecError> {
        let spec = Spec::new(text)?;
        Ok(Self {
            ports: spec.resolve()?.ports(),
            protocols: spec.protocols(),
        })
    }
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

/// Writes the spans among the ports asked for; returns whether there are any.
fn write(out: &mut impl Write, asked: Asked, json: bool) -> io::Result<bool> {
    let Asked { ports, protocols } = asked;
    let spans: Vec<_> = free_spans(ports, protocols).collect();
    if json {
        for &span in &spans {
            let view = SpanView {
                ports: PortsView::from(span.ports()),
                status: span.status().as_str(),
                protocols: protocols.iter().map(Protocol::as_str).collect(),
                unauthorized_uses: reports(span, protocols),
            };
            write_line(out, &view)?;
        }
    } else {
        let rows: Vec<_> = spans
            .iter()
            .map(|&span| {
                [
                    span.to_string(),
                    span.status().to_string(),
                    one_line(&reports(span, protocols).join("; ")),
                ]
            })
            .collect();
        write_aligned(out, "", &rows, str::to_owned)?;
    }
    Ok(!spans.is_empty())
}

/// Why there are no free ports, and which one would be the next.
fn why_none(asked: Asked) -> String {
    let Asked { ports, protocols } = asked;
    match next_free(ports.last(), protocols) {
        Some(next) => format!("no free port for {}; the next is {next}", list(protocols)),
        None => format!(
            "no free port for {}, nor after it (ports {} are for private use and never assigned)",
            list(protocols),
            PortRange::Dynamic.bounds()
        ),
    }
}

/// What was reported about unauthorized use of these ports, in order of port number.
fn reports(span: FreeSpan, protocols: Protocols) -> Vec<&'static str> {
    let mut reports = Vec::new();
    let covers = |protocol: Option<Protocol>| protocol.is_none_or(|one| protocols.contains(one));
    let records = span.ports().iter().flat_map(conflicts);
    for record in records.filter(|record| covers(record.protocol())) {
        reports.extend(record.unauthorized_use());
    }
    reports.dedup();
    reports
}
