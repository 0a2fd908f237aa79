//! How facts are packed into the tables' integers: written once, for the build script that
//! packs them and the lookups that unpack them.

use super::name_hash::SHORT;
use super::value::protocol::Protocol;
use super::value::status::PortStatus;

/// How many ports share a page of the port index.
pub const PAGE_PORTS: usize = 8;

/// The transport protocols that nearly all services are on: the port index holds a cell for
/// each at every port. The services of the others are few, and stand in runs of ports.
pub const COMMON: [Protocol; 2] = [Protocol::Tcp, Protocol::Udp];

/// How many ports share a bit that tells whether an uncommon protocol has a service among them.
pub const RARE_PORTS: usize = 16;

/// How many ports share an entry that tells which run of ports the first of them is in.
pub const RUN_BLOCK: usize = 128;

/// How many runs are looked at in one step.
pub const RUN_STEP: usize = 8;

/// The place of a common protocol's cell among those of a port, or `None` for another protocol.
#[inline]
pub const fn lane(protocol: Protocol) -> Option<usize> {
    // The common ones are the first: a comparison, where a `match` could branch on each.
    let lane = protocol as usize;
    if lane < COMMON.len() {
        Some(lane)
    } else {
        None
    }
}

/// The names of [`NameMark::ROWS`] rows: where the text of the first row's name begins, the
/// length of all their names, and for each row how many names after the first its own is.
#[derive(Clone, Copy)]
pub struct NameMark(u32);

impl NameMark {
    pub const ROWS: usize = 4;

    /// The mark of rows whose names, in the order of their texts, have these numbers and this
    /// length; `None` if the text is too long or too far off to be packed, or the rows are too
    /// few: a mark says nothing of a row without a name.
    pub fn pack(names: &[usize], text: usize, length: usize) -> Option<Self> {
        let first = names.first()?;
        let fits = names.len() == Self::ROWS && text < 1 << 20 && length <= SHORT;
        let counts = names.iter().enumerate();
        let counts = counts.map(|(place, name)| ((name - first) as u32) << (2 * place));
        fits.then(|| Self((text as u32) << 12 | (length as u32) << 8 | counts.sum::<u32>()))
    }

    /// The mark of rows whose names have several lengths or that cannot be packed.
    pub const MIXED: Self = Self(0);

    pub const fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Where the text of the name of the row at `place`, from 0 to 3, begins, and its length;
    /// the length is 0 in a mark that tells neither.
    #[inline]
    pub const fn text(self, place: usize) -> (usize, usize) {
        let count = self.0 >> (2 * place) & 0b11;
        let length = self.0 >> 8 & 0b1111;
        (
            (self.0 >> 12) as usize + (count * length) as usize,
            length as usize,
        )
    }
}

/// The first row of a name, and which of its rows answers for each transport protocol.
#[derive(Clone, Copy)]
pub struct FirstRow(u32);

/// What a [`FirstRow`] says of a protocol.
pub enum RowAnswer {
    /// The handle of the row; 0 for none.
    Handle(u32),
    /// The row is neither the first nor the second.
    Later,
}

impl FirstRow {
    /// The first row, and by protocol the offset of the row that answers from it.
    pub fn pack(row: u16, offsets: [Option<usize>; Protocol::COUNT]) -> Self {
        // Two bits a protocol: none, the first row, the second, or a later one.
        let codes = offsets.iter().enumerate().map(|(protocol, offset)| {
            let code = offset.map_or(0, |offset| offset.min(2) as u32 + 1);
            code << (16 + 2 * protocol)
        });
        Self(codes.sum::<u32>() | u32::from(row))
    }

    pub const fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    #[inline]
    pub const fn row(self) -> u16 {
        self.0 as u16
    }

    #[inline]
    pub const fn on(self, protocol: Protocol) -> RowAnswer {
        let code = self.0 >> (16 + 2 * protocol as u32) & 0b11;
        if code == 3 {
            return RowAnswer::Later;
        }
        // A handle is a row plus one, and so is a code an offset plus one.
        RowAnswer::Handle(if code == 0 {
            0
        } else {
            self.row() as u32 + code
        })
    }
}

/// A (port, protocol) as a number, ordered by protocol and then by port.
pub const fn port_key(port: u16, protocol: Protocol) -> u32 {
    (protocol as u32) << 16 | port as u32
}

/// Whether a record has a number, and whether that is a span.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    None,
    One,
    Span,
    /// One port that the registry writes as a span.
    OneAsSpan,
}

/// What a byte tells of a record: its transport protocol, the form of its number, and the
/// status that it gives its ports.
#[derive(Clone, Copy)]
pub struct Shape(u8);

impl Shape {
    /// The shape that stands in the place of a row where no row covers a port.
    pub const NO_ROW: Self = Self::pack(None, NumberForm::None, PortStatus::Unlisted);

    pub const fn pack(protocol: Option<Protocol>, number: NumberForm, status: PortStatus) -> Self {
        let protocol = match protocol {
            None => 0,
            Some(protocol) => protocol as u8 + 1,
        };
        Self(protocol | (number as u8) << 3 | (status as u8) << 5)
    }

    pub const fn to_bits(self) -> u8 {
        self.0
    }

    #[inline]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether the transport protocol is this one, or there is none.
    #[inline]
    pub const fn covers_protocol(self, protocol: Protocol) -> bool {
        let own = self.0 & 0b111;
        own == 0 || own == protocol as u8 + 1
    }

    pub const fn protocol(self) -> Option<Protocol> {
        match self.0 & 0b111 {
            1 => Some(Protocol::Tcp),
            2 => Some(Protocol::Udp),
            3 => Some(Protocol::Sctp),
            4 => Some(Protocol::Dccp),
            _ => None,
        }
    }

    pub const fn number(self) -> NumberForm {
        match self.0 >> 3 & 0b11 {
            1 => NumberForm::One,
            2 => NumberForm::Span,
            3 => NumberForm::OneAsSpan,
            _ => NumberForm::None,
        }
    }

    pub const fn status(self) -> PortStatus {
        match self.0 >> 5 {
            0 => PortStatus::Assigned,
            1 => PortStatus::Reserved,
            2 => PortStatus::Unassigned,
            3 => PortStatus::Deregistered,
            4 => PortStatus::Unnamed,
            5 => PortStatus::Dynamic,
            _ => PortStatus::Unlisted,
        }
    }
}
