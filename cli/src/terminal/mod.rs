//! Output for people: colours, links and the width of a terminal, and a pager where it is long.
//! In a pipe and in a file it is plain text.

mod link;
mod look;
mod output;
mod pager;
mod table;

pub(crate) use look::{Look, Part};
pub(crate) use output::{Output, TerminalOptions};
pub(crate) use table::write_table;
