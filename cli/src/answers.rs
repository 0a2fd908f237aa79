//! One answer a line, for scripts: what `ports name` and `ports port` share.

use std::io::{self, Write};

use crate::names::{Base, NameOptions, Tables};
use crate::outcome::{Answered, Outcome, complain};
use crate::record::cells::ABSENT;
use crate::show::question::{Question, for_each};

/// Writes a line for each question: its answer, or [`ABSENT`] with the reason on standard error.
pub(crate) fn write_each(
    asked: &[String],
    names: &NameOptions,
    answer: impl Fn(&Question, &Tables<'_>) -> Result<String, String>,
) -> Outcome {
    let read = names.read(Base::Common)?;
    let tables = read.tables();
    let mut out = io::stdout().lock();
    let mut all = true;
    for_each(asked, |text| {
        for question in Question::read_all(text, tables.names()) {
            match answer(&question, &tables) {
                Ok(answer) => writeln!(out, "{answer}")?,
                Err(why) => {
                    complain(&format!("{}: {why}", question.text.escape_debug()));
                    all = false;
                    writeln!(out, "{ABSENT}")?;
                }
            }
        }
        Ok(())
    })?;
    Ok(Answered::all_if(all))
}
