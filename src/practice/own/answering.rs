//! Typing an answer: what is said of it, what the member says about that, and how it goes on from
//! there. What a typed answer covers is the judge's business.

use std::sync::Arc;

use super::OwnFormView;
use super::OwnRefusal;
use super::call::Flow;
use super::change::OwnChange;
use super::draft::Draft;
use super::state::Key;
use super::typed::{LONGEST, Label, Seen, Typed};
use super::typed_view::{self, TypedView};
use super::view::{OwnQuestion, OwnView, PartOf};
use crate::bank::Question;
use crate::practice::change::Change;
use crate::practice::decide::{Decision, Moment};
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;

impl Draft<'_> {
    /// Opens the form for an answer; what waits for its grade stands in it.
    pub(super) fn type_answer(&mut self, ask: &Ask, key: Key, flow: Flow) -> Result<(), Refusal> {
        let prompt = self.find(key)?.prompt.clone();
        let before = self.own.typed(key).map(|typed| typed.text.clone()).unwrap_or_default();
        self.form(ask, OwnFormView::Typed { key, flow, prompt, before });
        Ok(())
    }

    /// Judges a typed answer. It is an attempt, unless there is nothing to be read in it.
    pub(super) fn typed(
        &mut self,
        ask: &Ask,
        (key, flow): (Key, Flow),
        text: &str,
    ) -> Result<(), Refusal> {
        let question = self.find(key)?;
        let text: String = text.chars().take(LONGEST).collect();
        let judged = typed_view::judged(self.moment.rules.judge, &question, &text);
        if !typed_view::is_readable(&judged, &text) {
            return Err(OwnRefusal::NothingToRead.into());
        }
        // As it stood when it was asked: meeting it moves a new one to what is due.
        let part_of = self.part_of(key, flow);
        self.meet(key);
        self.practise();
        let seen = judged.points.iter().map(|point| Seen::of(point.p, point.state));
        let points = seen.collect();
        let at = self.moment.now;
        let mut view = TypedView::from(judged, &question, &text);
        let typed = Typed { question: key, at, text, points };
        self.change(OwnChange::Typed(typed.clone()));
        view.name = typed.name();
        view.coach = self.coached(&question, &typed, &view);
        let mut question = self.question(question, part_of.unwrap_or(PartOf::Itself));
        question.typed = Some(view);
        let view = OwnView::Typed { question, standing: self.news() };
        match (flow, part_of) {
            (Flow::New, _) | (_, None) => self.tell(ask, view),
            (Flow::Here | Flow::Review | Flow::Sprint, Some(_)) => self.update(ask, view),
        }
        Ok(())
    }

    /// The member says whether they made a key point that nobody else can tell of.
    pub(super) fn said(
        &mut self,
        ask: &Ask,
        (name, flow): (u64, Flow),
        point: u8,
        said: bool,
    ) -> Result<(), Refusal> {
        let (question, typed) = self.waiting(name)?;
        let key = typed.question;
        let seen = typed.points.get(usize::from(point)).copied();
        let seen = seen.ok_or(OwnRefusal::TypedGone)?;
        self.label(vec![Label { question: key, at: typed.at, point, seen, said }]);
        let part_of = self.part_of(key, flow).unwrap_or(PartOf::Itself);
        let question = self.question(question, part_of);
        let question = self.with_typed(question);
        self.update(ask, OwnView::Typed { question, standing: None });
        Ok(())
    }

    /// The member says which key points they made, with all of them before their eyes.
    pub(super) fn made(
        &mut self,
        ask: &Ask,
        (name, flow): (u64, Flow),
        chosen: &[u8],
    ) -> Result<(), Refusal> {
        let (question, typed) = self.waiting(name)?;
        let key = typed.question;
        let points = (0_u8..).zip(&typed.points);
        let label = |(point, seen): (u8, &Seen)| {
            let said = chosen.contains(&point);
            Label { question: key, at: typed.at, point, seen: *seen, said }
        };
        self.label(points.map(label).collect());
        let graded = self.graded_today(key);
        let part_of = self.part_of(key, flow).unwrap_or(PartOf::Itself);
        let question = self.question(question, part_of);
        let view = self.answer(question, graded);
        self.update(ask, view);
        Ok(())
    }

    /// Remembers what the member says, unless it is remembered.
    fn label(&mut self, mut labels: Vec<Label>) {
        labels.retain(|label| !self.own.labels.contains(label));
        if !labels.is_empty() {
            self.change(OwnChange::Labelled(labels));
        }
    }

    /// The typed answer of this name, with its question.
    pub(super) fn waiting(&self, name: u64) -> Result<(Arc<Question>, Typed), OwnRefusal> {
        let typed = self.own.typed_named(name).cloned().ok_or(OwnRefusal::TypedGone)?;
        let question = self.find(typed.question)?;
        if is_of(&typed, &question) { Ok((question, typed)) } else { Err(OwnRefusal::TypedGone) }
    }

    /// A typed answer is not needed any more, if there is one.
    pub(super) fn drop_typed(&mut self, question: Key) {
        if self.own.typed(question).is_some() {
            self.change(OwnChange::TypedDropped { question });
        }
    }

    /// A question with what is to be said of the answer that was typed to it, if one waits for its
    /// grade.
    pub(super) fn with_typed(&self, mut question: OwnQuestion) -> OwnQuestion {
        let asked = &question.question;
        let typed = self.own.typed(Key::of(&asked.id)).filter(|typed| is_of(typed, asked));
        question.typed = typed.map(|typed| self.view_of(typed, asked));
        question
    }

    /// Judged anew, because only the text is kept; but what was said of a key point stands.
    fn view_of(&self, typed: &Typed, question: &Question) -> TypedView {
        let view = TypedView::of(self.moment.rules.judge, question, &typed.text);
        let mut view = TypedView { name: typed.name(), ..view };
        for (place, seen) in typed.points.iter().enumerate() {
            if let Some(point) = view.points.get_mut(place) {
                point.state = seen.state;
            }
            if let Some(said) = self.own.said(typed, place) {
                view.correct(place, seen.p, said);
            }
        }
        if let Some(opinion) = self.own.opinion(typed) {
            view.opine(opinion);
        }
        view.coach = self.coached(question, typed, &view);
        view
    }

    /// What a typed answer is part of; none where its sprint asks something else by now.
    pub(super) fn part_of(&self, key: Key, flow: Flow) -> Option<PartOf> {
        match flow {
            Flow::New | Flow::Here => Some(PartOf::Itself),
            Flow::Review => {
                let (due, new) = self.queue().counts();
                Some(PartOf::Review { due, new })
            }
            Flow::Sprint => self.part_of_sprint(key),
        }
    }
}

impl Team {
    /// Lets go of typed answers that nobody graded in time.
    pub(super) fn typed_wake(&self, moment: Moment<'_>, decision: &mut Decision) {
        for (member, known) in &self.members {
            let over = known.own.typed.iter().filter(|typed| typed.ends() <= moment.now);
            for Typed { question, .. } in over {
                let change = Box::new(OwnChange::TypedDropped { question: *question });
                decision.change(Change::Own { member: *member, change });
            }
        }
    }
}

/// Whether the question still has the key points on which the answer was judged.
fn is_of(typed: &Typed, question: &Question) -> bool {
    typed.points.len() == question.key_points.len()
}
