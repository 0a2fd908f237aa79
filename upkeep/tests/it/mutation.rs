//! The reader on registries with random changes, the same on every run. `agreement` says what must
//! hold for every input, and `fuzz/README.md` how to run more of them.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use crate::agreement::{Outcome, assert_agreement};
use crate::support::numbers::Numbers;

/// How many changed inputs to try if the environment variable `PORT_REGISTRY_MUTANTS` is not set.
const MUTANTS: u64 = 4000;

/// The corpus of the fuzz target: cut-outs of the registry, and what fuzzing made of them.
fn corpus() -> BTreeMap<String, Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/reader");
    let entries = fs::read_dir(&directory).expect("the corpus is committed");
    let files = entries.map(|entry| {
        let path = entry.expect("the corpus can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bytes = fs::read(&path).expect("a seed can be read");
        (name.into_owned(), bytes)
    });
    files.collect()
}

/// Whether a seed is one of the cut-outs.
fn is_cut_out(name: &str) -> bool {
    name.ends_with(".xml")
}

/// The cut-outs are valid registries. Files of other kinds are inputs that fuzzing found.
#[test]
fn the_reader_agrees_with_another_on_every_seed() {
    for (name, seed) in corpus() {
        let outcome = assert_agreement(&seed);
        assert!(outcome == Outcome::Checked || !is_cut_out(&name), "{name}");
    }
}

#[test]
fn the_reader_agrees_with_another_on_every_mutant() {
    // What fuzzing found is mostly refused already.
    let cut_outs = corpus().into_iter().filter(|(name, _)| is_cut_out(name));
    let corpus: Vec<Vec<u8>> = cut_outs.map(|(_, bytes)| bytes).collect();
    let mutants = match env::var("PORT_REGISTRY_MUTANTS") {
        Ok(count) => count.parse().expect("PORT_REGISTRY_MUTANTS is a number"),
        Err(_) => MUTANTS,
    };
    let mut outcomes = [0_u64; 3];
    for number in 0..mutants {
        let mutant = Mutant::new(&corpus, number).bytes;
        match catch_unwind(AssertUnwindSafe(|| assert_agreement(&mutant))) {
            Ok(outcome) => outcomes[outcome as usize] += 1,
            Err(panic) => {
                eprintln!("mutant {number}:\n{}", String::from_utf8_lossy(&mutant));
                resume_unwind(panic);
            }
        }
    }
    let [refused, read, checked] = outcomes;
    println!("{mutants} mutants: {refused} refused, {read} read, {checked} read and checked");
    // If all changes were refused, or all accepted, the test would show little.
    assert!(refused > mutants / 10 && checked > mutants / 10);
}

/// Pieces of XML that are easy to get wrong, and values at the limits of what is accepted.
const TOKENS: &[&str] = &[
    "<",
    ">",
    "/",
    "&",
    ";",
    "\"",
    "'",
    "=",
    "-",
    ":",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "]]>",
    "<![CDATA[",
    "<![CDATA[]]>",
    "<![CDATA[ ]]>",
    "<!--",
    "-->",
    "<!-- a -->",
    "<!---->",
    "--",
    "<?",
    "?>",
    "<?a?>",
    "<?xml version=\"1.0\"?>",
    "<?XML?>",
    "<!DOCTYPE r>",
    "<!",
    "&amp;",
    "&lt;",
    "&#10;",
    "&#13;",
    "&#9;",
    "&#32;",
    "&#xA0;",
    "&#x;",
    "&#0;",
    "&#x1F;",
    "&#xFFFE;",
    "&#x10FFFF;",
    "&#x110000;",
    "&#xD800;",
    "&nbsp;",
    "&;",
    "& ",
    "\u{FEFF}",
    "\u{A0}",
    "\u{85}",
    "\u{2028}",
    "\u{3000}",
    "\u{0}",
    "\u{B}",
    "\u{FFFF}",
    "é",
    "Å",
    "ß",
    "<br/>",
    "<br></br>",
    "<br>a</br>",
    "<paragraph>",
    "</paragraph>",
    "<record>",
    "</record>",
    "<record/>",
    "<name/>",
    "<name>",
    "</name>",
    "<number>0</number>",
    "<number>65535</number>",
    "<number>65536</number>",
    "<sc>4294967296</sc>",
    "<protocol>TCP</protocol>",
    "<xref type=\"text\">a \n b</xref>",
    "<xref type=\"rfc\" data=\"rfc1\" section=\" &#10; 2\"/>",
    "<xref type=\"note\" data=\"1\"/>",
    "<xref type=\"person\" data=\"IESG\"/>",
    " xmlns=\"\"",
    " xmlns:a=\"urn:a\"",
    " xmlns=\"http://www.iana.org/assignments\"",
    " xml:lang=\"en\"",
    " a:b=\"c\"",
    " date=\"2026-02-29\"",
    " id=\"\"",
    " updated=\"2026-08\"",
];

/// An input with a few changes.
struct Mutant<'a> {
    bytes: Vec<u8>,
    corpus: &'a [Vec<u8>],
    numbers: Numbers,
}

impl<'a> Mutant<'a> {
    fn new(corpus: &'a [Vec<u8>], number: u64) -> Self {
        let mut numbers = Numbers(number);
        let bytes = corpus[numbers.below(corpus.len())].clone();
        let mut mutant = Self {
            bytes,
            corpus,
            numbers,
        };
        // Mostly one change: with more changes, the input is more often refused for the first of
        // them.
        let changes = 1 + mutant.numbers.below(16) / 10 + mutant.numbers.below(16) / 14;
        for _ in 0..changes {
            mutant.change();
        }
        mutant
    }

    fn change(&mut self) {
        match self.numbers.below(20) {
            0 => self.flip_bit(),
            1 => self.replace_byte(),
            2 => self.cut(1, 1),
            3 => self.cut(1, 40),
            4 => self.truncate(),
            5 => self.repeat(),
            6 => self.splice(),
            7 | 8 => self.cut_between_tags(),
            9 | 10 => self.swap_between_tags(),
            11 | 12 => {
                let place = self.place();
                self.insert_token(place);
            }
            13 => {
                let range = self.range(1, 12);
                self.replace_with_token(range);
            }
            14..=17 => {
                let place = self.range_of_text().start;
                self.insert_token(place);
            }
            _ => {
                let range = self.range_of_text();
                self.replace_with_token(range);
            }
        }
    }

    /// A place in the input. It may be the end.
    fn place(&mut self) -> usize {
        self.numbers.below(self.bytes.len() + 1)
    }

    /// A range of the input with a length within these bounds, cut off at the end.
    fn range(&mut self, shortest: usize, longest: usize) -> Range<usize> {
        let start = self.place();
        let length = shortest + self.numbers.below(longest - shortest + 1);
        start..(start + length).min(self.bytes.len())
    }

    /// A range that begins and ends before a `<`.
    fn range_between_tags(&mut self) -> Range<usize> {
        let tags = |bytes: &[u8]| bytes.iter().position(|&byte| byte == b'<');
        let from = self.place();
        let start = from + tags(&self.bytes[from..]).unwrap_or(0);
        let mut end = start;
        for _ in 0..=self.numbers.below(8) {
            let rest = self.bytes.get(end + 1..).unwrap_or_default();
            end = tags(rest).map_or(self.bytes.len(), |tag| end + 1 + tag);
        }
        start..end
    }

    /// A range of up to three bytes, maybe empty, in a text that is not white space.
    fn range_of_text(&mut self) -> Range<usize> {
        let from = self.place();
        let begins_text = |pair: &[u8]| pair[0] == b'>' && pair[1].is_ascii_alphanumeric();
        let before = self.bytes[from..].windows(2).position(begins_text);
        let start = from + before.map_or(0, |before| before + 1);
        let text = self.bytes[start..].iter().take_while(|&&byte| byte != b'<');
        let end = start + text.count();
        let start = start + self.numbers.below(end - start + 1);
        start..end.min(start + self.numbers.below(4))
    }

    fn flip_bit(&mut self) {
        let (place, bit) = (self.place(), self.numbers.below(8));
        if let Some(byte) = self.bytes.get_mut(place) {
            *byte ^= 1 << bit;
        }
    }

    fn replace_byte(&mut self) {
        let (place, value) = (self.place(), self.numbers.next() as u8);
        if let Some(byte) = self.bytes.get_mut(place) {
            *byte = value;
        }
    }

    fn cut(&mut self, shortest: usize, longest: usize) {
        let range = self.range(shortest, longest);
        self.bytes.drain(range);
    }

    fn truncate(&mut self) {
        let end = self.place();
        self.bytes.truncate(end);
    }

    fn insert_token(&mut self, place: usize) {
        let token = self.numbers.pick(TOKENS);
        self.bytes.splice(place..place, token.bytes());
    }

    fn replace_with_token(&mut self, range: Range<usize>) {
        let token = self.numbers.pick(TOKENS);
        self.bytes.splice(range, token.bytes());
    }

    fn repeat(&mut self) {
        let range = self.range(1, 80);
        let (end, copy) = (range.end, self.bytes[range].to_vec());
        self.bytes.splice(end..end, copy);
    }

    /// Replaces a part of this seed with a part of another one.
    fn splice(&mut self) {
        let other = &self.corpus[self.numbers.below(self.corpus.len())];
        let start = self.numbers.below(other.len() + 1);
        let end = (start + self.numbers.below(200)).min(other.len());
        let range = self.range(0, 200);
        self.bytes.splice(range, other[start..end].iter().copied());
    }

    fn cut_between_tags(&mut self) {
        let range = self.range_between_tags();
        self.bytes.drain(range);
    }

    fn swap_between_tags(&mut self) {
        let range = self.range_between_tags();
        let moved: Vec<u8> = self.bytes.drain(range).collect();
        let place = self.range_between_tags().start;
        self.bytes.splice(place..place, moved);
    }
}
