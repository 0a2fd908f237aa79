//! What the maintainers' programs and their tests use: the files that the build script is made of,
//! the registry as XML, surveys of inconsistencies in it and in the list of common names, and the
//! account of the ports that scanners find.

#[path = "../../src/bake/mod.rs"]
pub mod bake;
#[path = "../../src/format/mod.rs"]
pub mod format;
#[path = "../../src/intake/mod.rs"]
pub mod intake;
#[path = "../../src/meaning/mod.rs"]
pub mod meaning;

pub mod common_findings;
pub mod coverage;
pub mod findings;
pub mod write;
