//! The people and organizations to which the rows of the registry refer.

use arrow::array::RecordBatch;
use datafusion::error::Result;
use port_registry::Contact;

use super::build::{Columns, Null};

/// All contacts, in the order of the registry's list of people.
pub(super) fn contacts() -> Result<RecordBatch> {
    let rows: Vec<Contact> = port_registry::contacts().collect();
    Columns::of(&rows)
        .text("id", Null::Never, Contact::id)
        .text("name", Null::Allowed, Contact::name)
        .text("organization", Null::Allowed, Contact::organization)
        .texts("uris", Contact::uris)?
        .date(["updated", "updated_precision"], Contact::updated)
        .batch()
}
