//! Conditions on names become conditions on ports and protocols.
//!
//! `port_service(dstport, protocol) = 'https'` holds for few ports. Where a condition filters rows, it
//! is replaced by one on these ports, by which whole row groups of a Parquet file can be passed over
//! and for which nothing is named. Where it holds for too many ports to list them, the condition is on
//! the number that stands for the name, behind the span that the ports lie in.

use std::iter;
use std::sync::Arc;

use arrow::array::{AsArray, Datum, UInt8Array, UInt16Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, UInt32Type};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::{conjunction, disjunction};
use datafusion::logical_expr::{
    BinaryExpr, Case, Expr, ExprSchemable, Filter, LogicalPlan, Operator, TableScan, lit,
};
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};
use port_registry::{Ports, Protocol};

use super::truth::{Truth, only_call};
use crate::functions::function::{Parameter, names_chosen};
use crate::functions::numbered::Call;
use crate::functions::protocol_number;
use crate::kernels::{self, NameSource};

/// Of how many spans of ports a condition may consist. More cost more than to look the number up.
const MOST_SPANS: usize = 64;

/// Of how many values an `in` may consist for row groups to be passed over by it
/// (`datafusion.execution.parquet.max_in_list_size`).
const MOST_PRUNED: usize = 20;

/// Of how many numbers a condition may consist. Some labels are like others by the ten thousand, and a
/// list of these costs more to plan than to name the ports.
const MOST_NUMBERS: usize = 8192;

/// The rule.
#[derive(Debug)]
pub(super) struct PortPredicates;

impl OptimizerRule for PortPredicates {
    fn name(&self) -> &str {
        "port_registry_predicates"
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        plan.transform_up_with_subqueries(rewrite_node)
    }
}

fn rewrite_node(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    match plan {
        LogicalPlan::Filter(filter) => {
            let schema = Arc::clone(filter.input.schema());
            let predicate = on_ports(filter.predicate, &schema)?;
            let filter = Filter::try_new(predicate.data, filter.input)?;
            Ok(Transformed::new_transformed(
                LogicalPlan::Filter(filter),
                predicate.transformed,
            ))
        }
        LogicalPlan::TableScan(scan) => ask_anew(scan),
        LogicalPlan::Join(mut join) => {
            let Some(filter) = join.filter.take() else {
                return Ok(Transformed::no(LogicalPlan::Join(join)));
            };
            let schema = join.left.schema().join(join.right.schema())?;
            let predicate = on_ports(filter, &schema)?;
            join.filter = Some(predicate.data);
            Ok(Transformed::new_transformed(
                LogicalPlan::Join(join),
                predicate.transformed,
            ))
        }
        LogicalPlan::Aggregate(_) | LogicalPlan::Projection(_) => {
            let Some(input) = plan
                .inputs()
                .first()
                .map(|input| Arc::clone(input.schema()))
            else {
                return Ok(Transformed::no(plan));
            };
            // A rewritten expression keeps the name that the plan above knows it by.
            let names = NamePreserver::new_for_projection();
            plan.map_expressions(|expression| {
                // The columns of its sets are known by their own names.
                if matches!(expression, Expr::GroupingSet(_)) {
                    return Ok(Transformed::no(expression));
                }
                let name = names.save(&expression);
                let rewritten = within(expression, &input)?;
                Ok(rewritten.update_data(|expression| name.restore(expression)))
            })
        }
        other => Ok(Transformed::no(other)),
    }
}

/// Takes the conditions that can be rewritten out of a scan, to which they were pushed before they
/// could be. The table has said of the old ones that it can apply them; the rule that pushes
/// conditions down asks it for the new ones.
fn ask_anew(mut scan: TableScan) -> Result<Transformed<LogicalPlan>> {
    // The limit of a scan counts the rows that its own conditions let pass.
    if scan.fetch.is_some() {
        return Ok(Transformed::no(LogicalPlan::TableScan(scan)));
    }
    let schema = Arc::clone(&scan.projected_schema);
    let (mut kept, mut rewritten) = (vec![], vec![]);
    for filter in std::mem::take(&mut scan.filters) {
        // A table that applies a condition itself may not hand out the columns for it.
        let columns = filter.column_refs();
        if !columns.iter().all(|column| schema.has_column(column)) {
            kept.push(filter);
            continue;
        }
        let predicate = on_ports(filter, &schema)?;
        let filters = if predicate.transformed {
            &mut rewritten
        } else {
            &mut kept
        };
        filters.push(predicate.data);
    }
    scan.filters = kept;
    let scan = LogicalPlan::TableScan(scan);
    match conjunction(rewritten) {
        None => Ok(Transformed::no(scan)),
        Some(predicate) => {
            let filter = Filter::try_new(predicate, Arc::new(scan))?;
            Ok(Transformed::yes(LogicalPlan::Filter(filter)))
        }
    }
}

/// Rewrites the conditions of `case` and of `filter (where …)` within an expression: these too take
/// null for false.
fn within(expression: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    expression.transform_up(|expression| match expression {
        Expr::AggregateFunction(AggregateFunction { func, mut params }) => {
            let filter = params.filter.take();
            let filter = filter.map(|filter| on_ports(*filter, schema)).transpose()?;
            let transformed = filter.as_ref().is_some_and(|filter| filter.transformed);
            params.filter = filter.map(|filter| Box::new(filter.data));
            let call = Expr::AggregateFunction(AggregateFunction { func, params });
            Ok(Transformed::new_transformed(call, transformed))
        }
        Expr::Case(case) if case.expr.is_none() => within_case(case, schema),
        other => Ok(Transformed::no(other)),
    })
}

fn within_case(case: Case, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let before = Expr::Case(case.clone());
    let mut transformed = false;
    let mut rewritten = case;
    for (when, _) in &mut rewritten.when_then_expr {
        let condition = on_ports(std::mem::take(&mut **when), schema)?;
        transformed |= condition.transformed;
        **when = condition.data;
    }
    let after = Expr::Case(rewritten);
    // DataFusion concludes from `port = 443` that the port is not null where it is returned, in one
    // of its planners and not in the other.
    if !transformed || after.nullable(schema)? != before.nullable(schema)? {
        return Ok(Transformed::no(before));
    }
    Ok(Transformed::yes(after))
}

/// Rewrites a condition of which only matters where it is true.
fn on_ports(condition: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    if let Some(rewritten) = rewritten(&condition, schema)? {
        return Ok(Transformed::yes(rewritten));
    }
    // Of `and` and `or`, too, only matters where each side is true.
    match condition {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: op @ (Operator::And | Operator::Or),
            right,
        }) => {
            let left = on_ports(*left, schema)?;
            let right = on_ports(*right, schema)?;
            let transformed = left.transformed || right.transformed;
            let both = BinaryExpr::new(Box::new(left.data), op, Box::new(right.data));
            Ok(Transformed::new_transformed(
                Expr::BinaryExpr(both),
                transformed,
            ))
        }
        other => Ok(Transformed::no(other)),
    }
}

/// The condition that is true where a condition on one call is, if it is one.
fn rewritten(condition: &Expr, schema: &DFSchema) -> Result<Option<Expr>> {
    let Some(call) = only_call(condition) else {
        return Ok(None);
    };
    // What cannot be evaluated before other rules have simplified it is seen again in a later pass,
    // and what cannot be evaluated at all is said where the query runs.
    let Ok(truth) = Truth::of(condition, call) else {
        return Ok(None);
    };
    let by_number = on_number(call, &truth);
    if truth.of_null {
        return Ok(by_number);
    }
    let Some(ends) = Ends::of(call, schema)? else {
        return Ok(None);
    };
    let spans = ends.spans(call, &truth)?;
    if let Some(exact) = ends.exact(&spans, schema)? {
        return Ok(Some(exact));
    }
    let near = ends.near(&spans, schema)?;
    Ok(by_number.and_then(|by_number| conjunction(near.into_iter().chain([by_number]))))
}

/// A condition on the number that stands for the text; `None` if it would take too many numbers.
fn on_number(call: Call<'_>, truth: &Truth) -> Option<Expr> {
    let number_type = (call.numbered.number.returns)();
    let number = |position: usize| {
        // A position within the texts fits the type of their numbers.
        let position = ScalarValue::UInt64(u64::try_from(position).ok());
        lit(position.cast_to(&number_type).unwrap_or(ScalarValue::Null))
    };
    let positions = |holds: bool| {
        let texts = truth.of_text.iter().enumerate();
        texts
            .filter(move |(_, of_text)| **of_text == holds)
            .map(|(position, _)| number(position))
    };
    let holds = positions(true).count();
    let fails = truth.of_text.len() - holds;
    if holds.min(fails) > MOST_NUMBERS {
        return None;
    }
    let of_text = if holds == 0 {
        lit(false)
    } else if fails == 0 {
        call.number().is_not_null()
    } else if holds <= fails {
        call.number().in_list(positions(true).collect(), false)
    } else {
        call.number().in_list(positions(false).collect(), true)
    };
    Some(match (truth.of_null, holds, fails) {
        (false, ..) => of_text,
        (true, 0, _) => call.number().is_null(),
        (true, _, 0) => lit(true),
        (true, ..) => of_text.or(call.number().is_null()),
    })
}

/// What a call asks about.
struct Ends<'a> {
    ports: Vec<&'a Expr>,
    protocol: Option<Asked<'a>>,
    names: NameSource,
}

/// The transport protocol of a call.
enum Asked<'a> {
    Constant(Option<Protocol>),
    Column(&'a Expr),
}

/// Ports on a transport protocol; on all, where the call asks about none.
struct Spans {
    protocols: Vec<Protocol>,
    ports: Vec<Ports>,
}

impl<'a> Ends<'a> {
    /// `None` if what the call asks about is not known before the query runs.
    fn of(call: Call<'a>, schema: &DFSchema) -> Result<Option<Self>> {
        let parameters = call.numbered.function.parameters;
        let mut ends = Self {
            ports: vec![],
            protocol: None,
            names: match call.arguments.get(parameters.len()) {
                None => NameSource::default(),
                Some(Expr::Literal(choice, _)) => {
                    names_chosen(call.numbered.function.name, Some(choice))?
                }
                Some(_) => return Ok(None),
            },
        };
        for (parameter, argument) in iter::zip(parameters, call.arguments) {
            match (parameter, argument) {
                (Parameter::Protocol, Expr::Literal(protocol, _)) => {
                    let number = kernels::protocol_number(&protocol.to_scalar()?)?;
                    let protocol = number.iter().flatten().find_map(Protocol::from_number);
                    ends.protocol = Some(Asked::Constant(protocol));
                }
                // A parameter of a prepared query has no type yet.
                (_, argument) if argument.get_type(schema)?.is_null() => return Ok(None),
                (Parameter::Protocol, column) => ends.protocol = Some(Asked::Column(column)),
                (_, port) => ends.ports.push(port),
            }
        }
        Ok(Some(ends))
    }

    /// The ports for which the condition holds. Protocols with the same ports stand together.
    fn spans(&self, call: Call<'_>, truth: &Truth) -> Result<Vec<Spans>> {
        let protocols = match self.protocol {
            Some(Asked::Constant(protocol)) => &protocol.map_or(vec![], |one| vec![one])[..],
            _ => Protocol::ALL,
        };
        let mut all: Vec<Spans> = vec![];
        for &protocol in protocols {
            let ports = self.ports_on(protocol, call, truth)?;
            if ports.is_empty() {
                continue;
            }
            match all.iter_mut().find(|spans| spans.ports == ports) {
                Some(spans) => spans.protocols.push(protocol),
                None => all.push(Spans {
                    protocols: vec![protocol],
                    ports,
                }),
            }
        }
        Ok(all)
    }

    fn ports_on(&self, protocol: Protocol, call: Call<'_>, truth: &Truth) -> Result<Vec<Ports>> {
        let ports = UInt16Array::from_iter_values(0..=u16::MAX);
        let protocol = UInt8Array::new_scalar(protocol.number());
        // Of a flow the server counts: that is the port itself if both ends have it.
        let columns = call
            .numbered
            .function
            .parameters
            .iter()
            .map(|parameter| match parameter {
                Parameter::Protocol => &protocol as &dyn Datum,
                _ => &ports,
            });
        let columns: Vec<_> = columns.collect();
        let numbers = (call.numbered.number.kernel)(&columns, self.names)?;
        let numbers = cast(&numbers, &DataType::UInt32)?;
        let holds = |number: u32| truth.of_text.get(number as usize) == Some(&true);
        let mut spans: Vec<Ports> = vec![];
        for (port, number) in iter::zip(0..=u16::MAX, numbers.as_primitive::<UInt32Type>()) {
            if !number.is_some_and(holds) {
                continue;
            }
            let port = Ports::one(port);
            match spans.last().and_then(|last| last.join(port)) {
                Some(joined) => {
                    spans.pop();
                    spans.push(joined);
                }
                None => spans.push(port),
            }
        }
        Ok(spans)
    }

    /// The condition that holds for just these ports, if it can be told in few words.
    fn exact(&self, all: &[Spans], schema: &DFSchema) -> Result<Option<Expr>> {
        let &[port] = &self.ports[..] else {
            return Ok(None);
        };
        if all.iter().map(|spans| spans.ports.len()).sum::<usize>() > MOST_SPANS {
            return Ok(None);
        }
        let of_port = port.get_type(schema)?;
        let mut conditions = vec![];
        for spans in all {
            let ports = disjunction(on_ports_of(port, &of_port, &spans.ports));
            let protocols = match self.protocol {
                Some(Asked::Column(column)) => {
                    Some(on_protocols(column, &spans.protocols, schema)?)
                }
                _ => None,
            };
            conditions
                .extend(ports.and_then(|ports| conjunction([ports].into_iter().chain(protocols))));
        }
        Ok(Some(disjunction(conditions).unwrap_or(lit(false))))
    }

    /// The span around the ports, by which row groups can be passed over; `None` if it says nothing.
    fn near(&self, all: &[Spans], schema: &DFSchema) -> Result<Option<Expr>> {
        let ports = || all.iter().flat_map(|spans| &spans.ports);
        let first = ports().map(|ports| ports.first()).min();
        let last = ports().map(|ports| ports.last()).max();
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(None);
        };
        let Some(around) = Ports::new(first, last).filter(|around| *around != Ports::ALL) else {
            return Ok(None);
        };
        let mut conditions = vec![];
        for port in &self.ports {
            conditions.extend(on_ports_of(port, &port.get_type(schema)?, &[around]));
        }
        Ok(disjunction(conditions))
    }
}

/// Conditions of which one holds for each port of the spans that the type can hold.
fn on_ports_of(port: &Expr, data_type: &DataType, spans: &[Ports]) -> Vec<Expr> {
    let largest = largest(data_type);
    let value = |port: u16| {
        let port = ScalarValue::UInt16(Some(port));
        lit(port.cast_to(data_type).unwrap_or(ScalarValue::Null))
    };
    let within = Ports::new(0, largest).unwrap_or(Ports::ALL);
    let spans = spans.iter().filter_map(|span| span.intersection(within));
    let (single, several): (Vec<_>, Vec<_>) = spans.partition(|span| span.len() == 1);
    let single = single.chunks(MOST_PRUNED).map(|ports| match ports {
        [one] => port.clone().eq(value(one.first())),
        some => port
            .clone()
            .in_list(some.iter().map(|one| value(one.first())).collect(), false),
    });
    let several = several.iter().map(|span| {
        port.clone()
            .between(value(span.first()), value(span.last()))
    });
    single.chain(several).collect()
}

/// The largest port number that an integer type can hold.
fn largest(data_type: &DataType) -> u16 {
    match data_type {
        DataType::Int8 => 127,
        DataType::UInt8 => 255,
        DataType::Int16 => 32_767,
        _ => u16::MAX,
    }
}

/// The condition that a column tells one of these transport protocols.
fn on_protocols(column: &Expr, protocols: &[Protocol], schema: &DFSchema) -> Result<Expr> {
    let data_type = column.get_type(schema)?;
    let (number, data_type) = if data_type.is_integer() {
        (column.clone(), data_type)
    } else {
        let number = protocol_number::FUNCTION.call(vec![column.clone()]);
        (number, DataType::UInt8)
    };
    let values = protocols.iter().filter_map(|protocol| {
        // A type that cannot hold the number has no row with it.
        let number = ScalarValue::UInt8(Some(protocol.number()));
        number
            .cast_to(&data_type)
            .ok()
            .filter(|number| !number.is_null())
            .map(lit)
    });
    let mut values: Vec<Expr> = values.collect();
    Ok(match (values.pop(), values.is_empty()) {
        (None, _) => lit(false),
        (Some(value), true) => number.eq(value),
        (Some(value), false) => {
            values.push(value);
            number.in_list(values, false)
        }
    })
}
