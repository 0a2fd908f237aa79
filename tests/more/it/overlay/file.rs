//! Services files: one that is missing, one that cannot be read, one with errors, and the machine's own.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use port_registry::error::ReadServicesError;
use port_registry::{Overlay, Protocol, Tcp};

#[test]
fn a_missing_file_is_told_apart() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let path = directory.path().join("services");
    let error = Overlay::from_services_file(&path).expect_err("there is no file");
    assert!(matches!(&error, ReadServicesError::Missing { path: told } if *told == path));
    assert_eq!(
        error.to_string(),
        format!("no services file `{}`", path.display())
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let error = Overlay::from_services_file(directory.path()).expect_err("a directory is no file");
    assert!(matches!(error, ReadServicesError::Unreadable { .. }));
    let start = format!(
        "cannot read services file `{}`: ",
        directory.path().display()
    );
    assert!(error.to_string().starts_with(&start), "{error}");
}

#[test]
fn bytes_that_are_no_text_harm_their_line_only() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let path = directory.path().join("services");
    fs::write(&path, b"a 9443/tcp # caf\xe9\nb\xe9 9444/tcp\nc 9445/tcp\n")
        .expect("the file can be written");
    let error = Overlay::from_services_file(&path).expect_err("a name is no text");
    assert_eq!(
        error.to_string(),
        format!(
            "errors in services file `{}`:\nline 2: invalid character in `b\u{fffd}`, expected visible UTF-8 characters",
            path.display()
        )
    );
    let ReadServicesError::Invalid { errors, .. } = error else {
        panic!("{error}");
    };
    let overlay = errors.into_overlay();
    assert_eq!(
        (overlay.port("a", Tcp), overlay.port("c", Tcp)),
        (Some(9443), Some(9445))
    );
}

/// Compared with a plain reading of every line.
#[cfg(unix)]
#[test]
fn the_machines_own_file_is_read() {
    if !Path::new("/etc/services").exists() {
        let error = Overlay::from_system().expect_err("there is no file");
        assert!(matches!(error, ReadServicesError::Missing { .. }));
        return;
    }
    let overlay = Overlay::from_system().expect("the machine's file has no errors");
    let text = fs::read("/etc/services").expect("the file can be read");
    let text = String::from_utf8_lossy(&text);
    let (mut by_port, mut by_name, mut others) = (HashMap::new(), HashMap::new(), 0);
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [name, place, aliases @ ..] = &words[..] else {
            continue;
        };
        let (port, protocol) = place.split_once('/').expect("a port and a protocol");
        let port: u16 = port.parse().expect("a port number");
        let Some(on) = Protocol::ALL
            .iter()
            .copied()
            .find(|on| on.as_str() == protocol)
        else {
            others += 1;
            continue;
        };
        by_port.entry((port, on)).or_insert(*name);
        for name in aliases.iter().chain([name]) {
            by_name
                .entry((name.to_ascii_lowercase(), on))
                .or_insert(port);
        }
    }
    assert_eq!(overlay.unknown_protocols().len(), others);
    for (&(port, on), name) in &by_port {
        assert_eq!(overlay.service_name(port, on), Some(*name));
    }
    for ((name, on), &port) in &by_name {
        assert_eq!(overlay.port(name, *on), Some(port));
    }
}
