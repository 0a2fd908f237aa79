#![doc = include_str!("../README.md")]

mod functions;
pub mod kernels;
mod rules;
mod tables;

use std::sync::Arc;

use datafusion::error::Result;
use datafusion::execution::FunctionRegistry;
use datafusion::optimizer::OptimizerRule;
use datafusion::prelude::SessionContext;

/// Registers the scalar functions: `port_service` and its kin. The optimizer then calls them in every
/// row that a question is about; [`optimizer_rules`] spare it that.
///
/// ```
/// use datafusion::execution::FunctionRegistry;
/// use datafusion::execution::session_state::SessionStateBuilder;
///
/// let mut state = SessionStateBuilder::new_with_default_features().build();
/// port_registry_datafusion::register_functions(&mut state)?;
/// assert!(state.udf("port_service").is_ok());
/// # Ok::<(), datafusion::error::DataFusionError>(())
/// ```
///
/// # Errors
///
/// Returns the registry's own error if it takes no functions.
pub fn register_functions(registry: &mut dyn FunctionRegistry) -> Result<()> {
    for function in functions::all() {
        registry.register_udf(function)?;
    }
    Ok(())
}

/// Returns the rules of the optimizer, for those who build a session state of their own, such as a
/// cluster's scheduler. They belong before DataFusion's own; behind them they do the same in its
/// second pass.
#[must_use]
pub fn optimizer_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    rules::all().into()
}

/// Registers the scalar functions, the table functions and the rules of the optimizer.
///
/// # Errors
///
/// Returns the context's own error if it takes no functions.
pub fn register_all(context: &SessionContext) -> Result<()> {
    register_functions(&mut *context.state_ref().write())?;
    tables::register(context);
    put_rules_first(context);
    Ok(())
}

/// A context takes rules only behind those it has. Taking these out and adding them again leaves ours
/// before them.
fn put_rules_first(context: &SessionContext) {
    let remove = |rules: &[Arc<dyn OptimizerRule + Send + Sync>]| {
        for rule in rules {
            context.remove_optimizer_rule(rule.name());
        }
    };
    let ours = optimizer_rules();
    // They are there if somebody registers twice.
    remove(&ours);
    let others = context.state().optimizers().to_vec();
    remove(&others);
    for rule in ours.into_iter().chain(others) {
        context.add_optimizer_rule(rule);
    }
}
