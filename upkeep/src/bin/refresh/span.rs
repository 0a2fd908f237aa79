//! Port numbers in the JSON report.

use serde::{Serialize, Serializer};

use crate::format::value::ports::Ports;

#[derive(Serialize)]
struct Span {
    first: u16,
    last: u16,
}

impl From<Ports> for Span {
    fn from(ports: Ports) -> Self {
        Self {
            first: ports.first(),
            last: ports.last(),
        }
    }
}

/// An object of `first` and `last`, as in `lookup --json`.
pub(crate) fn span<S: Serializer>(ports: &Ports, serializer: S) -> Result<S::Ok, S::Error> {
    Span::from(*ports).serialize(serializer)
}

pub(crate) fn optional_span<S: Serializer>(
    ports: &Option<Ports>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    ports.map(Span::from).serialize(serializer)
}
