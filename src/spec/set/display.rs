//! The canonical text of a set.

use alloc::string::ToString;
use core::fmt;

use super::SpecSet;
use super::spans::place_of;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

impl SpecSet {
    /// Whether all of these ports are in the set, on every protocol.
    #[inline]
    fn has_on_all(&self, ports: Ports) -> bool {
        let has = |spans: &[Ports]| {
            let span = place_of(ports.first(), spans).ok();
            let span = span.and_then(|place| spans.get(place));
            span.is_some_and(|span| span.last() >= ports.last())
        };
        let mut protocols = Protocol::EACH.into_iter();
        protocols.all(|protocol| has(self.of(protocol)))
    }

    /// The first of the protocols that have exactly this span.
    #[inline]
    fn first_with(&self, span: Ports) -> Option<Protocol> {
        let mut protocols = Protocol::EACH.into_iter();
        protocols.find(|&protocol| self.of(protocol).binary_search(&span).is_ok())
    }
}

/// Writes the canonical form, which [`SpecSet::from_str`](core::str::FromStr) reads back: the
/// fewest port numbers and spans that make up the set, separated by commas. The empty set is
/// written as an empty text.
///
/// A span that one protocol has exactly, and that all protocols contain, is written once and
/// without a protocol. All others are written with their protocol. They ascend by the first port,
/// then the last, then in the order of [`Protocol::ALL`].
///
/// ```
/// use port_registry::SpecSet;
///
/// let set: SpecSet = "81/udp, 80-90/tcp, 79-85/udp, https, 83/sctp, 83/dccp, 82".parse().unwrap();
/// assert_eq!(set.to_string(), "79-85/udp,80-90/tcp,82-83,443/tcp,443/udp,443/sctp");
/// ```
impl fmt::Display for SpecSet {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_none() && f.precision().is_none() {
            return Items(self).fmt(f);
        }
        // It is padded as a whole, so that columns line up.
        f.pad(&Items(self).to_string())
    }
}

/// The text of a set, not padded.
struct Items<'a>(&'a SpecSet);

impl fmt::Display for Items<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(set) = *self;
        let mut rest = Protocol::EACH.map(|protocol| (protocol, set.of(protocol)));
        let mut separator = "";
        loop {
            let next = rest.iter_mut().filter(|(_, spans)| !spans.is_empty());
            let next = next.min_by_key(|(protocol, spans)| (spans.first().copied(), *protocol));
            let Some((protocol, spans)) = next else {
                return Ok(());
            };
            if let Some((&ports, after)) = spans.split_first() {
                *spans = after;
                if !set.has_on_all(ports) {
                    write!(f, "{separator}{ports}/{protocol}")?;
                } else if set.first_with(ports) == Some(*protocol) {
                    write!(f, "{separator}{ports}")?;
                } else {
                    continue;
                }
                separator = ",";
            }
        }
    }
}

impl fmt::Debug for SpecSet {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpecSet({self})")
    }
}
