//! What databases and log platforms make of the exports: each form is loaded into the real engine
//! where Debian or PyPI has it, and asked for all ports.
//!
//! `cli/tests/engines.sh` installs those of PyPI, and `PORTS_ENGINES` tells where.

mod analytics;
mod platforms;
mod postgres;
mod sql;
mod sqlite;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use port_registry::{COMMON, Protocol};
use tempfile::TempDir;

use crate::program::written_by;
use crate::support::oracle::{PROTOCOLS, built, root};
use crate::support::tools::succeed;

/// What a port is called, by transport protocol and port.
type Answers = BTreeMap<(String, u16), String>;

/// The registry's answers for all ports, by the independent reading.
fn iana() -> Answers {
    let mut answers = Answers::new();
    for (protocol, keyword) in PROTOCOLS.into_iter().enumerate() {
        for port in 0..=u16::MAX {
            if let Some(row) = built().services_by_port(port, protocol).first() {
                let name = built().rows[*row].name.clone().expect("a service's name");
                answers.insert((keyword.to_owned(), port), name);
            }
        }
    }
    answers
}

/// The library's answers for all ports with the common names.
fn common() -> Answers {
    let mut answers = Answers::new();
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            if let Some(name) = COMMON.name(port, protocol) {
                answers.insert((protocol.to_string(), port), name.to_owned());
            }
        }
    }
    answers
}

/// Puts an answer where there may be none yet.
#[track_caller]
fn tell(answers: &mut Answers, protocol: &str, port: u16, name: &str) {
    let before = answers.insert((protocol.to_owned(), port), name.to_owned());
    assert_eq!(before, None, "{port}/{protocol} is named twice");
}

/// Answers in lines of protocol, port and name, divided by tabs.
#[track_caller]
fn read(lines: &str) -> Answers {
    let mut answers = Answers::new();
    for line in lines.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [protocol, port, name] = cells[..] else {
            panic!("{line:?} has other than three cells");
        };
        let port = port.parse().expect("a port number");
        tell(&mut answers, protocol, port, name);
    }
    answers
}

#[track_caller]
fn assert_same(found: &Answers, expected: &Answers) {
    for (port, name) in expected {
        assert_eq!(found.get(port), Some(name), "{port:?}");
    }
    for (port, name) in found {
        assert_eq!(expected.get(port), Some(name), "{port:?}");
    }
}

/// A directory with exports of these names, each written with these arguments.
fn exports(files: &[(&str, &[&str])]) -> TempDir {
    let directory = TempDir::new().expect("a temporary directory");
    for (name, args) in files {
        let path = directory.path().join(name);
        fs::write(path, written_by("export", args)).expect("the file can be written");
    }
    directory
}

/// What a script of Python prints that runs in the directory, with the engines at hand.
fn python(directory: &TempDir, script: &str) -> String {
    let engines = env::var_os("PORTS_ENGINES")
        .expect("PORTS_ENGINES names the directory that cli/tests/engines.sh was given");
    let python = root().join(PathBuf::from(engines)).join("bin/python");
    let mut command = Command::new(python);
    let run = succeed(command.args(["-c", script]).current_dir(directory.path()));
    String::from_utf8(run.stdout).expect("UTF-8")
}
