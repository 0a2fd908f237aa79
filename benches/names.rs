//! What other names than the registry's add to the time of a lookup by port: the common names, a
//! constant table of 100 names, an empty overlay and one of 500 names, compared with the plain
//! lookup on random ports of tcp and udp: `cargo bench --package port-registry-benches --bench names`.

#[path = "names/hundred.rs"]
mod hundred;

use std::fmt::{Display, Write};
use std::hint::black_box;
use std::time::Duration;

use arrayvec::ArrayString;
use criterion::{Criterion, Throughput};
use hundred::HUNDRED;
use port_registry::{
    COMMON, IANA, Names, Overlay, Protocol, Service, Tcp, Udp, label, service_by_port,
};

use test_support::numbers::Numbers;

const QUESTIONS: usize = 65_536;
const OWN_NAMES: u16 = 500;

type Question = (u16, Protocol);

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .configure_from_args();
    let questions = questions();
    // The compiler must not know what they hold.
    let (empty, full) = black_box((Overlay::new(), overlay()));
    names(&mut criterion, &questions, &empty, &full);
    labels(&mut criterion, &questions, &empty, &full);
    texts(&mut criterion, &questions, &empty, &full);
    criterion.final_summary();
}

fn names(criterion: &mut Criterion, questions: &[Question], empty: &Overlay, full: &Overlay) {
    let plain =
        |(port, protocol)| service_by_port(port, protocol).map_or(0, |found| found.name().len());
    let with = |overlay: &Overlay, (port, protocol)| {
        overlay.service_name(port, protocol).map_or(0, str::len)
    };
    time(criterion, "names-name", "plain", questions, plain);
    const OWN: Names<'_> = IANA.with(&HUNDRED);
    const BOTH: Names<'_> = COMMON.with(&HUNDRED);
    let by = |names: Names<'_>, (port, protocol)| names.name(port, protocol).map_or(0, str::len);
    time(
        criterion,
        "names-name",
        "constant 100",
        questions,
        |question| by(OWN, question),
    );
    time(criterion, "names-name", "common", questions, |question| {
        by(COMMON, question)
    });
    time(
        criterion,
        "names-name",
        "constant 100 and common",
        questions,
        |question| by(BOTH, question),
    );
    let table = full.table();
    let behind = COMMON.with(&table);
    time(
        criterion,
        "names-name",
        "overlay 500 and common",
        questions,
        |question| by(behind, question),
    );
    time(
        criterion,
        "names-name",
        "overlay empty",
        questions,
        |question| with(empty, question),
    );
    time(
        criterion,
        "names-name",
        "overlay 500",
        questions,
        |question| with(full, question),
    );
}

fn labels(criterion: &mut Criterion, questions: &[Question], empty: &Overlay, full: &Overlay) {
    let length = |service: Option<Service>| service.map_or(0, |found| found.name().len());
    let plain = |(port, protocol)| length(label(port, protocol).service());
    let with = |overlay: &Overlay, (port, protocol)| {
        overlay.label(port, protocol).name().map_or(0, str::len)
    };
    time(criterion, "names-label", "plain", questions, plain);
    time(
        criterion,
        "names-label",
        "overlay empty",
        questions,
        |question| with(empty, question),
    );
    time(
        criterion,
        "names-label",
        "overlay 500",
        questions,
        |question| with(full, question),
    );
}

/// The label as text, which a screen or a log needs.
fn texts(criterion: &mut Criterion, questions: &[Question], empty: &Overlay, full: &Overlay) {
    let plain = |(port, protocol)| length_of(label(port, protocol));
    time(criterion, "names-text", "plain", questions, plain);
    time(
        criterion,
        "names-text",
        "overlay empty",
        questions,
        |(port, protocol)| length_of(empty.label(port, protocol)),
    );
    time(
        criterion,
        "names-text",
        "overlay 500",
        questions,
        |(port, protocol)| length_of(full.label(port, protocol)),
    );
}

fn length_of(label: impl Display) -> usize {
    let mut text = ArrayString::<64>::new();
    write!(text, "{label}").map_or(0, |()| text.len())
}

fn time(
    criterion: &mut Criterion,
    group: &str,
    name: &str,
    questions: &[Question],
    lookup: impl Fn(Question) -> usize,
) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Elements(questions.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for &question in black_box(questions) {
                black_box(lookup(question));
            }
        });
    });
}

/// Ports in an order that a branch predictor cannot learn. The order is the same on every run.
fn questions() -> Vec<Question> {
    let mut numbers = Numbers(2026);
    let mut question = || (numbers.below(65_536) as u16, [Tcp, Udp][numbers.below(2)]);
    (0..QUESTIONS).map(|_| question()).collect()
}

/// Names on ports all over the range.
fn overlay() -> Overlay {
    let mut overlay = Overlay::new();
    for number in 0..OWN_NAMES {
        let protocol = [Tcp, Udp][usize::from(number % 2)];
        overlay
            .insert(number * 131, protocol, &format!("own-{number}"))
            .expect("the name is valid");
    }
    overlay
}
