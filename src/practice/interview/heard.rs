//! What an interviewer pastes of what was said aloud: it is held against the key points and told to
//! them alone. Nothing of it is kept, and nothing is ticked by it.

use std::sync::Arc;

use super::answers::{MOST_CHARACTERS, kept};
use super::draft::Draft;
use super::state::Asked;
use super::view::{FormView, InterviewView};
use crate::practice::input::Ask;
use crate::practice::own::TypedView;
use crate::practice::refusal::Refusal;

impl Draft<'_> {
    /// Opens the form for what was said.
    pub(super) fn open_heard(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        let prompt = self.hears(ask, turn, question)?.question.prompt.clone();
        let place = self.after.at(turn, question);
        self.touch();
        self.form(ask, FormView::Heard { place, prompt });
        Ok(())
    }

    /// What is found in it.
    pub(super) fn heard(
        &mut self,
        ask: &Ask,
        (turn, question): (u8, u8),
        fields: &[String],
    ) -> Result<(), Refusal> {
        let asked = Arc::clone(&self.hears(ask, turn, question)?.question);
        let text = fields.first().map(|text| kept(text, MOST_CHARACTERS)).unwrap_or_default();
        let evidence = TypedView::of(self.moment.rules.judge, &asked, &text);
        self.touch();
        let number = question.saturating_add(1);
        self.tell(ask, InterviewView::Heard { number, question: asked, evidence });
        Ok(())
    }

    /// A question of a turn in which the member interviews, as long as its key points may be ticked.
    fn hears(&self, ask: &Ask, turn: u8, question: u8) -> Result<&Asked, Refusal> {
        let of = self.after.turns.get(usize::from(turn)).ok_or(Refusal::NotAnyMore)?;
        if !of.interviewers.contains(&ask.member) {
            return Err(Refusal::OnlyInterviewers);
        }
        if self.after.is_closed() || of.deleted {
            return Err(Refusal::NotAnyMore);
        }
        of.asked.get(usize::from(question)).ok_or(Refusal::NotAnyMore)
    }
}
