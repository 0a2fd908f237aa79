//! The complete difference between two registries. Entries with the same canonical XML are the
//! same, and every other entry is in one of the groups of [`Changes`].
//!
//! The registry's records have no identity of their own. These rules decide which old and which new
//! record are the same. They apply in this order, each to the records that are left. If several
//! fit, the first old one is paired with the first new one, and so on:
//!
//! 1. The same in every column: unchanged.
//! 2. The same service name, port number and transport protocol: changed in other columns.
//! 3. The same service name and transport protocol: port number changed, added or removed.
//! 4. The same port number, transport protocol and description: renamed.
//! 5. The same port number (there must be one), transport protocol and contacts: renamed.
//!
//! Rules 3 to 5 are for records with a service name. The records left at the end were removed or
//! added. People are matched by their ids.

use serde::{Serialize, Serializer};

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::intake::model::{Inline, Person, Record, Registry, RichText, Xref};
use crate::matching::{Matching, Pair, displaced};
use crate::span::optional_span;
use crate::status::{self, StatusChange};
use crate::write::write;

/// Everything that differs. Removed entries are in the order of the old registry, all others in the
/// order of the new one.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Changes {
    /// The title, the date and the like.
    pub(crate) registry: Vec<ColumnChange>,
    pub(crate) services_added: Vec<Row>,
    pub(crate) services_removed: Vec<Row>,
    pub(crate) services_renamed: Vec<RowChange>,
    pub(crate) services_given_another_port: Vec<RowChange>,
    /// Rows without a service name, which only give ports a status.
    pub(crate) status_rows_added: Vec<Row>,
    pub(crate) status_rows_removed: Vec<Row>,
    pub(crate) columns_changed: Vec<RowChange>,
    pub(crate) statuses_changed: Vec<StatusChange>,
    /// Rows that are unchanged, or changed in columns, and that stand in another order than before.
    pub(crate) rows_moved: Vec<Row>,
    pub(crate) people_added: Vec<Someone>,
    pub(crate) people_removed: Vec<Someone>,
    pub(crate) people_changed: Vec<PersonChange>,
    pub(crate) people_moved: Vec<Someone>,
}

/// A record with its columns as text, including empty ones.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: Option<String>,
    #[serde(serialize_with = "optional_span")]
    pub(crate) ports: Option<Ports>,
    #[serde(serialize_with = "optional_protocol")]
    pub(crate) protocol: Option<Protocol>,
    #[serde(serialize_with = "as_object")]
    pub(crate) columns: Columns,
}

/// A record that is in both registries.
#[derive(Debug, Serialize)]
pub(crate) struct RowChange {
    pub(crate) old: Row,
    pub(crate) new: Row,
    pub(crate) columns: Vec<ColumnChange>,
}

/// A person with the columns as text, including empty ones.
#[derive(Debug, Serialize)]
pub(crate) struct Someone {
    pub(crate) id: String,
    #[serde(serialize_with = "as_object")]
    pub(crate) columns: Columns,
}

/// A person who is in both registries.
#[derive(Debug, Serialize)]
pub(crate) struct PersonChange {
    pub(crate) id: String,
    pub(crate) columns: Vec<ColumnChange>,
}

/// What a column said and says.
#[derive(Debug, Serialize)]
pub(crate) struct ColumnChange {
    pub(crate) column: &'static str,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// Columns by name, in the registry's order.
type Columns = Vec<(&'static str, String)>;

impl Changes {
    /// Compares two registries.
    pub(crate) fn between(old: &Registry, new: &Registry) -> Self {
        let (old_xml, new_xml) = (write(old), write(new));
        let mut changes = Self {
            registry: column_changes(
                |spelling| registry_columns(old, spelling),
                |spelling| registry_columns(new, spelling),
            ),
            statuses_changed: status::changes(old, new),
            ..Self::default()
        };
        let records = [(old, &old_xml), (new, &new_xml)].map(|(registry, xml)| {
            let canonical = entries(xml, "\n  <record", "\n  </record>");
            registry.records.iter().zip(canonical).collect::<Vec<_>>()
        });
        changes.compare_records(&records[0], &records[1]);
        let people = [(old, &old_xml), (new, &new_xml)].map(|(registry, xml)| {
            let canonical = entries(xml, "\n    <person ", "\n    </person>");
            registry.people.iter().zip(canonical).collect::<Vec<_>>()
        });
        changes.compare_people(&people[0], &people[1]);
        changes
    }

    fn compare_records(&mut self, old: &[(&Record, &str)], new: &[(&Record, &str)]) {
        let mut left = Matching::new(old.len(), new.len());
        let change = |(o, n): Pair| RowChange::between(old[o].0, new[n].0);
        let row = |&(record, _): &(&Record, &str)| Row::of(record);

        let same = left.pair(|o| Some(old[o].1), |n| Some(new[n].1));
        let changed = pair_records(&mut left, old, new, |record| {
            Some((record.name.as_deref(), record.ports, record.protocol))
        });
        let another_port = pair_records(&mut left, old, new, |record| {
            Some((record.name.as_deref()?, record.protocol))
        });
        let mut renamed = pair_records(&mut left, old, new, |record| {
            let description = record.description.to_string();
            let counts = record.name.is_some() && !description.is_empty();
            counts.then_some((record.ports, record.protocol, description))
        });
        renamed.extend(pair_records(&mut left, old, new, |record| {
            let counts = record.name.is_some() && !record.contacts.is_empty();
            counts.then_some((record.ports?, record.protocol, record.contacts.as_slice()))
        }));
        renamed.sort_unstable_by_key(|&(_, n)| n);

        let in_columns = changed.iter().map(|&(o, n)| {
            let change = change((o, n));
            RowChange {
                columns: or_xml(change.columns, old[o].1, new[n].1),
                ..change
            }
        });
        self.columns_changed = in_columns.collect();
        self.services_given_another_port = another_port.into_iter().map(change).collect();
        self.services_renamed = renamed.into_iter().map(change).collect();
        let kept = same.into_iter().chain(changed).collect();
        self.rows_moved = displaced(kept).into_iter().map(|n| row(&new[n])).collect();
        let is_service = |(record, _): &&(&Record, &str)| record.name.is_some();
        let (services, status_rows) = left.old.into_iter().map(|o| &old[o]).partition(is_service);
        let rows = |rows: Vec<_>| rows.into_iter().map(row).collect();
        (self.services_removed, self.status_rows_removed) = (rows(services), rows(status_rows));
        let (services, status_rows) = left.new.into_iter().map(|n| &new[n]).partition(is_service);
        (self.services_added, self.status_rows_added) = (rows(services), rows(status_rows));
    }

    fn compare_people(&mut self, old: &[(&Person, &str)], new: &[(&Person, &str)]) {
        let mut left = Matching::new(old.len(), new.len());
        let same = left.pair(|o| Some(old[o].1), |n| Some(new[n].1));
        let changed = left.pair(|o| Some(&old[o].0.id), |n| Some(&new[n].0.id));
        let someone = |(person, _): (&Person, &str)| Someone::of(person);

        self.people_changed = changed
            .iter()
            .map(|&(o, n)| PersonChange {
                id: new[n].0.id.clone(),
                columns: or_xml(
                    column_changes(|_| person_columns(old[o].0), |_| person_columns(new[n].0)),
                    old[o].1,
                    new[n].1,
                ),
            })
            .collect();
        let kept = same.into_iter().chain(changed).collect();
        let moved = displaced(kept).into_iter();
        self.people_moved = moved.map(|n| someone(new[n])).collect();
        self.people_removed = left.old.into_iter().map(|o| someone(old[o])).collect();
        self.people_added = left.new.into_iter().map(|n| someone(new[n])).collect();
    }
}

/// The canonical XML of each entry that begins with `opening` on a line of its own. A text cannot
/// contain `opening`, because `<` is escaped there.
fn entries<'a>(xml: &'a str, opening: &'a str, closing: &'a str) -> impl Iterator<Item = &'a str> {
    let parts = xml.split(opening).skip(1);
    parts.map(move |part| part.split_once(closing).map_or(part, |(entry, _)| entry))
}

fn pair_records<'a, K: Eq + std::hash::Hash>(
    left: &mut Matching,
    old: &[(&'a Record, &str)],
    new: &[(&'a Record, &str)],
    key: impl Fn(&'a Record) -> Option<K>,
) -> Vec<Pair> {
    left.pair(|o| key(old[o].0), |n| key(new[n].0))
}

impl Row {
    fn of(record: &Record) -> Self {
        Self {
            name: record.name.clone(),
            ports: record.ports,
            protocol: record.protocol,
            columns: record_columns(record, Spelling::AsPrinted),
        }
    }
}

impl RowChange {
    fn between(old: &Record, new: &Record) -> Self {
        Self {
            old: Row::of(old),
            new: Row::of(new),
            columns: column_changes(
                |spelling| record_columns(old, spelling),
                |spelling| record_columns(new, spelling),
            ),
        }
    }
}

impl Someone {
    fn of(person: &Person) -> Self {
        Self {
            id: person.id.clone(),
            columns: person_columns(person),
        }
    }
}

/// How references are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// As IANA prints them.
    AsPrinted,
    /// With everything that distinguishes one from another.
    Exact,
}

/// The columns of a record, except its key: the name, the number and the protocol.
fn record_columns(record: &Record, spelling: Spelling) -> Columns {
    let assignees = record.assignees.as_deref();
    vec![
        ("description", rich(&record.description, spelling)),
        ("assignee", assignees.map(people).unwrap_or_default()),
        ("contact", people(&record.contacts)),
        ("registered", or_empty(record.registered)),
        ("modified", or_empty(record.modified)),
        ("reference", references(&record.references, spelling)),
        ("service code", or_empty(record.service_code)),
        ("unauthorized use", record.unauthorized_use.clone()),
        ("note", rich(&record.note, spelling)),
    ]
}

fn person_columns(person: &Person) -> Columns {
    vec![
        ("name", or_empty(person.name.as_ref())),
        ("organization", or_empty(person.organization.as_ref())),
        ("uri", person.uris.join(" ")),
        ("updated", or_empty(person.updated)),
    ]
}

fn registry_columns(registry: &Registry, spelling: Spelling) -> Columns {
    let footnotes = registry.footnotes.iter();
    let footnotes =
        footnotes.map(|note| format!("{}: {}", note.anchor, rich(&note.text, spelling)));
    vec![
        ("id", registry.id.clone()),
        ("title", registry.title.clone()),
        ("category", registry.category.clone()),
        ("updated", registry.updated.to_string()),
        ("reference", references(&registry.references, spelling)),
        ("expert", registry.experts.clone()),
        ("footnote", footnotes.collect::<Vec<_>>().join("\n")),
    ]
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn people(ids: &[String]) -> String {
    ids.iter().map(|id| format!("[{id}]")).collect()
}

fn references(references: &[Xref], spelling: Spelling) -> String {
    references
        .iter()
        .map(|xref| reference(xref, spelling))
        .collect()
}

fn rich(text: &RichText, spelling: Spelling) -> String {
    let parts = text.parts.iter().map(|part| match part {
        Inline::Text(text) => text.clone(),
        Inline::Xref(xref) => reference(xref, spelling),
    });
    parts.collect()
}

fn reference(xref: &Xref, spelling: Spelling) -> String {
    if spelling == Spelling::AsPrinted {
        return format!("[{}]", xref.text());
    }
    let (kind, data) = (xref.kind.keyword(), &xref.data);
    let section = or_empty(
        xref.section
            .as_ref()
            .map(|section| format!(" section {section}")),
    );
    let text = or_empty(xref.own_text.as_ref().map(|text| format!(" text {text:?}")));
    format!("[{kind} {data}{section}{text}]")
}

/// The changes between two entries that differ. If no column shows a change, it is their canonical
/// XML.
fn or_xml(mut changes: Vec<ColumnChange>, old: &str, new: &str) -> Vec<ColumnChange> {
    if changes.is_empty() {
        changes.push(ColumnChange {
            column: "xml",
            old: old.to_owned(),
            new: new.to_owned(),
        });
    }
    changes
}

/// The columns that differ, as IANA prints them, or in exact form if that looks the same.
fn column_changes(
    old: impl Fn(Spelling) -> Columns,
    new: impl Fn(Spelling) -> Columns,
) -> Vec<ColumnChange> {
    let exact = old(Spelling::Exact).into_iter().zip(new(Spelling::Exact));
    let printed = old(Spelling::AsPrinted)
        .into_iter()
        .zip(new(Spelling::AsPrinted));
    let columns = exact.zip(printed);
    let changes = columns.filter_map(|(((column, old), (_, new)), printed)| {
        let ((_, printed_old), (_, printed_new)) = printed;
        match (old == new, printed_old == printed_new) {
            (true, _) => None,
            (false, true) => Some(ColumnChange { column, old, new }),
            (false, false) => Some(ColumnChange {
                column,
                old: printed_old,
                new: printed_new,
            }),
        }
    });
    changes.collect()
}

fn as_object<S: Serializer>(columns: &Columns, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(columns.iter().map(|(column, value)| (column, value)))
}

fn optional_protocol<S: Serializer>(
    protocol: &Option<Protocol>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    protocol.map(Protocol::as_str).serialize(serializer)
}
