//! What the tests share.

#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod consumer;
pub mod numbers;
pub mod oracle;
pub mod program;
pub mod tools;
