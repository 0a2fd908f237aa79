//! A table that answers filters, projections and limits before a query runs.

use std::fmt;
use std::sync::Arc;

use arrow::array::{BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::memory::MemorySourceConfig;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::cast::as_boolean_array;
use datafusion::common::{DFSchema, Statistics};
use datafusion::error::Result;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::common::compute_record_batch_statistics;

use super::pushdown::pushdown;

/// One batch as a table. What a scan hands to the query are the rows and columns that it asks for,
/// so the optimizer knows their exact number when it orders joins.
pub(super) struct RegistryTable {
    name: &'static str,
    rows: RecordBatch,
}

impl RegistryTable {
    pub(super) const fn new(name: &'static str, rows: RecordBatch) -> Self {
        Self { name, rows }
    }

    /// Which rows pass all filters, or `None` if there are no filters.
    fn passing(&self, state: &dyn Session, filters: &[Expr]) -> Result<Option<BooleanArray>> {
        let Some(filter) = conjunction(filters.iter().cloned()) else {
            return Ok(None);
        };
        let schema = DFSchema::try_from(self.rows.schema())?;
        let filter = state.create_physical_expr(filter, &schema)?;
        let passing = filter.evaluate(&self.rows)?;
        let passing = passing.into_array(self.rows.num_rows())?;
        Ok(Some(as_boolean_array(&passing)?.clone()))
    }
}

#[async_trait]
impl TableProvider for RegistryTable {
    fn schema(&self) -> SchemaRef {
        self.rows.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let passing = self.passing(state, filters)?;
        let mut rows = match projection {
            // Before the rows are filtered, so that only the columns asked for are copied.
            Some(columns) => self.rows.project(columns)?,
            None => self.rows.clone(),
        };
        if let Some(passing) = passing {
            rows = filter_record_batch(&rows, &passing)?;
        }
        if let Some(limit) = limit {
            rows = rows.slice(0, limit.min(rows.num_rows()));
        }
        let schema = rows.schema();
        Ok(MemorySourceConfig::try_new_exec(
            &[vec![rows]],
            schema,
            None,
        )?)
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        filters.iter().map(|filter| pushdown(filter)).collect()
    }

    fn statistics(&self) -> Option<Statistics> {
        let rows = [vec![self.rows.clone()]];
        let schema = self.rows.schema();
        Some(compute_record_batch_statistics(&rows, &schema, None))
    }
}

/// The name and the number of rows, because the rows would fill pages.
impl fmt::Debug for RegistryTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryTable")
            .field("name", &self.name)
            .field("rows", &self.rows.num_rows())
            .finish()
    }
}
