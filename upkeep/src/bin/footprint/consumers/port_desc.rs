//! Prints the name of the service on a port, on tcp, or on udp if anything follows the port.

use port_desc::{PortDescription, TransportProtocol};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(port) = arguments.next().and_then(|port| port.parse::<u16>().ok()) else {
        return println!("-");
    };
    let protocol = match arguments.next() {
        None => TransportProtocol::Tcp,
        Some(_) => TransportProtocol::Udp,
    };
    let descriptions = PortDescription::default().unwrap();
    println!("{}", descriptions.get_port_service_name(port, protocol));
}
