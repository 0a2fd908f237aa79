//! The scalar functions, each in a file of its own.

pub(crate) mod flow_server_port;
pub(crate) mod flow_service;
pub(crate) mod function;
pub(crate) mod numbered;
pub(crate) mod port_label;
pub(crate) mod port_range;
pub(crate) mod port_service;
pub(crate) mod port_status;
pub(crate) mod protocol_number;
pub(crate) mod service_description;
pub(crate) mod service_port;
pub(crate) mod text_of_number;

use std::sync::Arc;

use datafusion::logical_expr::ScalarUDF;

use function::Function;

/// Every function, in the order of the README.
static ALL: [&Function; 18] = [
    &port_service::FUNCTION,
    &port_label::FUNCTION,
    &port_status::FUNCTION,
    &port_range::FUNCTION,
    &service_port::FUNCTION,
    &service_description::FUNCTION,
    &flow_service::FUNCTION,
    &flow_server_port::FUNCTION,
    &protocol_number::FUNCTION,
    &port_service::NUMBER,
    &flow_service::NUMBER,
    &text_of_number::SERVICE,
    &port_label::NUMBER,
    &text_of_number::LABEL,
    &port_status::NUMBER,
    &text_of_number::STATUS,
    &port_range::NUMBER,
    &text_of_number::RANGE,
];

/// Returns every function.
pub(crate) fn all() -> impl Iterator<Item = Arc<ScalarUDF>> {
    ALL.iter().map(|function| function.udf())
}
