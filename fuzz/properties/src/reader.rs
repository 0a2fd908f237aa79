//! The reader of the registry's XML.

#[path = "../../../upkeep/tests/it/agreement.rs"]
mod agreement;

/// Another XML reader accepts whatever the reader accepts, and finds the same content.
pub fn check(input: &[u8]) {
    agreement::assert_agreement(input);
}
