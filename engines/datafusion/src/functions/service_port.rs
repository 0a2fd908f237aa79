//! `service_port`: the port of a service.

use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "service_port",
    parameters: &[Parameter::Service, Parameter::Protocol],
    chooses_names: true,
    returns: || DataType::UInt16,
    kernel: |columns, names| {
        Ok(shared(kernels::service_port(
            columns[0], columns[1], names,
        )?))
    },
    description: "Returns the port number of a service on a transport protocol, the first if it has several, or null if there is none.",
    example: ("service_port('https', 'tcp')", "443"),
};
