//! The list of common names, line by line.

use core::fmt;
use core::ops::Range;
use core::slice;

use crate::format::table::promised;
use crate::format::value::common_kind::CommonKind;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::iterator::named_iterator;
use crate::protocols::Protocols;
use crate::tables;

/// Returns every line of the crate's list of common names, `registry/common-names.txt`, in
/// ascending order of the ports.
///
/// A program that calls it contains the whole list with its titles and sources. Of
/// [`COMMON`](crate::COMMON) it contains only the names and the ports.
///
/// ```
/// use port_registry::{CommonKind, common_uses};
///
/// let squid = common_uses().find(|line| line.name() == "squid").unwrap();
/// assert_eq!(squid.kind(), CommonKind::Instead);
/// assert_eq!(squid.ports().first(), 3128);
/// assert!(squid.source().starts_with("http"));
/// ```
#[inline]
pub fn common_uses() -> CommonUses {
    CommonUses(0..tables::COMMON_USES)
}

named_iterator! {
    /// Every line of the list of common names. See [`common_uses`].
    CommonUses, Range<u16> => CommonUse, of_line
}

#[inline]
fn of_line(line: u16) -> Option<CommonUse> {
    (line < tables::COMMON_USES).then_some(CommonUse(line))
}

/// A common use of a port: a line of the crate's `registry/common-names.txt`. [`common_uses`]
/// returns them all, and [`Names::uses`](crate::Names::uses) those of a port.
///
/// ```
/// use port_registry::{COMMON, Tcp, Udp, Use};
///
/// let mut uses = COMMON.uses(51820, Udp);
/// let Some(Use::Common(line)) = uses.next() else {
///     panic!("the port has a common use and no service");
/// };
/// assert_eq!(line.name(), "wireguard");
/// assert_eq!(line.title(), "WireGuard");
/// assert_eq!(line.to_string(), "51820/udp wireguard (WireGuard)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommonUse(u16);

impl CommonUse {
    #[inline]
    const fn place(self) -> usize {
        self.0 as usize
    }

    /// Returns what the line means for the label of its ports.
    ///
    /// ```
    /// # use port_registry::{CommonKind, common_uses};
    /// let dns = common_uses().find(|line| line.name() == "dns").unwrap();
    /// assert_eq!(dns.kind(), CommonKind::Typed);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(self) -> CommonKind {
        let kind = promised(&tables::COMMON_KIND, self.place(), 0) as usize;
        if kind < CommonKind::COUNT {
            CommonKind::EACH[kind]
        } else {
            CommonKind::Typed
        }
    }

    /// Returns the ports.
    ///
    /// ```
    /// # use port_registry::{Ports, common_uses};
    /// let dns = common_uses().find(|line| line.name() == "dns").unwrap();
    /// assert_eq!(dns.ports(), Ports::one(53));
    /// ```
    #[must_use]
    #[inline]
    pub const fn ports(self) -> Ports {
        let first = promised(&tables::COMMON_FIRST_PORT, self.place(), 0);
        let last = promised(&tables::COMMON_LAST_PORT, self.place(), first);
        match Ports::new(first, last) {
            Some(ports) => ports,
            None => Ports::one(first),
        }
    }

    /// Returns the transport protocols that the source names.
    ///
    /// ```
    /// # use port_registry::{Protocols, Tcp, Udp, common_uses};
    /// let dns = common_uses().find(|line| line.name() == "dns").unwrap();
    /// assert_eq!(dns.protocols(), Protocols::from([Tcp, Udp]));
    /// ```
    #[must_use]
    #[inline]
    pub const fn protocols(self) -> Protocols {
        Protocols::of_bits(promised(&tables::COMMON_PROTOCOLS, self.place(), 0))
    }

    /// Returns whether the line is about a port on a transport protocol.
    ///
    /// ```
    /// # use port_registry::{Sctp, Tcp, common_uses};
    /// let dns = common_uses().find(|line| line.name() == "dns").unwrap();
    /// assert!(dns.covers(53, Tcp) && !dns.covers(53, Sctp));
    /// ```
    #[must_use]
    #[inline]
    pub const fn covers(self, port: u16, protocol: Protocol) -> bool {
        self.ports().contains(port) && self.protocols().contains(protocol)
    }

    /// Returns the name: the label of the ports, if the line gives them one.
    ///
    /// ```
    /// # use port_registry::common_uses;
    /// assert!(common_uses().any(|line| line.name() == "squid"));
    /// ```
    #[must_use]
    #[inline]
    pub fn name(self) -> &'static str {
        self.names().next().unwrap_or_default()
    }

    /// Returns an iterator over the names that lead to the ports: [`name`](Self::name) first, then
    /// further ones that people type, in the order of the line.
    ///
    /// ```
    /// # use port_registry::{COMMON, common_uses};
    /// let line = common_uses().find(|line| line.name() == "wireguard").unwrap();
    /// for (name, protocol) in line.names().flat_map(|name| line.protocols().iter().map(move |on| (name, on))) {
    ///     assert_eq!(COMMON.port(name, protocol), Some(51820));
    /// }
    /// ```
    #[inline]
    pub fn names(self) -> CommonUseNames {
        let names = tables::COMMON_NAMES_OF.get(self.place());
        CommonUseNames(names.iter())
    }

    /// Returns the title: a few words on what uses the ports.
    ///
    /// ```
    /// # use port_registry::common_uses;
    /// assert!(common_uses().all(|line| !line.title().is_empty()));
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(self) -> &'static str {
        tables::COMMON_TITLES.get(self.place())
    }

    /// Returns the source: the address of the product's documentation, of its default
    /// configuration, or of an RFC, which says that it uses the ports.
    ///
    /// ```
    /// # use port_registry::common_uses;
    /// assert!(common_uses().all(|line| line.source().starts_with("http")));
    /// ```
    #[must_use]
    #[inline]
    pub const fn source(self) -> &'static str {
        tables::COMMON_SOURCES.get(self.place())
    }
}

named_iterator! {
    /// The names of a common use. See [`CommonUse::names`].
    CommonUseNames, slice::Iter<'static, u16> => &'static str, text_of
}

#[inline]
fn text_of(name: &u16) -> Option<&'static str> {
    Some(tables::COMMON_NAMES.text(usize::from(*name)))
}

/// Writes the ports, the name and the title in one line: `51820/udp wireguard (WireGuard)`.
impl fmt::Display for CommonUse {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ports, name, title) = (self.ports(), self.name(), self.title());
        write!(f, "{ports}/{} {name} ({title})", self.protocols())
    }
}

impl fmt::Debug for CommonUse {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommonUse({self})")
    }
}
