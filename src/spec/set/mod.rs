//! Sets of ports on transport protocols.

mod display;
mod error;
mod operations;
mod spans;

use alloc::vec::Vec;
use core::iter::FusedIterator;
use core::str::FromStr;

use crate::convert::try_from_str;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::spec::{ResolvedSpec, Spec};

pub use error::ParseSpecSetError;

use operations::union_of;
use spans::{Spans, place_of};

/// A set of ports, each on a transport protocol, as port filters in tools take it (feature
/// `alloc`).
///
/// Read from a list of [`Spec`]s with commas between, white space allowed. An empty text, and it
/// alone, is the empty set.
///
/// ```
/// use port_registry::{SpecSet, Tcp, Udp};
///
/// let wanted: SpecSet = "22, 80, 6000-6063/tcp, https/udp".parse().unwrap();
/// assert!(wanted.contains(443, Udp) && !wanted.contains(443, Tcp));
///
/// let mut without_x11 = &wanted - &"x11".parse().unwrap();
/// assert_eq!(without_x11.to_string(), "22,80,443/udp");
/// without_x11 |= "ldap/tcp".parse::<SpecSet>().unwrap();
/// assert_eq!(without_x11.to_string(), "22,80,389/tcp,443/udp");
/// assert!("".parse::<SpecSet>().unwrap().is_empty());
/// ```
///
/// `&a | &b`, `&a & &b`, `&a - &b`, `&a ^ &b` and `!&a` are [`union`](Self::union),
/// [`intersection`](Self::intersection), [`difference`](Self::difference),
/// [`symmetric_difference`](Self::symmetric_difference) and [`complement`](Self::complement);
/// `|=`, `&=`, `-=` and `^=` change a set in place. Each takes time in proportion to the spans of the sets.
///
/// Made of [`Spec`]s with [`Spec::resolve`], which may fail:
///
/// ```
/// use port_registry::error::ParseSpecError;
/// use port_registry::{Spec, SpecSet};
///
/// let specs = ["ssh", "443/tcp"].map(|text| Spec::new(text).unwrap());
/// let set: Result<SpecSet, ParseSpecError> = specs.into_iter().map(Spec::resolve).collect();
/// assert_eq!(set.unwrap().to_string(), "22/tcp,22/udp,22/sctp,443/tcp");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct SpecSet {
    /// For each protocol ascending spans that neither overlap nor touch, so that equal sets hold
    /// the same.
    spans: [Vec<Ports>; Protocol::COUNT],
}

impl SpecSet {
    /// Returns the empty set.
    ///
    /// ```
    /// assert!(port_registry::SpecSet::new().is_empty());
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self {
            spans: [const { Vec::new() }; Protocol::COUNT],
        }
    }

    /// The spans of a protocol.
    fn of(&self, protocol: Protocol) -> &[Ports] {
        let spans = self.spans.get(protocol as usize);
        spans.map_or(&[], Vec::as_slice)
    }

    /// Returns whether `port` on `protocol` is in the set.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp, Udp};
    ///
    /// let set: SpecSet = "6000-6063/tcp".parse().unwrap();
    /// assert!(set.contains(6005, Tcp) && !set.contains(6005, Udp));
    /// ```
    #[must_use]
    pub fn contains(&self, port: u16, protocol: Protocol) -> bool {
        place_of(port, self.of(protocol)).is_ok()
    }

    /// Returns whether the set holds no port on any protocol.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// assert!(!"443/tcp".parse::<SpecSet>().unwrap().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(Vec::is_empty)
    }

    /// Returns how many pairs of a port and a protocol are in the set: at most 262,144.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// assert_eq!("443,6000-6063/tcp".parse::<SpecSet>().unwrap().len(), 4 + 64);
    /// ```
    #[must_use]
    pub fn len(&self) -> u32 {
        self.spans.iter().flatten().map(|span| span.len()).sum()
    }

    /// Puts ports on one or several protocols into the set.
    ///
    /// ```
    /// use port_registry::{Ports, Protocols, SpecSet, Tcp};
    ///
    /// let mut set = SpecSet::new();
    /// set.insert(443, Protocols::ALL);
    /// set.insert(Ports::new(6000, 6063).unwrap(), Tcp);
    /// assert_eq!(set.to_string(), "443,6000-6063/tcp");
    /// ```
    pub fn insert(&mut self, ports: impl Into<Ports>, protocols: impl Into<Protocols>) {
        self.change(ports.into(), protocols.into(), |own, given| own || given);
    }

    /// Takes ports on one or several protocols out of the set, as far as they are in it.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp, Udp};
    ///
    /// let mut set: SpecSet = "6000-6063".parse().unwrap();
    /// set.remove(6005, [Tcp, Udp]);
    /// assert!(!set.contains(6005, Tcp) && set.contains(6006, Tcp));
    /// ```
    pub fn remove(&mut self, ports: impl Into<Ports>, protocols: impl Into<Protocols>) {
        self.change(ports.into(), protocols.into(), |own, given| own && !given);
    }

    /// Returns an iterator over the set by ports, ascending: spans without gap that have the
    /// same protocols throughout, each as long as it can be.
    ///
    /// ```
    /// use port_registry::{Ports, Protocols, SpecSet, Tcp, Udp};
    ///
    /// let set: SpecSet = "80-82/tcp,82-84/udp".parse().unwrap();
    /// let span = |first, last| Ports::new(first, last).unwrap();
    /// assert!(set.spans().eq([
    ///     (span(80, 81), Protocols::from(Tcp)),
    ///     (span(82, 82), Protocols::from([Tcp, Udp])),
    ///     (span(83, 84), Protocols::from(Udp)),
    /// ]));
    /// ```
    pub fn spans(&self) -> impl FusedIterator<Item = (Ports, Protocols)> + Clone + '_ {
        Spans::new(Protocol::EACH.map(|protocol| self.of(protocol)))
    }

    /// Returns an iterator over every port on every protocol in the set, by port, then in the
    /// order of [`Protocol::ALL`].
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp, Udp};
    ///
    /// let set: SpecSet = "80-81/tcp,81/udp".parse().unwrap();
    /// assert!(set.pairs().eq([(80, Tcp), (81, Tcp), (81, Udp)]));
    /// ```
    pub fn pairs(&self) -> impl FusedIterator<Item = (u16, Protocol)> + Clone + '_ {
        self.spans().flat_map(|(ports, protocols)| {
            let on_each = move |port| protocols.iter().map(move |protocol| (port, protocol));
            ports.iter().flat_map(on_each)
        })
    }
}

impl FromStr for SpecSet {
    type Err = ParseSpecSetError;

    /// Reads [`Spec`]s with commas between, each as [`Spec::new`] does, and
    /// [resolves](Spec::resolve) them. A text that is empty or all white space is the empty set.
    ///
    /// # Errors
    ///
    /// [`ParseSpecSetError`] for the first that is no specification, an empty one included, or cannot
    /// be resolved.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Ok(Self::new());
        }
        let resolved = text.split(',').zip(1..).map(|(item, position)| {
            let resolved = Spec::new(item).and_then(Spec::resolve);
            resolved.map_err(|cause| ParseSpecSetError { position, cause })
        });
        resolved.collect()
    }
}

try_from_str!(SpecSet);

impl From<ResolvedSpec> for SpecSet {
    fn from(spec: ResolvedSpec) -> Self {
        Self::from_iter([spec])
    }
}

impl FromIterator<(Ports, Protocols)> for SpecSet {
    /// The spans may come in any order, and overlap.
    fn from_iter<I: IntoIterator<Item = (Ports, Protocols)>>(spans: I) -> Self {
        let mut set = Self::new();
        for (ports, protocols) in spans {
            let lists = set.spans.iter_mut().zip(Protocol::EACH);
            let meant = lists.filter(|(_, protocol)| protocols.contains(*protocol));
            meant.for_each(|(list, _)| list.push(ports));
        }
        for list in &mut set.spans {
            union_of(list);
        }
        set
    }
}

impl FromIterator<ResolvedSpec> for SpecSet {
    fn from_iter<I: IntoIterator<Item = ResolvedSpec>>(specs: I) -> Self {
        let spans = specs.into_iter();
        spans.map(|spec| (spec.ports(), spec.protocols())).collect()
    }
}

impl Extend<(Ports, Protocols)> for SpecSet {
    fn extend<I: IntoIterator<Item = (Ports, Protocols)>>(&mut self, spans: I) {
        *self = self.union(&spans.into_iter().collect());
    }
}

impl Extend<ResolvedSpec> for SpecSet {
    fn extend<I: IntoIterator<Item = ResolvedSpec>>(&mut self, specs: I) {
        *self = self.union(&specs.into_iter().collect());
    }
}
