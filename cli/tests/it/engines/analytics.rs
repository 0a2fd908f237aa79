//! DuckDB, Polars and ClickHouse.

use super::{assert_same, common, exports, iana, python, read};

const RANGES: (&str, &[&str]) = ("ranges.csv", &["--format", "ranges"]);
const PAIRS: (&str, &[&str]) = ("pairs.csv", &["--format", "pairs"]);
const COMMON_RANGES: (&str, &[&str]) = ("ranges.csv", &["--format", "ranges", "--names", "common"]);
const COMMON_PAIRS: (&str, &[&str]) = ("pairs.csv", &["--format", "pairs", "--names", "common"]);

/// Prints every port of every protocol that a join finds.
const DUCKDB: &str = r#"
import duckdb
duck = duckdb.connect()
duck.execute("SET enable_progress_bar = false")
duck.execute("CREATE TABLE seen AS SELECT port, protocol FROM range(65536) AS numbers(port), "
             "(VALUES ('tcp'), ('udp'), ('sctp'), ('dccp')) AS protocols(protocol)")
for protocol, port, name in duck.execute(JOIN).fetchall():
    print(protocol, port, name, sep="\t")
"#;

fn duckdb(join: &str) -> String {
    format!("JOIN = \"\"\"{join}\"\"\"\n{DUCKDB}")
}

#[test]
#[ignore = "needs DuckDB in PORTS_ENGINES"]
fn duckdb_joins_the_ranges() {
    let join = "SELECT seen.protocol, port, name FROM seen JOIN 'ranges.csv' AS named \
                ON seen.protocol = named.protocol AND port BETWEEN first AND last";
    let found = python(&exports(&[RANGES]), &duckdb(join));
    assert_same(&read(&found), &iana());
    let found = python(&exports(&[COMMON_RANGES]), &duckdb(join));
    assert_same(&read(&found), &common());
}

#[test]
#[ignore = "needs DuckDB in PORTS_ENGINES"]
fn duckdb_joins_the_pairs() {
    let join = "SELECT protocol, port, name FROM seen JOIN 'pairs.csv' USING (protocol, port)";
    let found = python(&exports(&[PAIRS]), &duckdb(join));
    assert_same(&read(&found), &iana());
    let found = python(&exports(&[COMMON_PAIRS]), &duckdb(join));
    assert_same(&read(&found), &common());
}

const POLARS: &str = r#"
import polars as pl
ports = pl.DataFrame({"port": range(65536)})
protocols = pl.DataFrame({"protocol": ["tcp", "udp", "sctp", "dccp"]})
seen = ports.join(protocols, how="cross")
for row in joined(seen).select("protocol", "port", "name").iter_rows():
    print(*row, sep="\t")
"#;

#[test]
#[ignore = "needs Polars in PORTS_ENGINES"]
fn polars_joins_the_ranges() {
    let joined = r#"
def joined(seen):
    # One protocol after the other keeps the inequality join small.
    named = pl.read_csv("ranges.csv")
    parts = []
    for protocol in ["tcp", "udp", "sctp", "dccp"]:
        of = pl.col("protocol") == protocol
        parts.append(seen.filter(of).join_where(
            named.filter(of).select("first", "last", "name"),
            pl.col("port") >= pl.col("first"),
            pl.col("port") <= pl.col("last"),
        ))
    return pl.concat(parts)
"#;
    let found = python(&exports(&[RANGES]), &format!("{joined}{POLARS}"));
    assert_same(&read(&found), &iana());
}

#[test]
#[ignore = "needs Polars in PORTS_ENGINES"]
fn polars_joins_the_pairs() {
    let joined = r#"
def joined(seen):
    return seen.join(pl.read_csv("pairs.csv"), on=["port", "protocol"])
"#;
    let found = python(&exports(&[PAIRS]), &format!("{joined}{POLARS}"));
    assert_same(&read(&found), &iana());
}

/// Loads the file twice, as for a newer registry, and asks both dictionaries for every port.
const CLICKHOUSE: &str = r#"
from chdb import session
clickhouse = session.Session()
for _ in range(2):
    with open("ports.sql") as file:
        clickhouse.query(file.read())
protocols = "[(6, 'tcp'), (17, 'udp'), (132, 'sctp'), (33, 'dccp')]"
seen = f"SELECT number AS port, arrayJoin({protocols}) AS protocol FROM numbers(65536)"
for dictionary, key in [("port_services", "toUInt64(protocol.1)"),
                        ("port_services_by_keyword", "tuple(protocol.2)")]:
    found = clickhouse.query(
        f"SELECT protocol.2, port, dictGetOrNull('{dictionary}', 'name', {key}, port) AS name "
        f"FROM ({seen}) WHERE name IS NOT NULL", "TSVRaw")
    print(str(found), end="")
    print("--")
print(clickhouse.query(
    "SELECT dictGet('port_services', 'name', toUInt64(6), 443), "
    "dictGet('port_services_by_keyword', 'name', tuple('tcp'), 443), "
    "dictGet('port_services', 'name', toUInt64(6), 4), "
    "dictGetOrDefault('port_services', 'name', toUInt64(6), 4, '-'), "
    "dictGet('port_services', 'description', toUInt64(6), 14), "
    "(SELECT count() FROM system.dictionaries WHERE status = 'LOADED')", "TSVRaw"))
"#;

#[test]
#[ignore = "needs chdb in PORTS_ENGINES"]
fn clickhouse_answers_from_its_dictionaries() {
    for (names, expected) in [("iana", iana()), ("common", common())] {
        let args = ["--format", "clickhouse", "--names", names];
        let found = python(&exports(&[("ports.sql", &args)]), CLICKHOUSE);
        let parts: Vec<&str> = found.split("--\n").collect();
        let [by_number, by_keyword, examples] = parts[..] else {
            panic!("{} parts", parts.len());
        };
        assert_same(&read(by_number), &expected);
        assert_same(&read(by_keyword), &expected);
        assert_eq!(examples.trim_end_matches('\n'), "https\thttps\t\t-\t\t2");
    }
}

/// Backslashes and quotation marks are special in texts of ClickHouse, and names of the user may
/// contain them.
#[test]
#[ignore = "needs chdb in PORTS_ENGINES"]
fn clickhouse_takes_names_with_special_characters() {
    let directory = exports(&[]);
    let names = directory.path().join("names");
    std::fs::write(&names, "o'n\\e 4/tcp\n").expect("the file can be written");
    let names = names.to_str().expect("UTF-8");
    let args = ["--format", "clickhouse", "--range", "4", "--overlay", names];
    let script = r#"
from chdb import session
clickhouse = session.Session()
with open("ports.sql") as file:
    clickhouse.query(file.read())
print(clickhouse.query("SELECT dictGet('port_services', 'name', toUInt64(6), 4)", "TSVRaw"))
"#;
    let found = python(&exports(&[("ports.sql", &args)]), script);
    assert_eq!(found.trim_end(), "o'n\\e");
}
