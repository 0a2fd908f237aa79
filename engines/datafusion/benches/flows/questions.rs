//! The questions, and the ways in which DataFusion answers them.

use crate::Result;
use crate::contest::{Answer, Answered, Check, Contest};
use crate::engine::Engine;
use crate::scratch::Scratch;

/// The ways' names, by which goals refer to them.
pub const FUNCTION: &str = "DataFusion: function";
pub const BY_HAND: &str = "DataFusion: by hand";
pub const JOIN: &str = "DataFusion: join";
pub const BY_PORT: &str = "DataFusion: by port, without names";
pub const CONSTANT: &str = "DataFusion: constant name";

pub const COUNT: &str = "count of https";
pub const SUM: &str = "sum of bytes by service";
pub const TEXT_COUNT: &str = "count of https, protocol as text";
pub const TEXT_SUM: &str = "sum of bytes by service, protocol as text";
pub const COPY: &str = "all columns and the name to Parquet";
pub const COPY_FEW: &str = "four columns and the name to Parquet";

const FEW: &str = "srcport, dstport, protocol, bytes";

/// A way to answer a question by SQL.
pub struct Query {
    question: &'static str,
    way: &'static str,
    check: Check,
    sql: &'static str,
}

/// Counts and sums. `https` has port 443 of TCP, UDP and SCTP.
pub const QUERIES: [Query; 12] = [
    Query {
        question: COUNT,
        way: FUNCTION,
        check: Check::Groups,
        sql: "select 'https', count(*) from flows where port_service(dstport, protocol) = 'https'",
    },
    Query {
        question: COUNT,
        way: BY_HAND,
        check: Check::Groups,
        sql: "select 'https', count(*) from flows where dstport = 443 and protocol in (6, 17, 132)",
    },
    Query {
        question: COUNT,
        way: JOIN,
        check: Check::Groups,
        sql: "select 'https', count(*) from flows f join pairs p on f.dstport = p.port \
            and f.protocol = p.protocol where p.name = 'https'",
    },
    Query {
        question: SUM,
        way: FUNCTION,
        check: Check::Groups,
        sql: "select port_service(dstport, protocol), sum(bytes) from flows group by 1",
    },
    Query {
        question: SUM,
        way: BY_PORT,
        check: Check::Total,
        sql: "select dstport, sum(bytes) from flows group by 1",
    },
    Query {
        question: SUM,
        way: JOIN,
        check: Check::Groups,
        sql: "select p.name, sum(f.bytes) from flows f left join pairs p on f.dstport = p.port \
            and f.protocol = p.protocol group by 1",
    },
    Query {
        question: SUM,
        way: BY_HAND,
        check: Check::Groups,
        sql: "select p.name, sum(f.bytes) from \
            (select dstport, protocol, sum(bytes) as bytes from flows group by 1, 2) f \
            left join pairs p on f.dstport = p.port and f.protocol = p.protocol group by 1",
    },
    Query {
        question: TEXT_COUNT,
        way: FUNCTION,
        check: Check::Groups,
        sql: "select 'https', count(*) from text_flows where port_service(dstport, protocol) = 'https'",
    },
    Query {
        question: TEXT_COUNT,
        way: BY_HAND,
        check: Check::Groups,
        sql: "select 'https', count(*) from text_flows where dstport = 443 and protocol in ('tcp', 'udp', 'sctp')",
    },
    Query {
        question: TEXT_SUM,
        way: FUNCTION,
        check: Check::Groups,
        sql: "select port_service(dstport, protocol), sum(bytes) from text_flows group by 1",
    },
    Query {
        question: TEXT_SUM,
        way: "DataFusion: by port and protocol, without names",
        check: Check::Total,
        sql: "select dstport, protocol, sum(bytes) from text_flows group by 1, 2",
    },
    Query {
        question: TEXT_SUM,
        way: JOIN,
        check: Check::Groups,
        sql: "select p.name, sum(f.bytes) from text_flows f left join text_pairs p on f.dstport = p.port \
            and f.protocol = p.protocol group by 1",
    },
];

/// The SQL of a way to count or to sum.
pub fn sql(question: &str, way: &str) -> Option<&'static str> {
    let found = QUERIES
        .iter()
        .find(|query| (query.question, query.way) == (question, way));
    found.map(|query| query.sql)
}

/// DataFusion's ways to count and to sum.
pub fn enter<'a>(contest: &mut Contest<'a>, engine: &'a Engine) {
    for Query {
        question,
        way,
        check,
        sql,
    } in QUERIES
    {
        contest.enter(question, way, check, Box::new(move || engine.ask(sql)));
    }
}

/// DataFusion's ways to write a column of names.
pub fn enter_copies<'a>(
    contest: &mut Contest<'a>,
    engine: &'a Engine,
    scratch: &'a Scratch,
    rows: u64,
) {
    let rows = Answer::from([(None, rows as i64)]);
    for (question, columns) in [(COPY, "*"), (COPY_FEW, FEW)] {
        for (way, name) in [
            (FUNCTION, "port_service(dstport, protocol)"),
            (CONSTANT, "'https'"),
        ] {
            let rows = rows.clone();
            contest.enter(
                question,
                way,
                Check::Groups,
                Box::new(move || {
                    let answered = copy(engine, scratch, columns, name)?;
                    if answered.answer == rows {
                        Ok(answered)
                    } else {
                        Err("not all flows were written".into())
                    }
                }),
            );
        }
    }
}

/// Writes all flows, with a column `service`, and removes them again.
pub fn copy(engine: &Engine, scratch: &Scratch, columns: &str, name: &str) -> Result<Answered> {
    let directory = scratch.directory("copy")?;
    let path = directory
        .to_str()
        .ok_or("the scratch directory is no UTF-8 text")?;
    let answered = engine.ask(&format!(
        "copy (select {columns}, {name} as service from flows) to '{path}/' stored as parquet"
    ));
    scratch.directory("copy")?;
    answered
}

/// Prints where the time of each query goes.
pub fn explain(engine: &Engine) -> Result<()> {
    for Query {
        question, way, sql, ..
    } in QUERIES
    {
        println!("{question}: {way}\n{}\n", engine.explain(sql)?);
    }
    Ok(())
}
