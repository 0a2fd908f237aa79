//! Runs of ports that lead to the same row, a list of runs for each transport protocol.
//!
//! Of every run its last port is kept. For each block of 128 ports the table knows the run that
//! the first of them is in; from there, eight runs are compared at once until one reaches the
//! port. A search by halves would branch at every comparison, and no processor can predict which
//! way.

#[cfg(baked)]
use crate::format::value::protocol::Protocol;

/// How many ports share a block.
const BLOCK: usize = 128;

/// How many runs are compared at once.
const STEP: usize = 8;

/// Runs in `RUNS` places, found through `BLOCKS` blocks.
#[cfg(baked)]
pub struct PortRuns<const BLOCKS: usize, const RUNS: usize> {
    /// For each block of each protocol the run that its first port is in. Blocks after the last
    /// one are like it.
    blocks: [u16; BLOCKS],
    /// The last port of every run, ascending within the list of a protocol. After each list
    /// stand so many more of the last port of all that a step can begin at any run.
    ends: [u16; RUNS],
    /// The handle of every run's row, 0 for none.
    handles: [u16; RUNS],
}

#[cfg(baked)]
impl<const BLOCKS: usize, const RUNS: usize> PortRuns<BLOCKS, RUNS> {
    /// How many blocks a protocol has.
    const OF_EACH: usize = BLOCKS / Protocol::COUNT;

    #[inline]
    pub const fn new(blocks: [u16; BLOCKS], ends: [u16; RUNS], handles: [u16; RUNS]) -> Self {
        assert!(
            BLOCKS > 0 && BLOCKS % Protocol::COUNT == 0,
            "every protocol has as many blocks"
        );
        assert!(
            RUNS >= STEP && ends[RUNS - STEP] == u16::MAX,
            "a step can begin at the last run"
        );
        Self {
            blocks,
            ends,
            handles,
        }
    }

    /// The handle of the row that a port leads to, 0 for none.
    #[inline]
    pub const fn get(&self, port: u16, protocol: Protocol) -> u16 {
        let block = port as usize / BLOCK;
        let last = Self::OF_EACH - 1;
        let block = if block < last { block } else { last };
        let block = protocol as usize * Self::OF_EACH + block;
        let run = self.run_from(super::promised(&self.blocks, block, 0) as usize, port);
        super::promised(&self.handles, run, 0)
    }

    /// The run that a port is in: this one or one after it in the same list.
    #[inline]
    const fn run_from(&self, mut run: usize, port: u16) -> usize {
        while let Some((_, ends)) = self.ends.split_at_checked(run) {
            let Some(ends) = ends.first_chunk::<STEP>() else {
                debug_assert!(false, "a step out of the tables ends within them");
                break;
            };
            let (mut place, mut before) = (0, 0);
            while place < STEP {
                before += (ends[place] < port) as u16;
                place += 1;
            }
            run += before as usize;
            if (before as usize) < STEP {
                break;
            }
        }
        run
    }
}

/// Packs for each protocol a list of runs, each its first port and its handle; the first run
/// begins at port 0.
#[cfg(not(baked))]
pub fn pack(lists: &[Vec<(u16, u16)>]) -> Result<super::Packed, super::TooMany> {
    // From the first whole block of the last run on there is only that run.
    let lasts = lists.iter().filter_map(|list| list.last());
    let last_block = lasts.map(|&(first, _)| usize::from(first).div_ceil(BLOCK));
    let of_each = last_block.max().unwrap_or(0) + 1;
    let (mut blocks, mut ends, mut handles) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        let start = ends.len();
        for block in 0..of_each {
            let begun = list.partition_point(|&(first, _)| usize::from(first) <= block * BLOCK);
            blocks.push(super::narrow(start + begun - 1, "runs of ports")?);
        }
        ends.extend(list.iter().skip(1).map(|&(first, _)| first - 1));
        handles.extend(list.iter().map(|&(_, handle)| handle));
        ends.resize(start + list.len() + STEP - 1, u16::MAX);
        handles.resize(ends.len(), 0);
    }
    Ok(super::Packed::new(
        "PortRuns",
        &[&blocks.len(), &ends.len()],
        &[
            &format_args!("{blocks:?}"),
            &format_args!("{ends:?}"),
            &format_args!("{handles:?}"),
        ],
    ))
}
