//! Accidents on order: a program is killed or refused at each of its system calls, or writes to a
//! disk without room. The tests of `refresh` use this file too.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::tools::unshare;

/// The system calls by which files come to be.
const CALLS: [&str; 17] = [
    "openat",
    "write",
    "writev",
    "pwrite64",
    "copy_file_range",
    "fchmod",
    "ftruncate",
    "flock",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "linkat",
    "unlink",
    "unlinkat",
    "close",
];

/// What befalls the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is killed just before the call.
    Kill,
    /// The call is not made, and fails with this error.
    Error(&'static str),
}

pub const FAULTS: [Fault; 5] = [
    Fault::Kill,
    Fault::Error("ENOSPC"),
    Fault::Error("EIO"),
    Fault::Error("EROFS"),
    Fault::Error("EINTR"),
];

/// A run that a fault befell.
#[derive(Debug)]
#[allow(dead_code, reason = "some fields are only shown when a check fails")]
pub struct Hit {
    pub fault: Fault,
    pub call: &'static str,
    pub number: usize,
    pub stderr: String,
    /// There is none if it was killed.
    pub status: Option<i32>,
}

impl Hit {
    /// Whether the fault kept the system from starting the program.
    pub fn is_before_start(&self) -> bool {
        self.stderr.contains("error while loading shared libraries")
    }
}

/// Runs a program with a fault at its first call of a kind, at its second one, and so on until there
/// is no further one, and this for all kinds. `prepare` is called before each run, and `check` after
/// each that the fault befell.
///
/// Only the program itself is watched, and not the programs that it starts.
#[track_caller]
pub fn at_every_call(
    fault: Fault,
    program: &mut dyn FnMut(&mut Command),
    prepare: &mut dyn FnMut(),
    check: &mut dyn FnMut(&Hit),
) {
    let mut calls = BTreeSet::new();
    // Linux closes a file even when it reports an error, and strace would leave it open: whoever
    // reads the other end of a pipe then waits for ever.
    let is_faithful = |call: &&str| fault == Fault::Kill || *call != "close";
    for call in CALLS.into_iter().filter(is_faithful) {
        for number in 1.. {
            prepare();
            let Some(hit) = run(fault, call, number, program) else {
                break;
            };
            check(&hit);
            calls.insert(call);
        }
    }
    // Otherwise the faults never came near the file.
    for needed in ["openat", "write", "fsync"] {
        assert!(calls.contains(needed), "{needed}: {calls:?}");
    }
    let renames = |call: &&str| call.starts_with("rename");
    assert!(calls.iter().any(renames), "{calls:?}");
}

/// Returns `None` if the program ended before the fault.
fn run(
    fault: Fault,
    call: &'static str,
    number: usize,
    program: &mut dyn FnMut(&mut Command),
) -> Option<Hit> {
    let log = tempfile::NamedTempFile::new().expect("a file for the log");
    let what = match fault {
        Fault::Kill => "signal=KILL".to_owned(),
        Fault::Error(error) => format!("error={error}"),
    };
    let mut strace = Command::new("strace");
    strace.arg("-o").arg(log.path());
    strace.args(["-e", &format!("trace={call}")]);
    strace.args(["-e", &format!("inject={call}:{what}:when={number}")]);
    program(&mut strace);
    let Output { stderr, status, .. } = strace.output().expect("strace starts");
    let traced = fs::read_to_string(log.path()).expect("a log");
    let is_hit = match fault {
        Fault::Kill => traced.contains("+++ killed by SIGKILL +++"),
        Fault::Error(_) => traced.contains("(INJECTED)"),
    };
    // strace ends as the program does.
    assert_eq!(status.signal().is_some(), is_hit && fault == Fault::Kill);
    let stderr = String::from_utf8(stderr).expect("UTF-8 on stderr");
    assert!(traced.contains("+++ "), "strace works: {stderr}");
    is_hit.then(|| Hit {
        fault,
        call,
        number,
        stderr,
        status: status.code(),
    })
}

/// The contents of all files in a directory and below, by their paths.
pub fn tree(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            let inner = tree(&path).into_iter();
            files.extend(inner.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, fs::read(&path).expect("it can be read"));
        }
    }
    files
}

/// Fills a directory with these files, and nothing else.
pub fn plant(directory: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in files {
        let file = directory.join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("a directory");
        fs::write(file, bytes).expect("written");
    }
    for name in tree(directory).into_keys() {
        if !files.contains_key(&name) {
            fs::remove_file(directory.join(name)).expect("removed");
        }
    }
}

/// Checks that each file is the whole old one or the whole new one. Returns the paths of what else
/// there is.
#[track_caller]
pub fn leftovers(
    directory: &Path,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
    what: &dyn std::fmt::Debug,
) -> Vec<String> {
    let found = tree(directory);
    for name in old.keys() {
        assert!(found.contains_key(name), "{name} is gone: {what:?}");
    }
    let is_known = |name: &String, bytes: &Vec<u8>| {
        let known = [old.get(name), new.get(name)];
        let is_there = known.iter().flatten().next().is_some();
        assert!(
            !is_there || known.contains(&Some(bytes)),
            "{name} is neither the old one nor the new one: {what:?}"
        );
        is_there
    };
    let others = found.iter().filter(|(name, bytes)| !is_known(name, bytes));
    others.map(|(name, _)| name.clone()).collect()
}

/// Runs a script of the shell with `$0`, `$1` and so on, where it may mount and nobody else sees it.
pub fn in_namespaces(script: &str, zeroth: &str, arguments: &[&OsStr]) -> Output {
    let trial = ["sh", "-c", "mount -t tmpfs none /mnt"];
    let way = unshare("--mount", &trial);
    let mut command = Command::new(way[0]);
    command.args(&way[1..]).args(["sh", "-euc", script, zeroth]);
    command.args(arguments).output().expect("unshare starts")
}
