//! The whole IANA [Service Name and Transport Protocol Port Number Registry][iana], compiled in.
//!
//! ```
//! use port_registry::{PortStatus, Tcp, port_status, service_by_name, service_by_port};
//!
//! let https = service_by_port(443, Tcp).unwrap();
//! assert_eq!(https.name(), "https");
//! assert_eq!(service_by_name("HTTPS", Tcp), Some(https));
//! assert_eq!(port_status(4, Tcp), PortStatus::Unassigned);
//! ```
//!
//! Every row, column and contact of the registry is there, for all four transport protocols, with
//! its port ranges and its aliases. The tables are made when the crate is built. At run time
//! nothing is parsed or allocated, and no file or network is used. The crate is `no_std`.
//!
//! # Where to begin
//!
//! **Look up**
//!
//! | to find | use |
//! |---|---|
//! | the name of the service on a port | [`service_name`] |
//! | the service on a port | [`service_by_port`]; all of them: [`services_by_port`] |
//! | the service of a name | [`service_by_name`]; on all protocols: [`services_by_name`] |
//! | the name to use for an alias or a former name | [`canonical_name`] |
//! | the service of a DCCP service code | [`service_by_code`] |
//! | whether a port is assigned, reserved, unassigned … | [`port_status`], and the row that says so: [`record_by_port`] |
//! | the range of a port: System, User, Dynamic | [`PortRange::of`] |
//! | a port number as a constant, checked by the compiler | [`port!`] |
//! | the transport protocol that another crate means | [`Protocol::from_number`], [`Protocol::from_keyword`] |
//! | everything | [`services`], [`records`], [`contacts`], [`REGISTRY`]; any column as text: [`Record::column`] |
//!
//! **Label**
//!
//! | to show | use |
//! |---|---|
//! | a port as text for a screen or a log | [`label`] |
//! | which end of a flow is the service | [`flow`] |
//!
//! **Names that people use**
//!
//! | to have | use |
//! |---|---|
//! | IANA's names, exactly: the default everywhere | [`IANA`] |
//! | the common names in front of them: `squid`, `kafka`, `wireguard` | [`COMMON`]; with their sources: [`common_uses`] |
//! | names of your own in front of either | [`Names::with`] |
//! | these as a constant, checked by the compiler | [`table!`] |
//! | these at run time, also from the services file of the machine | `Overlay` (features `alloc` and `std`) |
//! | all that is known of a port | [`Names::uses`] |
//! | what to keep of another table | `Overlay::differences_from`, `Overlay::without`: see [`moving`] |
//!
//! **Type**
//!
//! | to read | use |
//! |---|---|
//! | what a person typed, `https/tcp` or `6000-6063` | [`Spec`]; as port numbers: [`ResolvedSpec`]; as a service: [`Service`] |
//! | lists of it, such as `22,80,https/udp` | `SpecSet` (feature `alloc`) |
//! | the same by other names than IANA's | [`Names::resolve`], `Names::set` (feature `alloc`) |
//! | ports and services by name in a configuration | the module `with` (feature `serde`) |
//! | whether a name keeps the rules, registered or not | [`ServiceName`]; historic ones too: [`AdmittedName`] |
//! | the labels `_https._tcp` of SRV records | [`SrvLabel`], [`ServiceName::srv_label`] |
//! | names of DNS-SD | [`DnsSdName`]; the TXT keys: [`Service::txt_keys`] |
//!
//! **Search**
//!
//! | to find | use |
//! |---|---|
//! | a text in any column | [`search`] |
//! | names by their start | [`services_with_prefix`] |
//!
//! **Free ports**: [`free_spans`], [`next_free`] and [`is_free`]; who holds a port: [`conflicts`].
//!
//! The module [`iter`] names the iterators, for programs that keep one, and the module
//! [`mod@error`] names the errors.
//!
//! [`Service`] and [`Record`] are handles of two bytes; their methods are the columns of the
//! registry. A lookup that finds nothing returns `None` or an empty iterator.
//!
//! # Features
//!
//! All are off by default.
//!
//! | feature | adds |
//! |---|---|
//! | `alloc` | `SpecSet` and `Overlay`; needs an allocator |
//! | `std` | `Overlay::from_system`, and `alloc`; needs `std` |
//! | `serde` | `Serialize` and `Deserialize` for the types that the module `with` lists, and ports and services by name for configurations; allocates nothing |
//!
//! # What the registry does not say
//!
//! The traffic on an assigned port may belong to another service than the assigned one, and it may
//! be unwanted (IANA's own note on the registry).
//!
//! Some services share a port without being aliases of each other, and some names stand on several
//! ports. The registry does not say which one is meant. The crate's `registry/preferred-names.txt`
//! settles a few well-known cases, and each of its lines names its source. The rules given at
//! [`service_by_port`] and [`service_by_name`] settle the others.
//!
//! On many ports people run something else than what is registered there. The crate's
//! `registry/common-names.txt` lists what they commonly run; [`COMMON`] answers by it.
//!
//! # Another date
//!
//! [`REGISTRY`]`.updated()` tells the date of the data. To build from another export of the
//! registry, set `PORT_REGISTRY_XML` to the path of IANA's XML when building.
//!
//! [iana]: https://www.iana.org/assignments/service-names-port-numbers
#![cfg_attr(
    all(feature = "std", feature = "serde"),
    doc = include_str!("tour.md")
)]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod admitted_name;
mod column;
mod columns;
mod constant;
mod contact;
mod convert;
pub mod error;
mod flow;
mod format;
mod free;
pub mod iter;
mod iterator;
mod label;
mod lookup;
mod names;
#[cfg(feature = "alloc")]
mod overlay;
mod padding;
mod protocols;
mod record;
mod reference;
mod registry;
mod search;
mod service;
mod service_name;
mod spec;
mod tables;
mod value_set;
#[cfg(feature = "serde")]
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
pub mod with;

// Declared after the types that it gives methods to, so that their documentation begins with `new`.
mod dns_sd;

pub use admitted_name::AdmittedName;
pub use column::{Cell, Column, Columns};
#[doc(hidden)]
pub use constant::{__NoPort, __port};
pub use contact::{Contact, contact, contacts};
pub use dns_sd::{DnsSdName, SrvLabel};
pub use flow::{Flow, flow};
pub use format::value::common_kind::CommonKind;
pub use format::value::date::Date;
pub use format::value::ports::Ports;
pub use format::value::protocol::Protocol;
#[doc(inline)]
pub use format::value::protocol::Protocol::{Dccp, Sctp, Tcp, Udp};
pub use format::value::reference_kind::ReferenceKind;
pub use format::value::status::{PortRange, PortStatus};
pub use free::{FreeSpan, conflicts, free_spans, is_free, next_free};
pub use label::{Label, label};
pub use lookup::{
    canonical_name, port_status, record_by_port, service_by_code, service_by_name, service_by_port,
    service_name, services_by_name, services_by_port,
};
#[doc(hidden)]
pub use names::{__Built, __Entry, __Fault};
pub use names::{COMMON, CommonUse, IANA, Names, Table, Use, common_uses};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use overlay::{Difference, Overlay, UnknownProtocolLine};
pub use protocols::Protocols;
pub use record::{Record, records};
pub use reference::Reference;
pub use registry::{REGISTRY, Registry};
pub use search::{search, services_with_prefix};
pub use service::{Service, services};
pub use service_name::ServiceName;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use spec::SpecSet;
pub use spec::{ResolvedSpec, Spec};

/// The name and the size in bytes of every table, for the tests and the maintainers' programs.
#[doc(hidden)]
#[must_use]
#[inline]
pub fn __table_sizes() -> &'static [(&'static str, usize)] {
    &tables::SIZES
}

/// How to move a program from another table of port names to this crate.
///
#[cfg_attr(feature = "alloc", doc = include_str!("moving.md"))]
pub mod moving {}

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
