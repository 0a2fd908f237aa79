//! Runs `ports label` on the output of other tools.

mod command_line;
mod fields;
mod properties;
mod readme;
mod run;
mod samples;
mod separated;
mod streams;
mod summary;
