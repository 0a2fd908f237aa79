//! For which texts a condition holds.
//!
//! A function of few texts can be asked about all of them when the query is planned: the engine's own
//! evaluation of the condition then says for which it holds, whatever the condition is (`=`, `in`,
//! `like`, `is null`, `upper(…) <> …`). No operator has a rule of its own that could be wrong.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, UInt32Array};
use arrow::compute::{cast, take};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, DFSchema, Result};
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::{Expr, Volatility};
use datafusion::physical_expr::create_physical_expr;

use crate::functions::numbered::Call;

/// The texts for which a condition on one call holds.
pub(super) struct Truth {
    /// Whether it holds, for the text at each position.
    pub(super) of_text: Vec<bool>,
    /// Whether it holds where the call returns null.
    pub(super) of_null: bool,
}

/// Returns the call of one of our functions on which alone a condition depends.
pub(super) fn only_call(condition: &Expr) -> Option<Call<'_>> {
    let mut found: Option<&Expr> = None;
    let mut depends_on_more = false;
    let walked = condition.apply(|expression| {
        depends_on_more |= if Call::of(expression).is_some() {
            // The rules ask for the arguments more than once: they must be the same each time.
            let is_another = found.is_some_and(|one| one != expression);
            is_another || found.is_none() && expression.is_volatile()
        } else {
            depends_on_rows(expression)
        };
        if depends_on_more {
            return Ok(TreeNodeRecursion::Stop);
        }
        if Call::of(expression).is_none() {
            return Ok(TreeNodeRecursion::Continue);
        }
        found = Some(expression);
        Ok(TreeNodeRecursion::Jump)
    });
    if walked.is_err() || depends_on_more {
        return None;
    }
    found.and_then(Call::of)
}

/// Whether an expression, its operands apart, may be different from row to row or from run to run.
fn depends_on_rows(expression: &Expr) -> bool {
    match expression {
        Expr::Literal(..)
        | Expr::Alias(_)
        | Expr::BinaryExpr(_)
        | Expr::Like(_)
        | Expr::SimilarTo(_)
        | Expr::Not(_)
        | Expr::IsNotNull(_)
        | Expr::IsNull(_)
        | Expr::IsTrue(_)
        | Expr::IsFalse(_)
        | Expr::IsUnknown(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNotFalse(_)
        | Expr::IsNotUnknown(_)
        | Expr::Between(_)
        | Expr::Case(_)
        | Expr::Cast(_)
        | Expr::TryCast(_)
        | Expr::InList(_) => false,
        Expr::ScalarFunction(function) => {
            function.func.signature().volatility != Volatility::Immutable
        }
        _ => true,
    }
}

impl Truth {
    /// Evaluates a condition on a call for each text that the call can return.
    pub(super) fn of(condition: &Expr, call: Call<'_>) -> Result<Self> {
        const TEXT: &str = "text";
        let condition = condition.clone().transform_down(|expression| {
            Ok(match Call::of(&expression) {
                None => Transformed::no(expression),
                Some(_) => {
                    let text = Expr::Column(Column::new_unqualified(TEXT));
                    Transformed::new(text, true, TreeNodeRecursion::Jump)
                }
            })
        })?;

        let texts = every_text(call)?;
        let field = Field::new(TEXT, texts.data_type().clone(), true);
        let schema = Arc::new(Schema::new(vec![field]));
        let of_schema = DFSchema::try_from(Arc::clone(&schema))?;
        let condition = create_physical_expr(
            &condition.data,
            &of_schema,
            &ExecutionProps::new(),
            &PhysicalPlanningContext::default(),
        )?;
        let rows = texts.len();
        let batch = RecordBatch::try_new(schema, vec![texts])?;
        let holds = condition.evaluate(&batch)?.into_array(rows)?;
        let holds = cast(&holds, &DataType::Boolean)?;
        Ok(Self::read(holds.as_boolean()))
    }

    fn read(holds: &BooleanArray) -> Self {
        let mut of_text: Vec<bool> = holds.iter().map(|one| one == Some(true)).collect();
        let of_null = of_text.pop().unwrap_or(false);
        Self { of_text, of_null }
    }
}

/// Every text that a call can return, and then null.
fn every_text(call: Call<'_>) -> Result<ArrayRef> {
    let texts = (call.numbered.texts)();
    let positions = (0..texts.len()).map(|position| u32::try_from(position).ok());
    let positions: UInt32Array = positions.chain([None]).collect();
    Ok(take(texts, &positions, None)?)
}
