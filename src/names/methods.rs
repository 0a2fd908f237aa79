//! Which name is in force on a port, and where a name leads.

use super::Names;
use super::table::Table;
use crate::flow::{End, Flow};
use crate::format::table::common_names::Shown;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortRange;
use crate::label::{Label, LabelText};
use crate::lookup::{service_by_name, service_by_port};
use crate::service::Service;

/// The first port that Linux takes for a client by default, `ip_local_port_range` in
/// <https://docs.kernel.org/networking/ip-sysctl.html>.
const FIRST_EPHEMERAL: u16 = 32768;

/// What the names in force say of a port.
#[derive(Clone, Copy)]
pub(crate) enum Answer<'a> {
    Own(&'a str),
    Common(&'static str),
    /// Several uses are common, so the number is shown.
    Contested,
    Registered(Service),
    Nothing,
}

impl<'a> Names<'a> {
    /// How many tables can be put in front of one another.
    ///
    /// ```
    /// assert_eq!(port_registry::Names::MOST_TABLES, 4);
    /// ```
    pub const MOST_TABLES: usize = 4;

    /// Returns these names with a table of your own in front of them.
    ///
    /// Several tables can be put in front of one another, such as one of the program and one of its
    /// user: the last stands in front. Of more than [`Names::MOST_TABLES`] tables, the first ones
    /// given are no longer asked. To put many together, join them in an `Overlay`.
    ///
    /// ```
    /// use port_registry::{COMMON, Table, Tcp, table};
    ///
    /// static OURS: Table = table![9443/tcp "admin", 9444/tcp "status"];
    /// static THEIRS: Table = table![9443/tcp "console"];
    /// let names = COMMON.with(&OURS).with(&THEIRS);
    /// assert_eq!(names.name(9443, Tcp), Some("console"));
    /// assert_eq!(names.name(9444, Tcp), Some("status"));
    /// assert_eq!(names.name(3128, Tcp), Some("squid"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn with(self, own: &'a Table<'a>) -> Self {
        let [first, second, third, _] = self.own;
        Self {
            own: [Some(own), first, second, third],
            ..self
        }
    }

    /// Returns the name by which a port is shown, or `None` if there is none and the number is
    /// shown: no table has a name for the port and the registry has no service there, or the port
    /// is [contested](crate::CommonKind::Contested) among common uses.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp};
    ///
    /// assert_eq!(COMMON.name(9092, Tcp), Some("kafka"));
    /// assert_eq!(COMMON.name(8000, Tcp), None);
    /// ```
    #[must_use]
    #[inline(always)]
    pub const fn name(self, port: u16, on: Protocol) -> Option<&'a str> {
        self.answer(port, on).text().name()
    }

    /// Returns the label of a port: its [name](Self::name), or its number if it has none.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp, Udp};
    ///
    /// assert_eq!(COMMON.label(6443, Tcp).to_string(), "kube-apiserver");
    /// assert_eq!(COMMON.label(51514, Udp).to_string(), "51514");
    /// assert_eq!(format!("{:#}", COMMON.label(3128, Tcp)), "3128(squid)");
    /// ```
    #[must_use]
    #[inline]
    pub const fn label(self, port: u16, on: Protocol) -> Label<'a> {
        Label::new(port, self.answer(port, on).text())
    }

    /// Returns which end of a conversation is the server and the name of its port, as
    /// [`flow`](crate::flow()) does, which explains the limits of such a guess. Neither the
    /// direction nor which end asked first matters.
    ///
    /// Each port is ranked, and the lower rank is the server:
    ///
    /// | rank | port |
    /// |---|---|
    /// | 1 | has a name of your own |
    /// | 2 | assigned by the registry or in common use, in the [System range](PortRange::System) |
    /// | 3 | in common use in the [User range](PortRange::User), or assigned by the registry below 32768 |
    /// | 4 | in common use, in the [Dynamic range](PortRange::Dynamic) |
    /// | 5 | assigned by the registry from 32768 on, where Linux takes ephemeral ports from |
    /// | 6 | [contested](crate::CommonKind::Contested), in the Dynamic range |
    /// | 7 | any other below 49152 |
    /// | 8 | any other in the Dynamic range |
    ///
    /// On a tie the lower number is the server. (40000 is assigned, to `safetynetp`. As the other
    /// end of a conversation with 51820 it is far more likely an ephemeral port.)
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp, Udp};
    ///
    /// assert_eq!(COMMON.flow(51820, 40000, Udp).to_string(), "wireguard 40000->51820");
    /// assert_eq!(COMMON.flow(51820, 443, Udp).to_string(), "https 51820->443");
    /// assert_eq!(COMMON.flow(40000, 3128, Tcp).name(), Some("squid"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn flow(self, source: u16, destination: u16, on: Protocol) -> Flow<'a> {
        Flow::between_ends(self.end(source, on), self.end(destination, on))
    }

    #[inline]
    const fn end(self, port: u16, on: Protocol) -> End<'a> {
        let answer = self.answer(port, on);
        let rank = match (&answer, PortRange::of(port)) {
            (Answer::Own(_), _) => 1,
            (Answer::Nothing, PortRange::System | PortRange::User) => 7,
            (Answer::Nothing, PortRange::Dynamic) => 8,
            (_, PortRange::System) => 2,
            (Answer::Registered(_), PortRange::User) if port >= FIRST_EPHEMERAL => 5,
            (_, PortRange::User) => 3,
            (Answer::Contested, PortRange::Dynamic) => 6,
            (_, PortRange::Dynamic) => 4,
        };
        End {
            port,
            text: answer.text(),
            rank,
        }
    }

    /// (Inlined, so that the compiler sees of a constant what it has.)
    #[inline(always)]
    pub(crate) const fn answer(self, port: u16, on: Protocol) -> Answer<'a> {
        if let Some(own) = self.own_name(port, on) {
            return Answer::Own(own);
        }
        if let Some(common) = self.common {
            match common.shown(port, on) {
                Shown::Name(name) => return Answer::Common(common.text(name)),
                Shown::Number => return Answer::Contested,
                Shown::Nothing => {}
            }
        }
        match service_by_port(port, on) {
            Some(service) => Answer::Registered(service),
            None => Answer::Nothing,
        }
    }

    /// The first table is asked where this stands, so that the compiler sees of a constant what it
    /// has.
    #[inline(always)]
    const fn own_name(self, port: u16, on: Protocol) -> Option<&'a str> {
        match self.own {
            [None, ..] => None,
            [Some(first), None, ..] => first.name(port, on),
            [Some(first), Some(second), third, fourth] => {
                let name = first.name(port, on);
                if name.is_some() {
                    return name;
                }
                further_name([Some(second), third, fourth], port, on)
            }
        }
    }

    /// Returns the port that a name leads to on a transport protocol: the first, if the name stands
    /// for a span. It is the port of your own name, else that of the common name, else that of
    /// [`service_by_name`](crate::service_by_name()), or `None` if there is none. ASCII case is
    /// ignored.
    ///
    /// ```
    /// use port_registry::{COMMON, IANA, Tcp, Udp};
    ///
    /// assert_eq!(COMMON.port("RDP", Tcp), Some(3389));
    /// assert_eq!(COMMON.port("domain", Udp), Some(53));
    /// assert_eq!(COMMON.port("wireguard", Tcp), None);
    /// assert_eq!(IANA.port("rdp", Tcp), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn port(self, name: &str, on: Protocol) -> Option<u16> {
        match self.ports(name, on) {
            Some(ports) => Some(ports.first()),
            None => None,
        }
    }

    /// The ports that a name leads to on a transport protocol.
    #[inline]
    pub(crate) const fn ports(self, name: &str, on: Protocol) -> Option<Ports> {
        match self.listed_ports(name, on) {
            Some(ports) => Some(ports),
            None => match service_by_name(name, on) {
                Some(service) => service.ports(),
                None => None,
            },
        }
    }

    /// The ports that a name leads to in a table in front of the registry.
    #[inline]
    pub(super) const fn listed_ports(self, name: &str, on: Protocol) -> Option<Ports> {
        let mut place = 0;
        while place < Self::MOST_TABLES {
            let Some(table) = self.own[place] else {
                break;
            };
            let ports = table.ports(name, on);
            if ports.is_some() {
                return ports;
            }
            place += 1;
        }
        let Some(common) = self.common else {
            return None;
        };
        match common.find(name.as_bytes()) {
            Some(name) => common.ports(name, on),
            None => None,
        }
    }
}

/// The name of a port in the tables behind the first. Few programs have any.
#[cold]
#[inline(never)]
const fn further_name<'a>(
    tables: [Option<&'a Table<'a>>; Names::MOST_TABLES - 1],
    port: u16,
    on: Protocol,
) -> Option<&'a str> {
    let mut place = 0;
    while place < tables.len() {
        let Some(table) = tables[place] else {
            break;
        };
        let name = table.name(port, on);
        if name.is_some() {
            return name;
        }
        place += 1;
    }
    None
}

impl<'a> Answer<'a> {
    #[inline]
    pub(crate) const fn text(self) -> LabelText<'a> {
        match self {
            Self::Own(name) => LabelText::Name(name),
            Self::Common(name) => LabelText::Name(name),
            Self::Registered(service) => LabelText::Service(service),
            Self::Contested | Self::Nothing => LabelText::Number,
        }
    }

    /// Whether both show the same, and for the same reason if it is the number.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(crate) fn shows_as(self, other: Self) -> bool {
        let is_contested = |answer: Self| matches!(answer, Self::Contested);
        self.text() == other.text() && is_contested(self) == is_contested(other)
    }
}
