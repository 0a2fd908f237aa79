//! Prints the port of a common name, on tcp, or on udp if anything follows the name.

use port_registry::{COMMON, Tcp, Udp};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        return println!("-");
    };
    let protocol = arguments.next().map_or(Tcp, |_| Udp);
    println!("{}", COMMON.port(&name, protocol).unwrap_or(0));
}
