//! The registry as tables, which the table functions return. Each table is one batch that is built
//! when it is first asked for, and that all queries of the process share.
#![doc = include_str!("columns.md")]

mod build;
mod common_names;
mod contacts;
mod function;
mod provider;
mod pushdown;
mod records;

use std::sync::Arc;

use datafusion::prelude::SessionContext;

use function::{Table, TableFunction};

static TABLES: [Table; 4] = [
    Table::new("iana_services", records::services),
    Table::new("iana_records", records::records),
    Table::new("iana_contacts", contacts::contacts),
    Table::new("common_names", common_names::common_names),
];

/// Registers the table functions.
pub(crate) fn register(context: &SessionContext) {
    for table in &TABLES {
        context.register_udtf(table.name(), Arc::new(TableFunction(table)));
    }
}
