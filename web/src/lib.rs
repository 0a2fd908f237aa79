//! The port registry for JavaScript, through `wasm-bindgen`.
//!
//! These functions are the module's own interface, which the npm package wraps: see `js/`. A port is
//! a number that the caller has checked, a transport protocol is its IP protocol number, and a row
//! comes as one text, which crosses the border faster than an object with its parts does.

#[cfg(not(feature = "page"))]
mod label;
#[cfg(not(any(feature = "rows", feature = "page")))]
mod names;
#[cfg(feature = "page")]
mod page;
#[cfg(all(feature = "rows", not(feature = "page")))]
mod rows;

#[cfg(not(feature = "page"))]
use port_registry::Protocol;
#[cfg(not(feature = "page"))]
use wasm_bindgen::JsError;

/// The transport protocol with this IP protocol number, or the library's error.
#[cfg(not(feature = "page"))]
fn protocol_of(number: u8) -> Result<Protocol, JsError> {
    Ok(Protocol::try_from(number)?)
}
