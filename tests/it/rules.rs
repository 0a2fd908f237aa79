//! The rules of lookup, one named test for each, on entries of the registry that everybody can look
//! up.

use std::collections::HashSet;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::iter::FusedIterator;
use std::panic::{RefUnwindSafe, UnwindSafe};

use port_registry::error::{
    ParseDateError, ParsePortsError, ParseProtocolError, TryFromProtocolNumberError,
};
use port_registry::{
    AdmittedName, COMMON, Column, Contact, Date, Dccp, PortRange, PortStatus, Ports, Protocol,
    Protocols, REGISTRY, Record, Reference, ReferenceKind, Sctp, Service, ServiceName, Spec, Tcp,
    Udp, canonical_name, common_uses, contact, contacts, flow, label, port_status, record_by_port,
    records, service_by_code, service_by_name, service_by_port, services, services_by_name,
    services_by_port,
};

/// All names on a port, in the order of the answer.
fn names(port: u16, protocol: Protocol) -> Vec<&'static str> {
    services_by_port(port, protocol)
        .map(Service::name)
        .collect()
}

fn name(port: u16, protocol: Protocol) -> Option<&'static str> {
    service_by_port(port, protocol).map(Service::name)
}

fn port(name: &str, protocol: Protocol) -> Option<u16> {
    service_by_name(name, protocol)?.port()
}

mod services_on_a_port {
    use super::*;

    #[test]
    fn http_comes_before_its_duplicates() {
        assert_eq!(names(80, Tcp), ["http", "www", "www-http"]);
        assert_eq!(names(80, Udp), ["http", "www", "www-http"]);
    }

    #[test]
    fn a_name_comes_before_its_alias() {
        assert_eq!(names(428, Tcp), ["ocs-cmu", "ocs_cmu"]);
    }

    #[test]
    fn a_preferred_name_comes_before_an_earlier_one() {
        assert_eq!(names(2049, Tcp), ["nfs", "shilp"]);
        assert_eq!(names(2049, Udp), ["nfs", "shilp"]);
        assert_eq!(names(465, Tcp), ["submissions", "urd"]);
        assert_eq!(name(113, Tcp), Some("auth"));
        assert_eq!(name(512, Udp), Some("biff"));
        assert_eq!(name(631, Tcp), Some("ipp"));
        assert_eq!(name(1701, Udp), Some("l2tp"));
    }

    #[test]
    fn registry_order_decides_among_equals() {
        assert_eq!(names(3478, Udp), ["stun", "turn", "stun-behavior"]);
        assert_eq!(names(3478, Tcp), ["stun", "turn", "stun-behavior"]);
    }

    #[test]
    fn no_protocol_means_every_protocol() {
        for &protocol in Protocol::ALL {
            assert_eq!(names(6400, protocol), ["boe-cms"]);
            assert_eq!(port("boe-cms", protocol), Some(6400));
        }
        let service = service_by_port(6400, Dccp).expect("6400 is assigned on every protocol");
        assert_eq!(service.protocol(), None);
    }

    #[test]
    fn a_span_covers_its_ends_and_all_between() {
        for covered in [6000, 6005, 6063] {
            let service = service_by_port(covered, Tcp).expect("X11 has this port");
            assert_eq!(service.name(), "x11");
            assert!(service.covers(covered, Tcp));
            assert_eq!(service.ports(), Ports::new(6000, 6063));
            assert_eq!(service.port(), Some(6000));
        }
        for beside in [5999, 6064] {
            assert_ne!(name(beside, Tcp), Some("x11"));
        }
    }

    #[test]
    fn a_service_is_on_its_own_protocol_only() {
        let service = service_by_port(22, Sctp).expect("22/sctp is assigned");
        assert_eq!((service.name(), service.protocol()), ("ssh", Some(Sctp)));
        assert!(service.covers(22, Sctp) && !service.covers(22, Tcp));
        assert_eq!(service_by_port(22, Dccp), None);
        assert_eq!(services_by_port(22, Dccp).len(), 0);
    }
}

mod services_of_a_name {
    use super::*;

    #[test]
    fn a_number_comes_before_portless() {
        assert_eq!(port("ssh", Tcp), Some(22));
        let ports: Vec<_> = services_by_name("ssh").map(Service::port).collect();
        assert!(ports.is_sorted_by_key(Option::is_none), "{ports:?}");
    }

    #[test]
    fn a_preferred_port_comes_before_an_earlier_one() {
        assert_eq!(port("http-alt", Tcp), Some(8080));
        let best = services_by_name("http-alt").next();
        assert_eq!(best.and_then(Service::port), Some(8080));
        let ports: HashSet<_> = services_by_name("http-alt").map(Service::port).collect();
        assert_eq!(ports, HashSet::from([Some(591), Some(8008), Some(8080)]));
    }

    #[test]
    fn a_preferred_name_comes_first_for_its_port_and_its_port_first_for_the_name() {
        for (expected, preferred, protocol) in [
            (113, "auth", Tcp),
            (465, "submissions", Tcp),
            (512, "biff", Udp),
            (631, "ipp", Tcp),
            (1701, "l2tp", Udp),
            (2049, "nfs", Tcp),
            (8080, "http-alt", Tcp),
        ] {
            assert_eq!(name(expected, protocol), Some(preferred));
            assert_eq!(port(preferred, protocol), Some(expected));
        }
    }

    #[test]
    fn a_portless_service_is_found() {
        let service = service_by_name("slpda", Tcp).expect("slpda is registered for tcp");
        assert_eq!((service.ports(), service.port()), (None, None));
        assert!(
            Protocol::ALL
                .iter()
                .all(|&protocol| !service.covers(0, protocol))
        );
        assert_eq!(service.protocol(), Some(Tcp));
        assert_eq!(service_by_name("slpda", Sctp), None);
    }

    #[test]
    fn rows_of_the_same_key_are_all_kept() {
        let rows: Vec<Service> = services_by_name("rdp").collect();
        let alike: Vec<&Service> = rows
            .iter()
            .filter(|row| row.ports().is_none() && row.protocol().is_none())
            .collect();
        assert_eq!(alike.len(), 2, "{rows:?}");
        assert!(alike[0] < alike[1]);
    }

    #[test]
    fn ascii_case_is_ignored() {
        assert_eq!(service_by_name("HTTPS", Tcp), service_by_name("https", Tcp));
        assert_eq!(port("HtTpS", Tcp), Some(443));
        let spelled = service_by_name("ethernet-ip-1", Tcp).map(Service::name);
        assert_eq!(spelled, Some("EtherNet-IP-1"));
    }

    #[test]
    fn names_that_break_the_rfc_are_kept_as_spelled() {
        for odd in ["EtherNet/IP-1", "ocs_cmu", "whois++", "sql*net", "z39.50"] {
            let found = services_by_name(odd).next().map(Service::name);
            assert_eq!(found, Some(odd));
        }
    }
}

mod canonical_names {
    use super::*;

    #[test]
    fn of_an_alias_is_the_name_it_stands_for() {
        assert_eq!(canonical_name("ocs_cmu"), Some("ocs-cmu"));
        assert_eq!(canonical_name("EtherNet/IP-1"), Some("EtherNet-IP-1"));
    }

    #[test]
    fn of_a_duplicate_is_the_name_it_repeats() {
        assert_eq!(canonical_name("www"), Some("http"));
        assert_eq!(canonical_name("www-http"), Some("http"));
    }

    #[test]
    fn of_a_former_name_is_the_name_of_today() {
        assert_eq!(canonical_name("kca_service"), Some("kca-service"));
        assert_eq!(canonical_name("KCA_Service"), Some("kca-service"));
        assert_eq!(services_by_name("kca_service").len(), 0);
    }

    #[test]
    fn of_any_spelling_is_the_one_of_the_registry() {
        assert_eq!(canonical_name("HTTP"), Some("http"));
        assert_eq!(canonical_name("ETHERNET-IP-1"), Some("EtherNet-IP-1"));
        assert_eq!(canonical_name("ssh"), Some("ssh"));
    }

    #[test]
    fn of_an_unknown_name_is_none() {
        assert_eq!(canonical_name("htps"), None);
    }

    #[test]
    fn aliases_and_their_target_know_each_other() {
        let http = service_by_name("http", Tcp).expect("http is registered for tcp");
        let aliases: Vec<_> = http.aliases().map(Service::name).collect();
        assert_eq!(aliases, ["www", "www-http"]);
        for alias in http.aliases() {
            assert!(alias.is_alias());
            assert_eq!(alias.alias_of(), Some(http));
            assert_eq!(alias.canonical(), http);
            assert_eq!(
                (alias.ports(), alias.protocol()),
                (http.ports(), http.protocol())
            );
        }
        assert!(!http.is_alias());
        assert_eq!(http.alias_of(), None);
        assert_eq!(http.canonical(), http);
    }

    #[test]
    fn a_note_that_only_mentions_aliases_makes_none() {
        let service = services_by_name("powereasy-erp")
            .next()
            .expect("it is registered");
        assert!(
            service
                .note()
                .is_some_and(|note| note.contains("cgi-alias"))
        );
        assert!(!service.is_alias());
    }
}

mod status {
    use super::*;

    #[test]
    fn of_a_named_row_is_assigned_whatever_its_description_says() {
        let sua = service_by_port(14001, Udp).expect("14001/udp has a name");
        assert_eq!((sua.name(), sua.description()), ("sua", "De-Registered"));
        assert_eq!(port_status(14001, Udp), PortStatus::Assigned);
        assert_eq!(sua.record().status(), PortStatus::Assigned);
    }

    #[test]
    fn of_an_unnamed_row_is_what_its_description_states() {
        for (port, protocol, expected) in [
            (0, Tcp, PortStatus::Reserved),
            (1109, Tcp, PortStatus::Reserved),
            (4, Tcp, PortStatus::Unassigned),
            (15, Tcp, PortStatus::Unassigned),
            (2825, Udp, PortStatus::Unassigned),
            (2925, Tcp, PortStatus::Unassigned),
            (585, Tcp, PortStatus::Deregistered),
            (659, Udp, PortStatus::Deregistered),
            (1028, Tcp, PortStatus::Deregistered),
            (1783, Tcp, PortStatus::Deregistered),
            (9006, Tcp, PortStatus::Deregistered),
            (24, Tcp, PortStatus::Unnamed),
            (87, Udp, PortStatus::Unnamed),
            (1008, Udp, PortStatus::Unnamed),
        ] {
            assert_eq!(port_status(port, protocol), expected, "{port}/{protocol}");
            let record = record_by_port(port, protocol).expect("a row states the status");
            assert_eq!((record.name(), record.status()), (None, expected));
            assert_eq!(service_by_port(port, protocol), None);
        }
    }

    #[test]
    fn without_a_row_is_unlisted_and_from_49152_dynamic() {
        for &protocol in Protocol::ALL {
            assert_ne!(port_status(49151, protocol), PortStatus::Dynamic);
            assert_eq!(port_status(49152, protocol), PortStatus::Dynamic);
            assert_eq!(port_status(65535, protocol), PortStatus::Dynamic);
            assert_eq!(record_by_port(65535, protocol), None);
        }
        assert_eq!(port_status(716, Udp), PortStatus::Assigned);
        assert_eq!(port_status(716, Tcp), PortStatus::Unlisted);
        assert_eq!(port_status(2376, Udp), PortStatus::Unlisted);
        assert_eq!(record_by_port(716, Tcp), None);
    }

    /// `7748-7776` is unassigned, but 7775 has rows of its own for tcp and udp, and 7776 a row for all.
    #[test]
    fn of_overlapping_rows_is_that_of_the_most_specific() {
        assert_eq!(name(7775, Tcp), Some("inetfs"));
        assert_eq!(port_status(7775, Tcp), PortStatus::Assigned);
        assert_eq!(port_status(7775, Udp), PortStatus::Reserved);
        assert_eq!(port_status(7775, Sctp), PortStatus::Unassigned);
        let ports = |port, protocol| record_by_port(port, protocol).and_then(Record::ports);
        assert_eq!(ports(7775, Udp), Some(Ports::from(7775)));
        assert_eq!(ports(7775, Sctp), Ports::new(7748, 7776));
        assert_eq!(ports(7776, Sctp), Some(Ports::from(7776)));
        assert_eq!(port_status(7776, Tcp), PortStatus::Unassigned);
    }

    #[test]
    fn is_displayed_as_a_word() {
        for (status, word) in [
            (PortStatus::Assigned, "assigned"),
            (PortStatus::Reserved, "reserved"),
            (PortStatus::Unassigned, "unassigned"),
            (PortStatus::Deregistered, "deregistered"),
            (PortStatus::Unnamed, "unnamed"),
            (PortStatus::Dynamic, "dynamic"),
            (PortStatus::Unlisted, "unlisted"),
        ] {
            assert_eq!(status.as_str(), word);
            assert_eq!(status.to_string(), word);
        }
    }
}

mod columns {
    use super::*;

    #[test]
    fn a_service_code_finds_its_dccp_service() {
        let discard = service_by_code(1_145_656_131).expect("DISC is registered");
        assert_eq!((discard.name(), discard.port()), ("discard", Some(9)));
        assert_eq!(discard.protocol(), Some(Dccp));
        assert_eq!(discard.service_code(), Some(1_145_656_131));
        let portless = service_by_code(1_885_957_735).expect("dccp-ping is registered");
        assert_eq!((portless.name(), portless.port()), ("dccp-ping", None));
        assert_eq!(service_by_code(1_145_656_132), None);
    }

    #[test]
    fn assignees_are_the_contacts_where_none_are_named() {
        let service = service_by_port(591, Tcp).expect("591/tcp is assigned");
        let ids: Vec<_> = service.assignees().map(Contact::id).collect();
        assert_eq!(ids, ["Clay_Maeckel"]);
        assert!(service.contacts().eq(service.assignees()));
        let differing = services().find(|service| service.contacts().ne(service.assignees()));
        assert!(
            differing.is_some(),
            "some services have assignees of their own"
        );
    }

    #[test]
    fn a_contact_is_resolved() {
        let found = contact("IETF_Chair").expect("the IETF chair is a contact");
        assert_eq!(found.id(), "IETF_Chair");
        assert_eq!(found.name(), Some("IETF Chair"));
        assert_eq!(found.organization(), Some("IETF"));
        assert!(found.uris().eq(["mailto:chair&ietf.org"]));
        assert_eq!(contact("ietf_chair"), None);
        assert_eq!(contact("IANA").and_then(Contact::name), None);
    }

    #[test]
    fn an_rfc_is_typed_and_linked() {
        let ssh = service_by_port(22, Tcp).expect("22/tcp is assigned");
        let reference = ssh.references().next().expect("ssh refers to its RFC");
        assert_eq!(reference.kind(), ReferenceKind::Rfc);
        assert_eq!(
            (reference.number(), reference.section()),
            (Some(4251), None)
        );
        assert_eq!(reference.text(), "RFC4251");
        assert_eq!(reference.to_string(), "RFC4251");
        assert!(
            reference
                .url()
                .is_some_and(|url| url.starts_with("https://") && url.contains("rfc4251"))
        );
    }

    #[test]
    fn an_unnamed_row_is_a_record_but_no_service() {
        let row = record_by_port(0, Tcp).expect("0/tcp is reserved");
        assert_eq!((row.name(), row.service()), (None, None));
        assert!(Service::try_from(row).is_err());
        let named = record_by_port(22, Tcp).expect("22/tcp is assigned");
        let service = Service::try_from(named).expect("a named row is a service");
        assert_eq!(Record::from(service), named);
        assert_eq!(named.service(), Some(service));
    }

    #[test]
    fn a_single_port_written_as_a_span_is_one_port() {
        let row = record_by_port(4748, Tcp).expect("4748-4748 is unassigned");
        assert_eq!(row.ports(), Some(Ports::from(4748)));
        assert_eq!(row.column(Column::PortNumber).to_string(), "4748-4748");
        let x11 = record_by_port(6000, Tcp).expect("6000-6063 is assigned");
        assert_eq!(x11.column(Column::PortNumber).to_string(), "6000-6063");
    }

    #[test]
    fn debug_shows_the_row_readably() {
        let service = format!("{:?}", service_by_port(443, Tcp));
        for shown in ["https", "443", "tcp", "http protocol over TLS/SSL"] {
            assert!(
                service.to_lowercase().contains(&shown.to_lowercase()),
                "{service}"
            );
        }
        let unnamed = format!("{:?}", record_by_port(0, Tcp));
        assert!(unnamed.contains("Reserved"), "{unnamed}");
        let person = format!("{:?}", contact("IETF_Chair"));
        assert!(person.contains("IETF Chair"), "{person}");
        let registry = format!("{REGISTRY:?}");
        assert!(registry.contains(REGISTRY.title()), "{registry}");
    }
}

mod small_types {
    use super::*;

    #[test]
    fn a_protocol_is_read_in_any_case_and_written_in_lower() {
        for (protocol, word) in Protocol::ALL
            .iter()
            .copied()
            .zip(["tcp", "udp", "sctp", "dccp"])
        {
            assert_eq!(
                (protocol.as_str(), protocol.to_string().as_str()),
                (word, word)
            );
            assert_eq!(word.parse(), Ok(protocol));
            assert_eq!(word.to_uppercase().parse(), Ok(protocol));
            assert_eq!(Protocol::try_from(word), Ok(protocol));
        }
        for wrong in ["", "tc", "tcpp", "tcp ", " tcp", "6", "xyz", "ţcp", "tcp\0"] {
            assert!(wrong.parse::<Protocol>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_protocol_has_its_ip_protocol_number() {
        let numbers = Protocol::ALL.iter().map(|protocol| protocol.number());
        assert!(numbers.eq([6, 17, 132, 33]));
        for number in 0..=u8::MAX {
            let expected = Protocol::ALL
                .iter()
                .copied()
                .find(|known| known.number() == number);
            assert_eq!(Protocol::try_from(number).ok(), expected, "{number}");
        }
    }

    #[test]
    fn a_port_range_has_the_bounds_of_rfc_6335() {
        for (range, first, last, word) in [
            (PortRange::System, 0, 1023, "system"),
            (PortRange::User, 1024, 49151, "user"),
            (PortRange::Dynamic, 49152, 65535, "dynamic"),
        ] {
            assert_eq!(Some(range.bounds()), Ports::new(first, last));
            assert_eq!((PortRange::of(first), PortRange::of(last)), (range, range));
            assert_eq!(range.to_string(), word);
        }
        for port in 0..=u16::MAX {
            assert!(PortRange::of(port).bounds().contains(port), "{port}");
        }
    }

    #[test]
    fn ports_are_a_span_with_both_ends() {
        let x11 = Ports::new(6000, 6063).expect("the span is not reversed");
        assert_eq!((x11.first(), x11.last(), x11.len()), (6000, 6063, 64));
        assert!(x11.contains(6000) && x11.contains(6063));
        assert!(!x11.contains(5999) && !x11.contains(6064));
        assert!(x11.iter().eq(6000..=6063) && x11.into_iter().eq(6000..=6063));
        let all = Ports::ALL;
        assert_eq!((all.len(), all.iter().count()), (65536, 65536));
        assert_eq!(Ports::from(443).len(), 1);
        assert_eq!(Ports::new(2, 1), None);
    }

    #[test]
    fn ports_are_read_as_they_are_written() {
        for text in ["0", "443", "6000-6063", "0-65535"] {
            assert_eq!(
                text.parse::<Ports>().map(|ports| ports.to_string()),
                Ok(text.to_owned())
            );
        }
        for wrong in [
            "", "-", "1-", "-1", "2-1", "65536", "1-65536", "1-2-3", "a", " 1", "+1", "1 - 2",
        ] {
            assert!(wrong.parse::<Ports>().is_err(), "{wrong:?}");
        }
    }

    /// The lengths of the months, written out.
    #[test]
    fn a_date_is_one_of_the_calendar() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let years = [
            (1900, false),
            (1999, false),
            (2000, true),
            (2024, true),
            (2026, false),
            (2100, false),
        ];
        for (year, is_leap) in years {
            for month in 0..=13_u8 {
                let days = match month {
                    2 if is_leap => 29,
                    1..=12 => lengths[usize::from(month) - 1],
                    _ => 0,
                };
                for day in 0..=32 {
                    let text = format!("{year}-{month:02}-{day:02}");
                    let read = text.parse::<Date>().ok();
                    let read = read.map(|date| (date.year(), date.month(), date.day()));
                    let exists = (1..=days).contains(&day);
                    assert_eq!(read, exists.then_some((year, month, Some(day))), "{text}");
                }
            }
        }
    }

    #[test]
    fn debug_shows_what_is_written() {
        fn assert_shown(value: impl Debug + Display) {
            let shown = format!("{value:?}");
            assert!(shown.contains(&value.to_string()), "{shown}");
        }
        let https = service_by_port(443, Tcp).expect("the port is assigned");
        assert_shown(
            "2026-08-17"
                .parse::<Date>()
                .expect("a date of the calendar"),
        );
        assert_shown(https.column(Column::Description));
        assert_shown(Ports::new(6000, 6063).expect("in order"));
        assert_shown(Spec::new("https/tcp").expect("the name is registered"));
        assert_shown(AdmittedName::new("914c/g").expect("the name is registered"));
        let name = ServiceName::new("https").expect("the name is valid");
        assert_shown(name);
        assert_shown(name.srv_label(Tcp));
        assert_shown(label(443, Tcp));
        assert_shown(flow(51514, 443, Tcp));
        assert_shown(common_uses().next().expect("there are common names"));
    }

    #[test]
    fn debug_shows_what_a_set_or_a_list_holds() {
        fn assert_shown(value: impl Debug, parts: &[&str]) {
            let shown = format!("{value:?}");
            for part in parts {
                assert!(shown.contains(part), "{part} in {shown}");
            }
        }
        assert_shown(Protocols::from([Tcp, Sctp]), &["Tcp", "Sctp"]);
        assert_shown(services_by_port(443, Tcp), &["https"]);
        assert_shown(COMMON, &["COMMON", "IANA"]);
        let https = service_by_port(443, Tcp).expect("the port is assigned");
        assert_shown(https.references().next(), &["RFC9110"]);
        let keys = services().map(Service::txt_keys);
        let mut keys = keys.filter(|keys| keys.clone().next().is_some());
        let keys = keys.next().expect("a service has TXT keys");
        assert_shown(keys.clone(), &keys.collect::<Vec<_>>());
    }

    #[test]
    fn dates_are_ordered_and_written_as_iana_does() {
        let texts = [
            "1999-12-31",
            "2003-01",
            "2003-01-01",
            "2003-01-31",
            "2003-02",
            "2026-08-17",
        ];
        let dates = texts.map(|text| text.parse::<Date>().expect("a date"));
        assert!(dates.is_sorted() && dates.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(dates.map(|date| date.to_string()), texts);
        assert_eq!(
            (dates[3].year(), dates[3].month(), dates[3].day()),
            (2003, 1, Some(31))
        );
        assert_eq!(
            (dates[1].year(), dates[1].month(), dates[1].day()),
            (2003, 1, None)
        );
        for wrong in [
            "",
            "2003",
            "2003-13",
            "2003-00",
            "2003-01-00",
            "2003-02-30",
            "03-01-31",
            "2003-1",
        ] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong:?}");
        }
    }

    /// An error says what was given and what is accepted, without a capital or a full stop.
    #[test]
    fn parse_errors_explain_themselves() {
        let protocol = "xyz"
            .parse::<Protocol>()
            .expect_err("xyz is no protocol")
            .to_string();
        let number = Protocol::try_from(7)
            .expect_err("7 is no such protocol")
            .to_string();
        let ports = "99999"
            .parse::<Ports>()
            .expect_err("99999 is no port")
            .to_string();
        let date = "2003-13"
            .parse::<Date>()
            .expect_err("there is no month 13")
            .to_string();
        for (message, given, accepted) in [
            (&protocol, "xyz", "tcp"),
            (&number, "7", "17"),
            (&ports, "99999", "65535"),
            (&date, "2003-13", "YYYY-MM"),
        ] {
            assert!(
                message.contains(given) && message.contains(accepted),
                "{message}"
            );
            assert!(
                message.starts_with(char::is_lowercase) && !message.ends_with('.'),
                "{message}"
            );
        }
    }
}

mod traits {
    use super::*;

    fn is_plain_value<T>()
    where
        T: Copy + Eq + Hash + Debug + Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + 'static,
    {
    }

    fn is_ordered<T: Ord>() {}

    fn is_shown<T: Display>() {}

    fn is_error<T: core::error::Error + Copy + Eq + Send + Sync + 'static>() {}

    fn is_full_iterator<I>(iterator: &I)
    where
        I: DoubleEndedIterator + ExactSizeIterator + FusedIterator + Clone + Debug + Send + Sync,
        I::Item: PartialEq + Debug,
    {
        let length = iterator.len();
        assert_eq!(iterator.size_hint(), (length, Some(length)));
        assert_eq!(iterator.clone().count(), length);
        let mut backwards: Vec<_> = iterator.clone().rev().collect();
        backwards.reverse();
        assert!(iterator.clone().eq(backwards));

        let mut both_ends = iterator.clone();
        for left in (0..length).rev() {
            let item = if left % 2 == 0 {
                both_ends.next()
            } else {
                both_ends.next_back()
            };
            assert!(item.is_some());
            assert_eq!(both_ends.len(), left);
        }
        assert_eq!((both_ends.next(), both_ends.next_back()), (None, None));
        assert_eq!((both_ends.next(), both_ends.len()), (None, 0));
    }

    #[test]
    fn values_have_the_common_traits() {
        is_plain_value::<Service>();
        is_plain_value::<Record>();
        is_plain_value::<Contact>();
        is_plain_value::<Reference>();
        is_plain_value::<Protocol>();
        is_plain_value::<Ports>();
        is_plain_value::<Date>();
        is_plain_value::<PortRange>();
        is_plain_value::<PortStatus>();
        is_ordered::<(
            Service,
            Record,
            Protocol,
            Ports,
            Date,
            PortRange,
            PortStatus,
        )>();
        is_shown::<Protocol>();
        is_shown::<Ports>();
        is_shown::<Date>();
        is_shown::<PortRange>();
        is_shown::<PortStatus>();
        is_shown::<Reference>();
    }

    #[test]
    fn parse_errors_are_errors() {
        is_error::<ParseProtocolError>();
        is_error::<TryFromProtocolNumberError>();
        is_error::<ParsePortsError>();
        is_error::<ParseDateError>();
    }

    #[test]
    fn iterators_are_sized_double_ended_fused_and_cloneable() {
        is_full_iterator(&services());
        is_full_iterator(&records());
        is_full_iterator(&contacts());
        is_full_iterator(&services_by_port(80, Tcp));
        is_full_iterator(&services_by_port(65535, Tcp));
        is_full_iterator(&services_by_name("http-alt"));
        is_full_iterator(&services_by_name("no such name"));
        let http = service_by_name("http", Tcp).expect("http is registered for tcp");
        is_full_iterator(&http.contacts());
        is_full_iterator(&http.assignees());
        is_full_iterator(&http.references());
        is_full_iterator(&REGISTRY.references());
    }

    #[test]
    fn services_are_ordered_as_the_registry_is() {
        assert!(services().is_sorted() && records().is_sorted());
        assert!(services().map(Service::record).is_sorted());
    }

    #[test]
    fn lookups_by_port_are_const() {
        const HTTPS: Option<Service> = service_by_port(443, Tcp);
        const STATUS: PortStatus = port_status(443, Tcp);
        const ROW: Option<Record> = record_by_port(443, Tcp);
        const RANGE: PortRange = PortRange::of(443);
        assert_eq!(HTTPS.map(Service::name), Some("https"));
        assert_eq!((STATUS, RANGE), (PortStatus::Assigned, PortRange::System));
        assert_eq!(ROW, HTTPS.map(Service::record));
    }
}
