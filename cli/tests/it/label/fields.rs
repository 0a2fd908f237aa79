//! JSON whose ports are found by paths, and the presets for the places that write such.

use port_registry::{COMMON, Tcp};
use proptest::prelude::*;
use serde_json::Value;

use super::run::{Run, label};

/// A made-up record in the form that the place's own documentation gives, and what becomes of it.
struct Record {
    preset: &'static str,
    line: &'static str,
    /// The replacements that make the line of each style: of `name`, of `both`, and of
    /// `append-column`.
    name: &'static [(&'static str, &'static str)],
    both: &'static [(&'static str, &'static str)],
    append: &'static [(&'static str, &'static str)],
    /// The row of the summary: service, protocol, port, lines and bytes.
    summary: &'static str,
}

const RECORDS: [Record; 15] = [
    // https://www.elastic.co/docs/reference/ecs/ecs-source, ecs-destination, ecs-network.
    Record {
        preset: "ecs",
        line: r#"{"@timestamp":"2026-11-22T09:00:00.000Z","ecs":{"version":"8.17.0"},"event":{"kind":"event"},"source":{"ip":"192.0.2.1","port":51514,"bytes":100},"destination":{"ip":"198.51.100.2","port":443,"bytes":300},"network":{"transport":"tcp","type":"ipv4" }, "tags":["443"] }"#,
        name: &[(r#""port":443"#, r#""port":"https""#)],
        both: &[(r#""port":443"#, r#""port":"443(https)""#)],
        append: &[(r#""ipv4" }"#, r#""ipv4","application":"https" }"#)],
        summary: "https tcp 443 1 400",
    },
    // The same with dotted names, which Elasticsearch takes for the same document.
    Record {
        preset: "ecs",
        line: r#"{"ecs.version":"8.17.0","source.port":51514,"destination.port":53,"network.transport":"udp","network.bytes":70}"#,
        name: &[(":53", r#":"domain""#)],
        both: &[(":53", r#":"53(domain)""#)],
        append: &[(":70", r#":70,"network.application":"domain""#)],
        summary: "domain udp 53 1 70",
    },
    // Without an object for the network.
    Record {
        preset: "ecs",
        line: r#"{"ecs":{"version":"8.17.0"},"source":{"port":51514},"destination":{"port":22}}"#,
        name: &[(":22", r#":"ssh""#)],
        both: &[(":22", r#":"22(ssh)""#)],
        append: &[("22}}", r#"22},"network":{"application":"ssh"}}"#)],
        summary: "ssh tcp 22 1",
    },
    // What is there already stays.
    Record {
        preset: "ecs",
        line: r#"{"ecs":{"version":"8.17.0"},"source":{"port":51514},"destination":{"port":22},"network":{"application":"aim","iana_number":"6"}}"#,
        name: &[(":22", r#":"ssh""#)],
        both: &[(":22", r#":"22(ssh)""#)],
        append: &[],
        summary: "ssh tcp 22 1",
    },
    // https://schema.ocsf.io/classes/network_activity, objects network_endpoint,
    // network_connection_info and network_traffic.
    Record {
        preset: "ocsf",
        line: r#"{"class_uid":4001,"activity_id":6,"src_endpoint":{"ip":"192.0.2.1","port":51514},"dst_endpoint":{"ip":"198.51.100.2","port":443},"connection_info":{"protocol_name":"tcp","protocol_num":6,"direction_id":2},"traffic":{"bytes":900,"packets":9}}"#,
        name: &[(":443", r#":"https""#)],
        both: &[(":443", r#":"443(https)""#)],
        append: &[(":443}", r#":443,"svc_name":"https"}"#)],
        summary: "https tcp 443 1 900",
    },
    // The answers are an event of their own: the service is at the source. Its protocol is a number.
    Record {
        preset: "ocsf",
        line: r#"{"class_uid":4001,"src_endpoint":{"port":53},"dst_endpoint":{"port":51514},"connection_info":{"protocol_num":17},"traffic":{"bytes_in":5,"bytes_out":6}}"#,
        name: &[(":53", r#":"domain""#)],
        both: &[(":53", r#":"53(domain)""#)],
        append: &[(":53}", r#":53,"svc_name":"domain"}"#)],
        summary: "domain udp 53 1 11",
    },
    // https://github.com/netsampler/goflow2/blob/main/docs/protocols.md
    Record {
        preset: "goflow2",
        line: r#"{"type":"SFLOW_5","time_received_ns":1763800000000000000,"sequence_num":7,"sampling_rate":100,"sampler_address":"192.0.2.254","bytes":1500,"packets":1,"src_addr":"198.51.100.2","dst_addr":"192.0.2.1","etype":"IPv4","proto":"TCP","src_port":443,"dst_port":51514}"#,
        name: &[(":443", r#":"https""#)],
        both: &[(":443", r#":"443(https)""#)],
        append: &[("51514}", r#"51514,"port_service":"https"}"#)],
        summary: "https tcp 443 1 1500",
    },
    // The form of its first version, as its README shows it.
    Record {
        preset: "goflow2",
        line: r#"{"Type":"SFLOW_5","TimeReceived":1621820000,"Bytes":70,"SamplerAddress":"192.0.2.254","Proto":17,"ProtoName":"UDP","SrcPort":51514,"DstPort":53}"#,
        name: &[(":53", r#":"domain""#)],
        both: &[(":53", r#":"53(domain)""#)],
        append: &[(":53}", r#":53,"port_service":"domain"}"#)],
        summary: "domain udp 53 1 70",
    },
    // https://docs.cilium.io/en/stable/_api/v1/flow/README/; the text form of protocol buffers puts
    // blanks anywhere.
    Record {
        preset: "hubble",
        line: r#"{"flow":{"time":"2026-11-22T09:00:00Z", "verdict":"FORWARDED","IP":{"source":"10.0.0.1","destination":"10.0.0.2","ipVersion":"IPv4"},"l4":{"TCP":{"source_port":51514, "destination_port":443,"flags":{"SYN":true}}},"event_type":{"type":4},"traffic_direction":"EGRESS","is_reply":false},"node_name":"worker-1"}"#,
        name: &[(":443", r#":"https""#)],
        both: &[(":443", r#":"443(https)""#)],
        append: &[(r#""worker-1""#, r#""worker-1","port_service":"https""#)],
        summary: "https tcp 443 1",
    },
    Record {
        preset: "hubble",
        line: r#"{"flow":{"verdict":"FORWARDED","l4":{"UDP":{"source_port":53,"destination_port":51514}},"is_reply":true}}"#,
        name: &[(":53", r#":"domain""#)],
        both: &[(":53", r#":"53(domain)""#)],
        append: &[("true}}", r#"true},"port_service":"domain"}"#)],
        summary: "domain udp 53 1",
    },
    Record {
        preset: "hubble",
        line: r#"{"verdict":"FORWARDED","l4":{"SCTP":{"source_port":51514,"destination_port":3868}}}"#,
        name: &[(":3868", r#":"diameter""#)],
        both: &[(":3868", r#":"3868(diameter)""#)],
        append: &[("3868}}}", r#"3868}},"port_service":"diameter"}"#)],
        summary: "diameter sctp 3868 1",
    },
    // https://cloud.google.com/vpc/docs/about-flow-logs-records; numbers of 64 bits are texts.
    Record {
        preset: "gcp",
        line: r#"{"insertId":"a1","jsonPayload":{"bytes_sent":"1776","packets_sent":"4","connection":{"dest_ip":"192.0.2.1","dest_port":51514,"protocol":6,"src_ip":"198.51.100.2","src_port":443},"reporter":"DEST"},"logName":"projects/p/logs/compute.googleapis.com%2Fvpc_flows"}"#,
        name: &[(":443", r#":"https""#)],
        both: &[(":443", r#":"443(https)""#)],
        append: &[(r#"vpc_flows""#, r#"vpc_flows","port_service":"https""#)],
        summary: "https tcp 443 1 1776",
    },
    // The same with ports in quotes, as an export may have them: the name goes into the quotes.
    Record {
        preset: "gcp",
        line: r#"{"jsonPayload":{"connection":{"dest_port":"53","protocol":"17","src_port":"51514"},"reporter":"SRC","bytes_sent":70}}"#,
        name: &[(r#""53""#, r#""domain""#)],
        both: &[(r#""53""#, r#""53(domain)""#)],
        append: &[("70}}", r#"70},"port_service":"domain"}"#)],
        summary: "domain udp 53 1 70",
    },
    // https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
    Record {
        preset: "azure",
        line: r#"{"time":"2026-11-22T09:00:52Z","flowLogVersion":4,"category":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"a","flowGroups":[{"rule":"r","flowTuples":["1663146003606,10.0.0.6,192.0.2.180,23956,443,6,O,E,NX,3,767,2,1580"]}]}]}}"#,
        name: &[(",443,", ",https,")],
        both: &[(",443,", ",443(https),")],
        append: &[(",1580", ",1580,https")],
        summary: "https tcp 443 1 2347",
    },
    // https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview, a whole file.
    Record {
        preset: "azure",
        line: r#"{"records":[{"time":"2026-11-22T09:00:32Z","category":"NetworkSecurityGroupFlowEvent","properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"000D3AF8801A","flowTuples":["1542110377,10.0.0.4,192.0.2.33,51514,53,U,O,A,E,1,70,1,90"]}]}]}}]}"#,
        name: &[(",53,", ",domain,")],
        both: &[(",53,", ",53(domain),")],
        append: &[("1,90", "1,90,domain")],
        summary: "domain udp 53 1 160",
    },
];

fn replaced(line: &str, replacements: &[(&str, &str)]) -> String {
    replacements
        .iter()
        .fold(line.to_owned(), |line, (from, to)| {
            assert_eq!(line.matches(from).count(), 1, "{from} in {line}");
            line.replace(from, to)
        })
}

fn checked(run: &Run) -> &str {
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{run:?}");
    run.text()
}

#[test]
fn each_preset_is_labelled_in_each_style_and_nothing_else_changes() {
    for record in &RECORDS {
        let line = record.line;
        for (style, replacements) in [
            ("name", record.name),
            ("both", record.both),
            ("append-column", record.append),
        ] {
            let expected = replaced(line, replacements);
            let arguments = ["--preset", record.preset, "--style", style];
            for end in ["", "\n", "\r\n"] {
                let run = label(&arguments, format!("{line}{end}").as_bytes());
                assert_eq!(checked(&run), format!("{expected}{end}"), "{style}");
            }
            serde_json::from_str::<Value>(&expected).expect("JSON still");
            // It is recognised as what it is, also after a byte order mark.
            let run = label(&arguments[2..], format!("\u{feff}{line}").as_bytes());
            assert_eq!(checked(&run), format!("\u{feff}{expected}"), "{style}");
        }
        let run = label(&["--summary"], line.as_bytes());
        let row = checked(&run).lines().nth(1).expect("a row");
        let row: Vec<_> = row.split_ascii_whitespace().collect();
        assert_eq!(row.join(" "), record.summary, "{line}");
    }
}

/// A label that is taken out again leaves the document of before.
#[test]
fn without_its_label_a_document_is_the_one_of_before() {
    for record in RECORDS.iter().filter(|record| record.preset != "azure") {
        let run = label(&["--style", "append-column"], record.line.as_bytes());
        let before: Value = serde_json::from_str(record.line).expect("JSON");
        let mut after: Value = serde_json::from_str(checked(&run)).expect("JSON");
        let mut without = |pointer: &str, name: &str| {
            let object = after.pointer_mut(pointer).and_then(Value::as_object_mut);
            object.is_some_and(|object| object.remove(name).is_some())
        };
        let removed = match record.preset {
            "ecs" if before.pointer("/network/application").is_some() => true,
            "ecs" if before.get("network").is_some() => without("/network", "application"),
            "ecs" => without("", "network.application") || without("", "network"),
            "ocsf" => without("/dst_endpoint", "svc_name") || without("/src_endpoint", "svc_name"),
            _ => without("", "port_service"),
        };
        assert!(removed, "{}", run.text());
        assert_eq!(after, before);
    }
}

/// The rows of a summary, by service.
fn services(arguments: &[&str], input: &str) -> Vec<String> {
    let run = label(&[arguments, &["--summary"]].concat(), input.as_bytes());
    let rows = checked(&run).lines().skip(1);
    let name = |row: &str| row.split("  ").next().unwrap_or_default().to_owned();
    rows.map(name).filter(|name| name != "(total)").collect()
}

/// Where a record says who opened the conversation, the other end is the service, here `kubelet`
/// (10250) against `46336`, which has a name too, and 8080 against 9000.
#[test]
fn a_record_may_tell_who_opened_the_conversation() {
    let hubble = |reply: &str| {
        format!(
            r#"{{"flow":{{"verdict":"FORWARDED","l4":{{"TCP":{{"source_port":9000,"destination_port":8080}}}}{reply}}}}}"#
        )
    };
    let ecs = |roles: &str| {
        format!(r#"{{"ecs":{{}},"source":{{"port":9000}},"destination":{{"port":8080}}{roles}}}"#)
    };
    let ocsf = |known: &str| {
        format!(
            r#"{{"class_uid":4001,"src_endpoint":{{"port":8080}},"dst_endpoint":{{"port":9000}}{known}}}"#
        )
    };
    let azure = |decision: &str| {
        format!(r#"{{"flowTuples":["1,192.0.2.1,192.0.2.2,8080,9000,6,I,{decision},NX,0,0,0,0"]}}"#)
    };
    let (lower, higher) = ("http-alt", "cslistener");
    for (line, expected) in [
        (hubble(""), lower),
        (hubble(r#","is_reply":false"#), lower),
        (hubble(r#","is_reply":true"#), higher),
        (hubble(r#","is_reply":null"#), lower),
        (ecs(""), lower),
        (ecs(r#","client":{"port":9000}"#), lower),
        (
            ecs(r#","client":{"port":8080},"server":{"port":9000}"#),
            higher,
        ),
        (ecs(r#","server":{"port":9000}"#), higher),
        // This is of another connection, behind a proxy.
        (ecs(r#","client":{"port":1},"server":{"port":2}"#), lower),
        (ocsf(""), lower),
        (ocsf(r#","is_src_dst_assignment_known":false"#), lower),
        (ocsf(r#","is_src_dst_assignment_known":true"#), higher),
        (azure("B"), higher),
        (azure("A"), higher),
        (azure("D"), lower),
    ] {
        assert_eq!(services(&["--names", "iana"], &line), [expected], "{line}");
    }
}

#[test]
fn lines_of_a_preset_without_ports_are_no_mistake() {
    for line in [
        r#"{"ecs":{"version":"8.17.0"},"message":"started"}"#,
        r#"{"ecs":{"version":"8.17.0"},"source":{"ip":"192.0.2.1"},"network":{"transport":"icmp"}}"#,
    ] {
        for style in ["name", "both"] {
            let run = label(&["--preset", "ecs", "--style", style], line.as_bytes());
            assert_eq!(checked(&run), line);
        }
    }
    let icmp = r#"{"flow":{"verdict":"FORWARDED","l4":{"ICMPv4":{"type":8}},"is_reply":false}}"#;
    assert_eq!(services(&[], icmp), ["(without ports)"]);
    // VNet flow logs name all protocols by number; ICMP has no ports.
    let tuples = r#"{"flowTuples":["1,192.0.2.1,192.0.2.2,0,0,1,I,B,NX,0,0,0,0","1,192.0.2.1,192.0.2.2,1,443,6,I,B,NX,,,,"]}"#;
    assert_eq!(services(&[], tuples), ["https", "(without ports)"]);
    // Where the paths come from the user, a line without them is one that is not understood.
    let run = label(&["--fields", "sport,dport"], br#"{"port":443}"#);
    assert_eq!((run.text(), run.status), (r#"{"port":443}"#, 1));
}

#[test]
fn azure_tuples_that_cannot_be_read_leave_the_line_alone() {
    for line in [
        r#"{"records":[]}"#,
        r#"{"flowTuples":"1,192.0.2.1,192.0.2.2,1,443,T,I,A"}"#,
        r#"{"flowTuples":["1,192.0.2.1,192.0.2.2,1,443,X,I,A"]}"#,
        r#"{"flowTuples":["1,192.0.2.1,192.0.2.2,1,99999,T,I,A"]}"#,
        r#"{"flowTuples":["1,192.0.2.1"]}"#,
        r#"{"flowTuples":["1,192.0.2.1,192.0.2.2,1,443,\u0054,I,A"]}"#,
        r#"{"flowTuples":[443]}"#,
        r#"["1,192.0.2.1,192.0.2.2,1,443,T,I,A"]"#,
        r#"{"flowTuples":["1,192.0.2.1,192.0.2.2,1,443,T,I,A"]"#,
    ] {
        let run = label(&["--preset", "azure"], line.as_bytes());
        assert_eq!((run.text(), run.status), (line, 1));
    }
    // With --only-unknown, a line stays if any of its flows is unknown.
    let known = r#"{"flowTuples":["1,192.0.2.1,192.0.2.2,51514,443,T,I,A"]}"#;
    let mixed = known.replace(r#""]"#, r#"","1,192.0.2.1,192.0.2.2,51514,4,T,I,A"]"#);
    let run = label(
        &["--only-unknown", "--style", "both"],
        format!("{known}\n{mixed}\n").as_bytes(),
    );
    assert_eq!(
        checked(&run),
        format!("{}\n", mixed.replace("443", "443(https)"))
    );
}

#[test]
fn ports_and_protocols_may_be_written_in_many_ways() {
    let found = |line: &str| {
        let run = label(&["--fields", "s,d,p,b"], line.as_bytes());
        assert_eq!(run.stderr.is_empty(), run.status == 0, "{run:?}");
        (run.status == 0).then(|| run.text().to_owned())
    };
    for (protocol, name) in [
        (r#""tcp""#, "shell"),
        (r#""TCP""#, "shell"),
        ("6", "shell"),
        (r#""6""#, "shell"),
        ("6.0", "shell"),
        (r#""\u0074cp""#, "shell"),
        ("null", "shell"),
        (r#""""#, "shell"),
        (r#""-""#, "shell"),
        (r#""udp""#, "syslog"),
        (r#"" Udp ""#, "syslog"),
        ("17", "syslog"),
        (r#""quic""#, "syslog"),
        (r#""QUIC""#, "syslog"),
    ] {
        let line = |port: &str| format!(r#"{{"p":{protocol},"d":{port}}}"#);
        let expected = Some(line(&format!("\"{name}\"")));
        for port in ["514", r#""514""#, "514.0", r#""514.0""#, r#"" 514""#] {
            let expected = match port {
                r#"" 514""# => Some(line(&format!("\" {name}\""))),
                _ => expected.clone(),
            };
            assert_eq!(found(&line(port)), expected, "{protocol} {port}");
        }
    }
    for (line, expected) in [
        (
            r#"{"s":"https","d":51514,"p":"tcp"}"#,
            r#"{"s":"https","d":51514,"p":"tcp"}"#,
        ),
        (r#"{"s":null,"d":443}"#, r#"{"s":null,"d":"https"}"#),
        (r#"{"s":"","d":443}"#, r#"{"s":"","d":"https"}"#),
        (r#"{"d":443,"p":"icmp"}"#, r#"{"d":443,"p":"icmp"}"#),
        (r#"{"d":443,"p":"unix"}"#, r#"{"d":443,"p":"unix"}"#),
        (" {\t\"d\" : 443 } ", " {\t\"d\" : \"https\" } "),
        (r#"{"\u0064":443}"#, r#"{"\u0064":"https"}"#),
    ] {
        assert_eq!(found(line).as_deref(), Some(expected));
    }
    for line in [
        r#"{"d":443,"p":"http"}"#,
        r#"{"d":443,"p":true}"#,
        r#"{"d":443,"p":["tcp"]}"#,
        r#"{"d":443,"p":256}"#,
        r#"{"d":65536}"#,
        r#"{"d":-443}"#,
        r#"{"d":443.5}"#,
        r#"{"d":4.43e2}"#,
        r#"{"d":true}"#,
        r#"{"d":[443]}"#,
        r#"{"d":{"d":443}}"#,
        r#"{"d":"44\u0033"}"#,
        r#"{"s":"no such service","d":443}"#,
        // Readers of JSON do not agree on what this means.
        r#"{"d":443,"d":80}"#,
        r#"{"d":443}x"#,
        r#"{"d":443"#,
        r#"[{"d":443}]"#,
        "443",
    ] {
        assert_eq!(found(line), None, "{line}");
    }
}

#[test]
fn a_path_leads_into_objects_or_is_a_name_with_dots() {
    for (paths, line, expected) in [
        ("a.b", r#"{"a":{"b":443}}"#, r#"{"a":{"b":"https"}}"#),
        ("a.b", r#"{"a.b":443}"#, r#"{"a.b":"https"}"#),
        (
            "a.b",
            r#"{"a":{"b":80},"a.b":443}"#,
            r#"{"a":{"b":80},"a.b":"https"}"#,
        ),
        (
            "a.b",
            r#"{"a.b":443,"a":{"b":80}}"#,
            r#"{"a.b":"https","a":{"b":80}}"#,
        ),
        (
            "a.b",
            r#"{"a.b":null,"a":{"b":80}}"#,
            r#"{"a.b":null,"a":{"b":"http"}}"#,
        ),
        ("a.b.c", r#"{"a":{"b.c":443}}"#, r#"{"a":{"b.c":"https"}}"#),
        (
            "a.b.c",
            r#"{"a.b":{"c":443},"a":{"b":{"c":80}}}"#,
            r#"{"a.b":{"c":"https"},"a":{"b":{"c":80}}}"#,
        ),
        ("a.b", r#"{"a":443,"a.b":80}"#, r#"{"a":443,"a.b":"http"}"#),
        (
            "a,a.b",
            r#"{"a":443,"a.b":80}"#,
            r#"{"a":"https","a.b":"http"}"#,
        ),
        ("\"a,b\".c", r#"{"a":443}"#, ""),
        (
            "\"a,b.c\"",
            r#"{"a,b":{"c":443}}"#,
            r#"{"a,b":{"c":"https"}}"#,
        ),
        ("-,x", r#"{"-":80,"x":443}"#, r#"{"-":80,"x":"https"}"#),
        ("x,x", r#"{"x":443}"#, r#"{"x":"https"}"#),
        ("é.ü", r#"{"é":{"ü":443}}"#, r#"{"é":{"ü":"https"}}"#),
        ("a.1", r#"{"a":[80,443]}"#, ""),
    ] {
        let run = label(&["--fields", paths], line.as_bytes());
        let expected = if expected.is_empty() { line } else { expected };
        assert_eq!(run.text(), expected, "{paths}: {}", run.stderr);
    }
    let bytes = r#"{"d":443,"n":{"b":"1234"}}"#;
    let run = label(&["--fields", "-,d,-,n.b", "--summary"], bytes.as_bytes());
    assert!(
        checked(&run).contains("https    tcp        443      1   1234"),
        "{}",
        run.text()
    );
}

#[test]
fn wrong_options_end_with_2() {
    let cases: [(&[&str], &str); 8] = [
        (&["--input", "json"], "`--input json` needs `--fields`"),
        (&["--fields", "-,-,p"], "needs a path of ports"),
        (&["--fields", "a,b,c,d,e"], "four paths at most"),
        (&["--fields", "a.b.c.d.e.f.g.h.i"], "8 parts at most"),
        (&["--fields", "a", "--columns", "1"], "cannot be used with"),
        (&["--fields", "a", "--input", "eve"], "`--fields` is for"),
        (&["--preset", "ecs", "--fields", "a"], "`--fields` is for"),
        (&["--preset", "splunk"], "invalid value 'splunk'"),
    ];
    for (arguments, message) in cases {
        let run = label(arguments, b"");
        assert!(
            run.stderr.contains(message),
            "{arguments:?}: {}",
            run.stderr
        );
        assert_eq!((run.text(), run.status), ("", 2), "{arguments:?}");
    }
}

/// Names of one's own may hold what JSON and tuples must escape.
#[test]
fn odd_names_stay_within_their_place() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("services");
    std::fs::write(&path, "We\"b,X 443/tcp\n").expect("written");
    let overlay = ["--overlay", path.to_str().expect("UTF-8")];
    for record in RECORDS.iter().filter(|record| record.line.contains("443")) {
        for style in ["name", "both", "append-column"] {
            let run = label(
                &[&overlay[..], &["--style", style]].concat(),
                record.line.as_bytes(),
            );
            let value: Value = serde_json::from_str(checked(&run)).expect("JSON still");
            let is_ecs = record.preset == "ecs" && style == "append-column";
            let name = match record.preset {
                "azure" => "We\"b\\x2cX",
                _ if is_ecs => "we\"b,x",
                _ => "We\"b,X",
            };
            let is_unlabelled = record.append.is_empty() && style == "append-column";
            assert_eq!(has_text(&value, name), !is_unlabelled, "{name} in {value}");
        }
    }
}

/// Whether any text in a document contains this one.
fn has_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found.contains(text),
        Value::Array(values) => values.iter().any(|value| has_text(value, text)),
        Value::Object(members) => members.values().any(|value| has_text(value, text)),
        _ => false,
    }
}

/// A document as text, with blanks, escapes, any numbers, names twice, and depth.
fn document() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => prop::sample::select(vec!["port", "a", "a.port", "\\u0061", "a\\u002eport", "", "b"]),
        1 => Just("\\\"\\n\\ud83d\\ude00"),
    ];
    let number = prop_oneof![
        4 => any::<u16>().prop_map(|port| port.to_string()),
        1 => any::<u16>().prop_map(|port| format!("\"{port}\"")),
        1 => prop::sample::select(vec![
            "-1", "1e999", "-0.0", "123456789012345678901234567890", "65536", "443.0", "4.43E2",
            "null", "true", "\"\"", "\"443\"", "\"\\u0034\"", "[]", "{}",
        ]).prop_map(str::to_owned),
    ];
    let blank = prop::sample::select(vec!["", "", "", " ", "\t", "  "]);
    let deep = (1_usize..300).prop_map(|depth| "[".repeat(depth) + &"]".repeat(depth));
    let leaf = prop_oneof![12 => number, 1 => deep];
    let value = leaf.prop_recursive(4, 24, 5, move |inner| {
        let member = (blank.clone(), name.clone(), blank.clone(), inner.clone());
        let object = prop::collection::vec(member, 0..5).prop_map(|members| {
            let members = members.into_iter().map(|(before, name, after, value)| {
                format!("{before}\"{name}\"{after}:{before}{value}{after}")
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        });
        let array = prop::collection::vec(inner, 0..3)
            .prop_map(|values| format!("[{}]", values.join(", ")));
        prop_oneof![4 => object, 1 => array]
    });
    value.prop_filter("an object", |text| text.starts_with('{'))
}

/// The port at `a.port`, and whether any object has a name twice, as another reader sees it.
fn port_of(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    let literal = value.get("a.port").filter(|port| !port.is_null());
    let nested = value.get("a").and_then(|object| object.get("port"));
    literal.or(nested).cloned()
}

/// Whether no name of the two that matter stands twice in the text.
fn is_clear(text: &str) -> bool {
    let count = |names: &[&str]| {
        names
            .iter()
            .map(|name| text.matches(&format!("\"{name}\"")).count())
            .sum::<usize>()
    };
    count(&["a", "\\u0061"]) <= 1
        && count(&["a.port", "a\\u002eport"]) <= 1
        && count(&["port"]) <= 1
}

/// What was put into `before` to make `after`, if that is all that was done.
fn inserted<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let extra = after.len().checked_sub(before.len())?;
    let same = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    (0..=same).rev().find_map(|at| {
        let (head, rest) = (after.get(..at)?, after.get(at + extra..)?);
        (before.get(..at) == Some(head) && before.get(at..) == Some(rest))
            .then(|| &after[at..at + extra])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// Whatever the document, a label is all that is added, and it is that of the port that another
    /// reader of JSON finds.
    #[test]
    fn any_document_gets_a_label_and_nothing_else(documents in prop::collection::vec(document(), 1..30)) {
        let input: String = documents.iter().map(|document| format!("{document}\n")).collect();
        let run = label(&["--fields", "-,a.port", "--style", "append-column"], input.as_bytes());
        prop_assert!(run.status <= 1 && !run.stderr.contains("panicked"), "{}", run.stderr);
        let name = label(&["--fields", "-,a.port"], input.as_bytes());
        prop_assert_eq!(run.text().lines().count(), documents.len());
        prop_assert_eq!(name.text().lines().count(), documents.len());
        for ((before, after), named) in documents.iter().zip(run.text().lines()).zip(name.text().lines()) {
            let port = match port_of(before) {
                Some(Value::Number(number)) => number.as_u64(),
                Some(Value::String(text)) => text.parse().ok(),
                _ => None,
            };
            let port = port.and_then(|port| u16::try_from(port).ok());
            let service = port.and_then(|port| COMMON.name(port, Tcp));
            if before != after {
                let extra = inserted(before, after);
                prop_assert!(extra.is_some(), "{before}\n{after}");
                let extra = extra.unwrap_or_default();
                let is_label = extra.contains("\"port_service\":");
                prop_assert!(is_label, "{extra}");
            }
            if is_clear(before) && port.is_some() && port_of(before).is_some_and(|port| !port.to_string().contains('\\')) {
                let is_escaped = before.contains("\"\\u0034\"");
                let expected = service.map_or("null".to_owned(), |name| format!("\"{name}\""));
                prop_assert!(is_escaped || after.contains(&format!("\"port_service\":{expected}")), "{before}\n{after}");
                prop_assert!(is_escaped || service.is_none_or(|name| named.contains(name)), "{before}\n{named}");
            }
        }
    }

    /// Damaged documents are passed through, or labelled where the damage does not matter.
    #[test]
    fn damaged_documents_are_no_danger(
        lines in prop::collection::vec(
            (prop::sample::select((0..RECORDS.len()).collect::<Vec<_>>()), any::<prop::sample::Index>(), 0_u8..128, any::<bool>()),
            1..20,
        ),
        preset in prop::sample::select(vec!["ecs", "ocsf", "goflow2", "hubble", "gcp", "azure"]),
        style in prop::sample::select(vec!["name", "both", "append-column"]),
    ) {
        let mut input = Vec::new();
        for (record, index, byte, cut) in lines {
            let mut line = RECORDS[record].line.as_bytes().to_vec();
            let at = index.index(line.len());
            if cut { line.truncate(at) } else { line[at] = byte }
            input.extend_from_slice(&line);
            input.push(b'\n');
        }
        let run = label(&["--preset", preset, "--style", style], &input);
        prop_assert!(run.status <= 1 && !run.stderr.contains("panicked"), "{}", run.stderr);
        let lines = |text: &[u8]| text.iter().filter(|&&byte| byte == b'\n').count();
        prop_assert_eq!(lines(&input), lines(&run.stdout));
        // Where the input is JSON, the output is.
        for (before, after) in input.split(|&byte| byte == b'\n').zip(run.stdout.split(|&byte| byte == b'\n')) {
            if serde_json::from_slice::<Value>(before).is_ok() {
                prop_assert!(serde_json::from_slice::<Value>(after).is_ok());
            } else {
                prop_assert_eq!(before, after);
            }
        }
    }
}
