//! The program of the examples, run on samples of every kind of file that it reads. What it should
//! answer is summed here over the same flows, with the library's own lookups for the names.

mod expected;
mod samples;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use expected::{by_hour, top, unknown};
use samples::{Sample, directory};

/// The program that `cargo test` builds with the tests.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let built = test
        .ancestors()
        .nth(2)
        .expect("tests are built into a directory of a profile");
    let program = built
        .join("examples")
        .join(format!("flows{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is missing: build the examples too",
        program.display()
    );
    program
}

fn run(arguments: &[&str], files: &[&Path]) -> Output {
    Command::new(program())
        .args(arguments)
        .args(files)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// What the program wrote, where nothing went wrong.
#[track_caller]
fn answer(arguments: &[&str], files: &[&Path]) -> String {
    let output = run(arguments, files);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(
        (output.status.code(), stderr.as_str()),
        (Some(0), ""),
        "{arguments:?} {files:?}"
    );
    stdout
}

/// What the program complained about, as one line and nothing else.
#[track_caller]
fn complaint(arguments: &[&str], files: &[&Path]) -> String {
    let output = run(arguments, files);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(
        (output.status.code(), stdout.as_str()),
        (Some(1), ""),
        "{arguments:?} {stderr}"
    );
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr
        .strip_prefix("flows: ")
        .expect("the program's name comes first")
        .trim_end()
        .to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The lines of an answer as CSV, without the heading.
#[track_caller]
fn rows(arguments: &[&str], files: &[&Path], heading: &str) -> Vec<String> {
    let csv = answer(&[arguments, &["--format=csv"]].concat(), files);
    let mut lines = csv.lines().map(str::to_owned);
    assert_eq!(lines.next().as_deref(), Some(heading));
    lines.collect()
}

#[test]
fn every_kind_of_file_answers_the_top_question() {
    let directory = directory("top");
    for sample in Sample::ALL {
        for file in sample.write(&directory) {
            let rows = rows(&["--top=20"], &[&file], "service,bytes,flows");
            assert_eq!(rows, top(sample, 20, 1), "{}", file.display());
        }
    }
}

#[test]
fn every_kind_of_file_tells_its_unknown_ports() {
    let directory = directory("unknown");
    for sample in Sample::ALL {
        let file = sample.write(&directory).swap_remove(0);
        let rows = rows(&["--unknown"], &[&file], "port,protocol,flows,bytes");
        assert_eq!(rows, unknown(sample), "{}", file.display());
    }
}

#[test]
fn every_kind_of_file_is_told_by_the_hour() {
    let directory = directory("by-hour");
    for sample in Sample::ALL {
        let file = sample.write(&directory).swap_remove(0);
        let rows = rows(&["--by-hour"], &[&file], "hour,service,bytes,flows");
        assert_eq!(rows, by_hour(sample), "{}", file.display());
    }
}

#[test]
fn several_files_are_one_table_and_the_top_may_be_cut() {
    let directory = directory("several");
    for sample in Sample::ALL {
        let one = sample.write(&directory).swap_remove(0);
        // Signs that have a meaning in addresses and patterns are signs of a name here.
        let name = one.file_name().expect("a name").to_string_lossy();
        let other = directory.join(format!("of 10:00 [*] 100% {name}"));
        std::fs::copy(&one, &other).expect("a copy");
        let rows = rows(&["--top=2"], &[&one, &other], "service,bytes,flows");
        assert_eq!(rows, top(sample, 2, 2), "{}", other.display());
    }
}

#[test]
fn any_sql_is_answered_as_table_csv_and_parquet() {
    let directory = directory("forms");
    let file = Sample::Parquet.write(&directory).swap_remove(0);
    let sql = "select dstport, port_service(dstport, 'tcp') as name, port_status(dstport, 'udp') \
               from flows where dstport in (22, 31338) group by 1 order by 1";
    let sql = format!("{sql} limit 9");
    let csv = answer(&["--format", "csv", &sql], &[&file]);
    let csv: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(csv, ["22,ssh,assigned", "31338,,unassigned"]);
    let table = answer(&[&sql], &[&file]);
    let cells = |line: &str| -> Vec<String> {
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    assert_eq!(
        cells(table.lines().nth(3).expect("a row")),
        ["", "22", "ssh", "assigned", ""]
    );
    assert_eq!(
        cells(table.lines().nth(4).expect("a row")),
        ["", "31338", "-", "unassigned", ""]
    );

    let parquet = directory.join("answer.parquet");
    let path = parquet.to_str().expect("UTF-8");
    assert_eq!(answer(&["--output", path, &sql], &[&file]), "");
    let read = answer(
        &["--format=csv", "select * from flows order by 1"],
        &[&parquet],
    );
    assert_eq!(read.lines().skip(1).collect::<Vec<_>>(), csv);
}

#[cfg(unix)]
#[test]
fn an_answer_goes_through_a_link_and_leaves_the_link() {
    let directory = directory("link");
    let file = Sample::Csv.write(&directory).swap_remove(0);
    let (link, end) = (directory.join("link.csv"), directory.join("end"));
    std::os::unix::fs::symlink(&end, &link).expect("a link");
    let path = link.to_str().expect("UTF-8");
    for number in ["1", "2"] {
        let sql = format!("select {number} as number from flows limit 1");
        assert_eq!(answer(&["--output", path, &sql], &[&file]), "");
        let written = std::fs::read_to_string(&end).expect("the answer");
        assert_eq!(written, format!("number\n{number}\n"));
        assert!(link.is_symlink());
    }
}

#[test]
fn an_answer_without_rows_has_its_heading() {
    let file = Sample::Csv.write(&directory("empty")).swap_remove(0);
    let sql = "select srcport, bytes from flows where bytes < 0";
    assert_eq!(answer(&["--format=csv", sql], &[&file]), "srcport,bytes\n");
    assert!(answer(&[sql], &[&file]).contains("| srcport | bytes |"));
}

#[test]
fn a_question_is_printed_as_sql_that_answers_the_same() {
    let directory = directory("show-sql");
    for sample in Sample::ALL {
        let file = sample.write(&directory).swap_remove(0);
        for question in ["--top", "--unknown", "--by-hour"] {
            let sql = answer(&[question, "--show-sql", "--names=common"], &[&file]);
            assert!(sql.contains("'common'"), "{sql}");
            assert_eq!(
                answer(&["--format=csv", &sql], &[&file]),
                answer(&["--format=csv", "--names=common", question], &[&file]),
            );
        }
    }
}

#[test]
fn names_are_the_registrys_or_those_that_people_use() {
    let file = directory("names").join("elastic.csv");
    std::fs::write(&file, "dst_port,proto,bytes\n9200,TCP,7\n").expect("written");
    let heading = "service,bytes,flows";
    assert_eq!(rows(&["--top"], &[&file], heading), ["wap-wsp,7,1"]);
    assert_eq!(
        rows(&["--top", "--names=iana"], &[&file], heading),
        ["wap-wsp,7,1"]
    );
    assert_eq!(
        rows(&["--top", "--names=common"], &[&file], heading),
        ["elasticsearch,7,1"]
    );
}

#[test]
fn columns_may_have_names_of_their_own() {
    let directory = directory("columns");
    let file = directory.join("own.csv");
    let text = "Von,Nach Port,Art,Menge,Zeit,dstport,protocol,bytes\n\
                50000,443,6,3,2026-01-02T03:59:59Z,22,17,1\n";
    std::fs::write(&file, text).expect("written");
    let own = [
        "--port-column=Nach Port",
        "--protocol-column=art",
        "--bytes-column=Menge",
    ];
    let both = [&own[..], &["--source-port-column=Von"]].concat();
    let heading = "service,bytes,flows";
    assert_eq!(
        rows(&[&["--top"], &own[..]].concat(), &[&file], heading),
        ["https,3,1"]
    );
    assert_eq!(
        rows(&[&["--top"], &both[..]].concat(), &[&file], heading),
        ["https,3,1"]
    );
    let hours = [&["--by-hour", "--time-column=Zeit"], &own[..]].concat();
    let hours = rows(&hours, &[&file], "hour,service,bytes,flows");
    assert_eq!(hours, ["2026-01-02T03:00:00,https,3,1"]);

    let missing = complaint(&["--by-hour"], &[&file]);
    assert!(
        missing.contains("--time-column") && missing.contains("Zeit"),
        "{missing}"
    );
    let missing = complaint(&["--top", "--port-column=Nach"], &[&file]);
    assert!(
        missing.contains("`Nach`") && missing.contains("Nach Port"),
        "{missing}"
    );
}

#[test]
fn a_chart_shows_the_services_by_hour() {
    let directory = directory("chart");
    let file = Sample::VpcText.write(&directory).swap_remove(0);
    let chart = directory.join("hours.svg");
    let path = chart.to_str().expect("UTF-8");
    let told = answer(&["--by-hour", "--format=csv", "--chart", path], &[&file]);
    assert_eq!(told, answer(&["--by-hour", "--format=csv"], &[&file]));
    let svg = std::fs::read_to_string(&chart).expect("the chart");
    let texts: Vec<&str> = svg
        .split("<text")
        .skip(1)
        .filter_map(|element| element.split_once('>')?.1.split('<').next())
        .map(str::trim)
        .collect();
    let mut services: Vec<&str> = told
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    services.sort_unstable();
    services.dedup();
    assert!(services.len() > 4);
    for service in services {
        let service = if service.is_empty() {
            "no service"
        } else {
            service
        };
        assert!(
            texts.contains(&service),
            "{service} is missing among {texts:?}"
        );
    }
    for words in ["hour (UTC)", "kB in the hour", "Bytes by service and hour"] {
        assert!(texts.contains(&words), "{words} is missing among {texts:?}");
    }
    assert!(svg.contains("prefers-color-scheme: dark"));
}

#[test]
fn what_cannot_be_read_is_told_in_one_line() {
    let directory = directory("errors");
    let csv = Sample::Csv.write(&directory).swap_remove(0);
    let parquet = Sample::Parquet.write(&directory).swap_remove(0);
    let zeek = Sample::ZeekText.write(&directory).swap_remove(0);
    let written = |name: &str, text: &str| {
        let file = directory.join(name);
        std::fs::write(&file, text).expect("written");
        file
    };
    let sql = "select 1 from flows";
    let cases: [(&[&Path], &str); 11] = [
        (
            &[&directory.join("missing.csv")],
            "missing.csv: No such file",
        ),
        (
            &[&directory.join("missing.log")],
            "missing.log: No such file",
        ),
        (
            &[&written("flows.xml", "")],
            "flows.xml: the kind of file is unknown",
        ),
        (
            &[&written("empty.ndjson", "")],
            "empty.ndjson: no columns are in it",
        ),
        (&[&written("flows", "")], "the kind of file is unknown"),
        (&[&written("flows.parquet.gz", "")], "uncompress"),
        (
            &[&written("syslog.log", "Nov 22 03:06:07 host sshd\n")],
            "syslog.log: expected",
        ),
        (
            &[&written("bare.log", "#separator \\x09\n1\t2\n")],
            "has no line `#fields`",
        ),
        (&[&csv, &parquet], "differ in kind"),
        (
            &[&csv, &written("order.csv", "dstport,srcport\n")],
            "differ in kind",
        ),
        (
            &[&zeek, &written("other.log", "#fields\tts\n#types\ttime\n")],
            "differ in kind",
        ),
    ];
    for (files, words) in cases {
        let told = complaint(&[sql], files);
        assert!(told.contains(words), "{words} is missing in: {told}");
    }
}

#[test]
fn a_question_that_makes_no_sense_is_told_in_one_line() {
    let directory = directory("sql-errors");
    let csv = Sample::Csv.write(&directory).swap_remove(0);
    let made = directory.join("made.csv");
    let copy = format!("copy (select 1) to '{}'", made.display());
    let cases = [
        ("select colour from flows", "colour"),
        ("selekt", "selekt"),
        ("select 1 from others", "others"),
        ("create table a as select 1", "DDL"),
        (copy.as_str(), "DML"),
    ];
    for (sql, words) in cases {
        let told = complaint(&[sql], &[&csv]);
        assert!(told.contains(words), "{words} is missing in: {told}");
    }
    assert!(!made.exists());
}

#[test]
fn a_value_that_is_no_number_is_told_and_leaves_no_answer() {
    let directory = directory("broken");
    let log = directory.join("vpc.log");
    std::fs::write(&log, "srcport dstport bytes\n1 2 3\n1 two 3\n").expect("written");
    let answer = directory.join("answer.csv");
    let path = answer.to_str().expect("UTF-8");
    let told = complaint(&["--output", path, "select dstport from flows"], &[&log]);
    assert!(told.contains("two"), "{told}");
    let left: Vec<_> = std::fs::read_dir(&directory)
        .expect("a directory")
        .flatten()
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_wrong_command_line_has_a_status_of_its_own() {
    let cases: [&[&str]; 8] = [
        &[],
        &["select 1"],
        &["--top"],
        &["--top=many", "a.csv"],
        &["--top", "--unknown", "a.csv"],
        &["--top", "--chart=a.svg", "a.csv"],
        &["--show-sql", "select 1", "a.csv"],
        &["--format=parquet", "select 1", "a.csv"],
    ];
    for arguments in cases {
        let output = run(arguments, &[]);
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(
            (output.status.code(), stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(stderr.starts_with("error: "), "{arguments:?} {stderr}");
    }
}

/// The answer takes no file's place that is read or that the chart is in.
#[test]
fn an_answer_overwrites_no_file_of_the_run() {
    let directory = directory("overwriting");
    let file = Sample::ALL[0].write(&directory).remove(0);
    let before = std::fs::read(&file).expect("a sample");
    let path = file.to_str().expect("UTF-8");
    let output = run(&["--output", path, "select 1 from flows"], &[&file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is read or written already: name another file"));
    assert_eq!(std::fs::read(&file).expect("a sample"), before);
    for arguments in [
        &["--by-hour", "--chart", "new.csv", "--output", "new.csv"][..],
        &["--output", "answer.json", "select 1 from flows"],
    ] {
        assert_eq!(
            run(arguments, &[&file]).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_reader_that_leaves_ends_the_program_quietly() {
    let file = Sample::Csv.write(&directory("pipe")).swap_remove(0);
    let mut child = Command::new(program())
        .args([
            "--format=csv",
            "select value from generate_series(1, 100000000)",
        ])
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(0), "")
    );
}
