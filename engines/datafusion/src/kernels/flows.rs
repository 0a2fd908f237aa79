//! Which end of a conversation is the service.

use std::iter;

use arrow::array::{Datum, DictionaryArray, UInt16Array};
use arrow::buffer::ScalarBuffer;
use arrow::datatypes::UInt16Type;
use port_registry::Protocol;

use super::columns::{Pairs, common_length, protocol_numbers, read_ports, spread};
use super::names::NameSource;
use super::{Result, service_texts, tables, with_texts};

/// Returns the service at the end that is the server, by the rules of [`port_registry::flow`], or
/// null if neither end has one. The order of the two ports does not matter. The values of the
/// dictionary are [`service_texts`].
pub fn flow_service(
    source_ports: &dyn Datum,
    destination_ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<DictionaryArray<UInt16Type>> {
    let numbers = flow_service_number(source_ports, destination_ports, protocols, names)?;
    with_texts(numbers, service_texts())
}

/// Returns the position of each flow's service in [`service_texts`], as
/// [`port_service_number`](super::port_service_number) does for a port.
pub fn flow_service_number(
    source_ports: &dyn Datum,
    destination_ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<UInt16Array> {
    let servers = servers(source_ports, destination_ports, protocols, names)?;
    Ok(tables::services(names).look_up(&servers))
}

/// Returns the port number at the end that is the server, by the rules of [`port_registry::flow`].
pub fn flow_server_port(
    source_ports: &dyn Datum,
    destination_ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<UInt16Array> {
    let servers = servers(source_ports, destination_ports, protocols, names)?;
    let known = servers.known();
    Ok(UInt16Array::new(
        ScalarBuffer::from(servers.ports.into_owned()),
        known,
    ))
}

fn servers<'a>(
    source_ports: &dyn Datum,
    destination_ports: &dyn Datum,
    protocols: &'a dyn Datum,
    names: NameSource,
) -> Result<Pairs<'a>> {
    let rows = common_length(&[source_ports, destination_ports, protocols])?;
    let mut protocols = spread(protocol_numbers(protocols)?, rows);
    // Where one end is unknown, the protocol is set to nothing, and with it the flow.
    let sources = read_ports(source_ports, &mut protocols)?;
    let destinations = read_ports(destination_ports, &mut protocols)?;
    let names = names.names();
    let ports = iter::zip(&*sources, &*destinations);
    let server = |((&source, &destination), &protocol): ((&u16, &u16), &u8)| {
        let protocol = Protocol::from_number(protocol);
        protocol.map_or(0, |protocol| {
            names.flow(source, destination, protocol).server_port()
        })
    };
    Ok(Pairs {
        ports: iter::zip(ports, &*protocols).map(server).collect(),
        protocols,
    })
}
