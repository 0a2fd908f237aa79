//! Bakes the registry into static tables: read, check, lay out, write.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "src/bake/mod.rs"]
mod bake;
#[path = "src/intake/mod.rs"]
mod intake;

use intake::check::StalePreference;
use intake::finding::FindingKind;

const REGISTRY: &str = "registry/service-names-port-numbers.xml";
const PREFERRED_NAMES: &str = "registry/preferred-names.txt";

/// What this script is made of.
const SOURCES: [&str; 10] = [
    "build.rs",
    "src/bake",
    "src/date.rs",
    "src/intake",
    "src/name_hash.rs",
    "src/packing.rs",
    "src/ports.rs",
    "src/protocol.rs",
    "src/stack_text.rs",
    "src/status.rs",
];

/// The environment variable that names another registry file to build from.
const OVERRIDE: &str = "PORT_REGISTRY_XML";

fn main() -> ExitCode {
    for source in SOURCES.into_iter().chain([PREFERRED_NAMES]) {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rerun-if-env-changed={OVERRIDE}");
    match bake_tables() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn bake_tables() -> Result<(), String> {
    let (file, stale) = match env::var_os(OVERRIDE).filter(|path| !path.is_empty()) {
        None => (PathBuf::from(REGISTRY), StalePreference::Refuse),
        Some(path) => (PathBuf::from(path), StalePreference::Report),
    };
    println!("cargo::rerun-if-changed={}", file.display());
    let checked = intake::load::load(&file, Path::new(PREFERRED_NAMES), stale)
        .map_err(|error| error.to_string())?;
    for finding in &checked.findings {
        // The only finding that a user can act on: all others are IANA's own.
        if matches!(finding.kind, FindingKind::PreferredUnknown { .. }) {
            println!("cargo::warning={PREFERRED_NAMES}:{finding}");
        }
    }
    let layout = bake::layout::lay_out(&checked)
        .map_err(|error| format!("error: {error}\n  --> {}", file.display()))?;
    let out = env::var_os("OUT_DIR").ok_or("error: OUT_DIR is not set; cargo sets it")?;
    let out = Path::new(&out).join("tables.rs");
    fs::write(&out, bake::emit(&layout))
        .map_err(|error| format!("error: {error}\n  --> {}", out.display()))
}
