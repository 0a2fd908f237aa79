//! Your own names in front of the registry.

// The first of the files, so that the page of `Overlay` begins with them.
mod methods;

mod difference;
mod error;
mod held;
mod names;
mod services;
mod spans;
#[cfg(feature = "std")]
mod system;

use alloc::vec::Vec;
use core::fmt;

pub use difference::Difference;
pub use error::{
    InsertNameError, ParseServicesError, ParseServicesLineError, ParseServicesLineErrorKind,
};
use names::PortsByName;
pub use services::UnknownProtocolLine;
use spans::NamedSpans;
#[cfg(feature = "std")]
pub use system::ReadServicesError;

/// Your own names for ports, in front of the registry.
///
/// What hides what:
///
/// - On a port, your own name hides the registry's service, and a later insertion hides an earlier
///   one: [`label`](Self::label) and [`service_name`](Self::service_name) know only the last.
/// - Your own name leads to its own port and, on that transport protocol, hides the port that the
///   registry has for the same name. A later insertion of the name hides an earlier one.
/// - The two are independent: a name that is hidden on its port still leads to it, whether it is
///   the registry's or yours.
///
/// Lookups ignore the ASCII case of names, and answers keep it.
///
/// ```
/// use port_registry::{Overlay, Ports, Tcp};
///
/// let mut overlay = Overlay::new();
/// overlay.insert(443, Tcp, "proxy")?;
/// overlay.insert(Ports::new(9000, 9009).unwrap(), Tcp, "workers")?;
/// assert_eq!(overlay.label(443, Tcp).to_string(), "proxy");
/// assert_eq!(overlay.label(9005, Tcp).to_string(), "workers");
/// assert_eq!(overlay.label(22, Tcp).to_string(), "ssh");
///
/// assert_eq!(overlay.port("proxy", Tcp), Some(443));
/// assert_eq!(overlay.port("https", Tcp), Some(443)); // hidden on the port, not as a name
/// overlay.insert(8443, Tcp, "https")?;
/// assert_eq!(overlay.port("https", Tcp), Some(8443));
/// # Ok::<(), port_registry::error::InsertNameError>(())
/// ```
///
/// [`Overlay::table`] makes the overlay one of the [names in force](crate::Names): in front of the
/// registry's or the common names, for what people type, for sets, flows and configurations.
///
/// ```
/// use port_registry::{COMMON, Overlay, Tcp};
///
/// let overlay = Overlay::from_services("admin 9443/tcp").unwrap();
/// let table = overlay.table();
/// let names = COMMON.with(&table);
/// assert_eq!(names.set("admin,kafka")?.to_string(), "9092/tcp,9443/tcp");
/// assert_eq!(names.flow(9443, 443, Tcp).name(), Some("admin"));
/// # Ok::<(), port_registry::error::ParseSpecSetError>(())
/// ```
///
/// Two overlays are equal if they show the same names on the same ports, if [`port`](Self::port)
/// answers alike for all names, and if they keep the same lines of [unknown protocols](Self::unknown_protocols).
#[derive(Clone, Default)]
pub struct Overlay {
    spans: NamedSpans,
    names: PortsByName,
    unknown_protocols: Vec<UnknownProtocolLine>,
}

/// Shows the ports with their names, and the lines of unknown protocols.
impl fmt::Debug for Overlay {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Overlay");
        shown.field("names", &self.table());
        shown.field("unknown_protocols", &self.unknown_protocols);
        shown.finish()
    }
}

impl PartialEq for Overlay {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.spans.joined().eq(other.spans.joined())
            && self.names.first_ports().eq(other.names.first_ports())
            && self.unknown_protocols == other.unknown_protocols
    }
}

impl Eq for Overlay {}
