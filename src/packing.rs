//! How facts are packed into the tables' integers: written once, for the build script that
//! packs them and the lookups that unpack them.

use super::protocol::Protocol;
use super::status::PortStatus;

/// How many ports share a page of the port index.
pub(crate) const PAGE_PORTS: usize = 16;

/// How many pages cover the ports of one pair of transport protocols.
pub(crate) const PAIR_PAGES: usize = 65_536 / PAGE_PORTS;

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
/// not, the cell holds the place of the two in a table of their own, plus a number that is
/// larger than any handle.
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
    pub(crate) const fn split(place: u32, largest_handle: u32) -> Self {
        Self((largest_handle + 1 + place) << 2)
    }

    pub(crate) const fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    #[inline]
    pub(crate) const fn answer(self, lane: u32, largest_handle: u32) -> CellAnswer {
        let (value, lanes) = (self.0 >> 2, self.0 & 0b11);
        if value > largest_handle {
            return CellAnswer::Split((value - largest_handle - 1) as usize);
        }
        // The second comes after the first, if there is one. No branch, but a mask: ports with
        // and without a service come mixed.
        let mask = (lanes >> lane & 1).wrapping_neg();
        CellAnswer::Handle((value + (lane & lanes)) & mask)
    }
}

/// The names of [`NameMark::ROWS`] rows: the number of the first row's name, and for each of the
/// other rows whether it begins the next name.
#[derive(Clone, Copy)]
pub(crate) struct NameMark(u32);

impl NameMark {
    pub(crate) const ROWS: usize = 4;

    /// The mark of the names, by number, of at most four consecutive rows.
    pub(crate) fn pack(names: &[usize]) -> Self {
        let first = names.first().copied().unwrap_or(0);
        let begins = names.windows(2).enumerate();
        let begins = begins.map(|(place, pair)| u32::from(pair[0] != pair[1]) << place);
        Self((first as u32) << 3 | begins.sum::<u32>())
    }

    pub(crate) const fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The number of the name of the row at `place`, from 0 to 3.
    #[inline]
    pub(crate) const fn name(self, place: usize) -> usize {
        let begun = self.0 & ((1 << place) - 1) & 0b111;
        // How many of three bits are set, two bits for each of the eight cases.
        let count = 0b11_10_10_01_10_01_01_00 >> (begun * 2) & 0b11;
        ((self.0 >> 3) + count) as usize
    }
}

/// Where the texts of [`NameBlock::NAMES`] consecutive names stand.
#[derive(Clone, Copy)]
pub(crate) struct NameBlock(u32);

impl NameBlock {
    pub(crate) const NAMES: usize = 16;

    /// The block of names of one length, from where the text of the first begins; `None` if
    /// they are too long or too far off to be packed.
    pub(crate) fn pack(text: usize, length: usize) -> Option<Self> {
        let fits = text < 1 << 24 && length < 1 << 8;
        fits.then_some(Self((text as u32) << 8 | length as u32))
    }

    /// The block of names of several lengths, or of ones that cannot be packed.
    pub(crate) const MIXED: Self = Self(0);

    pub(crate) const fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Where the text of the name at `place` begins, and its length; the length is 0 in a block
    /// that tells neither.
    #[inline]
    pub(crate) const fn text(self, place: usize) -> (usize, usize) {
        let length = self.0 as usize & 0xFF;
        ((self.0 >> 8) as usize + place * length, length)
    }
}

/// The first row of a name with its shape, so that one look tells whether it is the one.
#[derive(Clone, Copy)]
pub(crate) struct FirstRow(u32);

impl FirstRow {
    pub(crate) const fn pack(row: u16, shape: u8) -> Self {
        Self((shape as u32) << 16 | row as u32)
    }

    pub(crate) const fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    #[inline]
    pub(crate) const fn row(self) -> u16 {
        self.0 as u16
    }

    #[inline]
    pub(crate) const fn shape(self) -> Shape {
        Shape::from_bits((self.0 >> 16) as u8)
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

    #[inline]
    pub(crate) const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether the transport protocol is this one, or there is none.
    #[inline]
    pub(crate) const fn covers_protocol(self, protocol: Protocol) -> bool {
        let own = self.0 & 0b111;
        own == 0 || own == protocol as u8 + 1
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
