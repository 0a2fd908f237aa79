//! A member that goes into a JSON object in the middle of a line.

use std::io::{self, Write};

use crate::label::row::{End, Row, Server};

/// Where the label of a record goes in, if there is none yet: for a service at the source, and for
/// one at the destination.
pub(crate) struct Labels {
    pub(crate) source: Option<Insertion>,
    pub(crate) destination: Option<Insertion>,
}

/// An end of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Source,
    Destination,
}

/// A member to be written at a place of the line.
pub(crate) struct Insertion {
    pub(crate) place: usize,
    pub(crate) shape: Shape,
    /// Whether another member comes before it.
    pub(crate) after_comma: bool,
    /// The object that the member belongs to.
    pub(crate) object: &'static str,
    pub(crate) name: &'static str,
    pub(crate) in_lower_case: bool,
}

/// How a document writes the members of its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The place is in the object.
    Inside,
    /// `"object.name":…`
    Dotted,
    /// `"object":{"name":…}`
    Nested,
}

impl Labels {
    /// The place for the label of this service.
    pub(crate) fn of(&self, server: Server<'_>, row: &Row) -> Option<&Insertion> {
        let is_at = |end: &End| matches!((end, server), (End::Port(port), Server::Port(of, _)) if *port == of);
        // The ends of the row are those of the record, whoever opened it, wherever labels have two
        // places.
        let is_at_source = is_at(&row.source) && !is_at(&row.destination);
        if is_at_source {
            self.source.as_ref()
        } else {
            self.destination.as_ref()
        }
    }
}

impl Insertion {
    /// Writes the line with this member.
    pub(crate) fn write(&self, line: &[u8], value: &str, out: &mut impl Write) -> io::Result<()> {
        let Self { object, name, .. } = self;
        let comma = if self.after_comma { "," } else { "" };
        let (before, after) = line.split_at(self.place);
        out.write_all(before)?;
        match self.shape {
            Shape::Inside => write!(out, "{comma}\"{name}\":")?,
            Shape::Dotted => write!(out, "{comma}\"{object}.{name}\":")?,
            Shape::Nested => write!(out, "{comma}\"{object}\":{{\"{name}\":")?,
        }
        if self.in_lower_case {
            serde_json::to_writer(&mut *out, &value.to_lowercase())?;
        } else {
            serde_json::to_writer(&mut *out, value)?;
        }
        if self.shape == Shape::Nested {
            out.write_all(b"}")?;
        }
        out.write_all(after)
    }
}
