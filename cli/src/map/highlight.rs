//! What `--highlight` names.

use port_registry::{Ports, Protocol, Spec, service_by_name};

/// Ports to point out, with the text that asked for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Highlight {
    pub(crate) ports: Ports,
    /// `https 443`, or `6000-6063`.
    pub(crate) label: String,
}

/// A specification that means no ports in the picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HighlightError {
    #[error("cannot highlight `{spec}` in a picture of {drawn}: add `--protocol {asked}`")]
    OtherProtocol {
        spec: String,
        drawn: Protocol,
        asked: Protocol,
    },
    #[error("cannot highlight `{name}`: it has no port number on {drawn}")]
    NoPort { name: &'static str, drawn: Protocol },
}

impl Highlight {
    /// Finds the ports that are meant on the transport protocol of the picture.
    pub(crate) fn new(spec: Spec, drawn: Protocol) -> Result<Self, HighlightError> {
        if let Some(asked) = spec.protocol().filter(|asked| *asked != drawn) {
            let spec = spec.to_string();
            return Err(HighlightError::OtherProtocol { spec, drawn, asked });
        }
        if let Some(ports) = spec.ports() {
            let label = ports.to_string();
            return Ok(Self { ports, label });
        }
        let name = spec.service_name().unwrap_or_default();
        let service = service_by_name(name, drawn);
        let ports = service.and_then(|service| service.ports());
        let ports = ports.ok_or(HighlightError::NoPort { name, drawn })?;
        let label = format!("{name} {ports}");
        Ok(Self { ports, label })
    }
}
