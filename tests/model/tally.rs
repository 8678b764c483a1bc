//! The figures of a run: what was tried, and what came of it.

use std::fmt::Display;

use jiff::Timestamp;

use crate::life::Life;
use crate::plan::Plan;
use crate::promises::Fared;
use crate::step::{Jump, Step};

/// Figures of one life, or of many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    begun: Option<Timestamp>,
    lives: u64,
    steps: u64,
    crashes: u64,
    jumps: u64,
    seconds: u64,
    practised: u64,
    due: u64,
    posted: u64,
    explained: u64,
    revealed: u64,
    lost: u64,
    doubled: u64,
}

impl Tally {
    pub(crate) fn begins(at: Timestamp) -> Self {
        Self { begun: Some(at), lives: 1, ..Self::default() }
    }

    pub(crate) fn step(&mut self, step: &Step) {
        self.steps += 1;
        self.crashes += u64::from(matches!(step, Step::Crash { .. }));
        let (Step::Pass { by: jump, .. } | Step::Crash { down: jump, .. }) = step else { return };
        let is_jump = match jump {
            Jump::Seconds(seconds) => *seconds > 7_200,
            Jump::Clocks { .. } => true,
        };
        self.jumps += u64::from(is_jump);
    }

    /// A life is over: what came of it.
    pub(crate) fn ends(mut self, life: &Life, plan: &Plan) -> Self {
        let lived = self.begun.map_or(0, |begun| life.now.duration_since(begun).as_secs());
        self.seconds = lived.unsigned_abs();
        self.practised = life.ledger.practised.len() as u64;
        self.due = plan.due.len() as u64;
        let count = |fared| plan.due.iter().filter(|due| life.fared(due) == fared).count() as u64;
        self.posted = count(Fared::Posted);
        self.explained = count(Fared::Explained);
        self.revealed = life.world.answers.len() as u64;
        self.lost = life.missing(plan).len() as u64;
        self.doubled = life.doubled().len() as u64;
        self
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.lives += other.lives;
        self.steps += other.steps;
        self.crashes += other.crashes;
        self.jumps += other.jumps;
        self.seconds += other.seconds;
        self.practised += other.practised;
        self.due += other.due;
        self.posted += other.posted;
        self.explained += other.explained;
        self.revealed += other.revealed;
        self.lost += other.lost;
        self.doubled += other.doubled;
    }

    pub(crate) fn tell(&self) {
        let days = self.seconds / 86_400;
        let figures: [(&str, &dyn Display); 12] = [
            ("lives", &self.lives),
            ("steps", &self.steps),
            ("crashes", &self.crashes),
            ("time jumps", &self.jumps),
            ("days simulated", &days),
            ("times somebody practised", &self.practised),
            ("dailies due", &self.due),
            ("dailies posted", &self.posted),
            ("dailies not posted, with the reason told", &self.explained),
            ("answers revealed", &self.revealed),
            ("lost", &self.lost),
            ("doubled", &self.doubled),
        ];
        crate::figures::tell("model", &figures);
    }
}
