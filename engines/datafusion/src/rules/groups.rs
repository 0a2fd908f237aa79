//! Groups of names become groups of numbers.
//!
//! `group by port_service(dstport, protocol)` would hash a text in every row. The groups are the same
//! by the number that stands for the text, and a name is needed once a group: the names are put on top
//! of the aggregation.

use std::collections::HashMap;
use std::iter;
use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, Projection};
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};

use crate::functions::function::Function;
use crate::functions::numbered::Call;

/// The rule.
#[derive(Debug)]
pub(super) struct PortGroups;

impl OptimizerRule for PortGroups {
    fn name(&self) -> &str {
        "port_registry_groups"
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        plan.transform_up_with_subqueries(|plan| match plan {
            LogicalPlan::Aggregate(aggregate) => by_numbers(aggregate),
            other => Ok(Transformed::no(other)),
        })
    }
}

fn by_numbers(aggregate: Aggregate) -> Result<Transformed<LogicalPlan>> {
    let over_calls = without_projection(&aggregate)?;
    let Some(numbered) = Numbered::of(over_calls.as_ref().unwrap_or(&aggregate)) else {
        return Ok(Transformed::no(LogicalPlan::Aggregate(aggregate)));
    };
    let input = over_calls.map_or(aggregate.input, |over_calls| over_calls.input);
    let by_number = Aggregate::try_new(input, numbered.groups, numbered.aggregates)?;

    // The texts on top, by the names that the plan above knows.
    let found = by_number.schema.columns().into_iter().map(Expr::Column);
    let texts = numbered.texts.into_iter().chain(iter::repeat(None));
    let columns = found.zip(texts).zip(aggregate.schema.iter());
    let columns = columns.map(|((found, text), (qualifier, field))| {
        let column = match text {
            None => found,
            Some(text) => text.call(vec![found]),
        };
        let is_known = column.qualified_name() == (qualifier.cloned(), field.name().clone());
        if is_known {
            column
        } else {
            column.alias_qualified(qualifier.cloned(), field.name())
        }
    });
    let columns = columns.collect();
    let plan = Projection::try_new(columns, Arc::new(LogicalPlan::Aggregate(by_number)))?;
    Ok(Transformed::yes(LogicalPlan::Projection(plan)))
}

/// An aggregation by numbers.
struct Numbered {
    groups: Vec<Expr>,
    /// For each group, the function that gives the text, if it was one.
    texts: Vec<Option<&'static Function>>,
    aggregates: Vec<Expr>,
}

impl Numbered {
    /// `None` if nothing would change.
    fn of(aggregate: &Aggregate) -> Option<Self> {
        let mut is_changed = false;
        let mut groups: Vec<Expr> = vec![];
        let mut texts = vec![];
        for group in &aggregate.group_expr {
            // Sets of groups name their columns more than once; they stay as they are.
            if matches!(group, Expr::GroupingSet(_)) {
                return None;
            }
            let call = Call::of(unaliased(group));
            // An aggregation has each group once. Who asks for two that are the same keeps the text.
            let is_there = |number: &Expr| {
                let others = aggregate.group_expr.iter().chain(&groups);
                others.map(unaliased).any(|other| other == number)
            };
            let number = call
                .map(|call| call.number())
                .filter(|number| !is_there(number));
            is_changed |= number.is_some();
            texts.push(number.as_ref().and(call).map(|call| call.numbered.text));
            groups.push(number.unwrap_or_else(|| group.clone()));
        }
        let names = NamePreserver::new_for_projection();
        let aggregates = aggregate.aggr_expr.iter().map(|aggregate| {
            let counted = counted(aggregate);
            is_changed |= counted.is_some();
            counted.map_or_else(
                || aggregate.clone(),
                |counted| names.save(aggregate).restore(counted),
            )
        });
        let aggregates = aggregates.collect();
        is_changed.then_some(Self {
            groups,
            texts,
            aggregates,
        })
    }
}

fn unaliased(mut expression: &Expr) -> &Expr {
    while let Expr::Alias(alias) = expression {
        expression = &alias.expr;
    }
    expression
}

/// `count` of texts as one of numbers: there are as many, and as many different ones.
fn counted(aggregate: &Expr) -> Option<Expr> {
    let Expr::AggregateFunction(AggregateFunction { func, params }) = unaliased(aggregate) else {
        return None;
    };
    let [argument] = &params.args[..] else {
        return None;
    };
    if func.name() != "count" {
        return None;
    }
    let mut params = params.clone();
    params.args = vec![Call::of(argument)?.number()];
    Some(Expr::AggregateFunction(AggregateFunction {
        func: Arc::clone(func),
        params,
    }))
}

/// An aggregation that groups by columns of a projection, such as a view's, as one by what the
/// projection computes, if a call of ours is among it.
fn without_projection(aggregate: &Aggregate) -> Result<Option<Aggregate>> {
    let Some((computed, input)) = projected(&aggregate.input) else {
        return Ok(None);
    };
    let is_call = |group: &Expr| match unaliased(group) {
        Expr::Column(column) => computed
            .get(column)
            .is_some_and(|one| Call::of(one).is_some()),
        _ => false,
    };
    let is_grouped_by_call = aggregate.group_expr.iter().any(is_call);
    if !is_grouped_by_call || computed.values().any(|one| one.is_volatile()) {
        return Ok(None);
    }
    let names = NamePreserver::new_for_projection();
    let compute = |expression: &Expr| -> Result<Expr> {
        let name = names.save(expression);
        let replaced = expression.clone().transform_up(|expression| {
            let replacement = match &expression {
                Expr::Column(column) => computed.get(column).map(|one| (*one).clone()),
                _ => None,
            };
            Ok(replacement.map_or_else(|| Transformed::no(expression), Transformed::yes))
        })?;
        Ok(name.restore(replaced.data))
    };
    let groups = aggregate
        .group_expr
        .iter()
        .map(compute)
        .collect::<Result<_>>()?;
    let aggregates = aggregate
        .aggr_expr
        .iter()
        .map(compute)
        .collect::<Result<_>>()?;
    Ok(Some(Aggregate::try_new(
        Arc::clone(input),
        groups,
        aggregates,
    )?))
}

/// What each column of a projection is, if a plan is one, by the names of the aliases above it.
fn projected(plan: &LogicalPlan) -> Option<(HashMap<Column, &Expr>, &Arc<LogicalPlan>)> {
    let mut below = plan;
    while let LogicalPlan::SubqueryAlias(alias) = below {
        below = &alias.input;
    }
    let LogicalPlan::Projection(projection) = below else {
        return None;
    };
    // An alias renames columns and keeps their order.
    let expressions = projection.expr.iter().map(unaliased);
    let computed = plan.schema().columns().into_iter().zip(expressions);
    Some((computed.collect(), &projection.input))
}
