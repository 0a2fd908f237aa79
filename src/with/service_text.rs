//! Services as text, for `#[serde(with = "…")]` on a [`Service`](crate::Service).

use core::fmt;

use ::serde::ser::{Serialize, Serializer};

use crate::format::stack_text::StackText;
use crate::service::Service;
use crate::spec::LONGEST;

/// A service to be written as text.
pub(super) struct AsText(pub(super) Service);

impl Serialize for AsText {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(service) = *self;
        let text = StackText::<LONGEST>::format(format_args!("{self}"));
        match text {
            Ok(text) if serializer.is_human_readable() && text.as_str().parse() == Ok(service) => {
                serializer.serialize_str(text.as_str())
            }
            _ => service.serialize(serializer),
        }
    }
}

/// `NAME/PROTOCOL`, or the name alone where the service has no protocol.
impl fmt::Display for AsText {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.protocol() {
            Some(protocol) => write!(f, "{}/{protocol}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}
