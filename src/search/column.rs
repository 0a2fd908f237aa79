//! The columns that a search looks at.

use core::fmt;
use core::str::FromStr;

use crate::format::stack_text::Excerpt;

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

impl Column {
    /// Every column that can be searched, in the order of IANA's CSV.
    ///
    /// ```
    /// assert_eq!(port_registry::Column::ALL.len(), 10);
    /// ```
    pub const ALL: [Self; 10] = [
        Self::ServiceName,
        Self::PortNumber,
        Self::TransportProtocol,
        Self::Description,
        Self::Assignee,
        Self::Contact,
        Self::Reference,
        Self::ServiceCode,
        Self::UnauthorizedUse,
        Self::AssignmentNotes,
    ];

    /// Returns the title that IANA gives the column.
    ///
    /// ```
    /// use port_registry::Column;
    ///
    /// assert_eq!(Column::AssignmentNotes.title(), "Assignment Notes");
    /// ```
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ServiceName => "Service Name",
            Self::PortNumber => "Port Number",
            Self::TransportProtocol => "Transport Protocol",
            Self::Description => "Description",
            Self::Assignee => "Assignee",
            Self::Contact => "Contact",
            Self::Reference => "Reference",
            Self::ServiceCode => "Service Code",
            Self::UnauthorizedUse => "Unauthorized Use Reported",
            Self::AssignmentNotes => "Assignment Notes",
        }
    }
}

/// Writes [`Column::title`].
impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.title())
    }
}

impl FromStr for Column {
    type Err = ParseColumnError;

    /// Reads a [title](Column::title), ASCII case ignored.
    ///
    /// # Errors
    ///
    /// [`ParseColumnError`] for any other text, one with spaces around the title included.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|column| column.title().eq_ignore_ascii_case(text))
            .ok_or(ParseColumnError {
                given: Excerpt::of(text),
            })
    }
}

impl TryFrom<&str> for Column {
    type Error = ParseColumnError;

    /// The same as [`Column::from_str`].
    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "unknown column `{given}`, expected `Service Name`, `Port Number`, `Transport Protocol`, \
     `Description`, `Assignee`, `Contact`, `Reference`, `Service Code`, \
     `Unauthorized Use Reported` or `Assignment Notes`"
)]
pub struct ParseColumnError {
    given: Excerpt,
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
        let columns = Column::ALL.into_iter();
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
