//! The scheduler: one process that plans queries and hands out their tasks.

use crate::{Result, registration};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// File to write the address to, once the scheduler listens
    #[arg(long)]
    address_file: Option<PathBuf>,
    /// Executors that must be registered before `/readyz` answers 200
    #[arg(long, default_value_t = 1)]
    executors: usize,
    /// Register the functions only and leave the rules of the optimizer out
    #[arg(long)]
    without_rules: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<()> {
    let without_rules = arguments.without_rules;
    // The scheduler tells the executors where to report, so the port is known first.
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let address = listener.local_addr()?;
    let config = SchedulerConfig {
        bind_port: address.port(),
        external_host: "127.0.0.1".to_owned(),
        min_ready_executors: arguments.executors,
        override_session_builder: Some(Arc::new(move |config| {
            registration::scheduler_session(config, without_rules)
        })),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let scheduler =
        create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
    if let Some(file) = arguments.address_file {
        std::fs::write(file, address.to_string())?;
    }
    Ok(start_grpc_service_with_listener(listener, scheduler).await?)
}
