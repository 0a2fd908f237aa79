//! What every variant has: the protocols, and the names of ports.

#[cfg(feature = "rows")]
use port_registry::COMMON;
use port_registry::{IANA, Names, Protocol};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol_of;

/// The common names, or IANA's. The small variant has no common names.
#[cfg(feature = "rows")]
pub(crate) const fn names_of(common: bool) -> Names<'static> {
    if common { COMMON } else { IANA }
}

/// Returns the IP protocol number of a transport protocol, given by its keyword in any case.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn protocol_number(keyword: &str) -> Result<u8, JsError> {
    Ok(keyword.parse::<Protocol>()?.number())
}

/// Returns the name that IANA gives to a port, or its number, as text.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn label(port: u16, protocol: u8) -> Result<String, JsError> {
    text_of(IANA, port, protocol)
}

/// Returns the name that people give to a port, or its number, as text.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[cfg(feature = "rows")]
#[wasm_bindgen]
pub fn common_label(port: u16, protocol: u8) -> Result<String, JsError> {
    text_of(COMMON, port, protocol)
}

fn text_of(names: Names<'static>, port: u16, protocol: u8) -> Result<String, JsError> {
    let label = names.label(port, protocol_of(protocol)?);
    Ok(match label.name() {
        // A label with a name needs no formatting, which costs more than the lookup.
        Some(name) => name.to_owned(),
        None => label.to_string(),
    })
}
