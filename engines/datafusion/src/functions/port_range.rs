//! `port_range`: the range of a port number.

use arrow::compute::take;
use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "port_range",
    parameters: &[Parameter::Port],
    chooses_names: false,
    returns: || DataType::Utf8View,
    kernel: |columns, _| {
        let numbers = kernels::port_range_number(columns[0])?;
        take(kernels::range_texts(), &numbers, None)
    },
    description: "Returns the range of a port number by RFC 6335, section 6: system, user or dynamic.",
    example: ("port_range(8080)", "user"),
};

pub(crate) static NUMBER: Function = Function {
    name: "port_range_number",
    parameters: &[Parameter::Port],
    chooses_names: false,
    returns: || DataType::UInt16,
    kernel: |columns, _| Ok(shared(kernels::port_range_number(columns[0])?)),
    description: "Returns an integer that stands for the range of a port number. The integers hold for one version of this crate.",
    example: ("port_range_text(port_range_number(8080))", "user"),
};
