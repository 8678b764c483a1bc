//! The way through an interview: turns, questions, and what those who interview do about the
//! question that is under way.

use std::sync::Arc;

use super::InterviewChange;
use super::draft::Draft;
use super::facts::small;
use super::state::{Asked, Over, Said, Stage, Turn, What};
use super::view::InterviewView;
use crate::plans::Section;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::own::TypedView;
use crate::practice::refusal::Refusal;

impl Draft<'_> {
    /// A turn begins: what comes when, and the first question.
    pub(super) fn begin_turn(&mut self, candidate: MemberId, interviewers: Vec<MemberId>) {
        let at = self.moment.now;
        let turn = Turn { begun: Some(at), ..Turn::new(candidate, interviewers) };
        self.change(InterviewChange::TurnBegun { turn, at });
        self.stage(Stage::Running);
        // The silence before it began is nobody's.
        self.touch();
        if let Some((number, _)) = self.after.turn() {
            self.say(What::Agenda(number));
        }
        self.ask_next();
    }

    /// The next question, or the end of the turn.
    fn ask_next(&mut self) {
        match self.team.draw_for(self.moment, &self.after) {
            Some((section, question)) => {
                let at = self.moment.now;
                self.change(InterviewChange::Drawn { section, question, at });
                if let Some((turn, question, _)) = self.after.last_asked() {
                    self.say(What::Question(turn, question));
                }
            }
            None if self.after.plan.swap && self.can_swap() => self.swap_roles(),
            None => self.end(),
        }
    }

    /// The end of the questions, whoever wants it.
    pub(super) fn end(&mut self) {
        if self.after.judged().next().is_some() {
            self.judge();
        } else if self.after.turns.iter().any(|turn| turn.deleted) {
            self.over(Over::Deleted);
        } else {
            self.over(Over::Empty);
        }
    }

    /// Whether exactly two people have not yet swapped.
    fn can_swap(&self) -> bool {
        self.after.turns.len() == 1
            && self.after.turn().is_some_and(|(_, turn)| turn.interviewers.len() == 1)
    }

    /// The second turn, with roles swapped.
    fn swap_roles(&mut self) {
        let Some((_, turn)) = self.after.turn() else { return };
        let Some(candidate) = turn.interviewers.first().copied() else { return };
        let interviewers = vec![turn.candidate];
        self.begin_turn(candidate, interviewers);
    }

    /// `/mock swap`.
    pub(super) fn swap(&mut self, member: MemberId) -> Result<(), Refusal> {
        self.takes_part(member)?;
        if self.after.turn().is_none_or(|(_, turn)| turn.interviewers.len() != 1) {
            return Err(Refusal::CannotSwap);
        }
        if self.after.stage != Stage::Running || !self.can_swap() {
            return Err(Refusal::NotNow);
        }
        self.swap_roles();
        Ok(())
    }

    /// The next question, or the end of the turn after the last one.
    pub(super) fn next(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        self.leads(ask, turn, question)?;
        self.touch();
        self.ask_next();
        self.acknowledge(ask);
        Ok(())
    }

    /// The next follow-up.
    pub(super) fn follow_up(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        self.has_interviewers()?;
        let (section, asked) = self.leads(ask, turn, question)?;
        let number = asked.follow_ups;
        if !section.follow_ups || usize::from(number) >= asked.question.follow_ups.len() {
            return Err(Refusal::NotAnyMore);
        }
        // Two who press at once mean the same one: the next comes when this one stands.
        let before = number.checked_sub(1).map(|before| What::FollowUp(turn, question, before));
        let note = before.and_then(|what| self.after.note(what));
        if note.is_some_and(|note| note.said == Said::Wanted) {
            return Err(Refusal::NotAnyMore);
        }
        self.touch();
        self.change(InterviewChange::FollowedUp { at: self.moment.now });
        self.say(What::FollowUp(turn, question, number));
        self.acknowledge(ask);
        Ok(())
    }

    /// The pushback, once.
    pub(super) fn push_back(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        self.has_interviewers()?;
        let (section, asked) = self.leads(ask, turn, question)?;
        if !section.pushbacks || asked.pushed_back || asked.question.pushback.is_none() {
            return Err(Refusal::NotAnyMore);
        }
        self.touch();
        self.change(InterviewChange::PushedBack { at: self.moment.now });
        self.say(What::PushBack(turn, question));
        self.acknowledge(ask);
        Ok(())
    }

    /// The hint, once, for everybody to read.
    pub(super) fn hint(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        let asked = if self.after.is_alone() {
            self.answers(ask, turn, question)?
        } else {
            self.leads(ask, turn, question)?.1
        };
        if asked.hinted || asked.question.hint.is_none() {
            return Err(Refusal::NotAnyMore);
        }
        self.touch();
        self.change(InterviewChange::Hinted { at: self.moment.now });
        self.say(What::Hint(turn, question));
        self.acknowledge(ask);
        Ok(())
    }

    /// The kit, for one who interviews.
    pub(super) fn kit(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        self.has_interviewers()?;
        self.leads(ask, turn, question)?;
        self.touch();
        let view = self.kit_of(ask.member, turn, question)?;
        self.tell(ask, view);
        Ok(())
    }

    fn kit_of(&self, member: MemberId, turn: u8, question: u8) -> Result<InterviewView, Refusal> {
        let asked = self.after.asked(turn, question).ok_or(Refusal::NotAnyMore)?;
        Ok(InterviewView::Kit {
            place: self.after.at(turn, question),
            question: Arc::clone(&asked.question),
            ticked: asked.ticked.get(&member).cloned().unwrap_or_default(),
            evidence: self.evidence(asked),
        })
    }

    /// What is found in what a candidate has written whom the bot interviews, once they have seen
    /// the model answer.
    pub(super) fn found(&mut self, ask: &Ask, turn: u8, question: u8) -> Result<(), Refusal> {
        let of = self.after.turns.get(usize::from(turn)).ok_or(Refusal::NotAnyMore)?;
        if !self.after.is_alone() || ask.member != of.candidate {
            return Err(Refusal::OnlyCandidate(of.candidate));
        }
        if self.after.is_closed() || of.deleted {
            return Err(Refusal::NotAnyMore);
        }
        if self.after.note(What::Model(turn, question)).is_none() {
            return Err(Refusal::NotNow);
        }
        let asked = of.asked.get(usize::from(question)).ok_or(Refusal::NotAnyMore)?;
        let evidence = self.evidence(asked);
        let (number, question) = (question.saturating_add(1), Arc::clone(&asked.question));
        self.touch();
        self.tell(ask, InterviewView::Found { number, question, evidence });
        Ok(())
    }

    /// What is found in what the candidate has written, to the question and what followed on it.
    fn evidence(&self, asked: &Asked) -> Option<TypedView> {
        let written = asked.answers.iter().map(String::as_str).filter(|text| !text.is_empty());
        let written = written.collect::<Vec<_>>().join("\n\n");
        let there_is = !written.is_empty() && !asked.question.key_points.is_empty();
        there_is.then(|| TypedView::of(self.moment.rules.judge, &asked.question, &written))
    }

    /// These key points were made, says an interviewer, or a candidate whom the bot interviews. It
    /// may be said of earlier questions, too, until all is opened.
    pub(super) fn tick(
        &mut self,
        ask: &Ask,
        (turn, question): (u8, u8),
        chosen: &[u8],
    ) -> Result<(), Refusal> {
        let alone = self.after.is_alone();
        let of = self.after.turns.get(usize::from(turn)).ok_or(Refusal::NotAnyMore)?;
        if alone && ask.member != of.candidate {
            return Err(Refusal::OnlyCandidate(of.candidate));
        }
        if !alone && !of.interviewers.contains(&ask.member) {
            return Err(Refusal::OnlyInterviewers);
        }
        if self.after.is_closed() || of.deleted {
            return Err(Refusal::NotAnyMore);
        }
        let asked = of.asked.get(usize::from(question)).ok_or(Refusal::NotAnyMore)?;
        if alone && self.after.note(What::Model(turn, question)).is_none() {
            return Err(Refusal::NotNow);
        }
        let most = small(asked.question.key_points.len());
        let mut points: Vec<u8> = chosen.iter().copied().filter(|point| *point < most).collect();
        points.sort_unstable();
        points.dedup();
        let before = asked.ticked.get(&ask.member).map(|ticked| ticked.iter().copied().collect());
        self.touch();
        if before.as_ref() != Some(&points) {
            self.change(InterviewChange::Ticked { turn, question, by: ask.member, points });
        }
        if alone {
            self.acknowledge(ask);
        } else {
            let view = self.kit_of(ask.member, turn, question)?;
            self.update(ask, view);
        }
        Ok(())
    }

    /// What only people do who interview is nobody's where the bot does.
    fn has_interviewers(&self) -> Result<(), Refusal> {
        if self.after.is_alone() { Err(Refusal::OnlyInterviewers) } else { Ok(()) }
    }

    /// Whether a member may lead this question: they interview, and it is under way. A candidate
    /// whom the bot interviews may after the model answer.
    fn leads(&self, ask: &Ask, turn: u8, question: u8) -> Result<(&Section, &Asked), Refusal> {
        let (_, now) = self.after.turn().ok_or(Refusal::NotNow)?;
        let alone = self.after.is_alone();
        if alone && ask.member != now.candidate {
            return Err(Refusal::OnlyCandidate(now.candidate));
        }
        let may = alone || now.interviewers.contains(&ask.member);
        let asked = self.under_way(turn, question);
        // Who has just swapped roles pressed an old button, not a forbidden one.
        let had_their_turn = self.after.people().contains(&ask.member);
        if !may && (asked.is_ok() || !had_their_turn) {
            return Err(Refusal::OnlyInterviewers);
        }
        let asked = asked?;
        if alone && self.after.note(What::Model(turn, question)).is_none() {
            return Err(Refusal::NotNow);
        }
        let section = self.after.plan.sections.get(usize::from(asked.section));
        Ok((section.ok_or(Refusal::NotAnyMore)?, asked))
    }

    /// The question, if it is under way and nothing rests.
    pub(super) fn under_way(&self, turn: u8, question: u8) -> Result<&Asked, Refusal> {
        match self.after.stage {
            Stage::Running if self.after.is_asking(turn, question) => {
                self.after.asked(turn, question).ok_or(Refusal::NotAnyMore)
            }
            Stage::Paused { .. } if self.after.is_asking(turn, question) => Err(Refusal::NotNow),
            Stage::Lobby { .. } => Err(Refusal::NotNow),
            Stage::Running
            | Stage::Paused { .. }
            | Stage::Judging { .. }
            | Stage::Opened { .. }
            | Stage::Over { .. } => Err(Refusal::NotAnyMore),
        }
    }
}
