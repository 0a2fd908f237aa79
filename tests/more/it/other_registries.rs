//! The crate built from other registries than the committed one, as a user builds it, and queried
//! at run time.

use crate::support::consumer::{Consumer, message};

fn registry(records: &str) -> String {
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\
         <title>Test</title><category>Test</category><updated>2015-05-05</updated>{records}\
         <people><person id=\"listed\"><name>Listed</name></person></people></registry>"
    )
}

/// The oddities of IANA's exports since 2015.
const ODDITIES: &str = r#"
<record><name>Apple Remote Desktop (Net Assistant)</name><number>3283</number><protocol>tcp</protocol><description/></record>
<record><name>sixteen-bytes-ab</name><number>16</number><protocol>udp</protocol><description/></record>
<record><name>fifteen-bytes-a</name><number>15</number><protocol>udp</protocol><description/></record>
<record><name>x</name><number>1</number><description/></record>
<record><name/><number>2</number><protocol>tcp</protocol><description>Reserved</description><xref type="person" data="unlisted"/></record>
<record><name>rdp</name><description>one</description><xref type="person" data="listed"/></record>
<record><name>rdp</name><description>two</description></record>
<record><name>8-9</name><number>7</number><protocol>tcp</protocol><description/></record>
<record><name>cites</name><description/>
<xref type="rfc" data="bcp14"/><xref type="rfc" data="std7" section="3"/><xref type="rfc-errata" data="1352"/>
<xref type="registry" data="port-numbers"/><xref type="unicode" data="6.3.0"/><xref type="rfc" data="fyi4">FYI 4</xref>
<xref type="draft" data="RFC-ietf-x-01" section="2"/></record>
"#;

const ODDITIES_PROGRAM: &str = r#"
use port_registry::*;
fn main() {
    let long = "Apple Remote Desktop (Net Assistant)";
    assert_eq!(service_by_port(3283, Tcp).unwrap().name(), long);
    for name in [long.to_owned(), long.to_uppercase(), long.to_lowercase()] {
        assert_eq!(service_by_name(&name, Tcp).unwrap().port(), Some(3283));
        assert_eq!(service_by_name(&name[1..], Tcp), None);
        assert_eq!(service_by_name(&format!("{name} "), Tcp), None);
    }
    let nearly = long.replace("Net", "Nit");
    assert_eq!(service_by_name(&nearly, Tcp), None);
    let spec = Spec::new(&format!(" {} / TCP ", long.to_uppercase())).unwrap();
    assert_eq!(spec.to_string(), format!("{long}/tcp"));
    assert_eq!(spec.resolve().unwrap().ports(), Ports::one(3283));
    let error = Spec::new("sixteen-bites-ab").unwrap_err().to_string();
    assert!(error.ends_with("; did you mean `sixteen-bytes-ab`, `fifteen-bytes-a`?"), "{error}");
    // A registered name is read as that name, even if it could be a span.
    let like_a_span = Spec::new("8-9").unwrap();
    assert_eq!(like_a_span.service_name(), Some("8-9"));
    assert_eq!(like_a_span.resolve().unwrap().ports(), Ports::one(7));
    assert_eq!(Spec::new("8-10").unwrap().ports(), Ports::new(8, 10));
    assert_eq!(service_by_name("sixteen-bytes-ab", Udp).unwrap().port(), Some(16));
    assert_eq!(service_by_name("sixteen-bytes-ac", Udp), None);
    let why = |name: &str| match AdmittedName::new(name).unwrap() {
        AdmittedName::Historic { name, breaks } => (name, breaks.kind(), breaks.position()),
        valid => panic!("{valid}"),
    };
    assert_eq!(why(&long.to_lowercase()), (long, error::ParseServiceNameErrorKind::InvalidCharacter, 5));
    let sixteen = "sixteen-bytes-ab";
    assert_eq!(why("SIXTEEN-bytes-ab"), (sixteen, error::ParseServiceNameErrorKind::TooLong, 15));
    assert_eq!(service_by_name("Fifteen-Bytes-A", Udp).unwrap().port(), Some(15));
    assert_eq!(service_by_name("X", Dccp).unwrap().port(), Some(1));
    assert_eq!(service_by_name("y", Dccp), None);
    for &protocol in Protocol::ALL {
        assert_eq!(service_by_port(1, protocol).unwrap().name(), "x");
    }
    assert_eq!(port_status(2, Tcp), PortStatus::Reserved);
    assert_eq!(records().nth(4).unwrap().name(), None);
    let cites = services_by_name("cites").next().unwrap().references();
    let told = |one: Reference| (one.kind().as_str(), one.number(), one.section(), one.text(), one.url(), one.note());
    let told: Vec<_> = cites.map(told).collect();
    assert_eq!(told, [
        ("bcp", Some(14), None, "BCP14", Some("https://www.rfc-editor.org/info/bcp14"), None),
        ("std", Some(7), Some("3"), "STD7, Section 3", Some("https://www.rfc-editor.org/info/std7"), None),
        ("rfc-errata", Some(1352), None, "1352", Some("https://www.rfc-editor.org/errata/eid1352"), None),
        ("registry", None, None, "port-numbers", Some("https://www.iana.org/assignments/port-numbers"), None),
        ("unicode", None, None, "6.3.0", None, None),
        ("document", None, None, "FYI 4", None, None),
        ("draft", None, Some("2"), "RFC-ietf-x-01", Some("https://datatracker.ietf.org/doc/html/draft-ietf-x-01"), None),
    ]);
    let descriptions: Vec<_> = services_by_name("rdp").map(|row| row.description()).collect();
    assert_eq!(descriptions, ["one", "two"]);
    let unlisted = contact("unlisted").unwrap();
    assert_eq!((unlisted.id(), unlisted.name(), unlisted.uris().len()), ("unlisted", None, 0));
    assert_eq!(records().nth(4).unwrap().contacts().next(), Some(unlisted));
    assert_eq!(REGISTRY.updated().to_string(), "2015-05-05");
}
"#;

const NO_SERVICES: &str =
    "<record><number>0-65535</number><description>Unassigned</description></record>";

const NO_SERVICES_PROGRAM: &str = r#"
use port_registry::*;
fn main() {
    for port in 0..=u16::MAX {
        assert_eq!(service_by_port(port, Sctp), None);
        assert_eq!(port_status(port, Sctp), PortStatus::Unassigned);
    }
    for name in ["", "a", "http", "a name of more than sixteen bytes"] {
        assert_eq!(service_by_name(name, Tcp), None);
        assert_eq!(canonical_name(name), None);
        assert!(!Spec::new(name).unwrap_err().to_string().contains("did you mean"));
    }
    assert_eq!(Spec::new("65535/sctp").unwrap().to_string(), "65535/sctp");
    assert_eq!((services().len(), records().len()), (0, 1));
}
"#;

/// Half of all numbers on two protocols, which fills every second entry of the pages of ports and
/// every length of name: too many for the short forms that today's registry needs.
fn crowded() -> String {
    let record = |number: u32| {
        let (name, protocol) = (
            crowded_name(number),
            ["tcp", "udp"][number as usize / 2 % 2],
        );
        format!(
            "<record><name>{name}</name><number>{number}</number><protocol>{protocol}</protocol><description/></record>"
        )
    };
    (0..65536).step_by(2).map(record).collect()
}

fn crowded_name(number: u32) -> String {
    let tail = "abcdefghijklmnopqrstuvwxyz-abcd";
    format!("{number}{}", &tail[..number as usize % tail.len()])
}

const CROWDED_PROGRAM: &str = r#"
use port_registry::*;
fn main() {
    let tail = "abcdefghijklmnopqrstuvwxyz-abcd";
    for port in 0..=u16::MAX {
        let name = format!("{port}{}", &tail[..usize::from(port) % tail.len()]);
        let on = match port % 4 { 0 => Some(Tcp), 2 => Some(Udp), _ => None };
        for &protocol in Protocol::ALL {
            let expected = (on == Some(protocol)).then_some(name.as_str());
            let found = service_by_port(port, protocol);
            assert_eq!(found.map(|found| found.name()), expected, "{port}/{protocol}");
            assert_eq!(service_by_name(&name.to_uppercase(), protocol), found, "{name}/{protocol}");
            let status = match port {
                _ if expected.is_some() => PortStatus::Assigned,
                49152.. => PortStatus::Dynamic,
                _ => PortStatus::Unlisted,
            };
            assert_eq!(port_status(port, protocol), status, "{port}/{protocol}");
        }
    }
    // The rows fill whole words of the tables, so a search ends where a word does.
    assert_eq!(search("65532").map(|row| row.port()).collect::<Vec<_>>(), [Some(65532)]);
    assert_eq!((services().len(), records().len()), (32768, 32768));
}
"#;

#[test]
fn a_registry_named_by_the_environment_takes_the_place_of_the_committed_one() {
    let consumer = Consumer::new(&[
        ("oddities".to_owned(), ODDITIES_PROGRAM.to_owned()),
        ("no_services".to_owned(), NO_SERVICES_PROGRAM.to_owned()),
        ("crowded".to_owned(), CROWDED_PROGRAM.to_owned()),
    ]);
    for (binary, records) in [
        ("oddities", ODDITIES),
        ("no_services", NO_SERVICES),
        ("crowded", &crowded()),
    ] {
        let file = consumer.file(&format!("{binary}.xml"), &registry(records));
        let file = file.to_str().expect("a path in UTF-8");
        let run = consumer.cargo("run", binary, &[("PORT_REGISTRY_XML", file)]);
        assert!(run.status.success(), "{binary}: {}", message(&run));
    }
    // A file that would lose data stops the build with one message and no backtrace.
    let bad = "<record>\n<name>x</name><number>70000</number></record>";
    let file = consumer.file("bad.xml", &registry(bad));
    let file = file.to_str().expect("a path in UTF-8");
    let build = consumer.cargo("build", "oddities", &[("PORT_REGISTRY_XML", file)]);
    assert!(!build.status.success());
    let found = message(&build);
    let expected = format!(
        "error: port number above 65535 in `70000`, expected 0 to 65535\n  --> {file}:2:15\n   = in record 1 (`x`)"
    );
    let found: String = found
        .lines()
        .map(|line| line.trim_start_matches("  ").to_owned() + "\n")
        .collect();
    let expected: String = expected
        .lines()
        .map(|line| line.trim_start_matches("  ").to_owned() + "\n")
        .collect();
    assert!(found.contains(&expected), "{expected}not found in\n{found}");
    assert!(
        !found.contains("panicked") && !found.contains("RUST_BACKTRACE"),
        "{found}"
    );
}
