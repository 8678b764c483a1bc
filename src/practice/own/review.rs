//! `/review`: one question after another, as long as something is due and the day has room.

use std::sync::Arc;

use super::Grade;
use super::day::date_of;
use super::draft::Draft;
use super::state::Key;
use super::view::{Graded, OwnView, PartOf, ReviewOver};
use crate::bank::Question;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;

impl Draft<'_> {
    /// The next question of the review, or its end.
    pub(super) fn review(&self, before: Option<(Arc<Question>, Graded)>) -> OwnView {
        let queue = self.queue();
        if let Some(next) = queue.next() {
            let (due, new) = queue.counts();
            let mut question = self.question(Arc::clone(next), PartOf::Review { due, new });
            question.before = before;
            return OwnView::Question(question);
        }
        let next = if queue.left > 0 {
            Some(self.today.saturating_add(1))
        } else {
            self.own.next_due(self.moment.bank, self.today)
        };
        OwnView::ReviewOver(ReviewOver {
            today: queue.today,
            left: queue.left,
            next: next.map(date_of),
            last: before,
        })
    }

    /// The answer of the question under review.
    pub(super) fn review_answer(&mut self, ask: &Ask, key: Key) -> Result<(), Refusal> {
        let question = self.find(key)?;
        // As they stood when it was asked: meeting it moves a new one to what is due.
        let (due, new) = self.queue().counts();
        self.meet(key);
        self.practise();
        let question = self.question(question, PartOf::Review { due, new });
        let graded = self.graded_today(key);
        let view = self.answer(question, graded);
        self.update(ask, view);
        Ok(())
    }

    /// A grade in the review; the next question follows.
    pub(super) fn review_grade(
        &mut self,
        ask: &Ask,
        key: Key,
        grade: Grade,
    ) -> Result<(), Refusal> {
        let question = self.find(key)?;
        let graded = self.grade(key, grade)?;
        let view = self.review(Some((question, graded)));
        self.update(ask, view);
        Ok(())
    }

    /// The last grade of the review is taken back; its answer is seen again.
    pub(super) fn review_take_back(&mut self, ask: &Ask, key: Key) -> Result<(), Refusal> {
        let question = self.find(key)?;
        // A second press shows the same.
        if !self.was_taken_back(key) {
            self.take_back(key)?;
        }
        let (due, new) = self.queue().counts();
        let question = self.question(question, PartOf::Review { due, new });
        let view = self.answer(question, None);
        self.update(ask, view);
        Ok(())
    }
}
