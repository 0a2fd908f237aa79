//! What the functions cost over flow logs, beside the same questions asked in other ways and of other
//! engines. The page beside this program, `../README.md`, says what it measures.

mod columns;
mod contest;
mod engine;
mod files;
mod kernel;
mod memory;
mod options;
mod pairs;
mod questions;
mod random;
mod report;
mod rivals;
mod scratch;
mod traffic;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use contest::Contest;
use engine::Engine;
use options::{Options, Part};
use report::Report;
use scratch::Scratch;

/// The allocator that the example program uses, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(child) = memory::Child::of(&arguments) {
        child.run()?;
        return Ok(ExitCode::SUCCESS);
    }
    let report = measure(&Options::from_environment()?)?;
    report::print_load("end");
    report.print();
    Ok(if report.all_reached() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn measure(options: &Options) -> Result<Report> {
    let flows = files::provide(&options.directory, options.rows)?;
    files::warm(&flows)?;
    let scratch = Scratch::new(&options.directory)?;
    let pairs = pairs::batch()?;
    let engine = Engine::new(&flows, pairs.clone())?;
    report::print_setting(options, &flows)?;

    let mut report = Report::default();
    if options.has(Part::Explain) {
        questions::explain(&engine)?;
    }
    if options.has(Part::Questions) {
        let mut contest = Contest::default();
        questions::enter(&mut contest, &engine);
        if options.has(Part::Rivals) {
            let file = scratch.file("pairs.parquet");
            files::write(&file, &pairs)?;
            rivals::enter(&mut contest, &flows, &file, &scratch)?;
        }
        report.add(contest.run(options.rounds)?);
    }
    if options.has(Part::Copy) {
        let mut contest = Contest::default();
        questions::enter_copies(&mut contest, &engine, &scratch, options.rows);
        report.add(contest.run(options.rounds)?);
    }
    if options.has(Part::Kernel) {
        report.add(kernel::measure()?);
    }
    if options.has(Part::Memory) {
        let tenth = files::provide(&options.directory, options.rows / 10)?;
        report.add(memory::measure(&tenth, &flows, &scratch)?);
    }
    Ok(report)
}
