//! Reads text in the form of services(5) as the C library glibc does, but reports what is wrong.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Overlay;
use super::error::{ParseServicesError, ParseServicesLineError, ParseServicesLineErrorKind};
use super::names::PortsByName;
use super::spans::NamedSpans;
use crate::format::ascii::decimal;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::names::can_be_typed;

impl Overlay {
    /// Reads text in the form of services(5), the form of `/etc/services`:
    /// `NAME PORT/PROTOCOL ALIAS… # COMMENT`.
    ///
    /// It is read as glibc reads it: spaces, tabs and the like separate words, a `#` anywhere
    /// begins a comment, and lines end in LF or CRLF. If two lines name one port or give one name,
    /// **the first line holds**. The name is shown on the port; the aliases lead to it too.
    ///
    /// It differs from glibc in these points: the case of names and of `tcp`, `udp`, `sctp` and
    /// `dccp` is ignored, and a byte order mark at the start is skipped. Some things that glibc
    /// accepts are errors: a missing protocol, a number in hexadecimal or octal, with a sign or
    /// modulo 65,536, and characters that nobody sees (control characters, no-break spaces).
    ///
    /// A line may also name a span of ports, `NAME 6000-6063/PROTOCOL`, as in the files of
    /// Wireshark. The C library passes over such a line. Where a span and another line name one port,
    /// the first line holds there, too, and a name that stands for a span leads to its first port:
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("admin 8005/tcp\nworkers 8000-8010/tcp pool\n")?;
    /// let names = [8004, 8005, 8006].map(|port| overlay.service_name(port, Tcp));
    /// assert_eq!(names, [Some("workers"), Some("admin"), Some("workers")]);
    /// assert_eq!(overlay.port("pool", Tcp), Some(8000));
    /// # Ok::<(), port_registry::error::ParseServicesError>(())
    /// ```
    ///
    /// Services files also have lines with another protocol, such as `ddp`, so these are not
    /// errors. Lookups pass over them, but [`Overlay::unknown_protocols`] keeps them. It also keeps
    /// a line whose protocol is mistyped, such as `admin 9443/tpc`. To refuse these, look there:
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("admin\t9443/tcp console # ours\r\n")?;
    /// assert_eq!(overlay.service_name(9443, Tcp), Some("admin"));
    /// assert_eq!(overlay.port("console", Tcp), Some(9443));
    /// assert!(overlay.unknown_protocols().next().is_none(), "a line without effect");
    /// # Ok::<(), port_registry::error::ParseServicesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseServicesError`], which holds every error of every line and the overlay of the lines
    /// without one. To go on with that overlay, call
    /// [`into_overlay`](ParseServicesError::into_overlay).
    #[inline]
    pub fn from_services(text: &str) -> Result<Self, ParseServicesError> {
        let mut errors = Vec::new();
        let mut lines = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            lines.extend(Line::read(number, line, &mut errors));
        }
        let overlay = Self::of_lines(lines);
        if errors.is_empty() {
            Ok(overlay)
        } else {
            Err(ParseServicesError {
                errors: errors.into(),
                overlay: Box::new(overlay),
            })
        }
    }

    /// The overlay of these lines. The first line of a port holds, and of a name.
    #[inline]
    fn of_lines<'a>(lines: Vec<Line<'a, impl Iterator<Item = &'a str> + Clone>>) -> Self {
        let protocol = |line: &Line<'_, _>| Protocol::of_word(line.protocol.as_bytes());
        let known = lines
            .iter()
            .filter_map(|line| Some((line, protocol(line)?)));
        let named = |(line, protocol): (&Line<'a, _>, _)| (line.ports, protocol, line.name);
        let spans = NamedSpans::of_lines(known.clone().map(named));
        let names = known.flat_map(|(line, protocol)| {
            let names = [line.name].into_iter().chain(line.aliases.clone());
            names.map(move |name| (name, protocol, line.ports))
        });
        let names = PortsByName::of_names(names);
        let unknown = lines.into_iter().filter(|line| protocol(line).is_none());
        Self {
            spans,
            names,
            unknown_protocols: unknown.map(UnknownProtocolLine::from).collect(),
        }
    }
}

/// A line without an error.
struct Line<'a, Aliases> {
    number: usize,
    name: &'a str,
    ports: Ports,
    protocol: &'a str,
    aliases: Aliases,
}

impl<'a> Line<'a, ()> {
    /// Reads a line. `None` if it is empty or one of its words is wrong.
    #[inline]
    fn read(
        number: usize,
        line: &'a str,
        errors: &mut Vec<ParseServicesLineError>,
    ) -> Option<Line<'a, impl Iterator<Item = &'a str> + Clone + use<'a>>> {
        let (data, _comment) = line.split_once('#').unwrap_or((line, ""));
        let mut words = data.split(is_space).filter(|word| !word.is_empty());
        let name = words.next()?;
        let Some(place) = words.next() else {
            let kind = ParseServicesLineErrorKind::MissingPort;
            errors.push(ParseServicesLineError::new(number, name, kind));
            return None;
        };
        let count = errors.len();
        let mut refuse = |word, kind| errors.push(ParseServicesLineError::new(number, word, kind));
        let all = [name, place].into_iter().chain(words.clone());
        for word in all.filter(|word| !can_be_typed(word)) {
            refuse(word, ParseServicesLineErrorKind::InvalidCharacter);
        }
        let place = read_place(place).map_err(|kind| refuse(place, kind));
        let (ports, protocol) = place.ok().filter(|_| errors.len() == count)?;
        Some(Line {
            number,
            name,
            ports,
            protocol,
            aliases: words,
        })
    }
}

/// What separates words in the C locale.
#[inline]
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

/// The ports and the protocol of `PORT/PROTOCOL` or `PORT-PORT/PROTOCOL`.
#[inline]
fn read_place(word: &str) -> Result<(Ports, &str), ParseServicesLineErrorKind> {
    let (ports, protocol) = word.split_once('/').unwrap_or((word, ""));
    let ports = read_ports(ports)?;
    // Several slashes count as one.
    match protocol.trim_start_matches('/') {
        "" => Err(ParseServicesLineErrorKind::MissingProtocol),
        protocol => Ok((ports, protocol)),
    }
}

#[inline]
fn read_ports(text: &str) -> Result<Ports, ParseServicesLineErrorKind> {
    let Some((first, last)) = text.split_once('-') else {
        return read_port(text).map(Ports::one);
    };
    let (first, last) = (read_port(first)?, read_port(last)?);
    Ports::new(first, last).ok_or(ParseServicesLineErrorKind::ReversedSpan)
}

#[inline]
fn read_port(digits: &str) -> Result<u16, ParseServicesLineErrorKind> {
    let number = decimal(digits.as_bytes()).ok_or(ParseServicesLineErrorKind::InvalidPort)?;
    if digits.len() > 1 && digits.starts_with('0') {
        return Err(ParseServicesLineErrorKind::LeadingZero);
    }
    number
        .try_into()
        .map_err(|_| ParseServicesLineErrorKind::PortTooLarge)
}

/// A line of a text in the form of services(5) whose protocol is not one of the registry's. See
/// [`Overlay::unknown_protocols`].
///
/// ```
/// use port_registry::{Overlay, Ports};
///
/// let overlay = Overlay::from_services("nbp 2/ddp names # AppleTalk\n").unwrap();
/// let line = overlay.unknown_protocols().next().unwrap();
/// assert_eq!((line.line(), line.name(), line.protocol()), (1, "nbp", "ddp"));
/// assert_eq!(line.ports(), Ports::one(2));
/// assert!(line.aliases().eq(["names"]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownProtocolLine {
    line: usize,
    name: Box<str>,
    ports: Ports,
    protocol: Box<str>,
    aliases: Box<[Box<str>]>,
}

impl<'a, Aliases: Iterator<Item = &'a str>> From<Line<'a, Aliases>> for UnknownProtocolLine {
    #[inline]
    fn from(line: Line<'a, Aliases>) -> Self {
        Self {
            line: line.number,
            name: line.name.into(),
            ports: line.ports,
            protocol: line.protocol.into(),
            aliases: line.aliases.map(Box::from).collect(),
        }
    }
}

impl UnknownProtocolLine {
    /// Returns the number of the line in its text, from 1.
    ///
    /// ```
    /// # let overlay = port_registry::Overlay::from_services("nbp 2/ddp").unwrap();
    /// assert_eq!(overlay.unknown_protocols().next().unwrap().line(), 1);
    /// ```
    #[must_use]
    #[inline]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Returns the name.
    ///
    /// ```
    /// # let overlay = port_registry::Overlay::from_services("nbp 2/ddp").unwrap();
    /// assert_eq!(overlay.unknown_protocols().next().unwrap().name(), "nbp");
    /// ```
    #[must_use]
    #[inline]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the ports.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// # let overlay = port_registry::Overlay::from_services("nbp 2/ddp\nrooms 40-49/ddp").unwrap();
    /// let ports = overlay.unknown_protocols().map(|line| line.ports());
    /// assert!(ports.eq([Ports::one(2), Ports::new(40, 49).unwrap()]));
    /// ```
    #[must_use]
    #[inline]
    pub const fn ports(&self) -> Ports {
        self.ports
    }

    /// Returns the word in the place of the protocol, as it is spelled.
    ///
    /// ```
    /// # let overlay = port_registry::Overlay::from_services("nbp 2/ddp").unwrap();
    /// assert_eq!(overlay.unknown_protocols().next().unwrap().protocol(), "ddp");
    /// ```
    #[must_use]
    #[inline]
    pub fn protocol(&self) -> &str {
        &self.protocol
    }

    /// Returns an iterator over the aliases, in their order.
    ///
    /// ```
    /// # let overlay = port_registry::Overlay::from_services("nbp 2/ddp names").unwrap();
    /// assert!(overlay.unknown_protocols().next().unwrap().aliases().eq(["names"]));
    /// ```
    #[inline]
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.aliases.iter().map(|alias| &**alias)
    }
}
