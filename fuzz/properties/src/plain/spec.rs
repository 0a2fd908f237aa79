//! What a specification of ports or a service means.

use port_registry::error::ParseSpecErrorKind as Kind;
use test_support::oracle::{PROTOCOLS, built};

/// A specification that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainSpec<'a> {
    pub subject: Subject<'a>,
    /// By its place among all protocols.
    pub protocol: Option<usize>,
}

/// What a specification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// First and last port.
    Ports(u16, u16),
    /// A name in the registry, in any spelling.
    Name(&'a str),
}

/// Ports on some protocols, which are bits in the order of all protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub first: u16,
    pub last: u16,
    pub protocols: u8,
}

const ALL: u8 = 0b1111;

/// Reads a specification: `PORTS`, `NAME` or one of them with `/PROTOCOL`.
pub fn parse(text: &str) -> Result<PlainSpec<'_>, Kind> {
    let text = text.trim_matches(is_space);
    // A name may contain a slash.
    if let Some(name) = known(text) {
        let subject = Subject::Name(name);
        let protocol = None;
        return Ok(PlainSpec { subject, protocol });
    }
    let Some(slash) = text.rfind('/') else {
        return subject(text, None);
    };
    let (before, after) = (&text[..slash], &text[slash + 1..]);
    let protocol = protocol(after.trim_matches(is_space)).ok_or(Kind::UnknownProtocol)?;
    subject(before.trim_matches(is_space), Some(protocol))
}

/// The ports that a specification stands for.
pub fn resolve(spec: PlainSpec<'_>) -> Result<Resolved, Kind> {
    let asked = spec.protocol.map_or(ALL, |place| 1 << place);
    let name = match spec.subject {
        Subject::Ports(first, last) => {
            let protocols = asked;
            return Ok(Resolved {
                first,
                last,
                protocols,
            });
        }
        Subject::Name(name) => name,
    };
    let mut found: Option<Resolved> = None;
    for place in (0..PROTOCOLS.len()).filter(|place| asked >> place & 1 == 1) {
        let row = built().service_by_name(name, place);
        let Some((first, last)) = row.and_then(|row| built().rows[row].span) else {
            continue;
        };
        let before = found.unwrap_or(Resolved {
            first,
            last,
            protocols: 0,
        });
        if (before.first, before.last) != (first, last) {
            return Err(Kind::Ambiguous);
        }
        let protocols = before.protocols | 1 << place;
        found = Some(Resolved {
            protocols,
            ..before
        });
    }
    found.ok_or(Kind::NoPort)
}

/// The name that the registry has for a text. It may be a former name.
fn known(text: &str) -> Option<&str> {
    if !built().services_by_name(text).is_empty() {
        return Some(text);
    }
    built().canonical_name(text)
}

fn subject(text: &str, protocol: Option<usize>) -> Result<PlainSpec<'_>, Kind> {
    if text.is_empty() {
        return Err(Kind::Empty);
    }
    if let Some(name) = known(text) {
        return match protocol {
            Some(place) if built().service_by_name(name, place).is_none() => {
                Err(Kind::NotOnProtocol)
            }
            _ => Ok(PlainSpec {
                subject: Subject::Name(name),
                protocol,
            }),
        };
    }
    if text.contains(|c: char| c.is_ascii_alphabetic()) {
        return Err(Kind::UnknownService);
    }
    let (first, last) = ports(text)?;
    Ok(PlainSpec {
        subject: Subject::Ports(first, last),
        protocol,
    })
}

/// `N` or `N-M`, of which the first fault counts.
fn ports(text: &str) -> Result<(u16, u16), Kind> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (port(first)?, port(last)?);
    if first > last {
        return Err(Kind::Reversed);
    }
    Ok((first, last))
}

fn port(digits: &str) -> Result<u16, Kind> {
    if digits.is_empty() || digits.contains(|c: char| !c.is_ascii_digit()) {
        return Err(Kind::NotANumber);
    }
    digits.parse().map_err(|_| Kind::TooLarge)
}

fn protocol(word: &str) -> Option<usize> {
    let mut known = PROTOCOLS.iter();
    known.position(|known| known.eq_ignore_ascii_case(word))
}

/// ASCII white space, which a form feed is too.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C')
}
