//! `flow_server_port`: the port at the end of a conversation that is the server.

use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "flow_server_port",
    parameters: &[
        Parameter::SourcePort,
        Parameter::DestinationPort,
        Parameter::Protocol,
    ],
    chooses_names: true,
    returns: || DataType::UInt16,
    kernel: |columns, names| {
        Ok(shared(kernels::flow_server_port(
            columns[0], columns[1], columns[2], names,
        )?))
    },
    description: "Returns the port number at the end of a conversation that is the server, as far as two port numbers can tell.",
    example: ("flow_server_port(51514, 443, 'tcp')", "443"),
};
