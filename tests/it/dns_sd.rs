//! Complete names of DNS-SD, made of their parts and split into them again.

use port_registry::error::ParseSrvLabelErrorKind as Kind;
use port_registry::{DnsSdName, Protocol, ServiceName, SrvLabel, Tcp, Udp, service_name, services};

const FRONTS: [&str; 6] = ["", "Office", "2nd floor. East", "é", "a\\.b", "x._y"];
const SUBTYPES: [&str; 4] = ["_printer", "_x-1", "anything", "a.b"];
const DOMAINS: [&str; 5] = ["", "local", "example.org", "_x._tcp", "Küche.example"];

#[test]
fn a_name_is_split_into_what_it_is_made_of() {
    let names = services().filter_map(|service| ServiceName::new(service.name()).ok());
    for service_name in names.step_by(173) {
        for protocol in [Tcp, Udp] {
            let label = service_name.srv_label(protocol);
            for domain in DOMAINS {
                for end in ["", "."] {
                    let mut rest = label.to_string();
                    if !domain.is_empty() {
                        rest += &format!(".{domain}");
                    }
                    rest += end;
                    let check = |text: &str, instance: Option<&str>, subtype: Option<&str>| {
                        let name = DnsSdName::split(text).expect(text);
                        assert_eq!(
                            (name.instance(), name.subtype()),
                            (instance, subtype),
                            "{text}"
                        );
                        assert_eq!(name.label(), label, "{text}");
                        let expected = Some(domain).filter(|domain| !domain.is_empty());
                        assert_eq!(name.domain(), expected, "{text}");
                        assert_eq!(name.is_absolute(), end == ".", "{text}");
                        assert_eq!(name.to_string(), text);
                        assert_eq!(format!("{name:>90}|"), format!("{text:>90}|"));
                    };
                    for front in FRONTS {
                        match front {
                            "" => check(&rest, None, None),
                            front => check(&format!("{front}.{rest}"), Some(front), None),
                        }
                    }
                    for subtype in SUBTYPES {
                        check(&format!("{subtype}._sub.{rest}"), None, Some(subtype));
                    }
                }
            }
        }
    }
}

#[test]
fn the_labels_are_those_of_srv_records() {
    for text in ["_ipp._tcp", "_IPP._UDP.local", "_ipp._tcp."] {
        let (label, _) = SrvLabel::split(text).expect(text);
        assert_eq!(DnsSdName::split(text).expect(text).label(), label);
    }
    // DNS-SD has `_udp` for these (RFC 6763, section 4.1.2), but SRV records in general do not.
    for text in ["_diameter._sctp", "_discard._dccp.local"] {
        let (label, _) = SrvLabel::split(text).expect(text);
        assert_eq!(label.dns_sd().protocol(), Udp);
        let error = DnsSdName::split(text).expect_err(text);
        assert_eq!(error.kind(), Kind::Protocol);
        assert!(
            error
                .to_string()
                .ends_with("`_udp` for every other transport protocol")
        );
    }
}

#[test]
fn names_for_other_purposes_are_told() {
    for text in ["_services._dns-sd._udp", "_SERVICES._DNS-SD._UDP.local."] {
        assert_eq!(
            DnsSdName::split(text).expect_err(text).kind(),
            Kind::Enumeration
        );
        assert_eq!(
            SrvLabel::split(text).expect_err(text).kind(),
            Kind::Enumeration
        );
    }
    // Each of the two labels alone means nothing else.
    for text in ["_services._icmp", "_http._dns-sd"] {
        assert_eq!(
            SrvLabel::split(text).expect_err(text).kind(),
            Kind::Protocol
        );
    }
    for text in ["_sip._tls", "_sips._TLS.example.org"] {
        assert_eq!(SrvLabel::split(text).expect_err(text).kind(), Kind::Tls);
    }
    for port in [0, 25, 443, 51514, 65535] {
        for &protocol in Protocol::ALL {
            let text = format!("_{port}._{protocol}.mail.example.org");
            let error = SrvLabel::split(&text);
            let error = error.expect_err("a port number is no service name");
            assert_eq!(error.kind(), Kind::Port);
            let message = error.to_string();
            match service_name(port, protocol) {
                Some(name) => assert!(message.ends_with(&format!("such as `_{name}._{protocol}`"))),
                None => assert!(message.ends_with("expected a service name")),
            }
        }
    }
}

#[test]
fn what_has_no_labels_of_a_service_is_refused() {
    for text in [
        "",
        ".",
        "local",
        "_",
        "ipp._tcp",
        "_ipp.tcp",
        "Office._ipp",
        "_a._b._ipp._tcp",
    ] {
        let error = DnsSdName::split(text).expect_err(text);
        let message = error.to_string();
        assert!(message.contains("expected `_"), "{message}");
        assert!(!message.contains('\n'));
    }
}
