//! The services after the first on ports that have several: the ports, ascending by transport
//! protocol and then by number, and beside each the list of their rows.

use crate::format::value::protocol::Protocol;

#[cfg(baked)]
use super::lists::Lists;

/// The lists of `PORTS` ports.
#[cfg(baked)]
pub struct SharedPorts<const PORTS: usize, const ITEMS: usize, const N: usize, const CARRIES: usize>
{
    ports: [u32; PORTS],
    rows: Lists<ITEMS, N, CARRIES>,
}

#[cfg(baked)]
impl<const PORTS: usize, const ITEMS: usize, const N: usize, const CARRIES: usize>
    SharedPorts<PORTS, ITEMS, N, CARRIES>
{
    #[inline]
    pub const fn new(ports: [u32; PORTS], rows: Lists<ITEMS, N, CARRIES>) -> Self {
        assert!(N == PORTS + 1, "every port has a list");
        assert!(super::longs::ascends(&ports), "ports ascend");
        Self { ports, rows }
    }

    /// The rows of the services after the first on a port, in order.
    #[inline]
    pub fn get(&'static self, port: u16, protocol: Protocol) -> &'static [u16] {
        match self.ports.binary_search(&key(port, protocol)) {
            Ok(place) => self.rows.get(place),
            Err(_) => &[],
        }
    }
}

/// A port on a protocol as one number, which ascends by protocol and then by port.
#[inline]
const fn key(port: u16, protocol: Protocol) -> u32 {
    (protocol as u32) << 16 | port as u32
}

/// Packs the rows after the first, given with their ports in ascending order.
#[cfg(not(baked))]
pub fn pack(shared: &[(u16, Protocol, Vec<u16>)]) -> super::Packed {
    let keys: Vec<u32> = shared
        .iter()
        .map(|&(port, protocol, _)| key(port, protocol))
        .collect();
    let rows: Vec<Vec<u16>> = shared.iter().map(|(_, _, rows)| rows.clone()).collect();
    let lists = super::lists::pack(&rows);
    super::Packed {
        kind: format!("SharedPorts<{}, {}>", keys.len(), lists.sizes()),
        value: format!("SharedPorts::new({keys:?}, {})", lists.value),
        text: 0,
    }
}
