//! Distinct values, numbered as they come; equal ones share a number.

use std::collections::HashMap;
use std::hash::Hash;

use crate::format::table::{TooMany, narrow};

pub struct Pool<T> {
    what: &'static str,
    numbers: HashMap<T, u16>,
    values: Vec<T>,
}

impl<T: Clone + Eq + Hash> Pool<T> {
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            numbers: HashMap::new(),
            values: Vec::new(),
        }
    }

    /// A pool in which this value has the number 0.
    pub fn with(what: &'static str, first: T) -> Self {
        let mut pool = Self::new(what);
        pool.numbers.insert(first.clone(), 0);
        pool.values.push(first);
        pool
    }

    pub fn number(&mut self, value: T) -> Result<u16, TooMany> {
        if let Some(&number) = self.numbers.get(&value) {
            return Ok(number);
        }
        let number = narrow(self.values.len(), self.what)?;
        self.numbers.insert(value.clone(), number);
        self.values.push(value);
        Ok(number)
    }

    /// The values by their numbers.
    pub fn values(&self) -> &[T] {
        &self.values
    }
}
