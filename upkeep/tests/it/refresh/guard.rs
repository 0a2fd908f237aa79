//! What is refused without `--force`, and what `--dry-run` leaves unchanged.

use super::program::{NEW, OLD, Registry};

/// A registry with this many records, of which the first `services` have a name, and with this many
/// people.
fn registry_of(records: usize, services: usize, people: usize) -> String {
    let rows = (0..records).map(|index| {
        let name = match index < services {
            true => format!("<name>service-{index}</name>"),
            false => String::new(),
        };
        let port = 1000 + index;
        format!("<record>{name}<protocol>tcp</protocol><description>Reserved</description><number>{port}</number></record>\n")
    });
    let rows: String = rows.collect();
    let people: String = (0..people)
        .map(|index| format!("<person id=\"p{index}\"/>"))
        .collect();
    let head = OLD.split_once("  <record").expect("a record").0;
    format!("{head}{rows}<people>{people}</people></registry>")
}

#[test]
fn an_older_registry_is_refused() {
    let registry = Registry::of(NEW);
    let before = registry.text();
    let message = registry.run_with_input(&["-"], OLD.as_bytes()).failure();
    assert_eq!(
        message,
        "error: the new registry was updated on 2025-02-25, before the present one of \
         2026-08-17\n   = `--dry-run` shows what would change, `--force` accepts it\n"
    );
    assert_eq!(registry.text(), before);

    registry
        .run_with_input(&["--force", "-"], OLD.as_bytes())
        .success();
    assert_eq!(registry.text(), Registry::of(OLD).text());
}

#[test]
fn a_registry_that_lost_more_than_five_per_cent_is_refused() {
    let present = registry_of(200, 100, 60);
    for (new, what) in [
        (registry_of(189, 100, 60), "189 records"),
        (registry_of(200, 94, 60), "94 services"),
        (registry_of(200, 100, 56), "56 people"),
    ] {
        let registry = Registry::of(&present);
        let before = registry.text();
        let message = registry.run_with_input(&["-"], new.as_bytes()).failure();
        let expected = format!("the new registry has {what}, more than 5 % fewer than");
        assert!(message.contains(&expected), "{message}");
        assert_eq!(registry.text(), before);
        registry
            .run_with_input(&["--force", "-"], new.as_bytes())
            .success();
        assert_ne!(registry.text(), before);
    }
    // A loss of five percent is still accepted.
    let registry = Registry::of(&present);
    let fewer = registry_of(190, 95, 57);
    registry.run_with_input(&["-"], fewer.as_bytes()).success();
}

#[test]
fn a_dry_run_prints_the_same_and_writes_nothing() {
    let registry = Registry::of(OLD);
    let (before, files) = (registry.text(), registry.files());
    let dry = registry
        .run_with_input(&["--dry-run", "-"], NEW.as_bytes())
        .success();
    assert_eq!((registry.text(), registry.files()), (before, files));
    let wet = registry.run_with_input(&["-"], NEW.as_bytes()).success();
    assert_eq!(dry.replace("\nnot written (dry run): ", "\nwritten: "), wet);

    // It ends with the status of a real one.
    let refused = registry.run_with_input(&["--dry-run", "-"], OLD.as_bytes());
    assert!(
        refused.stdout.contains("Services removed (3)"),
        "{refused:?}"
    );
    assert!(refused.failure().contains("before the present one"));
}

#[test]
fn a_present_registry_that_cannot_be_read_is_replaced_only_by_force() {
    let registry = Registry::of(OLD);
    let damaged = "<registry>";
    std::fs::write(registry.file(), damaged).expect("written");
    let message = registry.run_with_input(&["-"], NEW.as_bytes()).failure();
    assert!(
        message.contains("cannot be compared with a new one; `--force` replaces it"),
        "{message}"
    );
    assert_eq!(registry.text().as_deref(), Some(damaged));
    registry
        .run_with_input(&["--force", "-"], NEW.as_bytes())
        .success();
    assert_eq!(registry.text(), Registry::of(NEW).text());
}
