//! What `explain` shows of the rules.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int32Array, RecordBatch};
use datafusion::arrow::util::display::array_value_to_string;
use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::prelude::{ParquetReadOptions, SessionContext};

use crate::context::{optimized, rows, value};

/// The lines of a plan: `logical_plan`, `physical_plan` or `Plan with Metrics`.
async fn plan(context: &SessionContext, explain: &str, kind: &str, query: &str) -> String {
    let answer = rows(context, &format!("{explain} {query}")).await;
    let cell = |row, column: usize| {
        array_value_to_string(answer.column(column), row).expect("a plan is text")
    };
    let of_kind = (0..answer.num_rows()).find(|&row| cell(row, 0) == kind);
    cell(of_kind.unwrap_or_else(|| panic!("{query}: no {kind}")), 1)
}

async fn logical(query: &str) -> String {
    plan(&optimized(), "explain format indent", "logical_plan", query).await
}

async fn assert_filter(condition: &str, expected: &str) {
    let query = format!("select bytes from ports where {condition}");
    let plan = logical(&query).await;
    let filter = plan
        .lines()
        .find_map(|line| line.trim().strip_prefix("Filter: "));
    assert_eq!(filter, Some(expected), "{condition}\n{plan}");
}

#[tokio::test]
async fn a_name_becomes_its_ports_and_protocols() {
    assert_filter(
        "port_service(port, number) = 'https'",
        "ports.port = Int32(443) AND (ports.number = UInt8(6) OR ports.number = UInt8(17) OR ports.number = UInt8(132))",
    )
    .await;
    assert_filter(
        "port_service(port, 'tcp') = 'telnet'",
        "ports.port = Int32(23)",
    )
    .await;
    assert_filter(
        "port_service(port, keyword) = 'telnet'",
        "ports.port = Int32(23) AND protocol_number(ports.keyword) IN ([UInt8(6), UInt8(17)])",
    )
    .await;
    assert_filter(
        "port_range(port) = 'system'",
        "ports.port >= Int32(0) AND ports.port <= Int32(1023)",
    )
    .await;
}

#[tokio::test]
async fn a_condition_on_many_names_is_on_their_numbers() {
    let plan = logical("select bytes from ports where port_service(port, number) <> 'https'").await;
    assert!(
        plan.contains("port_service_number(ports.port, ports.number) != "),
        "{plan}"
    );
    assert!(plan.contains("ports.port >= Int32(1)"), "{plan}");
    assert!(!plan.contains("port_service("), "{plan}");

    let plan = logical("select bytes from ports where port_service(port, number) is null").await;
    assert!(
        plan.contains("Filter: port_service_number(ports.port, ports.number) IS NULL"),
        "{plan}"
    );

    let plan =
        logical("select bytes from ports where flow_service(port, other, number) = 'ssh'").await;
    assert!(
        plan.contains(
            "(ports.port = Int32(22) OR ports.other = Int32(22)) AND flow_service_number("
        ),
        "{plan}"
    );
}

#[tokio::test]
async fn a_condition_that_never_holds_reads_nothing() {
    let plan = logical("select bytes from ports where port_service(port, number) = 'htps'").await;
    assert_eq!(plan, "EmptyRelation: rows=0");
}

#[tokio::test]
async fn names_are_put_on_top_of_the_groups() {
    for query in [
        "select port_service(port, number) as service, sum(bytes) from ports group by service",
        "select service, sum(bytes) from (select port_service(port, number) as service, bytes from ports) as named group by service",
        "select distinct port_service(port, number) as service from ports",
    ] {
        let plan = logical(query).await;
        let lines: Vec<&str> = plan.lines().map(str::trim).collect();
        assert!(
            lines[0].starts_with("Projection: service_number_name("),
            "{plan}"
        );
        assert!(
            lines[1]
                .starts_with("Aggregate: groupBy=[[port_service_number(ports.port, ports.number)"),
            "{plan}"
        );
        assert!(
            !lines[1..].iter().any(|line| line.contains("port_service(")),
            "{plan}"
        );
    }
}

/// A directory that is there as long as a test.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let name = format!("port-registry-plans-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // A test that has failed says so itself.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Ten row groups of a thousand ports each, in their order.
async fn sorted_by_port(directory: &Directory) -> SessionContext {
    let file = directory.0.join("ports.parquet");
    let context = optimized();
    let columns: [(&str, ArrayRef); 2] = [
        ("dstport", Arc::new(Int32Array::from_iter_values(0..10_000))),
        (
            "protocol",
            Arc::new(Int32Array::from_iter_values((0..10_000).map(|_| 6))),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("the columns are of equal length");
    let sql = "set datafusion.execution.parquet.max_row_group_size = 1000";
    context
        .sql(sql)
        .await
        .expect("a setting")
        .collect()
        .await
        .expect("a setting");
    let frame = context.read_batch(batch).expect("a batch can be read");
    let path = file.display().to_string();
    frame
        .write_parquet(
            &path,
            DataFrameWriteOptions::new().with_single_file_output(true),
            None,
        )
        .await
        .expect("a temporary file can be written");
    context
        .register_parquet("flows", path, ParquetReadOptions::default())
        .await
        .expect("the file was written");
    context
}

#[tokio::test]
async fn row_groups_without_the_ports_are_passed_over() {
    let directory = Directory::new();
    let context = sorted_by_port(&directory).await;
    for (condition, row_groups) in [
        ("port_service(dstport, protocol) = 'https'", 1),
        (
            "port_service(dstport, protocol) in ('https', 'http-alt')",
            2,
        ),
        ("port_service(dstport, protocol, 'common') = 'msrpc'", 1),
        ("port_range(dstport) = 'system'", 2),
        ("flow_service(dstport, dstport, protocol) = 'ssh'", 1),
        (
            "port_service(dstport, protocol) = 'https' and dstport > 1500",
            0,
        ),
    ] {
        let query = format!("select count(*) from flows where {condition}");
        let plan = plan(&context, "explain analyze", "Plan with Metrics", &query).await;
        let told = format!("row_groups_pruned_statistics=10 total \u{2192} {row_groups} matched");
        assert!(plan.contains(&told), "{condition}: expected {told}\n{plan}");
    }
    // The answer is that of a reading without statistics.
    let query = "select count(*) from flows where port_service(dstport, protocol) like 'http%'";
    let named = "select count(*) from (select port_service(port, 6) as service from ports \
                 where number = 6 and port between 0 and 9999) as named where service like 'http%'";
    assert_eq!(
        value(&context, query).await,
        value(&crate::context::plain(), named).await
    );
}
