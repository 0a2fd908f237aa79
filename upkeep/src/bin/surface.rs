//! Compares the public API of the library with `tests/data/public-api.txt`, an item a line, so that
//! a change of the surface is a decision. With `--write` it writes the file anew.
//!
//! Rustdoc tells the surface as JSON, which only a nightly compiler does; its form changes, so the
//! compiler is the one that this version of `public-api` reads.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

/// The compiler whose JSON is read.
const TOOLCHAIN: &str = "nightly-2026-05-20";

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn main() -> ExitCode {
    let write = match env::args().nth(1).as_deref() {
        None => false,
        Some("--write") => true,
        Some(other) => {
            eprintln!("unknown argument `{other}`, expected `--write` or none");
            return ExitCode::from(2);
        }
    };
    match run(write) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the surface is the one written down.
fn run(write: bool) -> Result<bool, Box<dyn Error>> {
    let file = Path::new(ROOT).join("tests/data/public-api.txt");
    let surface = surface()?;
    if write {
        fs::write(&file, surface)?;
        return Ok(true);
    }
    let written = fs::read_to_string(&file)?;
    let (now, before): (Vec<&str>, Vec<&str>) =
        (surface.lines().collect(), written.lines().collect());
    for gone in before.iter().filter(|line| !now.contains(line)) {
        println!("- {gone}");
    }
    for new in now.iter().filter(|line| !before.contains(line)) {
        println!("+ {new}");
    }
    if now != before {
        eprintln!(
            "the public API is not the one of tests/data/public-api.txt; if that is meant, run this with --write"
        );
    }
    Ok(now == before)
}

/// The items of the library with all features, a line each.
fn surface() -> Result<String, Box<dyn Error>> {
    let target = Path::new(ROOT).join("target/surface");
    let mut rustdoc = Command::new("cargo");
    rustdoc
        .arg(format!("+{TOOLCHAIN}"))
        .args([
            "rustdoc",
            "--quiet",
            "--package",
            "port-registry",
            "--lib",
            "--all-features",
        ])
        .args([
            "--",
            "-Zunstable-options",
            "--output-format",
            "json",
            "--cap-lints",
            "allow",
        ])
        .current_dir(ROOT)
        .env("CARGO_TARGET_DIR", &target)
        // Cargo set these for the compiler that runs this program.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env_remove("RUSTDOC");
    if !rustdoc.status()?.success() {
        return Err(format!("rustdoc of {TOOLCHAIN} failed; `rustup toolchain install {TOOLCHAIN} --profile minimal` installs it").into());
    }
    let api = public_api::Builder::from_rustdoc_json(target.join("doc/port_registry.json"))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()?;
    Ok(api.to_string())
}
