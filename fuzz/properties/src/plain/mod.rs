//! Plain statements of what the library answers, written from its documentation. They share no
//! code with it, and look things up in the independent reading of the registry.

pub mod common_names;
pub mod port_set;
pub mod services;
pub mod spec;
