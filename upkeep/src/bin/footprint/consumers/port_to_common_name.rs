//! Prints the common name of a port, on tcp, or on udp if anything follows the port.

use port_registry::{COMMON, Tcp, Udp};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(port) = arguments.next().and_then(|port| port.parse::<u16>().ok()) else {
        return println!("-");
    };
    let protocol = arguments.next().map_or(Tcp, |_| Udp);
    println!("{}", COMMON.name(port, protocol).unwrap_or("-"));
}
