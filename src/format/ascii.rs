//! ASCII case in constants. Self-contained, for the build script shares the types that use it.

/// Whether two texts are equal but for ASCII case. (What the standard library has for this is
/// not to be had in a constant before Rust 1.89.)
pub const fn equal_ignoring_case(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if !a[index].eq_ignore_ascii_case(&b[index]) {
            return false;
        }
        index += 1;
    }
    true
}
