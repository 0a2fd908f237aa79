//! What the tests of the library, of the example programs and of the maintainers' programs share,
//! above all the independent reading of the registry and of the list of common names. `refresh` uses
//! it too.

pub mod common;
#[cfg(feature = "programs")]
pub mod consumer;
pub mod expected;
pub mod facts;
pub mod numbers;
pub mod oracle;
#[cfg(feature = "programs")]
pub mod program;
pub mod statements;
pub mod tools;
