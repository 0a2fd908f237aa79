//! A service as text.

use core::fmt;

use crate::format::value::protocol::Protocol;

/// Writes `NAME/PROTOCOL`.
#[derive(Clone, Copy)]
pub(super) struct Named(pub(super) &'static str, pub(super) Protocol);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}
