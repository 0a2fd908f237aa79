//! How long a question takes and how many bytes the stages of its plan exchange.

use crate::Result;
use crate::client::{Place, ask};
use crate::ledger::{Handed, Ledgers};
use crate::question::{self, Question};
use datafusion::prelude::SessionContext;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Ledger of an executor; give each one's
    #[arg(long)]
    ledger: Vec<PathBuf>,
    /// Runs of each question, of which the fastest counts
    #[arg(long, default_value_t = 3)]
    best_of: usize,
    /// A question of your own, as NAME=SQL; without any, the three are asked
    #[arg(long, value_parser = named)]
    sql: Vec<Question>,
}

fn named(text: &str) -> Result<Question, String> {
    let (name, sql) = text.split_once('=').ok_or("NAME=SQL is needed")?;
    Ok(Question::new(name, sql))
}

/// Prints a line for each question: name, seconds, rows and bytes exchanged, rows of the answer,
/// with tabs between.
pub(crate) async fn run(arguments: &Arguments) -> Result<()> {
    let context = arguments.place.session().await?;
    let mut ledgers = Ledgers::new(&arguments.ledger)?;
    let questions = match arguments.sql.as_slice() {
        [] => question::ready_made().to_vec(),
        own => own.to_vec(),
    };
    for question in questions {
        let mut best = None::<Run>;
        for _ in 0..arguments.best_of {
            let run = once(&context, &question, &mut ledgers).await?;
            if best.as_ref().is_none_or(|best| run.time < best.time) {
                best = Some(run);
            }
        }
        let Run {
            time,
            exchanged,
            rows,
        } = best.ok_or("--best-of must be 1 or more")?;
        let Handed { rows: sent, bytes } = exchanged;
        let seconds = time.as_secs_f64();
        println!("{}\t{seconds:.3}\t{sent}\t{bytes}\t{rows}", question.name());
    }
    Ok(())
}

struct Run {
    time: Duration,
    exchanged: Handed,
    rows: usize,
}

async fn once(context: &SessionContext, question: &Question, ledgers: &mut Ledgers) -> Result<Run> {
    let start = Instant::now();
    let answer = ask(context, question).await?;
    Ok(Run {
        time: start.elapsed(),
        exchanged: ledgers.exchanged()?,
        rows: answer.iter().map(|batch| batch.num_rows()).sum(),
    })
}
