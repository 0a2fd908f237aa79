//! Reading and writing ports by the registry's names or by others.
//!
//! The registry's are a type of their own, so that a program that uses them alone has nothing of the
//! others.

use core::fmt;

use crate::format::value::protocol::Protocol;
use crate::names::{Explanation, Names};
use crate::spec::{ParseSpecError, ParseSpecErrorKind, Spec, leading_name};
#[cfg(feature = "alloc")]
use crate::spec::{ParseSpecSetError, ResolvedSpec, SpecSet};

/// Names by which ports are read and written.
pub(super) trait ByNames: Copy {
    /// Why a text is no port.
    type Failure<'t>: fmt::Display;

    /// The port that a text means on a protocol. The error is `None` if the text is of another form:
    /// its own error would suggest several ports or take a comma for a misspelling, but one port is
    /// expected.
    fn port(self, text: &str, protocol: Protocol) -> Result<u16, Option<Self::Failure<'_>>>;

    /// The name of a port that leads back to it.
    fn leading_name(&self, port: u16, protocol: Protocol) -> Option<&str>;

    #[cfg(feature = "alloc")]
    fn resolve(self, text: &str) -> Result<ResolvedSpec, ParseSpecError>;

    #[cfg(feature = "alloc")]
    fn set(self, text: &str) -> Result<SpecSet, ParseSpecSetError>;

    #[cfg(feature = "alloc")]
    fn explain_set(self, error: &ParseSpecSetError) -> impl fmt::Display;
}

/// The registry's names.
#[derive(Clone, Copy)]
pub(super) struct Registered;

impl ByNames for Registered {
    type Failure<'t> = NoPort;

    #[inline]
    fn port(self, text: &str, protocol: Protocol) -> Result<u16, Option<NoPort>> {
        match Spec::new(text) {
            Ok(spec) => port_of(spec, protocol).map_err(Some),
            Err(error) if is_about_form(text, error) => Err(None),
            Err(error) => Err(Some(error.into())),
        }
    }

    #[inline]
    fn leading_name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        leading_name(port, protocol)
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn resolve(self, text: &str) -> Result<ResolvedSpec, ParseSpecError> {
        text.parse()
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn set(self, text: &str) -> Result<SpecSet, ParseSpecSetError> {
        text.parse()
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn explain_set(self, error: &ParseSpecSetError) -> impl fmt::Display {
        *error
    }
}

impl<'a> ByNames for Names<'a> {
    type Failure<'t> = NoNamedPort<'t, 'a>;

    #[inline]
    fn port(self, text: &str, protocol: Protocol) -> Result<u16, Option<NoNamedPort<'_, 'a>>> {
        let resolved = match self.resolve_on(text, protocol) {
            Ok(resolved) => resolved,
            Err(error) if is_about_form(text, error) => return Err(None),
            Err(error) => return Err(Some(NoNamedPort::Explained(self.explain(&error)))),
        };
        let text = text.trim_ascii();
        if !resolved.protocols().contains(protocol) {
            return Err(Some(NoNamedPort::OtherProtocol { text, protocol }));
        }
        let numbers = Spec::new(text).ok().and_then(Spec::ports);
        if numbers.is_some_and(|ports| ports.len() > 1) {
            return Err(Some(NoNamedPort::Several { text, protocol }));
        }
        Ok(resolved.ports().first())
    }

    #[inline]
    fn leading_name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        let name = self.name(port, protocol)?;
        // A name such as `8080` would be read back as the number.
        let read = self.resolve_on(name, protocol).ok()?;
        (read.ports().first() == port).then_some(name)
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn resolve(self, text: &str) -> Result<ResolvedSpec, ParseSpecError> {
        Names::resolve(self, text)
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn set(self, text: &str) -> Result<SpecSet, ParseSpecSetError> {
        Names::set(self, text)
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn explain_set(self, error: &ParseSpecSetError) -> impl fmt::Display {
        Names::explain_set(self, error)
    }
}

#[inline]
fn is_about_form(text: &str, error: ParseSpecError) -> bool {
    let is_about_spans = matches!(
        error.kind(),
        ParseSpecErrorKind::Empty | ParseSpecErrorKind::NotANumber | ParseSpecErrorKind::Reversed
    );
    text.contains(',') || is_about_spans
}

#[inline]
fn port_of(spec: Spec, protocol: Protocol) -> Result<u16, NoPort> {
    if spec.protocol().is_some_and(|own| own != protocol) {
        return Err(NoPort::OtherProtocol { spec, protocol });
    }
    if spec.ports().is_some_and(|ports| ports.len() > 1) {
        return Err(NoPort::Several { spec, protocol });
    }
    Ok(spec.on(protocol)?.resolve()?.ports().first())
}

/// Why a text is not one port by the names in force.
#[derive(thiserror::Error, Debug)]
pub(super) enum NoNamedPort<'t, 'a> {
    #[error("{0}")]
    Explained(Explanation<'a>),
    #[error("`{text}` is for another transport protocol, expected {protocol}")]
    OtherProtocol { text: &'t str, protocol: Protocol },
    #[error("several port numbers `{text}`, expected {}", Expected(*protocol))]
    Several { text: &'t str, protocol: Protocol },
}

/// Why a specification does not give one port number on a protocol.
#[derive(thiserror::Error, Debug)]
pub(super) enum NoPort {
    #[error(transparent)]
    Spec(#[from] ParseSpecError),
    #[error("`{spec}` is for another transport protocol, expected {protocol}")]
    OtherProtocol { spec: Spec, protocol: Protocol },
    #[error("several port numbers `{spec}`, expected {}", Expected(*protocol))]
    Several { spec: Spec, protocol: Protocol },
}

/// What is expected, with examples that are registered for the transport protocol.
pub(super) struct Expected(pub(super) Protocol);

impl fmt::Display for Expected {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (port, name) = match self.0 {
            Protocol::Tcp | Protocol::Udp | Protocol::Sctp => (443, "https"),
            Protocol::Dccp => (9, "discard"),
        };
        write!(
            f,
            "a port number from 0 to 65535 or a service name, such as `{port}` or `{name}`"
        )
    }
}
