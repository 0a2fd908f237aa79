//! IANA's service names on a cluster of Apache Ballista: scheduler, executors and client, each a
//! process of its own. `cluster.sh` starts and stops them; README.md tells more.

mod client;
mod compare;
mod executor;
mod flows;
mod ledger;
mod measure;
mod missing;
mod question;
mod registration;
mod scheduler;

// The flows that the bench of port-registry-datafusion makes, too. Not all of it is needed here.
#[allow(dead_code)]
#[path = "../../datafusion/benches/flows/columns.rs"]
mod columns;
#[allow(dead_code)]
#[path = "../../datafusion/benches/flows/files.rs"]
mod files;
#[allow(dead_code)]
#[path = "../../datafusion/benches/flows/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../../datafusion/benches/flows/traffic.rs"]
mod traffic;

use clap::{Parser, Subcommand};
use std::error::Error;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a process of the cluster ends with when it cannot do its work.
type Failure = Box<dyn Error + Send + Sync>;

type Result<T, E = Failure> = std::result::Result<T, E>;

#[derive(Parser)]
#[command(version, about = "Port questions on a cluster of Apache Ballista")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plan queries and hand their tasks to the executors
    Scheduler(scheduler::Arguments),
    /// Do the tasks that the scheduler hands over
    Executor(executor::Arguments),
    /// Write flows to Parquet files for the other commands to read
    Generate(flows::Arguments),
    /// Ask a question and print the answer
    Query(client::Arguments),
    /// Ask the three questions on the cluster and on this machine, and compare every value
    Compare(compare::Arguments),
    /// Time questions on the cluster and count the bytes that its stages exchange
    Measure(measure::Arguments),
}

#[tokio::main]
async fn main() -> Result<()> {
    let level = env_logger::Env::default().default_filter_or("warn");
    env_logger::Builder::from_env(level).init();
    match Arguments::parse().command {
        Command::Scheduler(arguments) => scheduler::run(arguments).await,
        Command::Executor(arguments) => executor::run(arguments).await,
        Command::Generate(arguments) => flows::run(&arguments),
        Command::Query(arguments) => client::run(&arguments).await,
        Command::Compare(arguments) => compare::run(&arguments).await,
        Command::Measure(arguments) => measure::run(&arguments).await,
    }
}
