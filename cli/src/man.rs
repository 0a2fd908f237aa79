//! `ports man`: the manual pages, made from the flags.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory, ValueHint};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use port_registry::REGISTRY;

use crate::outcome::{Answered, Failure, Outcome};
use crate::output_file;

/// Write the manual page of the program, or of one of its commands
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The command whose page is written, instead of that of the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    /// Write all pages into this directory: ports.1, ports-show.1 and so on. Each is replaced as a
    /// whole
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
    directory: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  ports man | man -l -
  ports man label | man -l -
  ports man --directory ~/.local/share/man/man1

Exit status: 0 if the pages were written, 1 if they could not be, 2 if the command line is wrong.";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let pages = pages();
    if let Some(directory) = &arguments.directory {
        return write_all(directory, &pages);
    }
    let title = match &arguments.command {
        Some(command) => format!("ports-{command}"),
        None => "ports".to_owned(),
    };
    let page = pages.iter().find(|page| page.title == title);
    let page = page.ok_or_else(|| unknown(&title, &pages))?;
    io::stdout().lock().write_all(&page.text()?)?;
    Ok(Answered::All)
}

fn unknown(title: &str, pages: &[Page]) -> Failure {
    let command = |title: &str| title.trim_start_matches("ports-").to_owned();
    let known = pages.iter().skip(1).map(|page| command(&page.title));
    let known = known.collect::<Vec<_>>().join(", ");
    Failure::Usage(format!(
        "unknown command `{}`, expected one of {known}",
        command(title).escape_debug()
    ))
}

fn write_all(directory: &Path, pages: &[Page]) -> Outcome {
    for page in pages {
        let file = directory.join(format!("{}.1", page.title));
        let text = page.text()?;
        output_file::write(&file, |out| out.write_all(&text))?;
    }
    Ok(Answered::All)
}

/// The page of the program or of a command.
struct Page {
    /// `ports`, or `ports-show`.
    title: String,
    command: Command,
    /// The other pages that it names.
    related: Vec<String>,
}

/// All pages, that of the program first.
fn pages() -> Vec<Page> {
    let mut program = crate::Arguments::command();
    program.build();
    let shown = program
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let of_commands: Vec<_> = shown
        .map(|command| Page {
            title: format!("ports-{}", command.get_name()),
            command: command.clone(),
            related: vec!["ports".to_owned()],
        })
        .collect();
    let related = of_commands.iter().map(|page| page.title.clone()).collect();
    let mut pages = vec![Page {
        title: "ports".to_owned(),
        command: program,
        related,
    }];
    pages.extend(of_commands);
    pages
}

impl Page {
    /// The page in roff. Its date is that of the registry, so that it is the same in every build.
    fn text(&self) -> io::Result<Vec<u8>> {
        let man = Man::new(self.command.clone())
            .title(&self.title)
            .date(REGISTRY.updated().to_string())
            .source(concat!("ports ", env!("CARGO_PKG_VERSION")))
            .manual("User Commands");
        let mut text = Vec::new();
        man.render_title(&mut text)?;
        man.render_name_section(&mut text)?;
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
        if self.command.has_subcommands() {
            man.render_subcommands_section(&mut text)?;
        }
        let mut rest = Roff::new();
        self.write_details(&mut rest);
        self.write_related(&mut rest);
        rest.to_writer(&mut text)?;
        Ok(text)
    }

    /// What stands at the end of the help. Its lines that begin with blanks are kept as they are.
    fn write_details(&self, roff: &mut Roff) {
        let long = self.command.get_after_long_help();
        let Some(details) = long.or_else(|| self.command.get_after_help()) else {
            return;
        };
        let mut has_heading = false;
        for paragraph in details.to_string().split("\n\n") {
            let (heading, paragraph) = divide(paragraph);
            match heading {
                Some(heading) => {
                    roff.control("SH", [heading]);
                    has_heading = true;
                }
                None if !has_heading => {
                    roff.control("SH", ["DETAILS"]);
                    has_heading = true;
                }
                None => {
                    roff.control("PP", []);
                }
            }
            write_paragraph(roff, paragraph);
        }
    }

    fn write_related(&self, roff: &mut Roff) {
        roff.control("SH", ["SEE ALSO"]);
        for (place, title) in self.related.iter().enumerate() {
            let is_last = place + 1 == self.related.len();
            roff.text([bold(title), roman(if is_last { "(1)" } else { "(1)," })]);
        }
    }
}

/// The heading that the help gives a paragraph, and what follows.
fn divide(paragraph: &str) -> (Option<&'static str>, &str) {
    let headings = [("Examples:", "EXAMPLES"), ("Exit status:", "EXIT STATUS")];
    let found = headings
        .into_iter()
        .find_map(|(text, heading)| Some((heading, paragraph.strip_prefix(text)?)));
    match found {
        Some((heading, rest)) => (Some(heading), rest.trim_start_matches([' ', '\n'])),
        None => (None, paragraph),
    }
}

fn write_paragraph(roff: &mut Roff, paragraph: &str) {
    // The blanks before the first line were its heading's.
    let is_verbatim = paragraph.lines().skip(1).any(|line| line.starts_with(' '))
        || paragraph.starts_with("ports ");
    if is_verbatim {
        roff.control("nf", []);
    }
    for line in paragraph.lines() {
        let line = line.strip_prefix("  ").unwrap_or(line);
        roff.text([roman(line)]);
    }
    if is_verbatim {
        roff.control("fi", []);
    }
}
