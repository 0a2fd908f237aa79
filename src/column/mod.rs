//! The columns of the registry.

mod cell;

use core::fmt;

use crate::convert::parse_words;
use crate::format::words::words;
use crate::value_set::value_set;

pub use cell::Cell;

/// A column of the registry, under the title that IANA's CSV gives it.
///
/// [`Record::column`](crate::Record::column) returns the text of a column in a row, and
/// [`Search::columns`](crate::iter::Search::columns) limits a search to some columns. Columns are
/// ordered as in IANA's CSV.
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
    /// "Registration Date": `2015-04-23`, `2015-04`.
    RegistrationDate,
    /// "Modification Date": `2015-04-23`, `2015-04`.
    ModificationDate,
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
    /// Every column, in the order of IANA's CSV.
    ///
    /// ```
    /// assert_eq!(port_registry::Column::ALL.len(), 12);
    /// ```
    ALL;
    /// Returns the title that IANA gives the column.
    ///
    /// ```
    /// use port_registry::Column;
    ///
    /// assert_eq!(Column::AssignmentNotes.title(), "Assignment Notes");
    /// ```
    #[inline]
    fn title {
        ServiceName => "Service Name",
        PortNumber => "Port Number",
        TransportProtocol => "Transport Protocol",
        Description => "Description",
        Assignee => "Assignee",
        Contact => "Contact",
        RegistrationDate => "Registration Date",
        ModificationDate => "Modification Date",
        Reference => "Reference",
        ServiceCode => "Service Code",
        UnauthorizedUse => "Unauthorized Use Reported",
        AssignmentNotes => "Assignment Notes",
    }
}

/// Writes [`Column::title`].
impl fmt::Display for Column {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.title())
    }
}

parse_words! {
    /// Text that is not the title of a column.
    ///
    /// ```
    /// let error = "Number".parse::<port_registry::Column>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown column `Number`, expected `Service Name`, `Port Number`, \
    ///      `Transport Protocol`, `Description`, `Assignee`, `Contact`, \
    ///      `Registration Date`, `Modification Date`, `Reference`, `Service Code`, \
    ///      `Unauthorized Use Reported` or `Assignment Notes`"
    /// );
    /// ```
    Column::title, ParseColumnError, "column"
}

value_set! {
    /// A set of columns, for questions about several at once.
    ///
    /// A set is made from one column, an array or any iterator of columns. A function that takes
    /// `impl Into<Columns>` accepts `Column::Description`, an array or [`Columns::ALL`].
    ///
    /// Sets compare as the lists of their columns do, each list in the order of [`Column::ALL`].
    ///
    /// ```
    /// use port_registry::{Column, Columns};
    ///
    /// let people = Columns::from([Column::Contact, Column::Assignee]);
    /// assert!(people.contains(Column::Contact) && !people.contains(Column::Reference));
    /// assert!(people.iter().eq([Column::Assignee, Column::Contact]));
    /// assert_eq!((Columns::ALL - people).len(), 10);
    /// ```
    Columns(u16) of Column, ColumnsIter, examples: ServiceName, Description
}

impl Columns {
    /// The columns that a [search](crate::search()) looks at by default: all but the two dates.
    ///
    /// ```
    /// use port_registry::{Column, Columns};
    ///
    /// let dates = [Column::RegistrationDate, Column::ModificationDate];
    /// assert_eq!(Columns::SEARCHED, Columns::ALL - dates);
    /// ```
    pub const SEARCHED: Self = Self::ALL
        .without(Column::RegistrationDate)
        .without(Column::ModificationDate);

    /// The columns of the set that meet a condition.
    #[inline]
    pub(crate) fn only(self, condition: impl Fn(Column) -> bool) -> Self {
        self.iter().filter(|&column| condition(column)).collect()
    }
}
