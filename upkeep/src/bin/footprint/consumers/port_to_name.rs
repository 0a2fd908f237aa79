//! Prints the name of the service on a port, on tcp, or on udp if anything follows the port.

use port_registry::{Service, Tcp, Udp, service_by_port};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(port) = arguments.next().and_then(|port| port.parse::<u16>().ok()) else {
        return println!("-");
    };
    let protocol = arguments.next().map_or(Tcp, |_| Udp);
    let service = service_by_port(port, protocol);
    println!("{}", service.map_or("-", Service::name));
}
