//! What is published: the package has what its README shows, and the licences.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_package_has_the_licences_and_the_picture() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--list", "--allow-dirty", "--offline"]);
    let output = cargo.current_dir(here).output().expect("cargo starts");
    assert!(output.status.success(), "{output:?}");
    let listed = String::from_utf8(output.stdout).expect("paths are UTF-8");
    for file in ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "port_map.svg"] {
        assert!(listed.lines().any(|line| line == file), "{file}: {listed}");
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = |path: &Path| fs::read_to_string(path.join(licence)).expect("it can be read");
        assert_eq!(text(here), text(&here.join("..")), "{licence}");
    }
}
