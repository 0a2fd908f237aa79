//! Names of one's own: `--overlay`, `--services`, and those of the configuration.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Run, objects, ports, run, written_by};
use serde_json::json;
use tempfile::TempDir;

/// Files of names in a directory.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory can be made"))
    }

    fn add(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        fs::write(&path, text).expect("the file can be written");
        path.to_str().expect("its name is text").to_owned()
    }

    /// A configuration directory with these names.
    fn configure(&self, text: &str) -> PathBuf {
        self.add("config/ports/names", text);
        self.0.path().join("config")
    }
}

fn run_configured(directory: &Path, command: &str, args: &[&str]) -> Run {
    let mut command = ports(command);
    let command = command.args(args).env("XDG_CONFIG_HOME", directory);
    command.output().expect("the program starts").into()
}

fn written(run: Run) -> String {
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    run.stdout
}

#[test]
fn own_names_come_first_and_are_marked() {
    let files = Files::new();
    let file = files.add(
        "names",
        "admin 9443/tcp console # ours\nworkers 8000-8010/tcp\nworkers 8000-8010/udp\n",
    );
    let shown = |query: &str| written_by("show", &["--names", "iana", "--overlay", &file, query]);
    assert_eq!(
        shown("9443/tcp"),
        "9443/tcp\n  admin           9443  tcp  your own name\n  tungsten-https  9443  tcp  WSO2 Tungsten HTTPS\n"
    );
    assert_eq!(
        shown("console"),
        "console\n  console         9443  tcp  your own name\n  tungsten-https  9443  tcp  WSO2 Tungsten HTTPS\n"
    );
    // How wide the columns are depends on the names of the registry in the span.
    let first = |query: &str| {
        let shown = shown(query);
        let words = shown.lines().nth(1).map(str::split_whitespace);
        words.map(|words| words.collect::<Vec<_>>().join(" "))
    };
    for (query, expected) in [
        ("8005", "workers 8005 tcp,udp your own name"),
        ("7990-8020", "workers 8000-8010 tcp,udp your own name"),
        ("workers/udp", "workers 8000-8010 udp your own name"),
    ] {
        assert_eq!(first(query).as_deref(), Some(expected), "{query}");
    }
    let run = run(
        "show",
        &["--json", "--overlay", &file, "workers", "9443/tcp"],
    );
    let own: Vec<_> = objects(&run.stdout)
        .into_iter()
        .filter(|one| one["source"] == "own")
        .collect();
    assert_eq!(own.len(), 2);
    assert_eq!(own[0]["ports"], json!({"first": 8000, "last": 8010}));
    assert_eq!(own[0]["protocols"], json!(["tcp", "udp"]));
    assert_eq!(
        (&own[1]["name"], &own[1]["port"]),
        (&json!("admin"), &json!(9443))
    );
    let verbose = written_by("show", &["-v", "--overlay", &file, "9443/tcp"]);
    assert!(
        verbose.starts_with("9443/tcp\n  Own Name           admin\n"),
        "{verbose}"
    );
}

#[test]
fn the_last_overlay_comes_first_for_all_commands() {
    let files = Files::new();
    let one = files.add("one", "first 9443/tcp\nonly 9444/tcp\n");
    let other = files.add("other", "second 9443/tcp\n");
    let both = ["--overlay", &one, "--overlay", &other];
    let with = |args: &[&'static str]| [&both[..], args].concat();
    assert_eq!(
        written_by("name", &with(&["9443", "9444"])),
        "second\nonly\n"
    );
    assert_eq!(
        written_by("port", &with(&["first", "second", "only"])),
        "9443\n9443\n9444\n"
    );
    let found = written_by("search", &with(&["secon", "--columns", "service name"]));
    assert!(found.starts_with("second "), "{found}");
    let line: Vec<_> = found
        .lines()
        .next()
        .into_iter()
        .flat_map(str::split_whitespace)
        .collect();
    assert_eq!(line, ["second", "9443", "tcp", "your", "own", "name"]);
    assert!(written_by("show", &with(&["9443/tcp"])).starts_with("9443/tcp\n  second "));
    assert_eq!(run("free", &with(&["9444/tcp"])).status, 1);
}

#[test]
fn a_search_finds_own_names_as_the_file_has_them() {
    let files = Files::new();
    let file = files.add(
        "names",
        "workers 8000-8010/tcp pool\nworkers 8000-8010/udp\nhttp 80/tcp\n",
    );
    let found = written_by("search", &["--overlay", &file, "WORKERS"]);
    assert_eq!(found, "workers  8000-8010  tcp,udp  your own name\n");
    let found = written_by(
        "search",
        &["--overlay", &file, "pool", "--columns", "service name"],
    );
    assert_eq!(
        found
            .lines()
            .filter(|line| line.contains("your own name"))
            .count(),
        1
    );
}

#[test]
fn the_configuration_counts_with_the_common_names() {
    let files = Files::new();
    let home = files.configure("mine 9443/tcp\n");
    let name = |args: &[&str]| written(run_configured(&home, "name", &[args, &["9443"]].concat()));
    assert_eq!(name(&[]), "mine\n");
    assert_eq!(name(&["--names", "common"]), "mine\n");
    assert_eq!(name(&["--names", "iana"]), "tungsten-https\n");
    let without = run_configured(&home, "name", &["--no-config", "9443"]);
    assert_eq!((without.stdout.as_str(), without.status), ("-\n", 1)); // several common uses
    let overlay = files.add("overlay", "front 9443/tcp\n");
    assert_eq!(name(&["--overlay", &overlay]), "front\n");

    assert_eq!(written(run_configured(&home, "port", &["mine"])), "9443\n");
    assert!(written(run_configured(&home, "show", &["9443/tcp"])).starts_with("9443/tcp\n  mine "));
    // Commands that answer by IANA leave it out, unless asked.
    assert_eq!(
        run_configured(&home, "search", &["mine", "--columns", "service name"])
            .stdout
            .matches("your own")
            .count(),
        0
    );
    let found = run_configured(&home, "search", &["mine", "--names", "common"]);
    assert_eq!(found.stdout.matches("your own name").count(), 1);
}

/// The help of the options tells which commands use the common names by themselves.
#[test]
fn the_help_says_who_uses_the_common_names() {
    let said = "without it, show, name, port, label and map use the common names, and the other \
                commands the registry's";
    for command in ["show", "name", "port", "label", "map", "search", "export"] {
        let help = written_by(command, &["--help"]);
        let words: Vec<&str> = help.split_whitespace().collect();
        assert!(words.join(" ").contains(said), "{command}: {help}");
    }
    written_by("map", &["--highlight", "rdp", "-"]);
    let refused = run("map", &["--names", "iana", "--highlight", "rdp", "-"]);
    assert_eq!(refused.status, 2);
}

#[test]
fn the_configuration_is_found_below_the_home_directory() {
    let files = Files::new();
    files.add(".config/ports/names", "mine 9443/tcp\n");
    let mut command = ports("name");
    command
        .arg("9443")
        .env_remove("XDG_CONFIG_HOME")
        .env("HOME", files.0.path());
    if cfg!(not(windows)) {
        assert_eq!(
            written(command.output().expect("it starts").into()),
            "mine\n"
        );
    }
}

#[test]
fn errors_of_a_names_file_are_told_with_their_lines() {
    let files = Files::new();
    let text = "mine 9443/tcp\nbad 99999/tcp\nspan 9-1/udp\n";
    let home = files.configure(text);
    let path = home.join("ports").join("names");
    let expected = |path: &str| {
        format!(
            "ports: errors in services file `{path}`:\n\
             line 2: port number above 65535 in `99999/tcp`, expected 0 to 65535\n\
             line 3: reversed span in `9-1/udp`, expected the lower port number first\n"
        )
    };
    for (command, question) in [("show", "22"), ("name", "22"), ("port", "ssh")] {
        let run = run_configured(&home, command, &[question]);
        let message = expected(path.to_str().expect("it is text"));
        assert_eq!(
            (run.stdout.as_str(), run.stderr, run.status),
            ("", message, 2),
            "{command}"
        );
        assert_eq!(
            run_configured(&home, command, &["--no-config", question]).status,
            0
        );
        assert_eq!(
            run_configured(&home, command, &["--names", "iana", question]).status,
            0
        );
    }
    let overlay = files.add("overlay", text);
    for (command, question) in [
        ("show", "22"),
        ("search", "ssh"),
        ("free", "4"),
        ("port", "ssh"),
    ] {
        let run = self::run(command, &["--overlay", &overlay, question]);
        assert_eq!(
            (run.stdout.as_str(), run.stderr, run.status),
            ("", expected(&overlay), 2),
            "{command}"
        );
    }
    let missing = self::run("name", &["--overlay", "no such file", "22"]);
    assert_eq!(missing.stderr, "ports: no services file `no such file`\n");
    assert_eq!(missing.status, 2);
    let odd = files.add("odd", "mine 9443/tcp\nnbp 2-3/ddp\n");
    let run = self::run("name", &["--overlay", &odd, "9443"]);
    assert_eq!((run.stdout.as_str(), run.status), ("mine\n", 0));
    let warning = format!(
        "ports: {odd}: line 2: 2-3/ddp passed over, for its protocol is not of the registry\n"
    );
    assert_eq!(run.stderr, warning);
}

#[test]
#[cfg(unix)]
fn the_services_file_of_the_machine_stands_behind_the_users_names() {
    let text = fs::read("/etc/services").expect("the machine has a services file");
    let text = String::from_utf8_lossy(&text);
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let mut first_names = std::collections::BTreeMap::new();
    for line in lines {
        let words: Vec<_> = line.split_whitespace().collect();
        let [name, place, ..] = words[..] else {
            continue;
        };
        if place.ends_with("/tcp") || place.ends_with("/udp") {
            first_names.entry(place).or_insert(name);
        }
    }
    assert!(!first_names.is_empty());
    let places: Vec<_> = first_names.keys().copied().collect();
    let answers = run("name", &[&["--services"], &places[..]].concat());
    assert!(
        answers.stdout.lines().eq(first_names.values().copied()),
        "{}",
        answers.stderr
    );

    let (place, name) = first_names.iter().next().expect("there is one");
    let files = Files::new();
    let file = files.add("names", &format!("mine {place}\n"));
    let both = ["--services", "--overlay", &file];
    assert_eq!(
        run("name", &[&both[..], &[place]].concat()).stdout,
        "mine\n"
    );
    let shown = run("show", &[&["--json"], &both[..], &[place]].concat());
    let sources: Vec<_> = objects(&shown.stdout)
        .iter()
        .take(2)
        .map(|one| json!([one["source"], one["name"]]))
        .collect();
    assert_eq!(sources, [json!(["own", "mine"]), json!(["services", name])]);
}
