//! How far a run is, on a terminal.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use indicatif::{ProgressBar, ProgressStyle};

const INTERVAL: Duration = Duration::from_millis(100);

/// Shows the rows read until it is dropped. On other things than a terminal it shows nothing.
pub struct Progress {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    pub fn start(plan: &Arc<dyn ExecutionPlan>) -> Self {
        let mut leaves = Vec::new();
        collect_leaves(plan, &mut leaves);
        let bar = bar(rows_known(&leaves));
        let (end, ended) = channel();
        // A thread of its own, so that the bar moves while an operator collects its input.
        let thread = std::thread::spawn(move || {
            while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                bar.set_position(rows_read(&leaves));
            }
            bar.finish_and_clear();
        });
        Self {
            end: Some(end),
            thread: Some(thread),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn bar(rows: Option<u64>) -> ProgressBar {
    let (bar, template) = match rows {
        Some(rows) => (
            ProgressBar::new(rows),
            "{elapsed} {wide_bar} {human_pos}/{human_len} rows, {per_sec}, {eta} left",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{elapsed} {spinner} {human_pos} rows, {per_sec}",
        ),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn collect_leaves(plan: &Arc<dyn ExecutionPlan>, leaves: &mut Vec<Arc<dyn ExecutionPlan>>) {
    if plan.children().is_empty() {
        leaves.push(Arc::clone(plan));
    }
    for child in plan.children() {
        collect_leaves(child, leaves);
    }
}

/// The rows that all leaves have, where each of them knows: Parquet does, text files do not.
fn rows_known(leaves: &[Arc<dyn ExecutionPlan>]) -> Option<u64> {
    let rows = leaves.iter().map(|leaf| {
        let statistics = StatisticsContext::new().compute(leaf.as_ref(), &StatisticsArgs::new());
        u64::try_from(*statistics.ok()?.num_rows.get_value()?).ok()
    });
    rows.sum()
}

fn rows_read(leaves: &[Arc<dyn ExecutionPlan>]) -> u64 {
    let rows = leaves
        .iter()
        .filter_map(|leaf| leaf.metrics()?.output_rows());
    rows.map(|rows| u64::try_from(rows).unwrap_or(u64::MAX))
        .sum()
}
