//! The maintainers' programs, and what they share with the build script.

use test_support as support;

mod accidents;
mod agreement;
mod coverage;
mod mutation;
mod official;
mod reader;
mod refresh;
mod rules_synthetic;
mod security;
mod snapshots;

use port_registry_upkeep::{bake, common_findings, findings, format, intake, meaning, write};
