//! The registry as tables.

use datafusion::prelude::SessionContext;

/// Registers the table functions.
pub(crate) fn register(_context: &SessionContext) {}
