//! All that is known about the use of every port, in order, against the two independent readings.

use std::collections::BTreeSet;
use std::iter;
use std::sync::LazyLock;

use super::model::{Choice, lines, ports_of, protocols_of, table_and_entries};
use crate::support::common::CommonLine;
use crate::support::oracle::{Row, built};
use port_registry::{COMMON, IANA, Names, Protocol, Use};

table_and_entries! { OWN, ENTRIES:
    3000/tcp "web app" "web",
    3128/tcp|udp "proxy",
    60000-60500/udp "tunnels",
    51820/sctp "office vpn",
}

mod front {
    use super::super::model::table_and_entries;

    table_and_entries! { OWN, ENTRIES:
        3000-3128/tcp "development",
    }

    pub(super) static FRONT: &port_registry::Table<'static> = &OWN;
}

/// What a use tells, as the readings tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Own(&'static str),
    /// By the index of the row.
    Registered(usize),
    /// By the place of the line.
    Common(usize),
    Unauthorized(usize),
}

/// Which of the readings a use is from, and where it stands there.
fn told(one: Use<'static>) -> Told {
    match one {
        Use::Own(name) => Told::Own(name),
        Use::Registered(service) => Told::Registered(service.record().index()),
        Use::Common(line) => {
            let has_name = |own: &_| own == line.name();
            let place = lines().iter().position(|own| has_name(&own.names[0]));
            Told::Common(place.expect("the line is in the list"))
        }
        Use::Unauthorized(record) => Told::Unauthorized(record.index()),
        other => panic!("no test for {other}"),
    }
}

/// The rows that report unauthorized use.
fn reports() -> impl Iterator<Item = &'static Row> {
    static REPORTS: LazyLock<Vec<&Row>> = LazyLock::new(|| {
        let rows = built().rows.iter();
        rows.filter(|row| row.unauthorized_use.is_some()).collect()
    });
    REPORTS.iter().copied()
}

fn expected(choice: Choice<'_>, port: u16, protocol: Protocol) -> Vec<Told> {
    let own = choice.own.iter().filter_map(|entries| {
        let mut entries = entries.iter();
        let entry = entries.find(|entry| entry.covers(port, protocol))?;
        Some(Told::Own(entry.name))
    });

    let services = built().services_by_port(port, protocol as usize);
    let registered = services.iter().copied().map(Told::Registered);

    let common = lines().iter().enumerate();
    let common = common.filter(|(_, line)| line.covers(port, protocol.as_str()));
    let common = common.filter(|_| choice.is_common);
    let common = common.map(|(place, _)| Told::Common(place));

    // The row that decides the status of a port is one without a name if there is no service.
    let stating = built().record_by_port(port, protocol as usize);
    let unnamed = stating.filter(|&row| built().rows[row].name.is_none());
    let rows = services.iter().copied().chain(unnamed);
    let reports = |row: &usize| built().rows[*row].unauthorized_use.is_some();
    let unauthorized = rows.filter(reports).map(Told::Unauthorized);

    own.chain(registered)
        .chain(common)
        .chain(unauthorized)
        .collect()
}

fn choices() -> [(Names<'static>, Choice<'static>); 4] {
    let choice = |own, is_common| Choice { own, is_common };
    [
        (IANA, choice(&[], false)),
        (COMMON, choice(&[], true)),
        (IANA.with(&OWN), choice(&[ENTRIES], false)),
        (
            COMMON.with(&OWN).with(front::FRONT),
            choice(&[front::ENTRIES, ENTRIES], true),
        ),
    ]
}

/// The ports that the list, one's own names or a report speak of, and some others.
fn ports(protocol: Protocol) -> BTreeSet<u16> {
    let index = protocol as usize;
    let has_protocol = |line: &&CommonLine| protocols_of(line).contains(protocol);
    let common = lines().iter().filter(has_protocol).flat_map(ports_of);
    let own = ENTRIES.iter().chain(front::ENTRIES);
    let own = own.filter(|entry| entry.on().contains(protocol));
    let reported = (0..=u16::MAX).filter(|&port| reports().any(|row| row.covers(port, index)));
    let shared = (0..=u16::MAX).filter(|&port| built().services_by_port(port, index).len() > 1);
    common
        .chain(own.flat_map(|entry| entry.ports()))
        .chain(reported)
        .chain(shared)
        .chain((0..=u16::MAX).step_by(211))
        .collect()
}

#[test]
fn every_use_of_a_port_is_told_in_order() {
    let mut kinds = [false; 4];
    for &protocol in Protocol::ALL {
        for port in ports(protocol) {
            for (names, choice) in choices() {
                let uses = names.uses(port, protocol);
                let found: Vec<Told> = uses.clone().map(told).collect();
                assert_eq!(found, expected(choice, port, protocol), "{port}/{protocol}");
                for one in &found {
                    kinds[match one {
                        Told::Own(_) => 0,
                        Told::Registered(_) => 1,
                        Told::Common(_) => 2,
                        Told::Unauthorized(_) => 3,
                    }] = true;
                }
                // A copy begins where the other stands.
                for skipped in 0..=found.len() {
                    let mut rest = uses.clone();
                    rest.by_ref().take(skipped).for_each(drop);
                    assert!(rest.map(told).eq(found[skipped..].iter().cloned()));
                }
            }
        }
    }
    assert_eq!(kinds, [true; 4], "there are uses of every kind");
}

/// On all other ports there is nothing but the registered services.
#[test]
fn no_port_has_other_uses() {
    for &protocol in Protocol::ALL {
        let told = ports(protocol);
        for port in (0..=u16::MAX)
            .step_by(37)
            .filter(|port| !told.contains(port))
        {
            let count = COMMON.uses(port, protocol).count();
            let services = built().services_by_port(port, protocol as usize).len();
            assert_eq!(count, services, "{port}/{protocol}");
        }
    }
}

#[test]
fn a_use_says_where_it_is_known_from() {
    let text = |one: Use<'static>| match told(one) {
        Told::Own(name) => format!("`{name}`, your own name"),
        Told::Registered(row) => {
            let row = &built().rows[row];
            let name = row.name.as_deref().unwrap_or_default();
            match &*row.description {
                "" => format!("`{name}`, registered by IANA"),
                description => format!("`{name}`, registered by IANA: {description}"),
            }
        }
        Told::Common(line) => {
            let line = &lines()[line];
            format!("`{}`, in common use: {}", line.names[0], line.title)
        }
        Told::Unauthorized(row) => {
            let report = built().rows[row].unauthorized_use.as_deref();
            format!("unauthorized use, reported to IANA: {}", report.unwrap())
        }
    };
    let names = COMMON.with(&OWN);
    for &protocol in Protocol::ALL {
        for port in ports(protocol) {
            for one in names.uses(port, protocol) {
                assert_eq!(one.to_string(), text(one));
                // The other form tells the source of a common use too.
                let source = match told(one) {
                    Told::Common(line) => format!(", {}", lines()[line].source),
                    _ => String::new(),
                };
                assert_eq!(format!("{one:#}"), text(one) + &source);
            }
        }
    }
}

#[test]
fn the_uses_still_to_come_are_shown() {
    let mut uses = COMMON.with(&OWN).uses(3128, Protocol::Tcp);
    let all: Vec<Use> = uses.clone().collect();
    assert!(all.len() > 2, "{all:?}");
    for start in 0..=all.len() {
        assert_eq!(format!("{uses:?}"), format!("{:?}", &all[start..]));
        uses.next();
    }
    assert!(iter::from_fn(|| uses.next()).next().is_none());
}
