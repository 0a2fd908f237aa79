//! What the functions answer in SQL, against the independent reading of the registry, and what the
//! optimizer makes of questions by name.

mod answers;
mod arguments;
mod context;
mod flows_program;
mod groups;
mod kernels;
mod plans;
mod predicates;
mod tables;
