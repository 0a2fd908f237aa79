//! Tables of names as constants, checked by the compiler.
#![allow(
    clippy::result_large_err,
    reason = "an error holds its whole message, and no program that compiles ever has one"
)]

use core::cmp::Ordering;

use super::admitted::{can_be_shown, can_be_typed};
use super::table::{Lead, Span, Table, order_of_leads, same_text};
use super::texts::NameTexts;
use crate::format::table::blocks::Blocks;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// Sorts places by Shell's method, which is short and needs no memory: constants cannot call the
/// sorts of the standard library.
macro_rules! sort {
    ($count:expr, |$one:ident, $other:ident| { is_before: $is_before:expr, swap: $swap:block, }) => {
        let mut gap = $count / 2;
        while gap > 0 {
            let mut start = gap;
            while start < $count {
                let mut place = start;
                while place >= gap {
                    let ($one, $other) = (place, place - gap);
                    if !$is_before {
                        break;
                    }
                    $swap
                    place -= gap;
                }
                start += 1;
            }
            gap /= 2;
        }
    };
}

/// Makes a [`Table`](crate::Table) of names of one's own, which the compiler checks. It needs no
/// allocator, and its names are `&'static str`.
///
/// Each entry is `PORT/PROTOCOL "name"` or `FIRST-LAST/PROTOCOL "name"`; several protocols are
/// joined by `|`. The name is shown on the ports. It may be any text without control characters. If
/// a services file can hold it, which excludes spaces and `#`, it can be typed too and leads to the
/// ports. Further names may follow that are only typed.
///
/// ```
/// use port_registry::{IANA, Names, Table, Tcp, Udp, table};
///
/// static OWN: Table = table![
///     8000-8010/tcp "workers",
///     9443/tcp "admin",
///     51820/tcp|udp "office vpn" "vpn",
/// ];
/// const NAMES: Names = IANA.with(&OWN);
///
/// const VPN: Option<&'static str> = NAMES.name(51820, Udp);
/// assert_eq!(VPN, Some("office vpn"));
/// assert_eq!(NAMES.port("vpn", Tcp), Some(51820));
/// assert_eq!(NAMES.port("office vpn", Tcp), None);
/// ```
///
/// What is wrong in a table fails to compile, with a message that says so: a name with a control
/// character, a further name that cannot be typed, a port number above 65535, a reversed span, an
/// unknown transport protocol, a name that could be typed and stands twice on one protocol, and a
/// port that has two names.
///
/// ```compile_fail
/// // name `admin` stands twice on tcp, expected once
/// static OWN: port_registry::Table = port_registry::table![9443/tcp "admin", 9444/tcp "admin"];
/// ```
#[macro_export]
macro_rules! table {
    () => {
        $crate::Table::EMPTY
    };
    ($(
        $first:literal $(- $last:literal)? / $($protocol:ident)|+ $name:literal $($further:literal)*
    ),+ $(,)?) => {{
        const ENTRIES: &[$crate::__Entry<'static>] = &[$($crate::__Entry {
            place: ::core::concat!(
                ::core::stringify!($first)
                $(, "-", ::core::stringify!($last))?
                $(, "/", ::core::stringify!($protocol))+
            ),
            ports: &[$first $(, $last)?],
            protocols: &[$(::core::stringify!($protocol)),+],
            name: $name,
            further: &[$($further),*],
        }),+];
        const SPANS: usize = $crate::__Entry::spans(ENTRIES);
        const LEADS: usize = $crate::__Entry::leads(ENTRIES);
        // A long table takes the compiler a moment, and this is no sign of an endless loop.
        #[allow(long_running_const_eval)]
        static BUILT: $crate::__Built<SPANS, LEADS> = match $crate::__Built::of(ENTRIES) {
            ::core::result::Result::Ok(built) => built,
            ::core::result::Result::Err(ref fault) => ::core::panic!("{}", fault.text()),
        };
        BUILT.table()
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "expected entries such as 9443/tcp \"admin\", 8000-8010/tcp|udp \"workers\""
        )
    };
}

/// An entry of [`table!`]. It is not part of the public interface.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct __Entry<'a> {
    /// The ports and protocols, for messages.
    pub place: &'a str,
    /// One port, or the first and the last.
    pub ports: &'a [u32],
    pub protocols: &'a [&'a str],
    pub name: &'a str,
    /// Names that are only typed.
    pub further: &'a [&'a str],
}

impl __Entry<'_> {
    /// How many spans a table of these has.
    #[must_use]
    pub const fn spans(entries: &[Self]) -> usize {
        let (mut count, mut rest) = (0, entries);
        while let [entry, after @ ..] = rest {
            count += entry.protocols.len();
            rest = after;
        }
        count
    }

    /// How many names a table of these has, one that stands on two protocols counted twice.
    #[must_use]
    pub const fn leads(entries: &[Self]) -> usize {
        let (mut count, mut rest) = (0, entries);
        while let [entry, after @ ..] = rest {
            count += entry.protocols.len() * (1 + entry.further.len());
            rest = after;
        }
        count
    }
}

/// What [`table!`] expands to. It is not part of the public interface.
#[doc(hidden)]
#[derive(Debug)]
pub struct __Built<const SPANS: usize, const LEADS: usize> {
    blocks: Blocks,
    spans: [Span; SPANS],
    span_names: [&'static str; SPANS],
    leads: [Lead; LEADS],
    lead_names: [&'static str; LEADS],
    /// How many of the leads have a name that can be typed. The others stand behind them.
    typed: usize,
}

impl<const SPANS: usize, const LEADS: usize> __Built<SPANS, LEADS> {
    /// Checks the entries and brings them into order.
    ///
    /// # Errors
    ///
    /// What is wrong with the first that is wrong.
    #[inline]
    pub const fn of(entries: &[__Entry<'static>]) -> Result<Self, __Fault> {
        let mut built = Self {
            blocks: Blocks::NONE,
            spans: [Span::new(Ports::one(0), Protocol::Tcp); SPANS],
            span_names: [""; SPANS],
            leads: [Lead {
                protocol: Protocol::Tcp,
                ports: Ports::one(0),
            }; LEADS],
            lead_names: [""; LEADS],
            typed: 0,
        };
        let (mut span, mut lead, mut rest) = (0, 0, entries);
        while let [entry, after @ ..] = rest {
            let ports = match ports(entry) {
                Ok(ports) => ports,
                Err(fault) => return Err(fault),
            };
            if let Err(fault) = check_names(entry) {
                return Err(fault);
            }
            let mut protocols = entry.protocols;
            while let [word, others @ ..] = protocols {
                let Some(protocol) = Protocol::of_word(word.as_bytes()) else {
                    return Err(__Fault::of(&[
                        "unknown transport protocol `",
                        word,
                        "`, expected `tcp`, `udp`, `sctp` or `dccp`",
                    ]));
                };
                built.blocks.insert(ports, protocol);
                built.spans[span] = Span::new(ports, protocol);
                built.span_names[span] = entry.name;
                span += 1;
                let mut further = entry.further;
                let mut name = entry.name;
                loop {
                    built.leads[lead] = Lead { protocol, ports };
                    built.lead_names[lead] = name;
                    lead += 1;
                    let [next, others @ ..] = further else {
                        break;
                    };
                    name = next;
                    further = others;
                }
                protocols = others;
            }
            rest = after;
        }
        built.sort_spans();
        built.sort_leads();
        if let Some(fault) = built.overlap() {
            return Err(fault);
        }
        if let Some(fault) = built.name_twice() {
            return Err(fault);
        }
        built.put_typed_first();
        Ok(built)
    }

    /// The table that lookups read.
    #[must_use]
    #[inline]
    pub const fn table(&'static self) -> Table<'static> {
        let leads: &[Lead] = &self.leads;
        let (leads, _) = leads.split_at(self.typed);
        Table {
            blocks: &self.blocks,
            spans: &self.spans,
            span_names: NameTexts::Constant(&self.span_names),
            leads,
            lead_names: NameTexts::Constant(&self.lead_names),
        }
    }

    const fn sort_spans(&mut self) {
        sort!(SPANS, |one, other| {
            is_before: self.spans[one].is_before(self.spans[other]),
            swap: {
                self.spans.swap(one, other);
                self.span_names.swap(one, other);
            },
        });
    }

    const fn sort_leads(&mut self) {
        sort!(LEADS, |one, other| {
            is_before: matches!(self.order_of_leads(one, other), Ordering::Less),
            swap: {
                self.leads.swap(one, other);
                self.lead_names.swap(one, other);
            },
        });
    }

    const fn order_of_leads(&self, one: usize, other: usize) -> Ordering {
        order_of_leads(
            (self.lead_names[one], self.leads[one].protocol),
            (self.lead_names[other], self.leads[other].protocol),
        )
    }

    /// A port with two names, if there is one.
    const fn overlap(&self) -> Option<__Fault> {
        let mut place = 1;
        while place < SPANS {
            let (before, span) = (self.spans[place - 1], self.spans[place]);
            let is_same = before.protocol() as u8 == span.protocol() as u8;
            let is_repeated = same_span(before, span)
                && same_text(self.span_names[place - 1], self.span_names[place]);
            if is_same && is_repeated {
                return Some(__Fault::of(&[
                    "the ports of `",
                    self.span_names[place],
                    "` stand twice on ",
                    span.protocol().as_str(),
                    ", expected once",
                ]));
            }
            if is_same && span.ports().first() <= before.last {
                return Some(__Fault::of(&[
                    "the ports of `",
                    self.span_names[place],
                    "` on ",
                    span.protocol().as_str(),
                    " are also those of `",
                    self.span_names[place - 1],
                    "`, expected one name for a port",
                ]));
            }
            place += 1;
        }
        None
    }

    /// A name that stands twice on a protocol, if there is one.
    const fn name_twice(&self) -> Option<__Fault> {
        let mut place = 1;
        while place < LEADS {
            if matches!(self.order_of_leads(place - 1, place), Ordering::Equal)
                && can_be_typed(self.lead_names[place])
            {
                return Some(__Fault::of(&[
                    "name `",
                    self.lead_names[place],
                    "` stands twice on ",
                    self.leads[place].protocol.as_str(),
                    ", expected once",
                ]));
            }
            place += 1;
        }
        None
    }

    /// Puts the names that can be typed in front, in the order that they have.
    const fn put_typed_first(&mut self) {
        let mut place = 0;
        while place < LEADS {
            if can_be_typed(self.lead_names[place]) {
                self.leads.swap(self.typed, place);
                self.lead_names.swap(self.typed, place);
                self.typed += 1;
            }
            place += 1;
        }
    }
}

const fn same_span(one: Span, other: Span) -> bool {
    one.ports().same(other.ports())
}

/// The ports of an entry.
const fn ports(entry: &__Entry<'_>) -> Result<Ports, __Fault> {
    let (first, last) = match entry.ports {
        [port] => (*port, *port),
        [first, last] => (*first, *last),
        _ => return Err(__Fault::of(&["no port number, expected one or two"])),
    };
    if first > u16::MAX as u32 || last > u16::MAX as u32 {
        return Err(__Fault::of(&[
            "port number above 65535 in `",
            entry.place,
            "`, expected 0 to 65535",
        ]));
    }
    match Ports::new(first as u16, last as u16) {
        Some(ports) => Ok(ports),
        None => Err(__Fault::of(&[
            "reversed span in `",
            entry.place,
            "`, expected the lower port number first",
        ])),
    }
}

const fn check_names(entry: &__Entry<'_>) -> Result<(), __Fault> {
    if !can_be_shown(entry.name) {
        return Err(__Fault::of(&[
            "invalid name of `",
            entry.place,
            "`, expected one or more characters without control characters",
        ]));
    }
    let mut further = entry.further;
    while let [name, others @ ..] = further {
        if !can_be_typed(name) {
            return Err(__Fault::of(&[
                "invalid further name `",
                name,
                "` of `",
                entry.place,
                "`, expected one or more characters without spaces, `#` and control characters",
            ]));
        }
        further = others;
    }
    Ok(())
}

/// What is wrong in a table. It is not part of the public interface.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct __Fault {
    text: [u8; Self::LONGEST],
    length: usize,
}

impl __Fault {
    const LONGEST: usize = 256;

    /// The parts one after the other, up to the longest text.
    const fn of(parts: &[&str]) -> Self {
        let mut fault = Self {
            text: [0; Self::LONGEST],
            length: 0,
        };
        let mut parts = parts;
        while let [part, others @ ..] = parts {
            let mut bytes = part.as_bytes();
            while let [byte, after @ ..] = bytes {
                if fault.length == Self::LONGEST {
                    return fault;
                }
                // A control character, which a name may hold here, and a cut one are not shown.
                fault.text[fault.length] = if byte.is_ascii_control() { b'?' } else { *byte };
                fault.length += 1;
                bytes = after;
            }
            parts = others;
        }
        fault
    }

    /// The message.
    #[must_use]
    pub const fn text(&self) -> &str {
        let bytes: &[u8] = &self.text;
        match bytes.split_at_checked(self.length) {
            Some((text, _)) => match core::str::from_utf8(text) {
                Ok(text) => text,
                Err(_) => "a name is wrong, expected text",
            },
            None => "",
        }
    }
}
