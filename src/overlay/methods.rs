//! What an overlay is made of and asked.

use alloc::vec::Vec;
use core::slice;

use super::names::PortsByName;
use super::spans::NamedSpans;
use super::{InsertNameError, Overlay, UnknownProtocolLine};
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::label::{Label, LabelText, label};
use crate::lookup::{service_by_name, service_name};
use crate::names::{Table, can_be_typed};
use crate::protocols::Protocols;

impl Overlay {
    /// Returns an overlay without names. Every answer is that of the registry, at its speed.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// static NONE: Overlay = Overlay::new();
    /// assert_eq!(NONE.service_name(443, Tcp), Some("https"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self {
            spans: NamedSpans::new(),
            names: PortsByName::new(),
            unknown_protocols: Vec::new(),
        }
    }

    /// Names a port, or a span of ports, on one or several transport protocols. The name is shown
    /// on the ports, and it leads to them: [`port`](Self::port) returns the first of a span.
    ///
    /// A later insertion hides an earlier one, on the ports that both have and under the name that
    /// both give. (The names are kept in order, so an insertion takes the longer the more there are.
    /// For many thousands, read a services text or [`append`](Self::append) overlays.) A name may break the rules of [RFC 6335, section
    /// 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1): it may be any text without control
    /// characters. A name that a line of services(5) cannot hold, because it contains whitespace,
    /// `#` or U+FFFD, is only shown and leads nowhere.
    ///
    /// ```
    /// use port_registry::{Overlay, Ports, Tcp, Udp};
    ///
    /// let mut overlay = Overlay::new();
    /// overlay.insert(Ports::new(5000, 5009).unwrap(), Udp, "video")?;
    /// overlay.insert(5004, Udp, "audio")?;
    /// assert_eq!([5003, 5004, 5005].map(|port| overlay.service_name(port, Udp).unwrap()), ["video", "audio", "video"]);
    /// assert_eq!(overlay.port("video", Udp), Some(5000));
    ///
    /// overlay.insert(8443, [Tcp, Udp], "web")?;
    /// assert_eq!([Tcp, Udp].map(|protocol| overlay.port("web", protocol)), [Some(8443); 2]);
    ///
    /// overlay.insert(51820, Udp, "office vpn")?;
    /// assert_eq!(overlay.service_name(51820, Udp), Some("office vpn"));
    /// assert_eq!(overlay.port("office vpn", Udp), None);
    /// # Ok::<(), port_registry::error::InsertNameError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InsertNameError`] if the name is empty or contains a control character. The overlay then
    /// stays as it was.
    #[inline]
    pub fn insert(
        &mut self,
        ports: impl Into<Ports>,
        protocols: impl Into<Protocols>,
        name: &str,
    ) -> Result<(), InsertNameError> {
        let (ports, protocols) = (ports.into(), protocols.into());
        InsertNameError::check_shown(name)?;
        for protocol in protocols {
            self.spans.insert(ports, protocol, name);
            if can_be_typed(name) {
                self.names.insert(name, protocol, ports);
            }
        }
        Ok(())
    }

    /// Adds another name that leads to a port on one or several transport protocols but is not
    /// shown there.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let mut overlay = Overlay::new();
    /// overlay.insert_alias(443, Tcp, "web")?;
    /// assert_eq!(overlay.port("web", Tcp), Some(443));
    /// assert_eq!(overlay.service_name(443, Tcp), Some("https"));
    /// # Ok::<(), port_registry::error::InsertNameError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InsertNameError`] if the name is empty or if a line of services(5) cannot hold it. The
    /// overlay then stays as it was.
    #[inline]
    pub fn insert_alias(
        &mut self,
        port: u16,
        protocols: impl Into<Protocols>,
        alias: &str,
    ) -> Result<(), InsertNameError> {
        InsertNameError::check_typed(alias)?;
        for protocol in protocols.into() {
            self.names.insert(alias, protocol, port.into());
        }
        Ok(())
    }

    /// Puts another overlay in front of this one, as if all of it were inserted later.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let mut overlay = Overlay::from_services("a 1/tcp\nb 2/tcp").unwrap();
    /// overlay.append(Overlay::from_services("c 2/tcp").unwrap());
    /// assert_eq!([1, 2].map(|port| overlay.service_name(port, Tcp).unwrap()), ["a", "c"]);
    /// ```
    #[inline]
    pub fn append(&mut self, later: Self) {
        self.spans = NamedSpans::of_both(&self.spans, &later.spans);
        // The first of a name holds.
        self.names = PortsByName::of_names(later.names.iter().chain(self.names.iter()));
        self.unknown_protocols.extend(later.unknown_protocols);
    }

    /// Returns the names of the overlay as a table that can be put [in front
    /// of](crate::Names::with) the registry's or the common names. It takes no time: the table
    /// borrows the names. Keep it in a variable for as long as the [`Names`](crate::Names) are used.
    ///
    /// ```
    /// use port_registry::{COMMON, Overlay, Tcp, Udp};
    ///
    /// let mut overlay = Overlay::new();
    /// overlay.insert(9443, Tcp, "admin")?;
    /// let table = overlay.table();
    /// let names = COMMON.with(&table);
    /// assert_eq!(names.label(9443, Tcp).to_string(), "admin");
    /// assert_eq!(names.label(51820, Udp).to_string(), "wireguard");
    /// # Ok::<(), port_registry::error::InsertNameError>(())
    /// ```
    ///
    /// For a whole program:
    ///
    /// ```
    /// use std::sync::LazyLock;
    ///
    /// use port_registry::{COMMON, Names, Overlay, Table, Tcp};
    ///
    /// static OWN: LazyLock<Overlay> = LazyLock::new(|| {
    ///     Overlay::from_services("admin 9443/tcp").unwrap_or_else(|errors| errors.into_overlay())
    /// });
    /// static TABLE: LazyLock<Table<'static>> = LazyLock::new(|| OWN.table());
    ///
    /// fn names() -> Names<'static> {
    ///     COMMON.with(&TABLE)
    /// }
    /// assert_eq!(names().name(9443, Tcp), Some("admin"));
    /// ```
    #[must_use]
    #[inline]
    pub fn table(&self) -> Table<'_> {
        let names = self.names.table();
        Table {
            leads: names.leads,
            lead_names: names.lead_names,
            ..self.spans.table()
        }
    }

    /// Returns whether the overlay has no names, so that every lookup answers as the registry does.
    ///
    /// ```
    /// assert!(port_registry::Overlay::new().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.names.is_empty()
    }

    /// Returns the label of a port: your own name, or else what [`label`](crate::label()) returns.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("admin 9443/tcp").unwrap();
    /// assert_eq!(overlay.label(9443, Tcp).to_string(), "admin");
    /// assert_eq!(format!("{:#}", overlay.label(443, Tcp)), "443(https)");
    /// assert_eq!(overlay.label(51514, Tcp).to_string(), "51514");
    /// ```
    #[must_use]
    #[inline]
    pub fn label(&self, port: u16, protocol: Protocol) -> Label<'_> {
        match self.own_name(port, protocol) {
            None => label(port, protocol),
            Some(own) => Label::new(port, LabelText::Name(own)),
        }
    }

    /// Returns the name of a port: your own, or else that of
    /// [`service_by_port`](crate::service_by_port()), or `None` if there is neither.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("admin 9443/tcp").unwrap();
    /// assert_eq!(overlay.service_name(9443, Tcp), Some("admin"));
    /// assert_eq!(overlay.service_name(443, Tcp), Some("https"));
    /// assert_eq!(overlay.service_name(51514, Tcp), None);
    /// ```
    #[must_use]
    #[inline]
    pub fn service_name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        let registered = || service_name(port, protocol);
        self.own_name(port, protocol).or_else(registered)
    }

    /// Returns the port that a name leads to. This is the port of your own name or alias, or else
    /// the first port of [`service_by_name`](crate::service_by_name()), or `None` if there is
    /// neither. ASCII case is ignored.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp, Udp};
    ///
    /// let overlay = Overlay::from_services("https 8443/tcp").unwrap();
    /// assert_eq!(overlay.port("HTTPS", Tcp), Some(8443));
    /// assert_eq!(overlay.port("https", Udp), Some(443));
    /// assert_eq!(overlay.port("htps", Tcp), None);
    /// ```
    #[must_use]
    #[inline]
    pub fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        if !self.names.is_empty() {
            let own = self.names.port(name, protocol);
            if own.is_some() {
                return own;
            }
        }
        service_by_name(name, protocol)?.port()
    }

    /// Returns an iterator over the lines of services(5) texts whose protocol is not one of the
    /// registry's, in their order. Lookups pass over these lines, and they are not errors. If you
    /// expect only the registry's protocols, report each of them as a mistake.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("rtmp 1/ddp\nadmin 9443/tpc").unwrap();
    /// assert_eq!(overlay.port("admin", Tcp), None);
    ///
    /// let lines = overlay.unknown_protocols();
    /// let warnings = lines.map(|line| format!("line {}: unknown protocol `{}`", line.line(), line.protocol()));
    /// assert!(warnings.eq(["line 1: unknown protocol `ddp`", "line 2: unknown protocol `tpc`"]));
    /// ```
    #[inline]
    pub fn unknown_protocols(&self) -> slice::Iter<'_, UnknownProtocolLine> {
        self.unknown_protocols.iter()
    }

    #[inline]
    fn own_name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        // This way an empty overlay costs one comparison.
        if self.spans.is_empty() {
            return None;
        }
        self.spans.name(port, protocol)
    }
}
