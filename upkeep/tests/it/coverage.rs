//! The account of the ports that scanners find, with small inputs that are made up.

use std::fs;
use std::path::Path;

use port_registry::{Protocol, Sctp, Tcp, Udp, common_uses};
use port_registry_upkeep::coverage::{
    Account, Coverage, Known, Left, MOST_USED, Superfluous, account, left, scanned,
};

const SERVICES: &str = "\
# comment
Alpha\t10/tcp\t0.5\t# the same but for the case
beta\t11/tcp\t0.4
gamma\t12/tcp\t0.000001
unknown\t13/tcp\t0.9
delta\t14/udp\t0.1\t# a comment
epsilon\t15/sctp\t0.9
zeta\t16/icmp\t0.9

";

fn place(port: u16, protocol: Protocol) -> String {
    format!("{port}/{protocol}")
}

/// The account of these services, where IANA has `alpha` on all ports below 12 and the list has 11.
fn coverage(services: &str, reasons: &str) -> Coverage {
    let known = Known {
        registered: &|port, _| (port < 12).then_some("alpha"),
        is_listed: &|port, protocol| (port, protocol) == (11, Tcp),
    };
    let scanned = scanned(services).expect("good services");
    account(scanned, left(reasons).expect("good reasons"), known)
}

#[test]
fn the_most_used_named_ports_are_taken_in_order() {
    let taken = scanned(SERVICES).expect("good services");
    let places = taken.iter().map(|row| place(row.port, row.protocol));
    assert!(places.eq(["10/tcp", "11/tcp", "12/tcp", "14/udp"]));

    // As many as are accounted for, the most used first, and of equals the lower number.
    let (_, most) = MOST_USED[0];
    let most = u16::try_from(most).expect("a small number");
    let row = |port: u16| format!("a{port} {port}/tcp {}\n", if port > 2 { 0.5 } else { 0.25 });
    let rows: String = (1..=most + 2).rev().map(row).collect();
    let taken = scanned(&rows).expect("good services");
    assert!(taken.iter().map(|row| row.port).eq(3..=most + 2));
    let rows: String = (1..=most + 2).rev().map(|port| row(port + 2)).collect();
    let taken = scanned(&rows).expect("good services");
    assert!(taken.iter().map(|row| row.port).eq(3..=most + 2));
    // A port without a name takes its place among the most used.
    let rows = rows.replace("a3 ", "unknown ");
    let taken = scanned(&rows).expect("good services");
    assert!(taken.iter().map(|row| row.port).eq(4..=most + 2));
}

#[test]
fn every_port_is_accounted_for_in_one_way() {
    let found = coverage(SERVICES, "14/udp No product uses it.\n");
    let accounts = found.ports.iter().map(|&(_, account)| account);
    assert!(accounts.eq([
        Account::Same,
        Account::Listed,
        Account::Unaccounted,
        Account::Left
    ]));
    let counts = |protocol| Account::ALL.map(|account| found.count(protocol, account));
    assert_eq!(
        [counts(Tcp), counts(Udp), counts(Sctp)],
        [[1, 1, 0, 1], [0, 0, 1, 0], [0; 4]]
    );
    assert!(found.unaccounted().map(|row| row.port).eq([12]));
    assert!(!found.is_complete());
    assert!(coverage(SERVICES, "12/tcp No.\n14/udp No.\n").is_complete());
}

#[test]
fn reasons_that_are_not_needed_are_told() {
    let reasons = "10/tcp A\n10/udp B\n11/tcp C\n12/tcp D\n13/tcp E\n14/udp F\n";
    let found = coverage(SERVICES, reasons);
    let superfluous = found.superfluous.iter();
    let superfluous = superfluous.map(|(left, why)| (left.line, *why));
    assert!(superfluous.eq([
        (1, Superfluous::Same),
        (2, Superfluous::Unscanned),
        (3, Superfluous::Listed),
        (5, Superfluous::Unscanned),
    ]));
    assert!(found.unaccounted().next().is_none() && !found.is_complete());
}

#[test]
fn reasons_are_read_with_their_lines() {
    let read = left("# comment\n\n 10/tcp   No product uses it. \n10/udp\tB\n");
    let expected = Left {
        line: 3,
        port: 10,
        protocol: Tcp,
        reason: "No product uses it.".to_owned(),
    };
    assert_eq!(read.expect("good reasons")[0], expected);
}

#[test]
fn bad_lines_have_messages() {
    let message = |text| left(text).expect_err(text).to_string();
    for bad in [
        "10/tcp",
        "10 reason",
        "65536/tcp reason",
        "x/tcp reason",
        "10/icmp reason",
    ] {
        assert_eq!(
            message(bad),
            format!("line 1: invalid line `{bad}`, expected `PORT/PROTOCOL reason`")
        );
    }
    for order in ["10/tcp b", "10/udp b", "9/udp b"] {
        let bad = format!("# comment\n10/udp a\n{order}");
        let place = order.trim_end_matches(" b");
        assert_eq!(
            left(&bad).expect_err(order).to_string(),
            format!(
                "line 3: `{place}` stands after line 2, expected the lines in ascending order of the \
                 ports, and each port once"
            )
        );
    }
    for bad in [
        "a",
        "a 1/tcp",
        "a 1/tcp often",
        "a 1 0.5",
        "a 65536/tcp 0.5",
    ] {
        let services = format!("# comment\n{bad}\n");
        assert_eq!(
            scanned(&services).expect_err(bad).to_string(),
            format!("line 2: invalid line `{bad}`, expected `NAME PORT/PROTOCOL FREQUENCY`")
        );
    }
}

/// The committed reasons can be read, and none is about a port that the list has.
#[test]
fn the_committed_reasons_are_about_ports_that_the_list_lacks() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("left-to-iana.txt");
    let text = fs::read_to_string(file).expect("the reasons are committed");
    for left in left(&text).expect("good reasons") {
        let covers = common_uses().any(|line| line.covers(left.port, left.protocol));
        assert!(!covers, "{}: {left:?}", place(left.port, left.protocol));
        assert!(left.reason.ends_with('.'), "{left:?} is a sentence");
    }
}
