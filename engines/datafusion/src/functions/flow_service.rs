//! `flow_service`: the service at either end of a conversation.

use arrow::compute::take;
use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "flow_service",
    parameters: &[
        Parameter::SourcePort,
        Parameter::DestinationPort,
        Parameter::Protocol,
    ],
    chooses_names: true,
    returns: || DataType::Utf8View,
    kernel: |columns, names| {
        let numbers = kernels::flow_service_number(columns[0], columns[1], columns[2], names)?;
        take(kernels::service_texts(), &numbers, None)
    },
    description: "Returns the name of the service at the end of a conversation that is the server, as far as two port numbers can tell, or null if there is none. The order of the ports does not matter.",
    example: ("flow_service(51514, 443, 'tcp')", "https"),
};

pub(crate) static NUMBER: Function = Function {
    name: "flow_service_number",
    parameters: &[
        Parameter::SourcePort,
        Parameter::DestinationPort,
        Parameter::Protocol,
    ],
    chooses_names: true,
    returns: || DataType::UInt16,
    kernel: |columns, names| {
        Ok(shared(kernels::flow_service_number(
            columns[0], columns[1], columns[2], names,
        )?))
    },
    description: "Returns an integer that stands for the service of a conversation, or null if there is none. The integers hold for one version of this crate.",
    example: (
        "service_number_name(flow_service_number(51514, 443, 'tcp'))",
        "https",
    ),
};
