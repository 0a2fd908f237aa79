//! What befalls `refresh`: it is killed or refused at any of its system calls, the disk is full or
//! cannot be written, or another one is at work. Each file is then the whole old one or the whole
//! new one, and the next run completes the job.
#![cfg(target_os = "linux")]

#[path = "../../../cli/tests/it/accidents/faults.rs"]
mod faults;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::refresh::program::{NEW, OLD, Registry, Run, refresh, refresh_path, run};
use crate::support::program::start;
use faults::{FAULTS, Fault, Hit, at_every_call, in_namespaces, leftovers, plant, tree};

type Files = BTreeMap<String, Vec<u8>>;

/// How the names of temporary files begin.
const TEMPORARY: &str = ".refresh-";

/// Stands in for cargo. It draws the picture, which follows from the registry, and writes it whole.
/// It waits while there is a pipe `gate` beside it.
const CARGO: &str = "\
#!/bin/sh
set -e
if [ -p \"$0.gate\" ]; then cat \"$0.gate\"; fi
case \"$*\" in *port_map.svg) ;; *) exit ;; esac
cksum < registry/service-names-port-numbers.xml > \"$0.$$\"
mv \"$0.$$\" cli/port_map.svg
";

/// What `refresh` brings up to date, before and after.
struct Job {
    directory: TempDir,
    /// The new registry, and what stands in for cargo.
    beside: TempDir,
    is_project: bool,
    old: Files,
    new: Files,
}

impl Job {
    /// A directory with a registry alone.
    fn of_a_directory() -> Self {
        let registry = Registry::of(OLD);
        let directory = TempDir::new().expect("a directory");
        plant(directory.path(), &tree(registry.path()));
        Self::new(directory, false)
    }

    /// A small project, with one of each kind of files that follow from the registry.
    fn of_a_project() -> Self {
        let directory = TempDir::new().expect("a directory");
        let registry = tree(Registry::of(OLD).path()).into_iter();
        let mut files: Files = registry
            .map(|(name, bytes)| (format!("registry/{name}"), bytes))
            .collect();
        for (name, text) in [
            ("README.md", "It has 1<!--records--> records.\n"),
            ("cli/README.md", "And 1<!--people--> people.\n"),
            ("cli/port_map.svg", "the old picture\n"),
            ("tests/data/facts.txt", "the old facts\n"),
            ("tests/data/found.txt", "the old rows\n"),
            ("tests/data/txt-keys.txt", "# What a person wrote.\n"),
        ] {
            files.insert(name.to_owned(), text.into());
        }
        plant(directory.path(), &files);
        Self::new(directory, true)
    }

    fn new(directory: TempDir, is_project: bool) -> Self {
        let beside = TempDir::new().expect("a directory");
        fs::write(beside.path().join("new.xml"), NEW).expect("written");
        let cargo = beside.path().join("cargo");
        fs::write(&cargo, CARGO).expect("written");
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let mut job = Self {
            old: tree(directory.path()),
            new: Files::new(),
            directory,
            beside,
            is_project,
        };
        job.run(&[]).success();
        job.new = tree(job.place());
        let changed = job.old.iter().filter(|(name, old)| job.new[*name] != **old);
        assert_eq!(changed.count(), if is_project { 7 } else { 1 });
        assert_eq!(job.new.len(), job.old.len());
        job
    }

    fn place(&self) -> &Path {
        self.directory.path()
    }

    fn set_up(&self, command: &mut Command) {
        let kind = if self.is_project {
            "--project"
        } else {
            "--directory"
        };
        command.arg(kind).arg(self.place());
        command.arg(self.beside.path().join("new.xml"));
        command.env("CARGO", self.beside.path().join("cargo"));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = refresh();
        self.set_up(&mut command);
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run(self.command(arguments), b"")
    }

    /// Runs it again, once what a killed one has started is at its end.
    fn run_after_a_kill(&self) -> Run {
        loop {
            let run = self.run(&[]);
            if !run.stderr.contains("another refresh is at work") {
                return run;
            }
            std::thread::yield_now();
        }
    }

    fn check(&self, hit: &Hit) {
        let left = leftovers(self.place(), &self.old, &self.new, hit);
        let temporary = |path: &String| {
            let name = Path::new(path).file_name().expect("a name");
            name.to_string_lossy().starts_with(TEMPORARY)
        };
        assert!(left.iter().all(temporary), "{left:?} {hit:?}");
        if hit.fault == Fault::Kill {
            assert!(left.len() <= 1, "{left:?} {hit:?}");
        } else {
            assert!(left.is_empty(), "{left:?} {hit:?}");
            if hit.status == Some(0) {
                assert!(tree(self.place()) == self.new, "{hit:?}");
            } else {
                check_message(hit);
            }
        }
        // The next one completes the job, and takes away what was left.
        self.run_after_a_kill().success();
        assert!(tree(self.place()) == self.new, "{hit:?}");
    }
}

fn check_message(hit: &Hit) {
    if hit.is_before_start() {
        return;
    }
    assert_eq!(hit.status, Some(1), "{hit:?}");
    assert!(hit.stderr.starts_with("error: "), "{hit:?}");
    if hit.stderr.contains("writing failed") {
        let advice = match hit.fault {
            Fault::Error("ENOSPC") => "\n   = make room there, and run this again\n",
            Fault::Error("EROFS") => "\n   = make the file and its directory writable, ",
            _ => "\n   = run this again when the cause is mended\n",
        };
        assert!(hit.stderr.contains(advice), "{hit:?}");
    }
}

fn is_completed_after(faults: &[Fault], job: &Job) {
    for &fault in faults {
        at_every_call(
            fault,
            &mut |strace| {
                strace.arg(refresh_path());
                job.set_up(strace);
            },
            &mut || plant(job.place(), &job.old),
            &mut |hit| job.check(hit),
        );
    }
}

#[test]
#[ignore = "needs strace"]
fn a_registry_is_whole_after_a_fault_at_any_call() {
    is_completed_after(&FAULTS, &Job::of_a_directory());
}

#[test]
#[ignore = "needs strace"]
fn all_that_follows_is_whole_after_a_kill_at_any_call() {
    is_completed_after(&[Fault::Kill], &Job::of_a_project());
}

#[test]
#[ignore = "needs strace"]
fn all_that_follows_is_whole_on_a_disk_that_is_full_at_any_call() {
    is_completed_after(&[Fault::Error("ENOSPC")], &Job::of_a_project());
}

/// Eight at a time, of which four write another registry.
#[test]
fn of_several_at_once_each_is_whole_or_refused() {
    let registry = Registry::of(OLD);
    let beside = TempDir::new().expect("a directory");
    let sources = [("old.xml", OLD), ("new.xml", NEW)].map(|(name, text)| {
        let file = beside.path().join(name);
        fs::write(&file, text).expect("written");
        file
    });
    let whole = [registry.text(), Registry::of(NEW).text()];
    let start_with = |source: &PathBuf| {
        let mut command = refresh();
        command.arg("--directory").arg(registry.path());
        start(command.arg("--force").arg(source))
    };
    for _ in 0..5 {
        let children: Vec<_> = (0..8)
            .map(|index| start_with(&sources[index % 2]))
            .collect();
        let mut done = 0;
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            let told = String::from_utf8(output.stderr).expect("UTF-8");
            if output.status.success() {
                done += 1;
            } else {
                assert_eq!(output.status.code(), Some(1));
                let expected = format!(
                    "error: another refresh is at work\n  --> {}\n   = wait until it has ended, and run this again\n",
                    registry.path().display()
                );
                assert_eq!(told, expected);
            }
            assert!(whole.contains(&registry.text()));
        }
        assert!(done > 0, "one at least is not refused");
        assert_eq!(
            registry.files(),
            ["preferred-names.txt", "service-names-port-numbers.xml"]
        );
    }
}

/// Cargo goes on when the refresh that started it is killed. Until it has ended, the files are its
/// own.
#[test]
fn what_a_killed_refresh_started_keeps_others_out() {
    let job = Job::of_a_project();
    plant(job.place(), &job.old);
    let gate = job.beside.path().join("cargo.gate");
    let made = Command::new("mkfifo").arg(&gate).status();
    assert!(made.is_ok_and(|status| status.success()));
    let mut child = start(&mut job.command(&[]));
    // This waits until cargo waits there.
    let opened = fs::File::options().write(true).open(&gate).expect("opened");
    child.kill().expect("it is there");
    child.wait().expect("it ends");
    let message = job.run(&[]).failure();
    assert!(
        message.starts_with("error: another refresh is at work\n"),
        "{message}"
    );
    fs::remove_file(gate).expect("removed");
    drop(opened);
    job.run_after_a_kill().success();
    assert!(tree(job.place()) == job.new);
}

/// Even if what follows from the registry is not as it should be.
#[test]
fn a_dry_run_writes_nothing() {
    let job = Job::of_a_project();
    fs::write(
        job.place().join("README.md"),
        "It has 1<!--records--> records.\n",
    )
    .expect("written");
    let before = tree(job.place());
    job.run(&["--dry-run"]).success();
    assert!(tree(job.place()) == before);
}

/// Runs a command in the directory `$1`, which is a disk of one MiB with what is in `$2`, and
/// compares it with `$2` afterwards. The script `$0` prepares the disk.
const ON_A_DISK: &str = r#"
mount -t tmpfs -o size=1m none "$1"
cp -R "$2/." "$1"
cd "$1"
old=$2
shift 2
eval "$0"
status=0
"$@" || status=$?
rm -f filler
diff -r "$old" .
exit "$status"
"#;

#[test]
#[ignore = "needs a mount namespace"]
fn a_disk_that_takes_nothing_keeps_the_old_registry() {
    let registry = Registry::of(OLD);
    let source = TempDir::new().expect("a directory");
    let new = source.path().join("new.xml");
    fs::write(&new, NEW).expect("written");
    let place = TempDir::new().expect("a directory");
    let file = place.path().join("service-names-port-numbers.xml");
    for (preparation, reason) in [
        (
            "head -c 2000000 /dev/zero > filler 2> /dev/null || true",
            "No space left on device (os error 28)",
        ),
        (
            "mount -o remount,ro \"$PWD\"",
            "Read-only file system (os error 30)",
        ),
    ] {
        let refresh = refresh_path();
        let arguments = [
            place.path().as_os_str(),
            registry.path().as_os_str(),
            refresh.as_os_str(),
            "--directory".as_ref(),
            place.path().as_os_str(),
            new.as_os_str(),
        ];
        let output = in_namespaces(ON_A_DISK, preparation, &arguments);
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        let start = format!(
            "error: writing failed: {reason}\n  --> {}\n   = make ",
            file.display()
        );
        assert!(told.starts_with(&start), "{told}");
        // There is no difference.
        assert_eq!(String::from_utf8_lossy(&output.stdout), "");
        assert_eq!(output.status.code(), Some(1), "{told}");
    }
}

/// A registry of a directory that is not there has nowhere to go.
#[test]
fn a_directory_that_is_not_there_is_told() {
    let mut command = refresh();
    command.args(["--directory", "/nonexistent/registry", "-"]);
    let message = run(command, NEW.as_bytes()).failure();
    assert_eq!(
        message,
        "error: locking the directory of the registry failed: No such file or directory (os error 2)\n  \
         --> /nonexistent/registry\n   = create the directory first\n"
    );
}
