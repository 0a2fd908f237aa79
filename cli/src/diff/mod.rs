//! `ports diff`: what two files of names say differently.

use std::path::PathBuf;

use clap::Args;

use crate::outcome::{Failure, Outcome};

/// Compare two services files or exports, or one with the registry
#[derive(Args)]
pub(crate) struct Arguments {
    /// A services file or an export, or `registry` for what is compiled in
    old: PathBuf,

    /// The same
    new: PathBuf,
}

pub(crate) fn run(_arguments: &Arguments) -> Outcome {
    Err(Failure::Run("`diff` comes with a later commit".to_owned()))
}
