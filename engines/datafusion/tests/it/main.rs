//! What the functions answer in SQL, against the independent reading of the registry, and what the
//! optimizer makes of questions by name.

mod answers;
mod arguments;
mod context;
mod groups;
mod plans;
mod predicates;
mod tables;
