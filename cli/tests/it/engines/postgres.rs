//! PostgreSQL, in a cluster of its own that nobody else reaches.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::sql::Database;
use crate::support::tools::succeed;

/// A server in a temporary directory, with a socket there and no network.
pub(super) struct Postgres {
    directory: TempDir,
    programs: PathBuf,
}

/// Where Debian has the programs of the server: the highest version of those installed.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let versions = versions.map(|version| version.expect("a directory").path());
    let number = |path: &PathBuf| {
        let name = path.file_name().and_then(OsStr::to_str);
        name.and_then(|name| name.parse::<u32>().ok())
    };
    let newest = versions
        .max_by_key(number)
        .expect("PostgreSQL is installed");
    newest.join("bin")
}

impl Postgres {
    fn new() -> Self {
        let server = Self {
            directory: TempDir::new().expect("a temporary directory"),
            programs: programs(),
        };
        if server.is_root() {
            let mut command = Command::new("chown");
            succeed(command.arg("postgres").arg(server.directory.path()));
        }
        let mut command = server.as_owner("initdb");
        command.args(["--username", "test", "--auth", "trust", "--no-sync"]);
        command.args(["--encoding", "UTF8", "--locale", "C", "--pgdata"]);
        succeed(command.arg(server.data()));
        let options = format!(
            "-c listen_addresses= -c fsync=off -c unix_socket_directories={}",
            server.directory.path().display()
        );
        let mut command = server.as_owner("pg_ctl");
        command.args(["--wait", "--silent", "--options", &options, "--log"]);
        command.arg(server.directory.path().join("log"));
        succeed(command.arg("--pgdata").arg(server.data()).arg("start"));
        server
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn is_root(&self) -> bool {
        let metadata = fs::metadata("/proc/self").expect("a process has a directory");
        metadata.uid() == 0
    }

    /// A program of the server, which refuses to run as root.
    fn as_owner(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }

    fn psql(&self) -> Command {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["--no-psqlrc", "--quiet", "--username", "test"]);
        command.args(["--dbname", "postgres", "--set", "ON_ERROR_STOP=1", "--host"]);
        command.arg(self.directory.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut command = self.as_owner("pg_ctl");
        command.args(["--mode", "immediate", "--wait", "--silent", "--pgdata"]);
        // A panic here would hide the one of the test.
        let _ = command.arg(self.data()).arg("stop").output();
    }
}

impl Database for Postgres {
    fn load(&self, path: &Path) -> Output {
        let mut command = self.psql();
        let run = command.arg("--file").arg(path).output();
        run.expect("psql is there")
    }

    fn ask(&self, query: &str) -> Vec<Value> {
        let query = format!("SELECT coalesce(json_agg(row), '[]') FROM ({query}) AS row");
        let mut command = self.psql();
        command.args(["--tuples-only", "--no-align", "--command"]);
        let run = succeed(command.arg(query));
        serde_json::from_slice(&run.stdout).expect("JSON")
    }

    fn refuses(&self, statement: &str) -> bool {
        let run = self.psql().args(["--command", statement]).output();
        let run = run.expect("psql is there");
        !run.status.success() && String::from_utf8_lossy(&run.stderr).contains("foreign key")
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn postgres_holds_all_columns_and_answers_for_all_ports() {
    super::sql::assert_holds_everything(Postgres::new);
}
