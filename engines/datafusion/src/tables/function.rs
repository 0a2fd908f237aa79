//! The functions that a query names in `from`.

use std::fmt;
use std::sync::{Arc, OnceLock};

use arrow::array::RecordBatch;
use datafusion::catalog::{TableFunctionArgs, TableFunctionImpl, TableProvider};
use datafusion::common::plan_err;
use datafusion::error::Result;

use super::provider::RegistryTable;

/// A table by the name of its function.
pub(super) struct Table {
    name: &'static str,
    build: fn() -> Result<RecordBatch>,
    built: OnceLock<RecordBatch>,
}

impl Table {
    pub(super) const fn new(name: &'static str, build: fn() -> Result<RecordBatch>) -> Self {
        Self {
            name,
            build,
            built: OnceLock::new(),
        }
    }

    pub(super) const fn name(&self) -> &'static str {
        self.name
    }

    /// All rows. Two queries that ask at the same time may both build them; one result stays.
    fn rows(&self) -> Result<RecordBatch> {
        if let Some(rows) = self.built.get() {
            return Ok(rows.clone());
        }
        let rows = (self.build)()?;
        Ok(self.built.get_or_init(|| rows).clone())
    }
}

/// Returns a table. It takes no arguments.
pub(super) struct TableFunction(pub(super) &'static Table);

impl TableFunctionImpl for TableFunction {
    fn call_with_args(&self, args: TableFunctionArgs) -> Result<Arc<dyn TableProvider>> {
        let Self(table) = self;
        match args.exprs().len() {
            0 => Ok(Arc::new(RegistryTable::new(table.name, table.rows()?))),
            1 => plan_err!("{}() takes no arguments, and was given one", table.name),
            count => plan_err!("{}() takes no arguments, and was given {count}", table.name),
        }
    }
}

/// The name only, because the rows would fill pages.
impl fmt::Debug for TableFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TableFunction").field(&self.0.name).finish()
    }
}
