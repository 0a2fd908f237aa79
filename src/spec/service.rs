//! From a specification to the service that it names.

use core::fmt;
use core::str::FromStr;

use super::Spec;
use super::error::{ParseSpecError, ParseSpecErrorKind};
use crate::convert::try_from_str;
use crate::format::one_of::OneOf;
use crate::format::value::protocol::Protocol;
use crate::lookup::{service_by_name, service_name, services_by_name};
use crate::protocols::Protocols;
use crate::service::Service;

impl FromStr for Service {
    type Err = ParseServiceError;

    /// Reads `NAME/PROTOCOL`, as [`Spec::new`] does: the service of
    /// [`service_by_name`](crate::service_by_name()). The name alone is enough if all its services
    /// are on one transport protocol.
    ///
    /// ```
    /// use port_registry::{Service, Tcp, service_by_name};
    ///
    /// let service: Service = "postgresql/tcp".parse()?;
    /// assert_eq!(Some(service), service_by_name("postgresql", Tcp));
    /// # Ok::<(), port_registry::error::ParseServiceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseServiceError`] if the text is not a [`Spec`], if it gives port numbers, or if it
    /// leaves the transport protocol open.
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Spec::new(text).map_err(Refusal::Spec)?.service()
    }
}

try_from_str!(Service);

impl Spec {
    /// The service that is named.
    #[inline]
    pub(crate) fn service(self) -> Result<Service, ParseServiceError> {
        let Some(name) = self.service_name() else {
            return Err(Refusal::PortNumbers(self).into());
        };
        let mut services = services_by_name(name);
        let service = match self.protocol {
            Some(protocol) => service_by_name(name, protocol),
            None => services.next(),
        };
        let Some(service) = service else {
            // A specification of a name is made only from a registered name.
            return Err(Refusal::PortNumbers(self).into());
        };
        let is_other = |other: Service| other.protocol() != service.protocol();
        if self.protocol.is_none() && services.clone().any(is_other) {
            let protocols = services_by_name(name)
                .filter_map(Service::protocol)
                .collect();
            return Err(Refusal::SeveralProtocols { name, protocols }.into());
        }
        Ok(service)
    }
}

/// Text that does not name a service on a transport protocol.
///
/// ```
/// use port_registry::Service;
///
/// let message = |text: &str| text.parse::<Service>().unwrap_err().to_string();
/// assert_eq!(message("443/tcp"), "port numbers `443/tcp`, expected `https/tcp`");
/// assert_eq!(
///     message("domain"),
///     "service `domain` is registered for several transport protocols, expected `domain/tcp` or `domain/udp`"
/// );
/// assert_eq!(
///     message("htps/tcp"),
///     "unknown service `htps`, expected a registered service name or port numbers; \
///      did you mean `https`, `http`, `htcp`?"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(transparent)]
pub struct ParseServiceError(#[from] Refusal);

impl ParseServiceError {
    /// Returns the cause.
    ///
    /// ```
    /// use port_registry::Service;
    /// use port_registry::error::ParseServiceErrorKind;
    ///
    /// let error = "443/tcp".parse::<Service>().unwrap_err();
    /// assert_eq!(error.kind(), ParseServiceErrorKind::PortNumbers);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(self) -> ParseServiceErrorKind {
        match self.0 {
            Refusal::Spec(error) => ParseServiceErrorKind::Spec(error.kind()),
            Refusal::PortNumbers(_) => ParseServiceErrorKind::PortNumbers,
            Refusal::SeveralProtocols { .. } => ParseServiceErrorKind::SeveralProtocols,
        }
    }
}

/// The cause of a [`ParseServiceError`].
///
/// ```
/// use port_registry::Service;
/// use port_registry::error::{ParseServiceErrorKind, ParseSpecErrorKind};
///
/// let kind = |text: &str| text.parse::<Service>().unwrap_err().kind();
/// assert_eq!(kind("domain"), ParseServiceErrorKind::SeveralProtocols);
/// assert_eq!(kind("htps"), ParseServiceErrorKind::Spec(ParseSpecErrorKind::UnknownService));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseServiceErrorKind {
    /// The text is not a [`Spec`], for this cause.
    Spec(ParseSpecErrorKind),
    /// The text gives port numbers instead of a name.
    PortNumbers,
    /// The text leaves the transport protocol open, and the name is registered for several.
    SeveralProtocols,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub(crate) enum Refusal {
    #[error(transparent)]
    Spec(ParseSpecError),
    #[error("port numbers `{0}`, expected {names}", names = NamesOf(*.0))]
    PortNumbers(Spec),
    #[error(
        "service `{name}` is registered for several transport protocols, expected {}",
        on_each(name, *protocols)
    )]
    SeveralProtocols {
        name: &'static str,
        protocols: Protocols,
    },
}

/// The services on a port, each written so that it leads back to the port. If there are none, the
/// form of such a text.
struct NamesOf(Spec);

impl fmt::Display for NamesOf {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ports = self.0.ports().filter(|ports| ports.len() == 1);
        let named = |protocol: Protocol| {
            let name = leading_name(ports?.first(), protocol)?;
            Some(Named(name, protocol))
        };
        let mut names = self.0.protocols().iter().filter_map(named).peekable();
        match names.peek() {
            Some(_) => OneOf(names).fmt(f),
            None => f.write_str("a service `NAME/PROTOCOL`"),
        }
    }
}

/// The name of the service on a port, if that name alone leads back to the port.
#[inline]
pub(crate) fn leading_name(port: u16, protocol: Protocol) -> Option<&'static str> {
    let name = service_name(port, protocol)?;
    let named = service_by_name(name, protocol)?.port();
    (named == Some(port)).then_some(name)
}

/// The service names that tell the protocols of one name apart: "`domain/tcp` or `domain/udp`".
#[inline]
pub(crate) fn on_each(name: &'static str, protocols: Protocols) -> impl fmt::Display {
    OneOf(protocols.iter().map(move |protocol| Named(name, protocol)))
}

/// Writes `NAME/PROTOCOL`.
#[derive(Clone, Copy)]
struct Named(&'static str, Protocol);

impl fmt::Display for Named {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}
