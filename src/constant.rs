//! Port numbers as constants, checked by the compiler.

use crate::format::ascii::split_at_last_slash;
use crate::format::value::protocol::Protocol;
use crate::service::Service;
use crate::tables::Name;

/// Gives the port number of a service as a constant `u16`: the first port number of
/// [`service_by_name`](crate::service_by_name).
///
/// The argument is a literal, `NAME/PROTOCOL`. ASCII case is ignored.
///
/// ```
/// const HTTPS: u16 = port_registry::port!("https/tcp");
/// assert_eq!(HTTPS, 443);
/// ```
///
/// A name that is not registered on the transport protocol, or that has no port number, fails to
/// compile:
///
/// ```compile_fail
/// const HTTPS: u16 = port_registry::port!("htps/tcp");
/// ```
#[macro_export]
macro_rules! port {
    ($service:literal) => {
        const {
            match $crate::__port($service) {
                ::core::result::Result::Ok(port) => port,
                ::core::result::Result::Err($crate::__NoPort::Form) => ::core::panic!(
                    "{}",
                    ::core::concat!("invalid service `", $service, "`, expected `NAME/PROTOCOL` with the protocol `tcp`, `udp`, `sctp` or `dccp`")
                ),
                ::core::result::Result::Err($crate::__NoPort::Unregistered) => ::core::panic!(
                    "{}",
                    ::core::concat!("service `", $service, "` is not in the IANA port registry")
                ),
                ::core::result::Result::Err($crate::__NoPort::Portless) => ::core::panic!(
                    "{}",
                    ::core::concat!("service `", $service, "` stands on no port number in the IANA port registry")
                ),
            }
        }
    };
}

/// Why [`port!`] finds no port number.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum __NoPort {
    Form,
    Unregistered,
    Portless,
}

/// What [`port!`] expands to. It is not part of the public interface.
#[doc(hidden)]
#[inline]
pub const fn __port(service: &str) -> Result<u16, __NoPort> {
    let Some((name, protocol)) = split_at_last_slash(service.as_bytes()) else {
        return Err(__NoPort::Form);
    };
    let Some(protocol) = Protocol::of_word(protocol) else {
        return Err(__NoPort::Form);
    };
    let Some(name) = Name::find(name) else {
        return Err(__NoPort::Unregistered);
    };
    let Some(row) = name.row_on(protocol) else {
        return Err(__NoPort::Unregistered);
    };
    match Service::of_named_row(row).port() {
        Some(port) => Ok(port),
        None => Err(__NoPort::Portless),
    }
}
