//! What a line of the list of common names says of its port.

use core::fmt;

use crate::format::words::words;

/// What the common use of a port means for the label of the port, as the first word of a line of
/// the crate's `registry/common-names.txt`.
///
/// ```
/// use port_registry::CommonKind;
///
/// assert_eq!(CommonKind::Instead.to_string(), "instead");
/// assert_eq!("typed".parse(), Ok(CommonKind::Typed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CommonKind {
    /// IANA has no service on the port. The common name is its label.
    New,
    /// IANA has another service there that hardly anyone means. The common name is the label.
    Instead,
    /// Several uses are common and none stands out. The label is the number.
    Contested,
    /// A name that people type. The label of the port stays what it is.
    Typed,
}

words! {
    CommonKind:
    /// Every kind, in the order in which the list explains them.
    ///
    /// ```
    /// assert_eq!(port_registry::CommonKind::ALL.len(), 4);
    /// ```
    ALL;
    /// Returns the first word of the line.
    ///
    /// ```
    /// assert_eq!(port_registry::CommonKind::New.as_str(), "new");
    /// ```
    #[inline]
    fn as_str {
        New => "new",
        Instead => "instead",
        Contested => "contested",
        Typed => "typed",
    }
}

impl fmt::Display for CommonKind {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
