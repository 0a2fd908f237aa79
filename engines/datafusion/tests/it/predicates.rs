//! Conditions on names filter the same rows whether the optimizer rewrites them or each row is named.

use datafusion::prelude::SessionContext;

use crate::context::{optimized, plain, sorted, value};

/// Conditions on one call, where `F` stands for the call.
const CONDITIONS: [&str; 34] = [
    "F = 'https'",
    "'https' = F",
    "F = 'no such service'",
    "F = ''",
    "F <> 'https'",
    "not (F = 'https')",
    "F in ('https', 'domain', 'ssh', 'no such service')",
    "F not in ('https', 'domain')",
    "F in ('https', null)",
    "F not in ('https', null)",
    "F like 'http%'",
    "F not like 'http%'",
    "F ilike 'HTTP%'",
    "F like '%-%'",
    "F similar to '(ssh|telnet)'",
    "F ~ '^s.*p$'",
    "F is null",
    "F is not null",
    "F < 'b'",
    "F >= 'x11'",
    "F between 'http' and 'https'",
    "F is distinct from 'https'",
    "F is not distinct from null",
    "(F = 'https') is not true",
    "(F = 'https') is unknown",
    "coalesce(F, 'none') = 'none'",
    "upper(F) = 'HTTPS'",
    "substr(F, 1, 1) = 'z'",
    "length(F) > 12",
    "case when F = 'ssh' then true when F is null then true else false end",
    "F = 'https' or F = 'ssh' or F is null",
    "F = 'https' or bytes > 900",
    "F <> 'https' and (F like 's%' or not (bytes < 100 and F <> 'domain'))",
    "nullif(F, 'https') is null",
];

/// The contexts that answer alike.
struct Both([SessionContext; 2]);

impl Both {
    fn new() -> Self {
        Self([optimized(), plain()])
    }

    async fn answer_alike(&self, query: &str) {
        let [optimized, plain] = &self.0;
        assert_eq!(
            sorted(optimized, query).await,
            sorted(plain, query).await,
            "{query}"
        );
    }

    async fn keep_the_same_rows(&self, condition: &str) {
        let columns = "count(*), sum(port), sum(bytes), sum(other), min(number)";
        self.answer_alike(&format!("select {columns} from ports where {condition}"))
            .await;
    }
}

#[tokio::test]
async fn on_a_port_and_the_number_of_its_protocol() {
    let both = Both::new();
    for condition in CONDITIONS {
        both.keep_the_same_rows(&condition.replace('F', "port_service(port, number)"))
            .await;
    }
}

#[tokio::test]
async fn on_a_port_and_the_keyword_of_its_protocol_by_common_names() {
    let both = Both::new();
    for condition in CONDITIONS {
        both.keep_the_same_rows(&condition.replace('F', "port_service(port, keyword, 'common')"))
            .await;
    }
}

#[tokio::test]
async fn on_both_ends_of_a_flow() {
    let both = Both::new();
    for condition in CONDITIONS {
        both.keep_the_same_rows(&condition.replace('F', "flow_service(port, other, number)"))
            .await;
    }
}

#[tokio::test]
async fn on_a_protocol_that_is_a_constant() {
    let both = Both::new();
    for condition in CONDITIONS.into_iter().step_by(3) {
        for protocol in ["'udp'", "'QUIC'", "6", "'icmp'", "null"] {
            both.keep_the_same_rows(
                &condition.replace('F', &format!("port_service(port, {protocol})")),
            )
            .await;
        }
    }
}

#[tokio::test]
async fn on_ports_of_other_integer_types() {
    let both = Both::new();
    for integer in [
        "tinyint",
        "tinyint unsigned",
        "smallint",
        "smallint unsigned",
        "bigint",
        "bigint unsigned",
    ] {
        let call =
            format!("port_service(try_cast(port % 128 as {integer}), arrow_cast(number, 'Int64'))");
        for condition in CONDITIONS.iter().take(8) {
            both.keep_the_same_rows(&condition.replace('F', &call))
                .await;
        }
    }
    // No column of this type holds the number of sctp.
    let call = "port_service(port, arrow_cast(number % 128, 'Int8'))";
    both.keep_the_same_rows(&CONDITIONS[4].replace('F', call))
        .await;
    both.keep_the_same_rows(&CONDITIONS[10].replace('F', call))
        .await;
}

#[tokio::test]
async fn on_labels_statuses_and_ranges() {
    let both = Both::new();
    for condition in [
        "port_label(port, number) = 'https'",
        "port_label(port, number) = '8081'",
        "port_label(port, number) = '443'",
        "port_label(port, number) like '500%'",
        "port_label(port, keyword, 'common') <> 'rdp'",
        "port_status(port, number) = 'reserved'",
        "port_status(port, number) = 'assigned'",
        "port_status(port, number) in ('unassigned', 'dynamic')",
        "port_status(port, number) = 'no such status'",
        "port_range(port) = 'system'",
        "port_range(port) <> 'dynamic'",
        "port_range(port) is null",
        "port_range(port) = 'user' and port_status(port, keyword) <> 'assigned'",
        "port_service(port, number) = port_service(other, number)",
        "port_service(port, number) = keyword",
        "port_service(443, number) = 'https'",
    ] {
        both.keep_the_same_rows(condition).await;
    }
}

#[tokio::test]
async fn where_else_null_is_taken_for_false() {
    let both = Both::new();
    for query in [
        "select sum(bytes) filter (where port_service(port, number) = 'https'), count(*) from ports",
        "select sum(case when port_service(port, number) = 'https' then bytes end) from ports",
        "select sum(case when port_service(port, number) is null then 1 else 2 end) from ports",
        "select count(*) from ports one join (values (443), (22)) as few(port) \
         on one.port = few.port and port_service(one.port, one.number) = 'https'",
        "select count(*) from ports one left join (values (443), (22)) as few(port) \
         on one.port = few.port and port_service(one.port, one.number) like 's%'",
        "select count(*) from (select *, port_service(port, number) as service from ports) as named \
         where service = 'https' or service like 'ss%'",
        "select count(*) from ports having count(*) > 0 and max(port_service(port, number)) = 'zymed-zpp'",
    ] {
        both.answer_alike(query).await;
    }
}

/// A comparison that is not a filter keeps its third value.
#[tokio::test]
async fn a_comparison_as_a_column_is_null_where_nothing_is_known() {
    let query = "select count(*) from (select port_service(port, number) = 'https' as is_https from ports) \
                 where is_https is null";
    let unnamed = "select count(*) from ports where port_service(port, number) is null";
    let context = optimized();
    assert_eq!(value(&context, query).await, value(&plain(), unnamed).await);
}

/// A query is optimized before its parameters are known, and again when they are.
#[tokio::test]
async fn a_prepared_query_gets_its_parameters() {
    let (optimized, plain) = (optimized(), plain());
    for (name, query, call) in [
        (
            "port",
            "select count(*) from ports where port_service($1, keyword) = 'https'",
            "443",
        ),
        (
            "both",
            "select count(*) from ports where port_service($1, $2) = 'https'",
            "443, 'tcp'",
        ),
        (
            "typed",
            "select count(*) from ports where port_service(port + $1, number) = 'https'",
            "1",
        ),
        (
            "text",
            "select count(*) from ports where port_service(port, number) = $1",
            "'domain'",
        ),
        (
            "pattern",
            "select sum(port) from ports where port_service(port, number) like $1",
            "'http%'",
        ),
        (
            "limited",
            "select name from (select * from ports cross join (values ('x')) as one(name) \
            where port_service(port, number) = $1 limit 1)",
            "'https'",
        ),
    ] {
        let mut answers = vec![];
        for context in [&optimized, &plain] {
            let prepare = format!("prepare {name} as {query}");
            let prepared = context.sql(&prepare).await;
            prepared.unwrap_or_else(|error| panic!("{prepare}: {error}"));
            answers.push(sorted(context, &format!("execute {name}({call})")).await);
        }
        assert_eq!(answers[0], answers[1], "{query}");
    }
}

#[tokio::test]
async fn a_prepared_limit_counts_rows_that_pass() {
    let context = optimized();
    let query = "prepare first as select name from iana_services() where port_service(first_port, protocol) = $1 limit 1";
    context.sql(query).await.expect("a query to prepare");
    assert_eq!(value(&context, "execute first('https')").await, "https");
}

/// An argument that is another one each time it is asked for is asked for once.
#[tokio::test]
async fn a_random_port_is_asked_for_once() {
    let query = "select count(*) from generate_series(1, 5000) \
                 where port_range(case when random() < 0.5 then 80 else 60000 end) = 'user'";
    assert_eq!(value(&optimized(), query).await, "0");
}
