//! IANA's service names and port numbers in Apache DataFusion.

mod tables;

use datafusion::error::Result;
use datafusion::execution::FunctionRegistry;
use datafusion::prelude::SessionContext;

/// Registers the scalar functions.
pub fn register_functions(_registry: &mut dyn FunctionRegistry) -> Result<()> {
    Ok(())
}

/// Registers the scalar functions, the table functions and the rules of the optimizer.
pub fn register_all(context: &SessionContext) -> Result<()> {
    let state = context.state_ref();
    register_functions(&mut *state.write())?;
    tables::register(context);
    Ok(())
}
