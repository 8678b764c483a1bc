//! The fold of what changes in own practice. A change about something that is not there any more
//! does nothing.

use jiff::civil::Date;

use super::Grade;
use super::change::{OwnChange, SharedChange};
use super::state::{DayLog, DayNumber, Digest, Key, LastGrade, Memory, Own, Shared};
use crate::practice::effect::Failure;

/// Practice days that are kept: 53 weeks.
const DAYS: usize = 371;
/// Practice days of opened interviews that are kept.
const INTERVIEW_DAYS: usize = 60;
/// Most reports that are kept.
pub(in crate::practice) const MOST_REPORTS: usize = 200;

impl Own {
    /// What is remembered of a question.
    pub(in crate::practice) fn memory(&self, question: Key) -> Option<&Memory> {
        let place = self.place(question).ok()?;
        self.memories.get(place)
    }

    fn place(&self, question: Key) -> Result<usize, usize> {
        self.memories.binary_search_by_key(&question, |memory| memory.question)
    }

    /// Takes a change in.
    pub(in crate::practice) fn apply(&mut self, change: &OwnChange) {
        match change {
            OwnChange::Remembered { memory, day, graded } => {
                let before = self.memory(memory.question).copied();
                if *graded && !self.corrects(memory.question, *day) {
                    self.last = Some(LastGrade { question: memory.question, day: *day, before });
                }
                if before.is_none_or(|before| before.met != *day) {
                    self.log(*day);
                }
                self.remember(*memory);
                if *graded {
                    self.drop_typed(memory.question);
                }
            }
            OwnChange::TakenBack => {
                let Some(last) = self.last.take() else { return };
                // That it was met cannot be taken back.
                let met = || Memory::met_on(last.question, last.day);
                let before = last.before.unwrap_or_else(met);
                self.remember(Memory { met: before.met.max(last.day), ..before });
            }
            OwnChange::Settled(settings) => self.settings = Some(settings.clone()),
            OwnChange::SprintBegun(sprint) => self.sprint = Some(sprint.clone()),
            OwnChange::SprintStep { sprint, grade } => {
                if let Some(running) = self.sprint.as_mut().filter(|now| now.id == *sprint) {
                    running.grades.push(*grade);
                }
            }
            OwnChange::SprintOver { sprint } => {
                if let Some(running) = self.sprint.as_mut().filter(|now| now.id == *sprint) {
                    running.over = true;
                }
            }
            OwnChange::RemindAt(at) => self.remind_at = *at,
            OwnChange::Reminded(reminded) => self.reminded = Some(reminded.clone()),
            OwnChange::Typed(typed) => self.keep_typed(typed),
            OwnChange::Labelled(labels) => self.keep_labels(labels),
            OwnChange::TypedDropped { question } => self.drop_typed(*question),
            OwnChange::CoachSettled(consent) => self.coach = *consent,
            OwnChange::Opined(opined) => self.keep_opinion(opined),
        }
    }

    /// Whether a grade of this question on this day replaces the last one.
    pub(in crate::practice) fn corrects(&self, question: Key, day: DayNumber) -> bool {
        self.last.is_some_and(|last| last.question == question && last.day == day)
    }

    /// A grade of this question cannot be taken back any more.
    pub(in crate::practice) fn keep_last_of(&mut self, question: Key) {
        self.last = self.last.filter(|last| last.question != question);
    }

    /// The question of the last grade, if it was known: whatever was missed of it before is made up
    /// for, unless that grade is taken back.
    pub(in crate::practice) fn made_up_for(&self) -> Option<Key> {
        let last = self.last?;
        let memory = self.memory(last.question)?;
        let is_known = memory.was_graded_on(last.day) && memory.grade >= Some(Grade::GotIt);
        is_known.then_some(last.question)
    }

    fn remember(&mut self, memory: Memory) {
        match self.place(memory.question) {
            Ok(place) => {
                if let Some(there) = self.memories.get_mut(place) {
                    *there = memory;
                }
            }
            Err(place) => {
                make_room(&mut self.memories);
                self.memories.insert(place, memory);
            }
        }
    }

    fn log(&mut self, day: DayNumber) {
        match self.days.binary_search_by_key(&day, |log| log.day) {
            Ok(place) => {
                if let Some(log) = self.days.get_mut(place) {
                    log.questions = log.questions.saturating_add(1);
                }
            }
            Err(place) => {
                make_room(&mut self.days);
                self.days.insert(place, DayLog { day, questions: 1 });
            }
        }
        if self.days.len() > DAYS {
            self.days.remove(0);
        }
    }
}

/// Room for some more. Doubling would leave a third of it empty on average, for every member.
fn make_room<T>(items: &mut Vec<T>) {
    if items.len() == items.capacity() {
        items.reserve_exact(8);
    }
}

/// Whether a failure says that nothing was posted.
const fn is_refused(failure: &Failure) -> bool {
    match failure {
        Failure::NotAllowed | Failure::ChannelGone | Failure::NotHere | Failure::Refused { .. } => {
            true
        }
        Failure::MessageGone | Failure::Late | Failure::Unavailable { .. } => false,
    }
}

impl Shared {
    /// Takes a change in.
    pub(in crate::practice) fn apply(&mut self, change: &SharedChange) {
        match change {
            SharedChange::Reported(report) => {
                self.last_report = self.last_report.max(report.number);
                self.reports.push(report.clone());
                if self.reports.len() > MOST_REPORTS {
                    self.reports.remove(0);
                }
            }
            SharedChange::ReportSettled { number } => {
                self.reports.retain(|report| report.number != *number);
            }
            SharedChange::DigestIs(digest) => {
                if let Some(date) = self.digest_that_ends(digest.as_ref()) {
                    self.digest_came = Some(date);
                }
                self.digest.clone_from(digest);
            }
            SharedChange::InterviewOpened { day } => {
                let count = self.interviews.entry(*day).or_default();
                *count = count.saturating_add(1);
                if self.interviews.len() > INTERVIEW_DAYS {
                    self.interviews.pop_first();
                }
            }
            SharedChange::Rewritten => self.rewrite = false,
            SharedChange::RewriteWanted => self.rewrite = true,
        }
    }

    /// The date of the weekly post that is no longer under way then, unless it surely did not come.
    fn digest_that_ends(&self, after: Option<&Digest>) -> Option<Date> {
        let before = self.digest.as_ref()?;
        let date = before.claimed.as_ref()?.date;
        let claim = after.and_then(|after| after.claimed.as_ref());
        if claim.is_some_and(|claim| claim.date == date) {
            return None;
        }
        // Who was not reached at first may have got it nevertheless.
        let refused = after.and_then(|after| after.failure.as_ref()).is_some_and(is_refused);
        (!refused || before.failure.is_some()).then_some(date)
    }
}
