//! The questions that are asked: SQL over the table `flows`, as the example `flows` of
//! port-registry-datafusion has it.

// The example has more than is needed here.
#[allow(dead_code)]
#[path = "../../datafusion/examples/flows/questions.rs"]
mod questions;

use questions::{Columns, Names};

/// A question and what to call it.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    name: String,
    sql: String,
}

impl Question {
    pub(crate) fn new(name: &str, sql: &str) -> Self {
        Self {
            name: name.to_owned(),
            sql: sql.to_owned(),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }
}

/// The three that every cluster is asked.
pub(crate) fn ready_made() -> [Question; 3] {
    [top(), unknown(), by_hour()]
}

/// The services with the most bytes.
pub(crate) fn top() -> Question {
    Question::new("top", &questions::top(&columns(), Names::Iana, 20))
}

/// The ports without a service.
pub(crate) fn unknown() -> Question {
    Question::new("unknown", &questions::unknown(&columns(), Names::Iana))
}

/// Bytes by hour and service.
pub(crate) fn by_hour() -> Question {
    let time = "to_timestamp(start)";
    Question::new(
        "by hour",
        &questions::by_hour(&columns(), time, Names::Iana),
    )
}

/// What the columns are called in flow logs of a virtual private cloud.
fn columns() -> Columns {
    Columns {
        source_port: Some("srcport".to_owned()),
        port: "dstport".to_owned(),
        protocol: "protocol".to_owned(),
        bytes: "bytes".to_owned(),
    }
}
