//! The port registry for JavaScript, through `wasm-bindgen`.
//!
//! These functions are the module's own interface, which the npm package wraps: see `js/`. A port is
//! a number that the caller has checked, a transport protocol is its IP protocol number, and a row
//! comes as one text, which crosses the border faster than an object with its parts does.

mod label;
#[cfg(not(feature = "rows"))]
mod names;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "rows")]
mod rows;

use port_registry::Protocol;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// The transport protocol with this IP protocol number, or the library's error.
fn protocol_of(number: u8) -> Result<Protocol, JsError> {
    Ok(Protocol::try_from(number)?)
}
