//! A row of the registry, as values for programs and as cells of text for people.

pub(crate) mod cells;
pub(crate) mod json;
pub mod view;
