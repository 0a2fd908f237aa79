//! `ports label` between a writer and a reader that vanish, stop or trickle.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::label::run::{Run, files, finish, label, program, sample, spawn};

const SSH: &str = "IP 192.0.2.1.51514 > 192.0.2.2.22: Flags [S], length 0\n";
const NAMED: &str = "IP 192.0.2.1.51514 > 192.0.2.2.ssh: Flags [S], length 0\n";

/// Starts the program with so many KiB of memory at most. In `sh`, `$0` is the program.
pub(super) fn limited(kibibytes: u32, arguments: &str) -> Child {
    let script = format!("ulimit -v {kibibytes} && exec \"$0\" label {arguments}");
    crate::program::start(Command::new("sh").args(["-c", &script]).arg(program()))
}

/// A writer that never ends by itself writes until nobody reads.
#[test]
fn a_reader_that_vanishes_ends_it_and_its_writer() {
    for arguments in [
        &[][..],
        &["--style", "append-column"],
        &["--only-unknown", "--names", "iana"],
    ] {
        let mut child = spawn(arguments);
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let line = SSH.replace(".22:", ".31338:");
        let writer = thread::spawn(move || while stdin.write_all(line.as_bytes()).is_ok() {});
        let mut first = String::new();
        stdout.read_line(&mut first).expect("a line");
        assert!(first.contains(".31338:"), "{first}");
        drop(stdout);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(output.stderr, b"", "{arguments:?}");
        writer.join().expect("the writer was told");
    }
}

/// The same with a file, which several cores read.
#[test]
fn a_reader_of_a_file_that_vanishes_ends_it() {
    let directory = files(&[("log", SSH.repeat(200_000).as_bytes())]);
    let path = directory.path().join("log");
    for jobs in ["1", "4"] {
        let arguments = [
            "--jobs",
            jobs,
            "--part",
            "10000",
            path.to_str().expect("UTF-8"),
        ];
        let mut child = spawn(&arguments);
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut first = String::new();
        stdout.read_line(&mut first).expect("a line");
        assert_eq!(first, NAMED);
        drop(stdout);
        let run = finish(child, b"");
        assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{jobs}");
    }
}

/// While nobody reads, only as much is taken from the writer as pipes and buffers hold: with less
/// memory than the text has bytes, nothing of it is lost.
#[test]
fn a_reader_that_stops_stops_the_writer() {
    const LINES: u64 = 2_000_000;
    let mut child = limited(65_536, "");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let taken = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&taken);
    let block = SSH.repeat(1000);
    let writer = thread::spawn(move || {
        for _ in 0..LINES / 1000 {
            stdin.write_all(block.as_bytes()).expect("it reads on");
            counter.fetch_add(block.len() as u64, Ordering::Relaxed);
        }
    });
    // Until nothing is taken any more.
    let mut before = u64::MAX;
    while before != taken.load(Ordering::Relaxed) || before == 0 {
        before = taken.load(Ordering::Relaxed);
        thread::sleep(Duration::from_millis(500));
    }
    assert!(before < LINES * SSH.len() as u64, "it waits for its reader");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let mut lines = 0;
    let mut line = String::new();
    while stdout.read_line(&mut line).expect("UTF-8") > 0 {
        assert_eq!(line, NAMED);
        line.clear();
        lines += 1;
    }
    writer.join().expect("all was read");
    assert_eq!(lines, LINES);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

/// Writes a text byte by byte, each by itself.
fn trickled(arguments: &[&str], text: &[u8]) -> Run {
    let mut child = spawn(arguments);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let text = text.to_vec();
    let writer = thread::spawn(move || {
        for byte in text {
            stdin.write_all(&[byte]).expect("it reads");
            thread::yield_now();
        }
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("all was read");
    output.into()
}

fn gz(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("compressed");
    encoder.finish().expect("compressed")
}

fn zst(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

#[test]
fn a_writer_that_trickles_gets_the_same() {
    for name in ["tcpdump.txt", "zeek.txt", "eve.txt", "columns-csv.txt"] {
        let text = sample(name);
        let arguments = match name {
            "columns-csv.txt" => &["--columns", "1,2"][..],
            _ => &[],
        };
        for style in [&["--style", "both"][..], &["--summary"]] {
            let arguments = [arguments, style].concat();
            let whole = label(&arguments, &text);
            for trickle in [text.clone(), gz(&text), zst(&text)] {
                let run = trickled(&arguments, &trickle);
                assert_eq!(run.status, whole.status, "{name}: {}", run.stderr);
                assert!(run.stdout == whole.stdout, "{name}: {arguments:?}");
            }
        }
    }
}

/// Each line is there when its last byte is, and not before.
#[test]
fn a_line_that_trickles_is_written_with_its_last_byte() {
    let mut child = spawn(&[]);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
    for _ in 0..3 {
        for byte in SSH.as_bytes() {
            stdin.write_all(&[*byte]).expect("it reads");
        }
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        assert_eq!(line, NAMED);
    }
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
#[ignore = "needs script"]
fn a_live_summary_of_a_writer_that_trickles_ends_with_all() {
    let line = SSH.trim_end();
    let feed = format!(
        "for i in 1 2 3; do printf '{}'; sleep 1.2; printf '{}\\n'; done",
        &line[..30],
        &line[30..]
    );
    let output = Command::new("script")
        .args([
            "-qec",
            &format!("{{ {feed}; }} | \"$PORTS\" label --summary --live"),
            "/dev/null",
        ])
        .env("PORTS", program())
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .stdin(Stdio::null())
        .output()
        .expect("`script` starts");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    let last: Vec<_> = shown
        .trim_end()
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    assert_eq!(last, ["(total)", "3", "0"], "{shown:?}");
}

/// A writer that vanishes in a line leaves a text that ends there. Its last line is read as it is.
#[test]
fn a_writer_that_vanishes_in_a_line_ends_the_text() {
    for end in 0..SSH.len() {
        let run = label(&[], &[SSH.as_bytes(), &SSH.as_bytes()[..end]].concat());
        let last = &run.text()[NAMED.len()..];
        let port = SSH.find(".22:").expect("a port") + 1;
        // The port is only known with what comes after it.
        if end <= port {
            assert_eq!(last, &SSH[..end]);
        }
        assert_eq!(last.replace("ssh", "22"), SSH[..end].replace("ssh", "22"));
        assert!(run.text().starts_with(NAMED));
        assert_eq!(run.status, 0, "{run:?}");
    }
}

/// Of a compressed text that is cut off, the lines up to there are written, and it is told.
#[test]
fn a_writer_that_vanishes_in_a_compressed_text_is_told() {
    let text = sample("tcpdump.txt").repeat(100);
    let whole = label(&[], &text).stdout;
    for compressed in [gz(&text), zst(&text)] {
        // Shorter ones are not known as compressed. These cuts are in the header, in the middle and
        // in the checksum.
        let length = compressed.len();
        let cuts = (4..20).chain((1..20).map(|part| part * length / 20));
        let mut most = 0;
        for cut in cuts.chain(length - 9..length) {
            let run = label(&[], &compressed[..cut]);
            assert_eq!(
                run.stderr,
                "ports: the compressed text is cut off: its writer was ended, or it was copied in part\n",
                "{cut}"
            );
            assert_eq!(run.status, 1, "{cut}");
            assert!(whole.starts_with(&run.stdout), "{cut}");
            most = most.max(run.stdout.len());
        }
        assert!(most > whole.len() / 2, "{most}");
    }
    let compressed = gz(&text);
    let run = label(&["--summary"], &compressed[..compressed.len() / 2]);
    assert!(run.text().contains("(total)"), "{run:?}");
    assert_eq!(run.status, 1);
}

/// Frames of which a decoder would need two gigabytes.
#[test]
#[ignore = "needs zstd"]
fn a_zstd_file_that_needs_too_much_memory_is_told() {
    let feed = "head -c 3000000 /dev/zero | zstd -q --ultra --long=31";
    let feed = Command::new("sh")
        .args(["-c", feed])
        .output()
        .expect("sh starts");
    assert!(feed.status.success() && !feed.stdout.is_empty(), "{feed:?}");
    let run = finish(limited(65_536, ""), &feed.stdout);
    assert_eq!(
        run.stderr,
        "ports: this Zstandard data needs more than 128 MiB of memory, as `zstd --long=28` writes it; \
         to read it: `zstd -dc --long=31 FILE | ports label`\n"
    );
    assert_eq!(run.status, 1);
}

/// A text that is made while it is read, and never stored.
pub(super) fn fed(
    mut child: Child,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send + 'static,
    read: impl FnOnce(&mut dyn Read),
) -> (String, Option<i32>) {
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let writer = thread::spawn(move || write(&mut stdin));
    let mut stdout = child.stdout.take().expect("stdout is piped");
    read(&mut stdout);
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("all was read");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    (stderr, output.status.code())
}

/// A gigabyte between two ordinary lines, in 64 MiB. It is passed through as it is.
#[test]
fn a_line_of_a_gigabyte_is_passed_through_in_bounded_memory() {
    const BLOCKS: usize = 1000;
    let block = b"IP 192.0.2.1.51514 > 192.0.2.2.443: ";
    let block: Vec<u8> = block.iter().copied().cycle().take(1_000_000).collect();
    let written = block.clone();
    let write = move |out: &mut dyn Write| {
        out.write_all(SSH.as_bytes())?;
        for _ in 0..BLOCKS {
            out.write_all(&written)?;
        }
        out.write_all(b"\n")?;
        out.write_all(SSH.as_bytes())
    };
    let read = |from: &mut dyn Read| {
        let mut line = vec![0; NAMED.len()];
        from.read_exact(&mut line).expect("the first line");
        assert_eq!(line, NAMED.as_bytes());
        let mut part = vec![0; block.len()];
        for _ in 0..BLOCKS {
            from.read_exact(&mut part).expect("as much as was written");
            assert!(part == block);
        }
        let mut rest = String::new();
        from.read_to_string(&mut rest).expect("the last line");
        assert_eq!(rest, format!("\n{NAMED}"));
    };
    let told = fed(limited(65_536, ""), write, read);
    let message = "ports: 1 of 3 lines not understood, passed through unchanged\n";
    assert_eq!(told, (message.to_owned(), Some(0)));
}
