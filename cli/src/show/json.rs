//! Writes replies for programs to read: one JSON object per line.

use std::io::{self, Write};

use port_registry::{Ports, Protocol};
use serde::Serialize;

use crate::record::json::write_line;
use crate::record::view::{PortsView, RecordView};
use crate::show::query::{Reply, Source};

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
