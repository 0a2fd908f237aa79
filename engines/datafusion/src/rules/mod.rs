//! The rules of the optimizer.

mod groups;
mod predicates;
mod truth;

use std::sync::Arc;

use datafusion::optimizer::OptimizerRule;

/// Returns the rules, in the order in which they are applied.
pub(crate) fn all() -> [Arc<dyn OptimizerRule + Send + Sync>; 2] {
    [
        Arc::new(predicates::PortPredicates),
        Arc::new(groups::PortGroups),
    ]
}
