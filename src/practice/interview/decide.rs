//! How a team decides about its interviews.

#![expect(clippy::unused_self, reason = "the rules are not there yet")]

use super::{InterviewChange, MockCall, MockForm, MockMenu, MockPress, Of};
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
        _moment: Moment<'_>,
        _ask: &Ask,
        _call: &MockCall,
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::NoInterviewHere)
    }

    /// A button of an interview's.
    pub(in crate::practice) fn mock_press(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        _press: Of<MockPress>,
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::InterviewGone)
    }

    /// A menu of an interview's.
    pub(in crate::practice) fn mock_choose(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        _menu: Of<MockMenu>,
        _chosen: &[u8],
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::InterviewGone)
    }

    /// A form of an interview's.
    pub(in crate::practice) fn mock_submit(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        _form: Of<MockForm>,
        _fields: &[String],
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::InterviewGone)
    }

    /// An errand came to an end.
    pub(in crate::practice) fn mock_delivered(
        &self,
        _moment: Moment<'_>,
        _interview: InterviewId,
        _errand: Errand,
        _outcome: &Outcome,
        _decision: &mut Decision,
    ) {
    }

    /// Does what is due for interviews.
    pub(in crate::practice) fn mock_wake(&self, _moment: Moment<'_>, _decision: &mut Decision) {}

    /// Settles what was under way when the process stopped.
    pub(in crate::practice) fn mock_start(&self, _moment: Moment<'_>, _decision: &mut Decision) {}

    /// Takes a change of an interview in.
    pub(in crate::practice) fn apply_to_interview(
        &mut self,
        _interview: InterviewId,
        _change: &InterviewChange,
    ) {
    }
}
