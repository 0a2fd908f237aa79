//! The names of ports: the registry's, and one's own in front of them.

use std::error::Error;

#[cfg(feature = "std")]
use port_registry::{Overlay, ServicesFileError};
use port_registry::{Protocol, canonical_name, flow, service_by_name, service_by_port};

use crate::arguments::Arguments;

/// Gives names to ports.
pub(crate) struct Names {
    #[cfg(feature = "std")]
    overlay: Option<Overlay>,
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

    /// The port of a name, former names included.
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

    /// Which of two ports is the service's: one that has a name of one's own; else as
    /// [`flow`] tells.
    #[inline]
    pub(crate) fn server(&self, source: u16, destination: u16, protocol: Protocol) -> u16 {
        let is_own = |port| self.own_name(port, protocol).is_some();
        match (is_own(source), is_own(destination)) {
            (true, false) => source,
            (false, true) => destination,
            _ => flow(source, destination, protocol).server_port(),
        }
    }
}

#[cfg(feature = "std")]
impl Names {
    /// The names that the command line asks for. Of two own names of a port that of the overlay
    /// counts.
    pub(crate) fn of(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let mut overlay = None;
        if arguments.services {
            overlay = Some(machine_names()?);
        }
        if let Some(path) = &arguments.overlay {
            let own = Overlay::from_services_file(path)?;
            for line in own.unknown_protocols() {
                crate::complain(&format!(
                    "{}: line {}: {}/{} passed over, for its protocol is not of the registry",
                    path.display(),
                    line.line(),
                    line.port(),
                    line.protocol().escape_debug()
                ));
            }
            overlay.get_or_insert_default().append(own);
        }
        Ok(Self { overlay })
    }

    #[inline]
    fn own_name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        let label = self.overlay.as_ref()?.label(port, protocol);
        // A label of the registry has its service.
        label.name().filter(|_| label.service().is_none())
    }
}

/// The names of the machine's services file. Lines of it that have errors are not the user's to
/// mend: they are told and passed over.
#[cfg(feature = "std")]
fn machine_names() -> Result<Overlay, ServicesFileError> {
    match Overlay::from_system() {
        Err(ServicesFileError::Invalid { path, errors }) => {
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
}
