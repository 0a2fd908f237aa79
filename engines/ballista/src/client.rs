//! A client: a session that plans here and runs on the cluster, or on this machine alone.

use crate::question::{self, Question};
use crate::{Failure, registration};
use ballista::prelude::SessionContextExt;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::error::Result;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use std::net::SocketAddr;

/// Where to ask and what to read: the arguments that all who ask share.
#[derive(clap::Args)]
pub(crate) struct Place {
    /// Address of the scheduler, as HOST:PORT; without it, this machine alone answers
    #[arg(long)]
    scheduler: Option<SocketAddr>,
    /// Register the functions only and leave the rules of the optimizer out
    #[arg(long)]
    without_rules: bool,
    /// Folder of Parquet files: the table `flows`
    folder: String,
}

impl Place {
    /// The session that the arguments ask for.
    pub(crate) async fn session(&self) -> Result<SessionContext> {
        let context = match self.scheduler {
            Some(address) => SessionContext::remote(&format!("df://{address}")).await?,
            None => SessionContext::new(),
        };
        self.prepared(context).await
    }

    /// A session of this machine, over the same files.
    pub(crate) async fn session_here(&self) -> Result<SessionContext> {
        self.prepared(SessionContext::new()).await
    }

    async fn prepared(&self, context: SessionContext) -> Result<SessionContext> {
        registration::in_session(&context, self.without_rules)?;
        // Without the slash at its end the path would be that of a file.
        let folder = format!("{}/", self.folder.trim_end_matches('/'));
        context
            .register_parquet("flows", folder, ParquetReadOptions::default())
            .await?;
        Ok(context)
    }
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    wanted: Wanted,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Wanted {
    /// The services with the most bytes
    #[arg(long)]
    top: bool,
    /// The ports with the most bytes that have no service
    #[arg(long)]
    unknown: bool,
    /// Bytes by hour and service
    #[arg(long)]
    by_hour: bool,
    /// A question of your own, to the table `flows`
    #[arg(long)]
    sql: Option<String>,
}

impl Wanted {
    fn question(&self) -> Question {
        match &self.sql {
            Some(sql) => Question::new("sql", sql),
            None if self.top => question::top(),
            None if self.unknown => question::unknown(),
            None => question::by_hour(),
        }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let context = arguments.place.session().await?;
    let batches = ask(&context, &arguments.wanted.question()).await?;
    println!("{}", pretty_format_batches(&batches)?);
    Ok(())
}

/// The whole answer to a question.
pub(crate) async fn ask(context: &SessionContext, question: &Question) -> Result<Vec<RecordBatch>> {
    context.sql(question.sql()).await?.collect().await
}
