//! `sqlite3`, the command line of SQLite.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::sql::Database;
use crate::support::tools::succeed;

pub(super) struct Sqlite {
    directory: TempDir,
}

impl Sqlite {
    fn new() -> Self {
        Self {
            directory: TempDir::new().expect("a temporary directory"),
        }
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("registry.db")
    }

    fn command(&self) -> Command {
        let mut command = Command::new("sqlite3");
        command.args(["-bail", "-batch"]);
        command
    }

    /// The text that a query gives.
    fn text(&self, query: &str) -> String {
        let run = succeed(self.command().arg(self.file()).arg(query));
        String::from_utf8(run.stdout).expect("UTF-8")
    }
}

impl Database for Sqlite {
    fn load(&self, path: &std::path::Path) -> Output {
        let file = File::open(path).expect("the export");
        let mut command = self.command();
        command.arg(self.file()).stdin(file);
        command.output().expect("sqlite3 is there")
    }

    fn ask(&self, query: &str) -> Vec<Value> {
        let mut command = self.command();
        let run = succeed(command.arg("-json").arg(self.file()).arg(query));
        if run.stdout.is_empty() {
            return Vec::new();
        }
        serde_json::from_slice(&run.stdout).expect("JSON")
    }

    fn refuses(&self, statement: &str) -> bool {
        let statement = format!("PRAGMA foreign_keys = ON; {statement}");
        let mut command = self.command();
        let run = command.arg(self.file()).arg(statement).output();
        let run = run.expect("sqlite3 is there");
        !run.status.success() && String::from_utf8_lossy(&run.stderr).contains("FOREIGN KEY")
    }
}

#[test]
#[ignore = "needs sqlite3"]
fn sqlite_holds_all_columns_and_answers_for_all_ports() {
    super::sql::assert_holds_everything(Sqlite::new);
}

#[test]
#[ignore = "needs sqlite3"]
fn sqlite_finds_every_key_in_the_whole_and_in_parts() {
    let parts: [&[&str]; 4] = [
        &[],
        &["--names", "common"],
        &["--range", "0-1023"],
        &["--only", "sctp,dccp", "--names", "common"],
    ];
    for part in parts {
        let sqlite = Sqlite::new();
        super::sql::load(&sqlite, part);
        assert_eq!(sqlite.text("PRAGMA foreign_key_check"), "", "{part:?}");
        assert_eq!(sqlite.text("PRAGMA integrity_check").trim(), "ok");
    }
}
