//! `service_description`: what a service is.

use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "service_description",
    parameters: &[Parameter::Service, Parameter::Protocol],
    chooses_names: true,
    returns: || DataType::Utf8,
    kernel: |columns, names| {
        Ok(shared(kernels::service_description(
            columns[0], columns[1], names,
        )?))
    },
    description: "Returns the registry's description of a service on a transport protocol, or null if there is no such service.",
    example: ("service_description('domain', 'udp')", "Domain Name Server"),
};
