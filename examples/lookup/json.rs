//! Writes replies for programs to read: one JSON object a line.

use std::io::{self, Write};

use port_registry::Protocol;
use serde::Serialize;

use crate::query::Reply;
use crate::record_view::RecordView;

/// One answer. The keys of [`RecordView`] stand beside these; for a port without a service they
/// show the row that decides its status, if there is one.
#[derive(Serialize)]
struct AnswerView<'a> {
    query: &'a str,
    /// The port asked for, `null` if a name was.
    port: Option<u16>,
    /// Those of the protocols asked for that this object answers.
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
            port: reply.port,
            protocols: answer
                .protocols
                .iter()
                .copied()
                .map(Protocol::as_str)
                .collect(),
            former_name_of: reply.former_name_of,
            record: match answer.record {
                Some(record) => RecordView::from(record),
                None => RecordView {
                    status: answer.status.as_str(),
                    ..RecordView::default()
                },
            },
        };
        serde_json::to_writer(&mut *out, &view)?;
        writeln!(out)?;
    }
    Ok(())
}
