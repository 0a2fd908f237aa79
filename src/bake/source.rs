//! Writing statics as Rust source.

use std::fmt::{Debug, Display, Write};

use crate::format::table::Packed;

/// Rust source in the making.
#[derive(Default)]
pub struct Source {
    text: String,
    /// For each static its name and an expression of its size in bytes.
    sizes: Vec<(String, String)>,
}

impl Source {
    /// The source, at its end the sizes of all tables, which the compiler computes.
    pub fn into_text(mut self) -> String {
        let sizes = std::mem::take(&mut self.sizes);
        self.line(format_args!(
            "pub(crate) const SIZES: [(&str, usize); {}] = [",
            sizes.len()
        ));
        for (name, size) in sizes {
            self.line(format_args!("({name:?}, {size}),"));
        }
        self.line(format_args!("];"));
        self.text
    }

    pub fn constant(&mut self, name: &str, kind: &str, value: impl Display) {
        self.line(format_args!("pub(crate) const {name}: {kind} = {value};"));
    }

    /// A shorter name of a type.
    pub fn alias(&mut self, name: &str, kind: &str) {
        self.line(format_args!("pub(crate) type {name} = {kind};"));
    }

    /// A static whose size is this expression.
    pub fn item(&mut self, name: &str, kind: &str, value: impl Display, size: String) {
        self.line(format_args!("pub(crate) static {name}: {kind} = {value};"));
        self.sizes.push((name.to_owned(), size));
    }

    /// A table.
    pub fn table(&mut self, name: &str, table: &Packed) {
        self.item(
            name,
            &table.kind,
            &table.value,
            format!("size_of_val(&{name})"),
        );
        if table.text > 0 {
            self.sizes
                .push((format!("{name}, text"), table.text.to_string()));
        }
    }

    /// An array of integers.
    pub fn array<T: Debug>(&mut self, name: &str, values: &[T]) {
        let kind = format!("[{}; {}]", std::any::type_name::<T>(), values.len());
        self.item(
            name,
            &kind,
            format_args!("{values:?}"),
            format!("size_of_val(&{name})"),
        );
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        _ = writeln!(self.text, "{line}");
    }
}
