//! Ports and descriptions by service name.

use arrow::array::{Array, ArrayRef, AsArray, Datum, StringArray, StringViewArray, UInt16Array};
use port_registry::{Protocol, Use, service_by_name};

use super::Result;
use super::columns::{common_length, protocol_numbers, texts};
use super::names::NameSource;

/// Returns the port number of a service on a transport protocol, the first if it has several, by the
/// rules of [`port_registry::Names::port`]; null if no such service has a port there. ASCII case is
/// ignored.
pub fn service_port(
    services: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<UInt16Array> {
    let named = Named::read(services, protocols)?;
    let answers = named.iter().map(|pair| {
        let (name, protocol) = pair?;
        names.names().port(name, protocol)
    });
    Ok(answers.collect())
}

/// Returns the description of a service on a transport protocol: the registry's column
/// *Description*, or for a common name what the list of common names says of it. Null if there is no
/// such service. ASCII case is ignored.
pub fn service_description(
    services: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<StringArray> {
    let named = Named::read(services, protocols)?;
    let answers = named.iter().map(|pair| {
        let (name, protocol) = pair?;
        let common = match names {
            NameSource::Iana => None,
            NameSource::Common => common_title(name, protocol),
        };
        common.or_else(|| Some(service_by_name(name, protocol)?.description()))
    });
    Ok(answers.collect())
}

/// What the list of common names says of a name.
fn common_title(name: &str, protocol: Protocol) -> Option<&'static str> {
    let names = NameSource::Common.names();
    let port = names.port(name, protocol)?;
    names.uses(port, protocol).find_map(|one| match one {
        Use::Common(common) if common.names().any(|other| other.eq_ignore_ascii_case(name)) => {
            Some(common.title())
        }
        _ => None,
    })
}

/// A column of service names beside one of protocols.
struct Named {
    names: ArrayRef,
    protocols: Vec<u8>,
    length: usize,
}

impl Named {
    fn read(services: &dyn Datum, protocols: &dyn Datum) -> Result<Self> {
        Ok(Self {
            length: common_length(&[services, protocols])?,
            names: texts(services)?,
            protocols: protocol_numbers(protocols)?.into_owned(),
        })
    }

    /// The name and protocol of each row, or `None` where one is null or unknown.
    fn iter(&self) -> impl Iterator<Item = Option<(&str, Protocol)>> {
        let names: &StringViewArray = self.names.as_string_view();
        (0..self.length).map(move |row| {
            // One value stands for all rows.
            let name = row % names.len();
            let protocol = self.protocols[row % self.protocols.len()];
            let protocol = Protocol::from_number(protocol)?;
            names.is_valid(name).then(|| (names.value(name), protocol))
        })
    }
}
