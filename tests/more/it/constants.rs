//! Lookups in constants: what the compiler computes, and what it refuses.

use crate::support::consumer::{Consumer, message};
use port_registry::{
    PortRange, PortStatus, Ports, Protocol, Service, Tcp, Udp, canonical_name, port, port_status,
    record_by_port, service_by_code, service_by_name, service_by_port,
};

const HTTPS: u16 = port!("https/tcp");
const UPPER_CASE: u16 = port!("DOMAIN/UDP");
const SLASH_IN_NAME: u16 = port!("914c/g/tcp");
const BY_PORT: Option<Service> = service_by_port(443, Tcp);
const BY_NAME: Option<Service> = service_by_name("HTTPS", Tcp);
const STATUS: PortStatus = port_status(4, Udp);
const RANGE: PortRange = PortRange::of(1024);
const NAME: &str = service_by_port(6005, Tcp).unwrap().name();
const PORTS: Option<Ports> = service_by_port(6005, Tcp).unwrap().ports();
const PROTOCOL: Option<Protocol> = service_by_port(6005, Tcp).unwrap().protocol();
const UNNAMED: Option<&str> = record_by_port(4, Udp).unwrap().name();

#[test]
fn the_compiler_computes_what_a_run_does() {
    assert_eq!(HTTPS, 443);
    assert_eq!(UPPER_CASE, 53);
    assert_eq!(
        Some(SLASH_IN_NAME),
        service_by_name("914c/g", Tcp).unwrap().port()
    );
    assert_eq!(BY_PORT, service_by_port(443, Tcp));
    assert_eq!(BY_NAME, BY_PORT);
    assert_eq!(STATUS, PortStatus::Unassigned);
    assert_eq!(RANGE, PortRange::User);
    assert_eq!(NAME, "x11");
    assert_eq!(PORTS, Ports::new(6000, 6063));
    assert_eq!(PROTOCOL, Some(Tcp));
    assert_eq!(UNNAMED, None);
}

#[test]
fn the_compiler_refuses_what_is_not_registered() {
    let cases = [
        (
            "\"htps/tcp\"",
            "service `htps/tcp` is not in the IANA port registry",
        ),
        (
            "\"https/dccp\"",
            "service `https/dccp` is not in the IANA port registry",
        ),
        (
            "\"slpda/tcp\"",
            "service `slpda/tcp` stands on no port number in the IANA port registry",
        ),
        (
            "\"https\"",
            "invalid service `https`, expected `NAME/PROTOCOL` with the protocol `tcp`, `udp`, \
             `sctp` or `dccp`",
        ),
        (
            "\"https/icmp\"",
            "invalid service `https/icmp`, expected `NAME/PROTOCOL` with the protocol `tcp`, \
             `udp`, `sctp` or `dccp`",
        ),
    ];
    let binary = |number: usize| format!("refused_{number}");
    let refused = cases.iter().enumerate();
    let mut binaries: Vec<_> = refused
        .map(|(number, (argument, _))| (binary(number), program(argument)))
        .collect();
    binaries.push(("accepted".to_owned(), program("\"https/tcp\"")));
    let consumer = Consumer::new(&binaries);
    let accepted = consumer.cargo("build", "accepted", &[]);
    assert!(accepted.status.success(), "{}", message(&accepted));
    for (number, (argument, expected)) in cases.iter().enumerate() {
        let refused = consumer.cargo("build", &binary(number), &[]);
        assert!(!refused.status.success(), "{argument} compiles");
        let found = message(&refused);
        assert!(
            found.contains(expected),
            "{expected}\nnot found in\n{found}"
        );
    }
}

fn program(argument: &str) -> String {
    format!(
        "const PORT: u16 = port_registry::port!({argument});\nfn main() {{ assert!(PORT > 0); }}\n"
    )
}

const DESCRIPTION: &str = service_by_port(443, Tcp).unwrap().description();
const CANONICAL: Option<&str> = canonical_name("WWW");
const ALIAS: bool = service_by_name("www", Tcp).unwrap().is_alias();
const BY_CODE: Option<Service> = service_by_code(u32::from_be_bytes(*b"DISC"));

#[test]
fn columns_and_aliases_are_told_in_constants() {
    assert_eq!(
        DESCRIPTION,
        service_by_port(443, Tcp).unwrap().description()
    );
    assert_eq!(DESCRIPTION, "http protocol over TLS/SSL");
    assert_eq!((CANONICAL, ALIAS), (Some("http"), true));
    assert_eq!(BY_CODE.map(Service::name), Some("discard"));
}
