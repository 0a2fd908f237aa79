//! From text to a specification.

use super::error::{ParseSpecError, Refusal};
use super::{Spec, Subject};
use crate::format::ascii::split_at_last_slash;
use crate::format::excerpt::Excerpt;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::tables::Name;

#[inline]
pub(super) const fn parse(text: &str) -> Result<Spec, ParseSpecError> {
    let text = text.trim_ascii();
    // Names may hold a slash: `914c/g` is one.
    if let Some(name) = name(text) {
        return named(name, None);
    }
    let Some((subject, protocol)) = split_protocol(text) else {
        return subject(text, None);
    };
    match Protocol::read(protocol) {
        Ok(protocol) => self::subject(subject, Some(protocol)),
        Err(error) => Err(ParseSpecError(match turned(protocol, subject) {
            Some(meant) => Refusal::Turned { error, meant },
            None => Refusal::Protocol(error),
        })),
    }
}

/// What is meant if the protocol stands first, as in `tcp/443`.
#[inline]
const fn turned(after: &str, before: &str) -> Option<Spec> {
    let Some(protocol) = Protocol::of_word(before.as_bytes()) else {
        return None;
    };
    match subject(after, Some(protocol)) {
        Ok(spec) => Some(spec),
        Err(_) => None,
    }
}

/// The name, if it is registered or was formerly.
#[inline]
const fn name(text: &str) -> Option<Name> {
    match Name::find(text.as_bytes()) {
        Some(name) => Some(name),
        None => Name::find_former(text.as_bytes()),
    }
}

#[inline]
const fn subject(text: &str, protocol: Option<Protocol>) -> Result<Spec, ParseSpecError> {
    if text.is_empty() {
        return Err(ParseSpecError(Refusal::Empty));
    }
    if let Some(name) = name(text) {
        return named(name, protocol);
    }
    if let (Some(alone), None) = (Protocol::from_keyword(text), protocol) {
        return Err(ParseSpecError(Refusal::ProtocolAlone(alone)));
    }
    // A service name contains a letter (RFC 6335, section 5.1). A text without one can therefore
    // only have been meant as port numbers.
    if has_letter(text.as_bytes()) {
        return Err(ParseSpecError(Refusal::UnknownService {
            name: Excerpt::of(text),
            protocol,
        }));
    }
    match Ports::read(text) {
        Ok(ports) => Ok(Spec {
            subject: Subject::Ports(ports),
            protocol,
        }),
        Err(error) => Err(ParseSpecError(Refusal::Ports(error))),
    }
}

#[inline]
pub(super) const fn named(name: Name, protocol: Option<Protocol>) -> Result<Spec, ParseSpecError> {
    match protocol {
        Some(protocol) if name.row_on(protocol).is_none() => {
            Err(ParseSpecError(Refusal::NotOnProtocol { name, protocol }))
        }
        _ => Ok(Spec {
            subject: Subject::Name(name.number()),
            protocol,
        }),
    }
}

/// Whether there is an ASCII letter in a text.
#[inline]
const fn has_letter(mut text: &[u8]) -> bool {
    while let [byte, rest @ ..] = text {
        if byte.is_ascii_alphabetic() {
            return true;
        }
        text = rest;
    }
    false
}

/// The text before and after the last `/`, without the white space around it.
#[inline]
pub(crate) const fn split_protocol(text: &str) -> Option<(&str, &str)> {
    let Some((before, after)) = split_at_last_slash(text.as_bytes()) else {
        return None;
    };
    // Before Rust 1.86, constants cannot split a string. Both sides of a `/` are valid UTF-8.
    match (core::str::from_utf8(before), core::str::from_utf8(after)) {
        (Ok(before), Ok(after)) => Some((before.trim_ascii_end(), after.trim_ascii_start())),
        _ => None,
    }
}
