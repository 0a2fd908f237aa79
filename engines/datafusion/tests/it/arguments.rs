//! What the functions take and what they refuse.

use datafusion::prelude::SessionContext;

use datafusion::arrow::array::Array;

use crate::context::{error, optimized, rows, value};

/// SQL's names of the integer types, and the largest port that each can hold.
const INTEGERS: [(&str, u16); 8] = [
    ("tinyint", 127),
    ("tinyint unsigned", 255),
    ("smallint", 32_767),
    ("smallint unsigned", 65_535),
    ("int", 65_535),
    ("int unsigned", 65_535),
    ("bigint", 65_535),
    ("bigint unsigned", 65_535),
];
const TEXTS: [&str; 5] = [
    "Utf8",
    "LargeUtf8",
    "Utf8View",
    "Dictionary(Int32, Utf8)",
    "Dictionary(UInt8, LargeUtf8)",
];
const TWO_ENDED: [&str; 2] = ["flow_service", "flow_server_port"];
const ONE_ENDED: [&str; 3] = ["port_service", "port_label", "port_status"];

/// Two ways of asking have the same answer in every row.
async fn assert_same(context: &SessionContext, one: &str, other: &str, rows: &str) {
    let query =
        format!("select count(*) from ports where {rows} and ({one} is distinct from {other})");
    assert_eq!(value(context, &query).await, "0", "{query}");
}

#[tokio::test]
async fn ports_may_be_of_any_integer_type() {
    let context = optimized();
    for function in ONE_ENDED {
        for (integer, last) in INTEGERS {
            let cast = format!("{function}(try_cast(port as {integer}), number)");
            let direct = format!("{function}(port, number)");
            let rows = format!("(port <= {last} or port > 65535)");
            assert_same(&context, &cast, &direct, &rows).await;
        }
    }
}

#[tokio::test]
async fn protocols_may_be_of_any_text_type_in_any_case() {
    let context = optimized();
    for function in ONE_ENDED {
        let direct = format!("{function}(port, number)");
        for text in TEXTS {
            for keyword in ["keyword", "upper(keyword)", "initcap(keyword)"] {
                let cast = format!("{function}(port, arrow_cast({keyword}, '{text}'))");
                assert_same(&context, &cast, &direct, "true").await;
            }
        }
        for integer in [
            "Int16",
            "UInt16",
            "Int32",
            "UInt32",
            "Int64",
            "UInt64",
            "Dictionary(Int8, Int16)",
        ] {
            let cast = format!("{function}(port, arrow_cast(number, '{integer}'))");
            assert_same(&context, &cast, &direct, "true").await;
        }
    }
    for function in TWO_ENDED {
        let one = format!("{function}(port, other, upper(keyword))");
        let other = format!("{function}(port, other, arrow_cast(number, 'Int64'))");
        assert_same(&context, &one, &other, "true").await;
    }
}

#[tokio::test]
async fn quic_is_read_as_udp() {
    let context = optimized();
    for function in ONE_ENDED {
        for quic in ["quic", "QUIC", "Quic"] {
            let one = format!("{function}(port, '{quic}')");
            let other = format!("{function}(port, 'udp')");
            assert_same(&context, &one, &other, "true").await;
        }
    }
    assert_eq!(
        value(&context, "select protocol_number('QUIC')").await,
        "17"
    );
}

#[tokio::test]
async fn what_is_null_out_of_range_or_unknown_gives_null() {
    let context = optimized();
    let ports = [
        "null",
        "-1",
        "65536",
        "65979",
        "4294967739",
        "arrow_cast(18446744073709551615, 'UInt64')",
        "arrow_cast(-1, 'Int8')",
    ];
    let protocols = [
        "null",
        "'icmp'",
        "''",
        "'tcpx'",
        "'tc'",
        "'tcp '",
        "'tcp6'",
        "'\u{212a}cp'",
        "1",
        "0",
        "-6",
        "262",
        "arrow_cast(-124, 'Int8')",
    ];
    for function in ONE_ENDED {
        for port in ports {
            let null = value(
                &context,
                &format!("select {function}({port}, 'tcp') is null"),
            )
            .await;
            assert_eq!(null, "true", "{function}({port}, 'tcp')");
        }
        for protocol in protocols {
            let null = value(
                &context,
                &format!("select {function}(443, {protocol}) is null"),
            )
            .await;
            assert_eq!(null, "true", "{function}(443, {protocol})");
        }
    }
    for port in ports {
        for call in [
            format!("port_range({port})"),
            format!("flow_service({port}, 443, 'tcp')"),
            format!("flow_service(443, {port}, 'tcp')"),
            format!("flow_server_port(443, {port}, 6)"),
            format!("flow_server_port({port}, 443, 6)"),
        ] {
            assert_eq!(
                value(&context, &format!("select {call} is null")).await,
                "true",
                "{call}"
            );
        }
    }
    for protocol in protocols {
        for call in [
            format!("flow_service(51514, 443, {protocol})"),
            format!("flow_server_port(51514, 443, {protocol})"),
            format!("service_port('https', {protocol})"),
            format!("service_description('https', {protocol})"),
            format!("protocol_number({protocol})"),
        ] {
            assert_eq!(
                value(&context, &format!("select {call} is null")).await,
                "true",
                "{call}"
            );
        }
    }
    for name in ["null", "''", "'no such service'", "'http\u{fc}'"] {
        for call in [
            format!("service_port({name}, 'tcp')"),
            format!("service_description({name}, 6)"),
        ] {
            assert_eq!(
                value(&context, &format!("select {call} is null")).await,
                "true",
                "{call}"
            );
        }
    }
    for text in [
        "service_number_name",
        "port_label_text",
        "port_status_text",
        "port_range_text",
    ] {
        for number in [
            "null",
            "-1",
            "99999999",
            "arrow_cast(18446744073709551615, 'UInt64')",
        ] {
            let call = format!("{text}({number})");
            assert_eq!(
                value(&context, &format!("select {call} is null")).await,
                "true",
                "{call}"
            );
        }
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_when_the_query_is_planned() {
    let context = optimized();
    for (query, told) in [
        (
            "select port_service('443', 'tcp')",
            "port_service takes an integer as port, and got Utf8",
        ),
        (
            "select port_service(443.0, 'tcp')",
            "port_service takes an integer as port, and got Float64",
        ),
        (
            "select port_service(443, 6.0)",
            "port_service takes text or an integer as protocol, and got Float64",
        ),
        (
            "select service_port(443, 'tcp')",
            "service_port takes text as name, and got Int64",
        ),
        (
            "select port_service(443)",
            "port_service has 1 arguments, expected port_service(port, protocol[, names])",
        ),
        (
            "select port_status(443, 'tcp', 'iana')",
            "port_status has 3 arguments, expected port_status(port, protocol)",
        ),
        (
            "select port_service(443, 'tcp', 'popular')",
            "the last argument of port_service chooses the names, expected the literal 'iana' or 'common'",
        ),
        (
            "select port_service(port, number, keyword) from ports",
            "the last argument of port_service chooses the names, expected the literal 'iana' or 'common'",
        ),
        (
            "select port_service(443, 'tcp', null)",
            "the last argument of port_service chooses the names, expected the literal 'iana' or 'common'",
        ),
    ] {
        let found = error(&context, query).await;
        assert!(found.contains(told), "{query}: {found}");
    }
}

fn is_ours(function: &str) -> bool {
    let beginnings = ["port_", "service_", "flow_", "protocol_number"];
    beginnings
        .iter()
        .any(|beginning| function.starts_with(beginning))
}

#[tokio::test]
async fn every_function_is_documented_and_its_example_is_true() {
    let context = optimized();
    for function in context
        .state()
        .scalar_functions()
        .keys()
        .filter(|name| is_ours(name))
    {
        let shown = rows(&context, &format!("show functions like '{function}'")).await;
        assert!(
            shown.num_rows() > 0,
            "SHOW FUNCTIONS does not tell {function}"
        );
        for column in ["description", "syntax_example"] {
            let told = shown
                .column_by_name(column)
                .expect("a column of SHOW FUNCTIONS");
            assert_eq!(told.null_count(), 0, "{column} of {function}");
        }
    }
    let mut examples = 0;
    for function in context.state().scalar_functions().values() {
        let Some(documentation) = function.documentation() else {
            continue;
        };
        if documentation.doc_section.label != "Service Name and Port Number Functions" {
            continue;
        }
        let example = documentation.sql_example.as_deref().unwrap_or_default();
        let (query, answer) = example.split_once("\n-- ").expect("a query and its answer");
        assert_eq!(
            value(&context, query.trim_end_matches(';')).await,
            answer,
            "{query}"
        );
        examples += 1;
    }
    assert_eq!(examples, 18);
}
