//! What a candidate answers, in writing or aloud, and what a bot that interviews asks next: a
//! follow-up, a pushback, and then the model answer to compare with.

use super::InterviewChange;
use super::draft::Draft;
use super::facts::{Prompt, small};
use super::state::{Asked, Said, Stage, What};
use super::view::FormView;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;

/// The most characters of an answer that are kept.
pub(super) const MOST_CHARACTERS: usize = 4000;
/// The most answers to one question.
const MOST_ANSWERS: usize = 10;

/// As much of a text as is kept.
pub(super) fn kept(text: &str, most: usize) -> String {
    text.trim().chars().take(most).collect()
}

impl Draft<'_> {
    /// The form for an answer.
    pub(super) fn open_answer(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        let asked = self.answers(ask, turn, question)?;
        let form = FormView::Answer {
            place: self.after.at(turn, question),
            prompt: self.prompt_of(asked, turn, question)?,
        };
        self.touch();
        self.form(ask, form);
        Ok(())
    }

    /// It was answered aloud, to the bot.
    pub(super) fn aloud(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        self.answers(ask, turn, question)?;
        if !self.after.is_alone() {
            return Err(Refusal::NotNow);
        }
        self.answered(turn, question, String::new());
        self.acknowledge(ask);
        Ok(())
    }

    /// It was answered in writing. What somebody has written is not lost because it rests
    /// meanwhile, or because an interviewer has gone on.
    pub(super) fn take_answer(
        &mut self,
        ask: &Ask,
        (turn, question): (u8, u8),
        fields: &[String],
    ) -> Result<(), Refusal> {
        if self.is_late(ask.member, turn, question) {
            self.has_room(turn, question)?;
            if let Stage::Paused { idle: true, .. } = self.after.stage {
                self.go_on();
            }
        } else {
            self.answers(ask, turn, question)?;
        }
        let text = fields.first().map(|text| kept(text, MOST_CHARACTERS)).unwrap_or_default();
        if text.is_empty() {
            self.touch();
        } else {
            self.answered(turn, question, text);
        }
        self.acknowledge(ask);
        Ok(())
    }

    /// Whether a candidate answers a question of their turn that they could answer a while ago.
    fn is_late(&self, member: MemberId, turn: u8, question: u8) -> bool {
        let Some((number, now)) = self.after.turn() else { return false };
        let is_theirs = number == turn && now.candidate == member;
        let is_older = usize::from(question) + 1 < now.asked.len() && !self.after.is_alone();
        let may = match self.after.stage {
            Stage::Running => is_older,
            Stage::Paused { .. } => {
                is_older
                    || (self.after.is_asking(turn, question) && self.is_asked_aloud(turn, question))
            }
            Stage::Lobby { .. }
            | Stage::Judging { .. }
            | Stage::Opened { .. }
            | Stage::Over { .. } => false,
        };
        is_theirs && may
    }

    fn has_room(&self, turn: u8, question: u8) -> Result<(), Refusal> {
        let asked = self.after.asked(turn, question).ok_or(Refusal::NotAnyMore)?;
        if asked.answers.len() < MOST_ANSWERS { Ok(()) } else { Err(Refusal::NotAnyMore) }
    }

    /// Whether a member may answer this question now.
    pub(super) fn answers(&self, ask: &Ask, turn: u8, question: u8) -> Result<&Asked, Refusal> {
        let (_, now) = self.after.turn().ok_or(Refusal::NotNow)?;
        let asked = self.under_way(turn, question);
        if now.candidate != ask.member {
            // Who has just swapped roles pressed an old button, not a forbidden one.
            let was = self.after.turns.get(usize::from(turn)).map(|turn| turn.candidate);
            let is_old = asked.is_err() && was == Some(ask.member);
            return Err(if is_old {
                Refusal::NotAnyMore
            } else {
                Refusal::OnlyCandidate(now.candidate)
            });
        }
        let asked = asked?;
        self.has_room(turn, question)?;
        if self.is_asked_aloud(turn, question) { Ok(asked) } else { Err(Refusal::NotAnyMore) }
    }

    /// Where the bot interviews: whether what it asks last stands in the thread. A button that is
    /// pressed twice does not answer what nobody has read: all that is asked about a question has
    /// the same buttons. Only the question itself has none like them before it, so whoever presses
    /// one has read it, whether or not it was heard that it stands.
    fn is_asked_aloud(&self, turn: u8, question: u8) -> bool {
        if !self.after.is_alone() {
            return true;
        }
        let what = match self.after.prompt(turn, question) {
            Prompt::Question => return true,
            Prompt::FollowUp => What::FollowUp(turn, question, 0),
            Prompt::PushBack => What::PushBack(turn, question),
            Prompt::Model => return false,
        };
        self.after.note(what).is_some_and(|note| note.said != Said::Wanted)
    }

    /// What the candidate is asked at the moment.
    fn prompt_of(&self, asked: &Asked, turn: u8, question: u8) -> Result<String, Refusal> {
        let prompt = if self.after.is_alone() {
            self.after.prompt(turn, question)
        } else {
            Prompt::Question
        };
        let question = &asked.question;
        let text = match prompt {
            Prompt::Question => Some(&question.prompt),
            Prompt::FollowUp => question.follow_ups.first().map(|follow_up| &follow_up.prompt),
            Prompt::PushBack => question.pushback.as_ref().map(|pushback| &pushback.prompt),
            Prompt::Model => None,
        };
        text.cloned().ok_or(Refusal::NotAnyMore)
    }

    /// Takes an answer in; a bot that interviews asks on.
    fn answered(&mut self, turn: u8, question: u8, text: String) {
        self.touch();
        let at = self.moment.now;
        let is_written = !text.is_empty();
        self.change(InterviewChange::Answered { question, text, at });
        let Some(asked) = self.after.asked(turn, question) else { return };
        let number = small(asked.answers.len().saturating_sub(1));
        if is_written {
            self.say(What::Answer(turn, question, number));
        }
        if self.after.is_alone() {
            self.ask_on(turn, question);
        }
    }

    fn ask_on(&mut self, turn: u8, question: u8) {
        let Some(asked) = self.after.asked(turn, question) else { return };
        let Some(section) = self.after.plan.sections.get(usize::from(asked.section)) else {
            return;
        };
        let has_follow_up = section.follow_ups && !asked.question.follow_ups.is_empty();
        let has_pushback = section.pushbacks && asked.question.pushback.is_some();
        let prompt = self.after.prompt(turn, question);
        let at = self.moment.now;
        match prompt {
            Prompt::Question if has_follow_up => {
                self.change(InterviewChange::FollowedUp { at });
                self.say(What::FollowUp(turn, question, 0));
            }
            Prompt::Question | Prompt::FollowUp if has_pushback => {
                self.change(InterviewChange::PushedBack { at });
                self.say(What::PushBack(turn, question));
            }
            Prompt::Question | Prompt::FollowUp | Prompt::PushBack => {
                self.say(What::Model(turn, question));
            }
            Prompt::Model => {}
        }
    }
}
