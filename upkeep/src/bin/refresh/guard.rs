//! What a new registry needs `--force` for: going back in time, or shrinking.

use crate::format::value::date::Date;
use crate::intake::model::Registry;
use crate::report::Summary;

/// How much a registry may shrink, in percent.
const MAX_LOSS: usize = 5;

/// Why a new registry is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the new registry was updated on {new}, before the present one of {present}")]
    Backwards { new: Date, present: Date },
    #[error(
        "the new registry has {new} {what}, more than {MAX_LOSS} % fewer than the present {present}"
    )]
    Shrunk {
        what: &'static str,
        new: usize,
        present: usize,
    },
}

/// Compares a new registry with the present one.
pub(crate) fn examine(present: &Registry, new: &Registry) -> Result<(), Refusal> {
    if new.updated < present.updated {
        return Err(Refusal::Backwards {
            new: new.updated,
            present: present.updated,
        });
    }
    let (present, new) = (Summary::of(present), Summary::of(new));
    let counts = [
        ("records", present.records, new.records),
        ("services", present.services, new.services),
        ("people", present.people, new.people),
    ];
    for (what, present, new) in counts {
        if new * 100 < present * (100 - MAX_LOSS) {
            return Err(Refusal::Shrunk { what, new, present });
        }
    }
    Ok(())
}
