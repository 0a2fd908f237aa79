//! A table of names of one's own, as the lookups read it.

use core::cmp::Ordering;
use core::fmt;

use super::texts::NameTexts;
use crate::format::ascii::order_ignoring_case;
use crate::format::table::blocks::Blocks;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// Names of one's own for ports, to be put [in front of](crate::Names::with) the registry's or the
/// common names.
///
/// A table is a constant, made by [`table!`](crate::table!) and checked by the compiler, or what an
/// `Overlay` holds (feature `alloc`), returned by `Overlay::table`. Lookups in a table never
/// allocate, and its answers live as long as the names do: those of a constant are `&'static str`.
///
/// ```
/// use port_registry::{COMMON, Names, Table, Tcp, Udp, table};
///
/// static OWN: Table = table![9443/tcp "admin", 51820/udp "office vpn"];
/// const NAMES: Names = COMMON.with(&OWN);
///
/// assert_eq!(NAMES.name(9443, Tcp), Some("admin"));
/// assert_eq!(NAMES.name(51820, Udp), Some("office vpn"));
/// assert_eq!(NAMES.name(3128, Tcp), Some("squid"));
/// assert_eq!(NAMES.port("admin", Tcp), Some(9443));
/// ```
#[derive(Clone, Copy)]
pub struct Table<'a> {
    pub(crate) blocks: &'a Blocks,
    /// In ascending order, without overlaps.
    pub(crate) spans: &'a [Span],
    pub(crate) span_names: NameTexts<'a>,
    /// In the alphabetical order of their names, ASCII case ignored, then by protocol.
    pub(crate) leads: &'a [Lead],
    pub(crate) lead_names: NameTexts<'a>,
}

/// Ports on a transport protocol that have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The protocol and the first port, so that both are compared at once.
    key: u32,
    pub(crate) last: u16,
}

impl Span {
    #[inline]
    pub(crate) const fn new(ports: Ports, protocol: Protocol) -> Self {
        Self {
            key: Self::key(ports.first(), protocol),
            last: ports.last(),
        }
    }

    #[inline]
    const fn key(port: u16, protocol: Protocol) -> u32 {
        (protocol as u32) << 16 | port as u32
    }

    #[inline]
    pub(crate) const fn protocol(self) -> Protocol {
        Protocol::EACH[(self.key >> 16) as usize % Protocol::COUNT]
    }

    /// The ports.
    #[inline]
    pub(crate) const fn ports(self) -> Ports {
        match Ports::new(self.key as u16, self.last) {
            Some(ports) => ports,
            None => Ports::one(self.last),
        }
    }

    /// Whether the span begins at a port on a protocol or before it, in the order of all spans.
    #[inline]
    pub(crate) const fn begins_by(self, port: u16, protocol: Protocol) -> bool {
        self.key <= Self::key(port, protocol)
    }

    #[inline]
    pub(crate) const fn is_before(self, other: Self) -> bool {
        self.key < other.key
    }
}

/// `==` for constants.
#[inline]
pub(super) const fn same_text(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([first, after @ ..], [other, others @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (after, others);
    }
    a.is_empty() && b.is_empty()
}

/// Where a name leads on a transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    pub(crate) protocol: Protocol,
    pub(crate) ports: Ports,
}

/// The order of leads: by name, ASCII case ignored, then by protocol.
#[inline]
pub(crate) const fn order_of_leads(own: (&str, Protocol), other: (&str, Protocol)) -> Ordering {
    match order_ignoring_case(own.0.as_bytes(), other.0.as_bytes()) {
        Ordering::Equal => {
            let (own, other) = (own.1 as u8, other.1 as u8);
            if own < other {
                Ordering::Less
            } else if own > other {
                Ordering::Greater
            } else {
                Ordering::Equal
            }
        }
        order => order,
    }
}

impl<'a> Table<'a> {
    /// A table without names.
    ///
    /// ```
    /// use port_registry::{Table, Tcp};
    ///
    /// assert_eq!(Table::EMPTY.name(443, Tcp), None);
    /// ```
    pub const EMPTY: Table<'static> = Table {
        blocks: &Blocks::NONE,
        spans: &[],
        span_names: NameTexts::Constant(&[]),
        leads: &[],
        lead_names: NameTexts::Constant(&[]),
    };

    /// Returns whether the table has no names.
    ///
    /// ```
    /// assert!(port_registry::Table::EMPTY.is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.leads.is_empty()
    }

    /// Returns the table's own name of a port, or `None` if it has none.
    ///
    /// ```
    /// use port_registry::{Table, Tcp, table};
    ///
    /// static OWN: Table = table![8000-8010/tcp "workers"];
    /// assert_eq!(OWN.name(8005, Tcp), Some("workers"));
    /// assert_eq!(OWN.name(443, Tcp), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(&self, port: u16, protocol: Protocol) -> Option<&'a str> {
        if self.blocks.hold(port, protocol) {
            self.search(port, protocol)
        } else {
            None
        }
    }

    /// Out of line, because most ports have no name in a table.
    #[inline(never)]
    const fn search(&self, port: u16, protocol: Protocol) -> Option<&'a str> {
        let (mut start, mut end) = (0, self.spans.len());
        while start < end {
            let middle = start + (end - start) / 2;
            if self.spans[middle].begins_by(port, protocol) {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        let Some(place) = start.checked_sub(1) else {
            return None;
        };
        let span = self.spans[place];
        if port <= span.last && span.protocol() as u8 == protocol as u8 {
            Some(self.span_names.get(place))
        } else {
            None
        }
    }

    /// Returns the port that a name of the table leads to: the first, if the name stands for a
    /// span. `None` if the table has no such name on the transport protocol. ASCII case is ignored.
    ///
    /// Names lead to ports if they contain only what a line of services(5) can hold: any characters
    /// but white space, `#`, control characters and U+FFFD. Others are only shown.
    ///
    /// ```
    /// use port_registry::{Table, Tcp, table};
    ///
    /// static OWN: Table = table![8000-8010/tcp "workers", 9443/tcp "admin console" "admin"];
    /// assert_eq!(OWN.port("workers", Tcp), Some(8000));
    /// assert_eq!(OWN.port("Admin", Tcp), Some(9443));
    /// assert_eq!(OWN.port("admin console", Tcp), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        match self.ports(name, protocol) {
            Some(ports) => Some(ports.first()),
            None => None,
        }
    }

    /// The ports that a name leads to on a transport protocol.
    #[inline]
    pub(crate) const fn ports(&self, name: &str, protocol: Protocol) -> Option<Ports> {
        match self.place_of(name, protocol) {
            Ok(place) => Some(self.leads[place].ports),
            Err(_) => None,
        }
    }

    /// Where a name stands among the leads on a transport protocol, or where it would stand.
    #[inline]
    pub(crate) const fn place_of(&self, name: &str, protocol: Protocol) -> Result<usize, usize> {
        let (mut start, mut end) = (0, self.leads.len());
        while start < end {
            let middle = start + (end - start) / 2;
            let lead = self.leads[middle];
            let text = self.lead_names.get(middle);
            match order_of_leads((text, lead.protocol), (name, protocol)) {
                Ordering::Equal => return Ok(middle),
                Ordering::Less => start = middle + 1,
                Ordering::Greater => end = middle,
            }
        }
        Err(start)
    }

    /// Every name on every protocol that it leads to a port on: by name, then by protocol.
    #[inline]
    pub(crate) fn leads(self) -> impl ExactSizeIterator<Item = (&'a str, Lead)> + Clone {
        let leads = self.leads.iter().enumerate();
        leads.map(move |(place, &lead)| (self.lead_names.get(place), lead))
    }

    /// Every span with its name, in order.
    #[inline]
    pub(crate) fn spans(self) -> impl ExactSizeIterator<Item = (Ports, Protocol, &'a str)> + Clone {
        let spans = self.spans.iter().enumerate();
        spans.map(move |(place, span)| (span.ports(), span.protocol(), self.span_names.get(place)))
    }
}

impl Default for Table<'_> {
    /// The table without names.
    #[inline]
    fn default() -> Self {
        Self::EMPTY
    }
}

/// Shows the ports with their names.
impl fmt::Debug for Table<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = |(ports, protocol, name)| (format_place(ports, protocol), name);
        f.debug_map().entries(self.spans().map(entry)).finish()
    }
}

/// `443/tcp` for a debug text.
#[inline]
fn format_place(ports: Ports, protocol: Protocol) -> impl fmt::Debug {
    struct Place(Ports, Protocol);

    impl fmt::Debug for Place {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}/{}", self.0, self.1)
        }
    }

    Place(ports, protocol)
}
