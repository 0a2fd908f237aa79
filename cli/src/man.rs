//! `ports man`: the manual pages, made from the flags.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::outcome::{Answered, Outcome};

/// Write the manual page of the program
#[derive(Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments) -> Outcome {
    let mut page = Vec::new();
    Man::new(crate::Arguments::command()).render(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(Answered::All)
}
