//! Rivals with data of their own: the C library and other crates.

use std::ffi::{CStr, CString};

use iana_services::TransportProtocol as IanaProtocol;
use port_desc::{PortDescription, TransportProtocol as PortDescProtocol};
use port_registry::Protocol;

use super::{Lookup, NameQuestion, PortQuestion};

/// The C library, which reads `/etc/services` on each call.
pub(crate) struct CLibrary;

fn c_name(protocol: Protocol) -> &'static CStr {
    match protocol {
        Protocol::Tcp => c"tcp",
        Protocol::Udp => c"udp",
        Protocol::Sctp => c"sctp",
        Protocol::Dccp => c"dccp",
        _ => c"",
    }
}

impl Lookup<PortQuestion> for CLibrary {
    type Answer = Option<String>;

    fn lookup(&self, (port, protocol): PortQuestion) -> Option<String> {
        libc_services::by_port(port, c_name(protocol), |name| {
            name.to_string_lossy().into_owned()
        })
    }
}

impl Lookup<NameQuestion> for CLibrary {
    type Answer = Option<u16>;

    fn lookup(&self, (name, protocol): NameQuestion) -> Option<u16> {
        libc_services::by_name(&CString::new(name).ok()?, c_name(protocol))
    }
}

/// The crate `iana-services` without its feature `embed`, which downloads at build time: it
/// reads `/etc/services` on each call.
pub(crate) struct IanaServices;

fn iana_protocol(protocol: Protocol) -> Option<IanaProtocol> {
    match protocol {
        Protocol::Tcp => Some(IanaProtocol::Tcp),
        Protocol::Udp => Some(IanaProtocol::Udp),
        _ => None,
    }
}

impl Lookup<PortQuestion> for IanaServices {
    type Answer = Option<String>;

    fn lookup(&self, (port, protocol): PortQuestion) -> Option<String> {
        let protocol = iana_protocol(protocol)?;
        let services = iana_services::lookup_by_port(port)?.into_iter();
        let mut services = services.filter(|service| service.protocol == protocol);
        services.next().map(|service| service.name)
    }
}

impl Lookup<NameQuestion> for IanaServices {
    type Answer = Option<u16>;

    fn lookup(&self, (name, protocol): NameQuestion) -> Option<u16> {
        let protocol = iana_protocol(protocol)?;
        let services = iana_services::lookup_by_name(name)?.into_iter();
        let mut services = services.filter(|service| service.protocol == protocol);
        services.next().map(|service| service.port)
    }
}

/// The crate `port-desc`, which parses its CSV file at the start.
pub(crate) struct PortDesc(&'static PortDescription);

impl PortDesc {
    pub(crate) fn new() -> Self {
        match PortDescription::default() {
            Ok(descriptions) => Self(Box::leak(Box::new(descriptions))),
            Err(error) => panic!("port-desc does not read its own file: {error}"),
        }
    }
}

impl Lookup<PortQuestion> for PortDesc {
    type Answer = Option<&'static str>;

    #[inline]
    fn lookup(&self, (port, protocol): PortQuestion) -> Option<&'static str> {
        let protocol = match protocol {
            Protocol::Tcp => PortDescProtocol::Tcp,
            Protocol::Udp => PortDescProtocol::Udp,
            Protocol::Sctp => PortDescProtocol::Sctp,
            Protocol::Dccp => PortDescProtocol::Dccp,
            _ => return None,
        };
        let name = self.0.get_port_service_name(port, protocol);
        (!name.is_empty()).then_some(name)
    }
}
