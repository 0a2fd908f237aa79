//! Which functions return texts that numbers stand for.

use arrow::array::ArrayRef;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::expr::ScalarFunction;

use super::function::{Function, PortFunction};
use super::{flow_service, port_label, port_range, port_service, port_status, text_of_number};
use crate::kernels::{label_texts, range_texts, service_texts, status_texts};

/// A function that returns one of few texts, and the two by which the optimizer replaces it.
pub(crate) struct Numbered {
    pub(crate) function: &'static Function,
    /// Takes the same arguments and returns the position of the text in `texts`.
    pub(crate) number: &'static Function,
    /// Returns the text for the number.
    pub(crate) text: &'static Function,
    pub(crate) texts: fn() -> &'static ArrayRef,
}

static ALL: [Numbered; 5] = [
    Numbered {
        function: &port_service::FUNCTION,
        number: &port_service::NUMBER,
        text: &text_of_number::SERVICE,
        texts: service_texts,
    },
    Numbered {
        function: &flow_service::FUNCTION,
        number: &flow_service::NUMBER,
        text: &text_of_number::SERVICE,
        texts: service_texts,
    },
    Numbered {
        function: &port_label::FUNCTION,
        number: &port_label::NUMBER,
        text: &text_of_number::LABEL,
        texts: label_texts,
    },
    Numbered {
        function: &port_status::FUNCTION,
        number: &port_status::NUMBER,
        text: &text_of_number::STATUS,
        texts: status_texts,
    },
    Numbered {
        function: &port_range::FUNCTION,
        number: &port_range::NUMBER,
        text: &text_of_number::RANGE,
        texts: range_texts,
    },
];

/// A call of a function that returns one of few texts.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) numbered: &'static Numbered,
    pub(crate) arguments: &'a [Expr],
}

impl<'a> Call<'a> {
    pub(crate) fn of(expression: &'a Expr) -> Option<Self> {
        let (function, arguments) = ours(expression)?;
        let numbered = ALL.iter().find(|one| one.function.name == function.name)?;
        Some(Self {
            numbered,
            arguments,
        })
    }

    /// The call that returns the number for the text.
    pub(crate) fn number(&self) -> Expr {
        self.numbered.number.call(self.arguments.to_vec())
    }
}

impl Function {
    pub(crate) fn call(&'static self, arguments: Vec<Expr>) -> Expr {
        Expr::ScalarFunction(ScalarFunction::new_udf(self.udf(), arguments))
    }
}

/// Which of this crate's functions an expression calls.
fn ours(expression: &Expr) -> Option<(&'static Function, &[Expr])> {
    let Expr::ScalarFunction(ScalarFunction { func, args }) = expression else {
        return None;
    };
    let function = func.inner().downcast_ref::<PortFunction>()?;
    Some((function.function(), args))
}

/// The text of the number of something is what the function itself returns.
pub(super) fn text_of_number_of(text: &Function, arguments: &[Expr]) -> Option<Expr> {
    let (number, arguments) = ours(arguments.first()?)?;
    let is_of = |one: &&Numbered| one.text.name == text.name && one.number.name == number.name;
    let numbered = ALL.iter().find(is_of)?;
    Some(numbered.function.call(arguments.to_vec()))
}
