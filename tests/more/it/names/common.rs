//! The common names of every port and where every name leads, alone and with names of one's own in
//! front, against the two independent readings.

use std::collections::HashSet;

use super::model::{
    Choice, Expected, Shown, as_registered, common_names, common_ports, lines, ports_of,
    protocols_of, registered_name, registered_ports, table_and_entries,
};
use crate::support::oracle::built;
use port_registry::error::ParseSpecErrorKind;
use port_registry::{
    COMMON, CommonKind, CommonUse, IANA, Names, Protocol, Service, common_uses, service_by_name,
    service_by_port,
};

table_and_entries! { OWN, ENTRIES:
    // In front of a common name, which leads elsewhere here.
    3128/tcp "proxy",
    4128/tcp "squid",
    // In the middle of a common span, with its name.
    6883-6885/tcp "tunnels" "Torrent",
    // In front of a contested port, and only shown.
    3000/tcp "web app",
    // A common name and a registered one on other protocols than theirs.
    4443/sctp|dccp "https" "wireguard",
    // A common name on its protocol and on another, with another port.
    5353/dccp|tcp|udp "dns",
    0/tcp "zero",
    65535/tcp|udp|sctp|dccp "last",
    8000-8010/tcp|udp "workers",
}

/// A second table, in front of the first.
mod front {
    use super::super::model::table_and_entries;

    table_and_entries! { OWN, ENTRIES:
        8005/tcp "fifth worker",
        9000-9010/udp "squid",
        53/tcp|udp "workers" "zero",
    }

    pub(super) static FRONT: &port_registry::Table<'static> = &OWN;
}

/// Every kind of choice, with its model.
fn choices() -> [(Names<'static>, Choice<'static>); 6] {
    let choice = |own, is_common| Choice { own, is_common };
    [
        (IANA, choice(&[], false)),
        (COMMON, choice(&[], true)),
        (IANA.with(&OWN), choice(&[ENTRIES], false)),
        (COMMON.with(&OWN), choice(&[ENTRIES], true)),
        (
            COMMON.with(&OWN).with(front::FRONT),
            choice(&[front::ENTRIES, ENTRIES], true),
        ),
        (
            IANA.with(front::FRONT).with(&OWN),
            choice(&[ENTRIES, front::ENTRIES], false),
        ),
    ]
}

#[test]
fn every_port_is_shown_by_the_name_in_force() {
    for (names, choice) in choices() {
        for &protocol in Protocol::ALL {
            for port in 0..=u16::MAX {
                let shown = choice.shown(port, protocol);
                let name = shown.name();
                assert_eq!(names.name(port, protocol), name, "{port}/{protocol}");
                let label = names.label(port, protocol);
                assert_eq!((label.port(), label.name()), (port, name));
                let service = service_by_port(port, protocol);
                let service = service.filter(|_| matches!(shown, Shown::Registered(_)));
                assert_eq!(label.service(), service, "{port}/{protocol}");
                // A client that nothing is known of leaves the port the server.
                let flow = names.flow(port, 65534, protocol);
                if port < 65534 {
                    assert_eq!((flow.server_port(), flow.name()), (port, name));
                    assert_eq!(flow.service(), service, "{port}/{protocol}");
                }
            }
        }
    }
}

#[test]
fn every_port_is_labelled_in_both_forms() {
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            let choice = Choice {
                own: &[],
                is_common: true,
            };
            let (short, long) = match choice.shown(port, protocol).name() {
                Some(name) => (name.to_owned(), format!("{port}({name})")),
                None => (port.to_string(), port.to_string()),
            };
            let label = COMMON.label(port, protocol);
            assert_eq!(format!("{label} {label:#}"), format!("{short} {long}"));
        }
    }
}

/// The four kinds, so that the tests of every port speak of each of them.
#[test]
fn the_list_has_lines_of_every_kind_and_spans() {
    let kinds: HashSet<&str> = lines().iter().map(|line| &*line.kind).collect();
    let known: HashSet<&str> = CommonKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(kinds, known);
    assert!(lines().iter().any(|line| line.first < line.last));
    assert!(lines().iter().any(|line| line.protocols.len() > 1));
}

#[test]
fn the_registry_answers_as_before() {
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            assert_eq!(
                IANA.name(port, protocol),
                registered_name(port, protocol),
                "{port}/{protocol}"
            );
        }
        for name in built().spelled_names() {
            let service = service_by_name(name, protocol);
            assert_eq!(IANA.port(name, protocol), service.and_then(Service::port));
            assert_eq!(IANA.resolve(name), as_registered(name, None));
            let on = IANA.resolve_on(name, protocol);
            assert_eq!(on, as_registered(name, Some(protocol)));
        }
    }
}

/// The names that may be typed: those of the list, those of one's own, and registered ones.
fn typed_names() -> HashSet<&'static str> {
    let own = ENTRIES.iter().chain(front::ENTRIES);
    let own = own.flat_map(|entry| {
        [entry.name]
            .into_iter()
            .chain(entry.further.iter().copied())
    });
    let common = common_names().map(|(name, _)| name);
    let registered = built().spelled_names().into_iter().step_by(29);
    own.chain(common).chain(registered).collect()
}

#[test]
fn every_name_leads_to_its_port() {
    for (names, choice) in choices() {
        for name in typed_names() {
            for &protocol in Protocol::ALL {
                let expected = choice.port(name, protocol);
                for spelling in [name, &name.to_ascii_uppercase()] {
                    assert_eq!(
                        names.port(spelling, protocol),
                        expected,
                        "{name}/{protocol} in {names:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_name_of_the_list_leads_to_its_port_on_the_protocols_of_its_line_only() {
    for (name, line) in common_names() {
        for &protocol in Protocol::ALL {
            let expected = match line.protocols.iter().any(|own| own == protocol.as_str()) {
                true => Some(line.first),
                false => IANA.port(name, protocol),
            };
            assert_eq!(COMMON.port(name, protocol), expected, "{name}/{protocol}");
        }
        let resolved = COMMON.resolve(name).expect("the name is in the list");
        assert_eq!(resolved.ports(), ports_of(line), "{name}");
        assert_eq!(resolved.protocols(), protocols_of(line), "{name}");
    }
}

#[test]
fn every_name_means_the_ports_of_its_table() {
    for (names, choice) in choices() {
        for name in typed_names() {
            let expected = choice.resolve(name, None);
            for text in [name, &name.to_ascii_uppercase(), &format!(" \t{name}\n")] {
                expected.assert(names.resolve(text), text, None);
            }
            for &protocol in Protocol::ALL {
                let on = Some(protocol);
                let expected = choice.resolve(name, on);
                expected.assert(names.resolve_on(name, protocol), name, on);
                let written = [
                    format!("{name}/{protocol}"),
                    format!(" {name} / {} ", protocol.as_str().to_uppercase()),
                ];
                for text in written {
                    expected.assert(names.resolve(&text), &text, None);
                    // The text's own protocol goes before the one that is meant.
                    let other = Protocol::Sctp;
                    expected.assert(names.resolve_on(&text, other), &text, Some(other));
                }
            }
        }
    }
}

/// Numbers are numbers whatever the choice, and what no table has is refused as before.
#[test]
fn what_is_no_name_of_a_table_is_read_as_before() {
    let texts = [
        "443",
        "443/tcp",
        "0",
        "65535/dccp",
        "6000-6063/udp",
        "3128",
        "60000-61000/udp",
        "",
        " ",
        "/tcp",
        "65536",
        "9-8",
        "tcp",
        "https",
        "https/udp",
        "https/dccp",
        "htps",
        "22/tpc",
        "nosuch/tcp",
        "no such",
        "udp/53",
    ];
    for (names, _) in choices() {
        for text in texts.iter().filter(|text| !text.starts_with("https")) {
            assert_eq!(names.resolve(text), IANA.resolve(text), "{text}");
            for &protocol in Protocol::ALL {
                assert_eq!(
                    names.resolve_on(text, protocol),
                    IANA.resolve_on(text, protocol),
                    "{text}"
                );
            }
        }
    }
    for text in texts {
        assert_eq!(COMMON.resolve(text), IANA.resolve(text), "{text}");
        assert_eq!(IANA.resolve(text), as_registered(text, None), "{text}");
    }
}

#[test]
fn a_name_without_ports_on_the_protocol_is_refused() {
    let mut refused = 0;
    for (name, line) in common_names() {
        for &protocol in Protocol::ALL {
            let expected = Choice {
                own: &[],
                is_common: true,
            };
            if expected.resolve(name, Some(protocol))
                != Expected::Refused(ParseSpecErrorKind::NotOnProtocol)
            {
                continue;
            }
            refused += 1;
            let error = COMMON
                .resolve_on(name, protocol)
                .expect_err("the list has it on other protocols only");
            let (listed, first) = (line.protocols.join(","), &line.protocols[0]);
            let expected = format!(
                "service `{name}` has no port number on {protocol}, only on {listed}; \
                 did you mean `{name}/{first}`?"
            );
            assert_eq!(error.to_string(), expected);
        }
    }
    assert!(refused > lines().len(), "most names are refused somewhere");
}

#[cfg(feature = "alloc")]
mod sets {
    use super::*;
    use port_registry::{ResolvedSpec, SpecSet};

    #[test]
    fn every_name_is_an_item_of_a_set() {
        for (names, _) in choices() {
            for name in typed_names() {
                let alone = names.resolve(name);
                let set = names.set(name);
                assert_eq!(set.clone().ok(), alone.ok().map(SpecSet::from), "{name}");
                assert_eq!(set.err().map(|error| error.cause()), alone.err(), "{name}");
                assert_in_list(names, name, alone.ok());
                for &protocol in Protocol::ALL {
                    let on = names.resolve_on(name, protocol);
                    let set = names.set_on(name, protocol);
                    assert_eq!(set.clone().ok(), on.ok().map(SpecSet::from), "{name}");
                    assert_eq!(set.err().map(|error| error.cause()), on.err(), "{name}");
                }
            }
        }
    }

    /// The name as the second item of three.
    fn assert_in_list(names: Names<'_>, name: &str, resolved: Option<ResolvedSpec>) {
        let list = format!("1/sctp, {name} ,2/dccp");
        match (names.set(&list), resolved) {
            (Ok(set), Some(resolved)) => {
                let ends = ["1/sctp", "2/dccp"].map(|text| text.parse::<ResolvedSpec>().unwrap());
                let expected: SpecSet = ends.into_iter().chain([resolved]).collect();
                assert_eq!(set, expected, "{list}");
            }
            (Err(error), None) => assert_eq!(error.position(), 2, "{list}"),
            other => panic!("{list}: {other:?}"),
        }
    }

    #[test]
    fn a_list_is_read_by_the_names_in_force() {
        let set = |names: Names<'_>, text| names.set(text).map(|set| set.to_string());
        assert_eq!(
            set(
                COMMON.with(&OWN),
                "squid,wireguard/udp,wireguard/sctp,proxy/tcp"
            )
            .unwrap(),
            "3128/tcp,4128/tcp,4443/sctp,51820/udp"
        );
        let set_on = COMMON
            .with(&OWN)
            .set_on("80,dns,torrent/tcp,8000-8001", Protocol::Tcp);
        assert_eq!(
            set_on.unwrap().to_string(),
            "80/tcp,5353/tcp,6883-6885/tcp,8000-8001/tcp"
        );
        assert!(set(IANA, "squid").is_err());
    }
}

#[test]
fn every_line_is_told_with_all_its_columns() {
    assert_eq!(common_uses().len(), lines().len());
    for (found, line) in common_uses().zip(lines()) {
        assert_eq!(found.kind().as_str(), line.kind, "line {}", line.number);
        assert_eq!(found.ports(), ports_of(line), "line {}", line.number);
        assert_eq!(
            found.protocols(),
            protocols_of(line),
            "line {}",
            line.number
        );
        assert_eq!(found.name(), line.names[0], "line {}", line.number);
        assert!(found.names().eq(line.names.iter()), "line {}", line.number);
        assert!(found.names().rev().eq(line.names.iter().rev()));
        assert_eq!(found.title(), line.title, "line {}", line.number);
        assert_eq!(found.source(), line.source, "line {}", line.number);
        let protocols: Vec<&str> = found.protocols().iter().map(|one| one.as_str()).collect();
        let text = format!(
            "{}/{} {} ({})",
            found.ports(),
            protocols.join(","),
            line.names[0],
            line.title
        );
        assert_eq!(found.to_string(), text);
        assert_eq!(format!("{found:?}"), format!("CommonUse({text})"));
        for &protocol in Protocol::ALL {
            let before = line.first.saturating_sub(1);
            let after = line.last.saturating_add(1);
            for port in [0, before, line.first, line.last, after, u16::MAX] {
                let covers = line.covers(port, protocol.as_str());
                assert_eq!(found.covers(port, protocol), covers, "{found} {port}");
            }
        }
    }
    let backwards: Vec<CommonUse> = common_uses().rev().collect();
    assert!(common_uses().eq(backwards.into_iter().rev()));
}

/// The model finds names by their lines; this shows that it knows the well-known ones.
#[test]
fn well_known_names_lead_where_people_expect() {
    use port_registry::{Tcp, Udp};
    for (name, protocol, port) in [
        ("squid", Tcp, 3128),
        ("kafka", Tcp, 9092),
        ("wireguard", Udp, 51820),
        ("postgres", Tcp, 5432),
        ("dns", Udp, 53),
        ("rdp", Tcp, 3389),
    ] {
        assert_eq!(COMMON.port(name, protocol), Some(port), "{name}");
        let listed = common_ports(name, protocol).map(|ports| ports.first());
        assert_eq!(listed, Some(port), "{name}");
        let is_registered = registered_ports(name, protocol).is_some();
        assert_eq!(IANA.port(name, protocol).is_some(), is_registered, "{name}");
    }
}
