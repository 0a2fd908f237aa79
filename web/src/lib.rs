//! The port registry for JavaScript, through `wasm-bindgen`.

#[cfg(feature = "page")]
mod page;

use port_registry::Protocol;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// The name of a port, or the number.
#[wasm_bindgen]
pub fn label(port: u16, protocol: &str) -> Result<String, JsError> {
    let protocol: Protocol = protocol.parse()?;
    Ok(port_registry::label(port, protocol).to_string())
}
