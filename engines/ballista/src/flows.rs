//! Files of flow logs to ask questions of.

use crate::{Result, files};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Flows in all files together
    #[arg(long, default_value_t = 10_000_000)]
    rows: u64,
    /// Folder to write to; the files get a folder of their own in it
    folder: PathBuf,
}

/// Prints the folder of the files.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = files::provide(&arguments.folder, arguments.rows)?;
    println!("{}", folder.display());
    Ok(())
}
