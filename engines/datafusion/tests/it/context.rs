//! Contexts with and without the rules, and a table of every port.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt16Array, UInt32Array,
};
use datafusion::arrow::compute::{cast, concat_batches, take_record_batch};
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::util::display::array_value_to_string;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::{SessionConfig, SessionContext};
use port_registry_datafusion::{register_all, register_functions};
use test_support::oracle::PROTOCOLS;

/// IANA's *Assigned Internet Protocol Numbers* of [`PROTOCOLS`].
pub(crate) const NUMBERS: [u8; 4] = [6, 17, 132, 33];

/// A context with functions, tables and rules, and the tables `ports` and `some_ports`.
pub(crate) fn optimized() -> SessionContext {
    let context = empty();
    register_all(&context).expect("all names are free");
    with_ports(context)
}

/// A context with the functions alone, which are asked in every row.
pub(crate) fn plain() -> SessionContext {
    let context = empty();
    let state = context.state_ref();
    register_functions(&mut *state.write()).expect("all names are free");
    with_ports(context)
}

fn empty() -> SessionContext {
    let config = SessionConfig::new()
        .with_target_partitions(2)
        .with_information_schema(true);
    SessionContext::new_with_config(config)
}

/// Every port on every transport protocol, on two protocols that have no ports of the registry, and
/// some rows that mean no port.
fn with_ports(context: SessionContext) -> SessionContext {
    let mut ports: Vec<Option<i32>> = vec![];
    let mut numbers: Vec<Option<u8>> = vec![];
    let mut keywords: Vec<Option<&str>> = vec![];
    let mut push = |port, number, keyword| {
        ports.push(port);
        numbers.push(number);
        keywords.push(keyword);
    };
    for (number, keyword) in NUMBERS.into_iter().zip(PROTOCOLS) {
        for port in 0..=65_535 {
            push(Some(port), Some(number), Some(keyword));
        }
    }
    for port in [0, 80, 443, 65_535] {
        push(Some(port), Some(1), Some("icmp"));
        push(Some(port), Some(0), Some(""));
        push(Some(port), None, None);
    }
    for (number, keyword) in NUMBERS.into_iter().zip(PROTOCOLS) {
        for port in [None, Some(-1), Some(65_536), Some(65_979), Some(i32::MAX)] {
            push(port, Some(number), Some(keyword));
        }
    }
    // The other end of a flow: another order of the same ports.
    let count = ports.len();
    let others = (0..count).map(|row| ports[row * 7919 % count]);
    let others: Int32Array = others.collect();
    let bytes = Int64Array::from_iter_values((0..count).map(|row| row as i64 * 37 % 1000));
    let columns: [(&str, ArrayRef); 5] = [
        ("port", Arc::new(Int32Array::from(ports))),
        ("other", Arc::new(others)),
        ("number", Arc::new(UInt8Array::from(numbers))),
        ("keyword", Arc::new(StringArray::from(keywords))),
        ("bytes", Arc::new(bytes)),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("the columns are of equal length");
    context
        .register_batch("ports", batch)
        .expect("the name is free");
    context
}

/// All rows of an answer.
pub(crate) async fn rows(context: &SessionContext, query: &str) -> RecordBatch {
    let frame = context.sql(query).await;
    let frame = frame.unwrap_or_else(|error| panic!("{query}: {error}"));
    let batches = frame.collect().await;
    let batches = batches.unwrap_or_else(|error| panic!("{query}: {error}"));
    let schema = batches.first().expect("a batch at least").schema();
    concat_batches(&schema, &batches).expect("batches of one query have one schema")
}

/// An answer as text, its rows in the order of their text.
pub(crate) async fn sorted(context: &SessionContext, query: &str) -> Vec<String> {
    let frame = context.sql(query).await;
    let frame = frame.unwrap_or_else(|error| panic!("{query}: {error}"));
    let batches = frame.collect().await;
    let batches = batches.unwrap_or_else(|error| panic!("{query}: {error}"));
    let text = pretty_format_batches(&batches)
        .expect("every value can be shown")
        .to_string();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The one value of an answer.
pub(crate) async fn value(context: &SessionContext, query: &str) -> String {
    let rows = rows(context, query).await;
    assert_eq!((rows.num_rows(), rows.num_columns()), (1, 1), "{query}");
    array_value_to_string(rows.column(0), 0).expect("every value can be shown")
}

/// The message of the error that a query gives when it is planned.
pub(crate) async fn error(context: &SessionContext, query: &str) -> String {
    let planned = context.sql(query).await;
    let error = planned.err().unwrap_or_else(|| panic!("{query}: planned"));
    error.strip_backtrace()
}

/// The texts of a column.
pub(crate) fn texts(rows: &RecordBatch, column: usize) -> StringArray {
    let texts = cast(rows.column(column), &DataType::Utf8).expect("a column of texts");
    StringArray::from(texts.to_data())
}

/// The ports of a column.
pub(crate) fn ports(rows: &RecordBatch, column: usize) -> UInt16Array {
    let ports = cast(rows.column(column), &DataType::UInt16).expect("a column of ports");
    UInt16Array::from(ports.to_data())
}
