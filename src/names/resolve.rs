//! From a text to port numbers, by the names in force.

use super::{Listing, Names};
use crate::format::ascii::has_letter;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::spec::{ParseSpecError, ResolvedSpec, resolve_text, split_protocol};
use crate::tables::Name;

/// Resolves a text. What is given without a protocol is meant on `meant` alone, if there is one.
#[inline]
pub(super) const fn resolve(
    names: Names<'_>,
    text: &str,
    meant: Option<Protocol>,
) -> Result<ResolvedSpec, ParseSpecError> {
    let text = text.trim_ascii();
    // Names of one's own may hold a slash, as registered ones do.
    if let Some(listed) = listed(names, text, meant) {
        return listed;
    }
    if Name::find(text.as_bytes()).is_none() {
        if let Some((subject, protocol)) = split_protocol(text) {
            if let Some(protocol) = Protocol::from_keyword(protocol) {
                if let Some(listed) = listed(names, subject, Some(protocol)) {
                    return listed;
                }
            }
        }
    }
    resolve_text(text, meant)
}

/// What the tables in front of the registry say, `None` if it is for the registry to say.
#[inline]
const fn listed(
    names: Names<'_>,
    name: &str,
    on: Option<Protocol>,
) -> Option<Result<ResolvedSpec, ParseSpecError>> {
    // A text without a letter means port numbers, whatever names there are.
    if !has_letter(name.as_bytes()) {
        return None;
    }
    let Some(protocol) = on else {
        return match names.listing(name) {
            Some(listing) => Some(agreed(name, &listing)),
            None => None,
        };
    };
    if let Some(ports) = names.listed_ports(name, protocol) {
        return Some(Ok(ResolvedSpec::new(ports, Protocols::one(protocol))));
    }
    if let Some(registered) = Name::find(name.as_bytes()) {
        if registered.row_on(protocol).is_some() {
            return None;
        }
    }
    match names.listing(name) {
        Some(listing) => Some(Err(ParseSpecError::not_listed_on(
            name,
            protocol,
            listing.protocols(),
        ))),
        None => None,
    }
}

/// The ports of a name given alone, if they agree on all protocols.
#[inline]
const fn agreed(name: &str, listing: &Listing) -> Result<ResolvedSpec, ParseSpecError> {
    let mut common: Option<Ports> = None;
    let mut index = 0;
    while index < Protocol::COUNT {
        match (common, listing.on(Protocol::EACH[index])) {
            (Some(common), Some(ports)) if !common.same(ports) => {
                return Err(ParseSpecError::listed_differently(name));
            }
            (None, Some(ports)) => common = Some(ports),
            _ => {}
        }
        index += 1;
    }
    match common {
        Some(ports) => Ok(ResolvedSpec::new(ports, listing.protocols())),
        None => Err(ParseSpecError::listed_differently(name)),
    }
}
