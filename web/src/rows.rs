//! Whole rows, and what is typed: as JSON.

use port_registry::iter::Search;
use port_registry::{
    COMMON, Columns, Flow, IANA, Names, PortStatus, Ports, Protocols, Record, ResolvedSpec,
};
use serde::Serialize;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol_of;

/// The common names, or IANA's.
const fn names_of(common: bool) -> Names<'static> {
    if common { COMMON } else { IANA }
}

/// Returns the service on a port.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn service_by_port(port: u16, protocol: u8) -> Result<Option<String>, JsError> {
    let service = port_registry::service_by_port(port, protocol_of(protocol)?);
    service.as_ref().map(json).transpose()
}

/// Returns all services on a port, as a list.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn services_by_port(port: u16, protocol: u8) -> Result<String, JsError> {
    let services = port_registry::services_by_port(port, protocol_of(protocol)?);
    json(&services.collect::<Vec<_>>())
}

/// Returns the service of a name.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn service_by_name(name: &str, protocol: u8) -> Result<Option<String>, JsError> {
    let service = port_registry::service_by_name(name, protocol_of(protocol)?);
    service.as_ref().map(json).transpose()
}

/// Returns what the registry says of a port.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn port_status(port: u16, protocol: u8) -> Result<String, JsError> {
    let status = port_registry::port_status(port, protocol_of(protocol)?);
    Ok(status.as_str().to_owned())
}

/// Returns the name that people give to a port.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn common_name(port: u16, protocol: u8) -> Result<Option<String>, JsError> {
    let name = COMMON.name(port, protocol_of(protocol)?);
    Ok(name.map(str::to_owned))
}

/// Returns which of two ports is the service.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn flow(a: u16, b: u16, protocol: u8, common: bool) -> Result<String, JsError> {
    let flow = names_of(common).flow(a, b, protocol_of(protocol)?);
    json(&FlowView::from(flow))
}

/// Returns the ports and protocols that a text means.
///
/// # Errors
///
/// The library's error, in the names that were asked for.
#[wasm_bindgen]
pub fn parse_spec(text: &str, common: bool) -> Result<String, JsError> {
    let names = names_of(common);
    match names.resolve(text) {
        Ok(resolved) => json(&SpecView::from(resolved)),
        Err(error) => Err(JsError::new(&names.explain(&error).to_string())),
    }
}

/// Returns the rows that contain a text, as a list of at most `limit`.
///
/// An option that is left out does not limit the search.
///
/// # Errors
///
/// The library's error, for an option that it cannot read.
#[wasm_bindgen]
pub fn search(
    text: &str,
    columns: Option<String>,
    protocols: Option<String>,
    status: Option<String>,
    ports: Option<String>,
    limit: u32,
) -> Result<String, JsError> {
    let mut found = port_registry::search(text);
    if let Some(columns) = columns {
        found = found.columns(columns_of(&columns)?);
    }
    if let Some(protocols) = protocols {
        found = found.protocols(protocols.parse::<Protocols>()?);
    }
    if let Some(status) = status {
        found = found.status(status.parse::<PortStatus>()?);
    }
    if let Some(ports) = ports {
        found = found.ports(ports.parse::<Ports>()?);
    }
    list(found, limit)
}

fn list(found: Search<'_>, limit: u32) -> Result<String, JsError> {
    let limit = usize::try_from(limit)?;
    json(&found.take(limit).collect::<Vec<Record>>())
}

/// The columns with these titles, with commas between.
fn columns_of(titles: &str) -> Result<Columns, JsError> {
    let mut columns = Columns::NONE;
    for title in titles.split(',') {
        columns = columns.with(title.parse()?);
    }
    Ok(columns)
}

/// Which end of a flow is the service, in the words of the library.
#[derive(Serialize)]
struct FlowView {
    name: Option<&'static str>,
    server_port: u16,
    client_port: u16,
    text: String,
}

impl From<Flow<'static>> for FlowView {
    fn from(flow: Flow<'static>) -> Self {
        Self {
            name: flow.name(),
            server_port: flow.server_port(),
            client_port: flow.client_port(),
            text: flow.to_string(),
        }
    }
}

/// What a text means, in the words of the library.
#[derive(Serialize)]
struct SpecView {
    ports: Ports,
    protocols: Protocols,
    text: String,
}

impl From<ResolvedSpec> for SpecView {
    fn from(resolved: ResolvedSpec) -> Self {
        Self {
            ports: resolved.ports(),
            protocols: resolved.protocols(),
            text: resolved.to_string(),
        }
    }
}

fn json(value: &impl Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(value)?)
}
