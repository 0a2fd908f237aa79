//! Which blocks of 64 ports hold a named one: a bit for each block of each transport protocol.
//!
//! Most ports have no name of one's own and no common one. One bit tells so, and the search among
//! the names is left out.

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// How many ports share a bit.
const BLOCK: usize = 64;

const OF_EACH: usize = (1 << 16) / BLOCK;

const WORDS: usize = Protocol::COUNT * OF_EACH / 64;

#[derive(Clone, Debug)]
pub struct Blocks([u64; WORDS]);

impl Blocks {
    /// No port has a name.
    pub const NONE: Self = Self([0; WORDS]);

    /// Whether a port in the block of this one has a name.
    #[inline]
    pub const fn hold(&self, port: u16, protocol: Protocol) -> bool {
        let block = protocol as usize * OF_EACH + port as usize / BLOCK;
        self.0[block / 64] >> (block % 64) & 1 != 0
    }

    /// Notes that ports have a name.
    #[inline]
    pub const fn insert(&mut self, ports: Ports, protocol: Protocol) {
        let start = protocol as usize * OF_EACH;
        let mut block = ports.first() as usize / BLOCK;
        while block <= ports.last() as usize / BLOCK {
            let place = start + block;
            self.0[place / 64] |= 1 << (place % 64);
            block += 1;
        }
    }
}
