//! The program `ports`, run as a user would.

use test_support as support;

mod csv;
mod export_formats;
mod free;
mod label;
mod map;
mod name_and_port;
mod own_names;
mod program;
mod rows;
mod search;
mod services_file;
mod show;
mod terminal;
