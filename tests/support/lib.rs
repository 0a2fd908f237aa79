//! What the tests of the library, of the example programs and of the maintainers' programs share,
//! above all the independent reading of the registry. `refresh` uses it too.

pub mod consumer;
pub mod expected;
pub mod facts;
pub mod numbers;
pub mod oracle;
pub mod program;
pub mod statements;
pub mod tools;
