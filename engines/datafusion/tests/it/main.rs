//! Through SQL, as a query meets the crate.

mod tables;
