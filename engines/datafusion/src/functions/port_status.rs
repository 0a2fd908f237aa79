//! `port_status`: whether a port is assigned.

use arrow::compute::take;
use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "port_status",
    parameters: &[Parameter::Port, Parameter::Protocol],
    chooses_names: false,
    returns: || DataType::Utf8View,
    kernel: |columns, _| {
        let numbers = kernels::port_status_number(columns[0], columns[1])?;
        take(kernels::status_texts(), &numbers, None)
    },
    description: "Returns what the registry says of a port: assigned, reserved, unassigned, deregistered, unnamed, dynamic or unlisted.",
    example: ("port_status(443, 'tcp')", "assigned"),
};

pub(crate) static NUMBER: Function = Function {
    name: "port_status_number",
    parameters: &[Parameter::Port, Parameter::Protocol],
    chooses_names: false,
    returns: || DataType::UInt16,
    kernel: |columns, _| Ok(shared(kernels::port_status_number(columns[0], columns[1])?)),
    description: "Returns an integer that stands for the status of a port. The integers hold for one version of this crate.",
    example: (
        "port_status_text(port_status_number(443, 'tcp'))",
        "assigned",
    ),
};
