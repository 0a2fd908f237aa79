//! What an executor says of a function that it does not know. By itself Ballista writes the name to
//! the executor's log alone, and the client reads that a task "could not be prepared".
//!
//! Here such a function becomes a stand-in that fails when it is called: an error of a task is what
//! reaches the client.

use ballista_core::serde::BallistaPhysicalExtensionCodec;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::exec_err;
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension};
use std::sync::Arc;

/// Ballista's own codec, with a stand-in for every function that the registry lacks.
#[derive(Debug, Default)]
pub(crate) struct NamesMissingFunctions {
    ballista: BallistaPhysicalExtensionCodec,
}

impl PhysicalExtensionCodec for NamesMissingFunctions {
    fn try_decode(
        &self,
        bytes: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        context: &TaskContext,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.ballista.try_decode(bytes, inputs, context, converter)
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        bytes: &mut Vec<u8>,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        self.ballista.try_encode(node, bytes, converter)
    }

    /// Called for names that the executor's registry lacks.
    fn try_decode_udf(&self, name: &str, _bytes: &[u8]) -> Result<Arc<ScalarUDF>> {
        Ok(Arc::new(ScalarUDF::from(Missing::new(name))))
    }
}

/// Stands in for the function of this name. The plan brings the type of its result along.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Missing {
    name: String,
    signature: Signature,
}

impl Missing {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            signature: Signature::variadic_any(Volatility::Volatile),
        }
    }

    fn fail<T>(&self) -> Result<T> {
        exec_err!(
            "this executor has no function `{}`: register the functions of \
             port-registry-datafusion (`register_functions`) in the function registry of every \
             executor (`override_function_registry`)",
            self.name
        )
    }
}

impl ScalarUDFImpl for Missing {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        self.fail()
    }

    fn invoke_with_args(&self, _arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        self.fail()
    }
}
