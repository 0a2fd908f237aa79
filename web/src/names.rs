//! Services as names with ports: all that the small variant knows of them.
//!
//! The column of the ports is large, so this variant leaves it out and reads the ports of a service
//! from the index by port, which it has anyway.

use std::collections::HashMap;
use std::fmt::Write;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use port_registry::{Ports, Protocol, Service, services_by_port};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol_of;

/// Returns the service on a port, as [`line`] writes it.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn line_by_port(port: u16, protocol: u8) -> Result<Option<String>, JsError> {
    let protocol = protocol_of(protocol)?;
    let service = port_registry::service_by_port(port, protocol);
    Ok(service.map(|service| line(service, Some(ports_around(port, protocol, service)))))
}

/// Returns the service of a name, as [`line`] writes it.
///
/// # Errors
///
/// The library's error, if there is no such protocol.
#[wasm_bindgen]
pub fn line_by_name(name: &str, protocol: u8) -> Result<Option<String>, JsError> {
    let service = port_registry::service_by_name(name, protocol_of(protocol)?);
    Ok(service.map(|service| line(service, PORTS.get(&service).copied())))
}

/// Ports, protocol and name, with tabs between. What the row leaves open is empty. The name comes
/// last, so that it may have any character.
fn line(service: Service, ports: Option<Ports>) -> String {
    let mut line = String::with_capacity(32);
    if let Some(ports) = ports {
        // Writing to a `String` always succeeds.
        let _ = write!(line, "{ports}");
    }
    line.push('\t');
    line.push_str(service.protocol().map_or("", Protocol::as_str));
    line.push('\t');
    line.push_str(service.name());
    line
}

/// The ports of every service that has any. It is made when the first name is asked for.
static PORTS: LazyLock<HashMap<Service, Ports, BuildHasherDefault<Numbers>>> =
    LazyLock::new(|| {
        let mut ports = HashMap::default();
        for &protocol in Protocol::ALL {
            for port in 0..=u16::MAX {
                for service in services_by_port(port, protocol) {
                    ports
                        .entry(service)
                        .or_insert_with(|| ports_around(port, protocol, service));
                }
            }
        }
        ports
    });

/// The span of ports around this one that belong to the same service.
fn ports_around(port: u16, protocol: Protocol, service: Service) -> Ports {
    let has = |port: &u16| services_by_port(*port, protocol).any(|one| one == service);
    let first = (0..port).rev().take_while(has).last().unwrap_or(port);
    let last = (port..=u16::MAX).take_while(has).last().unwrap_or(port);
    Ports::new(first, last).unwrap_or(Ports::one(port))
}

/// Hashes services, which are small numbers, faster and in fewer bytes than the standard hasher.
#[derive(Default)]
struct Numbers(u64);

impl Hasher for Numbers {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            // The golden ratio, as in Fibonacci hashing: it spreads the bits upwards.
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn finish(&self) -> u64 {
        // The map takes its places from the low bits, which are the weak ones.
        self.0.rotate_left(26)
    }
}
