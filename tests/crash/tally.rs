//! The figures of a run: everything in them was counted.

use std::fmt::Display;
use std::time::Duration;

use mockingbird_playground::LocalDiscord;
use mockingbird_playground::model::Outcome;

use crate::channels::Found;
use crate::figures;
use crate::oracle::Oracle;

/// When the program was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Before it was connected.
    Starting,
    /// While members used it.
    Working,
    /// After it was told to stop.
    Stopping,
    /// While a snapshot was being written.
    Snapshot,
    /// When a daily was due.
    Due,
}

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) killed: Vec<Phase>,
    pub(crate) answered: usize,
    pub(crate) compared: usize,
    pub(crate) lost: usize,
    pub(crate) posts: usize,
    pub(crate) dailies: usize,
    pub(crate) reveals: usize,
    pub(crate) doubled: usize,
    pub(crate) reveals_doubled: usize,
    pub(crate) missing: usize,
    /// From the start of the process until Discord has it.
    pub(crate) connected: Vec<Duration>,
    /// From the start of the process until a member has an answer.
    pub(crate) first_answer: Vec<Duration>,
    /// What went wrong, in words.
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    /// Takes in what an era left.
    pub(crate) fn take(&mut self, found: Found, oracle: Oracle, discord: &LocalDiscord) {
        self.answered += discord.with_world(|world| {
            let all = world.interactions();
            all.filter(|asked| matches!(asked.outcome, Outcome::Message(_))).count()
        });
        self.compared += oracle.compared;
        self.lost += oracle.lost();
        self.posts += found.posts;
        self.dailies += found.dailies;
        self.reveals += found.reveals;
        self.doubled += found.doubled.len();
        self.reveals_doubled += found.reveals_doubled.len();
        self.missing += found.missing.len();
        let all = [oracle.wrong, found.doubled, found.reveals_doubled, found.missing];
        self.wrong.extend(all.into_iter().flatten());
        self.wrong.extend(discord.complaints());
    }

    pub(crate) fn tell(&mut self) {
        let phase = |wanted| self.killed.iter().filter(|phase| **phase == wanted).count();
        let (starting, working) = (phase(Phase::Starting), phase(Phase::Working));
        let (stopping, snapshot) = (phase(Phase::Stopping), phase(Phase::Snapshot));
        let due = phase(Phase::Due);
        let cycles = self.killed.len();
        let (connected, answered) = (spread(&mut self.connected), spread(&mut self.first_answer));
        let figures: [(&str, &dyn Display); 18] = [
            ("cycles", &cycles),
            ("killed while it started", &starting),
            ("killed while it was used", &working),
            ("killed when a daily was due", &due),
            ("killed while it wrote a snapshot", &snapshot),
            ("killed while it stopped", &stopping),
            ("requests answered", &self.answered),
            ("confirmed changes checked after a kill", &self.compared),
            ("confirmed changes lost", &self.lost),
            ("posts", &self.posts),
            ("of these dailies", &self.dailies),
            ("posts doubled", &self.doubled),
            ("posts, reactions, answers or days missing", &self.missing),
            ("reveals", &self.reveals),
            ("reveals doubled", &self.reveals_doubled),
            ("connected after, median and worst (ms)", &connected),
            ("first answer after, median and worst (ms)", &answered),
            ("starts measured", &self.connected.len()),
        ];
        figures::tell("crash", &figures);
    }
}

/// The middle and the worst, in milliseconds.
fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |place: usize| times.get(place).map_or(0, Duration::as_millis);
    format!("{} / {}", at(times.len() / 2), at(times.len().saturating_sub(1)))
}
