//! `ports show`: whatever is given, a port, a span or a name, is looked up.

mod json;
mod query;
mod text;

use std::io::{self, BufRead, BufWriter, Write};

use clap::Args;
use port_registry::COMMON;

use crate::outcome::{Answered, Outcome, complain};
pub(crate) use query::list;
pub(crate) use text::write_records;

/// Show what is on ports, and on which ports names are
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// PORT, PORT-PORT or NAME, or with a protocol: PORT/PROTO, NAME/PROTO, where PROTO is tcp,
    /// udp, sctp or dccp; `-` reads queries from standard input, one per line
    #[arg(value_name = "QUERY", required = true)]
    queries: Vec<String>,

    /// Write one JSON object per line for each answer, with all columns
    #[arg(long)]
    json: bool,

    /// Write all columns, with the contacts spelled out
    #[arg(short, long, conflicts_with = "json")]
    verbose: bool,
}

const AFTER_HELP: &str = "\
Examples:
  ports show 443/tcp https 6000-6063/udp   what is on these ports, and on which ports these names are

Exit status: 0 if every question was answered, 1 if some were not, 2 if the command line is wrong.";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut show = Show {
        out: BufWriter::new(io::stdout().lock()),
        json: arguments.json,
        verbose: arguments.verbose,
        answered: 0,
        unanswered: 0,
    };
    show.answer_all(&arguments.queries)?;
    show.out.flush()?;
    Ok(Answered::all_if(show.unanswered == 0))
}

struct Show<W: Write> {
    out: W,
    json: bool,
    verbose: bool,
    answered: usize,
    unanswered: usize,
}

impl<W: Write> Show<W> {
    fn answer_all(&mut self, queries: &[String]) -> io::Result<()> {
        for query in queries {
            if query == "-" {
                self.answer_lines(io::stdin().lock())?;
            } else {
                self.answer(query)?;
            }
        }
        Ok(())
    }

    /// Answers each line that is not blank as soon as it is read.
    fn answer_lines(&mut self, lines: impl BufRead) -> io::Result<()> {
        for line in lines.split(b'\n') {
            let line = line?;
            let query = String::from_utf8_lossy(&line);
            if !query.trim().is_empty() {
                self.answer(&query)?;
            }
        }
        Ok(())
    }

    fn answer(&mut self, query: &str) -> io::Result<()> {
        let query = query.trim();
        match query::answer(query) {
            Ok(reply) if self.json => json::write(&mut self.out, query, &reply)?,
            Ok(reply) => {
                if self.answered > 0 {
                    writeln!(self.out)?;
                }
                text::write(&mut self.out, query, &reply, self.verbose)?;
                self.answered += 1;
            }
            Err(error) => {
                complain(&format!(
                    "{}: {}",
                    query.escape_debug(),
                    COMMON.explain(&error)
                ));
                self.unanswered += 1;
            }
        }
        // Flush now, so that messages on standard error appear between the answers in order.
        self.out.flush()
    }
}
