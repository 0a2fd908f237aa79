//! [`ServiceName`](port_registry::ServiceName).

use crate::input::text;

#[path = "../../../tests/more/it/service_name/rules.rs"]
mod rules;

/// A text is a service name if the second statement of the rules says so, and otherwise the same
/// rule is named at the same place.
pub fn check(input: &[u8]) {
    rules::check(&text(input));
}
