//! The functions that give the texts for the numbers which stand for them.

use arrow::array::{ArrayRef, Datum};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;

use super::function::{Function, Parameter};
use crate::kernels::{self, label_texts, range_texts, service_texts, status_texts};

pub(crate) static SERVICE: Function = Function {
    name: "service_number_name",
    parameters: &[Parameter::Number],
    chooses_names: false,
    returns: || DataType::Utf8View,
    kernel: |columns, _| text(columns[0], service_texts()),
    description: "Returns the service name for which a number of port_service_number or flow_service_number stands.",
    example: ("service_number_name(port_service_number(22, 'tcp'))", "ssh"),
};

pub(crate) static LABEL: Function = Function {
    name: "port_label_text",
    parameters: &[Parameter::Number],
    chooses_names: false,
    returns: || DataType::Utf8View,
    kernel: |columns, _| text(columns[0], label_texts()),
    description: "Returns the label for which a number of port_label_number stands.",
    example: ("port_label_text(port_label_number(9, 'tcp'))", "discard"),
};

pub(crate) static STATUS: Function = Function {
    name: "port_status_text",
    parameters: &[Parameter::Number],
    chooses_names: false,
    returns: || DataType::Utf8View,
    kernel: |columns, _| text(columns[0], status_texts()),
    description: "Returns the status for which a number of port_status_number stands.",
    example: ("port_status_text(port_status_number(0, 'tcp'))", "reserved"),
};

pub(crate) static RANGE: Function = Function {
    name: "port_range_text",
    parameters: &[Parameter::Number],
    chooses_names: false,
    returns: || DataType::Utf8View,
    kernel: |columns, _| text(columns[0], range_texts()),
    description: "Returns the range for which a number of port_range_number stands.",
    example: ("port_range_text(port_range_number(443))", "system"),
};

fn text(numbers: &dyn Datum, texts: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    kernels::text_of_number(numbers.get().0, texts)
}
