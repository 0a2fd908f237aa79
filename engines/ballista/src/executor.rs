//! An executor: a process that does tasks, one in each of its slots.

use crate::ledger::CountingEngine;
use crate::missing::NamesMissingFunctions;
use crate::{Result, registration};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Address of the scheduler, as HOST:PORT
    #[arg(long)]
    scheduler: SocketAddr,
    /// Tasks at a time
    #[arg(long, default_value_t = 1)]
    slots: usize,
    /// Folder for what the stages of a query exchange
    #[arg(long)]
    work_dir: PathBuf,
    /// File to write the exchanged bytes of every task to
    #[arg(long)]
    ledger: Option<PathBuf>,
    /// Leave the functions out, to see what the cluster says then
    #[arg(long)]
    without_functions: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<()> {
    std::fs::create_dir_all(&arguments.work_dir)?;
    let work_dir = arguments
        .work_dir
        .to_str()
        .ok_or("the path of the work folder must be valid Unicode")?;
    let registry = if arguments.without_functions {
        BallistaFunctionRegistry::default()
    } else {
        registration::executor_registry()?
    };
    let [port, grpc_port] = free_ports()?;
    let config = ExecutorProcessConfig {
        port,
        grpc_port,
        external_host: Some("127.0.0.1".to_owned()),
        scheduler_host: arguments.scheduler.ip().to_string(),
        scheduler_port: arguments.scheduler.port(),
        scheduler_connect_timeout_seconds: 30,
        vcores: arguments.slots,
        work_dir: Some(work_dir.to_owned()),
        override_function_registry: Some(Arc::new(registry)),
        override_physical_codec: Some(Arc::new(NamesMissingFunctions::default())),
        override_execution_engine: arguments
            .ledger
            .map(|ledger| Arc::new(CountingEngine::new(ledger)) as _),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}

/// Two free ports. Both are held at the same time, so that they differ.
fn free_ports() -> std::io::Result<[u16; 2]> {
    let first = TcpListener::bind(("127.0.0.1", 0))?;
    let second = TcpListener::bind(("127.0.0.1", 0))?;
    Ok([first.local_addr()?.port(), second.local_addr()?.port()])
}
