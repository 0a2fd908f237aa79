//! Runs `ports label` on the output of other tools.

mod command_line;
mod properties;
mod readme;
mod run;
mod samples;
mod streams;
mod summary;
