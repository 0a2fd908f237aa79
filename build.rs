//! Bakes the registry into static tables: read, check, decide what it means, bake, write.

use std::env;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

#[path = "src/bake/mod.rs"]
mod bake;
#[path = "src/format/mod.rs"]
mod format;
#[path = "src/intake/mod.rs"]
mod intake;
#[path = "src/meaning/mod.rs"]
mod meaning;

use meaning::Facts;
use meaning::check::StalePreference;
use meaning::load::Files;

const REGISTRY: &str = "registry/service-names-port-numbers.xml";
const PREFERRED_NAMES: &str = "registry/preferred-names.txt";
const COMMON_NAMES: &str = "registry/common-names.txt";

/// What this script is made of.
const SOURCES: [&str; 5] = [
    "build.rs",
    "src/bake",
    "src/format",
    "src/intake",
    "src/meaning",
];

/// The environment variable that names another registry file to build from.
const OVERRIDE: &str = "PORT_REGISTRY_XML";

fn main() -> ExitCode {
    for source in SOURCES.into_iter().chain([PREFERRED_NAMES, COMMON_NAMES]) {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rerun-if-env-changed={OVERRIDE}");
    println!("cargo::rustc-cfg=baked");
    announce_const_str_split();
    match bake_tables() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// From Rust 1.86 on, a string can be split in a constant.
fn announce_const_str_split() {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let minor = version.ok().and_then(|version| {
        let minor = version.strip_prefix("rustc 1.")?.split('.').next()?;
        minor.parse::<u32>().ok()
    });
    if minor.is_some_and(|minor| minor >= 86) {
        println!("cargo::rustc-cfg=const_str_split");
    }
}

fn bake_tables() -> Result<(), String> {
    let (file, stale) = match env::var_os(OVERRIDE).filter(|path| !path.is_empty()) {
        None => (PathBuf::from(REGISTRY), StalePreference::Refuse),
        Some(path) => (PathBuf::from(path), StalePreference::Report),
    };
    println!("cargo::rerun-if-changed={}", file.display());
    let files = Files {
        registry: &file,
        preferred: Path::new(PREFERRED_NAMES),
        common: Path::new(COMMON_NAMES),
    };
    let checked = meaning::load::load(files, stale).map_err(|error| error.to_string())?;
    for line in &checked.stale_preferences {
        println!("cargo::warning={PREFERRED_NAMES}:{}", line.stale_warning());
    }
    let in_file = |error: &dyn Display| format!("error: {error}\n  --> {}", file.display());
    let facts = Facts::of(&checked).map_err(|error| in_file(&error))?;
    let tables = bake::bake(&facts).map_err(|error| in_file(&error))?;
    let out = env::var_os("OUT_DIR").ok_or("error: OUT_DIR is not set; cargo sets it")?;
    let out = Path::new(&out).join("tables.rs");
    fs::write(&out, tables).map_err(|error| format!("error: {error}\n  --> {}", out.display()))
}
