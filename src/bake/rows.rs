//! The columns of the registry, row by row.

use super::order::Order;
use super::pool::Pool;
use super::source::Source;
use crate::format::table::references::{self, Reference};
use crate::format::table::shapes::{self, NumberForm, Shape};
use crate::format::table::{TooMany, lists, runs, service_codes, sparse_texts, texts};
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::intake::model::Record;
use crate::meaning::{Facts, RowFacts};

pub fn bake(
    source: &mut Source,
    facts: &Facts<'_>,
    order: &Order<'_>,
    dates: &mut Pool<u32>,
) -> Result<(), TooMany> {
    source.array("ROW_AT", &order.rows);
    let positions: Vec<u16> = order.records.iter().map(|&record| record as u16).collect();
    source.array("POSITION", &positions);

    let shapes = order.column(facts, &mut |record, row| {
        Shape::new(record.protocol, number_form(record), row.status)
    });
    source.table("SHAPES", &shapes::pack(&shapes));
    let first = order.column(facts, &mut |record, _| record.ports.map_or(0, Ports::first));
    source.array("FIRST_PORT", &first);
    let last = order.sparse_column(facts, &mut |record, _| {
        let span = record.ports.filter(|ports| ports.len() > 1);
        Ok(span.map(Ports::last))
    });
    source.table("LAST_PORT", &last?);

    let descriptions = facts.registry.records.iter();
    let descriptions: Vec<String> = descriptions
        .map(|record| record.description.to_string())
        .collect();
    let (described, descriptions) = runs::pack(&descriptions);
    source.table("DESCRIBED", &described);
    let descriptions: Vec<&str> = descriptions.iter().map(String::as_str).collect();
    source.table("DESCRIPTIONS", &texts::pack(&descriptions));

    let notes = order.column(facts, &mut |record, _| record.note.to_string());
    let notes: Vec<_> = notes.iter().map(|note| filled(note)).collect();
    source.table("NOTE", &sparse_texts::pack("notes", &notes)?);
    let uses = order.column(facts, &mut |record, _| filled(&record.unauthorized_use));
    let uses = sparse_texts::pack("unauthorized uses", &uses)?;
    source.table("UNAUTHORIZED_USE", &uses);

    let registered = &mut |record: &Record, _: &_| date_number(dates, record.registered);
    source.table("REGISTERED", &order.sparse_column(facts, registered)?);
    let modified = &mut |record: &Record, _: &_| date_number(dates, record.modified);
    source.table("MODIFIED", &order.sparse_column(facts, modified)?);

    people(source, facts, order)?;
    cited(source, facts, order)?;

    let codes = order.column(facts, &mut |record, _| record.service_code);
    let by_code = facts.service_codes.iter();
    let by_code = by_code.map(|&(code, record)| (code, order.rows[record]));
    let codes = service_codes::pack(&codes, &by_code.collect::<Vec<_>>());
    source.table("SERVICE_CODES", &codes);

    let target = &mut |_: &_, row: &RowFacts| Ok(row.alias_of.map(|record| order.rows[record]));
    source.table("ALIAS_OF", &order.sparse_column(facts, target)?);
    let aliases = (0..facts.rows.len()).filter(|&record| facts.rows[record].alias_of.is_some());
    source.array("ALIASES", &order.rows_of(&aliases.collect::<Vec<_>>()));
    Ok(())
}

fn number_form(record: &Record) -> NumberForm {
    match record.ports {
        None => NumberForm::None,
        Some(_) if record.one_as_span => NumberForm::OneAsSpan,
        Some(ports) if ports.len() == 1 => NumberForm::One,
        Some(_) => NumberForm::Span,
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// The number of a date, among which 0 stands for none.
pub(super) fn date_number(
    dates: &mut Pool<u32>,
    date: Option<Date>,
) -> Result<Option<u16>, TooMany> {
    date.map(|date| dates.number(date.to_bits())).transpose()
}

/// The contacts of every row, and the assignees where they are others.
fn people(source: &mut Source, facts: &Facts<'_>, order: &Order<'_>) -> Result<(), TooMany> {
    let mut pool = Pool::with("lists of contacts", Vec::new());
    let contacts = facts
        .rows
        .iter()
        .map(|row| pool.number(row.contacts.clone()));
    let (runs, contacts) = runs::pack(&contacts.collect::<Result<Vec<_>, _>>()?);
    source.table("CONTACT_RUNS", &runs);
    source.array("CONTACTS_OF_RUN", &contacts);
    let assignees = order.sparse_column(facts, &mut |_, row| {
        let others = (row.assignees != row.contacts).then(|| row.assignees.clone());
        others.map(|others| pool.number(others)).transpose()
    });
    source.table("ASSIGNEES", &assignees?);
    source.table("PEOPLE", &lists::pack(pool.values()));
    Ok(())
}

/// The references of the registry and of every row.
fn cited(source: &mut Source, facts: &Facts<'_>, order: &Order<'_>) -> Result<(), TooMany> {
    let mut pool = Pool::new("references");
    let mut cited = Pool::with("lists of references", Vec::new());
    let mut number = |references: &[Reference]| {
        let numbers = references
            .iter()
            .map(|reference| pool.number(reference.clone()));
        cited.number(numbers.collect::<Result<Vec<_>, _>>()?)
    };
    let of_registry = number(&facts.references)?;
    let of_rows = order.sparse_column(facts, &mut |_, row| {
        let has_some = !row.references.is_empty();
        has_some.then(|| number(&row.references)).transpose()
    });
    source.constant("CITED_BY_REGISTRY", "u16", of_registry);
    source.table("CITED", &of_rows?);
    source.table("CITED_LISTS", &lists::pack(cited.values()));
    source.table(
        "REFERENCES",
        &references::pack(pool.values(), &facts.footnotes)?,
    );
    Ok(())
}
