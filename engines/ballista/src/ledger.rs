//! The bytes that the stages of a query exchange, as files of the executors: each executor writes
//! them to a ledger, since Ballista removes the files themselves when the query has ended.

use crate::Failure;
use async_trait::async_trait;
use ballista_core::JobId;
use ballista_core::serde::protobuf::{
    RuntimeStatsReport, ShuffleWritePartition, TaskColumnStats, WindowStateReport,
};
use ballista_executor::execution_engine::{
    DefaultExecutionEngine, ExecutionEngine, QueryStageExecutor,
};
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::metrics::MetricsSet;
use datafusion::prelude::SessionConfig;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Ballista's own engine; it notes what every task has written.
pub(crate) struct CountingEngine {
    ballista: DefaultExecutionEngine,
    ledger: PathBuf,
}

impl CountingEngine {
    pub(crate) fn new(ledger: PathBuf) -> Self {
        Self {
            ballista: DefaultExecutionEngine::new(),
            ledger,
        }
    }
}

impl ExecutionEngine for CountingEngine {
    fn create_query_stage_exec(
        &self,
        job_id: JobId,
        stage_id: usize,
        task_id: usize,
        partitions: Vec<usize>,
        plan: Arc<dyn ExecutionPlan>,
        work_dir: &str,
        config: &SessionConfig,
    ) -> Result<Arc<dyn QueryStageExecutor>> {
        let entry = Entry {
            folder: Path::new(work_dir)
                .join(job_id.as_str())
                .join(stage_id.to_string()),
            job: job_id.to_string(),
            stage: stage_id,
            ledger: self.ledger.clone(),
        };
        let stage = self.ballista.create_query_stage_exec(
            job_id, stage_id, task_id, partitions, plan, work_dir, config,
        )?;
        Ok(Arc::new(CountingStage { stage, entry }))
    }
}

/// A task of Ballista and where to note its bytes.
#[derive(Debug)]
struct CountingStage {
    stage: Arc<dyn QueryStageExecutor>,
    entry: Entry,
}

#[async_trait]
impl QueryStageExecutor for CountingStage {
    async fn execute_query_stage(
        &self,
        task_id: usize,
        context: Arc<TaskContext>,
    ) -> Result<Vec<ShuffleWritePartition>> {
        let written = self.stage.execute_query_stage(task_id, context).await?;
        let rows = written.iter().map(|partition| partition.num_rows).sum();
        self.entry.note(rows)?;
        Ok(written)
    }

    fn collect_plan_metrics(&self) -> Vec<MetricsSet> {
        self.stage.collect_plan_metrics()
    }

    fn collect_runtime_stats_reports(&self) -> Vec<RuntimeStatsReport> {
        self.stage.collect_runtime_stats_reports()
    }

    fn collect_window_state_reports(&self) -> Result<Vec<WindowStateReport>> {
        self.stage.collect_window_state_reports()
    }

    fn collect_column_stats(&self) -> Vec<TaskColumnStats> {
        self.stage.collect_column_stats()
    }
}

impl fmt::Display for CountingStage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stage.fmt(formatter)
    }
}

/// Which lines to write, and to which file.
#[derive(Debug)]
struct Entry {
    job: String,
    stage: usize,
    folder: PathBuf,
    ledger: PathBuf,
}

impl Entry {
    /// Adds a line: the rows of this task, and the bytes of all tasks of this stage so far. The
    /// tasks share a folder, so a sum of what it holds now is the one figure that is certain.
    fn note(&self, rows: u64) -> Result<()> {
        let bytes = size(&self.folder)?;
        let line = format!("{}\t{}\t{rows}\t{bytes}\n", self.job, self.stage);
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.ledger)?;
        Ok(file.write_all(line.as_bytes())?)
    }
}

/// The bytes of all files in a folder and below; a stage without output has no folder.
fn size(folder: &Path) -> std::io::Result<u64> {
    if !folder.try_exists()? {
        return Ok(0);
    }
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() {
            size(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(sum)
}

/// What one stage has handed on, all executors together.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Handed {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
}

/// The ledgers of all executors, read from where the last reading ended.
pub(crate) struct Ledgers {
    files: Vec<(PathBuf, usize)>,
}

impl Ledgers {
    pub(crate) fn new(files: &[PathBuf]) -> Result<Self, Failure> {
        let mut ledgers = Self {
            files: files.iter().map(|file| (file.clone(), 0)).collect(),
        };
        ledgers.read()?;
        Ok(ledgers)
    }

    /// What the stages have exchanged since the last reading. The last stage of a query writes the
    /// answer, which goes to the client: it is left out.
    pub(crate) fn exchanged(&mut self) -> Result<Handed, Failure> {
        let mut stages = self.read()?;
        let answer = stages.keys().next_back().copied();
        answer.and_then(|stage| stages.remove(&stage));
        Ok(stages
            .values()
            .fold(Handed::default(), |sum, stage| Handed {
                rows: sum.rows + stage.rows,
                bytes: sum.bytes + stage.bytes,
            }))
    }

    /// What every stage has handed on since the last reading, in which one query has run.
    fn read(&mut self) -> Result<BTreeMap<usize, Handed>, Failure> {
        let mut stages = BTreeMap::<usize, Handed>::new();
        for (file, read) in &mut self.files {
            // An executor that has had no task yet has no ledger.
            let text = if file.try_exists()? {
                std::fs::read_to_string(&*file)?
            } else {
                String::new()
            };
            for (stage, handed) in of_one_executor(text.get(*read..).unwrap_or_default())? {
                let sum = stages.entry(stage).or_default();
                sum.rows += handed.rows;
                sum.bytes += handed.bytes;
            }
            *read = text.len();
        }
        Ok(stages)
    }
}

/// Rows add up line by line; bytes are those of the whole stage already, so the highest counts.
fn of_one_executor(lines: &str) -> Result<BTreeMap<usize, Handed>, Failure> {
    let mut stages = BTreeMap::<usize, Handed>::new();
    for line in lines.lines() {
        let [_job, stage, rows, bytes] = line
            .split('\t')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| format!("a line of the ledger has other than four fields: {line}"))?;
        let handed = stages.entry(stage.parse()?).or_default();
        handed.rows += rows.parse::<u64>()?;
        handed.bytes = handed.bytes.max(bytes.parse()?);
    }
    Ok(stages)
}

#[cfg(test)]
mod tests {
    use super::{Handed, Ledgers};
    use std::fs;

    /// Two executors, three stages: the last one is the answer.
    #[test]
    fn adds_executors_and_leaves_the_answer_out() {
        let folder = std::env::temp_dir().join(format!("ledgers-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let files = [folder.join("one"), folder.join("two")];
        fs::write(&files[0], "job\t1\t5\t999\n").unwrap();

        let mut ledgers = Ledgers::new(&files).unwrap();
        assert_eq!(ledgers.exchanged().unwrap(), Handed::default());

        // The bytes of a stage grow task by task on each executor.
        let old = fs::read_to_string(&files[0]).unwrap();
        let new = "job\t1\t10\t100\njob\t1\t10\t210\njob\t2\t4\t40\njob\t3\t2\t20\n";
        fs::write(&files[0], old + new).unwrap();
        fs::write(&files[1], "job\t1\t10\t120\n").unwrap();
        let exchanged = ledgers.exchanged().unwrap();
        assert_eq!(
            exchanged,
            Handed {
                rows: 34,
                bytes: 370
            }
        );

        fs::write(&files[1], "job\t1\t10\n").unwrap();
        assert!(Ledgers::new(&files).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
