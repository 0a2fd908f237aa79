//! What SECURITY.md promises and no other test shows, and that the tests which it names are there.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::refresh::program::{OLD, Registry};
use crate::support::oracle::root;

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The tests that a text names, each with its file: `file.rs`: `test`, `test`; `other.rs`: `test`.
fn named_tests(text: &str) -> Vec<(&str, &str)> {
    let mut tests = Vec::new();
    let mut file = None;
    let mut parts = text.split('`');
    while let (Some(before), Some(word)) = (parts.next(), parts.next()) {
        match file.filter(|_| [":", ","].contains(&before.trim())) {
            Some(file) => tests.push((file, word)),
            None => file = Some(word).filter(|word| word.ends_with(".rs") && word.contains('/')),
        }
    }
    tests
}

/// Whether the file has a test of this name. Macros make none of those that are named.
fn has_test(file: &str, name: &str) -> bool {
    let text = read(file);
    let Some(start) = text.find(&format!("fn {name}(")) else {
        return false;
    };
    // The attributes stand right above it.
    let above = text[..start].trim_end().lines().rev();
    let mut attributes = above.take_while(|line| line.trim_start().starts_with("#["));
    attributes.any(|line| line.trim() == "#[test]")
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let text = read("SECURITY.md");
    let (_, promised) = text.split_once("## What is promised").expect("the chapter");
    let (promised, _) = promised.split_once("### What is not").expect("its end");
    let promises: Vec<&str> = promised
        .split("\n- ")
        .skip(1)
        .map(|promise| promise.split("\n\n").next().unwrap_or(promise))
        .collect();
    assert!(promises.len() > 15, "{promises:?}");
    for promise in promises {
        let tests = named_tests(promise);
        assert!(!tests.is_empty(), "it names no test: {promise}");
    }
    let tests = named_tests(&text);
    for (file, name) in tests {
        assert!(has_test(file, name), "{file} has no test `{name}`");
    }
}

#[test]
fn what_is_no_test_is_not_taken_for_one() {
    let own = "upkeep/tests/it/security.rs";
    assert!(has_test(own, "what_is_no_test_is_not_taken_for_one"));
    assert!(has_test(own, "a_server_that_nobody_vouches_for_is_refused"));
    assert!(!has_test(own, "has_test"));
    assert!(!has_test(own, "no_such_test"));
    assert_eq!(
        named_tests("`A` holds: `a/b.rs`: `c`, `d`; `e/f.rs`:\n  `g`. So does `h`."),
        [("a/b.rs", "c"), ("a/b.rs", "d"), ("e/f.rs", "g")]
    );
}

/// All files below a folder with this ending, without what cargo and npm wrote there.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("it can be listed").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let built = ["target", "node_modules"].contains(&name.as_ref());
            if path.is_dir() && !built && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder}");
    found
}

#[test]
fn no_package_has_unsafe_code() {
    // The one calls into the C library to compare with it; the other is made by a macro of the fuzzer.
    const OTHERS: [&str; 2] = ["benches/rivals/libc_services/Cargo.toml", "fuzz/Cargo.toml"];
    let mut forbidding = 0;
    for path in files("", "Cargo.toml") {
        let text = read(&path);
        let own = text.contains("\nunsafe_code = \"forbid\"\n");
        let shared = text.contains("\n[lints]\nworkspace = true\n");
        if own || shared {
            forbidding += 1;
        } else {
            assert!(
                OTHERS.iter().any(|other| path.ends_with(other)),
                "{path:?} does not forbid unsafe code"
            );
        }
    }
    assert!(forbidding > 8);
    let workspace = read("Cargo.toml");
    let (_, lints) = workspace
        .split_once("[workspace.lints.rust]\n")
        .expect("lints");
    assert!(lints.starts_with("unsafe_code = \"forbid\"\n"));
}

/// The lines of code in these files, without comments, each with its file's path within the project.
fn code(files: Vec<PathBuf>) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for path in files {
        let text = read(&path);
        let own = path.strip_prefix(root()).expect("a path in the project");
        let own = own.to_string_lossy().replace('\\', "/");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.extend(code.map(|line| (own.clone(), line.trim().to_owned())));
    }
    lines
}

/// The rooms of `src` that only the build script compiles.
const BUILD_ROOMS: [&str; 3] = ["src/bake/", "src/intake/", "src/meaning/"];

fn is_of_the_build(path: &str) -> bool {
    path == "build.rs" || BUILD_ROOMS.iter().any(|room| path.starts_with(room))
}

/// Without `std`, there are no files and no network, and without the crate `alloc` no allocator.
#[test]
fn the_library_reads_services_files_only_and_allocates_where_it_says() {
    let lines = code(files("src", ".rs"));
    let library = || lines.iter().filter(|(path, _)| !is_of_the_build(path));
    let at_root: Vec<&str> = library()
        .filter(|(path, _)| path == "src/lib.rs")
        .map(|(_, line)| line.as_str())
        .collect();
    assert!(at_root.contains(&"#![no_std]"));
    for (feature, name) in [("alloc", "alloc"), ("std", "std")] {
        let pair = [
            format!("#[cfg(feature = \"{feature}\")]"),
            format!("extern crate {name};"),
        ];
        assert!(at_root.windows(2).any(|lines| lines == pair), "{name}");
    }
    let crates = library().filter(|(_, line)| line.contains("extern crate"));
    assert_eq!(crates.count(), 2);

    // What packs tables, in the files that both sides compile, uses collections and texts.
    let harmless = ["std::collections::", "std::fmt"];
    let mut reads = 0;
    for (path, line) in library().filter(|(_, line)| line.contains("std::")) {
        if path == "src/overlay/system.rs" {
            reads += usize::from(line.contains("fs"));
            assert!(!line.contains("std::net"), "{line}");
        } else {
            let is_harmless = harmless.iter().any(|own| line.contains(own));
            assert!(
                path.starts_with("src/format/") && is_harmless,
                "{path}: {line}"
            );
        }
    }
    assert!(reads > 0, "the one file that reads is where it was");
}

#[test]
fn the_build_script_uses_no_network_and_starts_only_the_compiler() {
    let mut lines = code(files("src", ".rs"));
    lines.extend(code(vec![root().join("build.rs")]));
    let build = lines.iter().filter(|(path, _)| is_of_the_build(path));
    let (mut started, mut seen) = (Vec::new(), 0);
    for (path, line) in build {
        seen += 1;
        assert!(
            !line.contains("std::net") && !line.contains("TcpStream"),
            "{path}: {line}"
        );
        if line.contains("Command::new") {
            started.push((path.as_str(), line.as_str()));
        }
    }
    assert!(seen > 1000);
    let [(path, line)] = started[..] else {
        panic!("{started:?}");
    };
    assert_eq!(path, "build.rs");
    assert!(
        line.contains("Command::new(rustc).arg(\"--version\")"),
        "{line}"
    );
}

/// The names of the dependencies in a section of a manifest.
fn dependencies<'a>(manifest: &'a str, section: &str) -> Vec<&'a str> {
    let start = format!("\n[{section}]\n");
    let (_, rest) = manifest.split_once(&start).expect("the section");
    let lines = rest.lines().take_while(|line| !line.starts_with('['));
    let entries = lines.filter_map(|line| line.split_once(" = "));
    entries.map(|(name, _)| name).collect()
}

#[test]
fn the_readme_names_every_dependency_of_the_library() {
    let (manifest, readme) = (read("Cargo.toml"), read("README.md"));
    let (run, build) = (
        dependencies(&manifest, "dependencies"),
        dependencies(&manifest, "build-dependencies"),
    );
    assert!(run.len() > 2 && build.len() > 1, "{run:?} {build:?}");
    for name in run.iter().chain(&build) {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn workflows_use_one_pinned_action() {
    for path in files(".github/workflows", ".yml") {
        let text = read(&path);
        assert!(
            text.contains("\npermissions:"),
            "{path:?} asks for all permissions"
        );
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, action) = line.split_once("uses: ").expect("an action");
            let commit = action.strip_prefix("actions/checkout@");
            let commit = commit.unwrap_or_else(|| panic!("{path:?}: {line}"));
            let digits = commit.chars().take_while(char::is_ascii_hexdigit).count();
            assert!(digits == 40 && commit[40..].starts_with(" # v"), "{line}");
        }
    }
}

/// A server of HTTPS with a certificate of its own making. It ends with this value.
struct HttpsServer {
    process: Child,
    authority: String,
    _certificate: TempDir,
}

impl HttpsServer {
    fn start() -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        let made = Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
            ])
            .args([
                "-subj",
                "/CN=localhost",
                "-keyout",
                "key.pem",
                "-out",
                "certificate.pem",
            ])
            .args(["-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl runs").success());
        fs::write(folder.path().join("registry.xml"), OLD).expect("written");
        let mut process = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-WWW"])
            .args(["-cert", "certificate.pem", "-key", "key.pem"])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl runs");
        let output = process.stdout.take().expect("it is piped");
        let accepts = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("ACCEPT ").map(str::to_owned));
        Self {
            process,
            authority: accepts.expect("it tells where it listens"),
            _certificate: folder,
        }
    }
}

impl Drop for HttpsServer {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

#[test]
#[ignore = "needs openssl"]
fn a_server_that_nobody_vouches_for_is_refused() {
    let server = HttpsServer::start();
    let registry = Registry::empty();
    let before = registry.files();
    let url = format!("https://{}/registry.xml", server.authority);
    let message = registry.download(&url, &["--retries", "0"]).failure();
    assert!(message.contains("UnknownIssuer"), "{message}");
    assert_eq!(registry.files(), before);
}
