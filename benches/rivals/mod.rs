//! Everything that can be asked instead of this crate, behind one trait and on the same data.

pub(crate) mod elsewhere;
pub(crate) mod in_memory;
pub(crate) mod questions;

use port_registry::{PortStatus, Protocol, Service, port_status, service_by_name, service_by_port};

/// A port number and a transport protocol.
pub(crate) type PortQuestion = (u16, Protocol);

/// A service name in any case and a transport protocol.
pub(crate) type NameQuestion = (&'static str, Protocol);

/// One way to answer a kind of question.
pub(crate) trait Lookup<Question> {
    type Answer;

    fn lookup(&self, question: Question) -> Self::Answer;
}

/// What a lookup answers. It can be compared with what the registry says.
pub(crate) trait Answer<Right> {
    /// Whether this is the right answer if the registry gives `right`.
    fn agrees(&self, right: Right) -> bool;
}

impl Answer<PortStatus> for PortStatus {
    fn agrees(&self, status: PortStatus) -> bool {
        *self == status
    }
}

impl Answer<Option<Service>> for Option<Service> {
    fn agrees(&self, service: Option<Service>) -> bool {
        *self == service
    }
}

/// An answer of the service's name.
impl Answer<Option<Service>> for Option<&str> {
    fn agrees(&self, service: Option<Service>) -> bool {
        *self == service.map(Service::name)
    }
}

/// An answer of the service's name.
impl Answer<Option<Service>> for Option<String> {
    fn agrees(&self, service: Option<Service>) -> bool {
        self.as_deref().agrees(service)
    }
}

/// An answer of the service's port.
impl Answer<Option<Service>> for Option<u16> {
    fn agrees(&self, service: Option<Service>) -> bool {
        *self == service.and_then(Service::port)
    }
}

/// This crate, asked for services.
pub(crate) struct PortRegistry;

impl Lookup<PortQuestion> for PortRegistry {
    type Answer = Option<Service>;

    #[inline]
    fn lookup(&self, (port, protocol): PortQuestion) -> Option<Service> {
        service_by_port(port, protocol)
    }
}

impl Lookup<NameQuestion> for PortRegistry {
    type Answer = Option<Service>;

    #[inline]
    fn lookup(&self, (name, protocol): NameQuestion) -> Option<Service> {
        service_by_name(name, protocol)
    }
}

/// This crate, asked for names.
pub(crate) struct PortRegistryNames;

impl Lookup<PortQuestion> for PortRegistryNames {
    type Answer = Option<&'static str>;

    #[inline]
    fn lookup(&self, (port, protocol): PortQuestion) -> Option<&'static str> {
        service_by_port(port, protocol).map(Service::name)
    }
}

/// This crate, asked for the status of ports.
pub(crate) struct PortRegistryStatuses;

impl Lookup<PortQuestion> for PortRegistryStatuses {
    type Answer = PortStatus;

    #[inline]
    fn lookup(&self, (port, protocol): PortQuestion) -> PortStatus {
        port_status(port, protocol)
    }
}
