//! Prints the name of the service on a port, on tcp, or on udp if anything follows the port.

use iana_services::{TransportProtocol, lookup_by_port};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(port) = arguments.next().and_then(|port| port.parse::<u16>().ok()) else {
        return println!("-");
    };
    let protocol = match arguments.next() {
        None => TransportProtocol::Tcp,
        Some(_) => TransportProtocol::Udp,
    };
    let services = lookup_by_port(port).unwrap_or_default();
    let service = services.iter().find(|service| service.protocol == protocol);
    println!("{}", service.map_or("-", |service| &service.name));
}
