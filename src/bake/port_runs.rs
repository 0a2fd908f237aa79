//! Runs of ports with the same handle, a list of them for each of some transport protocols.

use crate::format::packing::{RUN_BLOCK, RUN_STEP};

/// Runs laid out so that the one of a port is found by its block and a short count.
pub struct PortRuns {
    /// The last port of every run, in ascending order within a list. So many more of the last
    /// port of all follow each list that [`RUN_STEP`] of them can be read from any run on.
    pub ends: Vec<u16>,
    /// The handle of every run.
    pub handles: Vec<u16>,
    /// For each [`RUN_BLOCK`] ports of each list, the run that the first of them is in; blocks
    /// beyond have the last one's.
    pub blocks: Vec<usize>,
    /// How many blocks a list has.
    pub list_blocks: usize,
}

impl PortRuns {
    /// Lays out lists of runs, each run its first port and its handle, the first port being 0.
    pub fn of(lists: &[Vec<(u16, u16)>]) -> Self {
        // From the last run's first whole block on, there is nothing but that run.
        let lasts = lists.iter().filter_map(|list| list.last());
        let last_block = lasts.map(|&(first, _)| usize::from(first).div_ceil(RUN_BLOCK));
        let mut runs = Self {
            ends: Vec::new(),
            handles: Vec::new(),
            blocks: Vec::new(),
            list_blocks: last_block.max().unwrap_or(0) + 1,
        };
        for list in lists {
            let start = runs.ends.len();
            for block in 0..runs.list_blocks {
                let port = block * RUN_BLOCK;
                let begun = list.partition_point(|&(first, _)| usize::from(first) <= port);
                runs.blocks.push(start + begun - 1);
            }
            let firsts = list.iter().skip(1);
            runs.ends.extend(firsts.map(|&(first, _)| first - 1));
            runs.handles.extend(list.iter().map(|&(_, handle)| handle));
            runs.ends
                .resize(start + list.len() + RUN_STEP - 1, u16::MAX);
            runs.handles.resize(runs.ends.len(), 0);
        }
        runs
    }
}
