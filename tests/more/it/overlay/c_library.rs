//! What the C library glibc reads in a services file, through `getent`, compared with the overlay
//! of the same file.

use std::path::Path;
use std::process::Command;

use crate::support::tools::{succeed, unshare};
use port_registry::{Overlay, Protocol, Protocols, Tcp};

/// Every form of line that both read, and some that both refuse.
const TEXT: &str = "# a comment\n\
    plain 9001/tcp\n\
    \t lead 9002/tcp x#y z\r\n\
    vt\u{b}9003/udp\u{b}va\n\
    ff\u{c}9004/udp\r\n\
    slashes 9005//tcp\n\
    dup1 9006/tcp\n\
    dup2 9006/tcp dup1a\n\
    samename 9007/tcp\n\
    samename 9008/tcp\n\
    al1 9009/tcp samealias\n\
    al2 9010/tcp samealias\n\
    samealias 9011/tcp\n\
    spaced 9012 /tcp\n\
    range 9013-9014/tcp\n\
    minus -1/tcp\n\
    #c 9015/tcp\n\
    a#b 9016/tcp\n\
    multi 9017/tcp/udp\n\
    sctp1 9018/sctp s1 s2\n\
    apple 9019/ddp\n\
    last 9020/tcp";

/// What `getent services` answers to these keys, in a namespace of its own where this file replaces
/// the machine's.
fn getent(way: &[&str], file: &Path, keys: &[String]) -> Vec<String> {
    // The status of `getent`: 0, or 2 if a key has no answer.
    let script =
        r#"mount --bind "$0" /etc/services || exit 9; getent services "$@"; test $? -ne 1"#;
    let mut command = Command::new(way[0]);
    command.args(&way[1..]).args(["sh", "-c", script]);
    let output = succeed(command.arg(file).args(keys));
    let text = String::from_utf8(output.stdout).expect("the answers are text");
    text.lines().map(str::to_owned).collect()
}

/// The overlay of the lines that have no error.
fn read(text: &str) -> Overlay {
    Overlay::from_services(text).unwrap_or_else(|errors| errors.into_overlay())
}

/// The name, and `PORT/PROTOCOL`, of a line of `getent`.
fn answer(line: &str) -> (&str, &str) {
    let mut words = line.split_whitespace();
    (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    )
}

#[test]
#[ignore = "needs a mount namespace and getent of glibc"]
fn a_services_file_is_read_as_the_c_library_reads_it() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let file = directory.path().join("services");
    std::fs::write(&file, TEXT).expect("the file can be written");
    // The C library passes over the line of a span.
    let spans = read(TEXT);
    assert_eq!(
        [9013, 9014].map(|port| spans.service_name(port, Tcp)),
        [Some("range"); 2]
    );
    let overlay = read(&TEXT.replace("range 9013-9014/tcp\n", ""));

    let places: Vec<(u16, Protocol)> = (9001..=9020)
        .flat_map(|port| {
            Protocols::ALL
                .into_iter()
                .map(move |protocol| (port, protocol))
        })
        .collect();
    let keys: Vec<String> = places
        .iter()
        .map(|(port, on)| format!("{port}/{on}"))
        .collect();
    let bind = r#"mount --bind "$0" /etc/services"#;
    let way = unshare("--mount", &["sh", "-c", bind, "/etc/services"]);
    let answers = getent(&way, &file, &keys);
    let registry = Overlay::new();
    let own: Vec<(String, String)> = places
        .iter()
        .filter(|&&(port, on)| overlay.service_name(port, on) != registry.service_name(port, on))
        .filter_map(|&(port, on)| {
            Some((
                overlay.service_name(port, on)?.to_owned(),
                format!("{port}/{on}"),
            ))
        })
        .collect();
    let told: Vec<(&str, &str)> = answers.iter().map(|line| answer(line)).collect();
    assert!(
        own.iter().map(|(name, place)| (&**name, &**place)).eq(told),
        "{own:?} {answers:?}"
    );

    let words = TEXT
        .split(|c: char| c.is_whitespace() || c == '#')
        .filter(|word| !word.is_empty());
    for name in words.filter(|word| !word.contains(['/', '-'])) {
        for &on in Protocol::ALL {
            let answers = getent(&way, &file, &[format!("{name}/{on}")]);
            let told = answers.first().map(|line| answer(line).1.to_owned());
            let own = overlay.port(name, on).map(|port| format!("{port}/{on}"));
            let known = registry.port(name, on).is_some();
            assert!(
                told == own || (known && told.is_none()),
                "{name}/{on}: {told:?} {own:?}"
            );
        }
    }
}
