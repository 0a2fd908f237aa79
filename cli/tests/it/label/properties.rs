//! If all labels are removed again, the output equals the input, whatever the input is.

use proptest::prelude::*;

use super::run::label;
use super::samples::{SAMPLES, Sample};
use super::stripped::{assert_appended, assert_same_without_both, without_both};

/// Lines of all samples with changed bytes, and lines of random bytes.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let lines: Vec<Vec<u8>> = SAMPLES
        .iter()
        .flat_map(|sample| {
            let input = sample.input();
            let lines = input.split_inclusive(|&byte| byte == b'\n');
            lines.map(<[u8]>::to_vec).collect::<Vec<_>>()
        })
        .collect();
    let line = prop::sample::select(lines);
    let changed = (
        line.clone(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    )
        .prop_map(|(mut line, changes)| {
            for (index, byte) in changes {
                let index = index.index(line.len());
                line[index] = byte;
            }
            line
        });
    let cut = (line.clone(), any::<prop::sample::Index>()).prop_map(|(mut line, length)| {
        line.truncate(length.index(line.len()));
        line
    });
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    let piece = prop_oneof![6 => line, 3 => changed, 1 => cut, 1 => bytes];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

fn check(sample: &Sample, input: &[u8]) -> Result<(), TestCaseError> {
    // A number beside its name in the input would be taken for a label.
    prop_assume!(without_both(input, "any") == input);
    // Columns are given by number. With names that the first line does not have, nothing is read.
    let columns = sample.columns.map(|_| ["--columns", "1"]);
    let columns: Vec<_> = columns.into_iter().flatten().collect();
    let kind = ["--names", "iana", "--input", sample.kind];
    let kind = [&kind[..], &columns].concat();
    let run = label(&[&kind[..], &["--style", "both"]].concat(), input);
    // The status is 1 if no line was understood.
    prop_assert!(run.status <= 1, "{}", run.stderr);
    assert_same_without_both(input, &run.stdout, sample.kind);
    let run = label(&[&kind[..], &["--style", "append-column"]].concat(), input);
    prop_assert!(run.status <= 1, "{}", run.stderr);
    assert_appended(input, &run.stdout, sample.kind);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn stripped_of_its_labels_the_output_is_the_input(
        sample in prop::sample::select((0..SAMPLES.len()).collect::<Vec<_>>()),
        own in any::<bool>(),
        input in input(),
    ) {
        let sample = &SAMPLES[sample];
        // The sample itself comes first, so that headings and records fit.
        let input = if own { [sample.input(), input].concat() } else { input };
        check(sample, &input)?;
    }
}
