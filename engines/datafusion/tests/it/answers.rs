//! Every port and every name on every transport protocol, against the independent readings.

use datafusion::arrow::array::Array;
use test_support::common::{CommonLine, common_lines};
use test_support::oracle::{PROTOCOLS, built};

use crate::context::{NUMBERS, optimized, ports, rows, texts, value};

/// The service's name by the registry.
fn registered(port: u16, protocol: usize) -> Option<&'static str> {
    let best = *built().services_by_port(port, protocol).first()?;
    built().rows[best].name.as_deref()
}

/// The name in common use, and otherwise the registry's.
fn common(lines: &[CommonLine], port: u16, protocol: usize) -> Option<String> {
    let covering = lines
        .iter()
        .filter(|line| line.covers(port, PROTOCOLS[protocol]));
    for line in covering {
        match line.kind.as_str() {
            "new" | "instead" => return Some(line.names[0].clone()),
            "contested" => return None,
            _ => {}
        }
    }
    registered(port, protocol).map(str::to_owned)
}

#[tokio::test]
async fn every_port_has_its_answers() {
    let context = optimized();
    let lines = common_lines();
    for (at, number) in NUMBERS.into_iter().enumerate() {
        let answer = rows(
            &context,
            &format!(
                "select port, port_service(port, number), port_service(port, number, 'iana'), \
                 port_label(port, number), port_status(port, number), port_range(port), \
                 port_service(port, number, 'common'), port_label(port, number, 'common'), \
                 service_number_name(port_service_number(port, keyword, 'common')), \
                 port_label_text(port_label_number(port, keyword)) \
                 from ports where number = {number} and port between 0 and 65535 order by port"
            ),
        )
        .await;
        assert_eq!(answer.num_rows(), 65_536);
        let columns: Vec<_> = (1..answer.num_columns())
            .map(|column| texts(&answer, column))
            .collect();
        for (row, port) in (0..=u16::MAX).enumerate() {
            let found: Vec<Option<&str>> = columns
                .iter()
                .map(|column| column.is_valid(row).then(|| column.value(row)))
                .collect();
            let name = registered(port, at);
            let shown = common(&lines, port, at);
            let text = port.to_string();
            let range = match port {
                0..1024 => "system",
                1024..49152 => "user",
                49152.. => "dynamic",
            };
            let expected = [
                name,
                name,
                name.or(Some(&text)),
                Some(built().port_status(port, at)),
                Some(range),
                shown.as_deref(),
                shown.as_deref().or(Some(&text)),
                shown.as_deref(),
                name.or(Some(&text)),
            ];
            assert_eq!(found, expected, "{port}/{}", PROTOCOLS[at]);
        }
    }
}

#[tokio::test]
async fn every_name_has_its_port_and_description() {
    let context = optimized();
    let names = built().spelled_names();
    assert!(names.len() > 5000);
    let list: Vec<String> = names.iter().map(|name| format!("('{name}')")).collect();
    for (at, protocol) in PROTOCOLS.into_iter().enumerate() {
        let answer = rows(
            &context,
            &format!(
                "select name, service_port(name, '{protocol}'), service_port(upper(name), {}), \
                 service_description(name, '{protocol}') from (values {}) as names(name)",
                NUMBERS[at],
                list.join(", ")
            ),
        )
        .await;
        let (asked, descriptions) = (texts(&answer, 0), texts(&answer, 3));
        let (lower, upper) = (ports(&answer, 1), ports(&answer, 2));
        assert_eq!(asked.len(), names.len());
        for row in 0..asked.len() {
            let name = asked.value(row);
            let service = built()
                .service_by_name(name, at)
                .map(|index| &built().rows[index]);
            let port = service.and_then(|service| Some(service.span?.0));
            let found = lower.is_valid(row).then(|| lower.value(row));
            assert_eq!(found, port, "{name}/{protocol}");
            assert_eq!(upper.is_valid(row).then(|| upper.value(row)), port);
            let description = descriptions.is_valid(row).then(|| descriptions.value(row));
            let expected = service.map(|service| service.description.as_str());
            assert_eq!(description, expected, "{name}/{protocol}");
        }
    }
}

#[tokio::test]
async fn every_common_name_has_its_port_and_title() {
    let context = optimized();
    for line in common_lines() {
        for (name, protocol) in line
            .names
            .iter()
            .flat_map(|name| line.protocols.iter().map(move |one| (name, one)))
        {
            // An earlier line of the same name goes before.
            let first = common_lines().into_iter().find(|other| {
                other.names.iter().any(|one| one.eq_ignore_ascii_case(name))
                    && other.protocols.contains(protocol)
            });
            let first = first.expect("the line itself is one");
            let port = value(
                &context,
                &format!("select service_port('{name}', '{protocol}', 'common')"),
            )
            .await;
            assert_eq!(port, first.first.to_string(), "{name}/{protocol}");
            let title = value(
                &context,
                &format!("select service_description('{name}', '{protocol}', 'common')"),
            )
            .await;
            assert_eq!(title, first.title, "{name}/{protocol}");
        }
    }
}

/// The lower rank is the server, and on a tie the lower number; see `port_registry::flow`.
fn server(one: u16, other: u16, protocol: usize) -> u16 {
    let rank = |port: u16| match (port, registered(port, protocol)) {
        (0..1024, Some(_)) => 1,
        (1024..49152, Some(_)) => 2,
        (0..49152, None) => 3,
        (49152.., _) => 4,
    };
    if (rank(one), one) <= (rank(other), other) {
        one
    } else {
        other
    }
}

#[tokio::test]
async fn flows_have_the_service_of_their_server() {
    let context = optimized();
    for (at, number) in NUMBERS.into_iter().enumerate() {
        let answer = rows(
            &context,
            &format!(
                "select port, other, flow_server_port(port, other, keyword), flow_service(port, other, number), \
                 flow_service(other, port, number), \
                 service_number_name(flow_service_number(port, other, number)) from ports \
                 where number = {number} and port between 0 and 65535 and other between 0 and 65535"
            ),
        )
        .await;
        assert!(answer.num_rows() > 65_000);
        let (ones, others, servers) = (ports(&answer, 0), ports(&answer, 1), ports(&answer, 2));
        let services = [texts(&answer, 3), texts(&answer, 4), texts(&answer, 5)];
        for row in 0..answer.num_rows() {
            let server = server(ones.value(row), others.value(row), at);
            assert_eq!(servers.value(row), server);
            for service in &services {
                let found = service.is_valid(row).then(|| service.value(row));
                assert_eq!(found, registered(server, at));
            }
        }
    }
}

/// The same with the names in common use; see `port_registry::Names::flow`.
fn common_server(lines: &[CommonLine], one: u16, other: u16, protocol: usize) -> u16 {
    let rank = |port: u16| {
        let kind = lines.iter().find_map(|line| {
            let speaks = line.covers(port, PROTOCOLS[protocol]) && line.kind != "typed";
            speaks.then_some(line.kind.as_str())
        });
        let is_common = matches!(kind, Some("new" | "instead"));
        let is_contested = kind == Some("contested");
        let is_registered = !is_contested && registered(port, protocol).is_some();
        match port {
            0..1024 if is_common || is_registered || is_contested => 2,
            1024..49152 if is_common || is_contested => 3,
            1024..32768 if is_registered => 3,
            32768..49152 if is_registered => 5,
            49152.. if is_common => 4,
            49152.. if is_contested => 6,
            0..49152 => 7,
            49152.. => 8,
        }
    };
    if (rank(one), one) <= (rank(other), other) {
        one
    } else {
        other
    }
}

#[tokio::test]
async fn flows_by_common_names_have_the_service_of_their_server() {
    let context = optimized();
    let lines = common_lines();
    for (at, protocol) in PROTOCOLS.into_iter().enumerate().take(2) {
        let query = format!(
            "select port, other, flow_server_port(port, other, '{protocol}', 'common'), \
             flow_service(port, other, '{protocol}', 'common') \
             from some_ports where port between 0 and 65535 and other between 0 and 65535"
        );
        let answer = rows(&context, &query).await;
        let (ones, others, servers) = (ports(&answer, 0), ports(&answer, 1), ports(&answer, 2));
        let services = texts(&answer, 3);
        assert!(answer.num_rows() > 20_000);
        for row in 0..answer.num_rows() {
            let (one, other) = (ones.value(row), others.value(row));
            let server = common_server(&lines, one, other, at);
            assert_eq!(servers.value(row), server, "{one} and {other}");
            let found = services.is_valid(row).then(|| services.value(row));
            assert_eq!(
                found,
                common(&lines, server, at).as_deref(),
                "{one} and {other}"
            );
        }
    }
}
