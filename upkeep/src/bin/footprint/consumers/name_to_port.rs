//! Prints the port of the service with a name, on tcp, or on udp if anything follows the name.

use port_registry::{Service, Tcp, Udp, service_by_name};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        return println!("-");
    };
    let protocol = arguments.next().map_or(Tcp, |_| Udp);
    let service = service_by_name(&name, protocol);
    println!("{}", service.and_then(Service::port).unwrap_or(0));
}
