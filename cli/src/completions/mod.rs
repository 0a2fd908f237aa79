//! `ports completions`: what shells need to complete a command line.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::builder::PossibleValuesParser;
use clap::{Arg, Args, Command, CommandFactory, ValueHint};
use clap_complete::{Shell, generate};
use port_registry::{CommonUse, Protocol, Service, common_uses, services_with_prefix};

use crate::outcome::{Answered, Outcome};

/// Write a script that makes a shell complete commands, options and service names
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The shell; service names are completed in bash, fish and zsh
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  source <(ports completions bash)                               in ~/.bashrc
  ports completions zsh > ~/.zfunc/_ports                        a directory of $fpath
  ports completions fish > ~/.config/fish/completions/ports.fish
  ports completions powershell | Out-String | Invoke-Expression  in $PROFILE";

/// List the service names that begin with a prefix, for those scripts
#[derive(Args)]
pub(crate) struct CompleteArguments {
    /// What was typed; of a list with commas, the last item counts
    #[arg(default_value = "", allow_hyphen_values = true)]
    prefix: String,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    io::stdout()
        .lock()
        .write_all(script(arguments.shell).as_bytes())?;
    Ok(Answered::All)
}

/// There is no message, because it would appear in the line that is being completed.
pub(crate) fn complete(arguments: &CompleteArguments) -> Outcome {
    let typed = &arguments.prefix;
    let (before, prefix) = typed.split_at(typed.rfind(',').map_or(0, |comma| comma + 1));
    let names = names(prefix);
    let mut out = io::stdout().lock();
    for name in &names {
        writeln!(out, "{before}{name}")?;
    }
    Ok(Answered::all_if(!names.is_empty()))
}

/// The registered and the common names that begin with `prefix`, sorted. Letter case does not
/// count.
fn names(prefix: &str) -> Vec<&'static str> {
    let registered = services_with_prefix(prefix).map(Service::name);
    let begins = |name: &&str| {
        let start = name.as_bytes().get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    let common = common_uses().flat_map(CommonUse::names).filter(begins);
    let mut names = BTreeMap::new();
    for name in registered.chain(common) {
        names.entry(name.to_ascii_lowercase()).or_insert(name);
    }
    names.into_values().collect()
}

/// The arguments that are service names: commands, each with an option or, without one, the
/// arguments themselves.
const NAMED: [(&str, Option<&str>); 4] = [
    ("show", None),
    ("port", None),
    ("free", None),
    ("map", Some("highlight")),
];

/// How `clap_complete` is told of service names, for it has no such kind. No argument is the name
/// of a user. Its script for bash does not tell such arguments from files.
const MARK: ValueHint = ValueHint::Username;

/// The script for a shell. `clap_complete` writes the part for commands and options. For names, the
/// script calls this program.
fn script(shell: Shell) -> String {
    let program = program();
    let mut options = Vec::new();
    generate(shell, &mut program.clone(), "ports", &mut options);
    let options = String::from_utf8_lossy(&options);
    match shell {
        Shell::Bash => {
            let names = include_str!("names.bash")
                .replace("@NAMED@", &options_with_names().join(" | "))
                .replace("@COMMANDS@", &commands_with_names().join(" | "))
                .replace("@OPTIONS@", &options_with_values(&program).join(" | "));
            format!("{options}{names}")
        }
        Shell::Fish => {
            let names = include_str!("names.fish")
                .replace("@COMMANDS@", &commands_with_names().join(" "))
                .replace("@NO_FILES@", &commands_without_files(&program).join(" "))
                .replace("@WORDS@", &words_in_fish(&program));
            let options = options.replace("(__fish_complete_users)", "(__ports_names)");
            format!("{options}{names}")
        }
        Shell::Zsh => {
            // The first line tells zsh what the file is. The last line calls what comes before it.
            let (first, rest) = options.split_once('\n').unwrap_or_default();
            let names = include_str!("names.zsh");
            let rest = rest.replace(":_users'", ":_ports_names'");
            // With one colon, options are also completed behind such arguments.
            let rest = rest.replace("\n'*::", "\n'*:");
            format!("{first}\n\n{names}{rest}")
        }
        _ => options.into_owned(),
    }
}

/// The commands that people give, with what their arguments may be.
fn program() -> Command {
    let all = crate::Arguments::command();
    let shown = all
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let shown: Vec<_> = shown.collect();
    let names: Vec<_> = shown.iter().map(|one| one.get_name().to_owned()).collect();
    let shown = shown.into_iter().map(|command| {
        let name = command.get_name().to_owned();
        let described = |argument| described(&name, argument, &names);
        command.clone().mut_args(described)
    });
    let program = Command::new("ports")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true);
    program.subcommands(shown)
}

/// An argument with what it may be: a service name, a transport protocol, one of the `commands`, or
/// something that is no file.
fn described(command: &str, argument: Arg, commands: &[String]) -> Arg {
    let is_named = NAMED.iter().any(|&(of, option)| {
        of == command
            && match option {
                Some(option) => argument.get_long() == Some(option),
                None => argument.is_positional(),
            }
    });
    if is_named {
        return argument.value_hint(MARK);
    }
    if argument.get_long() == Some("protocol") {
        let keywords = Protocol::ALL.iter().map(|protocol| protocol.as_str());
        let keywords = keywords.collect::<Vec<_>>();
        return argument.value_parser(PossibleValuesParser::new(keywords));
    }
    if command == "man" && argument.is_positional() {
        return argument.value_parser(PossibleValuesParser::new(commands.to_vec()));
    }
    let takes_anything = argument.get_value_hint() == ValueHint::Unknown
        && argument.get_possible_values().is_empty();
    match takes_anything && argument.get_action().takes_values() {
        true => argument.value_hint(ValueHint::Other),
        false => argument,
    }
}

/// The commands whose arguments are service names.
fn commands_with_names() -> Vec<&'static str> {
    let with_names = NAMED.iter().filter(|(_, option)| option.is_none());
    with_names.map(|&(command, _)| command).collect()
}

/// The options whose values are service names, as bash sees them: the command and the word before.
fn options_with_names() -> Vec<String> {
    let pattern = |(command, option): &(&str, Option<&str>)| {
        let option = option.as_ref()?;
        Some(format!("\"{command} --{option}\""))
    };
    NAMED.iter().filter_map(pattern).collect()
}

/// The options of the commands with names that take another value.
fn options_with_values(program: &Command) -> Vec<String> {
    let commands = commands_with_names();
    let commands = commands
        .iter()
        .filter_map(|name| program.find_subcommand(name));
    let options = commands.flat_map(Command::get_opts);
    let options = options.filter(|option| option.get_action().takes_values());
    let mut spellings: Vec<_> = options
        .flat_map(|option| {
            let long = option.get_long().map(|long| format!("--{long}"));
            let short = option.get_short().map(|short| format!("-{short}"));
            long.into_iter().chain(short)
        })
        .collect();
    spellings.sort();
    spellings.dedup();
    // An empty pattern would be an error of syntax.
    if spellings.is_empty() {
        spellings.push("--".to_owned());
    }
    spellings
}

/// The commands without an argument that is a file. Their options may be.
fn commands_without_files(program: &Command) -> Vec<&str> {
    let is_file = |argument: &Arg| {
        let hint = argument.get_value_hint();
        matches!(
            hint,
            ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath
        )
    };
    let without = program
        .get_subcommands()
        .filter(|command| !command.get_positionals().any(is_file));
    without.map(Command::get_name).collect()
}

/// The words that an argument may be, which `clap_complete` does not tell fish.
fn words_in_fish(program: &Command) -> String {
    let lines = program.get_subcommands().flat_map(|command| {
        let words = command.get_positionals().map(|argument| {
            let values = argument.get_possible_values();
            let names = values.iter().map(|value| value.get_name().to_owned());
            names.collect::<Vec<_>>().join(" ")
        });
        let words = words.filter(|words| !words.is_empty());
        words.map(|words| {
            let name = command.get_name();
            format!(
                "complete -c ports -n \"__fish_ports_using_subcommand {name}\" -a \"{words}\"\n"
            )
        })
    });
    lines.collect()
}
