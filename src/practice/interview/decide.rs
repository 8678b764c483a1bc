//! How a team decides about its interviews: which file knows what.

use super::draft::Draft;
use super::lobby::Named;
use super::state::Interview;
use super::view::{Done, InterviewView};
use super::{MockCall, MockForm, MockMenu, MockPress, Of};
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{Errand, Outcome};
use crate::practice::ids::InterviewId;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;

impl Team {
    /// `/mock`.
    pub(in crate::practice) fn mock(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        call: &MockCall,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        match call {
            MockCall::Start { plan, candidate, interviewers, public } => {
                let named = Named { plan, candidate: *candidate, interviewers, public: *public };
                self.start_interview(moment, ask, named, decision)
            }
            MockCall::Status => self.mock_status(ask, decision),
            MockCall::History => {
                self.mock_history(ask, decision);
                Ok(())
            }
            MockCall::Plans => {
                Self::mock_plans(moment, ask, decision);
                Ok(())
            }
            MockCall::End | MockCall::Pause | MockCall::Resume | MockCall::Swap => {
                let interview = self.meant(ask)?;
                let mut draft = Draft::of(self, moment, interview, decision);
                let done = match call {
                    MockCall::End => draft.end_by(ask.member)?,
                    MockCall::Pause => draft.pause(ask.member).map(|()| Done::Paused)?,
                    MockCall::Resume => draft.unpause(ask.member).map(|()| Done::Resumed)?,
                    MockCall::Swap
                    | MockCall::Start { .. }
                    | MockCall::Status
                    | MockCall::History
                    | MockCall::Plans => draft.swap(ask.member).map(|()| Done::Swapped)?,
                };
                draft.tell(ask, InterviewView::Done(done));
                draft.finish();
                Ok(())
            }
        }
    }

    /// A button of an interview's.
    pub(in crate::practice) fn mock_press(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        press: Of<MockPress>,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let interview = match press.what {
            // Whoever wants to delete is shown so by a status, wherever they asked for it.
            MockPress::Delete | MockPress::DeleteForGood => {
                self.interviews.get(&press.interview).ok_or(Refusal::InterviewGone)?
            }
            MockPress::Join
            | MockPress::Begin
            | MockPress::Cancel
            | MockPress::Next(..)
            | MockPress::FollowUp(..)
            | MockPress::PushBack(..)
            | MockPress::Hint(..)
            | MockPress::Kit(..)
            | MockPress::Answer(..)
            | MockPress::Aloud(..)
            | MockPress::Found(..)
            | MockPress::Heard(..)
            | MockPress::Resume
            | MockPress::Card
            | MockPress::Comments(_)
            | MockPress::Words(_)
            | MockPress::Seal(_) => self.named(ask, press.interview)?,
        };
        let mut draft = Draft::of(self, moment, interview, decision);
        match press.what {
            MockPress::Join => draft.join(ask)?,
            MockPress::Begin => draft.begin_early(ask)?,
            MockPress::Cancel => draft.cancel(ask)?,
            MockPress::Next(turn, question) => draft.next(ask, turn, question)?,
            MockPress::FollowUp(turn, question) => draft.follow_up(ask, turn, question)?,
            MockPress::PushBack(turn, question) => draft.push_back(ask, turn, question)?,
            MockPress::Hint(turn, question) => draft.hint(ask, turn, question)?,
            MockPress::Kit(turn, question) => draft.kit(ask, turn, question)?,
            MockPress::Answer(turn, question) => draft.open_answer(ask, turn, question)?,
            MockPress::Aloud(turn, question) => draft.aloud(ask, turn, question)?,
            MockPress::Found(turn, question) => draft.found(ask, turn, question)?,
            MockPress::Heard(turn, question) => draft.open_heard(ask, turn, question)?,
            MockPress::Resume => {
                draft.unpause(ask.member)?;
                draft.acknowledge(ask);
            }
            MockPress::Card => draft.open_card(ask)?,
            MockPress::Comments(turn) => draft.open_comments(ask, turn)?,
            MockPress::Words(turn) => draft.open_words(ask, turn)?,
            MockPress::Seal(turn) => draft.seal(ask, turn)?,
            MockPress::Delete => draft.delete_really(ask)?,
            MockPress::DeleteForGood => draft.delete_for_good(ask)?,
        }
        draft.finish();
        Ok(())
    }

    /// A menu of an interview's.
    pub(in crate::practice) fn mock_choose(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        menu: Of<MockMenu>,
        chosen: &[u8],
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let interview = self.named(ask, menu.interview)?;
        let mut draft = Draft::of(self, moment, interview, decision);
        match menu.what {
            MockMenu::Points(turn, question) => draft.tick(ask, (turn, question), chosen)?,
            MockMenu::Band(turn, dimension) => draft.band(ask, (turn, dimension), chosen)?,
        }
        draft.finish();
        Ok(())
    }

    /// A form of an interview's.
    pub(in crate::practice) fn mock_submit(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        form: Of<MockForm>,
        fields: &[String],
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let interview = self.named(ask, form.interview)?;
        let mut draft = Draft::of(self, moment, interview, decision);
        match form.what {
            MockForm::Answer(turn, question) => draft.take_answer(ask, (turn, question), fields)?,
            MockForm::Heard(turn, question) => draft.heard(ask, (turn, question), fields)?,
            MockForm::Comments(turn) => draft.comment(ask, turn, fields)?,
            MockForm::Words(turn) => draft.word(ask, turn, fields)?,
        }
        draft.finish();
        Ok(())
    }

    /// An errand came to an end.
    pub(in crate::practice) fn mock_delivered(
        &self,
        moment: Moment<'_>,
        interview: InterviewId,
        errand: Errand,
        outcome: &Outcome,
        decision: &mut Decision,
    ) {
        let Some(interview) = self.interviews.get(&interview) else { return };
        let mut draft = Draft::of(self, moment, interview, decision);
        draft.delivered(errand, outcome);
        draft.finish();
    }

    /// Does what is due for interviews.
    pub(in crate::practice) fn mock_wake(&self, moment: Moment<'_>, decision: &mut Decision) {
        let is_due = |one: &&Interview| one.wakeup().is_some_and(|at| at <= moment.now);
        for interview in self.interviews.values().filter(is_due) {
            let mut draft = Draft::of(self, moment, interview, decision);
            draft.wake();
            draft.finish();
        }
    }

    /// Settles what was under way when the process stopped.
    pub(in crate::practice) fn mock_start(&self, moment: Moment<'_>, decision: &mut Decision) {
        for interview in self.interviews.values() {
            let mut draft = Draft::of(self, moment, interview, decision);
            draft.resume();
            draft.finish();
        }
    }
}
