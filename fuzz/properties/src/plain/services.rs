//! What a text in the form of services(5) says, by the documentation of
//! `Overlay::from_services`: a list of its lines, searched from the first one on.

use port_registry::error::ParseServicesLineErrorKind as Kind;
use test_support::oracle::{PROTOCOLS, built};

/// A line without an error.
#[derive(Debug)]
pub struct Line<'a> {
    pub number: usize,
    pub first: u16,
    pub last: u16,
    pub protocol: &'a str,
    /// The name, then the aliases.
    pub names: Vec<&'a str>,
}

/// An error: the number of the line, the word, and what is wrong with it.
pub type Fault<'a> = (usize, &'a str, Kind);

/// All lines of a text.
#[derive(Debug, Default)]
pub struct Services<'a> {
    pub lines: Vec<Line<'a>>,
    pub faults: Vec<Fault<'a>>,
}

impl<'a> Services<'a> {
    /// Reads a text.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let mut services = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.split('\n').enumerate() {
            services.line(index + 1, line);
        }
        services
    }

    fn line(&mut self, number: usize, line: &'a str) {
        let data = line.find('#').map_or(line, |comment| &line[..comment]);
        let separators = [' ', '\t', '\r', '\x0B', '\x0C'];
        let words: Vec<&str> = data
            .split(separators)
            .filter(|word| !word.is_empty())
            .collect();
        let (name, place, aliases) = match words[..] {
            [] => return,
            [name] => return self.faults.push((number, name, Kind::MissingPort)),
            [name, place, ref aliases @ ..] => (name, place, aliases),
        };
        let before = self.faults.len();
        let invisible = words.iter().filter(|word| word.contains(is_invisible));
        self.faults
            .extend(invisible.map(|word| (number, *word, Kind::InvalidCharacter)));
        match read_place(place) {
            Err(kind) => self.faults.push((number, place, kind)),
            Ok(_) if self.faults.len() > before => {}
            Ok((first, last, protocol)) => self.lines.push(Line {
                number,
                first,
                last,
                protocol,
                names: [&[name], aliases].concat(),
            }),
        }
    }

    /// The name that is shown on a port.
    #[must_use]
    pub fn name(&self, port: u16, protocol: usize) -> Option<&str> {
        let covers = |line: &&Line<'_>| (line.first..=line.last).contains(&port);
        if let Some(line) = self.on(protocol).find(covers) {
            return Some(line.names[0]);
        }
        let best = *built().services_by_port(port, protocol).first()?;
        built().rows[best].name.as_deref()
    }

    /// The port that a name leads to.
    #[must_use]
    pub fn port(&self, name: &str, protocol: usize) -> Option<u16> {
        let has = |line: &&Line<'_>| line.names.iter().any(|own| own.eq_ignore_ascii_case(name));
        if let Some(line) = self.on(protocol).find(has) {
            return Some(line.first);
        }
        let row = built().service_by_name(name, protocol)?;
        built().rows[row].span.map(|(first, _)| first)
    }

    /// The lines of a protocol.
    fn on(&self, protocol: usize) -> impl Iterator<Item = &Line<'a>> {
        let keyword = PROTOCOLS[protocol];
        let mut lines = self.lines.iter();
        std::iter::from_fn(move || lines.find(|line| line.protocol.eq_ignore_ascii_case(keyword)))
    }

    /// The lines of protocols that the registry does not have.
    pub fn unknown(&self) -> impl Iterator<Item = &Line<'a>> {
        let is_known = |line: &&Line<'_>| {
            let mut known = PROTOCOLS.iter();
            known.any(|known| known.eq_ignore_ascii_case(line.protocol))
        };
        self.lines.iter().filter(move |line| !is_known(line))
    }
}

/// A character that nobody sees in a word, or U+FFFD, which stands for bytes that were no text.
fn is_invisible(c: char) -> bool {
    c.is_control() || c.is_whitespace() || c == '\u{fffd}'
}

/// `PORT/PROTOCOL` or `PORT-PORT/PROTOCOL`. Several slashes count as one.
fn read_place(word: &str) -> Result<(u16, u16, &str), Kind> {
    let slash = word.find('/').unwrap_or(word.len());
    let ports: Vec<&str> = word[..slash].splitn(2, '-').collect();
    let numbers: Vec<u16> = ports
        .into_iter()
        .map(read_port)
        .collect::<Result<_, Kind>>()?;
    let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
    if first > last {
        return Err(Kind::ReversedSpan);
    }
    match word[slash..].trim_start_matches('/') {
        "" => Err(Kind::MissingProtocol),
        protocol => Ok((first, last, protocol)),
    }
}

fn read_port(digits: &str) -> Result<u16, Kind> {
    if digits.is_empty() || digits.contains(|c: char| !c.is_ascii_digit()) {
        return Err(Kind::InvalidPort);
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return Err(Kind::LeadingZero);
    }
    digits.parse().map_err(|_| Kind::PortTooLarge)
}
