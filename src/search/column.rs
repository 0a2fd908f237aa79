//! The columns that a search looks at.

use core::fmt;

use crate::convert::parse_words;
use crate::format::words::words;

/// A column of the registry that a [search](crate::search()) looks at: all but the two dates.
///
/// In the order of IANA's CSV.
///
/// ```
/// use port_registry::Column;
///
/// assert_eq!("service name".parse(), Ok(Column::ServiceName));
/// assert_eq!(Column::ServiceName.to_string(), "Service Name");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Column {
    /// "Service Name".
    ServiceName,
    /// "Port Number", as written: `443`, `6000-6063`.
    PortNumber,
    /// "Transport Protocol".
    TransportProtocol,
    /// "Description".
    Description,
    /// "Assignee": the ids of contacts in square brackets, side by side.
    Assignee,
    /// "Contact": the ids of contacts in square brackets, side by side.
    Contact,
    /// "Reference": texts in square brackets, side by side.
    Reference,
    /// "Service Code", as a decimal number.
    ServiceCode,
    /// "Unauthorized Use Reported".
    UnauthorizedUse,
    /// "Assignment Notes".
    AssignmentNotes,
}

words! {
    Column:
    /// Every column that can be searched, in the order of IANA's CSV.
    ///
    /// ```
    /// assert_eq!(port_registry::Column::ALL.len(), 10);
    /// ```
    ALL;
    /// Returns the title that IANA gives the column.
    ///
    /// ```
    /// use port_registry::Column;
    ///
    /// assert_eq!(Column::AssignmentNotes.title(), "Assignment Notes");
    /// ```
    fn title {
        ServiceName => "Service Name",
        PortNumber => "Port Number",
        TransportProtocol => "Transport Protocol",
        Description => "Description",
        Assignee => "Assignee",
        Contact => "Contact",
        Reference => "Reference",
        ServiceCode => "Service Code",
        UnauthorizedUse => "Unauthorized Use Reported",
        AssignmentNotes => "Assignment Notes",
    }
}

/// Writes [`Column::title`].
impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.title())
    }
}

parse_words! {
    /// Text that is the title of no column that can be searched.
    ///
    /// ```
    /// let error = "Registration Date".parse::<port_registry::Column>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown column `Registration Date`, expected `Service Name`, `Port Number`, \
    ///      `Transport Protocol`, `Description`, `Assignee`, `Contact`, `Reference`, `Service Code`, \
    ///      `Unauthorized Use Reported` or `Assignment Notes`"
    /// );
    /// ```
    Column::title, ParseColumnError, "column"
}

/// A set of columns.
#[derive(Clone, Copy)]
pub(super) struct Columns(u16);

impl Columns {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn has(self, column: Column) -> bool {
        self.0 >> column as u16 & 1 != 0
    }

    pub(super) fn only(self, condition: impl Fn(Column) -> bool) -> Self {
        let columns = Column::EACH.into_iter();
        columns
            .filter(|&column| self.has(column) && condition(column))
            .collect()
    }
}

impl FromIterator<Column> for Columns {
    fn from_iter<I: IntoIterator<Item = Column>>(columns: I) -> Self {
        Self(
            columns
                .into_iter()
                .fold(0, |all, column| all | 1 << column as u16),
        )
    }
}
