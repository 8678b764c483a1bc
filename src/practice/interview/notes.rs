//! What each note in the thread says: as it was first said, and as it is true now. Where the two
//! differ, the note is to be changed. It decides nothing.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::facts::{Prompt, small};
use super::state::{Asked, Interview, Note, Stage, Turn, What};
use super::view::{
    InterviewView, MockQuestion, Onward, OpenedCard, OpenedQuestion, OpenedView, Where,
};
use crate::practice::ids::MemberId;

/// How long people have to gather.
pub(super) const LOBBY: SignedDuration = SignedDuration::from_mins(10);
/// How long scorecards may take.
pub(super) const JUDGING: SignedDuration = SignedDuration::from_hours(24);

/// Which of its two forms a note takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// As it was first said. It stays the same, so that a message that was sent before and never
    /// heard of again is recognised.
    First,
    /// As it is true now.
    Now,
}

impl Interview {
    /// What the channel is told.
    pub(super) fn announced(&self, form: As) -> Option<InterviewView> {
        let turn = self.turns.first()?;
        Some(InterviewView::Announcement {
            plan: Arc::clone(&self.plan),
            candidate: turn.candidate,
            interviewers: turn.interviewers.clone(),
            public: self.public,
            face: match form {
                As::First => self.first_face(),
                As::Now => self.face(),
            },
        })
    }

    /// What a note says; none where it belongs to nothing.
    pub(super) fn says(&self, note: &Note, form: As) -> Option<InterviewView> {
        let first = form == As::First;
        Some(match note.what {
            What::Lobby => self.lobby(note, first)?,
            What::Agenda(number) => {
                let turn = self.turns.get(usize::from(number))?;
                let of = if self.plan.swap { 2 } else { number + 1 };
                InterviewView::Agenda {
                    plan: Arc::clone(&self.plan),
                    candidate: turn.candidate,
                    interviewers: turn.interviewers.clone(),
                    turn: (number + 1, of),
                    times: if first { self.times(&self.turn_at(note)?) } else { self.times(turn) },
                }
            }
            What::Question(turn, question) => {
                InterviewView::Question(self.question(turn, question, first)?)
            }
            What::Hint(turn, question) => InterviewView::Hint {
                number: question + 1,
                text: self.asked(turn, question)?.question.hint.clone()?,
            },
            What::FollowUp(turn, question, number) => {
                let follow_ups = &self.asked(turn, question)?.question.follow_ups;
                InterviewView::FollowUp {
                    place: self.at(turn, question),
                    text: follow_ups.get(usize::from(number))?.prompt.clone(),
                    alone: self.is_alone()
                        && (first || self.is_asked(turn, question, Prompt::FollowUp)),
                }
            }
            What::PushBack(turn, question) => InterviewView::PushBack {
                place: self.at(turn, question),
                text: self.asked(turn, question)?.question.pushback.as_ref()?.prompt.clone(),
                alone: self.is_alone()
                    && (first || self.is_asked(turn, question, Prompt::PushBack)),
            },
            What::Answer(turn, question, number) => self.answer(turn, question, number)?,
            What::Model(turn, question) => {
                let (candidate, asked) = self.asked_whom(turn, question)?;
                let ticked = asked.ticked.get(&candidate).filter(|_| !first);
                InterviewView::Model {
                    place: self.at(turn, question),
                    question: Arc::clone(&asked.question),
                    ticked: ticked.cloned().unwrap_or_default(),
                    open: first || !(self.is_closed() || self.is_deleted(turn)),
                    next: (first || self.is_asking(turn, question)).then(|| self.onward(question)),
                }
            }
            What::Time(_, section, time) => {
                let turn = self.turn_at(note)?;
                let title = |place: u8| {
                    self.plan.sections.get(usize::from(place)).map(|section| section.title.clone())
                };
                InterviewView::Time {
                    section: title(section)?,
                    time,
                    ends: self.section_ends(&turn, section),
                    next: title(section + 1),
                }
            }
            What::Paused => InterviewView::Paused {
                interview: self.id,
                idle: matches!(self.stage, Stage::Paused { idle: true, .. }),
            },
            What::Resumed => InterviewView::Resumed { ends: self.turn_ends(&self.turn_at(note)?) },
            What::Cards => self.cards_note(note, first),
            What::Opened(turn) => InterviewView::Opened(self.opened(turn)?),
            What::Over => match self.stage {
                Stage::Over { why, .. } => InterviewView::Over { why },
                Stage::Lobby { .. }
                | Stage::Running
                | Stage::Paused { .. }
                | Stage::Judging { .. }
                | Stage::Opened { .. } => return None,
            },
        })
    }

    /// What is compared to see whether a note that stands is true; none where it stays as it is.
    pub(super) fn claim(&self, note: &Note) -> Option<InterviewView> {
        match note.what {
            What::Hint(..) | What::Time(..) | What::Paused | What::Resumed | What::Over => None,
            // What is over is left alone.
            What::Agenda(turn) if !self.is_on(turn) => None,
            What::Question(turn, question) => {
                let mut view = self.question(turn, question, false)?;
                if !view.open {
                    // Without buttons it does not matter which there were, nor how long it rested.
                    view.ends = Timestamp::UNIX_EPOCH;
                    (view.follow_ups, view.can_push_back, view.can_hint) = (0, false, false);
                }
                Some(InterviewView::Question(view))
            }
            // Once they are open, it is over with this note.
            What::Cards if self.is_closed() => {
                let (interview, until) = (self.id, None);
                Some(InterviewView::Cards {
                    interview,
                    done: Vec::new(),
                    missing: Vec::new(),
                    until,
                })
            }
            What::Lobby
            | What::Agenda(_)
            | What::FollowUp(..)
            | What::PushBack(..)
            | What::Answer(..)
            | What::Model(..)
            | What::Cards
            | What::Opened(_) => self.says(note, As::Now),
        }
    }

    /// Whether a note that was said only now says what is true.
    pub(super) fn is_true(&self, note: &Note) -> bool {
        match note.what {
            What::Opened(turn) | What::Answer(turn, ..) => !self.is_deleted(turn),
            What::Lobby
            | What::Agenda(_)
            | What::Question(..)
            | What::Hint(..)
            | What::FollowUp(..)
            | What::PushBack(..)
            | What::Model(..)
            | What::Time(..)
            | What::Paused
            | What::Resumed
            | What::Cards
            | What::Over => self.says(note, As::First) == self.says(note, As::Now),
        }
    }

    fn is_deleted(&self, turn: u8) -> bool {
        self.turns.get(usize::from(turn)).is_some_and(|turn: &Turn| turn.deleted)
    }

    fn onward(&self, question: u8) -> Onward {
        if usize::from(question) + 1 < self.of() { Onward::Question } else { Onward::End }
    }

    fn is_on(&self, turn: u8) -> bool {
        self.is_under_way() && self.turn().is_some_and(|(on, _)| on == turn)
    }

    fn is_asked(&self, turn: u8, question: u8, prompt: Prompt) -> bool {
        self.is_asking(turn, question) && self.prompt(turn, question) == prompt
    }

    pub(super) const fn at(&self, turn: u8, question: u8) -> Where {
        Where { interview: self.id, turn, question }
    }

    fn asked_whom(&self, turn: u8, question: u8) -> Option<(MemberId, &Asked)> {
        let candidate = self.turns.get(usize::from(turn))?.candidate;
        Some((candidate, self.asked(turn, question)?))
    }

    fn lobby(&self, note: &Note, first: bool) -> Option<InterviewView> {
        let turn = self.turns.first()?;
        let until = match self.stage {
            _ if first => Some(super::facts::later(note.since, LOBBY)),
            Stage::Lobby { until } => Some(until),
            Stage::Running
            | Stage::Paused { .. }
            | Stage::Judging { .. }
            | Stage::Opened { .. }
            | Stage::Over { .. } => None,
        };
        Some(InterviewView::Lobby {
            interview: self.id,
            plan: Arc::clone(&self.plan),
            candidate: turn.candidate,
            interviewers: turn.interviewers.clone(),
            joined: if first { self.here_at_once() } else { self.joined.clone() },
            until,
        })
    }

    fn question(&self, number: u8, question: u8, first: bool) -> Option<MockQuestion> {
        let turn = self.turns.get(usize::from(number))?;
        let asked = turn.asked.get(usize::from(question))?;
        let section = self.plan.sections.get(usize::from(asked.section))?;
        let alone = self.is_alone();
        let is_asking = self.is_asking(number, question);
        let follow_ups =
            if section.follow_ups { small(asked.question.follow_ups.len()) } else { 0 };
        let gone = if first { 0 } else { asked.follow_ups };
        let has_pushback = section.pushbacks && asked.question.pushback.is_some();
        Some(MockQuestion {
            place: self.at(number, question),
            of: small(self.of()),
            section: section.title.clone(),
            ends: self.section_ends(turn, asked.section),
            question: Arc::clone(&asked.question),
            candidate: turn.candidate,
            alone,
            open: first
                || (is_asking && !(alone && self.prompt(number, question) != Prompt::Question)),
            follow_ups: follow_ups.saturating_sub(gone),
            can_push_back: has_pushback && (first || !asked.pushed_back),
            can_hint: asked.question.hint.is_some() && (first || !asked.hinted),
        })
    }

    fn answer(&self, turn: u8, question: u8, number: u8) -> Option<InterviewView> {
        let (candidate, asked) = self.asked_whom(turn, question)?;
        let text = asked.answers.get(usize::from(number))?.clone();
        Some(InterviewView::Answer { number: question + 1, candidate, text })
    }

    fn cards_note(&self, note: &Note, first: bool) -> InterviewView {
        let (mut done, mut missing) = self.done_and_missing();
        let mut until = match self.stage {
            Stage::Judging { until } => Some(until),
            Stage::Lobby { .. }
            | Stage::Running
            | Stage::Paused { .. }
            | Stage::Opened { .. }
            | Stage::Over { .. } => None,
        };
        if first {
            missing = self.card_holders();
            done = Vec::new();
            until = Some(super::facts::later(note.since, JUDGING));
        }
        InterviewView::Cards { interview: self.id, done, missing, until }
    }

    /// The scorecards of a turn, opened.
    pub(super) fn opened(&self, number: u8) -> Option<OpenedView> {
        let turn = self.turns.get(usize::from(number))?;
        let Stage::Opened { since } = self.stage else { return None };
        let mut view = OpenedView {
            interview: self.id,
            plan: Arc::clone(&self.plan),
            candidate: turn.candidate,
            at: turn.begun.unwrap_or(since),
            cards: Vec::new(),
            missing: Vec::new(),
            questions: Vec::new(),
            deleted: turn.deleted,
        };
        if turn.deleted {
            return Some(view);
        }
        for by in turn.interviewers.iter().copied().chain([turn.candidate]) {
            match self.cards.get(&(number, by)).filter(|card| card.sealed.is_some()) {
                Some(card) => {
                    let own = by == turn.candidate;
                    view.cards.push(OpenedCard { by, own, card: card.clone() });
                }
                None => view.missing.push(by),
            }
        }
        view.questions = (0..)
            .zip(&turn.asked)
            .map(|(question, asked)| OpenedQuestion {
                question: Arc::clone(&asked.question),
                ticked: asked.ticked.values().flatten().copied().collect(),
                judged: self.is_judged(number, question),
                hinted: asked.hinted,
                answers: asked.answers.clone(),
            })
            .collect();
        Some(view)
    }

    /// Whether it is known which key points of a question were made: somebody ticked, or the
    /// candidate saw the model answer and could have.
    pub(super) fn is_judged(&self, turn: u8, question: u8) -> bool {
        self.asked(turn, question).is_some_and(|asked| !asked.ticked.is_empty())
            || self.note(What::Model(turn, question)).is_some()
    }
}
