//! The types that are read from untrusted bytes, and what must hold of each value that was.

use std::fmt::Debug;

use port_registry::with::Common;
use port_registry::{
    AdmittedName, Contact, Date, PortRange, PortStatus, Ports, Protocol, Protocols, Record,
    Service, ServiceName, Spec, SpecSet, SrvLabel, contact,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A format of bytes.
pub trait Format {
    /// Reads a value, in the way that a form chooses.
    fn read<T: DeserializeOwned>(form: usize, bytes: &[u8]) -> Option<T>;
    /// Writes a value.
    fn write<T: Serialize>(value: &T) -> Vec<u8>;
}

/// What must hold of a value beyond being written and read back.
pub trait Value: Serialize + DeserializeOwned + PartialEq + Debug {
    fn assert_sound(&self) {}
}

impl Value for Protocol {}
impl Value for Protocols {}
impl Value for PortRange {}
impl Value for PortStatus {}

impl Value for Ports {
    fn assert_sound(&self) {
        assert_eq!(Self::new(self.first(), self.last()), Some(*self));
    }
}

impl Value for Date {
    fn assert_sound(&self) {
        assert_eq!(
            Self::new(self.year(), self.month(), self.day()),
            Some(*self)
        );
    }
}

impl Value for ServiceName {
    fn assert_sound(&self) {
        assert_eq!(Self::new(self.as_str()), Ok(*self));
    }
}

impl Value for AdmittedName {
    fn assert_sound(&self) {
        assert_eq!(Self::new(self.as_str()), Ok(*self));
    }
}

impl Value for SrvLabel {
    fn assert_sound(&self) {
        assert_eq!(self.to_string().parse(), Ok(*self));
    }
}

impl Value for Spec {
    fn assert_sound(&self) {
        assert_eq!(Self::new(&self.to_string()), Ok(*self));
    }
}

impl Value for SpecSet {
    fn assert_sound(&self) {
        assert_eq!(self.to_string().parse().as_ref(), Ok(self));
        let ends: Vec<_> = self.spans().map(|(ports, _)| ports).collect();
        assert!(ends.windows(2).all(|pair| pair[0].last() < pair[1].first()));
    }
}

impl Value for Record {
    fn assert_sound(&self) {
        assert_eq!(port_registry::records().nth(self.index()), Some(*self));
    }
}

impl Value for Service {
    fn assert_sound(&self) {
        assert_eq!(self.record().service(), Some(*self));
        self.record().assert_sound();
    }
}

impl Value for Contact {
    fn assert_sound(&self) {
        assert_eq!(contact(self.id()), Some(*self));
    }
}

/// A field that is read `with` a module.
macro_rules! fields {
    ($($name:ident($type:ty) = $module:literal;)*) => {$(
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct $name(#[serde(with = $module)] $type);

        impl Value for $name {}
    )*};
}

fields! {
    Port(u16) = "port_registry::with::port";
    PortName(u16) = "port_registry::with::port_name";
    PortUdp(u16) = "port_registry::with::port_udp";
    PortNameUdp(u16) = "port_registry::with::port_name_udp";
    PortSctp(u16) = "port_registry::with::port_sctp";
    PortNameSctp(u16) = "port_registry::with::port_name_sctp";
    PortDccp(u16) = "port_registry::with::port_dccp";
    PortNameDccp(u16) = "port_registry::with::port_name_dccp";
    PortOption(Option<u16>) = "port_registry::with::port::option";
    CommonPort(u16) = "port_registry::with::port::In::<Common>";
    CommonPortName(u16) = "port_registry::with::port_name::In::<Common>";
    CommonPortNameUdp(u16) = "port_registry::with::port_name_udp::In::<Common>";
    ServiceText(Service) = "port_registry::with::service";
    ServiceOption(Option<Service>) = "port_registry::with::service::option";
    CommonSet(SpecSet) = "port_registry::with::spec_set::In::<Common>";
    CommonSetOption(Option<SpecSet>) = "port_registry::with::spec_set::option::In::<Common>";
}

/// A type, as what is asserted of bytes that are read as one.
type Check = fn(usize, &[u8]);

/// What is asserted of each type in a format.
#[must_use]
pub const fn checks<F: Format>() -> [Check; 30] {
    [
        check::<F, Protocol>,
        check::<F, Protocols>,
        check::<F, PortRange>,
        check::<F, PortStatus>,
        check::<F, Ports>,
        check::<F, Date>,
        check::<F, ServiceName>,
        check::<F, AdmittedName>,
        check::<F, SrvLabel>,
        check::<F, Spec>,
        check::<F, SpecSet>,
        check::<F, Record>,
        check::<F, Service>,
        check::<F, Contact>,
        check::<F, Port>,
        check::<F, PortName>,
        check::<F, PortUdp>,
        check::<F, PortNameUdp>,
        check::<F, PortSctp>,
        check::<F, PortNameSctp>,
        check::<F, PortDccp>,
        check::<F, PortNameDccp>,
        check::<F, PortOption>,
        check::<F, CommonPort>,
        check::<F, CommonPortName>,
        check::<F, CommonPortNameUdp>,
        check::<F, ServiceText>,
        check::<F, ServiceOption>,
        check::<F, CommonSet>,
        check::<F, CommonSetOption>,
    ]
}

/// What is accepted is sound, and reads back as the same value.
fn check<F: Format, T: Value>(form: usize, bytes: &[u8]) {
    let Some(value) = F::read::<T>(form, bytes) else {
        return;
    };
    value.assert_sound();
    let written = F::write(&value);
    for form in [0, 1] {
        let again = F::read::<T>(form, &written);
        assert_eq!(again.as_ref(), Some(&value), "{written:?}");
    }
}
