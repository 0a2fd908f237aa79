//! CSV and TSV as spreadsheets, data frames and databases write them.

use port_registry::{COMMON, Protocol, Tcp, Udp};
use proptest::prelude::*;

use super::run::label;

/// The records of a CSV, read by the `csv` crate.
fn records(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text);
    let records = reader.records();
    records
        .map(|record| record.expect("CSV").iter().map(str::to_owned).collect())
        .collect()
}

fn labelled(arguments: &[&str], input: &str) -> String {
    let run = label(arguments, input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{input}");
    run.text().to_owned()
}

/// The bytes of the only service of a summary.
fn bytes(cell: &str) -> String {
    let input = format!("s;d;b\r\n51514;443;{cell}\r\n");
    let summary = labelled(&["--columns", "s,d,-,b", "--summary"], &input);
    let row = summary.lines().nth(1).expect("a row");
    assert!(row.starts_with("https "), "{summary}");
    row.split_ascii_whitespace()
        .last()
        .expect("a cell")
        .to_owned()
}

#[test]
fn numbers_of_data_frames_and_blanks_are_read() {
    let input = "src,dst,proto\n51514.0,443.0,6.0\n51514,53.00,UDP \n\" 22 \", 51514 , tcp\n\
                 1,443.5,tcp\n1,443.,tcp\n";
    let run = label(&["--columns", "src,dst,proto"], input.as_bytes());
    assert_eq!(
        run.text(),
        "src,dst,proto\n51514.0,https,6.0\n51514,domain,UDP \n\" ssh \", 51514 , tcp\n\
         1,443.5,tcp\n1,443.,tcp\n"
    );
    assert_eq!(
        run.stderr,
        "ports: 2 of 6 lines not understood, passed through unchanged\n"
    );
    let both = label(
        &["--columns", "src,dst", "--style", "both"],
        b"src,dst\n1.5,2\n51514.0,443.0\n",
    );
    assert_eq!(both.text(), "src,dst\n1.5,2\n51514.0,443.0(https)\n");
}

#[test]
fn the_delimiter_is_the_one_by_which_the_columns_are_there() {
    let cases: [(&[&str], &str, &str); 9] = [
        (
            &["--columns", "a,b"],
            "a|b\n1024|443\n",
            "a|b\n1024|https\n",
        ),
        (
            &["--columns", "sport,dport"],
            "\"a, b\";sport;dport\nx;51514;443\n",
            "\"a, b\";sport;dport\nx;51514;https\n",
        ),
        (
            &["--columns", "sport,dport"],
            "host,name;sport;dport\nx,y;51514;443\n",
            "host,name;sport;dport\nx,y;51514;https\n",
        ),
        (
            &["--columns", "1,2"],
            "sep=;\r\n51514;443\r\n",
            "sep=;\r\n51514;https\r\n",
        ),
        (
            &["--columns", "s,d"],
            "\u{feff}\"SEP=|\"\ns|d\n51514|443\n",
            "\u{feff}\"SEP=|\"\ns|d\n51514|https\n",
        ),
        (
            &["--input", "csv", "--columns", "s,d"],
            "sep=;\ns;d\n51514;443\n",
            "sep=;\ns;d\n51514;https\n",
        ),
        (
            &["--columns", "s,d", "--delimiter", ":"],
            "s:d\n51514:443\n",
            "s:d\n51514:https\n",
        ),
        (
            &["--columns", "s,d", "--delimiter", "tab"],
            "s\td\n51514\t443\n",
            "s\td\n51514\thttps\n",
        ),
        (
            &["--columns", "2", "--delimiter", "|"],
            "a,b;c|443\n",
            "a,b;c|https\n",
        ),
    ];
    for (arguments, input, expected) in cases {
        assert_eq!(labelled(arguments, input), expected);
    }
}

#[test]
fn a_heading_may_hold_a_comma_quotes_and_a_mark() {
    let input = "\u{feff}\"port, source\",\"say \"\"to\"\"\"\n51514,443\n";
    let columns = r#""port, source","say ""to""""#;
    assert_eq!(
        labelled(&["--columns", columns], input),
        input.replace("443", "https")
    );
    // The first line may be a record.
    let input = "\u{feff}443,51514\n53,51514\n";
    assert_eq!(
        labelled(&["--columns", "1,2", "--style", "append-column"], input),
        "\u{feff}443,51514,https\n53,51514,domain\n"
    );
    let input = "\u{feff}\"443\",51514\n";
    assert_eq!(
        labelled(&["--columns", "1,2"], input),
        input.replace("443", "https")
    );
}

/// What is read of a number of bytes, and how.
#[test]
fn bytes_may_have_groups_and_a_fraction() {
    for (cell, expected) in [
        ("1234", "1234"),
        (" 1234 ", "1234"),
        ("1234.0", "1234"),
        ("1234.5", "1234"),
        ("1234,5", "1234"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("1.234,5", "1234"),
        ("1,234.50", "1234"),
        ("12.345.678,9", "12345678"),
        ("1,234,567", "1234567"),
        ("1 234 567", "1234567"),
        ("1'234'567", "1234567"),
        ("1\u{202f}234", "1234"),
        ("\"1,234\"", "1234"),
        ("0.500", "0"),
        ("0,5", "0"),
        ("1234.500", "1234"),
    ] {
        assert_eq!(bytes(cell), expected, "{cell}");
    }
    // Something else is no number of bytes; then there are none.
    for cell in [
        "-5",
        "1,2,3",
        "1.2.3,4",
        "12kB",
        "1e6",
        ".5",
        ",",
        "1,234.5.6",
    ] {
        let input = format!("s;d;b\n51514;443;{cell}\n");
        let summary = labelled(&["--columns", "s,d,-,b", "--summary"], &input);
        assert!(!summary.contains("BYTES"), "{cell}: {summary}");
    }
}

#[test]
fn a_wrong_delimiter_ends_with_2() {
    for delimiter in ["", "ab", "\"", "5", "x", "é", "\n"] {
        let run = label(&["--columns", "1,2", "--delimiter", delimiter], b"");
        assert!(run.stderr.contains("one character"), "{}", run.stderr);
        assert_eq!((run.text(), run.status), ("", 2));
    }
    let run = label(&["--delimiter", ";"], b"");
    assert!(run.stderr.contains("--columns"), "{}", run.stderr);
    assert_eq!(run.status, 2);
}

/// A quote has a meaning only at the start of a field. A cell may be larger than what is read at
/// once.
#[test]
fn quotes_are_those_of_csv() {
    let large = "x,\n\"\"".repeat(70_000);
    for cell in [
        "5\" disk",
        "a\"\"b",
        "\"a, \"\"b\"\"\nc\"",
        "\"\"",
        "\"\"\"\"",
        "\"a\"b",
        &format!("\"{large}\""),
    ] {
        let input = format!("{cell},51514,443\n{cell},51514,\"53\"\n");
        let expected = format!("{cell},51514,https\n{cell},51514,\"domain\"\n");
        let found = labelled(&["--columns", "2,3"], &input);
        assert!(found == expected, "{}", &cell[..cell.len().min(20)]);
    }
}

fn protocol() -> impl Strategy<Value = (Protocol, &'static str)> {
    prop_oneof![
        Just((Tcp, "tcp")),
        Just((Tcp, "6")),
        Just((Udp, "UDP")),
        Just((Udp, "17"))
    ]
}

/// A field with everything that makes a writer put it in quotes.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,5}",
        "[a-z\",;|\t\n ]{0,9}",
        Just("\"".to_owned()),
        Just("\r\n".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Read by the `csv` crate, the output is the input with names in place of ports, or with one
    /// more field, whatever writer made the input.
    #[test]
    fn the_output_is_the_input_for_other_readers(
        rows in prop::collection::vec((text(), any::<u16>(), protocol(), text()), 1..40),
        delimiter in prop::sample::select(b",;|\t".to_vec()),
        always in any::<bool>(),
    ) {
        let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(style)
            .from_writer(Vec::new());
        writer.write_record(["before", "port", "proto", "after"]).expect("written");
        for (before, port, (_, word), after) in &rows {
            let record = [before, &port.to_string(), word.to_owned(), after];
            writer.write_record(record).expect("written");
        }
        let input = writer.into_inner().expect("written");
        let before = records(&input, delimiter);
        for append in [false, true] {
            let style = if append { "append-column" } else { "name" };
            let run = label(&["--columns", "port,-,proto", "--style", style], &input);
            prop_assert_eq!((run.stderr.as_str(), run.status), ("", 0));
            let after = records(&run.stdout, delimiter);
            prop_assert_eq!(before.len(), after.len());
            prop_assert_eq!(before.len(), rows.len() + 1);
            for ((before, after), (_, port, (protocol, _), _)) in before.iter().zip(&after).skip(1).zip(&rows) {
                let name = COMMON.name(*port, *protocol);
                let mut expected = before.clone();
                if append {
                    expected.push(name.unwrap_or("").to_owned());
                } else if let Some(name) = name {
                    name.clone_into(&mut expected[1]);
                }
                prop_assert_eq!(after, &expected);
            }
        }
    }

    /// Fields that no careful writer makes, with quotes anywhere: read by the `csv` crate, the
    /// output has the same fields and one more.
    #[test]
    fn odd_quotes_are_read_as_other_readers_do(
        rows in prop::collection::vec(
            ("[a\" ]{0,6}", "\"([a,\n ]|\"\"){0,5}\"[a\"]{0,2}", any::<u16>()),
            1..40,
        ),
    ) {
        // A field that opens a quote must close it.
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|(plain, quoted, _)| !plain.starts_with('"') && !quoted.ends_with("a\""))
            .filter(|(_, quoted, _)| quoted.bytes().filter(|&byte| byte == b'"').count() % 2 == 0)
            .collect();
        prop_assume!(!rows.is_empty());
        let lines = rows.iter().map(|(plain, quoted, port)| format!("{plain},{quoted},{port}\n"));
        let input = format!("a,b,port\n{}", lines.collect::<String>());
        let run = label(&["--columns", "port", "--style", "append-column"], input.as_bytes());
        let (before, after) = (records(input.as_bytes(), b','), records(&run.stdout, b','));
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after).skip(1) {
            let port = before.last().and_then(|port| port.parse().ok());
            let port: u16 = port.expect("a port");
            let mut expected = before.clone();
            expected.push(COMMON.name(port, Tcp).unwrap_or("").to_owned());
            prop_assert_eq!(after, &expected);
        }
    }

    /// Labels do not depend on quotes.
    #[test]
    fn quoted_csv_has_the_labels_of_unquoted(
        rows in prop::collection::vec((any::<u16>(), any::<u16>(), protocol(), any::<u32>()), 1..60),
    ) {
        let write = |quote: &str| {
            let mut text = "s,d,p,b\n".to_owned();
            for (source, destination, (_, word), bytes) in &rows {
                let cells = [&source.to_string(), &destination.to_string(), *word, &bytes.to_string()];
                let cells: Vec<_> = cells.iter().map(|cell| format!("{quote}{cell}{quote}")).collect();
                text += &cells.join(",");
                text += "\n";
            }
            text
        };
        for arguments in [&["--style", "name"][..], &["--style", "both"], &["--style", "append-column"], &["--only-unknown"], &["--summary"]] {
            let arguments = [&["--columns", "s,d,p,b"], arguments].concat();
            let plain = label(&arguments, write("").as_bytes());
            let quoted = label(&arguments, write("\"").as_bytes());
            prop_assert_eq!(records(&plain.stdout, b','), records(&quoted.stdout, b','));
            prop_assert_eq!(plain.stderr, quoted.stderr);
        }
    }
}
