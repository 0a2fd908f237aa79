//! `export --format services` compared with the independent reading of the registry, both as a
//! simple reader reads the file and as the C library does.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::program::{run, written_by};
use crate::support::common::common_lines;
use crate::support::oracle::{PROTOCOLS, built};
use port_registry::{COMMON, IANA, Overlay, Protocol, Tcp};
use port_registry_cli::export::named::Naming;
use port_registry_cli::export::selection::Selection;
use port_registry_cli::export::services::differences::differences;
use port_registry_cli::export::services::order::{Line, order};
use port_registry_cli::export::services::{can_hold, ordered_lines};

/// A line of a services file without its comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// The name, then the aliases.
    names: Vec<String>,
    port: u16,
    protocol: String,
}

/// Reads services(5) text, as its manual page describes it.
fn entries(text: &str) -> Vec<Entry> {
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let lines = lines.filter(|line| !line.trim().is_empty());
    lines.map(entry).collect()
}

fn entry(line: &str) -> Entry {
    let mut words = line.split_whitespace().map(str::to_owned);
    let name = words.next().expect("a name");
    let target = words.next().expect("a port and a protocol");
    let (port, protocol) = target.split_once('/').expect("a slash");
    Entry {
        names: [name].into_iter().chain(words).collect(),
        port: port.parse().expect("a port number"),
        protocol: protocol.to_owned(),
    }
}

/// Questions, `53/udp` or `domain/udp`, and their answers, the name or the port.
type Answers = HashMap<String, String>;

/// What a reader finds who takes the first entry that matches.
fn answers(entries: &[Entry]) -> Answers {
    let mut answers = Answers::new();
    let mut tell = |question: String, answer: String| {
        answers.entry(question).or_insert(answer);
    };
    for Entry {
        names,
        port,
        protocol,
    } in entries
    {
        tell(format!("{port}/{protocol}"), names[0].clone());
        for name in names {
            tell(format!("{name}/{protocol}"), port.to_string());
        }
    }
    answers
}

/// Every question that has an answer in the registry: all ports and all names, on all
/// protocols.
fn expected() -> Answers {
    let mut answers = Answers::new();
    for (protocol, keyword) in PROTOCOLS.into_iter().enumerate() {
        for port in 0..=u16::MAX {
            if let Some(name) = first_name(port, protocol) {
                answers.insert(format!("{port}/{keyword}"), name.to_owned());
            }
        }
        for name in built().spelled_names() {
            let row = built().service_by_name(name, protocol);
            if let Some((port, _)) = row.and_then(|row| built().rows[row].span) {
                answers.insert(format!("{name}/{keyword}"), port.to_string());
            }
        }
    }
    answers
}

fn first_name(port: u16, protocol: usize) -> Option<&'static str> {
    let row = built().services_by_port(port, protocol).first()?;
    built().rows[*row].name.as_deref()
}

#[track_caller]
fn assert_same_answers(found: &Answers, expected: &Answers) {
    for (question, answer) in expected {
        assert_eq!(found.get(question), Some(answer), "{question}");
    }
    for (question, answer) in found {
        assert_eq!(expected.get(question), Some(answer), "{question}");
    }
}

#[test]
fn the_first_line_that_matches_answers_as_the_registry_does() {
    let text = written_by("export", &["--format", "services"]);
    assert!(
        !text.contains("Other than asked for"),
        "no difference is needed"
    );
    assert_same_answers(&answers(&entries(&text)), &expected());
}

#[test]
fn every_name_of_a_port_has_its_place_and_aliases_are_on_the_line_of_their_service() {
    let text = written_by("export", &["--format", "services"]);
    let mut found = BTreeSet::new();
    for entry in entries(&text) {
        assert!(found.insert(entry.clone()), "twice: {entry:?}");
    }
    let mut expected = BTreeSet::new();
    for (protocol, keyword) in PROTOCOLS.into_iter().enumerate() {
        for port in 0..=u16::MAX {
            expected.extend(expected_entries(port, protocol, keyword));
        }
    }
    assert_eq!(found, expected);
}

fn expected_entries(port: u16, protocol: usize, keyword: &str) -> Vec<Entry> {
    let rows = built().services_by_port(port, protocol);
    let name = |row: usize| {
        built().rows[row]
            .name
            .clone()
            .expect("a service has a name")
    };
    let mut entries: Vec<Entry> = Vec::new();
    for &head in rows.iter().filter(|&&row| built().canonical(row) == row) {
        let aliases = rows
            .iter()
            .filter(|&&row| row != head && built().canonical(row) == head);
        let names = [name(head)]
            .into_iter()
            .chain(aliases.map(|&row| name(row)));
        entries.push(Entry {
            names: names.collect(),
            port,
            protocol: keyword.to_owned(),
        });
    }
    entries
}

#[test]
fn lines_have_the_documented_form() {
    let text = written_by("export", &["--format", "services", "--range", "80"]);
    let mut lines = text.lines();
    let title = format!("# {}, {} (ports 80)", built().title, built().updated);
    assert_eq!(lines.next(), Some(title.as_str()));
    let lines: Vec<_> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert_eq!(
        lines,
        [
            "http            80/tcp     www www-http # World Wide Web HTTP",
            "http            80/udp     www www-http # World Wide Web HTTP",
            "http            80/sctp    # HTTP",
        ]
    );
}

#[test]
fn only_and_range_leave_out_everything_else_and_nothing_more() {
    let whole = entries(&written_by("export", &["--format", "services"]));
    let part = [
        "--format",
        "services",
        "--only",
        "udp,tcp",
        "--range",
        "6010-8080",
    ];
    let mut found = entries(&written_by("export", &part));
    let mut expected: Vec<_> = whole
        .into_iter()
        .filter(|entry| (6010..=8080).contains(&entry.port))
        .filter(|entry| ["tcp", "udp"].contains(&entry.protocol.as_str()))
        .collect();
    assert!(
        expected
            .iter()
            .any(|entry| entry.port == 6010 && entry.names == ["x11"])
    );
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_wrong_part_is_refused() {
    let refused = |option, value| run("export", &["--format", "services", option, value]);
    let icmp = refused("--only", "icmp");
    assert_eq!(icmp.status, 2);
    let expected = "expected `tcp`, `udp`, `sctp` or `dccp`";
    assert!(icmp.stderr.contains(expected), "{icmp:?}");
    let reversed = refused("--range", "1023-0");
    assert_eq!(reversed.status, 2);
    let expected = "expected the lower port number first";
    assert!(reversed.stderr.contains(expected), "{reversed:?}");
}

fn line(port: u16, names: &[&'static str]) -> Line<'static> {
    Line {
        port,
        protocol: Tcp,
        names: names.to_vec(),
        description: String::new(),
    }
}

/// The ports of these lines once they are in order.
fn ordered(lines: &[Line<'static>], wanted: &[(&str, u16)]) -> Vec<(u16, &'static str)> {
    let wanted = |name: &str, _: Protocol| {
        let found = wanted.iter().find(|(known, _)| *known == name);
        found.map(|(_, port)| *port)
    };
    let lines = order(lines.to_vec(), wanted);
    lines
        .iter()
        .map(|line| (line.port, line.names[0]))
        .collect()
}

#[test]
fn a_line_moves_down_only_behind_the_one_that_must_come_first() {
    let lines = [
        line(1, &["a"]),
        line(1, &["x"]),
        line(2, &["b", "c"]),
        line(3, &["c", "a"]),
        line(4, &["d"]),
    ];
    let in_order = [(1, "a"), (1, "x"), (2, "b"), (3, "c"), (4, "d")];
    assert_eq!(ordered(&lines, &[]), in_order);
    assert_eq!(ordered(&lines, &[("a", 1), ("c", 2)]), in_order);
    // The other line of the same port moves with it.
    let moved = [(2, "b"), (3, "c"), (1, "a"), (1, "x"), (4, "d")];
    assert_eq!(ordered(&lines, &[("a", 3)]), moved);
    let moved = [(3, "c"), (1, "a"), (1, "x"), (2, "b"), (4, "d")];
    assert_eq!(ordered(&lines, &[("a", 3), ("c", 3)]), moved);
}

#[test]
fn lines_that_wait_for_each_other_are_all_written() {
    let lines = [line(1, &["a", "b"]), line(2, &["b", "a"]), line(3, &["c"])];
    let circle = [("a", 2), ("b", 1)];
    assert_eq!(ordered(&lines, &circle), [(3, "c"), (1, "a"), (2, "b")]);
}

#[test]
fn names_that_end_early_in_a_services_file_are_told_apart() {
    for name in ["914c/g", "whois++", "sql*net", "x.y", "naïve"] {
        assert!(can_hold(name), "{name}");
    }
    for name in [
        "",
        "Escale (Newton Dock)",
        "a\tb",
        "c#",
        "a\u{a0}b",
        "\u{0}",
    ] {
        assert!(!can_hold(name), "{name}");
    }
}

#[test]
fn what_the_form_cannot_express_is_told_in_the_file() {
    let everything = Selection::default();
    let naming = Naming::iana(&everything);
    let told = |lines: &[Line]| -> Vec<String> {
        let differences = differences(lines, &naming, None);
        differences.iter().map(ToString::to_string).collect()
    };
    let mut lines = ordered_lines(&naming);
    assert_eq!(told(&lines), [""; 0]);
    let place = lines
        .iter()
        .position(|line| line.port == 22 && line.protocol == Tcp);
    lines.remove(place.expect("ssh has a line"));
    assert_eq!(
        told(&lines),
        [
            "22/tcp gives nothing, not ssh",
            "ssh/tcp gives nothing, not 22"
        ]
    );
    let place = lines
        .iter()
        .position(|line| line.port == 23 && line.protocol == Tcp);
    lines[place.expect("telnet has a line")].names = vec!["ssh"];
    assert_eq!(told(&lines)[0], "22/tcp gives nothing, not ssh");
    assert_eq!(told(&lines)[1], "23/tcp gives ssh, not telnet");
}

/// A file with names of one's own leads every one of them, aliases included, to its port.
#[test]
fn aliases_of_one_s_own_are_in_the_file_or_the_head_tells_it() {
    let overlay = "admin 9443/tcp console\nworkers 10080-10089/tcp pool\nhttps 8443/tcp\n";
    let directory = tempfile::TempDir::new().expect("a temporary directory");
    let path = directory.path().join("names");
    std::fs::write(&path, overlay).expect("the names can be written");
    let path = path.to_str().expect("UTF-8");
    let text = written_by("export", &["--format", "services", "--overlay", path]);
    assert!(!text.contains("Other than asked for"), "{text}");
    let found = answers(&entries(&text));
    for (question, answer) in [
        ("9443/tcp", "admin"),
        ("admin/tcp", "9443"),
        ("console/tcp", "9443"),
        ("pool/tcp", "10080"),
        ("https/tcp", "8443"),
        ("https/udp", "443"),
    ] {
        assert_eq!(found.get(question).map(String::as_str), Some(answer));
    }

    let everything = Selection::default();
    let own = Overlay::from_services(overlay).expect("a file of names");
    let table = own.table();
    let naming = Naming {
        names: IANA.with(&table),
        own: Some(&own),
        ..Naming::iana(&everything)
    };
    let mut lines = ordered_lines(&naming);
    for line in &mut lines {
        line.names.retain(|name| *name != "console");
    }
    let told = differences(&lines, &naming, None);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["console/tcp gives nothing, not 9443"]);
}

/// What the first line that matches answers, from the base and then from the registry.
fn expected_with(base: &str) -> Answers {
    let mut expected = expected();
    expected.extend(answers(&entries(base)));
    expected
}

/// A base with lines that the registry has, with names and ports that it has otherwise, with names
/// that it lacks, with a protocol that it lacks, and without an end to its last line.
const BASE: &str = "\
# Ours
http 80/tcp www # the web
postgres\t5432/tcp
dicom 104/tcp
whois 63/tcp nicname
SSH 22/tcp
rtmp 1/ddp  # AppleTalk
first 5000/udp
last 65535/sctp second";

fn with_base(base: impl AsRef<[u8]>, args: &[&str]) -> crate::program::Run {
    let directory = tempfile::TempDir::new().expect("a temporary directory");
    let path = directory.path().join("base");
    std::fs::write(&path, base).expect("the base can be written");
    let path = path.to_str().expect("UTF-8");
    run(
        "export",
        &[&["--format", "services", "--base", path], args].concat(),
    )
}

#[test]
fn a_base_keeps_its_answers_and_the_registry_adds_the_rest() {
    let run = with_base(BASE, &[]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with(&format!("{BASE}\n\n# ")));
    let found = answers(&entries(&run.stdout));
    assert_same_answers(&found, &expected_with(BASE));
    assert_eq!(found["whois/tcp"], "63");
    assert_eq!(found["nicname/tcp"], "63");
    assert_eq!(found["43/tcp"], "nicname");
    assert_eq!(found["SSH/tcp"], "22");
    assert_eq!(found["ssh/tcp"], "22");
    assert_eq!(found["rtmp/ddp"], "1");
    assert!(!run.stdout.contains("Other than asked for"));
    // A line that tells nothing new is left out.
    let lines = entries(&run.stdout);
    let nothing_new = |line: &&Entry| line.port == 5432 && line.protocol == "tcp";
    assert_eq!(lines.iter().filter(nothing_new).count(), 2);
    let base = "postgresql 5432/tcp postgres\n";
    let lines = entries(&with_base(base, &[]).stdout);
    assert_eq!(lines.iter().filter(nothing_new).count(), 1);
}

#[test]
fn what_a_base_overrules_is_told() {
    let told = with_base(BASE, &[]).stderr;
    let registry = expected();
    let [dicom, nicname] = ["dicom/tcp", "nicname/tcp"].map(|question| &registry[question]);
    let renamed = answers(&entries(BASE))
        .into_iter()
        .filter(|(question, name)| {
            let is_of_port = question.starts_with(|c: char| c.is_ascii_digit());
            is_of_port && registry.get(question).is_some_and(|other| other != name)
        });
    let renamed = renamed.count();
    assert!(renamed > 2, "{renamed}");
    assert_eq!(
        told,
        format!(
            "ports: dicom/tcp keeps port 104 of the base file and would have {dicom}\n\
             ports: nicname/tcp keeps port 63 of the base file and would have {nicname}\n\
             ports: ports that keep their name of the base file and would have another: {renamed}\n"
        )
    );
    assert_eq!(with_base("http 80/tcp\n", &[]).stderr, "");
    let many: String = built()
        .named()
        .filter(|row| row.protocol == Some(0) && row.span.is_some_and(|(port, _)| port < 100))
        .filter_map(|row| Some(format!("{} 60000/tcp\n", row.name.as_ref()?)))
        .collect();
    let told = with_base(many, &[]).stderr;
    assert_eq!(told.lines().count(), 11, "{told}");
    assert!(told.contains("\nports: further names that keep their port of the base file: "));
}

#[test]
fn a_part_of_the_registry_keeps_the_whole_base() {
    let run = with_base(BASE, &["--only", "tcp", "--range", "22-23"]);
    assert!(run.stdout.starts_with(BASE));
    let found = answers(&entries(&run.stdout));
    let mut expected = expected();
    expected.retain(|question, answer| {
        let held = |text: &str| ["22", "23"].contains(&text);
        let asked = question.strip_suffix("/tcp");
        asked.is_some_and(|asked| held(asked) || held(answer))
    });
    expected.extend(answers(&entries(BASE)));
    assert_same_answers(&found, &expected);
}

#[test]
fn a_base_is_kept_byte_for_byte() {
    let base = b"caf\xe9 7/tcp\r\nbroken\nhuge 70000/tcp\n7/tcp\nmine 4/tcp\n";
    let directory = tempfile::TempDir::new().expect("a temporary directory");
    let path = directory.path().join("base");
    std::fs::write(&path, base).expect("the base can be written");
    let mut command = crate::program::ports("export");
    command.args(["--format", "services", "--base"]).arg(path);
    let run = command.output().expect("the program starts");
    assert!(run.status.success());
    assert!(run.stdout.starts_with(base));
    let rest = String::from_utf8_lossy(&run.stdout[base.len()..]).into_owned();
    assert!(rest.starts_with("\n# "));
    assert!(answers(&entries(&rest)).contains_key("https/tcp"));
}

#[test]
fn a_wrong_base_is_refused() {
    let refused = |args: &[&str]| {
        let run = run("export", args);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{args:?}");
        run.stderr
    };
    let services = |path| refused(&["--format", "services", "--base", path]);
    assert!(services("/nonexistent/file").starts_with("ports: /nonexistent/file: "));
    assert!(services("/dev/null").contains("NAME PORT/PROTOCOL"));
    let other = refused(&["--format", "nft", "--base", "/dev/null"]);
    assert!(other.contains("--format services"), "{other}");
}

#[test]
fn the_head_says_that_a_system_s_own_names_are_not_in_the_file() {
    let text = written_by("export", &["--format", "services"]);
    assert!(text.contains("# with `--base /etc/services`.\n"));
    assert!(!with_base(BASE, &[]).stdout.contains("--base"));
}

/// Common names cannot take the name from a port that has one, and a port without a name may be the
/// one that a name leads to. All this is told.
#[test]
fn common_names_answer_as_the_library_does_or_the_head_tells_it() {
    let text = written_by("export", &["--format", "services", "--names", "common"]);
    let found = answers(&entries(&text));
    let told: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("#   "))
        .collect();
    let mut differences = 0;
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            let question = format!("{port}/{protocol}");
            let answer = found.get(&question).map(String::as_str);
            if answer != COMMON.name(port, protocol) {
                let answer = answer.unwrap_or("nothing");
                let line = format!("{question} gives {answer}, not nothing");
                assert!(told.contains(line.as_str()), "{line}");
                differences += 1;
            }
        }
        let typed = common_lines().into_iter().flat_map(|line| line.names);
        let registered = built().spelled_names().into_iter().map(str::to_owned);
        for name in typed.chain(registered) {
            if let Some(port) = COMMON.port(&name, protocol) {
                let question = format!("{name}/{protocol}");
                assert_eq!(found.get(&question), Some(&port.to_string()), "{question}");
            }
        }
    }
    // One line there is the form of the lines.
    assert_eq!(told.len(), differences + 1);
    assert_eq!(found["3389/tcp"], "ms-wbt-server");
    assert_eq!(found["rdp/tcp"], "3389");
    assert_eq!(found["51820/udp"], "wireguard");
}

/// Real lookups of the C library, in a mount namespace where the file replaces `/etc/services`.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod c_library {
    use std::ffi::CString;
    use std::path::Path;
    use std::process::Command;
    use std::{env, fs, thread};

    use tempfile::TempDir;

    use super::*;
    use crate::support::tools::{succeed, unshare};

    /// The variable with the path of the questions, one per line, and of the answers.
    const QUESTIONS: &str = "SERVICES_FILE_QUESTIONS";
    const ANSWERS: &str = "SERVICES_FILE_ANSWERS";

    /// A services file, and the command that runs another one with the file as `/etc/services`.
    struct Namespace {
        directory: TempDir,
        unshare: Vec<&'static str>,
    }

    const BIND: &str = r#"mount --bind "$0" /etc/services && exec "$@""#;

    impl Namespace {
        fn new() -> Self {
            Self::with(&["--format", "services"])
        }

        /// With the file that these arguments write.
        fn with(args: &[&str]) -> Self {
            let run = run("export", args);
            assert_eq!(run.status, 0, "{args:?}: {}", run.stderr);
            let unshare = unshare("--mount", &["sh", "-c", BIND, "/etc/services", "true"]);
            let directory = TempDir::new().expect("a temporary directory");
            let path = directory.path().join("services");
            fs::write(path, run.stdout).expect("the file can be written");
            Self { directory, unshare }
        }

        fn command(&self, program: &Path) -> Command {
            let mut command = Command::new(self.unshare[0]);
            command.args(&self.unshare[1..]).args(["sh", "-c", BIND]);
            command
                .arg(self.directory.path().join("services"))
                .arg(program);
            command
        }

        /// Runs this program again in the namespace, to ask the C library the questions.
        fn ask(&self, questions: &[String]) -> Answers {
            let (asked, answered) = (
                self.directory.path().join("questions"),
                self.directory.path().join("answers"),
            );
            fs::write(&asked, questions.join("\n")).expect("the questions can be written");
            let mut command = self.command(&env::current_exe().expect("a test knows its path"));
            let asking = "services_file::c_library::asks_in_its_namespace";
            command.args(["--ignored", "--exact", asking]);
            succeed(command.env(QUESTIONS, asked).env(ANSWERS, &answered));
            let answers = fs::read_to_string(answered).expect("there are answers");
            let pairs = answers.lines().filter_map(|line| line.split_once(' '));
            pairs
                .map(|(question, answer)| (question.to_owned(), answer.to_owned()))
                .collect()
        }
    }

    /// What runs in the namespace.
    #[test]
    #[ignore = "is run by the tests beside it"]
    fn asks_in_its_namespace() {
        let [questions, answers] = [QUESTIONS, ANSWERS].map(|name| {
            env::var_os(name).expect("the tests beside this one run it, and tell it the files")
        });
        let questions = fs::read_to_string(questions).expect("there are questions");
        let questions: Vec<&str> = questions.lines().collect();
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = questions.len().div_ceil(threads).max(1);
        let text: String = thread::scope(|scope| {
            let shares = questions.chunks(share);
            let running: Vec<_> = shares
                .map(|share| scope.spawn(|| answer_all(share)))
                .collect();
            let texts = running
                .into_iter()
                .map(|thread| thread.join().expect("no panic"));
            texts.collect()
        });
        fs::write(answers, text).expect("the answers can be written");
    }

    fn answer_all(questions: &[&str]) -> String {
        let mut text = String::new();
        for question in questions {
            if let Some(answer) = answer(question) {
                writeln!(text, "{question} {answer}").expect("text takes everything");
            }
        }
        text
    }

    fn answer(question: &str) -> Option<String> {
        let (subject, protocol) = question.rsplit_once('/').expect("a slash");
        let protocol = CString::new(protocol).expect("no NUL");
        match subject.parse() {
            Ok(port) => libc_services::by_port(port, &protocol, |name| {
                name.to_str().expect("names are UTF-8").to_owned()
            }),
            Err(_) => {
                let name = CString::new(subject).expect("no NUL");
                libc_services::by_name(&name, &protocol).map(|port| port.to_string())
            }
        }
    }

    /// All ports and all names on all protocols, even those without an answer.
    fn questions() -> Vec<String> {
        let ports = (0..=u16::MAX).map(|port| port.to_string());
        let names = built().spelled_names().into_iter().map(str::to_owned);
        let subjects = ports.chain(names);
        subjects
            .flat_map(|subject| PROTOCOLS.map(|protocol| format!("{subject}/{protocol}")))
            .collect()
    }

    fn expected_of(questions: &[String]) -> Answers {
        let all = expected();
        let asked = questions
            .iter()
            .filter_map(|question| all.get_key_value(question));
        asked
            .map(|(question, answer)| (question.clone(), answer.clone()))
            .collect()
    }

    #[test]
    #[ignore = "needs a mount namespace and getent"]
    fn reads_every_line_as_it_is_meant() {
        let namespace = Namespace::new();
        let run = succeed(namespace.command(Path::new("getent")).arg("services"));
        // `http                  80/tcp www www-http`
        let found = entries(&String::from_utf8(run.stdout).expect("UTF-8"));
        let text = written_by("export", &["--format", "services"]);
        assert_eq!(found, entries(&text));
    }

    /// The lines that are in another place than that of their port, the names on several lines and
    /// the ports with several lines, and a share of all others.
    #[test]
    #[ignore = "needs a mount namespace"]
    fn answers_as_the_registry_does() {
        let namespace = Namespace::new();
        let entries = entries(&written_by("export", &["--format", "services"]));
        let mut lines: HashMap<String, usize> = HashMap::new();
        for Entry {
            names,
            port,
            protocol,
        } in &entries
        {
            *lines.entry(format!("{port}/{protocol}")).or_default() += 1;
            for name in names {
                *lines.entry(format!("{name}/{protocol}")).or_default() += 1;
            }
        }
        let several = lines.into_iter().filter(|(_, lines)| *lines > 1);
        let mut asked: Vec<String> = several.map(|(question, _)| question).collect();
        assert!(asked.contains(&"http-alt/tcp".to_owned()));
        assert!(asked.contains(&"2049/udp".to_owned()));
        asked.extend(questions().into_iter().step_by(STEP));
        assert_same_answers(&namespace.ask(&asked), &expected_of(&asked));
    }

    /// The services file of the system, whose own names are not in the registry, as a base: all of
    /// its questions, and a share of all others.
    #[test]
    #[ignore = "needs a mount namespace and /etc/services"]
    fn answers_as_the_system_did_and_else_as_the_registry_does() {
        let base = fs::read_to_string("/etc/services").expect("a services file of UTF-8");
        let mut asked: Vec<String> = answers(&entries(&base)).into_keys().collect();
        let registered = expected();
        let own = |question: &String| !registered.contains_key(question);
        assert!(asked.iter().any(own), "the system has names of its own");
        asked.extend(questions().into_iter().step_by(STEP));
        let namespace = Namespace::with(&["--format", "services", "--base", "/etc/services"]);
        let all = expected_with(&base);
        let expected = asked
            .iter()
            .filter_map(|question| all.get_key_value(question))
            .map(|(question, answer)| (question.clone(), answer.clone()));
        assert_same_answers(&namespace.ask(&asked), &expected.collect());
    }

    /// One question out of this many is asked.
    const STEP: usize = 53;

    #[test]
    #[ignore = "needs a mount namespace, and minutes: it reads the file 291,000 times"]
    fn answers_every_question_as_the_registry_does() {
        let namespace = Namespace::new();
        assert_same_answers(&namespace.ask(&questions()), &expected());
    }
}
