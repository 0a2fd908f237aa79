//! The registry is replaced as a whole or not at all.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use super::program::{NEW, OLD, Registry, Run, refresh_path, run};

/// Runs `refresh` where files cannot grow beyond a few KiB, as on a full disk.
fn refresh_on_full_disk(registry: &Registry, preparation: &str) -> Run {
    let mut shell = Command::new("sh");
    // `ulimit -f` counts blocks of 512 or 1,024 bytes.
    let script = format!("{preparation} ulimit -c 0; ulimit -f 4; exec \"$@\"");
    shell.args(["-c", &script, "sh"]).arg(refresh_path());
    shell.arg("--directory").arg(registry.path()).arg("-");
    run(shell, NEW.as_bytes())
}

#[test]
fn a_full_disk_leaves_the_old_registry_and_nothing_else() {
    let registry = Registry::of(OLD);
    let (before, files) = (registry.text(), registry.files());
    let message = refresh_on_full_disk(&registry, "trap '' XFSZ;").failure();
    assert!(message.starts_with("error: writing failed: "), "{message}");
    assert_eq!((registry.text(), registry.files()), (before, files));
}

#[test]
fn a_run_killed_while_it_writes_leaves_the_old_registry() {
    let registry = Registry::of(OLD);
    let before = registry.text();
    // The signal for a file that grows too large ends the program while it writes.
    let killed = refresh_on_full_disk(&registry, "");
    assert_eq!((killed.status, killed.stdout.as_str()), (None, ""));
    assert_eq!(registry.text(), before);
    // It was really writing, and the next run works all the same.
    let left = registry.files();
    assert!(
        left.iter().any(|file| file.starts_with(".refresh-")),
        "{left:?}"
    );
    registry.run_with_input(&["-"], NEW.as_bytes()).success();
    assert_eq!(registry.text(), Registry::of(NEW).text());
}

#[test]
fn permissions_and_symbolic_links_are_kept() {
    let registry = Registry::of(OLD);
    let mode = |registry: &Registry| {
        let metadata = fs::metadata(registry.file()).expect("a registry");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(&registry) & 0o400, 0o400);
    fs::set_permissions(registry.file(), fs::Permissions::from_mode(0o640)).expect("own file");
    let elsewhere = registry.path().join("elsewhere.xml");
    fs::rename(registry.file(), &elsewhere).expect("renamed");
    symlink(&elsewhere, registry.file()).expect("linked");

    registry.run_with_input(&["-"], NEW.as_bytes()).success();
    assert!(registry.file().is_symlink());
    assert_eq!(
        fs::read_to_string(&elsewhere).ok(),
        Registry::of(NEW).text()
    );
    assert_eq!(mode(&registry), 0o640);
}
