//! Looks up ports and service names in the registry:
//! `cargo run --example lookup -- 443/tcp https 6005 ocs_cmu postgres`.

mod arguments;
mod completion;
mod free;
mod highlight;
mod json;
mod query;
#[path = "../common/record_view.rs"]
mod record_view;
mod search;
mod text;
#[path = "../common/text_table.rs"]
mod text_table;

use std::io::{self, BufRead, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use port_registry::{COMMON, Columns};

use arguments::Args;
use highlight::Highlight;

fn main() -> ExitCode {
    let args = Args::parse();
    let mut lookup = Lookup {
        out: BufWriter::new(io::stdout().lock()),
        json: args.json,
        verbose: args.verbose,
        answered: 0,
        unanswered: 0,
    };
    match lookup.run(&args) {
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
    /// Does the one thing that the command line asks for.
    fn run(&mut self, args: &Args) -> io::Result<()> {
        if let Some(shell) = args.completions {
            self.out.write_all(completion::script(shell).as_bytes())?;
        } else if let Some(prefix) = &args.complete {
            // There is no message, because it would appear in the line that is being completed.
            let found = completion::write_names(&mut self.out, prefix)?;
            self.unanswered += usize::from(!found);
        } else if let Some(asked) = args.free {
            if !free::write(&mut self.out, asked, self.json)? {
                self.refuse(&asked.ports, &free::why_none(asked));
            }
        } else if let Some(text) = &args.search {
            self.search(text, args.columns.iter().copied().collect())?;
        } else {
            self.answer_all(&args.queries)?;
        }
        self.out.flush()
    }

    fn search(&mut self, text: &str, columns: Columns) -> io::Result<()> {
        let hits = search::hits(text, columns);
        if hits.is_empty() {
            let mut why = String::from("no row of the registry contains it");
            if columns != Columns::SEARCHED {
                why += " in these columns";
            }
            self.refuse(&text.escape_debug(), &why);
        }
        if self.json {
            return json::write_records(&mut self.out, &hits);
        }
        let highlight = Highlight::on_terminal(text);
        if self.verbose {
            text::write_records(&mut self.out, &hits, &highlight)
        } else {
            search::write_lines(&mut self.out, text, columns, &hits, &highlight)
        }
    }

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
            // The message knows the names that people use, too.
            Err(error) => self.refuse(&query.escape_debug(), &COMMON.explain(&error).to_string()),
        }
        // Flush now, so that messages on standard error appear between the answers in order.
        self.out.flush()
    }

    /// Says why there is no answer to what was asked.
    fn refuse(&mut self, asked: &dyn std::fmt::Display, why: &str) {
        complain(&format!("{asked}: {why}"));
        self.unanswered += 1;
    }
}

/// Writes a message to standard error, if anyone is there to read it.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "lookup: {message}");
}
