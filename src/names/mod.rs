//! The names in force: IANA's, the common names in front of them, names of one's own in front of
//! either.

// The first of the files, so that the page of `Names` begins with its methods.
mod methods;

mod admitted;
mod common;
mod constant;
mod explain;
mod resolve;
mod table;
mod texts;
mod uses;

use core::fmt;

use crate::tables::{COMMON_NAMES, CommonTable};

#[cfg(feature = "alloc")]
pub(crate) use admitted::{can_be_shown, can_be_typed};
pub use common::{CommonUse, CommonUseNames, CommonUses, common_uses};
pub use constant::{__Built, __Entry, __Fault};
pub use explain::Explanation;
#[cfg(feature = "alloc")]
pub use explain::SetExplanation;
#[cfg(feature = "alloc")]
pub(crate) use methods::Answer;
pub use table::Table;
#[cfg(feature = "alloc")]
pub(crate) use table::{Lead, Span, order_of_leads};
#[cfg(feature = "alloc")]
pub(crate) use texts::NameTexts;
pub use uses::{Use, Uses};

/// The names that the registry gives, exactly. All functions of the crate that take no [`Names`]
/// answer by these.
///
/// ```
/// use port_registry::{IANA, Tcp, Udp, service_name};
///
/// assert_eq!(IANA.name(3128, Tcp), Some("ndl-aas"));
/// assert_eq!(IANA.name(3128, Tcp), service_name(3128, Tcp));
/// assert_eq!(IANA.name(51820, Udp), None);
/// ```
pub const IANA: Names<'static> = Names {
    own: [None; Names::MOST_TABLES],
    common: None,
};

/// The names that people use, in front of the registry's: those of the crate's
/// `registry/common-names.txt`, each with its source. [`common_uses`] lists them.
///
/// A port that IANA names recognisably keeps that name: 3389 is shown as `ms-wbt-server`, though
/// `rdp` leads to it. A port of which several uses are common is shown by its number.
///
/// A few of IANA's names lead where people expect: `irc` leads to 6667. The port that IANA has for
/// such a name is still shown by it, 194 as `irc`.
///
/// What a name leads to stays the same in all minor releases.
///
/// ```
/// use port_registry::{COMMON, Tcp, Udp};
///
/// assert_eq!(COMMON.name(3128, Tcp), Some("squid"));
/// assert_eq!(COMMON.name(51820, Udp), Some("wireguard"));
/// assert_eq!(COMMON.name(443, Tcp), Some("https"));
/// assert_eq!(COMMON.port("postgres", Tcp), Some(5432));
///
/// // Several programs use it, so the label is the number.
/// assert_eq!(COMMON.name(3000, Tcp), None);
/// ```
pub const COMMON: Names<'static> = Names {
    common: Some(&COMMON_NAMES),
    ..IANA
};

/// The names in force. They decide by which name a port is shown, and to which port a name leads.
///
/// There are three choices, and each is a constant:
///
/// | choice | names |
/// |---|---|
/// | [`IANA`] | the registry's, exactly |
/// | [`COMMON`] | the common names, and the registry's for all other ports |
/// | [`.with(&table)`](Self::with) | your own names, in front of either |
///
/// By port, the table in front answers if it has a name for the port. By name, it answers if the
/// name leads to a port there on the transport protocol. If it does not, the next one is asked.
///
/// ```
/// use port_registry::{COMMON, Names, Table, Tcp, Udp, table};
///
/// static OWN: Table = table![9443/tcp "admin", 51820/udp "office vpn"];
/// const NAMES: Names = COMMON.with(&OWN);
///
/// assert_eq!(NAMES.label(9443, Tcp).to_string(), "admin");
/// assert_eq!(NAMES.label(51820, Udp).to_string(), "office vpn");
/// assert_eq!(NAMES.label(3128, Tcp).to_string(), "squid");
/// assert_eq!(NAMES.label(443, Tcp).to_string(), "https");
///
/// assert_eq!(NAMES.resolve("admin")?.to_string(), "9443/tcp");
/// assert_eq!(NAMES.resolve("wireguard/udp")?.to_string(), "51820/udp");
/// # Ok::<(), port_registry::error::ParseSpecError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The one in front first; `None` only after the last.
    own: [Option<&'a Table<'a>>; Names::MOST_TABLES],
    /// Only who names [`COMMON`] links the table.
    common: Option<&'static CommonTable>,
}

impl Default for Names<'_> {
    /// [`IANA`].
    #[inline]
    fn default() -> Self {
        IANA
    }
}

/// Shows the tables, the one in front first.
impl fmt::Debug for Names<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        list.entries(self.own.iter().flatten());
        if self.common.is_some() {
            list.entry(&format_args!("COMMON"));
        }
        list.entry(&format_args!("IANA")).finish()
    }
}
