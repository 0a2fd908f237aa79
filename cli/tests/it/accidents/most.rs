//! More different services than memory holds, counted by `ports label --summary`. These tests take
//! minutes, so they are run every night, with an optimized program.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write};

use super::label::{fed, limited};

const LINES: u64 = 100_000_000;

/// Ports that only guessing tells apart: clients get both.
const ONE: u64 = 49_152;
const OTHER: u64 = 40_000;

/// Writes a number with as many digits as there are places.
fn put(number: u64, to: &mut [u8]) {
    let mut rest = number;
    for digit in to.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// The counts of a summary, added up by the kind of row, and how many rows there are.
fn counted(from: &mut dyn Read) -> (BTreeMap<String, u64>, usize) {
    let mut text = String::new();
    from.read_to_string(&mut text).expect("UTF-8");
    let mut lines = BTreeMap::new();
    for row in text.lines().skip(1) {
        let cells: Vec<_> = row.split(',').collect();
        let number: u64 = cells[4].parse().expect("a number");
        *lines.entry(cells[0].to_owned()).or_default() += number;
    }
    (lines, text.lines().count())
}

#[test]
#[ignore = "takes minutes: nightly"]
fn nightly_a_hundred_million_pairs_of_ports_are_counted_in_bounded_memory() {
    // Every line has another pair: 16,384 ports by 6,104.
    let write = |out: &mut dyn Write| -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, out);
        let mut line = *b"00000,00000\n";
        for index in 0..LINES {
            put(ONE + index % 16_384, &mut line[..5]);
            put(OTHER + index / 16_384, &mut line[6..11]);
            out.write_all(&line)?;
        }
        out.flush()
    };
    let mut found = None;
    let child = limited(131_072, "--columns 1,2 --summary --format csv --names iana");
    let told = fed(child, write, |from| found = Some(counted(from)));
    assert_eq!(told, (String::new(), Some(0)));
    let (lines, rows) = found.expect("a summary");
    assert_eq!(lines.values().sum::<u64>(), LINES, "{lines:?}");
    // No more than the ports that there are.
    assert!(rows < 16_384 + 6_104 + 10, "{rows}");
}

#[test]
#[ignore = "takes minutes: nightly"]
fn nightly_a_hundred_million_names_are_counted_in_bounded_memory() {
    let write = |out: &mut dyn Write| -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, out);
        let mut line = *b"IP a.n000000000 > b.49000: Flags [S], length 1\n";
        for index in 0..LINES {
            put(index, &mut line[6..15]);
            out.write_all(&line)?;
        }
        out.flush()
    };
    let mut found = None;
    let child = limited(65_536, "--summary --format csv");
    let told = fed(child, write, |from| found = Some(counted(from)));
    assert_eq!(told, (String::new(), Some(0)));
    let (lines, rows) = found.expect("a summary");
    let expected = [
        ("name".to_owned(), 10_000),
        ("other-names".to_owned(), LINES - 10_000),
    ];
    assert_eq!(lines, BTreeMap::from(expected));
    // The heading, the names and the row of the others.
    assert_eq!(rows, 10_002);
}
