//! How facts are packed into the tables' integers: written once, for the build script that
//! packs them and the lookups that unpack them.

use super::protocol::Protocol;
use super::status::PortStatus;

/// How many ports share a page of the port index.
pub(crate) const PAGE_PORTS: usize = 16;

/// How many pages cover the ports of one pair of transport protocols.
pub(crate) const PAIR_PAGES: usize = 65_536 / PAGE_PORTS;

/// How many records share a mark of the name index.
pub(crate) const MARK_ROWS: usize = 16;

/// A transport protocol's place in the port index, which answers for two protocols at once:
/// the pair it belongs to, and whether it is the second of it.
pub(crate) const fn lane(protocol: Protocol) -> (usize, u32) {
    let index = protocol as usize;
    (index >> 1, (index & 1) as u32)
}

/// The services of one port on a pair of transport protocols.
///
/// Records of one name stand next to each other in the tables, so the service on the second
/// protocol mostly is the record after the one on the first: one cell holds both. Where it is
/// not, the cell holds the place of the two in a table of their own.
#[derive(Clone, Copy)]
pub(crate) struct PortCell(u32);

/// What a [`PortCell`] says of a protocol.
pub(crate) enum CellAnswer {
    /// The handle of the service; 0 for none.
    Handle(u32),
    /// The place of the pair's handles among the split ones.
    Split(usize),
}

impl PortCell {
    /// The cell of these two handles, 0 for none, or `None` if they must be split.
    pub(crate) const fn pack(first: u32, second: u32) -> Option<Self> {
        match (first, second) {
            (0, 0) => Some(Self(0)),
            (first, 0) => Some(Self(first << 2 | 0b01)),
            (0, second) => Some(Self(second << 2 | 0b10)),
            (first, second) if second == first + 1 => Some(Self(first << 2 | 0b11)),
            _ => None,
        }
    }

    /// The cell of the pair of handles at `place` among the split ones.
    pub(crate) const fn split(place: u32) -> Self {
        Self((place + 1) << 2)
    }

    pub(crate) const fn to_bits(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    pub(crate) const fn answer(self, lane: u32) -> CellAnswer {
        let (value, lanes) = (self.0 >> 2, self.0 & 0b11);
        if lanes == 0 && value != 0 {
            return CellAnswer::Split(value as usize - 1);
        }
        let present = lanes >> lane & 1;
        let after_first = lane & (lanes == 0b11) as u32;
        CellAnswer::Handle((value + after_first) * present)
    }
}

/// The key of a (port, protocol) that several services share.
pub(crate) const fn shared_key(port: u16, protocol: Protocol) -> u32 {
    (protocol as u32) << 16 | port as u32
}

/// Whether a record has a number, and whether that is a span.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberForm {
    None,
    One,
    Span,
    /// One port that the registry writes as a span.
    OneAsSpan,
}

/// What a byte tells of a record: its transport protocol, the form of its number, and the
/// status that it gives its ports.
#[derive(Clone, Copy)]
pub(crate) struct Shape(u8);

impl Shape {
    pub(crate) const fn pack(
        protocol: Option<Protocol>,
        number: NumberForm,
        status: PortStatus,
    ) -> Self {
        let protocol = match protocol {
            None => 0,
            Some(protocol) => protocol as u8 + 1,
        };
        Self(protocol | (number as u8) << 3 | (status as u8) << 5)
    }

    pub(crate) const fn to_bits(self) -> u8 {
        self.0
    }

    pub(crate) const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    pub(crate) const fn protocol(self) -> Option<Protocol> {
        match self.0 & 0b111 {
            1 => Some(Protocol::Tcp),
            2 => Some(Protocol::Udp),
            3 => Some(Protocol::Sctp),
            4 => Some(Protocol::Dccp),
            _ => None,
        }
    }

    pub(crate) const fn number(self) -> NumberForm {
        match self.0 >> 3 & 0b11 {
            1 => NumberForm::One,
            2 => NumberForm::Span,
            3 => NumberForm::OneAsSpan,
            _ => NumberForm::None,
        }
    }

    pub(crate) const fn status(self) -> PortStatus {
        match self.0 >> 5 {
            0 => PortStatus::Assigned,
            1 => PortStatus::Reserved,
            2 => PortStatus::Unassigned,
            3 => PortStatus::Deregistered,
            _ => PortStatus::Unnamed,
        }
    }
}
