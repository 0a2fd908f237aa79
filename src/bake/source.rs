//! Writing statics as Rust source.

use std::fmt::{Display, Write};

use super::layout::{Lists, Runs, Sparse, Texts};
use super::port_runs::PortRuns;

/// Rust source in the making, and how many bytes its tables will take.
#[derive(Default)]
pub struct Source {
    text: String,
    sizes: Vec<(String, usize)>,
}

impl Source {
    pub fn into_text(self) -> String {
        self.text
    }

    /// The arrays and texts in the order in which they were written, with their sizes in bytes.
    pub fn into_sizes(self) -> Vec<(String, usize)> {
        self.sizes
    }

    /// A text.
    pub fn string(&mut self, name: &str, text: &str) {
        self.item(name, "&str", format_args!("{text:?}"));
        self.sizes.push((name.to_owned(), text.len()));
    }

    pub fn constant(&mut self, name: &str, kind: &str, value: impl Display) {
        self.line(format_args!("pub(crate) const {name}: {kind} = {value};"));
    }

    pub fn item(&mut self, name: &str, kind: &str, value: impl Display) {
        self.line(format_args!("pub(crate) static {name}: {kind} = {value};"));
    }

    /// An array of elements of this type.
    pub fn array<T: Display>(&mut self, name: &str, kind: &str, values: &[T]) {
        self.sizes
            .push((name.to_owned(), size_of_kind(kind) * values.len()));
        self.line(format_args!(
            "pub(crate) static {name}: [{kind}; {}] = [",
            values.len()
        ));
        for line in values.chunks(24) {
            for value in line {
                self.write(format_args!("{value},"));
            }
            self.text.push('\n');
        }
        self.text.push_str("];\n");
    }

    pub fn shorts(&mut self, name: &str, values: &[u16]) {
        self.array(name, "u16", values);
    }

    /// An array of integers, as narrow as the largest allows.
    pub fn narrowest<T: Copy + Display + TryInto<u64>>(&mut self, name: &str, values: &[T]) {
        let largest = values
            .iter()
            .filter_map(|&value| value.try_into().ok())
            .max();
        self.array(name, narrowest(largest.unwrap_or(0)), values);
    }

    /// `NAME_TEXT`, `NAME_STARTS` and `NAME_CARRIES`: of every start the lower 16 bits, and the
    /// numbers of the texts at which the upper ones grow by one.
    pub fn texts(&mut self, name: &str, texts: &Texts) {
        self.string(&format!("{name}_TEXT"), &texts.text);
        let low: Vec<u16> = texts.starts.iter().map(|&start| start as u16).collect();
        self.shorts(&format!("{name}_STARTS"), &low);
        let mut carries: Vec<usize> = Vec::new();
        for (number, &start) in texts.starts.iter().enumerate() {
            carries.resize(start >> 16, number);
        }
        self.narrowest(&format!("{name}_CARRIES"), &carries);
    }

    /// `NAME_ITEMS` and `NAME_STARTS`.
    pub fn lists(&mut self, name: &str, lists: &Lists) {
        self.shorts(&format!("{name}_ITEMS"), &lists.items);
        self.narrowest(&format!("{name}_STARTS"), &lists.starts);
    }

    /// `NAME_ROWS` and `NAME_VALUES`.
    pub fn sparse(&mut self, name: &str, column: &Sparse) {
        self.shorts(&format!("{name}_ROWS"), &column.rows);
        self.shorts(&format!("{name}_VALUES"), &column.values);
    }

    /// `NAME_BEGINS` and `NAME_BEFORE`.
    pub fn runs(&mut self, name: &str, column: &Runs) {
        self.array(&format!("{name}_BEGINS"), "u64", &column.begins);
        self.shorts(&format!("{name}_BEFORE"), &column.before);
    }

    /// `NAME_ENDS`, `NAME_HANDLES`, `NAME_BLOCKS` and `NAME_LIST_BLOCKS`.
    pub fn port_runs(&mut self, name: &str, runs: &PortRuns) {
        self.shorts(&format!("{name}_ENDS"), &runs.ends);
        self.shorts(&format!("{name}_HANDLES"), &runs.handles);
        self.narrowest(&format!("{name}_BLOCKS"), &runs.blocks);
        self.constant(&format!("{name}_LIST_BLOCKS"), "usize", runs.list_blocks);
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        self.write(line);
        self.text.push('\n');
    }

    fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        _ = self.text.write_fmt(arguments);
    }
}

/// The narrowest unsigned type that holds a value.
fn narrowest(largest: u64) -> &'static str {
    match largest {
        0..=0xFF => "u8",
        0x100..=0xFFFF => "u16",
        _ => "u32",
    }
}

/// The size in bytes of a type that the tables are made of, on a 64-bit target.
fn size_of_kind(kind: &str) -> usize {
    match kind {
        "u8" | "ReferenceKind" => 1,
        "u16" => 2,
        "u32" => 4,
        "u64" | "usize" => 8,
        // Three numbers of four bytes and two of eight, with padding.
        "LengthClass" => 32,
        other => unreachable!("no table is made of {other}"),
    }
}
