//! The ports that sockets of this machine are bound to.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use port_registry::{Protocol, Protocols, Tcp, Udp};

use crate::outcome::Failure;

/// The tables of the kernel for a protocol. The second is missing where there is no IPv6.
fn tables(protocol: Protocol) -> &'static [&'static str] {
    match protocol {
        Tcp => &["/proc/net/tcp", "/proc/net/tcp6"],
        Udp => &["/proc/net/udp", "/proc/net/udp6"],
        _ => &[],
    }
}

/// The local ports of all sockets on these protocols, whatever their state is: a port in use by a
/// connection cannot be listened on either.
pub(super) fn bound_ports(protocols: Protocols) -> Result<BTreeSet<u16>, Failure> {
    // Without a protocol all four are meant, and a free port is one that tcp and udp do not use.
    if protocols != Protocols::ALL && protocols.iter().any(|one| tables(one).is_empty()) {
        return Err(Failure::Usage(
            "--not-listening is for tcp and udp: the kernel's tables of sctp and dccp are not read"
                .to_owned(),
        ));
    }
    let mut ports = BTreeSet::new();
    for protocol in protocols.iter() {
        for (place, path) in tables(protocol).iter().enumerate() {
            match fs::read_to_string(path) {
                Ok(text) => ports.extend(text.lines().filter_map(local_port)),
                Err(error) if place > 0 && error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(Failure::Run(format!(
                        "--not-listening reads the sockets of Linux from {path}: {error}"
                    )));
                }
            }
        }
    }
    Ok(ports)
}

/// The local port of a line such as `0: 0100007F:1F90 00000000:0000 0A …`; port 0 is of a socket
/// that is not bound.
fn local_port(line: &str) -> Option<u16> {
    let local = line.split_ascii_whitespace().nth(1)?;
    let (_, port) = local.rsplit_once(':')?;
    u16::from_str_radix(port, 16).ok().filter(|port| *port > 0)
}
