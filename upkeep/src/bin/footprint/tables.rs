//! The tables of the crate and its rivals.

use std::path::Path;

use crate::FootprintError;
use crate::build::{self, Build, Cost};
use crate::consumer::{
    ALL_COLUMNS, COMMON_NAME_TO_PORT, Consumer, EMPTY, IANA_SERVICES, NAME_TO_PORT, PORT_DESC,
    PORT_TO_COMMON_NAME, PORT_TO_NAME,
};
use crate::elf;
use crate::grouped::grouped;
use crate::machine;
use crate::startup;

/// The programs in the order of the table, each with its question and the most bytes that it may
/// add.
const PROGRAMS: [(Consumer, &str, Option<i64>); 8] = [
    (EMPTY, "443", None),
    (PORT_TO_NAME, "443", Some(150_000)),
    (PORT_TO_COMMON_NAME, "443", None),
    (NAME_TO_PORT, "https", Some(170_000)),
    (COMMON_NAME_TO_PORT, "https", None),
    (ALL_COLUMNS, "https", Some(1_050_000)),
    (PORT_DESC, "443", None),
    (IANA_SERVICES, "443", None),
];

/// Programs with common names, each with the one that asks IANA alone.
const COMMON: [(Consumer, Consumer); 2] = [
    (PORT_TO_COMMON_NAME, PORT_TO_NAME),
    (COMMON_NAME_TO_PORT, NAME_TO_PORT),
];

/// The most bytes that common names may add to a program that asks IANA alone.
const COMMON_GOAL: i64 = 16_384;

/// How much longer a program with this crate may take than the empty program.
const STARTUP_GOAL: f64 = 1.05;

/// The most that the cold build of this crate may take: seconds, share of `port-desc`'s time, and
/// MB.
const BUILD_GOALS: (f64, f64, f64) = (5.5, 1.0, 260.0);

/// How often each cold build is made; the quickest counts.
const COLD_BUILDS: usize = 2;

pub(crate) fn tables() -> Result<String, FootprintError> {
    let directory = tempfile::tempdir().map_err(|error| FootprintError::File {
        path: std::env::temp_dir(),
        error,
    })?;
    let directory = directory.path();
    for (consumer, ..) in PROGRAMS {
        build::fetch(&consumer.write(directory)?)?;
    }
    let machine = machine::description();
    let builds = builds(directory)?;
    let programs = programs(directory)?;
    let common = common_names(directory)?;
    Ok(format!("{machine}\n\n{programs}\n{common}\n{builds}"))
}

fn programs(directory: &Path) -> Result<String, FootprintError> {
    let mut files = Vec::new();
    for (consumer, ..) in PROGRAMS {
        let build = release(directory, consumer);
        build.measure(None)?;
        files.push(build.program());
    }
    // Each program runs first without a question, then with one.
    let idle = files.iter().map(|file| (file.clone(), None));
    let asked = files.iter().zip(PROGRAMS);
    let asked = asked.map(|(file, (_, question, _))| (file.clone(), Some(question)));
    let times = startup::medians(&idle.chain(asked).collect::<Vec<_>>())?;
    let (idle, asked) = times.split_at(files.len());
    let empty = elf::read(&files[0])?;
    let mut table = format!(
        "| program | bytes over empty | goal | relocations over empty \
         | start-up over empty | goal | to the first answer |\n\
         |---|---|---|---|---|---|---|\n\
         | {} | ({}) | | ({}) | ({:.2} ms) | | ({:.2} ms) |\n",
        EMPTY.title,
        grouped(empty.bytes),
        empty.relocations,
        idle[0].as_secs_f64() * 1e3,
        asked[0].as_secs_f64() * 1e3,
    );
    for (number, (consumer, _, most)) in PROGRAMS.into_iter().enumerate().skip(1) {
        let program = elf::read(&files[number])?;
        let bytes = program.bytes - empty.bytes;
        let startup = idle[number].as_secs_f64() / idle[0].as_secs_f64();
        let answer = asked[number].as_secs_f64() / asked[0].as_secs_f64();
        let (bytes_goal, startup_goal) = match most {
            None => (String::new(), String::new()),
            Some(most) => (
                format!("at most {}: {}", grouped(most), met(bytes <= most)),
                format!("at most {STARTUP_GOAL}x: {}", met(startup <= STARTUP_GOAL)),
            ),
        };
        table += &format!(
            "| {} | {} | {bytes_goal} | {} | {startup:.2}x | {startup_goal} | {answer:.2}x |\n",
            consumer.title,
            grouped(bytes),
            program.relocations - empty.relocations,
        );
    }
    Ok(table)
}

/// What common names add to the programs that ask IANA alone. Their programs are built already.
fn common_names(directory: &Path) -> Result<String, FootprintError> {
    let bytes = |consumer| Ok(elf::read(&release(directory, consumer).program())?.bytes);
    let mut table = "| common names | bytes over IANA alone | goal |\n|---|---|---|\n".to_owned();
    for (common, iana) in COMMON {
        let added: i64 = bytes(common)? - bytes(iana)?;
        table += &format!(
            "| {} | {} | at most {}: {} |\n",
            common.title,
            grouped(added),
            grouped(COMMON_GOAL),
            met(added <= COMMON_GOAL),
        );
    }
    Ok(table)
}

fn release(directory: &Path, consumer: Consumer) -> Build {
    Build {
        project: directory.join(consumer.package),
        target: directory.join("target"),
        package: consumer.package.to_owned(),
    }
}

/// Builds this crate and `port-desc` from scratch.
fn cold_builds(directory: &Path, round: usize) -> Result<[Cost; 2], FootprintError> {
    let cold = |consumer: Consumer, package: &str| {
        let build = Build {
            project: directory.join(consumer.package),
            target: directory.join(format!("cold-{package}-{round}")),
            package: package.to_owned(),
        };
        build.measure(None)
    };
    Ok([
        cold(PORT_TO_NAME, "port-registry")?,
        cold(PORT_DESC, "port-desc")?,
    ])
}

fn builds(directory: &Path) -> Result<String, FootprintError> {
    let [mut ours, mut theirs] = cold_builds(directory, 0)?;
    for round in 1..COLD_BUILDS {
        let [our_next, their_next] = cold_builds(directory, round)?;
        ours = ours.best(our_next);
        theirs = theirs.best(their_next);
    }
    let mut table = format!(
        "| cold release build, best of {COLD_BUILDS} | time | processor time \
         | peak memory of a process |\n|---|---|---|---|\n"
    );
    for (package, cost) in [("this crate", ours), ("`port-desc`", theirs)] {
        table += &format!(
            "| {package} | {:.2} s | {} | {} |\n",
            cost.time.as_secs_f64(),
            cost.processor_cell(),
            cost.peak_cell(),
        );
    }
    let (most_seconds, most_share, most_memory) = BUILD_GOALS;
    let seconds = ours.time.as_secs_f64();
    let share = seconds / theirs.time.as_secs_f64();
    let memory = ours
        .peak_megabytes()
        .map_or("unknown", |peak| met(peak <= most_memory));
    table += &format!(
        "\nCold build: at most {most_seconds} s: {}; at most {most_share}x `port-desc`, \
         measured {share:.2}x: {}; at most {most_memory} MB: {memory}.\n",
        met(seconds <= most_seconds),
        met(share <= most_share),
    );
    Ok(table)
}

fn met(met: bool) -> &'static str {
    if met { "met" } else { "**not met**" }
}
