//! Instructions per lookup, the same on every run:
//! `cargo bench --package port-registry-benches --bench instructions`.
//!
//! The program runs itself under valgrind's callgrind, once with some lookups and once with more,
//! and divides the difference. It subtracts the cost of a loop that only reads the questions. It
//! exits with 1 if a figure is more than 2 % above the one pinned below.

use std::env;
use std::hint::black_box;
use std::process::{Command, ExitCode};

#[path = "names/hundred.rs"]
mod hundred;

use hundred::HUNDRED;
use port_registry::{
    COMMON, IANA, Names, Protocol, port_status, service_by_name, service_by_port, services,
};
use test_support::numbers::Numbers;

/// A kind of lookup, and its figures in instructions.
struct Kind {
    name: &'static str,
    /// The count when the figure was last looked at.
    pinned: f64,
    /// The most that it may be, if there is a goal for it.
    goal: Option<f64>,
    run: fn(&Questions, usize),
    /// The same loop without the lookup.
    loop_alone: fn(&Questions, usize),
}

const KINDS: [Kind; 11] = [
    Kind {
        name: "service_by_port, random ports, tcp",
        pinned: 8.0,
        goal: Some(22.0),
        run: |questions, count| {
            for &(port, _) in &questions.ports[..count] {
                black_box(service_by_port(port, Protocol::Tcp));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "service_by_port, random ports, tcp and udp",
        pinned: 11.0,
        goal: Some(22.0),
        run: |questions, count| {
            for &(port, protocol) in &questions.ports[..count] {
                black_box(service_by_port(port, protocol));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "service_by_port, random ports, all four protocols",
        pinned: 11.0,
        goal: Some(22.0),
        run: |questions, count| {
            for &(port, protocol) in &questions.all_protocols[..count] {
                black_box(service_by_port(port, protocol));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "service_by_port and name, assigned ports",
        pinned: 48.2,
        goal: None,
        run: |questions, count| {
            for &(port, protocol) in &questions.assigned[..count] {
                black_box(service_by_port(port, protocol).map(|service| service.name()));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "service_by_port and name, random ports",
        pinned: 18.1,
        goal: None,
        run: |questions, count| {
            for &(port, protocol) in &questions.ports[..count] {
                black_box(service_by_port(port, protocol).map(|service| service.name()));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "the same with a constant table of 100 names in front",
        pinned: 33.4,
        goal: None,
        run: |questions, count| {
            for &(port, protocol) in &questions.ports[..count] {
                black_box(OWN.name(port, protocol));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "the same with the common names in front",
        pinned: 42.3,
        goal: None,
        run: |questions, count| {
            for &(port, protocol) in &questions.ports[..count] {
                black_box(COMMON.name(port, protocol));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "port_status, random ports",
        pinned: 64.5,
        goal: None,
        run: |questions, count| {
            for &(port, protocol) in &questions.ports[..count] {
                black_box(port_status(port, protocol));
            }
        },
        loop_alone: read_ports,
    },
    Kind {
        name: "service_by_name, all names in mixed case",
        pinned: 114.9,
        goal: Some(130.0),
        run: |questions, count| look_up(&questions.names[..count]),
        loop_alone: read_names,
    },
    Kind {
        name: "service_by_name, popular names",
        pinned: 115.0,
        goal: Some(130.0),
        run: |questions, count| look_up(&questions.popular[..count]),
        loop_alone: read_names,
    },
    Kind {
        name: "service_by_name, misses",
        pinned: 102.0,
        goal: Some(130.0),
        run: |questions, count| look_up(&questions.misses[..count]),
        loop_alone: read_names,
    },
];

fn look_up(names: &[String]) {
    for name in names {
        black_box(service_by_name(name, Protocol::Tcp));
    }
}

fn read_names(questions: &Questions, count: usize) {
    for name in &questions.names[..count] {
        black_box(name.as_str());
    }
}

fn read_ports(questions: &Questions, count: usize) {
    for &(port, _) in &questions.ports[..count] {
        black_box(port);
    }
}

const OWN: Names<'_> = IANA.with(&HUNDRED);

/// The lookups of the shorter run. The longer run makes twice as many.
const LOOKUPS: usize = 20_000;

struct Questions {
    ports: Vec<(u16, Protocol)>,
    all_protocols: Vec<(u16, Protocol)>,
    assigned: Vec<(u16, Protocol)>,
    names: Vec<String>,
    popular: Vec<String>,
    misses: Vec<String>,
}

impl Questions {
    fn new() -> Self {
        let mut random = Numbers(0x2545_F491_4F6C_DD1D);
        let all: Vec<&str> = services().map(|service| service.name()).collect();
        let popular = [
            "http", "https", "ssh", "domain", "smtp", "imaps", "ntp", "ldap",
        ];
        let mut questions = Self {
            ports: Vec::new(),
            all_protocols: Vec::new(),
            assigned: Vec::new(),
            names: Vec::new(),
            popular: Vec::new(),
            misses: Vec::new(),
        };
        while questions.assigned.len() < 2 * LOOKUPS {
            let question = (random.below(65_536) as u16, Protocol::ALL[random.below(2)]);
            if questions.ports.len() < 2 * LOOKUPS {
                questions.ports.push(question);
            }
            if service_by_port(question.0, question.1).is_some() {
                questions.assigned.push(question);
            }
        }
        for _ in 0..2 * LOOKUPS {
            let protocol = Protocol::ALL[random.below(4)];
            let port = random.below(65_536) as u16;
            questions.all_protocols.push((port, protocol));
            let name = all[random.below(all.len())];
            let mixed = name.chars().map(|character| match random.below(2) {
                0 => character.to_ascii_uppercase(),
                _ => character,
            });
            questions.names.push(mixed.collect());
            questions
                .popular
                .push(popular[random.below(popular.len())].to_owned());
            // A registered name with one character replaced by one that no name has.
            let mut miss: Vec<char> = name.chars().collect();
            let place = random.below(miss.len());
            miss[place] = '~';
            questions.misses.push(miss.into_iter().collect());
        }
        questions
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, child, kind, part, count] = arguments.as_slice() {
        if child == "--child" {
            let (Ok(kind), Ok(count)) = (kind.parse::<usize>(), count.parse()) else {
                return ExitCode::FAILURE;
            };
            let questions = Questions::new();
            let kind = &KINDS[kind];
            let run = if part == "loop" {
                kind.loop_alone
            } else {
                kind.run
            };
            run(&questions, count);
            return ExitCode::SUCCESS;
        }
    }
    let mut too_many = false;
    println!("| instructions a lookup | counted | pinned | goal |");
    println!("|---|---|---|---|");
    for (number, kind) in KINDS.iter().enumerate() {
        let (Some(counted), Some(reading)) = (per_step(number, "run"), per_step(number, "loop"))
        else {
            eprintln!("valgrind did not run; it is needed to count instructions");
            return ExitCode::FAILURE;
        };
        let counted = counted - reading;
        let goal = kind
            .goal
            .map_or("-".to_owned(), |goal| format!("{goal:.0}"));
        println!(
            "| {} | {counted:.1} | {:.1} | {goal} |",
            kind.name, kind.pinned
        );
        too_many |= counted > kind.pinned * 1.02;
    }
    if too_many {
        eprintln!("a figure is more than 2 % above the pinned one");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The instructions that one more step of the loop takes.
fn per_step(kind: usize, part: &str) -> Option<f64> {
    let fewer = count(kind, part, LOOKUPS)?;
    let more = count(kind, part, 2 * LOOKUPS)?;
    Some((more.checked_sub(fewer)?) as f64 / LOOKUPS as f64)
}

/// The instructions of the whole program with this many steps.
fn count(kind: usize, part: &str, lookups: usize) -> Option<u64> {
    let program = env::current_exe().ok()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["--child", &kind.to_string(), part, &lookups.to_string()])
        .output()
        .ok()?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = report.lines().find(|line| line.contains("Collected : "))?;
    line.split("Collected : ").nth(1)?.trim().parse().ok()
}
