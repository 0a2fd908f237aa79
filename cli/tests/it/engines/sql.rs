//! What SQLite and PostgreSQL must both make of `export --format sql`.

use std::collections::HashMap;
use std::path::Path;
use std::process::Output;

use serde_json::{Map, Value, json};

use super::{Answers, assert_same, common, exports, iana, tell};
use crate::program::{objects, written_by};
use crate::support::common::common_lines;
use crate::support::oracle::built;

pub(super) trait Database {
    /// Loads a file as its head says.
    fn load(&self, file: &Path) -> Output;

    /// The rows of a query, as objects by column.
    fn ask(&self, query: &str) -> Vec<Value>;

    /// Whether a foreign key forbids it.
    fn refuses(&self, statement: &str) -> bool;
}

/// Loads an export with these further arguments.
pub(super) fn load(database: &impl Database, part: &[&str]) {
    let run = load_again(database, part);
    let message = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{part:?}: {message}");
    assert_eq!(message, "", "{part:?}");
}

fn load_again(database: &impl Database, part: &[&str]) -> Output {
    let args = [&["--format", "sql"], part].concat();
    let directory = exports(&[("registry.sql", &args)]);
    database.load(&directory.path().join("registry.sql"))
}

pub(super) fn assert_holds_everything<D: Database>(new: impl Fn() -> D) {
    let database = new();
    load(&database, &[]);
    assert_records(&database, &[]);
    assert_contacts(&database);
    assert_same(&answers(&database), &iana());
    assert_answers_as_the_head_asks(&database);
    assert_keys(&database);
    assert!(!load_again(&database, &[]).status.success());
    assert_records(&database, &[]);

    let database = new();
    load(&database, &["--names", "common"]);
    assert_same(&answers(&database), &common());
    assert_common_uses(&database);

    let part = ["--range", "0-1023", "--only", "udp,sctp"];
    let database = new();
    load(&database, &part);
    assert_records(&database, &part);
    let mut expected = iana();
    expected.retain(|(protocol, port), _| {
        *port <= 1023 && ["udp", "sctp"].contains(&protocol.as_str())
    });
    assert_same(&answers(&database), &expected);
}

/// The rows of a query by the number in a column, each list in the order of the query.
fn grouped(database: &impl Database, key: &str, query: &str) -> HashMap<String, Vec<Value>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for mut row in database.ask(query) {
        let columns = row.as_object_mut().expect("a row");
        let key = columns.remove(key).expect("the column").to_string();
        groups.entry(key).or_default().push(row);
    }
    groups
}

/// Builds every object of `--format jsonl` from the tables.
fn assert_records(database: &impl Database, part: &[&str]) {
    let people = |table: &str| {
        let query =
            format!("SELECT record_id, contact_id FROM {table} ORDER BY record_id, position");
        grouped(database, "record_id", &query)
    };
    let (assignees, contacts) = (people("record_assignees"), people("record_contacts"));
    let references = "SELECT record_id, kind, text, url, number, section, note \
                      FROM record_references ORDER BY record_id, position";
    let references = grouped(database, "record_id", references);
    let aliases = "SELECT record_id, alias FROM aliases ORDER BY record_id, alias_id";
    let aliases = grouped(database, "record_id", aliases);
    let known = contacts_by_id(database);
    let spelled = |rows: Option<&Vec<Value>>| -> Value {
        let rows = rows.map_or(&[][..], Vec::as_slice);
        rows.iter()
            .map(|row| known[row["contact_id"].as_str().expect("an id")].clone())
            .collect()
    };

    let rows = database.ask("SELECT * FROM records ORDER BY id");
    let names: HashMap<String, Value> = rows
        .iter()
        .map(|row| (row["id"].to_string(), row["name"].clone()))
        .collect();
    let found: Vec<Value> = rows
        .iter()
        .map(|row| {
            let id = row["id"].to_string();
            let ports = match &row["first"] {
                Value::Null => Value::Null,
                first => json!({"first": first, "last": row["last"]}),
            };
            let aliases = aliases.get(&id).into_iter().flatten();
            let target = &row["alias_of"];
            let mut object: Map<String, Value> = [
                "status",
                "name",
                "protocol",
                "description",
                "registered",
                "modified",
                "service_code",
                "unauthorized_use",
                "note",
            ]
            .into_iter()
            .map(|column| (column.to_owned(), row[column].clone()))
            .collect();
            object.insert("ports".into(), ports);
            object.insert(
                "alias_of".into(),
                names.get(&target.to_string()).cloned().unwrap_or_default(),
            );
            object.insert(
                "aliases".into(),
                aliases.map(|row| row["alias"].clone()).collect(),
            );
            object.insert("assignees".into(), spelled(assignees.get(&id)));
            object.insert("contacts".into(), spelled(contacts.get(&id)));
            let references = references.get(&id).cloned().unwrap_or_default();
            object.insert("references".into(), references.into());
            object.insert("canonical".into(), truth(&row["canonical"]));
            Value::Object(object)
        })
        .collect();

    let args = [&["--format", "jsonl"], part].concat();
    let expected = objects(&written_by("export", &args));
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

/// SQLite has no type for truth: it keeps 0 and 1.
fn truth(value: &Value) -> Value {
    match value.as_u64() {
        Some(number) => json!(number == 1),
        None => value.clone(),
    }
}

/// Every contact as `--format jsonl` writes it.
fn contacts_by_id(database: &impl Database) -> HashMap<String, Value> {
    let uris = "SELECT contact_id, uri FROM contact_uris ORDER BY contact_id, position";
    let uris = grouped(database, "contact_id", uris);
    let contacts = database.ask("SELECT * FROM contacts");
    let with_uris = contacts.into_iter().map(|mut contact| {
        let uris = uris.get(&contact["id"].to_string()).into_iter().flatten();
        contact["uris"] = uris.map(|row| row["uri"].clone()).collect();
        (contact["id"].as_str().expect("an id").to_owned(), contact)
    });
    with_uris.collect()
}

/// All people of the independent reading are there, and nobody else.
fn assert_contacts(database: &impl Database) {
    let found = contacts_by_id(database);
    for person in &built().people {
        let expected = json!({
            "id": person.id,
            "name": person.name,
            "organization": person.organization,
            "uris": person.uris,
            "updated": person.updated,
        });
        assert_eq!(found.get(&person.id), Some(&expected));
    }
    assert_eq!(found.len(), built().people.len());
}

/// Asks the database for every port of every protocol. As spans do not overlap, the one that begins
/// last decides.
fn answers(database: &impl Database) -> Answers {
    let query = "WITH RECURSIVE numbers (port) AS (\
                   SELECT 0 UNION ALL SELECT port + 1 FROM numbers WHERE port < 65535\
                 ) SELECT keyword, port, (\
                   SELECT CASE WHEN last >= port THEN name END FROM ports \
                   WHERE ports.protocol = keyword AND first <= port ORDER BY first DESC LIMIT 1\
                 ) AS name FROM protocols CROSS JOIN numbers";
    let mut answers = Answers::new();
    let rows = database.ask(query);
    assert_eq!(rows.len(), 4 << 16);
    for row in rows {
        if let Some(name) = row["name"].as_str() {
            let port = row["port"].as_u64().and_then(|port| port.try_into().ok());
            let protocol = row["keyword"].as_str().expect("a protocol");
            tell(&mut answers, protocol, port.expect("a port"), name);
        }
    }
    answers
}

fn assert_answers_as_the_head_asks(database: &impl Database) {
    let text = written_by("export", &["--format", "sql", "--range", "6010"]);
    let query = text
        .lines()
        .find_map(|line| line.strip_prefix("-- SELECT "));
    let query = format!(
        "SELECT {}",
        query.expect("an example").trim_end_matches(';')
    );
    assert_eq!(database.ask(&query), [json!({"name": "x11"})]);
    let former = "SELECT DISTINCT name, protocol, first FROM records \
                  WHERE lower(name) = 'www-http' AND protocol = 'tcp'";
    let former = database.ask(former);
    assert_eq!(
        former,
        [json!({"name": "www-http", "protocol": "tcp", "first": 80})]
    );
    let registry = database.ask("SELECT title, updated FROM registry");
    assert_eq!(
        registry,
        [json!({"title": built().title, "updated": built().updated})]
    );
}

/// Each of these would leave a reference to nothing.
fn assert_keys(database: &impl Database) {
    for statement in [
        "DELETE FROM contacts WHERE id = 'Jon_Postel'",
        "DELETE FROM protocols WHERE keyword = 'dccp'",
        "DELETE FROM records WHERE name = 'http' AND protocol = 'tcp'",
        "UPDATE records SET alias_of = 1000000 WHERE name = 'www'",
        "INSERT INTO record_references VALUES (1000000, 0, '', '', NULL, NULL, NULL, NULL)",
        "INSERT INTO contact_uris VALUES ('nobody at all', 0, '')",
    ] {
        assert!(database.refuses(statement), "{statement}");
    }
}

/// The common uses are those of the list.
fn assert_common_uses(database: &impl Database) {
    let names = "SELECT use_id, name FROM common_use_names ORDER BY use_id, position";
    let names = grouped(database, "use_id", names);
    let protocols = "SELECT use_id, protocol FROM common_use_protocols ORDER BY use_id";
    let protocols = grouped(database, "use_id", protocols);
    let rows = database.ask("SELECT * FROM common_uses ORDER BY id");
    let texts = |rows: &[Value], column: &str| -> Vec<String> {
        let texts = rows.iter().map(|row| row[column].as_str().expect("a text"));
        texts.map(str::to_owned).collect()
    };
    let lines = common_lines();
    for (row, line) in rows.iter().zip(&lines) {
        let id = row["id"].to_string();
        let what = [
            &row["kind"],
            &row["first"],
            &row["last"],
            &row["title"],
            &row["source"],
        ];
        let expected = [
            json!(line.kind),
            json!(line.first),
            json!(line.last),
            json!(line.title),
            json!(line.source),
        ];
        assert_eq!(what, expected.each_ref());
        assert_eq!(texts(&names[&id], "name"), line.names);
        let (mut found, mut expected) =
            (texts(&protocols[&id], "protocol"), line.protocols.clone());
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }
    assert_eq!(rows.len(), lines.len());
}
