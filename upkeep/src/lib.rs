//! What the maintainers' programs and their tests use: the reading of the registry, the rules and
//! the writing of the tables, the same files that the build script is made of.

#[path = "../../src/bake/mod.rs"]
pub mod bake;
#[path = "../../src/format/mod.rs"]
pub mod format;
#[path = "../../src/intake/mod.rs"]
pub mod intake;
