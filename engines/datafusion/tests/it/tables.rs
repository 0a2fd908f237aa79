//! The table functions: every cell against the independent reading of the registry, and what the
//! optimizer leaves of a query over them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{DataType, Field, Int64Type};
use datafusion::arrow::util::display::array_value_to_string;
use datafusion::common::stats::Precision;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::async_udf::{AsyncScalarUDF, AsyncScalarUDFImpl};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use datafusion::prelude::SessionContext;
use test_support::common::common_lines;
use test_support::oracle::{PROTOCOLS, Row, Xref, built};

const FUNCTIONS: [&str; 4] = [
    "iana_services",
    "iana_records",
    "iana_contacts",
    "common_names",
];

fn context() -> SessionContext {
    let context = SessionContext::new();
    port_registry_datafusion::register_all(&context).expect("all names are free");
    context
}

/// All rows that a query answers, as one batch.
async fn rows(context: &SessionContext, query: &str) -> RecordBatch {
    let asked = async {
        let frame = context.sql(query).await?;
        let schema = Arc::clone(frame.schema().inner());
        let batches = frame.collect().await?;
        let schema = batches.first().map_or(schema, RecordBatch::schema);
        Ok::<_, DataFusionError>(concat_batches(&schema, &batches)?)
    };
    asked
        .await
        .unwrap_or_else(|error| panic!("{query}: {error}"))
}

async fn count(query: &str) -> usize {
    let answer = rows(&context(), query).await;
    assert_eq!((answer.num_rows(), answer.num_columns()), (1, 1), "{query}");
    let count = answer.column(0).as_primitive::<Int64Type>().value(0);
    usize::try_from(count).expect("a count is never negative")
}

/// The physical plan as `explain` shows it.
async fn plan(context: &SessionContext, query: &str) -> String {
    let text = rows(context, &format!("explain format indent {query}")).await;
    let plans: HashMap<Cell, Cell> = (0..text.num_rows())
        .map(|row| (cell(text.column(0), row), cell(text.column(1), row)))
        .collect();
    match plans.get(&Cell::from("physical_plan")) {
        Some(Cell::Text(plan)) => plan.clone(),
        other => panic!("{query}: {other:?}"),
    }
}

/// The logical plan as `explain` shows it.
async fn logical_plan(context: &SessionContext, query: &str) -> String {
    let frame = context.sql(query).await.expect(query);
    let plan = frame.into_optimized_plan().expect(query);
    plan.display_indent().to_string()
}

/// How many rows the optimizer knows a plan to have.
fn known_rows(plan: &dyn ExecutionPlan) -> Precision<usize> {
    let statistics = StatisticsContext::new().compute(plan, &StatisticsArgs::new());
    statistics.expect("a plan has statistics").num_rows
}

/// A value as text, whatever its type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Cell {
    Null,
    Text(String),
    List(Vec<Cell>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, T::into)
    }
}

fn list<T: Into<Cell>>(items: impl IntoIterator<Item = T>) -> Cell {
    Cell::List(items.into_iter().map(T::into).collect())
}

fn number(number: impl ToString) -> Cell {
    Cell::Text(number.to_string())
}

/// A value of an array. A struct is the list of its values.
fn cell(array: &ArrayRef, row: usize) -> Cell {
    if array.is_null(row) {
        return Cell::Null;
    }
    match array.data_type() {
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            Cell::List((0..items.len()).map(|at| cell(&items, at)).collect())
        }
        DataType::Struct(_) => {
            let columns = array.as_struct().columns();
            Cell::List(columns.iter().map(|column| cell(column, row)).collect())
        }
        _ => Cell::Text(array_value_to_string(array, row).expect("every value has a text")),
    }
}

/// What the table says in every column of every row is what the other reading says.
fn assert_cells(found: &RecordBatch, expected: &[Vec<(&str, Cell)>]) {
    assert_eq!(found.num_rows(), expected.len());
    for (row, expected) in expected.iter().enumerate() {
        let names = found.schema_ref().fields().iter().map(|field| field.name());
        let cells = found.columns().iter().map(|column| cell(column, row));
        let found: Vec<(&str, Cell)> = names.map(String::as_str).zip(cells).collect();
        assert_eq!(&found, expected, "row {row}");
    }
}

/// A date and its precision from `YYYY-MM` or `YYYY-MM-DD`.
fn date(text: Option<&String>) -> [Cell; 2] {
    match text {
        None => [Cell::Null, Cell::Null],
        Some(text) if text.len() == "2000-01".len() => {
            [format!("{text}-01").into(), "month".into()]
        }
        Some(text) => [text.as_str().into(), "day".into()],
    }
}

/// The fields of a reference. Where documents are read is stated here independently.
fn reference(xref: &Xref) -> Cell {
    let data = xref.data.as_str();
    let (kind, digits, url) = match xref.kind.as_str() {
        "rfc" => {
            let (series, digits) = data.split_at(3);
            let page = match &xref.section {
                None => format!("info/{series}{digits}"),
                Some(section) => format!("rfc/rfc{digits}#section-{section}"),
            };
            let url = format!("https://www.rfc-editor.org/{page}");
            (series, Some(digits), Some(url))
        }
        "draft" => {
            let name = data.replace("RFC-ietf", "draft-ietf");
            let url = format!("https://datatracker.ietf.org/doc/html/{name}");
            ("draft", None, Some(url))
        }
        "uri" => ("uri", None, Some(data.to_owned())),
        "note" => ("footnote", None, None),
        kind => (kind, None, None),
    };
    let footnotes = &mut built().footnotes.iter();
    let footnote = footnotes.find(|(anchor, _)| kind == "footnote" && anchor == data);
    Cell::List(vec![
        kind.into(),
        xref.text.as_str().into(),
        url.into(),
        digits.map(|digits| digits.trim_start_matches('0')).into(),
        xref.section.as_deref().into(),
        footnote.map(|(_, text)| text.as_str()).into(),
    ])
}

fn record(row: &Row) -> Vec<(&'static str, Cell)> {
    let name_of = |at: &usize| built().rows[*at].name.as_deref();
    let [registered, registered_precision] = date(row.registered.as_ref());
    let [modified, modified_precision] = date(row.modified.as_ref());
    let status = match row.name {
        Some(_) => "assigned",
        None => row.stated_status(),
    };
    vec![
        ("index", number(row.index)),
        ("name", row.name.as_deref().into()),
        (
            "first_port",
            row.span.map(|(first, _)| number(first)).into(),
        ),
        ("last_port", row.span.map(|(_, last)| number(last)).into()),
        ("protocol", row.protocol.map(|at| PROTOCOLS[at]).into()),
        ("status", status.into()),
        ("description", row.description.as_str().into()),
        ("alias_of", row.alias_of.as_ref().and_then(name_of).into()),
        (
            "aliases",
            list(built().aliases(row.index).iter().map(name_of)),
        ),
        ("assignees", list(row.assignees.clone())),
        ("contacts", list(row.contacts.clone())),
        ("registered", registered),
        ("registered_precision", registered_precision),
        ("modified", modified),
        ("modified_precision", modified_precision),
        ("references", list(row.references.iter().map(reference))),
        ("service_code", row.service_code.map(number).into()),
        ("unauthorized_use", row.unauthorized_use.as_deref().into()),
        ("note", row.note.as_deref().into()),
    ]
}

#[tokio::test]
async fn every_row_of_the_registry_has_every_column() {
    let found = rows(
        &context(),
        r#"select * from iana_records() order by "index""#,
    )
    .await;
    let expected: Vec<_> = built().rows.iter().map(record).collect();
    assert_cells(&found, &expected);
}

#[tokio::test]
async fn every_service_has_every_column() {
    let found = rows(
        &context(),
        r#"select * from iana_services() order by "index""#,
    )
    .await;
    let expected: Vec<_> = built().named().map(record).collect();
    assert!(expected.len() < built().rows.len());
    assert_cells(&found, &expected);
}

/// The registry that is committed describes every contact.
#[tokio::test]
async fn every_contact_has_every_column() {
    let found = rows(&context(), "select * from iana_contacts() order by id").await;
    let mut people: Vec<_> = built().people.iter().collect();
    people.sort_by_key(|person| &person.id);
    let contact = |person: &&test_support::oracle::Person| {
        let [updated, updated_precision] = date(person.updated.as_ref());
        vec![
            ("id", person.id.as_str().into()),
            ("name", person.name.as_deref().into()),
            ("organization", person.organization.as_deref().into()),
            ("uris", list(person.uris.clone())),
            ("updated", updated),
            ("updated_precision", updated_precision),
        ]
    };
    let expected: Vec<_> = people.iter().map(contact).collect();
    assert_cells(&found, &expected);
}

#[tokio::test]
async fn every_common_name_has_every_column() {
    let found = rows(
        &context(),
        r#"select * from common_names() order by "index""#,
    )
    .await;
    let by_protocol = |protocols: &[String]| {
        let of_line = |known: &&&str| protocols.iter().any(|own| own == **known);
        list(PROTOCOLS.iter().filter(of_line).copied())
    };
    let lines = common_lines();
    let expected: Vec<_> = (0..)
        .zip(&lines)
        .map(|(index, line): (usize, _)| {
            vec![
                ("index", number(index)),
                ("kind", line.kind.as_str().into()),
                ("first_port", number(line.first)),
                ("last_port", number(line.last)),
                ("protocols", by_protocol(&line.protocols)),
                ("name", line.names[0].as_str().into()),
                ("names", list(line.names.clone())),
                ("title", line.title.as_str().into()),
                ("source", line.source.as_str().into()),
            ]
        })
        .collect();
    assert_cells(&found, &expected);
}

/// A column as the document has it: its name, its type, and whether it may be null.
type Documented = (String, String, bool);

/// The columns under a heading of `columns.md`.
fn documented(heading: &str) -> Vec<Documented> {
    let document = include_str!("../../src/tables/columns.md");
    let sections = document.split("\n## ");
    let section = sections.skip(1).find(|text| {
        let own = text.lines().next().unwrap_or_default();
        own.split(" and ").any(|one| one == heading)
    });
    let section = section.unwrap_or_else(|| panic!("there is no heading {heading}"));
    let lines = section.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, name, kind, null, meaning, _] = parts[..] else {
                panic!("{line} has other columns");
            };
            assert!(!meaning.is_empty(), "{line}");
            let name = name.trim_matches('`').to_owned();
            (name, kind.to_owned(), null != "never")
        })
        .collect()
}

fn described(field: &Field) -> Documented {
    let kind = match field.data_type() {
        DataType::List(item) => match item.data_type() {
            DataType::Struct(_) => "List(Struct)".to_owned(),
            item => format!("List({item})"),
        },
        kind => kind.to_string(),
    };
    (field.name().clone(), kind, field.is_nullable())
}

#[tokio::test]
async fn the_document_names_every_column() {
    for function in FUNCTIONS {
        let query = format!("select * from {function}()");
        let frame = context().sql(&query).await.expect(&query);
        let fields = frame.schema().fields();
        let mut found: Vec<_> = fields.iter().map(|field| described(field)).collect();
        if function == "iana_services" {
            // The only difference between the two tables of one heading.
            assert_eq!((found[1].0.as_str(), found[1].2), ("name", false));
            found[1].2 = true;
        }
        assert_eq!(found, documented(&format!("`{function}()`")));

        for field in fields {
            if let DataType::List(item) = field.data_type()
                && let DataType::Struct(own) = item.data_type()
            {
                let found: Vec<_> = own.iter().map(|field| described(field)).collect();
                let heading = format!("Items of `{}`", field.name());
                assert_eq!(found, documented(&heading));
            }
        }
    }
}

/// Filters of every form that a scan evaluates.
const FILTERS: [&str; 23] = [
    "name = 'https'",
    "name <> 'https'",
    "name in ('https', 'ssh', 'domain')",
    "name not in ('https', 'ssh')",
    "name like 'http%'",
    "name ilike 'HTTP%'",
    "upper(name) = 'SSH'",
    "name is null",
    "name is not null and protocol is null",
    "first_port = 443",
    "first_port between 8000 and 9000 or last_port < 10",
    "first_port <> last_port",
    "not (first_port > 10)",
    "(first_port > 10) is unknown",
    "case when protocol = 'tcp' then first_port else last_port end = 22",
    "registered >= date '2020-01-01' and registered_precision = 'day'",
    "registered = modified",
    "array_has(assignees, 'IESG')",
    "cardinality(references) > 2",
    "service_code is not null",
    "note like '%alias%' and alias_of is not null",
    "port_service(first_port, protocol) <> name",
    "false",
];

/// Beside the filter that the scan evaluates, the same over a copy that cannot evaluate any.
#[tokio::test]
async fn a_filter_is_evaluated_in_the_scan() {
    let context = context();
    let copy = "create table copy as select * from iana_records()";
    rows(&context, copy).await;
    let mut has_answers = 0;
    for filter in FILTERS {
        let query =
            |table: &str| format!(r#"select * from {table} where {filter} order by "index""#);
        let filtered = plan(&context, &query("iana_records()")).await;
        assert!(!filtered.contains("FilterExec"), "{filter}: {filtered}");
        let expected = rows(&context, &query("copy")).await;
        let found = rows(&context, &query("iana_records()")).await;
        assert_eq!(found.columns(), expected.columns(), "{filter}");
        has_answers += usize::from(found.num_rows() > 0);
    }
    assert_eq!(has_answers, FILTERS.len() - 1);
    // The copy shows that the plans above could have had a filter.
    let unfiltered = plan(&context, "select * from copy where name = 'https'").await;
    assert!(unfiltered.contains("FilterExec"), "{unfiltered}");
}

#[tokio::test]
async fn the_logical_plan_shows_the_filter_in_the_scan() {
    let query = "select description from iana_services() where name = 'https' and protocol = 'tcp'";
    let plan = logical_plan(&context(), query).await;
    let scan = plan.trim_start();
    assert!(scan.starts_with("TableScan: iana_services()"), "{plan}");
    assert!(scan.contains("projection=[description]"), "{plan}");
    let filters = scan.split_once("full_filters=").expect("filters").1;
    for part in [r#"name = Utf8("https")"#, r#"protocol = Utf8("tcp")"#] {
        assert!(filters.contains(part), "{plan}");
    }
}

/// What is known only while the query runs stays outside.
#[tokio::test]
async fn a_filter_that_waits_for_the_run_stays_outside() {
    let context = context();
    context.register_udf(AsyncScalarUDF::new(Arc::new(Later::new())).into_scalar_udf());
    let all = built().rows.len();
    let tcp = |row: &&Row| row.protocol == Some(0);
    let highest = built().rows.iter().filter_map(|row| row.span);
    let highest = highest.map(|(first, _)| first).max();
    let has_port = |row: &&Row| row.span.map(|(first, _)| first) == highest;
    let lines = common_lines();
    let common: HashSet<&str> = lines.iter().map(|line| line.names[0].as_str()).collect();
    let described = |row: &&Row| {
        row.name
            .as_deref()
            .is_some_and(|name| common.contains(name))
    };
    let queries = [
        ("random() >= 0", all),
        (
            "random() >= 0 and protocol = 'tcp'",
            built().rows.iter().filter(tcp).count(),
        ),
        (
            "later(protocol) = 'tcp'",
            built().rows.iter().filter(tcp).count(),
        ),
        (
            "first_port = (select max(first_port) from iana_records())",
            built().rows.iter().filter(has_port).count(),
        ),
        (
            "name in (select name from common_names())",
            built().rows.iter().filter(described).count(),
        ),
        (
            "exists (select * from common_names() c where c.name = r.name)",
            built().rows.iter().filter(described).count(),
        ),
    ];
    for (filter, expected) in queries {
        let query = format!("select r.name from iana_records() r where {filter}");
        let found = rows(&context, &query).await;
        assert_eq!(found.num_rows(), expected, "{filter}");
        assert!(expected > 0, "{filter}");
    }
    for filter in ["random() >= 0", "later(protocol) = 'tcp'"] {
        let query = format!("select name from iana_records() where {filter}");
        let plan = plan(&context, &query).await;
        assert!(plan.contains("FilterExec"), "{plan}");
    }
    let both = "select name from iana_records() where random() >= 0 and protocol = 'tcp'";
    let plan = logical_plan(&context, both).await;
    assert!(plan.contains("Filter: random()"), "{plan}");
    assert!(
        plan.contains(r#"full_filters=[iana_records().protocol = Utf8("tcp")]"#),
        "{plan}"
    );
}

/// Answers its argument, and can do so only while a query runs.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Later {
    signature: Signature,
}

impl Later {
    fn new() -> Self {
        Self {
            signature: Signature::exact(vec![DataType::Utf8], Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for Later {
    fn name(&self) -> &str {
        "later"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Err(DataFusionError::Execution("too early".to_owned()))
    }
}

#[async_trait::async_trait]
impl AsyncScalarUDFImpl for Later {
    async fn invoke_async_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(args.args[0].clone())
    }
}

#[tokio::test]
async fn a_prepared_query_gets_its_filter_when_it_is_run() {
    let context = context();
    let prepare = "prepare ports(varchar) as select first_port from iana_services()
        where name = $1 and protocol = 'tcp'";
    context.sql(prepare).await.expect(prepare);
    for name in ["https", "ssh", "domain"] {
        let found = rows(&context, &format!("execute ports('{name}')")).await;
        let own = built()
            .named()
            .filter(|row| row.name.as_deref() == Some(name));
        let own = own.filter(|row| row.protocol == Some(0));
        let port = |row: &Row| {
            vec![(
                "first_port",
                row.span.map(|(first, _)| number(first)).into(),
            )]
        };
        let expected: Vec<_> = own.map(port).collect();
        assert!(!expected.is_empty(), "{name}");
        assert_cells(&found, &expected);
    }
}

/// The first rows of the registry that have a protocol, as index and description.
fn first_with_protocol(count: usize) -> Vec<Vec<(&'static str, Cell)>> {
    let rows = built().rows.iter().filter(|row| row.protocol.is_some());
    rows.take(count)
        .map(|row| {
            vec![
                ("description", row.description.as_str().into()),
                ("index", number(row.index)),
            ]
        })
        .collect()
}

#[tokio::test]
async fn a_scan_hands_out_only_the_columns_and_rows_asked_for() {
    let context = context();
    let query = r#"select description, "index" from iana_records()
        where protocol is not null limit 7"#;
    assert_cells(&rows(&context, query).await, &first_with_protocol(7));
    let plan = plan(&context, query).await;
    assert!(plan.starts_with("DataSourceExec"), "{plan}");

    let frame = context.sql(query).await.expect(query);
    let mut leaf = frame.create_physical_plan().await.expect(query);
    while let Some(child) = leaf.children().first().map(|child| Arc::clone(child)) {
        leaf = child;
    }
    assert_eq!(leaf.schema().fields().len(), 2);
    assert_eq!(known_rows(&*leaf), Precision::Exact(7));
}

#[tokio::test]
async fn limits_and_offsets_cut_what_passes_the_filter() {
    let context = context();
    let all = built().rows.iter().filter(|row| row.protocol.is_some());
    let all = all.count();
    let cuts = [
        ("limit 0", 0, 0),
        ("limit 3", 0, 3),
        ("limit 3 offset 2", 2, 3),
        ("offset 5", 5, all - 5),
        ("limit 1000000", 0, all),
        ("limit 5 offset 1000000", 0, 0),
    ];
    for (cut, skip, take) in cuts {
        let query = format!(
            r#"select description, "index" from iana_records() where protocol is not null {cut}"#
        );
        let found = rows(&context, &query).await;
        assert_eq!(found.num_rows(), take, "{cut}");
        if !cut.starts_with("limit 1000000") && !cut.starts_with("offset") {
            let expected = first_with_protocol(skip + take);
            assert_cells(&found, &expected[skip..]);
        }
    }
}

#[tokio::test]
async fn rows_are_counted_without_columns() {
    let named = built().named().count();
    assert_eq!(count("select count(*) from iana_services()").await, named);
    let on_tcp = built().rows.iter().filter(|row| row.protocol == Some(0));
    let query = "select count(*) from iana_records() where protocol = 'tcp'";
    assert_eq!(count(query).await, on_tcp.count());
    let query = "select count(*) from (select 1 from iana_records() limit 11)";
    assert_eq!(count(query).await, 11);
    let contacts = "select count(*) from iana_contacts()";
    assert_eq!(count(contacts).await, built().people.len());
    let common = "select count(*) from common_names()";
    assert_eq!(count(common).await, common_lines().len());
}

#[tokio::test]
async fn null_is_neither_equal_nor_different() {
    let rows = &built().rows;
    let count_of = |filter: &'static str| async move {
        count(&format!(
            "select count(*) from iana_records() where {filter}"
        ))
        .await
    };
    let of = |keep: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| keep(row)).count();
    let portless = of(&|row| row.span.is_none());
    assert!(portless > 0);
    assert_eq!(count_of("first_port is null").await, portless);
    assert_eq!(count_of("last_port is null").await, portless);
    assert_eq!(count_of("first_port = null").await, 0);
    assert_eq!(
        count_of("first_port >= 0").await,
        of(&|row| row.span.is_some())
    );
    assert_eq!(
        count_of("protocol <> 'tcp'").await,
        of(&|row| row.protocol.is_some_and(|own| own != 0))
    );
    assert_eq!(
        count_of("protocol is distinct from 'tcp'").await,
        of(&|row| row.protocol != Some(0))
    );
    assert_eq!(
        count_of("first_port is null or name is null").await,
        of(&|row| row.span.is_none() || row.name.is_none())
    );
    // Nothing is told by an empty list instead of null.
    assert_eq!(count_of("aliases is null or assignees is null").await, 0);
    assert_eq!(
        count_of("cardinality(assignees) = 0").await,
        of(&|row| row.assignees.is_empty())
    );
}

/// Whichever table a query names first, the hash table is built from the one with fewer rows.
#[tokio::test]
async fn the_optimizer_knows_which_side_of_a_join_is_smaller() {
    let context = context();
    let small = "(select * from iana_services() where name like 'http%') s";
    let large = "iana_records() r";
    for [left, right] in [[small, large], [large, small]] {
        let query = format!(
            "select s.name, r.description from {left} join {right} on s.first_port = r.first_port"
        );
        let frame = context.sql(&query).await.expect(&query);
        let plan = frame.create_physical_plan().await.expect(&query);
        let mut join = Arc::clone(&plan);
        while join.name() != "HashJoinExec" {
            let children = join.children();
            let below = children
                .first()
                .unwrap_or_else(|| panic!("no join: {plan:?}"));
            join = Arc::clone(below);
        }
        let http = built().named();
        let http = http.filter(|row| {
            row.name
                .as_ref()
                .is_some_and(|name| name.starts_with("http"))
        });
        assert_eq!(
            known_rows(&**join.children()[0]),
            Precision::Exact(http.count())
        );
        assert_eq!(
            known_rows(&**join.children()[1]),
            Precision::Exact(built().rows.len())
        );
    }
}

#[tokio::test]
async fn flows_join_services_and_services_join_contacts() {
    let context = context();
    let query = "select f.port, s.name from (values (443, 6), (53, 17), (49151, 6)) f(port, number)
        left join iana_services() s
        on f.port between s.first_port and s.last_port
        and s.protocol = case f.number when 6 then 'tcp' else 'udp' end
        order by f.port, s.name";
    let found = rows(&context, query).await;
    let mut expected = Vec::new();
    for (port, protocol) in [(53, 1), (443, 0), (49151, 0)] {
        let own = built().named().filter(|row| row.protocol.is_some());
        let own = own.filter(|row| row.covers(port, protocol));
        let mut names: Vec<Option<&str>> = own.map(|row| row.name.as_deref()).collect();
        names.sort_unstable();
        if names.is_empty() {
            names.push(None);
        }
        expected.extend(
            names
                .into_iter()
                .map(|name| vec![("port", number(port)), ("name", name.into())]),
        );
    }
    assert!(expected.len() >= 3);
    assert_cells(&found, &expected);

    let query = r#"select s."index", c.id, c.name, c.organization
        from (select "index", unnest(assignees) as assignee from iana_services()
            where name = 'ssh') s
        join iana_contacts() c on c.id = s.assignee
        order by s."index", c.id"#;
    let found = rows(&context, query).await;
    let mut expected = Vec::new();
    for row in built()
        .named()
        .filter(|row| row.name.as_deref() == Some("ssh"))
    {
        let mut ids = row.assignees.clone();
        ids.sort_unstable();
        for id in ids {
            let people = &mut built().people.iter();
            let person = people.find(|person| person.id == id).expect("a person");
            expected.push(vec![
                ("index", number(row.index)),
                ("id", id.into()),
                ("name", person.name.as_deref().into()),
                ("organization", person.organization.as_deref().into()),
            ]);
        }
    }
    assert!(!expected.is_empty());
    assert_cells(&found, &expected);
}

/// Fields of a reference are reached by name.
#[tokio::test]
async fn services_are_found_by_the_rfc_that_defines_them() {
    let query = r#"select distinct s.name from
        (select name, unnest("references") as cited from iana_services()) s
        where s.cited['kind'] = 'rfc' and s.cited['number'] = 9110 order by s.name"#;
    let found = rows(&context(), query).await;
    let cites = |row: &&Row| {
        let mut references = row.references.iter();
        references.any(|xref| xref.kind == "rfc" && xref.data == "rfc9110")
    };
    let mut expected: Vec<_> = built()
        .named()
        .filter(cites)
        .map(|row| vec![("name", Cell::from(row.name.as_deref()))])
        .collect();
    expected.sort_by_key(|row| format!("{row:?}"));
    expected.dedup();
    assert!(!expected.is_empty());
    assert_cells(&found, &expected);
}

#[tokio::test]
async fn an_argument_is_an_error_of_the_plan() {
    for function in FUNCTIONS {
        for (arguments, given) in [("'tcp'", "one"), ("1, null", "2")] {
            let query = format!("select * from {function}({arguments})");
            let error = context().sql(&query).await.expect_err(&query);
            let error = error.find_root();
            let expected = format!("{function}() takes no arguments, and was given {given}");
            match error {
                DataFusionError::Plan(message) => assert_eq!(*message, expected),
                other => panic!("{query}: {other}"),
            }
        }
    }
}

/// Every query reads the same memory.
#[tokio::test]
async fn a_table_is_built_once() {
    for function in FUNCTIONS {
        let query = format!("select * from {function}() limit 1");
        let address = |batch: &RecordBatch| {
            let column = batch.column_by_name("name").expect("a name").to_data();
            column.buffers()[1].as_ptr()
        };
        let one = context().sql(&query).await.expect(&query);
        let one = one.collect().await.expect(&query);
        let other = context().sql(&query).await.expect(&query);
        let other = other.collect().await.expect(&query);
        assert_eq!(address(&one[0]), address(&other[0]), "{function}");
    }
}

#[tokio::test]
async fn the_number_of_rows_is_known_before_a_query() {
    let expected = [
        built().named().count(),
        built().rows.len(),
        built().people.len(),
        common_lines().len(),
    ];
    let context = context();
    for (function, expected) in FUNCTIONS.into_iter().zip(expected) {
        let function = context.table_function(function).expect(function);
        let state = context.state();
        let args = datafusion::catalog::TableFunctionArgs::new(&[], &state);
        let table = function.create_table_provider_with_args(args);
        let statistics = table.expect("no arguments").statistics();
        let statistics = statistics.expect("a table has statistics");
        assert_eq!(statistics.num_rows, Precision::Exact(expected));
    }
}
