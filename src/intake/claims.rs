//! Which of several overlapping spans holds each port.

use crate::format::value::ports::Ports;

/// The ports, each held by the first who claimed it.
///
/// Every port leads to the next free one, so that each is visited about once, however much the
/// spans overlap.
pub struct PortClaims {
    holders: Vec<Option<usize>>,
    next_free: Vec<usize>,
}

impl Default for PortClaims {
    /// Every port is free.
    fn default() -> Self {
        Self {
            holders: vec![None; 65_536],
            next_free: (0..=65_536).collect(),
        }
    }
}

impl PortClaims {
    /// The holder of every port, by port number.
    pub fn into_holders(self) -> Vec<Option<usize>> {
        self.holders
    }

    /// Gives all free ports of the span to the claimant, and returns the holder of the first
    /// port that was not free.
    pub fn claim(&mut self, span: Ports, claimant: usize) -> Option<usize> {
        let (first, last) = (usize::from(span.first()), usize::from(span.last()));
        let mut port = self.first_free(first);
        while port <= last {
            self.holders[port] = Some(claimant);
            self.next_free[port] = port + 1;
            port = self.first_free(port + 1);
        }
        let holders = self.holders[first..=last].iter().copied().flatten();
        holders.into_iter().find(|&holder| holder != claimant)
    }

    /// The first free port from `port` on; 65,536 if there is none.
    fn first_free(&mut self, port: usize) -> usize {
        let mut free = port;
        while self.next_free[free] != free {
            free = self.next_free[free];
        }
        let mut passed = port;
        while passed != free {
            passed = std::mem::replace(&mut self.next_free[passed], free);
        }
        free
    }
}
