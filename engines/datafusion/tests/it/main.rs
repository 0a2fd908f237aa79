//! The crate as a program meets it.

mod flows_program;
