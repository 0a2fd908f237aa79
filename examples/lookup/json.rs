//! Writes replies for programs to read: one JSON object per line.

use std::io::{self, Write};

use port_registry::{Ports, Protocol, Record};
use serde::Serialize;

use crate::query::{Reply, Source};
use crate::record_view::{PortsView, RecordView};

/// One answer. The keys of [`RecordView`] stand beside these. For ports without a service, they
/// show the row that decides the status of the ports or, if there is none, only these ports.
#[derive(Serialize)]
struct AnswerView<'a> {
    query: &'a str,
    /// The port asked for, or `null` if several ports or a name were asked for.
    port: Option<u16>,
    /// The protocols that this object answers for, among those asked for.
    protocols: Vec<&'static str>,
    /// The present name, if the former name of a service was asked for.
    former_name_of: Option<&'static str>,
    #[serde(flatten)]
    record: RecordView,
}

/// Writes one object for each answer of the reply to `query`.
pub(crate) fn write(out: &mut impl Write, query: &str, reply: &Reply) -> io::Result<()> {
    for answer in &reply.answers {
        let view = AnswerView {
            query,
            port: reply
                .asked
                .filter(|ports| ports.len() == 1)
                .map(Ports::first),
            protocols: answer.protocols.iter().map(Protocol::as_str).collect(),
            former_name_of: reply.former_name_of,
            record: match answer.source {
                Source::Row(record) => RecordView::from(record),
                Source::NoRow(ports) => RecordView {
                    status: answer.status.as_str(),
                    ports: Some(PortsView::from(ports)),
                    ..RecordView::default()
                },
            },
        };
        write_line(out, &view)?;
    }
    Ok(())
}

/// Writes one object for each row, with the keys of [`RecordView`].
pub(crate) fn write_records(out: &mut impl Write, records: &[Record]) -> io::Result<()> {
    for &record in records {
        write_line(out, &RecordView::from(record))?;
    }
    Ok(())
}

/// Writes one object.
pub(crate) fn write_line(out: &mut impl Write, view: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, view)?;
    writeln!(out)
}
