//! `ports completions` in real shells, and what the scripts ask the program for.
//!
//! PowerShell and elvish are not packaged for Debian, so of their scripts only the words are tested.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use crate::man::{commands, options};
use crate::program::{PORTS, Run, run, written_by};
use crate::support::common::common_lines;
use crate::support::oracle::built;

#[test]
fn complete_lists_names_sorted_and_once() {
    let complete = |prefix: &str| written_by("complete", &[prefix]);
    assert_eq!(complete("https,22,914C/"), "https,22,914c/g\n");
    assert_eq!(complete("rdp"), "rdp\n");

    let all = complete("").to_ascii_lowercase();
    let mut expected: BTreeSet<String> = built().folded_names().map(str::to_owned).collect();
    let registered = expected.len();
    for line in common_lines() {
        expected.extend(line.names.iter().map(|name| name.to_ascii_lowercase()));
    }
    assert!(expected.len() > registered);
    assert!(all.lines().eq(&expected));
    for prefix in ["postg", "HTTP-A", "914c/"] {
        let folded = prefix.to_ascii_lowercase();
        let names: Vec<_> = expected
            .iter()
            .filter(|name| name.starts_with(&folded))
            .collect();
        assert!(!names.is_empty(), "{prefix}");
        assert!(
            complete(prefix).to_ascii_lowercase().lines().eq(names),
            "{prefix}"
        );
    }

    let nothing = run("complete", &["zzz"]);
    assert_eq!(
        (
            nothing.stdout.as_str(),
            nothing.stderr.as_str(),
            nothing.status
        ),
        ("", "", 1)
    );
    assert_eq!(run("complete", &["-x"]).stderr, "");
}

#[test]
fn every_script_names_all_commands_and_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = written_by("completions", &[shell]);
        let long = |option: &str| match shell {
            "fish" => option.replacen("--", "-l ", 1),
            _ => option.to_owned(),
        };
        for command in commands() {
            assert!(script.contains(&command), "{command} in {shell}");
            for option in options(&command) {
                let is_long = option.starts_with("--");
                assert!(
                    !is_long || script.contains(&long(&option)),
                    "{option} of {command} in {shell}"
                );
            }
        }
    }
    let script = written_by("completions", &["powershell"]);
    assert!(script.contains("Register-ArgumentCompleter -Native -CommandName 'ports'"));
    for command in commands() {
        let case = format!("'ports;{command}' {{");
        let (_, part) = script.split_once(&case).expect("the options of a command");
        let (part, _) = part.split_once("break").expect("an end");
        for option in options(&command) {
            assert!(
                part.contains(&format!("'{option}'")),
                "{option} of {command}"
            );
        }
    }
    // The command for the scripts is not for people.
    assert!(!script.contains("'complete'"));
    assert_eq!(run("completions", &["tcsh"]).status, 2);
}

/// Runs a script in a shell that finds `ports` as an installed program.
#[cfg(unix)]
fn in_shell(shell: &str, args: &[&str]) -> Run {
    let program = std::path::Path::new(PORTS);
    let directory = program.parent().expect("it lies in a directory").to_owned();
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(directory).chain(std::env::split_paths(&inherited)));
    let empty = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(shell);
    let command = command
        .args(args)
        .current_dir(&empty)
        .env("PATH", path.expect("no colon in it"));
    let run = command.env("TERM", "dumb").stdin(Stdio::null()).output();
    run.unwrap_or_else(|error| panic!("cannot run {shell}: {error}"))
        .into()
}

#[test]
#[cfg(unix)]
#[ignore = "needs bash"]
fn bash_completes_commands_options_values_and_names() {
    // Calls the function that `complete` was given, as bash does when Tab is pressed.
    const SCRIPT: &str = r#"
        source <(ports completions bash)
        function=$(complete -p ports); function=${function##*-F }; function=${function%% *}
        try() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            "$function" ports "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            echo "$*: ${COMPREPLY[*]}"
        }
        try ports com
        try ports sea
        try ports show postgresq
        try ports show ssh POSTGRESQ
        try ports show 'sql*'
        try ports show --json postgresq
        try ports show --js
        try ports port kafka-c
        try ports port --names ''
        try ports free postgresq
        try ports map --highlight https,postgresq
        try ports map --protocol ''
        try ports search postgresq
        try ports completions z
        try ports man dif
        try ports show zzz
    "#;
    let run = in_shell("bash", &["--norc", "-c", SCRIPT]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "\
ports com: completions
ports sea: search
ports show postgresq: postgresql
ports show ssh POSTGRESQ: postgresql
ports show sql*: sql\\*net
ports show --json postgresq: postgresql
ports show --js: --json
ports port kafka-c: kafka-connect
ports port --names : iana common
ports free postgresq: postgresql
ports map --highlight https,postgresq: https\\,postgresql
ports map --protocol : tcp udp sctp dccp
ports search postgresq: 
ports completions z: zsh
ports man dif: diff
ports show zzz: 
"
    );
}

#[test]
#[cfg(unix)]
#[ignore = "needs fish"]
fn fish_completes_commands_options_values_and_names() {
    const SCRIPT: &str = r#"
        ports completions fish | source
        for line in "com" "sea" "show postgresq" "show ssh POSTGRESQ" "show --json postgresq" \
            "show --js" "port kafka-c" "port --names c" "free postgresq" \
            "map --highlight https,postgresq" "map --highlight=postgresq" "map --protocol s" \
            "search postgresq" "completions z" "man dif" "show zzz"
            echo "$line:" (complete -C "ports $line" | string replace -r '\t.*' '')
        end
    "#;
    let run = in_shell("fish", &["--no-config", "-c", SCRIPT]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "\
com: completions
sea: search
show postgresq: postgresql
show ssh POSTGRESQ: postgresql
show --json postgresq: postgresql
show --js: --json
port kafka-c: kafka-connect
port --names c: common
free postgresq: postgresql
map --highlight https,postgresq: https,postgresql
map --highlight=postgresq: --highlight=postgresql
map --protocol s: sctp
search postgresq:
completions z: zsh
man dif: diff
show zzz:
"
    );
}

#[test]
#[cfg(unix)]
#[ignore = "needs zsh"]
fn zsh_completes_commands_options_values_and_names() {
    // Types into a shell on a terminal. The completed command is run, so its output shows the
    // completion.
    const SCRIPT: &str = r#"
        zmodload zsh/zpty || exit
        zpty shell zsh -f -i
        zpty -w shell 'autoload -U compinit; compinit -u -D; source <(ports completions zsh)'
        zpty -w shell 'ports() { print -r -- "run: $*" }'
        zpty -w -n shell $'ports sho\tssh/udp POSTGRESQ\t\n'
        zpty -w -n shell $'ports show --js\tntp/udp\n'
        zpty -w -n shell $'ports port kafka-c\t--names ia\t\n'
        zpty -w -n shell $'ports free postgresq\t\n'
        zpty -w -n shell $'ports map --highlight https,postgresq\t\n'
        zpty -w -n shell $'ports map --protocol dc\t\n'
        zpty -w -n shell $'ports completions fi\t\n'
        zpty -w -n shell $'ports man dif\t\n'
        zpty -w shell 'exit'
        while zpty -r shell line; do print -r -- "$line"; done
    "#;
    let run = in_shell("zsh", &["-f", "-c", SCRIPT]);
    let shown = run.stdout.replace('\r', "");
    let completed: Vec<_> = shown
        .lines()
        .filter_map(|line| line.strip_prefix("run: "))
        .map(str::trim_end)
        .collect();
    assert_eq!(
        completed,
        [
            "show ssh/udp postgresql",
            "show --json ntp/udp",
            "port kafka-connect --names iana",
            "free postgresql",
            "map --highlight https,postgresql",
            "map --protocol dccp",
            "completions fish",
            "man diff",
        ],
        "{}",
        run.stdout
    );
}
