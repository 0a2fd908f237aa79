//! The iterators that the functions of this crate return, for programs that keep one.
//!
//! They allocate nothing, can be cloned, and show with `Debug` their items still to come.
//!
//! ```
//! use port_registry::iter::Records;
//! use port_registry::records;
//!
//! struct Page {
//!     rows: Records,
//! }
//!
//! let mut page = Page { rows: records() };
//! assert_eq!(page.rows.next().unwrap().port(), Some(0));
//! ```

pub use crate::column::ColumnsIter;
pub use crate::contact::{Contacts, RecordContacts, Uris};
pub use crate::dns_sd::TxtKeys;
pub use crate::free::{Conflicts, FreeSpans};
pub use crate::lookup::{ServicesByName, ServicesByPort};
pub use crate::names::{CommonUseNames, CommonUses, Uses};
pub use crate::protocols::ProtocolsIter;
pub use crate::record::Records;
pub use crate::reference::References;
pub use crate::search::{Search, ServicesWithPrefix};
pub use crate::service::{Aliases, Services};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use crate::spec::{PortsOn, SpansOn, SpecSetPairs, SpecSetSpans};
