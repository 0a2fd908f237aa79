//! What the tests of the library, of the example programs and of the maintainers' programs share,
//! and `refresh` with them: the independent reading of the registry first of all.

pub mod consumer;
pub mod expected;
pub mod facts;
pub mod numbers;
pub mod oracle;
pub mod program;
pub mod statements;
pub mod tools;
