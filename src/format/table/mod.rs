//! The kinds of table, each in a file of its own: what it holds, how its bytes lie, how it is
//! packed when the crate is built and read when it runs.
//!
//! A table is a struct of arrays. The build script packs facts into one and writes it as Rust
//! source, which is a type and a call of its `new`; `new` runs when the crate is compiled and
//! checks what the table promises. The crate reads tables only through their methods.
//!
//! `cfg(baked)` is set when the crate itself is compiled, and unset in the build script and in
//! the maintainers' programs. It parts the reading from the packing.

#[cfg(baked)]
pub mod blocks;
pub mod common_names;
pub mod lists;
pub mod name_hash;
pub mod name_index;
pub mod name_marks;
pub mod name_rows;
pub mod port_pages;
pub mod port_runs;
pub mod references;
pub mod runs;
pub mod service_codes;
pub mod shapes;
pub mod shared_ports;
pub mod sparse;
pub mod sparse_texts;
pub mod starts;
pub mod texts;

#[cfg(not(baked))]
mod packed;
#[cfg(not(baked))]
pub use packed::{Packed, TooMany, narrow};

/// The item at an index that the layout promises to be within bounds.
///
/// No panic may be reached from the public API, and the compiler cannot see the promise: so
/// `otherwise` stands in where it is broken. A debug build stops there instead.
#[cfg(baked)]
#[inline]
pub const fn promised<T: Copy, const N: usize>(items: &[T; N], index: usize, otherwise: T) -> T {
    debug_assert!(index < N, "an index out of the tables is within bounds");
    if index < N { items[index] } else { otherwise }
}

/// Declares the search in an ascending column, and the check that it ascends, for a width of its
/// numbers: no constant function can be generic over them.
#[cfg(baked)]
macro_rules! ascending {
    ($module:ident, $number:ident) => {
        pub mod $module {
            /// The place of a number in an ascending column.
            #[inline]
            pub const fn find(column: &[$number], number: $number) -> Option<usize> {
                let (mut start, mut end) = (0, column.len());
                while start < end {
                    let middle = start + (end - start) / 2;
                    if column[middle] == number {
                        return Some(middle);
                    }
                    if column[middle] < number {
                        start = middle + 1;
                    } else {
                        end = middle;
                    }
                }
                None
            }

            /// Whether every number is greater than the one before it.
            #[inline]
            pub const fn ascends(column: &[$number]) -> bool {
                let mut place = 1;
                while place < column.len() {
                    if column[place - 1] >= column[place] {
                        return false;
                    }
                    place += 1;
                }
                true
            }
        }
    };
}

#[cfg(baked)]
ascending!(shorts, u16);
#[cfg(baked)]
ascending!(longs, u32);
