//! The program `ports`, run as a user would.

use test_support as support;

mod accidents;
mod completions;
mod csv;
mod diff;
mod engines;
mod export_formats;
mod free;
mod label;
mod man;
mod map;
mod name_and_port;
mod own_names;
mod package;
mod program;
#[cfg(unix)]
mod readme;
mod rows;
mod search;
mod services_file;
mod show;
mod terminal;
