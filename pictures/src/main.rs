//! `picture IN.svg OUT.png` makes a PNG of a picture.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let [from, to] = arguments.as_slice() else {
        eprintln!("usage: picture IN.svg OUT.png");
        return ExitCode::from(2);
    };
    match convert(&PathBuf::from(from), &PathBuf::from(to)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("picture: {message}");
            ExitCode::FAILURE
        }
    }
}

fn convert(from: &Path, to: &Path) -> Result<(), String> {
    let of = |file: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let svg = fs::read_to_string(from).map_err(|error| of(from, &error))?;
    let png = port_registry_pictures::png(&svg).map_err(|error| of(from, &error))?;
    fs::write(to, png).map_err(|error| of(to, &error))
}
