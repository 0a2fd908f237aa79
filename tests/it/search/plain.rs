//! A plain search through the fields of the independent reading. The tests and the fuzz target
//! compare the search with it.

use std::sync::LazyLock;

use crate::support::oracle::{Row, built};
use port_registry::Column;

/// The place of each column among the fields of a row.
pub(crate) const FIELDS: [(Column, usize); 12] = [
    (Column::ServiceName, 0),
    (Column::PortNumber, 1),
    (Column::TransportProtocol, 2),
    (Column::Description, 3),
    (Column::Assignee, 4),
    (Column::Contact, 5),
    (Column::RegistrationDate, 6),
    (Column::ModificationDate, 7),
    (Column::Reference, 8),
    (Column::ServiceCode, 9),
    (Column::UnauthorizedUse, 10),
    (Column::AssignmentNotes, 11),
];

/// The fields of every row in lower case.
static FOLDED: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let fold = |row: &Row| {
        row.fields
            .iter()
            .map(|field| field.to_ascii_lowercase())
            .collect()
    };
    built().rows.iter().map(fold).collect()
});

/// The columns that are searched by default: all but the two dates.
pub(crate) const SEARCHED: [Column; 10] = [
    Column::ServiceName,
    Column::PortNumber,
    Column::TransportProtocol,
    Column::Description,
    Column::Assignee,
    Column::Contact,
    Column::Reference,
    Column::ServiceCode,
    Column::UnauthorizedUse,
    Column::AssignmentNotes,
];

/// References in lower case as IANA's page writes them today: `[rfc 6335]` for `[rfc6335]`.
fn with_rfc_spaces(references: &str) -> String {
    let spaced = references.split("[rfc").enumerate().map(|(place, rest)| {
        let is_number = rest.starts_with(|first: char| first.is_ascii_digit());
        match (place, is_number) {
            (0, _) => rest.to_owned(),
            (_, true) => format!("[rfc {rest}"),
            (_, false) => format!("[rfc{rest}"),
        }
    });
    spaced.collect()
}

/// The references of every row, as the page writes them.
static CITED: LazyLock<Vec<String>> =
    LazyLock::new(|| FOLDED.iter().map(|row| with_rfc_spaces(&row[8])).collect());

/// Whether the row at a position has the query, which is in lower case, in one of these columns.
pub(crate) fn holds(position: usize, query: &str, columns: &[Column]) -> bool {
    let (row, cited) = (&FOLDED[position], &CITED[position]);
    let mut fields = FIELDS.iter().filter(|(column, _)| columns.contains(column));
    fields.any(|&(_, field)| row[field].contains(query) || field == 8 && cited.contains(query))
}
