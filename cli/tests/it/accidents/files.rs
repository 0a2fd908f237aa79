//! The files that `ports` writes: whatever happens, each is the whole old one or the whole new one.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::faults::{FAULTS, Fault, Hit, at_every_call, in_namespaces, leftovers, plant, tree};
use crate::label::run::sample_path;
use crate::program::{PORTS, Run, finish, ports, start};
use crate::support::oracle::root;

type Files = BTreeMap<String, Vec<u8>>;

/// A command that writes files into the directory in which it runs.
struct Writer {
    arguments: Vec<String>,
    directory: TempDir,
    old: Files,
    new: Files,
}

impl Writer {
    fn new(line: &str) -> Self {
        let words = line.split(' ').map(str::to_owned);
        let mut writer = Self {
            arguments: words.collect(),
            directory: tempfile::tempdir().expect("a directory"),
            old: Files::new(),
            new: Files::new(),
        };
        assert_eq!(writer.run().status, 0, "{line}");
        writer.new = tree(writer.place());
        let old = |name: &String| (name.clone(), format!("the old {name}\n").into_bytes());
        writer.old = writer.new.keys().map(old).collect();
        writer
    }

    fn place(&self) -> &Path {
        self.directory.path()
    }

    fn set_up<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .args(&self.arguments)
            .current_dir(self.place())
            .env("XDG_CONFIG_HOME", "/nonexistent")
    }

    fn run(&self) -> Run {
        finish(start(self.set_up(&mut Command::new(PORTS))), b"").into()
    }

    /// Checks what there is after a fault.
    fn check(&self, hit: &Hit) {
        let left = leftovers(self.place(), &self.old, &self.new, hit);
        if hit.fault == Fault::Kill {
            assert!(left.len() <= 1, "{left:?} {hit:?}");
            // The help says so.
            assert!(
                left.iter().all(|name| name.starts_with(".ports-")),
                "{left:?}"
            );
        } else {
            assert!(left.is_empty(), "{left:?} {hit:?}");
            if hit.status == Some(0) {
                assert_eq!(tree(self.place()).len(), self.new.len());
                assert!(tree(self.place()) == self.new, "{hit:?}");
            } else {
                check_message(hit);
            }
        }
        // The next run has its way, whatever was left.
        assert_eq!(self.run().status, 0, "{hit:?}");
        assert_eq!(leftovers(self.place(), &self.new, &self.new, hit), left);
    }
}

/// A message tells the file, the reason and what to do.
fn check_message(hit: &Hit) {
    assert!(matches!(hit.status, Some(1 | 2 | 127)), "{hit:?}");
    if hit.is_before_start() {
        return;
    }
    assert!(hit.stderr.starts_with("ports: "), "{hit:?}");
    if hit.call != "openat" {
        let advice = match hit.fault {
            Fault::Error("ENOSPC") => "; make room there, and run this again\n",
            Fault::Error("EROFS") => {
                "; make the file and its directory writable, or write to another place\n"
            }
            _ => "; run this again when the cause is mended\n",
        };
        // Standard output may be full too.
        assert!(
            hit.stderr.ends_with(advice) || hit.call == "write",
            "{hit:?}"
        );
    }
}

fn is_whole_after(faults: &[Fault], line: &str) {
    let writer = Writer::new(line);
    for &fault in faults {
        at_every_call(
            fault,
            &mut |strace| {
                writer.set_up(strace.arg(PORTS));
            },
            &mut || plant(writer.place(), &writer.old),
            &mut |hit| writer.check(hit),
        );
    }
}

#[test]
#[ignore = "needs strace"]
fn an_export_is_whole_after_a_fault_at_any_call() {
    is_whole_after(
        &FAULTS,
        "export --format ranges --range 0-3000 --output ranges.csv",
    );
}

#[test]
#[ignore = "needs strace"]
fn a_picture_is_whole_after_a_fault_at_any_call() {
    is_whole_after(&FAULTS, "map ports.svg");
}

#[test]
#[ignore = "needs strace"]
fn a_chart_is_whole_after_a_fault_at_any_call() {
    let sample = root().join(sample_path("zeek.txt"));
    let sample = sample.display();
    is_whole_after(
        &FAULTS,
        &format!("label --summary --svg chart.svg {sample}"),
    );
}

#[test]
#[ignore = "needs strace"]
fn each_page_is_whole_after_a_fault_at_any_call() {
    is_whole_after(&[Fault::Kill, Fault::Error("ENOSPC")], "man --directory .");
}

/// Eight at a time, of which four write another text.
#[test]
fn of_several_that_write_a_file_at_once_one_has_it_whole() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("ports.csv");
    let export = |range: &str| {
        let mut command = ports("export");
        command.args(["--format", "pairs", "--range", range]);
        command
    };
    let whole = ["0-40000", "1000-65535"].map(|range| {
        let run: Run = finish(start(&mut export(range)), b"").into();
        (range, run.stdout)
    });
    for _ in 0..10 {
        let children: Vec<_> = (0..8)
            .map(|index| start(export(whole[index % 2].0).arg("--output").arg(&file)))
            .collect();
        for child in children {
            let run: Run = finish(child, b"").into();
            assert_eq!((run.stderr.as_str(), run.status), ("", 0));
            let text = fs::read_to_string(&file).expect("it is there at every moment");
            assert!(whole.iter().any(|(_, whole)| *whole == text));
        }
        assert_eq!(tree(directory.path()).len(), 1, "nothing else is left");
    }
}

/// What is no ordinary file is written to, and a link stays.
#[test]
fn links_and_pipes_stay_what_they_are() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = |name: &str| directory.path().join(name);
    fs::write(file("target"), "old").expect("written");
    std::os::unix::fs::symlink(file("target"), file("link")).expect("linked");
    let export = |output: &Path| {
        let mut command = ports("export");
        command.args(["--format", "pairs", "--range", "443", "--output"]);
        let run: Run = finish(start(command.arg(output)), b"").into();
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
        run.stdout
    };
    let written = export(Path::new("/dev/stdout"));
    assert!(written.contains("443,tcp,https\n"), "{written}");
    assert_eq!(export(&file("link")), "");
    assert!(file("link").is_symlink());
    assert_eq!(fs::read_to_string(file("target")).expect("text"), written);
    assert_eq!(export(Path::new("/dev/null")), "");
}

#[test]
fn the_permissions_of_a_file_stay() {
    use std::os::unix::fs::PermissionsExt;
    let writer = Writer::new("export --format pairs --range 443 --output ports.csv");
    let file = writer.place().join("ports.csv");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("it is ours");
    assert_eq!(writer.run().status, 0);
    let mode = fs::metadata(&file)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o7777, 0o640);
}

#[test]
fn a_directory_that_is_not_there_is_told() {
    for line in [
        "export --format csv --output none/x",
        "map none/x.svg",
        "man --directory none",
    ] {
        let mut words = line.split(' ');
        let mut command = ports(words.next().expect("a command"));
        let directory = tempfile::tempdir().expect("a directory");
        let run = start(command.args(words).current_dir(directory.path()));
        let run: Run = finish(run, b"").into();
        assert_eq!(run.status, 1, "{line}: {run:?}");
        assert!(
            run.stderr.starts_with("ports: cannot write none/"),
            "{run:?}"
        );
        assert!(
            run.stderr.ends_with("; create the directory first\n"),
            "{run:?}"
        );
    }
}

/// Runs a command in the directory `$1`, which is a disk of one MiB with an old picture and the sample
/// `$2`. The script `$0` prepares the disk.
const ON_A_DISK: &str = r#"
mount -t tmpfs -o size=1m none "$1"
cp "$2" "$1/sample"
cd "$1"
shift 2
echo old > old.svg
eval "$0"
status=0
"$@" || status=$?
echo "exit status $status"
cat old.svg
ls -A
"#;

#[test]
#[ignore = "needs a mount namespace"]
fn a_disk_that_takes_nothing_keeps_the_old_file() {
    let place = tempfile::tempdir().expect("a directory");
    let sample = root().join(sample_path("zeek.txt"));
    for (preparation, files, reason) in [
        (
            "head -c 2000000 /dev/zero > filler 2> /dev/null || true",
            "filler\nold.svg\nsample\n",
            "No space left on device (os error 28); make room there, and run this again\n",
        ),
        (
            "mount -o remount,ro \"$PWD\"",
            "old.svg\nsample\n",
            "Read-only file system (os error 30); make the file and its directory writable, or write \
             to another place\n",
        ),
        (
            "mount --bind old.svg old.svg",
            "old.svg\nsample\n",
            "Device or resource busy (os error 16); write to another place and copy it here: a file \
             that is mounted by itself cannot be replaced\n",
        ),
    ] {
        for (line, told) in [
            (
                "export --format csv --range 443 --output old.svg",
                "ports: cannot write old.svg: ",
            ),
            ("map old.svg", "ports: cannot write old.svg: "),
            ("label --summary --svg old.svg sample", "ports: old.svg: "),
        ] {
            let mut arguments = vec![place.path().as_os_str(), sample.as_os_str(), PORTS.as_ref()];
            arguments.extend(line.split(' ').map(OsStr::new));
            let run: Run = in_namespaces(ON_A_DISK, preparation, &arguments).into();
            let end = format!("exit status 1\nold\n{files}");
            assert!(run.stdout.ends_with(&end), "{line}: {run:?}");
            assert_eq!(run.stderr, format!("{told}{reason}"), "{line}");
            assert_eq!(run.status, 0, "{run:?}");
        }
    }
}
