//! Files as arguments, and compressed ones.

use std::fs::File;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::run::{files, label, label_in, sample, spawn};

const SSH: &[u8] = b"IP 192.0.2.1.51514 > 192.0.2.2.22: Flags [S], length 0\n";
const ZEEK: &[u8] = b"#fields\tid.orig_p\tid.resp_p\tproto\n51514\t443\ttcp\n";

fn gz(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("compressed");
    encoder.finish().expect("compressed")
}

fn zst(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

#[test]
fn files_are_read_one_after_the_other_each_as_what_it_is() {
    let without_end = &SSH[..SSH.len() - 1];
    let directory = files(&[("one", without_end), ("two", ZEEK)]);
    let run = label_in(directory.path(), &["one", "two", "one"]);
    let ssh = "IP 192.0.2.1.51514 > 192.0.2.2.ssh: Flags [S], length 0";
    let zeek = "#fields\tid.orig_p\tid.resp_p\tproto\n51514\thttps\ttcp\n";
    // A line that has no end gets one before the next file.
    assert_eq!(run.text(), format!("{ssh}\n{zeek}{ssh}"));
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let run = label_in(directory.path(), &["--summary", "one", "two", "one"]);
    let rows: Vec<Vec<_>> = run
        .text()
        .lines()
        .map(|row| row.split_whitespace().collect())
        .collect();
    assert_eq!(rows[1][..4], ["ssh", "tcp", "22", "2"]);
    assert_eq!(rows[2][..4], ["https", "tcp", "443", "1"]);
}

#[test]
fn a_dash_is_standard_input() {
    let directory = files(&[("two", ZEEK)]);
    let path = directory.path().join("two");
    let path = path.to_str().expect("UTF-8");
    let run = label(&["--summary", path, "-"], SSH);
    assert!(
        run.text().contains("ssh ") && run.text().contains("https "),
        "{run:?}"
    );
    // A file that standard input was redirected from.
    let mut command = crate::program::ports("label");
    command.stdin(File::open(path).expect("it is there"));
    let output = command.output().expect("the program starts");
    assert!(output.stdout.ends_with(b"\thttps\ttcp\n"), "{output:?}");
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_from_it() {
    let odd = b"Dear reader\n".repeat(200);
    let mut broken = gz(&SSH.repeat(20_000));
    broken.truncate(broken.len() / 2);
    let directory = files(&[("good", SSH), ("odd", &odd), ("broken.gz", &broken)]);
    let arguments = ["missing", ".", "odd", "broken.gz", "good", "--summary"];
    let run = label_in(directory.path(), &arguments);
    assert_eq!(run.status, 1);
    let told: Vec<_> = run.stderr.lines().collect();
    assert!(
        told[0].starts_with("ports: missing: No such file"),
        "{told:?}"
    );
    assert_eq!(told[1], "ports: .: this is a directory");
    assert!(
        told[2].starts_with("ports: odd: the input was not recognised"),
        "{told:?}"
    );
    assert!(told[3].starts_with("ports: broken.gz: "), "{told:?}");
    assert_eq!(told.len(), 4);
    let row = run.text().lines().nth(1).expect("a row");
    let words: Vec<_> = row.split_whitespace().collect();
    assert_eq!(words[..3], ["ssh", "tcp", "22"]);
    let lines: u64 = words[3].parse().expect("a number");
    assert!(
        (2..20_000).contains(&lines),
        "as far as it could be read: {lines}"
    );
}

#[test]
fn what_is_not_understood_is_told_with_the_name_of_the_file() {
    let input = [SSH, b"odd\n"].concat();
    let directory = files(&[("one", &input)]);
    let run = label_in(directory.path(), &["one"]);
    assert_eq!(
        run.stderr,
        "ports: one: 1 of 2 lines not understood, passed through unchanged\n"
    );
    assert_eq!(run.status, 0);
}

#[test]
fn compressed_files_are_known_by_their_content() {
    let long = SSH.repeat(50_000);
    let expected = label(&[], &long).stdout;
    let (start, end) = long.split_at(1_234_567);
    let skipped = [
        &[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..],
        &zst(&long),
    ]
    .concat();
    let zeros = [0; 100_000];
    for (what, compressed) in [
        ("gzip", gz(&long)),
        (
            "gzip with zeros at its end",
            [&gz(&long), &zeros[..]].concat(),
        ),
        ("gzip of several members", [gz(start), gz(end)].concat()),
        ("zstd", zst(&long)),
        (
            "zstd of several frames",
            [zst(start), zst(b""), zst(end)].concat(),
        ),
        ("zstd with a frame to be skipped", skipped),
    ] {
        // The name says nothing.
        let directory = files(&[("log.txt", &compressed)]);
        for jobs in ["1", "2"] {
            let run = label_in(directory.path(), &["log.txt", "--jobs", jobs]);
            assert!(run.stdout == expected, "{what}: {}", run.stderr);
            assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{what}");
        }
        let run = label(&[], &compressed);
        assert!(
            run.stdout == expected,
            "{what}, from a pipe: {}",
            run.stderr
        );
    }
    let mut corrupt = zst(&sample("zeek.txt"));
    corrupt.truncate(30);
    let run = label(&[], &corrupt);
    assert!(
        run.stderr
            .starts_with("ports: the compressed text is cut off: "),
        "{run:?}"
    );
    assert_eq!(run.status, 1);
}

/// A frame of stored bytes is decoded whatever they are: only its checksum shows the change.
#[test]
fn a_changed_byte_in_a_zstd_file_is_found() {
    let mut changed = compress_to_vec(SSH, CompressionLevel::Uncompressed);
    let run = label(&[], &changed);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let port = changed.windows(4).position(|bytes| bytes == b".22:");
    changed[port.expect("the text is stored") + 2] = b'5';
    let run = label(&[], &changed);
    assert_eq!(
        run.stderr,
        "ports: corrupt Zstandard data: the checksum is wrong\n"
    );
    assert_eq!(run.status, 1);
}

/// The compressors of the system, with whatever they do by default.
#[test]
#[ignore = "needs gzip and zstd"]
fn the_files_of_the_systems_compressors_are_read() {
    let long = SSH.repeat(50_000);
    let expected = label(&[], &long).stdout;
    let directory = files(&[("log", &long)]);
    for command in [
        "gzip -k log",
        "zstd -q log",
        "zstd -q -19 --long=27 log -o long.zst",
    ] {
        let status = std::process::Command::new("sh")
            .args(["-c", command])
            .current_dir(directory.path())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "{command}");
    }
    for file in ["log.gz", "log.zst", "long.zst"] {
        let run = label_in(directory.path(), &[file]);
        assert!(run.stdout == expected, "{file}: {}", run.stderr);
    }
}

#[test]
fn utf_16_gets_a_hint() {
    let text = "netstat of a PowerShell\r\n";
    let little: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    for input in [little, big] {
        let run = label(&[], &input);
        assert!(run.stderr.contains("iconv -f UTF-16"), "{run:?}");
        assert_eq!((run.text(), run.status), ("", 1));
    }
}

/// A first line that may be the start of a compressed file is not held back once it is none.
#[test]
fn short_inputs_are_no_compressed_files() {
    for input in ["(", "(\n", "\n", "P", "\u{1f}"] {
        let run = label(&["--input", "tcpdump"], input.as_bytes());
        assert_eq!(run.text(), input);
    }
    let mut child = spawn(&["--input", "tcpdump"]);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(b"\n").expect("it reads");
    let mut byte = [0];
    let stdout = child.stdout.as_mut().expect("stdout is piped");
    std::io::Read::read_exact(stdout, &mut byte).expect("the line comes at once");
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}
