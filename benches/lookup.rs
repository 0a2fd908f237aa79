//! Times of lookups, bulk answers and scans beside those of every rival on the same data:
//! `cargo bench --package port-registry-benches --bench lookup`, then
//! `cargo run --package port-registry-benches --bin bench_table` for the goals.

mod rivals;

use std::hash::RandomState;
use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use memchr::memmem;
use port_registry::{
    Column, Contact, Protocol, Reference, Service, Tcp, Udp, port_status, records, search,
    service_by_name, service_by_port, services,
};
use rustc_hash::FxBuildHasher;

use rivals::elsewhere::{CLibrary, IanaServices, PortDesc};
use rivals::in_memory::{
    DenseArray, HashedNames, HashedPorts, PhfNames, PhfPorts, SearchedNames, SearchedPorts,
};
use rivals::{
    Answer, Lookup, NameQuestion, PortQuestion, PortRegistry, PortRegistryNames,
    PortRegistryStatuses, questions,
};

/// How many questions go to the rivals that read a file for each one.
const FEW: usize = 64;

/// The pairs of one pass of the bulk, and how often it passes over them.
const PAIRS: usize = 1_000_000;
const PASSES: usize = 100;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(900))
        .configure_from_args();
    port_to_service(&mut criterion);
    port_to_name(&mut criterion);
    port_to_status(&mut criterion);
    name_to_service(&mut criterion);
    bulk(&mut criterion);
    all_columns(&mut criterion);
    search_descriptions(&mut criterion);
    search_all_columns(&mut criterion);
    criterion.final_summary();
}

/// The rivals' times for one sequence of questions.
struct Race<'c, Question, Right> {
    group: BenchmarkGroup<'c, WallTime>,
    questions: Vec<Question>,
    right: fn(Question) -> Right,
}

impl<'c, Question: Copy, Right> Race<'c, Question, Right> {
    fn new(
        criterion: &'c mut Criterion,
        group: &str,
        questions: Vec<Question>,
        right: fn(Question) -> Right,
    ) -> Self {
        Self {
            group: criterion.benchmark_group(group),
            questions,
            right,
        }
    }

    /// Times a rival on all questions. All its answers must be right.
    fn run(
        &mut self,
        rival: &str,
        lookup: &impl Lookup<Question, Answer: Answer<Right>>,
    ) -> &mut Self {
        let wrong = self.count_wrong(self.questions.len(), lookup);
        assert_eq!(wrong, 0, "{rival} gives wrong answers");
        self.time(rival, self.questions.len(), lookup)
    }

    /// Times a rival with data of its own on the first questions, and counts its answers that
    /// differ from the registry's.
    fn run_foreign(
        &mut self,
        rival: &str,
        count: usize,
        lookup: &impl Lookup<Question, Answer: Answer<Right>>,
    ) -> &mut Self {
        let wrong = self.count_wrong(count, lookup);
        println!("{rival}: {wrong} of {count} answers differ from the registry");
        self.time(rival, count, lookup)
    }

    fn count_wrong(
        &self,
        count: usize,
        lookup: &impl Lookup<Question, Answer: Answer<Right>>,
    ) -> usize {
        let questions = self.questions[..count].iter();
        let wrong = questions
            .filter(|question| !lookup.lookup(**question).agrees((self.right)(**question)));
        wrong.count()
    }

    fn time(&mut self, rival: &str, count: usize, lookup: &impl Lookup<Question>) -> &mut Self {
        let questions = &self.questions[..count];
        self.group.throughput(Throughput::Elements(count as u64));
        self.group.bench_function(rival, |bencher| {
            bencher.iter(|| {
                for &question in black_box(questions) {
                    black_box(lookup.lookup(question));
                }
            });
        });
        self
    }
}

fn service_on((port, protocol): PortQuestion) -> Option<Service> {
    service_by_port(port, protocol)
}

fn service_named((name, protocol): NameQuestion) -> Option<Service> {
    service_by_name(name, protocol)
}

fn port_to_service(criterion: &mut Criterion) {
    let dense = DenseArray::new(|service| service);
    let phf = PhfPorts::new(|service| service);
    let fx = HashedPorts::<_, FxBuildHasher>::new(|service| service);
    let std = HashedPorts::<_, RandomState>::new(|service| service);
    let searched = SearchedPorts::new(|service| service);
    let random = questions::random_ports(&[Tcp, Udp], questions::QUESTIONS);
    for (group, questions) in [
        ("port-to-service-random", random),
        ("port-to-service-zipf", questions::zipf_ports()),
    ] {
        Race::new(criterion, group, questions, service_on)
            .run("port-registry", &PortRegistry)
            .run("dense-array", &dense)
            .run("phf", &phf)
            .run("fx-hash-map", &fx)
            .run("std-hash-map", &std)
            .run("binary-search", &searched);
    }
}

fn port_to_name(criterion: &mut Criterion) {
    let questions = questions::assigned_ports();
    let count = questions.len();
    Race::new(criterion, "port-to-name-hits", questions, service_on)
        .run("port-registry", &PortRegistryNames)
        .run("dense-array", &DenseArray::new(Service::name))
        .run("phf", &PhfPorts::new(Service::name))
        .run(
            "fx-hash-map",
            &HashedPorts::<_, FxBuildHasher>::new(Service::name),
        )
        .run(
            "std-hash-map",
            &HashedPorts::<_, RandomState>::new(Service::name),
        )
        .run("binary-search", &SearchedPorts::new(Service::name))
        .run_foreign("port-desc", count, &PortDesc::new())
        .run_foreign("c-library", FEW, &CLibrary)
        .run_foreign("iana-services", FEW, &IanaServices);
}

fn port_to_status(criterion: &mut Criterion) {
    let questions = questions::random_ports(&[Tcp, Udp], questions::QUESTIONS);
    let status = |(port, protocol): PortQuestion| port_status(port, protocol);
    Race::new(criterion, "port-to-status-random", questions, status)
        .run("port-registry", &PortRegistryStatuses)
        .run("dense-array", &DenseArray::of(status))
        .run("binary-search", &SearchedPorts::of(status));
}

fn name_to_service(criterion: &mut Criterion) {
    let phf = PhfNames::new();
    let fx = HashedNames::<FxBuildHasher>::new();
    let std = HashedNames::<RandomState>::new();
    let searched = SearchedNames::new();
    for (group, questions) in [
        ("name-to-service-all", questions::names()),
        ("name-to-service-popular", questions::popular_names()),
        ("name-to-service-misses", questions::missing_names()),
    ] {
        Race::new(criterion, group, questions, service_named)
            .run("port-registry", &PortRegistry)
            .run("phf", &phf)
            .run("fx-hash-map", &fx)
            .run("std-hash-map", &std)
            .run("binary-search", &searched)
            .run_foreign("c-library", FEW, &CLibrary)
            .run_foreign("iana-services", FEW, &IanaServices);
    }
}

/// 100 million pairs to services, in a plain loop.
fn bulk(criterion: &mut Criterion) {
    bulk_on(criterion, "bulk", &[Tcp, Udp]);
    bulk_on(criterion, "bulk-all-protocols", Protocol::ALL);
}

fn bulk_on(criterion: &mut Criterion, group: &str, protocols: &[Protocol]) {
    let pairs = questions::random_ports(protocols, PAIRS);
    let mut group = criterion.benchmark_group(group);
    group
        .throughput(Throughput::Elements((PAIRS * PASSES) as u64))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .measurement_time(Duration::from_secs(3));
    run_bulk(&mut group, "port-registry", &pairs, &PortRegistry);
    let dense = DenseArray::new(|service| service);
    run_bulk(&mut group, "dense-array", &pairs, &dense);
}

fn run_bulk(
    group: &mut BenchmarkGroup<WallTime>,
    rival: &str,
    pairs: &[PortQuestion],
    lookup: &impl Lookup<PortQuestion, Answer = Option<Service>>,
) {
    let mut services = vec![None; pairs.len()];
    group.bench_function(rival, |bencher| {
        bencher.iter(|| {
            for _ in 0..PASSES {
                for (service, &pair) in black_box(&mut services).iter_mut().zip(pairs) {
                    *service = lookup.lookup(pair);
                }
            }
        });
    });
}

/// Every column of every service. The crate is `no_std` without `alloc`, so it has no allocator to
/// call.
fn all_columns(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("all-columns");
    group.throughput(Throughput::Elements(services().len() as u64));
    group.bench_function("port-registry", |bencher| {
        bencher.iter(|| services().map(read_columns).sum::<usize>());
    });
}

/// Reads every column, and adds up the lengths of texts.
fn read_columns(service: Service) -> usize {
    black_box((
        service.ports(),
        service.protocol(),
        service.registered(),
        service.modified(),
        service.service_code(),
    ));
    service.name().len()
        + service.description().len()
        + service.assignees().map(read_contact).sum::<usize>()
        + service.contacts().map(read_contact).sum::<usize>()
        + service.references().map(read_reference).sum::<usize>()
        + service.unauthorized_use().map_or(0, str::len)
        + service.note().map_or(0, str::len)
}

fn read_contact(contact: Contact) -> usize {
    contact.id().len() + contact.name().map_or(0, str::len)
}

fn read_reference(reference: Reference) -> usize {
    reference.text().len()
}

/// How many records have a text in their description, ASCII case ignored.
fn search_descriptions(criterion: &mut Criterion) {
    let blob = Blob::new();
    for (what, needle) in [
        ("some", "microsoft"),
        ("many", "protocol"),
        ("none", "zebrafish"),
    ] {
        let finder = memmem::Finder::new(needle);
        let ours = || {
            search(black_box(needle))
                .columns([Column::Description])
                .count()
        };
        assert_eq!(ours(), blob.count(&finder));
        let mut group = criterion.benchmark_group(format!("search-descriptions-{what}"));
        group.throughput(Throughput::Bytes(blob.text.len() as u64));
        group.bench_function("port-registry", |bencher| bencher.iter(ours));
        group.bench_function("one-blob", |bencher| {
            bencher.iter(|| blob.count(black_box(&finder)));
        });
    }
}

/// How many records have a text in any column.
fn search_all_columns(criterion: &mut Criterion) {
    for query in ["microsoft", "593"] {
        let count = || search(black_box(query)).count();
        let mut group = criterion.benchmark_group(format!("search-all-columns-{query}"));
        group.bench_function("port-registry", |bencher| bencher.iter(count));
    }
}

/// The descriptions of all records, one after the other, in lower case.
struct Blob {
    text: String,
    ends: Vec<usize>,
}

impl Blob {
    fn new() -> Self {
        let mut text = String::new();
        let ends = records().map(|record| {
            text.push_str(&record.description().to_ascii_lowercase());
            // No needle contains a NUL, so no match extends over two descriptions.
            text.push('\0');
            text.len()
        });
        let ends = ends.collect();
        Self { text, ends }
    }

    /// How many descriptions hold the needle.
    fn count(&self, finder: &memmem::Finder) -> usize {
        let (mut count, mut from) = (0, 0);
        while let Some(place) = finder.find(&self.text.as_bytes()[from..]) {
            count += 1;
            let description = self.ends.partition_point(|&end| end <= from + place);
            from = self.ends[description];
        }
        count
    }
}
