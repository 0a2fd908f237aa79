//! All cores: the same bytes as from one.

use super::run::{Run, files, label_in};
use super::samples::{SAMPLES, Sample};

/// Several hundred kilobytes of a sample, with its headings in between and without them.
fn long(sample: &Sample) -> Vec<u8> {
    let input = sample.input();
    let is_heading = |line: &&[u8]| line.starts_with(b"#") || line.starts_with(b"ts,");
    let lines = || input.split_inclusive(|&byte| byte == b'\n');
    let records: Vec<u8> = lines()
        .filter(|line| !is_heading(line))
        .flatten()
        .copied()
        .collect();
    let times = 150_000 / input.len().max(1) + 1;
    [input.repeat(times), records.repeat(times), input.clone()].concat()
}

fn same(input: &[u8], arguments: &[&str], what: &str) -> Run {
    let directory = files(&[("input", input)]);
    let run = |options: &[&str]| {
        let all = [options, arguments, &["input"]].concat();
        label_in(directory.path(), &all)
    };
    let one = run(&["--jobs", "1"]);
    for options in [
        ["--jobs", "2", "--part", "700"],
        ["--jobs", "3", "--part", "20000"],
    ] {
        let several = run(&options);
        assert!(
            several.stdout == one.stdout,
            "{what}: {options:?} {arguments:?}"
        );
        assert_eq!(
            (&several.stderr, several.status),
            (&one.stderr, one.status),
            "{what}"
        );
    }
    one
}

#[test]
fn the_output_of_all_samples_is_that_of_one_core() {
    for sample in SAMPLES {
        let input = long(sample);
        for arguments in [
            &["--style", "append-column"][..],
            &["--style", "both", "--only-unknown"],
            &["--summary", "--format", "json"],
        ] {
            let arguments = [arguments, &sample.columns()].concat();
            let run = same(&input, &arguments, sample.name);
            assert!(!run.stdout.is_empty() || arguments.contains(&"--only-unknown"));
        }
    }
}

/// Fields with line ends, quotes that are never closed, lines that are too long for a part.
#[test]
fn records_of_several_lines_are_not_cut() {
    let columns = ["--columns", "1,2", "--style", "append-column"];
    let quoted =
        "51514,443,\"one\n51514,22\n\"\n51514,22,\"\"\"\"\n51514,25,5\" disk\n".repeat(4000);
    let run = same(quoted.as_bytes(), &columns, "quoted");
    assert_eq!(run.text().matches(",https\n").count(), 4000);
    assert_eq!(run.text().matches(",ssh\n").count(), 4000);
    let open = format!("51514,443\n\"open,443\n{}", "51514,443\n".repeat(110_000));
    let run = same(open.as_bytes(), &columns, "open");
    assert!(run.text().ends_with("51514,443,https\n"));
    let long = format!("{}\n", "x".repeat(3_000_000));
    let lines = "51514,443\n".repeat(10_000);
    same(
        [lines.as_str(), &long, &lines].concat().as_bytes(),
        &columns,
        "long",
    );
    let packet = "IP 192.0.2.1.51514 > 192.0.2.2.22: Flags [S], length 0\n\
                  \tIP 192.0.2.1.51514 > 192.0.2.2.443: Flags [S], length 9\n\
                  192.0.2.1.51514 > 192.0.2.2.25: Flags [S], length 9\n";
    let run = same(packet.repeat(3000).as_bytes(), &["--summary"], "tcpdump");
    assert!(run.text().contains("(without ports)"), "{run:?}");
    assert!(!run.text().contains("smtp"), "{run:?}");
}

/// The columns change in the middle of the file.
#[test]
fn a_heading_holds_for_the_lines_after_it() {
    let first = "#fields\tid.orig_p\tid.resp_p\tproto\n";
    let other = "#fields\tproto\tid.resp_p\tid.orig_p\n";
    let lines = |line: &str| line.repeat(5000);
    let input = [
        first,
        &lines("51514\t443\ttcp\n"),
        other,
        &lines("udp\t53\t443\n"),
        first,
        &lines("51514\t22\ttcp\n"),
    ];
    let run = same(
        input.concat().as_bytes(),
        &["--style", "append-column"],
        "zeek",
    );
    for name in ["\thttps\n", "\tdomain\n", "\tssh\n"] {
        assert_eq!(run.text().matches(name).count(), 5000, "{name}");
    }
    assert_eq!(run.status, 0);
}

/// More names and pairs of ports than are kept.
#[test]
fn the_bounds_of_a_summary_are_met_at_the_same_line() {
    let names: String = (0..25_000)
        .map(|index| format!("IP a.n{} > b.49000: Flags [S], length 1\n", index % 12_000))
        .collect();
    let run = same(names.as_bytes(), &["--summary", "--format", "csv"], "names");
    assert_eq!(run.text().matches("\nname,").count(), 10_000);
    assert!(
        run.text().contains("\nother-names,,tcp,,"),
        "{}",
        run.text().len()
    );
    let pairs: String = (0..140_000_u32)
        .map(|index| {
            let (one, other) = (33_000 + index % 400, 41_000 + index / 400);
            format!("IP a.{one} > b.{other}: Flags [S], length 1\n")
        })
        .collect();
    let run = same(pairs.as_bytes(), &["--summary", "--format", "csv"], "pairs");
    let lines = run.text().lines().skip(1);
    let counted: u64 = lines
        .filter_map(|row| row.split(',').nth(4)?.parse::<u64>().ok())
        .sum();
    assert_eq!(counted, 140_000);
}

/// A column that is not there is told once, and what comes before it is written.
#[test]
fn errors_are_those_of_one_core() {
    let run = same(b"a,b\n1,2\n", &["--columns", "c,d"], "columns");
    assert_eq!(
        run.stderr,
        "ports: input: no column `c` in the first line, which has: a, b\n"
    );
    assert_eq!(run.status, 1);
}

/// What benches and fuzzers call writes what the program writes.
#[test]
fn the_library_writes_what_the_program_writes() {
    for sample in SAMPLES {
        let input = sample.input();
        for arguments in [
            &["--style", "both"][..],
            &["--summary"],
            &["--jobs", "2", "--part", "99"],
        ] {
            let arguments = [arguments, &sample.columns()].concat();
            let run = super::run::label(&arguments, &input);
            let mut output = Vec::new();
            let understood = port_registry_cli::label::filter(&arguments, &input[..], &mut output);
            assert!(output == run.stdout, "{}: {arguments:?}", sample.name);
            assert_eq!(understood.is_ok_and(|all| all), run.status == 0);
        }
    }
    let mut output = Vec::new();
    let wrong = port_registry_cli::label::filter(&["--top", "x"], &b""[..], &mut output);
    assert!(wrong.is_err_and(|error| error.to_string().contains("--top")));
}
