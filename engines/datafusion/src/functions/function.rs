//! What the scalar functions share: how arguments are checked, read and handed to a kernel.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Datum};
use arrow::datatypes::{DataType, Field, FieldRef};
use arrow::error::ArrowError;
use datafusion::common::types::logical_string;
use datafusion::common::{Result, ScalarValue, exec_err, plan_err};
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::{
    Coercion, ColumnarValue, DocSection, Documentation, Expr, ReturnFieldArgs, ScalarFunctionArgs,
    ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, TypeSignatureClass, Volatility,
};

use super::numbered;
use crate::kernels::NameSource;

/// What is said of a function, and what computes it.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static [Parameter],
    /// Whether a further argument may choose the names.
    pub(crate) chooses_names: bool,
    pub(crate) returns: fn() -> DataType,
    pub(crate) kernel: fn(&[&dyn Datum], NameSource) -> Result<ArrayRef, ArrowError>,
    pub(crate) description: &'static str,
    /// A call with constants and what it returns.
    pub(crate) example: (&'static str, &'static str),
}

/// An argument of a function.
#[derive(Clone, Copy)]
pub(crate) enum Parameter {
    Port,
    SourcePort,
    DestinationPort,
    Protocol,
    Service,
    Number,
}

impl Parameter {
    const fn name(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::SourcePort => "source_port",
            Self::DestinationPort => "destination_port",
            Self::Protocol => "protocol",
            Self::Service => "name",
            Self::Number => "number",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Port | Self::SourcePort | Self::DestinationPort => {
                "A port number of any integer type"
            }
            Self::Protocol => {
                "A transport protocol: tcp, udp, sctp or dccp in any case, quic for udp, or the IP protocol number of any integer type"
            }
            Self::Service => "A service name; ASCII case is ignored",
            Self::Number => "What the function of the same beginning returns",
        }
    }

    fn accepts(self, data_type: &DataType) -> bool {
        match self {
            Self::Port | Self::SourcePort | Self::DestinationPort | Self::Number => {
                data_type.is_integer() || data_type.is_null()
            }
            Self::Protocol => match data_type {
                DataType::Dictionary(_, value) => self.accepts(value),
                other => is_text(other) || other.is_integer() || other.is_null(),
            },
            Self::Service => is_text(data_type) || data_type.is_null(),
        }
    }

    const fn expected(self) -> &'static str {
        match self {
            Self::Port | Self::SourcePort | Self::DestinationPort | Self::Number => "an integer",
            Self::Protocol => "text or an integer",
            Self::Service => "text",
        }
    }
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, value) => is_text(value),
        other => other.is_string(),
    }
}

/// A [`Function`] as DataFusion calls it.
#[derive(Debug)]
pub(crate) struct PortFunction {
    function: &'static Function,
    signature: Signature,
    documentation: Documentation,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// There is one function of each name.
impl PartialEq for PortFunction {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name
    }
}

impl Eq for PortFunction {}

impl Hash for PortFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.name.hash(state);
    }
}

impl Function {
    pub(crate) fn udf(&'static self) -> Arc<ScalarUDF> {
        Arc::new(ScalarUDF::new_from_impl(PortFunction {
            function: self,
            signature: self.signature(),
            documentation: self.documentation(),
        }))
    }

    /// The first type takes all arguments; the others are there for `show functions`, which lists
    /// functions by the types that are told.
    fn signature(&self) -> Signature {
        let integer = || Coercion::new_exact(TypeSignatureClass::Integer);
        let text = || Coercion::new_exact(TypeSignatureClass::Native(logical_string()));
        let told = |protocol: fn() -> Coercion| {
            let types = self.parameters.iter().map(|parameter| match parameter {
                Parameter::Protocol => protocol(),
                Parameter::Service => text(),
                _ => integer(),
            });
            TypeSignature::Coercible(types.collect())
        };
        let types = vec![TypeSignature::UserDefined, told(text), told(integer)];
        Signature::one_of(types, Volatility::Immutable)
    }

    /// Tells what is wrong with the number or the types of arguments.
    fn check(&self, found: &[FieldRef]) -> Result<()> {
        let Self {
            name, parameters, ..
        } = self;
        let least = parameters.len();
        let most = least + usize::from(self.chooses_names);
        if !(least..=most).contains(&found.len()) {
            return plan_err!(
                "{name} has {} arguments, expected {}",
                found.len(),
                self.syntax()
            );
        }
        for (parameter, field) in parameters.iter().zip(found) {
            let data_type = field.data_type();
            if !parameter.accepts(data_type) {
                return plan_err!(
                    "{name} takes {} as {}, and got {data_type}",
                    parameter.expected(),
                    parameter.name()
                );
            }
        }
        Ok(())
    }

    /// A call with the arguments' names.
    fn syntax(&self) -> String {
        let names: Vec<_> = self
            .parameters
            .iter()
            .map(|parameter| parameter.name())
            .collect();
        let choice = if self.chooses_names { "[, names]" } else { "" };
        format!("{}({}{choice})", self.name, names.join(", "))
    }

    fn documentation(&self) -> Documentation {
        let (call, answer) = self.example;
        let mut documentation = Documentation::builder(
            DocSection {
                include: true,
                label: "Service Name and Port Number Functions",
                description: None,
            },
            self.description,
            self.syntax(),
        )
        .with_sql_example(format!("select {call};\n-- {answer}"));
        for parameter in self.parameters {
            documentation = documentation.with_argument(parameter.name(), parameter.description());
        }
        if self.chooses_names {
            documentation = documentation.with_argument(
                "names",
                "By which names, as a literal: 'iana' for the registry's alone, which is the default, or 'common' for those in common use before the registry's",
            );
        }
        documentation.build()
    }
}

/// Tells which names a constant chooses.
pub(crate) fn names_chosen(function: &str, choice: Option<&ScalarValue>) -> Result<NameSource> {
    let word = choice.and_then(|choice| choice.try_as_str().flatten());
    match NameSource::ALL
        .into_iter()
        .find(|names| Some(names.as_str()) == word)
    {
        Some(names) => Ok(names),
        None => plan_err!(
            "the last argument of {function} chooses the names, expected the literal 'iana' or 'common'"
        ),
    }
}

impl PortFunction {
    pub(crate) fn function(&self) -> &'static Function {
        self.function
    }
}

impl ScalarUDFImpl for PortFunction {
    fn name(&self) -> &str {
        self.function.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Takes every type as it is: the kernels read all that [`Function::check`] lets pass.
    fn coerce_types(&self, found: &[DataType]) -> Result<Vec<DataType>> {
        Ok(found.to_vec())
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok((self.function.returns)())
    }

    fn return_field_from_args(&self, arguments: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        self.function.check(arguments.arg_fields)?;
        if let Some(choice) = arguments
            .scalar_arguments
            .get(self.function.parameters.len())
        {
            names_chosen(self.function.name, *choice)?;
        }
        let data_type = (self.function.returns)();
        Ok(Arc::new(Field::new(self.function.name, data_type, true)))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let count = self.function.parameters.len();
        let Some((columns, choice)) = arguments.args.split_at_checked(count) else {
            return exec_err!("{} with too few arguments", self.function.name);
        };
        let names = match choice.first() {
            None => NameSource::default(),
            Some(ColumnarValue::Scalar(choice)) => names_chosen(self.function.name, Some(choice))?,
            Some(ColumnarValue::Array(_)) => names_chosen(self.function.name, None)?,
        };
        let data: Vec<Box<dyn Datum>> = columns.iter().map(datum).collect::<Result<_>>()?;
        let data: Vec<&dyn Datum> = data.iter().map(AsRef::as_ref).collect();
        let answers = (self.function.kernel)(&data, names)?;
        if columns
            .iter()
            .all(|column| matches!(column, ColumnarValue::Scalar(_)))
        {
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(
                &answers, 0,
            )?));
        }
        Ok(ColumnarValue::Array(answers))
    }

    fn simplify(&self, arguments: Vec<Expr>, _: &SimplifyContext) -> Result<ExprSimplifyResult> {
        Ok(
            match numbered::text_of_number_of(self.function, &arguments) {
                Some(text) => ExprSimplifyResult::Simplified(text),
                None => ExprSimplifyResult::Original(arguments),
            },
        )
    }

    fn documentation(&self) -> Option<&Documentation> {
        Some(&self.documentation)
    }
}

fn datum(column: &ColumnarValue) -> Result<Box<dyn Datum>> {
    Ok(match column {
        ColumnarValue::Array(array) => Box::new(ArrayRef::clone(array)),
        ColumnarValue::Scalar(scalar) => Box::new(scalar.to_scalar()?),
    })
}

/// An array as the kernels of all functions return it.
pub(crate) fn shared(array: impl Array + 'static) -> ArrayRef {
    Arc::new(array)
}
