//! The names in force: IANA's, the common ones, and names of one's own in front of either. All
//! answers are compared with the two independent readings, that of the registry and that of the list
//! of common names.

mod choice;
mod common;
mod compile_fail;
mod explain;
mod flow;
mod labels;
pub(crate) mod model;
mod own;
#[cfg(feature = "serde")]
mod serde;
mod uses;
