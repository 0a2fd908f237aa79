//! Runs `ports label` on the output of other tools.

mod command_line;
mod cores;
mod fields;
mod files;
mod guesses;
mod parts;
mod properties;
mod readme;
pub(crate) mod run;
mod samples;
mod separated;
mod signals;
mod streams;
mod stripped;
mod summary;
