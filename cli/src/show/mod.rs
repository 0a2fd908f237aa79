//! `ports show`: whatever is given, a port, a span or a name, is looked up.

pub(crate) mod json;
pub(crate) mod query;
pub(crate) mod question;
pub(crate) mod text;

use std::io::{self, Write};

use clap::{Args, ValueHint};

use crate::names::{Base, NameOptions, Tables};
use crate::outcome::{Answered, Outcome};
use crate::terminal::{Output, TerminalOptions};
pub(crate) use query::list;
use question::{Question, for_each, reads_stdin};
use text::Form;

/// Show what is on ports, and on which ports names are
///
/// Your own names come first, then IANA's rows, then the common uses of the port. A name that IANA
/// does not have is followed by IANA's rows of its ports.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// PORT, PORT-PORT or NAME, alone or with protocols: 443/tcp, https/udp, 53/tcp,udp; also
    /// :443, and a list such as 22,80. Protocols are tcp, udp, sctp and dccp. `-` reads questions
    /// from standard input, one per line
    #[arg(value_name = "QUERY", required = true, value_hint = ValueHint::Other)]
    queries: Vec<String>,

    /// Write one JSON object per line for each answer, with all columns; the key `source` tells
    /// iana, common, own or services
    #[arg(long)]
    json: bool,

    /// Write all columns, with the contacts spelled out, and the sources of common uses
    #[arg(short, long, conflicts_with = "json")]
    verbose: bool,

    /// Show whom to write to, with mail addresses as people write them
    #[arg(long, conflicts_with = "json")]
    contacts: bool,

    #[command(flatten)]
    names: NameOptions,

    #[command(flatten)]
    terminal: TerminalOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports show 443/tcp https 6005 rdp        what is on ports, and where names lead
  ports show 22,80 53/tcp,udp :8443        lists, several protocols, and the port of an address
  ports show -v --contacts postgresql      all columns, and whom to write to
  ports show --names iana 3128             what IANA says, without common uses
  ports show --json - < ports.txt          one JSON object for each answer

A list is the same as its items one after another.

Exit status: 0 if every question was answered, 1 if some were not, 2 if the command line or \
a file of names is wrong.";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let read = arguments.names.read(Base::Common)?;
    let tables = read.tables();
    let out = if arguments.json {
        Output::for_programs()
    } else {
        Output::for_people(&arguments.terminal, reads_stdin(&arguments.queries))
    };
    let mut show = Show {
        form: Form {
            look: out.look(),
            verbose: arguments.verbose,
            contacts: arguments.contacts,
        },
        out,
        json: arguments.json,
        tables: &tables,
        answered: 0,
        unanswered: 0,
    };
    for_each(&arguments.queries, |text| {
        Question::read_all(text, tables.names())
            .iter()
            .try_for_each(|question| show.answer(question))
    })?;
    show.out.finish()?;
    Ok(Answered::all_if(show.unanswered == 0))
}

struct Show<'a> {
    out: Output,
    form: Form,
    json: bool,
    tables: &'a Tables<'a>,
    answered: usize,
    unanswered: usize,
}

impl Show<'_> {
    fn answer(&mut self, question: &Question) -> io::Result<()> {
        let text = &question.text;
        match query::answer(question, self.tables) {
            Ok(reply) if self.json => json::write(&mut self.out, text, &reply)?,
            Ok(reply) => {
                if self.answered > 0 {
                    writeln!(self.out)?;
                }
                text::write(&mut self.out, text, &reply, self.form)?;
                self.answered += 1;
            }
            Err(error) => {
                let why = self.tables.helping().explain(&error);
                let message = format!("{}: {why}", text.escape_debug());
                self.out.complain(&message)?;
                self.unanswered += 1;
            }
        }
        // Flush now, so that messages on standard error appear between the answers in order.
        self.out.flush()
    }
}
