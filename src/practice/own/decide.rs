//! Which rule of own practice an input belongs to. The rules stand in the other files.

use std::sync::Arc;

use super::draft::Draft;
use super::{OwnCall, OwnForm, OwnMenu, OwnPress};
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{Effect, OrderId, Outcome};
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;

impl Team {
    /// A command.
    pub(in crate::practice) fn own(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        call: &OwnCall,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let mut draft = Draft::of(self, moment, ask.member, decision);
        match call {
            OwnCall::Review => {
                let view = draft.review(None);
                draft.tell(ask, view);
            }
            OwnCall::Sprint { minutes, topic } => {
                draft.begin_sprint(ask, *minutes, topic.as_ref())?;
            }
            OwnCall::Me => draft.me(ask),
            OwnCall::Team => draft.show_team(ask),
            OwnCall::Leaderboard(period) => draft.leaderboard(ask, *period),
            OwnCall::DigestSet { .. } | OwnCall::DigestOff | OwnCall::DigestStatus => {
                draft.digest(ask, call)?;
            }
            OwnCall::Question { asked, found } => {
                let nothing = || Refusal::NothingFound { asked: asked.clone(), nearest: None };
                let found = found.iter().find_map(|id| moment.bank.get(id));
                draft.ask_here(ask, Arc::clone(found.ok_or_else(nothing)?));
            }
            OwnCall::Topics => draft.show_topics(ask),
            OwnCall::Reports => draft.show_reports(ask),
        }
        Ok(())
    }

    /// A button.
    pub(in crate::practice) fn own_press(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        press: OwnPress,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        use OwnPress as P;
        let mut draft = Draft::of(self, moment, ask.member, decision);
        match press {
            P::GradePost(post, grade) => draft.grade_post(ask, post, grade),
            P::Grade(key, grade) => draft.grade_here(ask, key, grade),
            P::TakeBack(key) => draft.take_back_here(ask, key),
            P::Ask(key) => {
                let question = draft.find(key)?;
                draft.ask_here(ask, question);
                Ok(())
            }
            P::Answer(key) => {
                let view = draft.answer_of(key)?;
                draft.update(ask, view);
                Ok(())
            }
            P::Explain(key) => {
                let view = draft.answer_of(key)?;
                draft.tell(ask, view);
                Ok(())
            }
            P::Type(key, flow) => draft.type_answer(ask, key, flow),
            P::Said(typed, flow, point, said) => draft.said(ask, (typed, flow), point, said),
            P::Coach(typed, flow) => draft.coach(ask, (typed, flow)),
            P::CoachAgree(typed, flow, to) => draft.coach_agreed(ask, (typed, flow), to),
            P::CoachNever(typed, flow, to) => draft.coach_never(ask, (typed, flow), to),
            P::CoachLater(typed, flow) => draft.coach_later(ask, (typed, flow)),
            P::CoachSetting(may_ask) => {
                draft.coach_setting(ask, may_ask);
                Ok(())
            }
            P::Hint(key) => draft.hint(ask, key),
            P::FollowUp(key, number) => draft.follow_up(ask, (key, number), false),
            P::FollowUpAnswer(key, number) => draft.follow_up(ask, (key, number), true),
            P::Related(key) => draft.show_related(ask, key),
            P::Report(key) => draft.report_what(ask, key),
            P::ReportFault(key, fault) => draft.report_line(ask, key, fault),
            P::ReviewNext => {
                let view = draft.review(None);
                draft.update(ask, view);
                Ok(())
            }
            P::ReviewAnswer(key) => draft.review_answer(ask, key),
            P::ReviewGrade(key, grade) => draft.review_grade(ask, key, grade),
            P::ReviewTakeBack(key) => draft.review_take_back(ask, key),
            P::SprintAnswer(sprint, step) => draft.sprint_answer(ask, sprint, step),
            P::SprintGrade(sprint, step, grade) => {
                draft.sprint_step(ask, (sprint, step), Some(grade))
            }
            P::SprintSkip(sprint, step) => draft.sprint_step(ask, (sprint, step), None),
            P::SprintEnd(sprint) => draft.end_sprint(ask, sprint),
            P::Settings => {
                draft.show_settings(ask);
                Ok(())
            }
            P::Quiet => {
                draft.ask_quiet(ask);
                Ok(())
            }
            P::Export => {
                draft.export(ask);
                Ok(())
            }
            P::Forget => draft.forget_really(ask),
            P::ForgetForGood => draft.forget_for_good(ask),
            P::ReminderOff(_) => {
                draft.reminder_off(ask);
                Ok(())
            }
            P::Settle(number) => draft.settle(ask, number),
        }
    }

    /// A menu.
    pub(in crate::practice) fn own_choose(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        menu: OwnMenu,
        chosen: &[u8],
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let mut draft = Draft::of(self, moment, ask.member, decision);
        match menu {
            OwnMenu::Made(typed, flow) => draft.made(ask, (typed, flow), chosen),
            OwnMenu::Reminder | OwnMenu::Shared | OwnMenu::Grades | OwnMenu::ADay => {
                draft.choose(ask, menu, chosen)
            }
        }
    }

    /// A form.
    pub(in crate::practice) fn own_submit(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        form: OwnForm,
        fields: &[String],
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let mut draft = Draft::of(self, moment, ask.member, decision);
        let text = fields.first().map_or("", String::as_str);
        match form {
            OwnForm::Report(key, fault) => draft.report(ask, (key, fault), text),
            OwnForm::Quiet => draft.quiet(ask, text),
            OwnForm::Typed(key, flow) => draft.typed(ask, (key, flow), text),
        }
    }

    /// An effect of own practice came to an end.
    pub(in crate::practice) fn own_delivered(
        &self,
        moment: Moment<'_>,
        order: OrderId,
        outcome: &Outcome,
        decision: &mut Decision,
    ) {
        match order {
            OrderId::Reminder { member, day } => {
                self.reminder_delivered(moment, (member, day), outcome, decision);
            }
            OrderId::Digest { date } => self.digest_delivered(moment, date, outcome, decision),
            OrderId::Rewrite => {
                if *outcome == Outcome::Done && self.shared.rewrite {
                    decision.change(super::forget::rewritten());
                }
            }
            OrderId::Coach { member, typed, flow } => {
                if let Outcome::Opined { to, opinion } = outcome {
                    let mut draft = Draft::of(self, moment, member, decision);
                    draft.opined(to, (typed, flow), opinion.as_ref());
                }
            }
            OrderId::Post { .. } | OrderId::Interview { .. } => {}
        }
    }

    /// The process started.
    pub(in crate::practice) fn own_start(&self, moment: Moment<'_>, decision: &mut Decision) {
        self.remind_start(moment, decision);
        self.digest_start(moment, decision);
        self.rewrite_again(decision);
    }

    /// Something may be due.
    pub(in crate::practice) fn own_wake(&self, moment: Moment<'_>, decision: &mut Decision) {
        self.remind_wake(moment, decision);
        self.digest_wake(moment, decision);
        self.typed_wake(moment, decision);
        self.rewrite_again(decision);
    }

    /// Older files still tell of somebody who was forgotten.
    fn rewrite_again(&self, decision: &mut Decision) {
        if self.shared.rewrite {
            decision.effect(Effect::Rewrite { then: None, order: OrderId::Rewrite });
        }
    }
}
