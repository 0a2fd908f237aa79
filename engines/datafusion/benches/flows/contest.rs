//! Everyone is asked in turn, several times, and the fastest time counts.

use std::collections::BTreeMap;

use crate::Result;
use crate::report::{Figure, Measured};

/// A number for each group. Flows without a service are in the group without a name.
pub type Answer = BTreeMap<Option<String>, i64>;

/// An answer and the seconds it took.
pub struct Answered {
    pub seconds: f64,
    pub answer: Answer,
}

/// What an answer must agree with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The first answer to the same question, group by group.
    Groups,
    /// The sum of that answer.
    Total,
}

type Ask<'a> = Box<dyn FnMut() -> Result<Answered> + 'a>;

struct Contender<'a> {
    question: &'static str,
    way: String,
    check: Check,
    ask: Ask<'a>,
    seconds: Vec<f64>,
}

/// Ways to answer questions.
#[derive(Default)]
pub struct Contest<'a> {
    contenders: Vec<Contender<'a>>,
}

impl<'a> Contest<'a> {
    /// Adds a way to answer a question. The first way of each question is the one to agree with.
    pub fn enter(
        &mut self,
        question: &'static str,
        way: impl Into<String>,
        check: Check,
        ask: Ask<'a>,
    ) {
        self.contenders.push(Contender {
            question,
            way: way.into(),
            check,
            ask,
            seconds: Vec::new(),
        });
    }

    /// Asks everyone once in each round.
    pub fn run(mut self, rounds: usize) -> Result<Vec<Measured>> {
        let mut right: BTreeMap<&str, Answer> = BTreeMap::new();
        for _ in 0..rounds {
            for contender in &mut self.contenders {
                let Answered { seconds, answer } = (contender.ask)()?;
                eprintln!("{seconds:9.3} s  {}: {}", contender.question, contender.way);
                contender.seconds.push(seconds);
                let right = right
                    .entry(contender.question)
                    .or_insert_with(|| answer.clone());
                compare(contender, right, &answer)?;
            }
        }
        Ok(self
            .contenders
            .into_iter()
            .map(Contender::measured)
            .collect())
    }
}

impl Contender<'_> {
    fn measured(self) -> Measured {
        Measured {
            question: self.question,
            way: self.way,
            figure: Figure::Seconds(self.seconds),
        }
    }
}

fn compare(contender: &Contender<'_>, right: &Answer, answer: &Answer) -> Result<()> {
    let difference = match contender.check {
        Check::Groups => right
            .iter()
            .find(|(name, number)| answer.get(*name) != Some(*number))
            .map(|(name, number)| format!("{name:?} is {:?} instead of {number}", answer.get(name)))
            .or_else(|| {
                let more = answer.keys().find(|name| !right.contains_key(*name));
                more.map(|name| format!("{name:?} should not be there"))
            }),
        Check::Total => {
            let [right, total] = [right, answer].map(|answer| answer.values().sum::<i64>());
            (right != total).then(|| format!("the sum is {total} instead of {right}"))
        }
    };
    match difference {
        Some(difference) => {
            Err(format!("{}: {}: {difference}", contender.question, contender.way).into())
        }
        None => Ok(()),
    }
}
