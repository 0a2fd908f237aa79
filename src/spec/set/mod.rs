//! Sets of ports on transport protocols.

// The first of the files, so that the page of `SpecSet` begins with them.
mod methods;

mod display;
mod error;
mod operations;
mod spans;

use alloc::vec::Vec;
use core::str::FromStr;

use crate::convert::try_from_str;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::spec::{ResolvedSpec, resolve_text};

pub use error::ParseSpecSetError;

use operations::union_of;

pub use spans::{PortsOn, SpansOn, SpecSetPairs, SpecSetSpans};

/// A set of ports, each on a transport protocol, as port filters in tools take it (feature
/// `alloc`).
///
/// It is read from a list of [`Spec`](crate::Spec)s separated by commas; white space is allowed.
/// Only an empty text means the empty set.
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
/// # On a command line
///
/// An option may be given several times, each time with a list: `-p 80 -p 443/tcp,ssh`. With the
/// derive macro of [clap](https://docs.rs/clap) it is a field `ports: Vec<SpecSet>`, because a set has
/// `FromStr`. Sets are collected into one:
///
/// ```
/// use port_registry::SpecSet;
///
/// let given = ["80", "443/tcp,ssh"];
/// let sets = given.iter().map(|text| text.parse::<SpecSet>());
/// let wanted = sets.collect::<Result<SpecSet, _>>()?;
/// assert_eq!(wanted.to_string(), "22/tcp,22/udp,22/sctp,80,443/tcp");
/// # Ok::<(), port_registry::error::ParseSpecSetError>(())
/// ```
///
/// If a number alone is to mean TCP, give the option the value parser
/// `|text: &str| SpecSet::parse_on(text, Tcp)`.
///
/// # From specifications
///
/// To make a set of [`Spec`](crate::Spec)s, resolve each with
/// [`Spec::resolve`](crate::Spec::resolve), which may fail:
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
    /// For each protocol ascending spans that neither overlap nor touch. This way equal sets hold
    /// equal spans.
    spans: [Vec<Ports>; Protocol::COUNT],
}

impl FromStr for SpecSet {
    type Err = ParseSpecSetError;

    /// Reads [`Spec`](crate::Spec)s separated by commas, each as [`Spec::new`](crate::Spec::new)
    /// does, and [resolves](crate::Spec::resolve) them. A text that is empty or all white space is
    /// the empty set.
    ///
    /// # Errors
    ///
    /// [`ParseSpecSetError`] for the first item that is not a specification or cannot be resolved.
    /// An empty item is refused too.
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text, |item| resolve_text(item, None))
    }
}

try_from_str!(SpecSet);

impl From<ResolvedSpec> for SpecSet {
    #[inline]
    fn from(spec: ResolvedSpec) -> Self {
        Self::from_iter([spec])
    }
}

impl FromIterator<(Ports, Protocols)> for SpecSet {
    /// The spans may come in any order, and they may overlap.
    #[inline]
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

impl FromIterator<Self> for SpecSet {
    /// Returns the set of what is in any of the sets.
    #[inline]
    fn from_iter<I: IntoIterator<Item = Self>>(sets: I) -> Self {
        sets.into_iter().flat_map(Self::into_spans).collect()
    }
}

impl Extend<Self> for SpecSet {
    #[inline]
    fn extend<I: IntoIterator<Item = Self>>(&mut self, sets: I) {
        *self |= sets.into_iter().collect::<Self>();
    }
}

impl Extend<(Ports, Protocols)> for SpecSet {
    #[inline]
    fn extend<I: IntoIterator<Item = (Ports, Protocols)>>(&mut self, spans: I) {
        *self |= spans.into_iter().collect::<Self>();
    }
}

/// Lets a set be made of, and extended by, items that are ports on protocols.
macro_rules! of_items {
    ($($(#[$doc:meta])* $item:ty, $span:expr;)+) => {$(
        impl FromIterator<$item> for SpecSet {
            $(#[$doc])*
            #[inline]
            fn from_iter<I: IntoIterator<Item = $item>>(items: I) -> Self {
                items.into_iter().map($span).collect()
            }
        }

        impl Extend<$item> for SpecSet {
            $(#[$doc])*
            #[inline]
            fn extend<I: IntoIterator<Item = $item>>(&mut self, items: I) {
                self.extend(items.into_iter().map($span));
            }
        }
    )+};
}

of_items! {
    /// The port numbers of each, on its protocols.
    ResolvedSpec, |spec: ResolvedSpec| (spec.ports(), spec.protocols());
    /// Each port on all four protocols, as text means a number alone. For one protocol, collect
    /// pairs.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp};
    ///
    /// let all: SpecSet = [22, 80].into_iter().collect();
    /// assert_eq!(all.to_string(), "22,80");
    /// let tcp: SpecSet = [22, 80].into_iter().map(|port| (port, Tcp)).collect();
    /// assert_eq!(tcp.to_string(), "22/tcp,80/tcp");
    /// ```
    u16, |port| (Ports::one(port), Protocols::ALL);
    /// Each span on all four protocols, as text means a span alone.
    Ports, |ports| (ports, Protocols::ALL);
    /// Each port on its protocol.
    (u16, Protocol), |(port, protocol): (u16, Protocol)| (Ports::one(port), Protocols::one(protocol));
}
