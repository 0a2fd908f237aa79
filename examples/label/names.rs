//! The names of ports: the user's own, and the registry's behind them.

use std::error::Error;

#[cfg(feature = "std")]
use port_registry::{Overlay, error::ReadServicesError};
use port_registry::{PortRange, Protocol, canonical_name, flow, service_by_name, service_by_port};

use crate::arguments::Arguments;

/// Gives names to ports.
pub(crate) struct Names {
    /// All names that the command line asks for.
    #[cfg(feature = "std")]
    overlay: Option<Overlay>,
    /// The names of `--overlay` alone. Only these make a port the server, because a machine's file
    /// names thousands.
    #[cfg(feature = "std")]
    own: Option<Overlay>,
}

impl Names {
    /// The name of a port, if there is one.
    #[inline]
    pub(crate) fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        match self.own_name(port, protocol) {
            Some(name) => Some(name),
            None => service_by_port(port, protocol).map(|service| service.name()),
        }
    }

    /// The port of a name. Former names are included.
    pub(crate) fn port(&self, name: &[u8], protocol: Protocol) -> Option<u16> {
        let name = std::str::from_utf8(name).ok()?;
        #[cfg(feature = "std")]
        if let Some(port) = self
            .overlay
            .as_ref()
            .and_then(|own| own.port(name, protocol))
        {
            return Some(port);
        }
        let name = canonical_name(name).unwrap_or(name);
        service_by_name(name, protocol)?.port()
    }

    /// Which of two ports is the service's. A port with one of the user's own names is. Otherwise,
    /// if the source opened the conversation, it is the destination, unless only the source is a
    /// likely server. Otherwise [`flow`] decides.
    #[inline]
    pub(crate) fn server(
        &self,
        source: u16,
        destination: u16,
        protocol: Protocol,
        source_opened: bool,
    ) -> u16 {
        match (
            self.is_own(source, protocol),
            self.is_own(destination, protocol),
        ) {
            (true, false) => source,
            (false, true) => destination,
            // The first packet seen may have been the answer.
            _ if source_opened
                && (is_servers(destination, protocol) || !is_system(source, protocol)) =>
            {
                destination
            }
            _ => flow(source, destination, protocol).server_port(),
        }
    }

    /// Whether a port is the server when the other end is a name without a known port.
    pub(crate) fn outranks_names(&self, port: u16, protocol: Protocol) -> bool {
        self.is_own(port, protocol) || is_system(port, protocol)
    }
}

fn is_assigned(port: u16, protocol: Protocol) -> bool {
    service_by_port(port, protocol).is_some()
}

/// Whether a port is assigned and is not one that clients get. Clients get the Dynamic Ports, and
/// on Linux those from 32768 on.
fn is_servers(port: u16, protocol: Protocol) -> bool {
    port < 32_768 && is_assigned(port, protocol)
}

/// Whether a port is an assigned System Port.
fn is_system(port: u16, protocol: Protocol) -> bool {
    PortRange::of(port) == PortRange::System && is_assigned(port, protocol)
}

#[cfg(feature = "std")]
impl Names {
    /// The names that the command line asks for. If both files name a port, the overlay's name
    /// counts.
    pub(crate) fn of(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let (mut overlay, mut own) = (None, None);
        if arguments.services {
            overlay = Some(machine_names()?);
        }
        if let Some(path) = &arguments.overlay {
            let file = Overlay::from_services_file(path)?;
            for line in file.unknown_protocols() {
                crate::complain(&format!(
                    "{}: line {}: {}/{} passed over, for its protocol is not of the registry",
                    path.display(),
                    line.line(),
                    line.port(),
                    line.protocol().escape_debug()
                ));
            }
            overlay.get_or_insert_default().append(file.clone());
            own = Some(file);
        }
        Ok(Self { overlay, own })
    }

    #[inline]
    fn is_own(&self, port: u16, protocol: Protocol) -> bool {
        name_of(self.own.as_ref(), port, protocol).is_some()
    }

    #[inline]
    fn own_name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        name_of(self.overlay.as_ref(), port, protocol)
    }
}

#[cfg(feature = "std")]
#[inline]
fn name_of(overlay: Option<&Overlay>, port: u16, protocol: Protocol) -> Option<&str> {
    let label = overlay?.label(port, protocol);
    // Only a label of the registry has a service.
    label.name().filter(|_| label.service().is_none())
}

/// The names of the machine's services file. The user may not be able to correct its errors, so
/// lines with errors are reported and skipped.
#[cfg(feature = "std")]
fn machine_names() -> Result<Overlay, ReadServicesError> {
    match Overlay::from_system() {
        Err(ReadServicesError::Invalid { path, errors }) => {
            crate::complain(&format!(
                "lines of {} passed over:\n{errors}",
                path.display()
            ));
            Ok(errors.into_overlay())
        }
        result => result,
    }
}

#[cfg(not(feature = "std"))]
impl Names {
    /// The names that the command line asks for.
    pub(crate) fn of(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        if arguments.overlay.is_some() || arguments.services {
            return Err("--overlay and --services need the feature `std`: \
                 cargo run --release --features std --example label -- …"
                .into());
        }
        Ok(Self {})
    }

    #[inline]
    #[allow(
        clippy::unused_self,
        reason = "with the feature `std` there are own names"
    )]
    fn own_name(&self, _port: u16, _protocol: Protocol) -> Option<&str> {
        None
    }

    #[inline]
    #[allow(
        clippy::unused_self,
        reason = "with the feature `std` there are own names"
    )]
    fn is_own(&self, _port: u16, _protocol: Protocol) -> bool {
        false
    }
}
