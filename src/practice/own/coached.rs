//! Asking a coach about a typed answer: what it is asked, that nothing leaves before the member has
//! agreed to it, and what becomes of its opinion. It neither knows how a coach is asked nor lets one
//! move a grade.

use std::sync::Arc;

use super::call::Flow;
use super::change::OwnChange;
use super::draft::Draft;
use super::state::Consent;
use super::typed::{Opined, Typed};
use super::typed_view::{Coached, TypedPoint, TypedView};
use super::view::{OwnQuestion, OwnView, PartOf};
use super::{OwnPress, OwnRefusal};
use crate::bank::Question;
use crate::judge::{Asking, InDoubt, MOST_IN_DOUBT, Opinion, State};
use crate::practice::effect::{Effect, OrderId};
use crate::practice::input::{Ask, Interaction, Press};
use crate::practice::refusal::Refusal;
use crate::practice::rules::CoachRule;
use crate::practice::view::View;

impl<'a> Draft<'a> {
    /// Asks the coach about a typed answer. Who has not agreed to that is told first what is sent.
    pub(super) fn coach(&mut self, ask: &Ask, (name, flow): (u64, Flow)) -> Result<(), Refusal> {
        let (question, typed) = self.waiting(name)?;
        let coach = self.there_is_a_coach()?;
        match self.agreed(coach) {
            Some(true) => self.consult(ask, &question, &typed, flow),
            Some(false) => return Err(OwnRefusal::CoachNotWanted.into()),
            None => self.ask_first(ask, coach, question, &typed, flow),
        }
        Ok(())
    }

    /// The member agrees to what they were told, if it still is so.
    pub(super) fn coach_agreed(
        &mut self,
        ask: &Ask,
        (name, flow): (u64, Flow),
        to: u64,
    ) -> Result<(), Refusal> {
        let (question, typed) = self.waiting(name)?;
        let coach = self.there_is_a_coach()?;
        if coach.name() == to {
            self.settle_coach(Some(Consent { to, agreed: true }));
            self.consult(ask, &question, &typed, flow);
        } else {
            // It is another one than that of which they read.
            self.ask_first(ask, coach, question, &typed, flow);
        }
        Ok(())
    }

    /// The member never sends anything to that coach.
    pub(super) fn coach_never(
        &mut self,
        ask: &Ask,
        (name, flow): (u64, Flow),
        to: u64,
    ) -> Result<(), Refusal> {
        // That is kept whether or not the answer still is.
        self.settle_coach(Some(Consent { to, agreed: false }));
        self.coach_later(ask, (name, flow))
    }

    /// Nothing is sent this time.
    pub(super) fn coach_later(
        &mut self,
        ask: &Ask,
        (name, flow): (u64, Flow),
    ) -> Result<(), Refusal> {
        let question = self.waiting(name).map(|(question, typed)| {
            let part_of = self.part_of(typed.question, flow);
            self.read(question, part_of)
        });
        let question = question?;
        self.update(ask, OwnView::Typed { question, standing: None });
        Ok(())
    }

    /// What a member settles about the coach: to be asked, or never.
    pub(super) fn coach_setting(&mut self, ask: &Ask, may_ask: bool) {
        if let Some(coach) = &self.moment.rules.coach {
            let never = Consent { to: coach.name(), agreed: false };
            self.settle_coach((!may_ask).then_some(never));
        }
        let view = self.settled();
        self.update(ask, view);
    }

    /// The coach has answered, or did not. Whoever has graded the answer or typed another one
    /// meanwhile is told nothing of it, and nothing of it is kept.
    pub(super) fn opined(
        &mut self,
        to: &Interaction,
        (name, flow): (u64, Flow),
        opinion: Option<&Opinion>,
    ) {
        let Ok((question, typed)) = self.waiting(name) else { return };
        if let Some(opinion) = opinion.filter(|_| self.own.opinion(&typed).is_none()) {
            let (question, at, opinion) = (typed.question, typed.at, opinion.clone());
            self.change(OwnChange::Opined(Opined { question, at, opinion }));
        }
        let part_of = self.part_of(typed.question, flow);
        let mut question = self.read(question, part_of);
        if let (None, Some(view)) = (opinion, &mut question.typed)
            && view.coach == Coached::Offered
        {
            view.coach = Coached::Silent;
        }
        let view = OwnView::Typed { question, standing: None };
        self.decision.effect(Effect::Amend {
            to: to.clone(),
            under: Press::Own(OwnPress::Coach(name, flow)),
            view: Box::new(View::Own(Box::new(view))),
        });
    }

    /// How a coach stands to a typed answer.
    pub(super) fn coached(&self, question: &Question, typed: &Typed, view: &TypedView) -> Coached {
        if self.own.opinion(typed).is_some() {
            return Coached::Spoke;
        }
        let coach = self.moment.rules.coach.as_ref();
        let may = coach.is_some_and(|coach| self.agreed(coach) != Some(false));
        if may && !doubts(question, view).is_empty() { Coached::Offered } else { Coached::Nowhere }
    }

    /// The coach, and whether the member lets it read typed answers.
    pub(super) fn coach_settled(&self) -> Option<(CoachRule, Option<bool>)> {
        let coach = self.moment.rules.coach.as_ref()?;
        Some((coach.clone(), self.agreed(coach)))
    }

    fn there_is_a_coach(&self) -> Result<&'a CoachRule, OwnRefusal> {
        self.moment.rules.coach.as_ref().ok_or(OwnRefusal::NoCoach)
    }

    /// Whether the member has agreed to send something to this coach; none: they were not asked.
    fn agreed(&self, coach: &CoachRule) -> Option<bool> {
        let consent = self.own.coach.filter(|consent| consent.to == coach.name())?;
        Some(consent.agreed)
    }

    fn settle_coach(&mut self, consent: Option<Consent>) {
        if self.own.coach != consent {
            self.change(OwnChange::CoachSettled(consent));
        }
    }

    /// A question with what is to be said of the typed answer.
    fn read(&self, question: Arc<Question>, part_of: Option<PartOf>) -> OwnQuestion {
        self.with_typed(self.question(question, part_of.unwrap_or(PartOf::Itself)))
    }

    /// Tells what would be sent where.
    fn ask_first(
        &mut self,
        ask: &Ask,
        coach: &CoachRule,
        question: Arc<Question>,
        typed: &Typed,
        flow: Flow,
    ) {
        let part_of = self.part_of(typed.question, flow);
        let read = self.read(Arc::clone(&question), part_of);
        let points = read.typed.as_ref().map_or(0, |view| doubts(&question, view).len());
        let coach = coach.clone();
        let typed = (typed.name(), flow);
        self.update(ask, OwnView::CoachAsks { coach, question, points, typed });
    }

    /// Asks, unless there is nothing to ask: then what is known is shown.
    fn consult(&mut self, ask: &Ask, question: &Arc<Question>, typed: &Typed, flow: Flow) {
        let part_of = self.part_of(typed.question, flow);
        let mut read = self.read(Arc::clone(question), part_of);
        let Some(view) = read.typed.as_mut().filter(|view| view.coach == Coached::Offered) else {
            return self.update(ask, OwnView::Typed { question: read, standing: None });
        };
        let points = doubts(question, view);
        view.coach = Coached::Asking;
        // The button on the message that says so: under it the opinion will stand.
        let flow = read.part_of.flow();
        let (prompt, text) = (question.prompt.clone(), typed.text.clone());
        let view = OwnView::Typed { question: read, standing: None };
        self.decision.effect(Effect::Consult {
            order: OrderId::Coach { member: self.member, typed: typed.name(), flow },
            to: ask.interaction.clone(),
            view: Box::new(View::Own(Box::new(view))),
            asking: Box::new(Asking { question: prompt, points, text }),
        });
    }
}

/// What a coach is asked about: what nobody can tell, and what may be said wrongly. Then what the
/// judge found, as far as there is room: who says the opposite of a key point mostly says it with the
/// key point's own words. Never what is missing, nor what the member has decided.
fn doubts(question: &Question, view: &TypedView) -> Vec<InDoubt> {
    let points = || (1_u8..).zip(question.key_points.iter().zip(&view.points));
    let is_open = |seen: &TypedPoint| seen.state == State::Unsure || seen.contradicted;
    let is_found = |seen: &TypedPoint| seen.state == State::Covered && !seen.is_said;
    let open = points().filter(|(_, (_, seen))| is_open(seen));
    let found = points().filter(|(_, (_, seen))| is_found(seen) && !is_open(seen));
    let asked = open.chain(found).take(MOST_IN_DOUBT);
    let mut doubts: Vec<_> =
        asked.map(|(number, (point, _))| InDoubt { number, point: point.point.clone() }).collect();
    doubts.sort_by_key(|doubt| doubt.number);
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::KeyPoint;

    /// A key point for each letter: covered, unsure or missing; in capitals, the answer may say the
    /// opposite; with `+`, the member has said that they made it.
    fn asked(letters: &str) -> Vec<u8> {
        let points = letters.chars().map(|letter| TypedPoint {
            state: match letter.to_ascii_lowercase() {
                'u' => State::Unsure,
                'm' => State::Missing,
                _ => State::Covered,
            },
            is_said: letter == '+',
            evidence: None,
            contradicted: letter.is_ascii_uppercase(),
            opinion: None,
        });
        let points: Vec<TypedPoint> = points.collect();
        let mut question = crate::practice::testing::question("git-0", "git");
        question.key_points = vec![KeyPoint::of("a point"); points.len()];
        let view = TypedView {
            name: 0,
            points,
            score: 0,
            on_topic: true,
            flags: Vec::new(),
            pitfall: None,
            coach: Coached::Nowhere,
        };
        doubts(&question, &view).into_iter().map(|doubt| doubt.number).collect()
    }

    #[rstest::rstest]
    #[case("umucu", &[1, 3, 4, 5])]
    #[case("ccccccccuC", &[1, 2, 3, 4, 5, 6, 9, 10])]
    #[case("uuuuuuuuucu", &[1, 2, 3, 4, 5, 6, 7, 8])]
    #[case("mM", &[2])]
    #[case("c+c", &[1, 3])]
    #[case("mm+", &[])]
    #[case("", &[])]
    fn what_is_open_is_asked_about_first_and_what_is_missing_never(
        #[case] points: &str,
        #[case] numbers: &[u8],
    ) {
        assert_eq!(asked(points), numbers);
    }
}
