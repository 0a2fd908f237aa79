//! Downloads from a server on loopback.

use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use super::program::{NEW, OLD, Registry, half, refresh, run};
use super::server::{Answer, Server, answer, broken_off, endless, raw, tunnel};

const VALIDATORS: [&str; 2] = [
    "ETag: \"abc-1\"",
    "Last-Modified: Mon, 17 Aug 2026 20:54:12 GMT",
];

fn ok(body: &str) -> Answer {
    answer("200 OK", &VALIDATORS, body)
}

fn status(status: &str) -> Answer {
    answer(status, &[], "no registry here")
}

/// The value of a header of a request.
fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let lines = request.lines().filter_map(|line| line.split_once(": "));
    let mut values = lines.filter(|(own, _)| own.eq_ignore_ascii_case(name));
    values.next().map(|(_, value)| value)
}

/// What a request says about the registry that the client has.
fn conditions(request: &str) -> [Option<&str>; 2] {
    ["If-None-Match", "If-Modified-Since"].map(|name| header(request, name))
}

#[test]
fn a_download_is_written_and_the_next_one_is_conditional() {
    let registry = Registry::empty();
    let server = Server::start([ok(NEW), status("304 Not Modified"), ok(NEW)]);
    let report = registry.download(&server.url(), &[]).success();
    let headline = "55 records and 21 people, updated 2026-08-17";
    assert!(
        report.ends_with(&format!("written: {headline}; nothing to compare with\n")),
        "{report}"
    );
    let text = registry.text();
    assert_eq!(text, Registry::of(NEW).text());
    assert_eq!(
        registry.files(),
        [
            ".refresh.json",
            "preferred-names.txt",
            "service-names-port-numbers.xml"
        ]
    );

    for _ in 0..2 {
        // The registry is unchanged, and then sent again in full.
        let report = registry.download(&server.url(), &[]).success();
        assert!(
            report.ends_with(&format!("\nalready up to date: {headline}\n")),
            "{report}"
        );
        assert_eq!(registry.text(), text);
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests[0].starts_with("GET /registry.xml HTTP/1.1\r\n"));
    assert!(
        header(&requests[0], "User-Agent").is_some_and(|agent| agent.starts_with("port-registry/"))
    );
    assert_eq!(conditions(&requests[0]), [None, None]);
    for request in &requests[1..] {
        assert_eq!(
            conditions(request),
            [Some("\"abc-1\""), Some("Mon, 17 Aug 2026 20:54:12 GMT")]
        );
    }
}

#[test]
fn a_registry_that_is_not_the_downloaded_one_is_downloaded_in_full() {
    type Change = fn(&Registry);
    let changes: [(&str, Change); 4] = [
        ("deleted", |registry| {
            fs::remove_file(registry.file()).expect("a file")
        }),
        ("edited", |registry| {
            let edited = registry.text().expect("a text").replace("Ollama", "Alpaca");
            fs::write(registry.file(), edited).expect("written");
        }),
        ("refreshed otherwise", |registry| {
            _ = registry
                .run_with_input(&["--force", "-"], OLD.as_bytes())
                .success();
        }),
        ("record damaged", |registry| {
            fs::write(registry.path().join(".refresh.json"), "{\"url\":").expect("written");
        }),
    ];
    for (what, change) in changes {
        let registry = Registry::empty();
        let server = Server::start([ok(NEW), ok(NEW)]);
        registry.download(&server.url(), &[]).success();
        let text = registry.text();
        change(&registry);
        registry.download(&server.url(), &[]).success();
        assert_eq!(conditions(&server.requests()[1]), [None, None], "{what}");
        assert_eq!(registry.text(), text, "{what}");
    }
    // One server's validators are not sent to another.
    let registry = Registry::empty();
    let (one, another) = (Server::start([ok(NEW)]), Server::start([ok(NEW)]));
    registry.download(&one.url(), &[]).success();
    registry.download(&another.url(), &[]).success();
    assert_eq!(conditions(&another.requests()[0]), [None, None]);
}

#[test]
fn a_dry_run_records_no_download() {
    let registry = Registry::of(OLD);
    let (before, files) = (registry.text(), registry.files());
    let server = Server::start([ok(NEW)]);
    registry.download(&server.url(), &["--dry-run"]).success();
    assert_eq!((registry.text(), registry.files()), (before, files));
}

/// Downloads over a registry, and expects an error after this many requests. The registry and its
/// directory must stay as they were.
#[track_caller]
fn fails(answers: Vec<Answer>, arguments: &[&str], requests: usize) -> String {
    let registry = Registry::of(OLD);
    let (before, files) = (registry.text(), registry.files());
    let server = Server::start(answers);
    let message = registry.download(&server.url(), arguments).failure();
    assert!(message.starts_with("error: "), "{message}");
    assert!(
        message.contains(&format!("\n  --> {}", server.url())),
        "{message}"
    );
    assert_eq!(server.requests().len(), requests, "{message}");
    assert_eq!((registry.text(), registry.files()), (before, files));
    message
}

#[test]
fn a_status_that_will_not_pass_is_an_error_at_once() {
    for not_found in ["404 Not Found", "403 Forbidden", "204 No Content"] {
        let message = fails(vec![status(not_found), ok(NEW)], &[], 1);
        assert!(
            message.contains(&format!("status {not_found}, expected 200 OK")),
            "{message}"
        );
    }
    let message = fails(vec![status("304 Not Modified"), ok(NEW)], &[], 1);
    assert!(
        message.contains("status 304 Not Modified, expected 200 OK"),
        "{message}"
    );
}

#[test]
fn a_status_that_may_pass_is_tried_again() {
    for busy in [
        "500 Internal Server Error",
        "503 Service Unavailable",
        "429 Too Many Requests",
    ] {
        let registry = Registry::of(OLD);
        let server = Server::start([status(busy), ok(NEW)]);
        let began = Instant::now();
        registry.download(&server.url(), &[]).success();
        assert!(
            began.elapsed() >= Duration::from_secs(1),
            "no pause after {busy}"
        );
        assert_eq!(server.requests().len(), 2, "{busy}");
        assert_eq!(registry.text(), Registry::of(NEW).text());
    }
    let busy = || status("503 Service Unavailable");
    let message = fails(vec![busy(), busy(), ok(NEW)], &[], 2);
    assert!(
        message.contains("503 Service Unavailable, expected 200 OK (at the last of 2 attempts)"),
        "{message}"
    );
    fails(vec![busy(), ok(NEW)], &["--retries", "0"], 1);
}

#[test]
fn a_truncated_body_is_never_taken() {
    let half = half();
    let truncated = || broken_off("200 OK", &[], half, NEW.len());
    let message = fails(vec![truncated(), truncated()], &[], 2);
    assert!(message.contains("the download broke off: "), "{message}");
    // If the server does not give the length, the document itself shows it.
    let unannounced = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{half}");
    let message = fails(vec![raw(unannounced)], &[], 1);
    assert!(message.contains("the document ends inside"), "{message}");
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{half}\r\n",
        half.len()
    );
    fails(vec![raw(chunked.clone()), raw(chunked)], &[], 2);
    // The next attempt may succeed.
    let registry = Registry::of(OLD);
    let server = Server::start([truncated(), ok(NEW)]);
    registry.download(&server.url(), &[]).success();
    assert_eq!(registry.text(), Registry::of(NEW).text());
}

#[test]
fn what_is_no_registry_is_never_taken() {
    let page = "<!DOCTYPE html><html><body>Please log in</body></html>";
    fails(vec![ok(page)], &[], 1);
    let message = fails(vec![ok("<html><body>Please log in</body></html>")], &[], 1);
    assert!(message.contains("element `html`"), "{message}");
    fails(vec![ok("")], &[], 1);
    fails(vec![ok("PK\u{3}\u{4}")], &[], 1);
    let other = NEW.replace(
        "http://www.iana.org/assignments",
        "http://example.org/other",
    );
    fails(vec![ok(&other)], &[], 1);
    // This is not HTTP.
    fails(vec![raw("SSH-2.0-OpenSSH_9.6\r\n"), raw("")], &[], 2);
}

#[test]
fn a_slow_trickle_ends_in_time() {
    let trickle = || endless(b" ".to_vec(), Duration::from_millis(50));
    let stall = || endless(b" ".to_vec(), Duration::from_secs(30));
    for (answer, arguments) in [
        (trickle(), ["--timeout", "0.7", "--retries", "0"]),
        (stall(), ["--idle-timeout", "0.7", "--retries", "0"]),
    ] {
        let began = Instant::now();
        let registry = Registry::of(OLD);
        let before = registry.text();
        let server = Server::start([answer]);
        let message = registry.download(&server.url(), &arguments).failure();
        assert!(message.contains("timeout"), "{message}");
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(registry.text(), before);
    }
}

#[test]
fn redirects_are_followed_up_to_a_limit() {
    let redirect = |target: &str| answer("302 Found", &[&format!("Location: {target}")], "");
    let registry = Registry::of(OLD);
    let server = Server::start([redirect("/elsewhere.xml"), ok(NEW)]);
    registry.download(&server.url(), &[]).success();
    assert!(server.requests()[1].starts_with("GET /elsewhere.xml HTTP/1.1\r\n"));
    assert_eq!(registry.text(), Registry::of(NEW).text());

    let circle = (0..20).map(|_| redirect("/registry.xml")).collect();
    let message = fails(circle, &[], 6);
    assert!(message.contains("redirect"), "{message}");
}

#[test]
fn an_oversized_body_is_not_read_to_its_end() {
    let limit = 64 << 20;
    let announced = broken_off("200 OK", &[], OLD, limit + 1);
    let expected = "the server sends more than 67108864 bytes, expected at most that";
    assert!(fails(vec![announced], &[], 1).contains(expected));
    let unannounced = endless(vec![b' '; 1 << 20], Duration::ZERO);
    assert!(fails(vec![unannounced], &[], 1).contains(expected));
}

#[test]
fn a_server_that_is_not_there_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    let address = listener.local_addr().expect("a bound socket");
    drop(listener);
    let registry = Registry::of(OLD);
    let before = registry.text();
    let message = registry
        .download(&format!("http://{address}/"), &[])
        .failure();
    assert!(message.contains("(at the last of 2 attempts)"), "{message}");
    assert_eq!(registry.text(), before);
}

#[test]
fn the_proxy_of_the_environment_is_used() {
    let download = |registry: &Registry, url: &str, environment: &[(&str, &str)]| {
        let mut command = refresh();
        command.envs(environment.iter().copied());
        command.args(["--retries", "0", "--url", url]);
        command.arg("--directory").arg(registry.path());
        run(command, b"")
    };
    let registry = Registry::empty();
    let proxy = Server::start([tunnel(ok(NEW))]);
    let proxy_url = format!("http://{}", proxy.authority());
    let environment = [("HTTP_PROXY", proxy_url.as_str())];
    let run = download(
        &registry,
        "http://registry.invalid/registry.xml",
        &environment,
    );
    println!("{:?} {run:?}", proxy.requests());
    run.success();

    // A host that needs no proxy is reached directly.
    let registry = Registry::empty();
    let server = Server::start([ok(NEW)]);
    let environment = [environment[0], ("NO_PROXY", "127.0.0.1")];
    download(&registry, &server.url(), &environment).success();
    assert_eq!(server.requests().len(), 1);
}
