//! What every variant has: the protocols, and the names of ports.

use port_registry::Protocol;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol_of;

/// Returns the IP protocol number of a transport protocol, given by its keyword in any case.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn protocol_number(keyword: &str) -> Result<u8, JsError> {
    Ok(keyword.parse::<Protocol>()?.number())
}

/// Returns the name that IANA gives to a port.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn name(port: u16, protocol: u8) -> Result<Option<String>, JsError> {
    let name = port_registry::service_name(port, protocol_of(protocol)?);
    Ok(name.map(str::to_owned))
}
