//! What a set is made of and asked.

use alloc::vec::Vec;

use super::spans::place_of;
use super::{ParseSpecSetError, PortsOn, SpansOn, SpecSet, SpecSetPairs, SpecSetSpans};
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::spec::{ParseSpecError, ResolvedSpec, resolve_text};

impl SpecSet {
    /// Returns the empty set.
    ///
    /// ```
    /// assert!(port_registry::SpecSet::new().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self {
            spans: [const { Vec::new() }; Protocol::COUNT],
        }
    }

    /// The spans of each protocol, with the protocol.
    #[inline]
    pub(super) fn into_spans(self) -> impl Iterator<Item = (Ports, Protocols)> {
        let lists = self.spans.into_iter().zip(Protocol::EACH);
        lists.flat_map(|(spans, protocol)| {
            let on_protocol = move |ports| (ports, Protocols::one(protocol));
            spans.into_iter().map(on_protocol)
        })
    }

    /// The spans of a protocol.
    #[inline]
    pub(super) fn of(&self, protocol: Protocol) -> &[Ports] {
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
    #[inline]
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
    #[inline]
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
    #[inline]
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
    #[inline]
    pub fn insert(&mut self, ports: impl Into<Ports>, protocols: impl Into<Protocols>) {
        self.change(ports.into(), protocols.into(), |own, given| own || given);
    }

    /// Takes ports on one or several protocols out of the set, if they are in it.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp, Udp};
    ///
    /// let mut set: SpecSet = "6000-6063".parse().unwrap();
    /// set.remove(6005, [Tcp, Udp]);
    /// assert!(!set.contains(6005, Tcp) && set.contains(6006, Tcp));
    /// ```
    #[inline]
    pub fn remove(&mut self, ports: impl Into<Ports>, protocols: impl Into<Protocols>) {
        self.change(ports.into(), protocols.into(), |own, given| own && !given);
    }

    /// Returns an iterator over the set by ports, ascending. It yields spans without gaps that have
    /// the same protocols throughout, each as long as possible.
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
    #[inline]
    pub fn spans(&self) -> SpecSetSpans<'_> {
        SpecSetSpans::new(Protocol::EACH.map(|protocol| self.of(protocol)))
    }

    /// Returns an iterator over the set on one protocol, ascending. It yields spans without gaps,
    /// each as long as possible.
    ///
    /// ```
    /// use port_registry::{Ports, SpecSet, Tcp};
    ///
    /// let set: SpecSet = "80-100/tcp,85-90/udp".parse().unwrap();
    /// assert!(set.spans_on(Tcp).eq([Ports::new(80, 100).unwrap()]));
    /// ```
    #[inline]
    pub fn spans_on(&self, protocol: Protocol) -> SpansOn<'_> {
        SpansOn(self.of(protocol).iter())
    }

    /// Returns an iterator over the ports of the set on one protocol, ascending.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp};
    ///
    /// let set: SpecSet = "22,80-81/tcp,53/udp".parse().unwrap();
    /// assert!(set.ports_on(Tcp).eq([22, 80, 81]));
    /// ```
    #[inline]
    pub fn ports_on(&self, protocol: Protocol) -> PortsOn<'_> {
        PortsOn::new(self.spans_on(protocol))
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
    #[inline]
    pub fn pairs(&self) -> SpecSetPairs<'_> {
        SpecSetPairs::new(self.spans())
    }

    /// Returns the part of the set that is on one or several transport protocols.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp};
    ///
    /// let all_but_ssh: SpecSet = !"ssh".parse::<SpecSet>().unwrap();
    /// assert_eq!(all_but_ssh.only(Tcp).to_string(), "0-21/tcp,23-65535/tcp");
    /// ```
    #[must_use]
    #[inline]
    pub fn only(&self, protocols: impl Into<Protocols>) -> Self {
        self.intersection(&Self::from_iter([(Ports::ALL, protocols.into())]))
    }

    /// Reads a list as [`FromStr`](#impl-FromStr-for-SpecSet) does, but an item without a transport
    /// protocol is meant on this one alone.
    ///
    /// ```
    /// use port_registry::{SpecSet, Tcp};
    ///
    /// let set = SpecSet::parse_on("22,80,https,53/udp", Tcp)?;
    /// assert_eq!(set.to_string(), "22/tcp,53/udp,80/tcp,443/tcp");
    /// # Ok::<(), port_registry::error::ParseSpecSetError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSpecSetError`] for the first item that is not a specification, that cannot be
    /// resolved, or that is a name which is not registered for the protocol.
    #[inline]
    pub fn parse_on(text: &str, protocol: Protocol) -> Result<Self, ParseSpecSetError> {
        Self::read(text, |item| resolve_text(item, Some(protocol)))
    }

    /// Reads a list, each of its items with this function.
    #[inline]
    pub(crate) fn read(
        text: &str,
        resolve: impl Fn(&str) -> Result<ResolvedSpec, ParseSpecError>,
    ) -> Result<Self, ParseSpecSetError> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Ok(Self::new());
        }
        let is_list = text.contains(',');
        let mut before = "";
        let resolved = text.split(',').zip(1..).map(|(item, position)| {
            let resolved = resolve(item);
            let before = core::mem::replace(&mut before, item);
            resolved.map_err(|cause| match is_list {
                true => ParseSpecSetError::in_list(position, cause).after(before, item),
                false => ParseSpecSetError::alone(cause),
            })
        });
        resolved.collect()
    }
}
