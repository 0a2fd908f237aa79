//! Numbers for people to read.

/// A number with commas between its groups of three digits.
#[allow(
    clippy::manual_is_multiple_of,
    reason = "the maintainers' programs include this file, and keep to the library's Rust"
)]
pub(crate) fn grouped(number: impl Into<i128>) -> String {
    let number = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0 {
        grouped.insert(0, '-');
    }
    grouped
}
