//! Writes replies for programs to read: one JSON object per line.

use std::io::{self, Write};

use port_registry::{CommonKind, CommonUse, Ports, Protocol, Protocols};
use serde::Serialize;

use super::query::{OwnAnswer, Reply, Source};
use crate::names::Whose;
use crate::record::json::write_line;
use crate::record::view::{PortsView, RecordView, ReferenceView};

/// One answer. For ports without a service, the columns are those of the row that decides the
/// status of the ports or, if there is none, only these ports.
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
    entry: EntryView<'a>,
}

/// A row of the registry, or a name that stands in front of it, with the same keys.
#[derive(Serialize)]
pub(crate) struct EntryView<'a> {
    /// `iana`, `common`, `own`, or `services` for a name of the machine's services file.
    source: &'static str,
    /// What a common use means for the label of its ports: `new`, `instead`, `contested` or `typed`.
    common_kind: Option<&'static str>,
    #[serde(flatten)]
    columns: ColumnsView<'a>,
}

/// The columns.
#[derive(Serialize)]
#[serde(untagged)]
enum ColumnsView<'a> {
    Registered(Box<RecordView>),
    Named(NamedView<'a>),
}

/// The columns of a name that is not the registry's: the keys of [`RecordView`].
#[derive(Default, Serialize)]
struct NamedView<'a> {
    /// Only the registry gives one.
    status: (),
    name: &'a str,
    ports: Option<PortsView>,
    /// `null` if there are several: `protocols` lists them.
    protocol: Option<&'static str>,
    /// The title of a common use.
    description: &'static str,
    alias_of: (),
    /// Further names that lead to the ports.
    aliases: Vec<&'static str>,
    assignees: [(); 0],
    contacts: [(); 0],
    registered: (),
    modified: (),
    /// The source of a common use.
    references: Vec<ReferenceView>,
    service_code: (),
    unauthorized_use: (),
    note: (),
}

impl From<RecordView> for EntryView<'_> {
    fn from(record: RecordView) -> Self {
        Self {
            source: "iana",
            common_kind: None,
            columns: ColumnsView::Registered(Box::new(record)),
        }
    }
}

impl From<CommonUse> for EntryView<'_> {
    fn from(line: CommonUse) -> Self {
        let source = ReferenceView {
            kind: "uri",
            text: line.source(),
            url: Some(line.source()),
            number: None,
            section: None,
            note: None,
        };
        Self {
            source: "common",
            common_kind: Some(kind_word(line.kind())),
            columns: ColumnsView::Named(NamedView {
                name: line.name(),
                ports: Some(PortsView::from(line.ports())),
                protocol: only(line.protocols()),
                description: line.title(),
                aliases: line.names().skip(1).collect(),
                references: vec![source],
                ..NamedView::default()
            }),
        }
    }
}

impl<'a> From<&OwnAnswer<'a>> for EntryView<'a> {
    fn from(own: &OwnAnswer<'a>) -> Self {
        Self {
            source: match own.whose {
                Whose::User => "own",
                Whose::Machine => "services",
            },
            common_kind: None,
            columns: ColumnsView::Named(NamedView {
                name: own.name,
                ports: Some(PortsView::from(own.ports)),
                protocol: only(own.protocols),
                ..NamedView::default()
            }),
        }
    }
}

/// The word for a kind in the list of common names.
pub(crate) fn kind_word(kind: CommonKind) -> &'static str {
    match kind {
        CommonKind::New => "new",
        CommonKind::Instead => "instead",
        CommonKind::Contested => "contested",
        _ => "typed",
    }
}

/// The protocol, if there is only one.
fn only(protocols: Protocols) -> Option<&'static str> {
    let mut protocols = protocols.iter();
    let first = protocols.next().map(Protocol::as_str);
    first.filter(|_| protocols.next().is_none())
}

/// Writes one object for each answer of the reply to `query`: the user's names first, then the
/// registry's rows, then the common uses.
pub(crate) fn write(out: &mut impl Write, query: &str, reply: &Reply<'_>) -> io::Result<()> {
    let port = reply.asked.filter(|ports| ports.len() == 1);
    let port = port.map(Ports::first);
    let mut write = |protocols: Protocols, entry: EntryView<'_>| {
        let view = AnswerView {
            query,
            port,
            protocols: protocols.iter().map(Protocol::as_str).collect(),
            former_name_of: reply.former_name_of,
            entry,
        };
        write_line(out, &view)
    };
    for own in &reply.own {
        write(own.protocols, EntryView::from(own))?;
    }
    for answer in &reply.answers {
        let record = match answer.source {
            Source::Row(record) => RecordView::from(record),
            Source::NoRow(ports) => RecordView {
                status: answer.status.as_str(),
                ports: Some(PortsView::from(ports)),
                ..RecordView::default()
            },
        };
        write(answer.protocols, EntryView::from(record))?;
    }
    for answer in &reply.common {
        write(answer.protocols, EntryView::from(answer.line))?;
    }
    Ok(())
}
