//! DataFusion with the functions.

use std::path::Path;
use std::time::Instant;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use tokio::runtime::{Builder, Runtime};

use crate::Result;
use crate::contest::{Answer, Answered};

/// The threads of every engine.
pub const THREADS: usize = 2;

/// The flows again, with the protocol as text.
const TEXT_VIEW: &str = "create view text_flows as select dstport, bytes, case protocol when 6 then 'tcp' \
    when 17 then 'udp' when 132 then 'sctp' when 33 then 'dccp' when 1 then 'icmp' end as protocol from flows";
const TEXT_PAIRS: &str = "create table text_pairs as select port, name, case protocol when 6 then 'tcp' \
    when 17 then 'udp' when 132 then 'sctp' when 33 then 'dccp' end as protocol from pairs";

/// A session and the threads that it runs on.
pub struct Engine {
    runtime: Runtime,
    context: SessionContext,
}

impl Engine {
    /// Tables `flows` and `pairs`, `text_flows` and `text_pairs`.
    pub fn new(flows: &Path, pairs: RecordBatch) -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .enable_all()
            .build()?;
        let context =
            SessionContext::new_with_config(SessionConfig::new().with_target_partitions(THREADS));
        port_registry_datafusion::register_all(&context)?;
        let flows = flows
            .to_str()
            .ok_or("the directory of the flows is no UTF-8 text")?;
        runtime.block_on(context.register_parquet(
            "flows",
            flows,
            ParquetReadOptions::default(),
        ))?;
        context.register_batch("pairs", pairs)?;
        let engine = Self { runtime, context };
        engine.run(TEXT_VIEW)?;
        engine.run(TEXT_PAIRS)?;
        Ok(engine)
    }

    /// The rows of the answer.
    pub fn run(&self, sql: &str) -> Result<Vec<RecordBatch>> {
        Ok(self
            .runtime
            .block_on(async { self.context.sql(sql).await?.collect().await })?)
    }

    /// The answer to a query whose last column is an integer, and whose column before it, if any, names
    /// the groups.
    pub fn ask(&self, sql: &str) -> Result<Answered> {
        let started = Instant::now();
        let batches = self.run(sql)?;
        let seconds = started.elapsed().as_secs_f64();
        Ok(Answered {
            seconds,
            answer: answer(&batches)?,
        })
    }

    /// DataFusion's own account of a query's stages.
    pub fn explain(&self, sql: &str) -> Result<String> {
        let batches = self.run(&format!("explain analyze {sql}"))?;
        let plans = batches.iter().filter_map(|batch| batch.columns().last());
        let plans = plans.map(|plans| Ok(cast(plans, &DataType::Utf8)?));
        let plans = plans.collect::<Result<Vec<_>>>()?;
        let lines = plans
            .iter()
            .flat_map(|plans| plans.as_string::<i32>().iter().flatten());
        Ok(lines.collect())
    }
}

fn answer(batches: &[RecordBatch]) -> Result<Answer> {
    let mut answer = Answer::new();
    for batch in batches {
        let Some((last, before)) = batch.columns().split_last() else {
            continue;
        };
        let numbers = cast(last, &DataType::Int64)?;
        let numbers = numbers.as_primitive::<Int64Type>();
        let names = before
            .last()
            .map(|names| cast(names, &DataType::Utf8))
            .transpose()?;
        for row in 0..batch.num_rows() {
            let names = names
                .as_ref()
                .map(|names| names.as_string::<i32>())
                .filter(|names| names.is_valid(row));
            let name = names.map(|names| names.value(row).to_owned());
            *answer.entry(name).or_default() += numbers.value(row);
        }
    }
    Ok(answer)
}
