//! `port_service`: the service of a port.

use arrow::compute::take;
use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "port_service",
    parameters: &[Parameter::Port, Parameter::Protocol],
    chooses_names: true,
    returns: || DataType::Utf8View,
    kernel: |columns, names| {
        let numbers = kernels::port_service_number(columns[0], columns[1], names)?;
        take(kernels::service_texts(), &numbers, None)
    },
    description: "Returns the name of the service on a port, or null if there is none.",
    example: ("port_service(443, 'tcp')", "https"),
};

pub(crate) static NUMBER: Function = Function {
    name: "port_service_number",
    parameters: &[Parameter::Port, Parameter::Protocol],
    chooses_names: true,
    returns: || DataType::UInt16,
    kernel: |columns, names| {
        Ok(shared(kernels::port_service_number(
            columns[0], columns[1], names,
        )?))
    },
    description: "Returns an integer that stands for the service on a port, or null if there is none. The integers hold for one version of this crate.",
    example: (
        "service_number_name(port_service_number(443, 'tcp'))",
        "https",
    ),
};
