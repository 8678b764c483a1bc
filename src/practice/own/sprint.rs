//! `/sprint`: some minutes of short questions, one press a step. Every answer goes through the
//! newest press, so that a sprint outlives the fifteen minutes of its first request.

use std::sync::Arc;

use jiff::SignedDuration;

use super::change::OwnChange;
use super::day::few;
use super::draft::Draft;
use super::state::{Key, Sprint};
use super::view::{Graded, OwnView, PartOf, SprintOver};
use super::{Grade, OwnRefusal};
use crate::bank::{Question, Topic};
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;

/// Minutes of a sprint: the least, the usual and the most.
const MINUTES: (u8, u8, u8) = (5, 15, 60);
/// So many questions to read next.
const READ_NEXT: usize = 3;

impl Draft<'_> {
    /// A sprint begins; one that runs is over.
    pub(super) fn begin_sprint(
        &mut self,
        ask: &Ask,
        minutes: Option<u8>,
        topic: Option<&Topic>,
    ) -> Result<(), Refusal> {
        let id = ask.interaction.id;
        if self.own.sprint.as_ref().is_some_and(|sprint| sprint.id == id) {
            // The same request once more: it is answered, or about to be.
            return Ok(());
        }
        let minutes = minutes.unwrap_or(MINUTES.1).clamp(MINUTES.0, MINUTES.2);
        let questions = self.short(minutes, topic);
        if questions.is_empty() {
            return Err(OwnRefusal::NothingForSprint.into());
        }
        let since = self.moment.now;
        let until = since.saturating_add(SignedDuration::from_mins(i64::from(minutes)));
        let until = until.unwrap_or(jiff::Timestamp::MAX);
        let (grades, over) = (Vec::new(), false);
        self.change(OwnChange::SprintBegun(Sprint { id, since, until, questions, grades, over }));
        let view = self.step(id, None)?;
        self.tell(ask, view);
        Ok(())
    }

    /// The answer in a step.
    pub(super) fn sprint_answer(&mut self, ask: &Ask, id: u64, step: u8) -> Result<(), Refusal> {
        let sprint = self.sprint(id)?;
        let is_current = is_current(&sprint, step);
        let view = match sprint.questions.get(usize::from(step)) {
            Some(key) if is_current && self.may_answer(&sprint, *key) => match self.find(*key) {
                Ok(question) => {
                    self.meet(*key);
                    self.practise();
                    let question = self.question(question, part_of(&sprint, step));
                    self.answer(question, None)
                }
                Err(_) => self.step(id, None)?,
            },
            _ => self.step(id, None)?,
        };
        self.update(ask, view);
        Ok(())
    }

    /// A step is over, with a grade or without. A second press of the same button only shows the
    /// step that is next.
    pub(super) fn sprint_step(
        &mut self,
        ask: &Ask,
        (id, step): (u64, u8),
        grade: Option<Grade>,
    ) -> Result<(), Refusal> {
        let sprint = self.sprint(id)?;
        let mut before = None;
        if is_current(&sprint, step)
            && let Some(key) = sprint.questions.get(usize::from(step)).copied()
        {
            before = self.end_step(id, key, grade);
        }
        let view = self.step(id, before)?;
        self.update(ask, view);
        Ok(())
    }

    /// The sprint ends before its time.
    pub(super) fn end_sprint(&mut self, ask: &Ask, id: u64) -> Result<(), Refusal> {
        let sprint = self.sprint(id)?;
        let view = self.summary(&sprint);
        self.update(ask, view);
        Ok(())
    }

    /// Whether the answer of what a sprint asks can still be seen: whoever has typed their own may
    /// compare and grade it when the time is up.
    fn may_answer(&self, sprint: &Sprint, key: Key) -> bool {
        self.moment.now < sprint.until || self.own.typed(key).is_some()
    }

    /// The step of the sprint that asks this question now, if one does.
    pub(super) fn part_of_sprint(&self, key: Key) -> Option<PartOf> {
        let sprint = self.own.sprint.as_ref().filter(|sprint| !sprint.over)?;
        let step = sprint.grades.len();
        let asks = sprint.questions.get(step) == Some(&key);
        asks.then(|| part_of(sprint, u8::try_from(step).unwrap_or(u8::MAX)))
    }

    fn end_step(
        &mut self,
        sprint: u64,
        key: Key,
        grade: Option<Grade>,
    ) -> Option<(Arc<Question>, Graded)> {
        let question = self.find(key).ok();
        let graded = grade.filter(|_| question.is_some()).and_then(|grade| {
            // What was graded elsewhere meanwhile keeps that grade.
            self.grade(key, grade).ok().or_else(|| self.graded_today(key))
        });
        if graded.is_some() {
            self.drop_typed(key);
        }
        let grade = graded.map(|graded| graded.grade);
        self.change(OwnChange::SprintStep { sprint, grade });
        Some((question?, graded?))
    }

    /// The question that is next, or the summary where none is or the time is up.
    fn step(
        &mut self,
        id: u64,
        before: Option<(Arc<Question>, Graded)>,
    ) -> Result<OwnView, OwnRefusal> {
        loop {
            let sprint = self.sprint(id)?;
            let step = sprint.grades.len();
            let key = sprint.questions.get(step).copied();
            let (Some(key), false) = (key, sprint.over || self.moment.now >= sprint.until) else {
                return Ok(self.summary(&sprint));
            };
            if let Ok(question) = self.find(key) {
                let part = part_of(&sprint, u8::try_from(step).unwrap_or(u8::MAX));
                let mut question = self.question(question, part);
                question.before = before;
                return Ok(OwnView::Question(question));
            }
            // The bank has changed meanwhile.
            self.change(OwnChange::SprintStep { sprint: id, grade: None });
        }
    }

    fn summary(&mut self, sprint: &Sprint) -> OwnView {
        if !sprint.over {
            self.change(OwnChange::SprintOver { sprint: sprint.id });
        }
        let now = self.moment.now.min(sprint.until);
        let minutes = (now.duration_since(sprint.since).as_secs().max(0) + 30) / 60;
        let steps = sprint.questions.iter().zip(&sprint.grades);
        let graded: Vec<_> =
            steps.filter_map(|(key, grade)| Some((self.find(*key).ok()?, (*grade)?))).collect();
        OwnView::SprintOver(SprintOver {
            minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
            timed_out: self.moment.now >= sprint.until
                && sprint.grades.len() < sprint.questions.len(),
            left: few(sprint.questions.len() - graded.len().min(sprint.questions.len())),
            read_next: self.read_next(sprint, &graded),
            standing: match &self.counted {
                Some((standing, _)) => standing.clone(),
                None => self.team.standing(self.moment, self.member),
            },
            graded,
        })
    }

    /// What is related to what was missed, and was not asked.
    fn read_next(&self, sprint: &Sprint, graded: &[(Arc<Question>, Grade)]) -> Vec<Arc<Question>> {
        let mut next: Vec<Arc<Question>> = Vec::new();
        let missed = graded.iter().filter(|(_, grade)| *grade == Grade::Missed);
        for related in missed.flat_map(|(question, _)| self.related(question)) {
            let was_asked = sprint.questions.contains(&Key::of(&related.id));
            if !was_asked && !next.contains(&related) && next.len() < READ_NEXT {
                next.push(related);
            }
        }
        next
    }

    fn sprint(&self, id: u64) -> Result<Sprint, OwnRefusal> {
        let sprint = self.own.sprint.as_ref().filter(|sprint| sprint.id == id);
        sprint.cloned().ok_or(OwnRefusal::SprintGone)
    }
}

fn is_current(sprint: &Sprint, step: u8) -> bool {
    !sprint.over && sprint.grades.len() == usize::from(step)
}

fn part_of(sprint: &Sprint, step: u8) -> PartOf {
    let of = u8::try_from(sprint.questions.len()).unwrap_or(u8::MAX);
    PartOf::Sprint { sprint: sprint.id, step: (step, of), until: sprint.until }
}
