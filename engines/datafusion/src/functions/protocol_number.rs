//! `protocol_number`: the number of a transport protocol.

use arrow::datatypes::DataType;

use super::function::{Function, Parameter, shared};
use crate::kernels;

pub(crate) static FUNCTION: Function = Function {
    name: "protocol_number",
    parameters: &[Parameter::Protocol],
    chooses_names: false,
    returns: || DataType::UInt8,
    kernel: |columns, _| Ok(shared(kernels::protocol_number(columns[0])?)),
    description: "Returns the IP protocol number of a transport protocol, or null if it is none of tcp, udp, sctp and dccp.",
    example: ("protocol_number('udp')", "17"),
};
