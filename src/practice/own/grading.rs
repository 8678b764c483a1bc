//! Meeting questions and grading them: what is remembered, what may be corrected on the same day,
//! and what a grade on which message answers.

use std::sync::Arc;

use super::change::OwnChange;
use super::draft::Draft;
use super::state::{Key, Memory};
use super::view::{Graded, OwnView, PartOf};
use super::{Grade, OwnRefusal};
use crate::bank::Question;
use crate::practice::change::Change;
use crate::practice::ids::PostId;
use crate::practice::input::Ask;
use crate::practice::post::Post;
use crate::practice::refusal::Refusal;

impl Draft<'_> {
    /// The member asked for the answer of a question.
    pub(in crate::practice) fn meet(&mut self, key: Key) {
        let day = self.today;
        let memory = match self.own.memory(key) {
            // What FSRS measures from stays as it is.
            Some(memory) => Memory { met: day, ..*memory },
            None => Memory::met_on(key, day),
        };
        if self.own.memory(key) != Some(&memory) {
            self.change(OwnChange::Remembered { memory, day, graded: false });
        }
    }

    /// Grades a question. The last grade may be corrected on the same day.
    pub(super) fn grade(&mut self, key: Key, grade: Grade) -> Result<Graded, OwnRefusal> {
        let day = self.today;
        let now = self.own.memory(key).copied();
        let corrects = self.own.corrects(key, day);
        let graded_today = now.filter(|now| now.was_graded_on(day));
        let before = match (graded_today, self.own.last) {
            (Some(now), Some(last)) if corrects => {
                if now.grade == Some(grade) {
                    self.drop_typed(key);
                    return Ok(now.outcome(last.before.as_ref(), false, true));
                }
                last.before
            }
            (Some(_), _) => return Err(OwnRefusal::GradedToday),
            (None, _) => now,
        };
        let memory = Memory::graded(before, (key, grade), day, self.moment.rules.review);
        self.change(OwnChange::Remembered { memory, day, graded: true });
        self.practise();
        Ok(memory.outcome(before.as_ref(), graded_today.is_some(), true))
    }

    /// The grade that a question got today, if it did.
    pub(super) fn graded_today(&self, key: Key) -> Option<Graded> {
        let memory = self.own.memory(key).filter(|memory| memory.was_graded_on(self.today))?;
        let last = self.own.last.filter(|_| self.own.corrects(key, self.today));
        Some(memory.outcome(last.and_then(|last| last.before).as_ref(), false, last.is_some()))
    }

    /// Takes the last grade back, if it was of this question and of today.
    pub(super) fn take_back(&mut self, key: Key) -> Result<(), OwnRefusal> {
        if !self.own.corrects(key, self.today) {
            return Err(OwnRefusal::CannotTakeBack);
        }
        self.change(OwnChange::TakenBack);
        Ok(())
    }

    /// Whether nothing of today's is left to take back of a question that was met today: as it is
    /// once its grade was taken back.
    pub(super) fn was_taken_back(&self, key: Key) -> bool {
        let today = |memory: &Memory| memory.met == self.today && !memory.was_graded_on(self.today);
        self.own.last.is_none() && self.own.memory(key).is_some_and(today)
    }

    /// Shows the answer of a post to the member alone.
    pub(in crate::practice) fn show(&mut self, ask: &Ask, post: &Post) {
        let key = Key::of(&post.question.id);
        self.meet(key);
        let standing = Some(self.practise());
        let question = self.question(Arc::clone(&post.question), PartOf::Itself);
        let question = self.with_typed(question);
        let graded = self.graded_today(key);
        self.tell(ask, OwnView::Answer { question, graded, standing });
    }

    /// A grade under a public answer.
    pub(super) fn grade_post(
        &mut self,
        ask: &Ask,
        post: PostId,
        grade: Grade,
    ) -> Result<(), Refusal> {
        let team = self.team;
        let post = team.posts.get(&post).ok_or(Refusal::PostGone)?;
        let graded = self.grade(Key::of(&post.question.id), grade)?;
        if !post.seen.contains(&self.member) {
            let member = self.member;
            self.decision.change(Change::Shown { post: post.id, member });
        }
        self.tell(ask, OwnView::Graded { question: Arc::clone(&post.question), graded });
        Ok(())
    }

    /// A grade on a private answer.
    pub(super) fn grade_here(&mut self, ask: &Ask, key: Key, grade: Grade) -> Result<(), Refusal> {
        let question = self.find(key)?;
        let graded = self.grade(key, grade)?;
        let question = self.question(question, PartOf::Itself);
        let view = self.answer(question, Some(graded));
        self.update(ask, view);
        Ok(())
    }

    /// The last grade is taken back, on whichever private message.
    pub(super) fn take_back_here(&mut self, ask: &Ask, key: Key) -> Result<(), Refusal> {
        let question = self.find(key)?;
        self.take_back(key)?;
        self.update(ask, OwnView::TakenBack { question });
        Ok(())
    }

    /// A question in private.
    pub(super) fn ask_here(&mut self, ask: &Ask, question: Arc<Question>) {
        let question = self.question(question, PartOf::Itself);
        self.tell(ask, OwnView::Question(question));
    }

    /// The answer of a question in private: it is met.
    pub(super) fn answer_of(&mut self, key: Key) -> Result<OwnView, OwnRefusal> {
        let question = self.find(key)?;
        self.meet(key);
        self.practise();
        let graded = self.graded_today(key);
        let question = self.question(question, PartOf::Itself);
        Ok(self.answer(question, graded))
    }
}
