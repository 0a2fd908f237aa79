//! Every finding about the list of common names, each with the smallest registry that causes it and
//! the whole message.

use std::path::Path;

use crate::common_findings::{CommonFinding, findings, worth_a_look};
use crate::intake::{common_names, preferred, read};
use crate::meaning::check::StalePreference;
use crate::snapshots::{COMMITTED, load};

/// A registry with these services, each `NAME PORTS PROTOCOL`. `-` stands for no port or protocol.
fn registry(services: &[&str]) -> String {
    let record = |service: &&str| {
        let words: Vec<&str> = service.split(' ').collect();
        let [name, ports, protocol] = words[..] else {
            panic!("{service}: NAME PORTS PROTOCOL");
        };
        let element = |element, text| match text {
            "-" => String::new(),
            text => format!("<{element}>{text}</{element}>"),
        };
        let [name, ports, protocol] = [
            element("name", name),
            element("number", ports),
            element("protocol", protocol),
        ];
        format!("<record>{name}{protocol}{ports}</record>\n")
    };
    let records: String = services.iter().map(record).collect();
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\"><title>T</title>\
         <updated>2026-08-17</updated>\n{records}<record/></registry>"
    )
}

/// The findings about a list of lines `KIND PORTS/PROTOCOLS NAME…`.
fn found(list: &[&str], services: &[&str], preferred: &str) -> Vec<CommonFinding> {
    let line = |line: &&str| format!("{line} \"Title\" # https://example.org/\n");
    let list: String = list.iter().map(line).collect();
    let common = common_names::read(&list).expect("the list is good");
    let registry = read::read(registry(services).as_bytes()).expect("the registry is good");
    let preferences = preferred::read(preferred).expect("the preferences are good");
    findings(&common, &registry, &preferences)
}

#[track_caller]
fn assert_findings(list: &[&str], services: &[&str], expected: &[&str]) {
    let found = found(list, services, "");
    let found: Vec<String> = found.iter().map(CommonFinding::to_string).collect();
    assert_eq!(found, expected, "{list:?}, {services:?}");
}

#[test]
fn nothing_is_found_where_the_list_and_the_registry_fit() {
    assert_findings(
        &[
            "new 24/tcp lmtp",
            "instead 42/tcp,udp wins",
            "typed 53/tcp,udp dns",
            "contested 3000/tcp grafana",
            "contested 3000/tcp rails",
        ],
        &[
            "name 42 -",
            "domain 53 tcp",
            "domain 53 udp",
            "lmtp - tcp",
            "dns 54 sctp",
        ],
        &[],
    );
}

#[test]
fn a_name_that_the_registry_has_caught_up_with_is_reported() {
    assert_findings(
        &["typed 53/tcp,udp dns named", "instead 6881-6889/tcp bt"],
        &["dns 53 tcp", "DNS 53 udp", "bt 6885 -"],
        &[
            "line 1: the registry has `dns` on 53/tcp,udp, so the list need not name it",
            "line 2: the registry has `bt` on 6881-6889/tcp, so the list need not name it",
        ],
    );
    // The line is needed on the other protocol, and where the registry leads the name elsewhere.
    assert_findings(&["typed 53/tcp,udp dns"], &["dns 53 tcp", "a 53 udp"], &[]);
    assert_findings(
        &["typed 54/tcp dns"],
        &["dns 53 tcp", "dns 54 tcp"],
        &["line 1: `dns` leads to 54/tcp, but the registry leads it to 53"],
    );
    let lines = (&["typed 54/tcp dns"], &["dns 53 tcp", "dns 54 tcp"]);
    let preferred = found(lines.0, lines.1, "54/tcp dns # reason");
    assert_eq!(preferred.len(), 1);
    assert_eq!(preferred[0].kind.as_str(), "caught-up");
}

#[test]
fn a_new_use_of_a_port_with_a_service_is_reported() {
    assert_findings(
        &["new 24-26/tcp,udp lmtp", "new 27/tcp other"],
        &["mail 25 tcp", "a 24 tcp", "- 27 tcp"],
        &["line 1: 24-26/tcp is `new`, but the registry has `a`, `mail` there"],
    );
}

#[test]
fn a_use_instead_of_nothing_is_reported() {
    assert_findings(
        &["instead 42-43/tcp,udp wins"],
        &["name 43 udp", "- 42 tcp"],
        &["line 1: 42-43/tcp is `instead`, but the registry has no service there"],
    );
}

#[test]
fn a_name_that_the_registry_leads_elsewhere_is_reported() {
    assert_findings(
        &["typed 53/tcp,udp dns named"],
        &["domain 53 -", "dns 100-101 -", "named 102 sctp"],
        &["line 1: `dns` leads to 53/tcp,udp, but the registry leads it to 100-101"],
    );
    assert_findings(
        &["typed 53/tcp,udp dns"],
        &["domain 53 -", "dns 100 tcp", "dns 101 udp"],
        &[
            "line 1: `dns` leads to 53/tcp, but the registry leads it to 100",
            "line 1: `dns` leads to 53/udp, but the registry leads it to 101",
        ],
    );
}

#[test]
fn a_typed_name_of_a_nameless_port_is_reported() {
    assert_findings(
        &[
            "typed 9/tcp,udp wol",
            "typed 9/udp magic",
            "new 11/tcp a",
            "typed 11/tcp b",
        ],
        &["discard 9 udp"],
        &["line 1: 9/tcp is `typed`, but neither the registry nor another line names the port"],
    );
}

#[test]
fn names_that_were_elsewhere_before_are_known() {
    let lines = &["typed 53/tcp dns domain", "typed 54/tcp nameless"];
    let before = found(lines, &["dns 100 tcp", "a 53 tcp"], "");
    let after = found(lines, &["dns 100 tcp", "a 53 tcp", "domain 101 tcp"], "");
    let shown = |before: &[CommonFinding]| {
        let findings = worth_a_look(after.clone(), before);
        findings
            .map(|finding| finding.kind.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&before), ["elsewhere", "nameless"]);
    assert_eq!(shown(&after), ["nameless"]);
    assert_eq!(shown(&[]), ["elsewhere", "elsewhere", "nameless"]);
}

/// The committed list fits the committed registry, but for names that it means otherwise.
#[test]
fn the_committed_list_fits_the_committed_registry() {
    let checked = load(Path::new(COMMITTED), StalePreference::Refuse);
    let all = findings(&checked.common, &checked.registry, &checked.preferences);
    let others: Vec<String> = worth_a_look(all.clone(), &all)
        .map(|finding| finding.to_string())
        .collect();
    assert!(others.is_empty(), "{}", others.join("\n"));
}
