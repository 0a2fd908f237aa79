//! What the loader must do for a program before it starts.

use std::fs;
use std::path::Path;

use object::{Object, ObjectSection};

use crate::FootprintError;

/// Bytes and relocations of a program.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    pub(crate) bytes: i64,
    /// Entries of all dynamic relocation sections; those of `.relr.dyn` decoded.
    pub(crate) relocations: i64,
}

pub(crate) fn read(path: &Path) -> Result<Program, FootprintError> {
    let bytes = fs::read(path).map_err(|error| FootprintError::File {
        path: path.to_owned(),
        error,
    })?;
    let file = object::File::parse(&*bytes).map_err(|error| FootprintError::Unexpected {
        what: path.display().to_string(),
        found: error.to_string(),
        expected: "an ELF program",
    })?;
    let listed = file.dynamic_relocations().map_or(0, Iterator::count);
    let packed = file.section_by_name(".relr.dyn");
    let packed = packed
        .and_then(|section| section.data().ok())
        .map_or(0, count_packed);
    Ok(Program {
        bytes: bytes.len() as i64,
        relocations: (listed + packed) as i64,
    })
}

/// An even word is the address of one relocation. An odd word is a bit set of those that follow it.
fn count_packed(section: &[u8]) -> usize {
    let words = section.chunks_exact(size_of::<u64>()).map(|word| {
        let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
        if word % 2 == 0 {
            1
        } else {
            word.count_ones() as usize - 1
        }
    });
    words.sum()
}
