//! What the fuzz targets assert, a module for each of them. It is a package of its own, so that the
//! test of the committed corpora needs neither libFuzzer nor a nightly toolchain.
//!
//! Each target compares the code with an independent statement of what it should answer. Those that
//! the other tests have are included here, and the others are in [`plain`].

// What the reader's property needs, as the maintainers' programs include it. The library compiles
// with an older Rust, which lacks what clippy would have here.
#[expect(dead_code, reason = "no tables are packed here")]
#[expect(clippy::manual_is_multiple_of, reason = "it is of Rust 1.87")]
#[path = "../../../src/format/mod.rs"]
pub mod format;
#[expect(clippy::collapsible_if, reason = "chains of `let` are of Rust 1.88")]
#[path = "../../../src/intake/mod.rs"]
pub mod intake;
#[path = "../../../src/meaning/mod.rs"]
pub mod meaning;
#[path = "../../../upkeep/src/write.rs"]
pub mod write;

pub mod common_names;
pub mod from_json;
pub mod from_postcard;
pub mod label;
pub mod lookups;
pub mod plain;
pub mod reader;
pub mod search;
pub mod serialized;
pub mod service_name;
pub mod services;
pub mod spec;
pub mod spec_set;

mod input;

// The name under which the statements that the other tests have know it.
pub(crate) use test_support as support;

/// A target and what it asserts of an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("common_names", common_names::check),
    ("label", label::check),
    ("lookups", lookups::check),
    ("postcard", from_postcard::check),
    ("reader", reader::check),
    ("search", search::check),
    ("serde_json", from_json::check),
    ("service_name", service_name::check),
    ("services", services::check),
    ("spec", spec::check),
    ("spec_set", spec_set::check),
];
