//! The label of a port by an overlay.

use core::fmt;

use crate::label::{Label, write_label};
use crate::service::Service;

/// A port number to show by your own name for it, or else by the registry's.
/// [`Overlay::label`](crate::Overlay::label) returns it.
///
/// It is written as a [`Label`] is: `{}` writes the name, or the number if there is none, `{:#}`
/// writes both, and width, fill, alignment and precision apply to the whole text.
///
/// ```
/// use port_registry::{Overlay, Tcp};
///
/// let mut overlay = Overlay::new();
/// overlay.insert(9443, Tcp, "admin")?;
/// let label = overlay.label(9443, Tcp);
/// assert_eq!(format!("{label:>8}, {label:#}"), "   admin, 9443(admin)");
/// # Ok::<(), port_registry::error::InsertNameError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OverlayLabel<'a> {
    pub(super) registered: Label,
    pub(super) own: Option<&'a str>,
}

impl<'a> OverlayLabel<'a> {
    /// Returns the port number.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// assert_eq!(Overlay::new().label(443, Tcp).port(), 443);
    /// ```
    #[must_use]
    #[inline]
    pub const fn port(self) -> u16 {
        self.registered.port()
    }

    /// Returns your own name or the registry's, or `None` if there is neither.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// assert_eq!(Overlay::new().label(443, Tcp).name(), Some("https"));
    /// assert_eq!(Overlay::new().label(51514, Tcp).name(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> Option<&'a str> {
        match self.own {
            Some(own) => Some(own),
            None => self.registered.name(),
        }
    }

    /// Returns the registry's service on the port, or `None` if there is none or your own name
    /// hides it.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let mut overlay = Overlay::new();
    /// overlay.insert(443, Tcp, "proxy")?;
    /// assert_eq!(overlay.label(443, Tcp).service(), None);
    /// assert_eq!(overlay.label(22, Tcp).service().unwrap().name(), "ssh");
    /// # Ok::<(), port_registry::error::InsertNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self) -> Option<Service> {
        self.registered.service()
    }
}

/// Writes the name, or the number where there is none; `{:#}` writes both.
impl fmt::Display for OverlayLabel<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_label(f, self.port(), self.name())
    }
}

impl fmt::Debug for OverlayLabel<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OverlayLabel({self})")
    }
}
