//! What `--highlight` names.

use port_registry::{Names, Ports, Protocol, Spec};

/// Ports to point out, with the text that asked for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Highlight {
    pub(crate) ports: Ports,
    /// `https 443`, or `6000-6063`.
    pub(crate) label: String,
}

/// A text that means no ports in the picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HighlightError {
    #[error("cannot highlight `{text}` in a picture of {drawn}: add `--protocol {asked}`")]
    OtherProtocol {
        text: String,
        drawn: Protocol,
        asked: Protocol,
    },
    #[error("cannot highlight `{}`: {reason}", text.escape_debug())]
    NoPorts { text: String, reason: String },
}

impl Highlight {
    /// Finds the ports that are meant on the transport protocol of the picture.
    pub(crate) fn new(
        text: &str,
        drawn: Protocol,
        names: Names<'_>,
    ) -> Result<Self, HighlightError> {
        let resolved = names
            .resolve_on(text, drawn)
            .map_err(|error| HighlightError::NoPorts {
                text: text.to_owned(),
                reason: names.explain(&error).to_string(),
            })?;
        let asked = resolved.protocols();
        if let Some(asked) = asked.iter().next().filter(|_| !asked.contains(drawn)) {
            let text = text.to_owned();
            return Err(HighlightError::OtherProtocol { text, drawn, asked });
        }
        let ports = resolved.ports();
        let label = match name(text) {
            Some(name) => format!("{name} {ports}"),
            None => ports.to_string(),
        };
        Ok(Self { ports, label })
    }
}

/// The name that a text gives, as the registry spells it if it is registered. Port numbers have
/// none.
fn name(text: &str) -> Option<&str> {
    match Spec::new(text) {
        Ok(spec) => spec.service_name(),
        Err(_) => text.split('/').next().map(str::trim),
    }
}
