//! The program `picture`, run as a user would.

use std::path::Path;
use std::process::{Command, Output};

use port_registry_pictures::Pixmap;

fn picture(arguments: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_picture"));
    command.args(arguments).output().expect("it starts")
}

#[test]
#[ignore = "needs an installed font"]
fn a_png_has_the_size_of_the_picture() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let to = directory.path().join("ports.png");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/port_map.svg");
    let run = picture(&[&from, &to]);
    assert!(run.status.success(), "{run:?}");
    let pixels = Pixmap::load_png(&to).expect("a PNG");
    let svg = std::fs::read_to_string(from).expect("the picture is there");
    let view = format!("viewBox=\"0 0 {} {}\"", pixels.width(), pixels.height());
    assert!(svg.contains(&view), "{view}");
}

#[test]
fn what_is_wrong_is_said() {
    let missing = Path::new("no such picture.svg");
    for (arguments, status, part) in [
        (&[][..], 2, "usage: picture IN.svg OUT.png"),
        (
            &[missing, Path::new("out.png")],
            1,
            "picture: no such picture.svg: ",
        ),
    ] {
        let run = picture(arguments);
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(status), "{said}");
        assert!(said.starts_with(part), "{said}");
    }
}
