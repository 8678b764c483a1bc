//! How judge and people agree: counts, and the figures that follow from them, with bounds by drawing
//! whole questions anew (bootstrap), as key points of one question stand or fall together.

use std::collections::BTreeMap;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// How often questions are drawn anew.
const DRAWS: usize = 2000;

/// What was told and what is so.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) hits: f64,
    pub(crate) false_alarms: f64,
    pub(crate) misses: f64,
    pub(crate) rests: f64,
}

impl Counts {
    pub(crate) fn add(&mut self, told: bool, is_so: bool) {
        *match (told, is_so) {
            (true, true) => &mut self.hits,
            (true, false) => &mut self.false_alarms,
            (false, true) => &mut self.misses,
            (false, false) => &mut self.rests,
        } += 1.0;
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            hits: self.hits + other.hits,
            false_alarms: self.false_alarms + other.false_alarms,
            misses: self.misses + other.misses,
            rests: self.rests + other.rests,
        }
    }

    /// How many there are.
    pub(crate) fn size(&self) -> f64 {
        self.hits + self.false_alarms + self.misses + self.rests
    }

    /// The share of which what is told is so.
    pub(crate) fn right(&self) -> f64 {
        (self.hits + self.rests) / self.size()
    }

    pub(crate) fn precision(&self) -> f64 {
        self.hits / (self.hits + self.false_alarms)
    }

    pub(crate) fn recall(&self) -> f64 {
        self.hits / (self.hits + self.misses)
    }

    /// The share of what is not so that is told to be.
    pub(crate) fn false_alarm(&self) -> f64 {
        self.false_alarms / (self.false_alarms + self.rests)
    }

    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.hits / (2.0 * self.hits + self.false_alarms + self.misses)
    }

    /// Cohen's kappa: agreement beyond what chance gives.
    pub(crate) fn kappa(&self) -> f64 {
        let all = self.size();
        let agreed = self.right();
        let (told, so) = ((self.hits + self.false_alarms) / all, (self.hits + self.misses) / all);
        let chance = told * so + (1.0 - told) * (1.0 - so);
        (agreed - chance) / (1.0 - chance)
    }
}

/// Counts by question.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<String, Counts>);

impl Tally {
    pub(crate) fn add(&mut self, question: &str, told: bool, is_so: bool) {
        self.0.entry(question.to_owned()).or_default().add(told, is_so);
    }

    pub(crate) fn all(&self) -> Counts {
        self.0.values().fold(Counts::default(), Counts::plus)
    }

    /// A figure with the bounds within which it lies in 95 of 100 draws of questions.
    pub(crate) fn figure(&self, of: impl Fn(&Counts) -> f64) -> String {
        let questions: Vec<&Counts> = self.0.values().collect();
        let mut chance = ChaCha8Rng::seed_from_u64(7);
        let mut drawn: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let draw = (0..questions.len())
                    .map(|_| questions[chance.random_range(0..questions.len())])
                    .fold(Counts::default(), Counts::plus);
                of(&draw)
            })
            .filter(|figure| figure.is_finite())
            .collect();
        drawn.sort_by(f64::total_cmp);
        let at = |share: usize| drawn[(drawn.len() - 1) * share / 1000];
        format!("{:.3} [{:.3}, {:.3}]", of(&self.all()), at(25), at(975))
    }
}
