//! Which filters a scan evaluates itself.

use datafusion::common::tree_node::TreeNode;
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, Volatility};

/// A scan evaluates a filter once, when the query is planned. So the rest of the query keeps every
/// filter whose answer is known only while it runs.
pub(super) fn pushdown(filter: &Expr) -> Result<TableProviderFilterPushDown> {
    Ok(match filter.exists(|part| Ok(waits_for_the_run(part)))? {
        true => TableProviderFilterPushDown::Unsupported,
        false => TableProviderFilterPushDown::Exact,
    })
}

fn waits_for_the_run(part: &Expr) -> bool {
    match part {
        Expr::ScalarFunction(call) => {
            let is_volatile = call.func.signature().volatility == Volatility::Volatile;
            is_volatile || call.func.as_async().is_some()
        }
        Expr::HigherOrderFunction(call) => call.func.signature().volatility == Volatility::Volatile,
        Expr::Exists(_)
        | Expr::InSubquery(_)
        | Expr::SetComparison(_)
        | Expr::ScalarSubquery(_)
        | Expr::OuterReferenceColumn(..)
        | Expr::AggregateFunction(_)
        | Expr::WindowFunction(_)
        | Expr::Unnest(_) => true,
        _ => false,
    }
}
