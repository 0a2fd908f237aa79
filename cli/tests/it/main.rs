//! The program `ports`, run as a user would.

use test_support as support;

mod completions;
mod csv;
mod diff;
mod export_formats;
mod label;
mod man;
mod map;
mod program;
#[cfg(unix)]
mod readme;
mod rows;
mod services_file;
