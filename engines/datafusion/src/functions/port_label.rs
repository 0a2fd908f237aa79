//! `port_label`: the name or the number of a port.

use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "port_label",
    parameters: &[Parameter::Port, Parameter::Protocol],
    chooses_names: true,
    returns: || DataType::Utf8View,
    kernel: |columns, names| Ok(shared(kernels::port_label(columns[0], columns[1], names)?)),
    description: "Returns the name of the service on a port, or the port number as text if there is none.",
    example: ("port_label(51514, 'tcp')", "51514"),
};

pub(crate) static NUMBER: Function = Function {
    name: "port_label_number",
    parameters: &[Parameter::Port, Parameter::Protocol],
    chooses_names: true,
    returns: || DataType::UInt32,
    kernel: |columns, names| {
        Ok(shared(kernels::port_label_number(
            columns[0], columns[1], names,
        )?))
    },
    description: "Returns an integer that stands for the label of a port. The integers hold for one version of this crate.",
    example: ("port_label_text(port_label_number(443, 'tcp'))", "https"),
};
