//! Looks up ports and service names in the registry:
//! `cargo run --example lookup -- 443/tcp https 6005 ocs_cmu postgres`.

mod json;
mod query;
#[path = "../common/record_view.rs"]
mod record_view;
mod text;
#[path = "../common/text_table.rs"]
mod text_table;

use std::io::{self, BufRead, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

/// Look up ports and service names in the IANA Service Name and Transport Protocol Port Number
/// Registry
#[derive(Parser)]
#[command(
    name = "lookup",
    version,
    after_help = "Exit status: 0 if every query was answered, 1 if some were not, \
                  2 if the command line is wrong."
)]
struct Args {
    /// PORT, PORT/PROTO, NAME or NAME/PROTO, where PROTO is tcp, udp, sctp or dccp;
    /// `-` reads queries from standard input, one a line
    #[arg(value_name = "QUERY", required = true)]
    queries: Vec<String>,

    /// Write one JSON object a line for each answer, with all columns
    #[arg(long)]
    json: bool,

    /// Write all columns, contacts resolved
    #[arg(short, long)]
    verbose: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut lookup = Lookup {
        out: BufWriter::new(io::stdout().lock()),
        json: args.json,
        verbose: args.verbose,
        answered: 0,
        unanswered: 0,
    };
    match lookup.run(&args.queries) {
        // The reader has seen enough, as in `lookup … | head -1`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::FAILURE;
        }
        Ok(()) => {}
    }
    if lookup.unanswered == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

struct Lookup<W: Write> {
    out: W,
    json: bool,
    verbose: bool,
    answered: usize,
    unanswered: usize,
}

impl<W: Write> Lookup<W> {
    fn run(&mut self, queries: &[String]) -> io::Result<()> {
        for query in queries {
            if query == "-" {
                self.run_lines(io::stdin().lock())?;
            } else {
                self.answer(query)?;
            }
        }
        Ok(())
    }

    /// Answers each line that is not blank, as soon as it is read.
    fn run_lines(&mut self, lines: impl BufRead) -> io::Result<()> {
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
                complain(&format!("{}: {error}", query.escape_debug()));
                self.unanswered += 1;
            }
        }
        // Now, so that messages on standard error stand between the answers in order.
        self.out.flush()
    }
}

/// Writes a message to standard error, if anyone is there to read it.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "lookup: {message}");
}
