//! The columns that services and records share, written once for both handles.

/// Gives a handle around a [`Row`](crate::tables::Row) the columns of the registry. The
/// documentation's examples use `$example`, an expression of the type for port 443 on tcp.
macro_rules! columns {
    ($handle:ident, $example:literal) => {
        impl $handle {
            /// Returns the port numbers, or `None` for a record without any (registry column "Port
            /// Number"). Services found through DNS-SD,
            /// [RFC 6763](https://www.rfc-editor.org/info/rfc6763), need no port number.
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.ports().unwrap().to_string(), "443");
            /// ```
            #[must_use]
            #[inline]
            pub const fn ports(self) -> Option<Ports> {
                self.0.ports()
            }

            /// Returns the first of the port numbers, or `None` for a record without any.
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.port(), Some(443));
            /// ```
            #[must_use]
            #[inline]
            pub const fn port(self) -> Option<u16> {
                match self.ports() {
                    Some(ports) => Some(ports.first()),
                    None => None,
                }
            }

            /// Returns the transport protocol, or `None` where the registry names none (registry
            /// column "Transport Protocol"). A record without one holds for every protocol.
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.protocol(), Some(port_registry::Tcp));
            /// ```
            #[must_use]
            #[inline]
            pub const fn protocol(self) -> Option<Protocol> {
                self.0.shape().protocol()
            }

            /// Returns the transport protocols that the record holds for: its own, or all four if
            /// it has none of its own.
            ///
            /// ```
            /// use port_registry::{Protocols, Tcp, record_by_port};
            ///
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.protocols(), Protocols::one(Tcp));
            ///
            /// let unassigned = record_by_port(81, Tcp).unwrap();
            /// assert_eq!((unassigned.protocol(), unassigned.protocols()), (None, Protocols::ALL));
            /// ```
            #[must_use]
            #[inline]
            pub const fn protocols(self) -> Protocols {
                match self.protocol() {
                    Some(protocol) => Protocols::one(protocol),
                    None => Protocols::ALL,
                }
            }

            /// Returns whether the record holds for a transport protocol, because it names this
            /// protocol or names none.
            ///
            /// ```
            /// use port_registry::{Tcp, Udp};
            ///
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert!(row.covers_protocol(Tcp) && !row.covers_protocol(Udp));
            /// ```
            #[must_use]
            #[inline]
            pub const fn covers_protocol(self, protocol: Protocol) -> bool {
                self.0.shape().covers_protocol(protocol)
            }

            /// Returns whether the record holds for a port on a transport protocol. The port must
            /// be one of its port numbers, and the record must name this protocol or none.
            ///
            /// ```
            /// use port_registry::{Tcp, Udp};
            ///
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert!(row.covers(443, Tcp));
            /// assert!(!row.covers(443, Udp));
            /// ```
            #[must_use]
            #[inline]
            pub const fn covers(self, port: u16, protocol: Protocol) -> bool {
                let on_port = match self.ports() {
                    None => false,
                    Some(ports) => ports.contains(port),
                };
                self.0.shape().covers_protocol(protocol) && on_port
            }

            /// Returns the description, or `""` where the registry leaves it empty (registry column
            /// "Description"). Line breaks are kept or folded as in IANA's CSV. References in this
            /// text and the others stand in square brackets.
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.description(), "http protocol over TLS/SSL");
            /// ```
            #[must_use]
            #[inline]
            pub const fn description(self) -> &'static str {
                tables::DESCRIPTIONS.get(tables::DESCRIBED.of(self.0.position()))
            }

            /// Returns the assignees, in the order of the registry (registry column "Assignee"). If
            /// the registry names no assignee, these are the contacts.
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.assignees().next().unwrap().id(), "IESG");
            /// ```
            #[inline]
            pub fn assignees(self) -> RecordContacts {
                RecordContacts(self.0.assignees().iter())
            }

            /// Returns the contacts, in the order of the registry (registry column "Contact").
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.contacts().next().unwrap().id(), "IETF_Chair");
            /// ```
            #[inline]
            pub fn contacts(self) -> RecordContacts {
                RecordContacts(self.0.contacts().iter())
            }

            /// Returns when the record was registered, or `None` where the registry gives no date
            /// (registry column "Registration Date").
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.registered(), None);
            /// ```
            #[must_use]
            #[inline]
            pub const fn registered(self) -> Option<Date> {
                match tables::REGISTERED.get(self.0.index()) {
                    Some(number) => tables::date(number),
                    None => None,
                }
            }

            /// Returns when the record was last modified, or `None` where the registry gives no
            /// date (registry column "Modification Date").
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.modified().unwrap().to_string(), "2021-10-01");
            /// ```
            #[must_use]
            #[inline]
            pub const fn modified(self) -> Option<Date> {
                match tables::MODIFIED.get(self.0.index()) {
                    Some(number) => tables::date(number),
                    None => None,
                }
            }

            /// Returns the documents that the record cites, in the order of the registry
            /// (registry column "Reference").
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.references().next().unwrap().text(), "RFC9110");
            /// ```
            #[inline]
            pub fn references(self) -> References {
                References(self.0.references().iter())
            }

            /// Returns the DCCP service code, or `None` if there is none (registry column "Service
            /// Code";
            /// [RFC 4340, section 8.1.2](https://www.rfc-editor.org/rfc/rfc4340#section-8.1.2)).
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.service_code(), None);
            /// ```
            #[must_use]
            #[inline]
            pub const fn service_code(self) -> Option<u32> {
                tables::SERVICE_CODES.get(self.0.index())
            }

            /// Returns what was reported about unauthorized use of the port numbers, or `None` if
            /// nothing was reported (registry column "Unauthorized Use Reported").
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.unauthorized_use(), None);
            /// ```
            #[must_use]
            #[inline]
            pub const fn unauthorized_use(self) -> Option<&'static str> {
                tables::UNAUTHORIZED_USE.get(self.0.index())
            }

            /// Returns the assignment note, or `None` if there is none (registry column "Assignment
            /// Notes").
            ///
            /// ```
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.note(), None);
            /// ```
            #[must_use]
            #[inline]
            pub const fn note(self) -> Option<&'static str> {
                tables::NOTE.get(self.0.index())
            }

            /// Returns the text of a column, as IANA's CSV has it.
            ///
            /// ```
            /// use port_registry::Column;
            ///
            #[doc = concat!("let row = port_registry::", $example, ";")]
            /// assert_eq!(row.column(Column::Reference).to_string(), "[RFC9110]");
            /// assert_eq!(row.column(Column::AssignmentNotes).to_string(), "");
            /// ```
            #[must_use]
            #[inline]
            pub const fn column(self, column: Column) -> Cell {
                Cell::of(Record::of_row(self.0), column)
            }

            #[inline]
            fn fmt_columns(self, debug: &mut fmt::DebugStruct<'_, '_>) -> fmt::Result {
                #[inline]
                fn list<'a, T: Iterator<Item = &'a str> + Clone>(items: T) -> List<T> {
                    List(items)
                }
                debug.field("ports", &DisplayOr(self.ports()));
                debug.field("protocol", &DisplayOr(self.protocol()));
                debug.field("description", &self.description());
                debug.field("assignees", &list(self.assignees().map(Contact::id)));
                debug.field("contacts", &list(self.contacts().map(Contact::id)));
                debug.field("registered", &DisplayOr(self.registered()));
                debug.field("modified", &DisplayOr(self.modified()));
                debug.field("references", &list(self.references().map(Reference::text)));
                debug.field("service_code", &DisplayOr(self.service_code()));
                debug.field("unauthorized_use", &self.unauthorized_use());
                debug.field("note", &self.note());
                debug.finish()
            }
        }

        /// In the order of the registry.
        impl Ord for $handle {
            #[inline]
            fn cmp(&self, other: &Self) -> core::cmp::Ordering {
                self.0.position().cmp(&other.0.position())
            }
        }

        impl PartialOrd for $handle {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

pub(crate) use columns;

use core::fmt;

/// A list of texts as `Debug` shows it.
pub(crate) struct List<T>(pub(crate) T);

impl<'a, T: Iterator<Item = &'a str> + Clone> fmt::Debug for List<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone()).finish()
    }
}

/// A value that `Debug` shows as `Display` does, or `None`.
pub(crate) struct DisplayOr<T>(pub(crate) Option<T>);

impl<T: fmt::Display> fmt::Debug for DisplayOr<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => write!(f, "{value}"),
            None => f.write_str("None"),
        }
    }
}
