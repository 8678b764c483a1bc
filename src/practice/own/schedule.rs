//! When a question comes back: FSRS-6 with its default parameters, in whole practice days. What
//! the days are, and what else a grade does, is decided elsewhere.

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, MemoryState, current_retrievability};

use super::Grade;
use super::day::date_of;
use super::state::{DayNumber, Key, Memory};
use super::view::Graded;
use crate::practice::rules::ReviewRule;

/// No question rests longer than ten years.
const LONGEST: f32 = 3650.0;
/// Lapses that make a leech.
const LEECH: u8 = 8;
/// After so many more lapses it is named again.
const LEECH_AGAIN: u8 = 4;

impl Memory {
    /// A question that was met on this day and never graded.
    pub(super) const fn met_on(question: Key, day: DayNumber) -> Self {
        Self {
            question,
            stability: 0,
            difficulty: 0,
            last: day,
            met: day,
            interval: 0,
            grades: 0,
            lapses: 0,
            grade: None,
        }
    }

    /// The same after a grade; `before` is what was remembered until then.
    pub(super) fn graded(
        before: Option<Self>,
        (question, grade): (Key, Grade),
        day: DayNumber,
        rule: ReviewRule,
    ) -> Self {
        let before = before.unwrap_or_else(|| Self::met_on(question, day));
        let passed = before.passed(day);
        let retention = f32::from(rule.retention.clamp(1, 99)) / 100.0;
        let next = FSRS::default().next_states(before.state(), retention, u32::from(passed));
        // Only numbers that are none make it fail, which only damage could have stored.
        let next = next.or_else(|_| FSRS::default().next_states(None, retention, 0));
        let next = next.map(|next| match grade {
            Grade::Missed => next.again,
            Grade::Partly => next.hard,
            Grade::GotIt => next.good,
            Grade::Easy => next.easy,
        });
        let (stability, difficulty, interval) = next.map_or((1.0, 5.0, 1.0), |next| {
            (next.memory.stability, next.memory.difficulty, next.interval)
        });
        Self {
            question,
            stability: stability.to_bits(),
            difficulty: difficulty.to_bits(),
            last: day,
            met: before.met.max(day),
            interval: whole_days(interval),
            grades: before.grades.saturating_add(1),
            lapses: before.lapses.saturating_add(u8::from(grade == Grade::Missed)),
            grade: Some(grade),
        }
    }

    /// The first day on which it is due; none while it was never graded.
    pub(super) fn due(&self) -> Option<DayNumber> {
        self.grade.map(|_| self.last.saturating_add(self.interval))
    }

    /// Whether it is to be reviewed on this day: its day has come, or it was never graded, or its
    /// last grade is of a day to come, from a clock that was wrong.
    pub(super) fn is_due(&self, day: DayNumber) -> bool {
        self.due().is_none_or(|due| due <= day || self.last > day)
    }

    /// Whether it was graded on this day.
    pub(super) fn was_graded_on(&self, day: DayNumber) -> bool {
        self.grade.is_some() && self.last == day
    }

    /// How probable it is that it is known on this day; never graded, it is not known.
    pub(super) fn recall(&self, day: DayNumber) -> f32 {
        self.state().map_or(0.0, |state| {
            current_retrievability(state, f32::from(self.passed(day)), FSRS6_DEFAULT_DECAY)
        })
    }

    /// Whether it was graded, and not missed the last time.
    pub(super) fn is_known(&self) -> bool {
        self.grade.is_some_and(|grade| grade != Grade::Missed)
    }

    /// What came of the grade that made this of what was remembered before.
    pub(super) fn outcome(&self, before: Option<&Self>, replaced: bool, last: bool) -> Graded {
        let lapsed = before.is_some_and(|before| before.lapses < self.lapses);
        let is_named = self.lapses >= LEECH && (self.lapses - LEECH).is_multiple_of(LEECH_AGAIN);
        Graded {
            key: self.question,
            grade: self.grade.unwrap_or(Grade::Missed),
            due: date_of(self.last.saturating_add(self.interval)),
            days: self.interval,
            replaced,
            leech: (lapsed && is_named).then_some(self.lapses),
            can_take_back: last,
        }
    }

    fn state(&self) -> Option<MemoryState> {
        self.grade.map(|_| MemoryState {
            stability: f32::from_bits(self.stability),
            difficulty: f32::from_bits(self.difficulty),
        })
    }

    /// Days since it was graded last; a member who has travelled west has none.
    fn passed(&self, day: DayNumber) -> DayNumber {
        day.saturating_sub(self.last)
    }
}

/// An interval in whole days.
fn whole_days(interval: f32) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies between 1 and 3650, or is 0 where it was no number"
    )]
    let days = interval.round().clamp(1.0, LONGEST) as u16;
    days.max(1)
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "reference_tests.rs"]
mod reference;
