//! Labels the lines of a sniffer: `cargo run --example label`.
//!
//! For the output of real tools there is the program `ports label`; this shows how little a program
//! of your own needs.

use port_registry::{COMMON, Protocol};

/// Addresses and ports as a sniffer sees them: source, destination, transport protocol.
const PACKETS: [&str; 5] = [
    "192.0.2.1:51514 198.51.100.7:443 tcp",
    "198.51.100.7:443 192.0.2.1:51514 tcp",
    "192.0.2.1:40000 203.0.113.9:51820 udp",
    "192.0.2.1:53311 203.0.113.10:53 udp",
    "192.0.2.1:50112 203.0.113.11:5432 tcp",
];

fn main() {
    for packet in PACKETS {
        println!("{}", labelled(packet).unwrap_or_else(|| packet.to_owned()));
    }
}

/// The line with its service, such as `192.0.2.1:51514 198.51.100.7:443 tcp  https 51514->443`.
fn labelled(packet: &str) -> Option<String> {
    let mut words = packet.split(' ');
    let source = port(words.next()?)?;
    let destination = port(words.next()?)?;
    let protocol: Protocol = words.next()?.parse().ok()?;
    // The same service, whichever way the packet went. Nothing is allocated here.
    let flow = COMMON.flow(source, destination, protocol);
    Some(format!("{packet}  {flow}"))
}

/// The port of `192.0.2.1:443`.
fn port(end: &str) -> Option<u16> {
    end.rsplit_once(':')?.1.parse().ok()
}
