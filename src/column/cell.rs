//! The text of a row's column, as IANA's CSV has it.

use core::fmt;

use super::Column;
use crate::contact::Contact;
use crate::format::stack_text::StackText;
use crate::padding::pad_as_one;
use crate::record::Record;
use crate::reference::Reference;

/// The text in one column of a row. [`Record::column`] and
/// [`Service::column`](crate::Service::column) return it.
///
/// [`Display`](fmt::Display) writes it as IANA's CSV of the registry has it, before quoting:
/// contacts and references in square brackets side by side, and nothing for an empty cell. Width,
/// fill, alignment and precision apply to the whole text, as they do to a `str`. Nothing is
/// allocated.
///
/// ```
/// use port_registry::{Column, Tcp, service_by_port};
///
/// let https = service_by_port(443, Tcp).unwrap();
/// let row = Column::ALL.iter().map(|&column| https.column(column).to_string());
/// assert!(row.eq([
///     "https", "443", "tcp", "http protocol over TLS/SSL", "[IESG]", "[IETF_Chair]",
///     "", "2021-10-01", "[RFC9110]", "", "", "",
/// ]));
/// ```
#[derive(Clone, Copy)]
pub struct Cell {
    record: Record,
    column: Column,
}

impl Cell {
    #[inline]
    pub(crate) const fn of(record: Record, column: Column) -> Self {
        Self { record, column }
    }

    /// Returns whether the cell is empty.
    ///
    /// ```
    /// use port_registry::{Column, Tcp, service_by_port};
    ///
    /// let https = service_by_port(443, Tcp).unwrap();
    /// assert!(https.column(Column::AssignmentNotes).is_empty());
    /// assert!(!https.column(Column::Reference).is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        // The buffer has no room, so the first character fails.
        StackText::<0>::format(format_args!("{self}")).is_ok()
    }
}

impl fmt::Display for Cell {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = self.record;
        match self.column {
            Column::ServiceName => pad(f, record.name()),
            Column::PortNumber => match record.ports() {
                // A few rows without a service name have `4748-4748`.
                Some(ports) if record.is_one_as_span() => {
                    let ports = StackText::<11>::format(format_args!("{ports}-{ports}"))?;
                    f.pad(ports.as_str())
                }
                ports => show(f, ports),
            },
            Column::TransportProtocol => show(f, record.protocol()),
            Column::Description => f.pad(record.description()),
            Column::Assignee => bracketed(f, record.assignees().map(Contact::id)),
            Column::Contact => bracketed(f, record.contacts().map(Contact::id)),
            Column::RegistrationDate => show(f, record.registered()),
            Column::ModificationDate => show(f, record.modified()),
            Column::Reference => bracketed(f, record.references().map(Reference::text)),
            Column::ServiceCode => match record.service_code() {
                Some(code) => {
                    // Padded as text, to the left where no alignment is given.
                    f.pad(StackText::<10>::format(format_args!("{code}"))?.as_str())
                }
                None => f.pad(""),
            },
            Column::UnauthorizedUse => pad(f, record.unauthorized_use()),
            Column::AssignmentNotes => pad(f, record.note()),
        }
    }
}

#[inline]
fn pad(f: &mut fmt::Formatter<'_>, text: Option<&str>) -> fmt::Result {
    f.pad(text.unwrap_or_default())
}

#[inline]
fn show(f: &mut fmt::Formatter<'_>, value: Option<impl fmt::Display>) -> fmt::Result {
    match value {
        Some(value) => value.fmt(f),
        None => f.pad(""),
    }
}

/// Texts as the columns of contacts and references show them: `[A][B]`.
#[inline]
fn bracketed(
    f: &mut fmt::Formatter<'_>,
    texts: impl Iterator<Item = &'static str> + Clone,
) -> fmt::Result {
    pad_as_one(f, texts.flat_map(|text| ["[", text, "]"]))
}

impl fmt::Debug for Cell {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cell({}: {self})", self.column)
    }
}
