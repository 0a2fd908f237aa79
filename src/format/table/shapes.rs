//! What one byte tells of a row: its transport protocol in bits 0 to 2, the form of its number in
//! bits 3 and 4, and in bits 5 to 7 the status that it gives its ports.

use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortStatus;

/// Whether a row has a number, and whether that is a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    None,
    One,
    Span,
    /// One port that the registry writes as a span, `4748-4748`.
    OneAsSpan,
}

/// The byte of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape(u8);

// A protocol takes three bits, one value of which is for none; a status takes three.
const _: () = assert!(Protocol::COUNT < 1 << 3 && PortStatus::COUNT <= 1 << 3);

impl Shape {
    /// What stands in the place of a row where there is none.
    pub const NO_ROW: Self = Self::new(None, NumberForm::None, PortStatus::Unlisted);

    #[inline]
    pub const fn new(protocol: Option<Protocol>, number: NumberForm, status: PortStatus) -> Self {
        let protocol = match protocol {
            None => 0,
            Some(protocol) => protocol as u8 + 1,
        };
        Self(protocol | (number as u8) << 3 | (status as u8) << 5)
    }

    #[inline]
    pub const fn to_bits(self) -> u8 {
        self.0
    }
}

#[cfg(baked)]
impl Shape {
    #[inline]
    const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether the row's protocol is this one, or the row has none and holds for every one.
    #[inline]
    pub const fn covers_protocol(self, protocol: Protocol) -> bool {
        let own = self.0 & 0b111;
        own == 0 || own == protocol as u8 + 1
    }

    #[inline]
    pub const fn protocol(self) -> Option<Protocol> {
        match self.0 & 0b111 {
            1 => Some(Protocol::Tcp),
            2 => Some(Protocol::Udp),
            3 => Some(Protocol::Sctp),
            4 => Some(Protocol::Dccp),
            _ => None,
        }
    }

    #[inline]
    pub const fn number(self) -> NumberForm {
        match self.0 >> 3 & 0b11 {
            1 => NumberForm::One,
            2 => NumberForm::Span,
            3 => NumberForm::OneAsSpan,
            _ => NumberForm::None,
        }
    }

    /// The status that the row gives its ports, [`PortStatus::Unlisted`] where there is no row.
    #[inline]
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

// The numbers above are those of the variants.
#[cfg(baked)]
const _: () = {
    let mut index = 0;
    while index < Protocol::ALL.len() {
        let protocol = Protocol::ALL[index];
        let shape = Shape::new(Some(protocol), NumberForm::Span, PortStatus::Assigned);
        assert!(shape.covers_protocol(protocol));
        assert!(matches!(shape.protocol(), Some(read) if read as u8 == protocol as u8));
        assert!(matches!(shape.number(), NumberForm::Span));
        index += 1;
    }
    let mut index = 0;
    while index < PortStatus::ALL.len() {
        let status = PortStatus::ALL[index];
        let shape = Shape::new(None, NumberForm::OneAsSpan, status);
        assert!(shape.status() as u8 == status as u8);
        assert!(matches!(shape.number(), NumberForm::OneAsSpan));
        index += 1;
    }
};

/// The shapes of `N - 1` rows by handle; the first is [`Shape::NO_ROW`].
#[cfg(baked)]
pub struct Shapes<const N: usize>([u8; N]);

#[cfg(baked)]
impl<const N: usize> Shapes<N> {
    #[inline]
    pub const fn new(shapes: [u8; N]) -> Self {
        assert!(
            N > 0 && shapes[0] == Shape::NO_ROW.to_bits(),
            "handle 0 is of no row"
        );
        Self(shapes)
    }

    #[inline]
    pub const fn get(&self, handle: u16) -> Shape {
        Shape::from_bits(super::promised(
            &self.0,
            handle as usize,
            Shape::NO_ROW.to_bits(),
        ))
    }
}

/// Packs the shapes of the rows.
#[cfg(not(baked))]
pub fn pack(rows: &[Shape]) -> super::Packed {
    let mut bits = vec![Shape::NO_ROW.to_bits()];
    bits.extend(rows.iter().map(|shape| shape.to_bits()));
    super::Packed::new("Shapes", &[&bits.len()], &[&format_args!("{bits:?}")])
}
