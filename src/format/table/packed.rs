//! Tables as Rust source.

use std::fmt::{self, Display};

/// A table as Rust source: its type, and the expression that makes it.
pub struct Packed {
    pub kind: String,
    pub value: String,
    /// How many bytes of text it points to, which are no part of the type.
    pub text: usize,
}

impl Packed {
    /// A call of `new` of a generic type, with the sizes of its arrays and its fields.
    #[inline]
    pub fn new(kind: &str, sizes: &[&dyn Display], fields: &[&dyn Display]) -> Self {
        Self {
            kind: format!("{kind}<{}>", joined(sizes)),
            value: format!("{kind}::new({})", joined(fields)),
            text: 0,
        }
    }

    /// A table whose fields are tables: their sizes are its own.
    #[inline]
    pub fn of_tables(kind: &str, fields: &[&Self]) -> Self {
        let sizes: Vec<&str> = fields.iter().map(|field| field.sizes()).collect();
        let values: Vec<&str> = fields.iter().map(|field| field.value.as_str()).collect();
        Self {
            kind: format!("{kind}<{}>", joined(&sizes)),
            value: format!("{kind}::new({})", joined(&values)),
            text: fields.iter().map(|field| field.text).sum(),
        }
    }

    /// What stands between the angle brackets of the type.
    #[inline]
    pub fn sizes(&self) -> &str {
        let inner = self.kind.split_once('<').map(|(_, sizes)| sizes);
        inner
            .and_then(|sizes| sizes.strip_suffix('>'))
            .unwrap_or_default()
    }
}

#[inline]
fn joined<T: Display>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}

/// More of something than the tables can count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    pub what: &'static str,
    pub limit: usize,
}

impl Display for TooMany {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, limit } = self;
        write!(f, "more than {limit} {what} found, expected at most that")
    }
}

/// A number in the two bytes that the tables have for it.
#[inline]
pub fn narrow(number: usize, what: &'static str) -> Result<u16, TooMany> {
    let limit = usize::from(u16::MAX);
    u16::try_from(number).map_err(|_| TooMany { what, limit })
}
