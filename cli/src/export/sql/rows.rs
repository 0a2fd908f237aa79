//! Rows as `INSERT` statements of standard SQL.

use std::io::{self, Write};

use port_registry::Date;

/// A value in a row.
pub(super) enum Value {
    Null,
    Truth(bool),
    Number(u64),
    Text(String),
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        // No platform has wider places in a list.
        Self::Number(number as u64)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Value {
    /// As standard SQL writes it: quotes are doubled, and nothing else is special.
    fn literal(&self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Truth(true) => "TRUE".to_owned(),
            Self::Truth(false) => "FALSE".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("'{}'", text.replace('\'', "''")),
        }
    }
}

/// Rows in one statement. SQLite takes longer ones slowly.
const ROWS: usize = 500;

/// The rows of a table, several in a statement.
pub(super) struct Rows<'o, W> {
    out: &'o mut W,
    table: &'static str,
    /// Rows in the statement that is not finished.
    open: usize,
}

impl<'o, W: Write> Rows<'o, W> {
    pub(super) fn of(table: &'static str, out: &'o mut W) -> Self {
        Self {
            out,
            table,
            open: 0,
        }
    }

    pub(super) fn add<const COLUMNS: usize>(&mut self, row: [Value; COLUMNS]) -> io::Result<()> {
        if self.open == ROWS {
            self.close()?;
        }
        if self.open == 0 {
            write!(self.out, "\nINSERT INTO {} VALUES\n", self.table)?;
        } else {
            writeln!(self.out, ",")?;
        }
        self.open += 1;
        write!(
            self.out,
            "({})",
            row.map(|value| value.literal()).join(", ")
        )
    }

    /// Must be called after the last row.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.close()
    }

    fn close(&mut self) -> io::Result<()> {
        if self.open > 0 {
            self.open = 0;
            writeln!(self.out, ";")?;
        }
        Ok(())
    }
}
