//! What follows from the state of an interview: who takes part, what is under way, when a section
//! ends, whose scorecards are missing. It decides nothing.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::state::{Asked, Interview, Note, Stage, Thread, Turn, What};
use super::view::Face;
use crate::practice::ids::{ChannelId, MemberId};

/// What is asked of a candidate whom the bot interviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prompt {
    /// The question.
    Question,
    /// Its follow-up.
    FollowUp,
    /// Its pushback.
    PushBack,
    /// Nothing more: the model answer is there.
    Model,
}

/// The most questions of a turn.
const MOST_QUESTIONS: usize = 20;

/// A moment so long after another.
pub(super) fn later(moment: Timestamp, pause: SignedDuration) -> Timestamp {
    moment.saturating_add(pause).unwrap_or(Timestamp::MAX)
}

/// A number of something of which there are never many.
pub(super) fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl Interview {
    /// The turn that is under way, with its number.
    pub(super) fn turn(&self) -> Option<(u8, &Turn)> {
        Some((small(self.turns.len().checked_sub(1)?), self.turns.last()?))
    }

    /// A question that was asked.
    pub(super) fn asked(&self, turn: u8, question: u8) -> Option<&Asked> {
        self.turns.get(usize::from(turn))?.asked.get(usize::from(question))
    }

    /// The question that was asked last in the turn that is under way, with their numbers.
    pub(super) fn last_asked(&self) -> Option<(u8, u8, &Asked)> {
        let (number, turn) = self.turn()?;
        Some((number, small(turn.asked.len().checked_sub(1)?), turn.asked.last()?))
    }

    /// Whether questions are asked, or would be if it did not rest.
    pub(super) const fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Running | Stage::Paused { .. })
    }

    /// How many questions a turn has, if the bank has as many.
    pub(super) fn of(&self) -> usize {
        self.plan.questions().min(MOST_QUESTIONS)
    }

    /// Whether people gather, or questions are asked.
    pub(super) const fn is_unfinished(&self) -> bool {
        matches!(self.stage, Stage::Lobby { .. } | Stage::Running | Stage::Paused { .. })
    }

    /// Whether nothing more will be done in it.
    pub(in crate::practice) const fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Opened { .. } | Stage::Over { .. })
    }

    /// Whether its scorecards are open.
    pub(in crate::practice) const fn is_opened(&self) -> bool {
        matches!(self.stage, Stage::Opened { .. })
    }

    /// Whether this question is under way.
    pub(super) fn is_asking(&self, turn: u8, question: u8) -> bool {
        let last = self.last_asked().map(|(turn, question, _)| (turn, question));
        self.is_under_way() && last == Some((turn, question))
    }

    /// Everybody who takes part.
    pub(in crate::practice) fn people(&self) -> BTreeSet<MemberId> {
        let of = |turn: &Turn| turn.interviewers.iter().copied().chain([turn.candidate]).collect();
        self.turns.iter().flat_map(|turn| -> Vec<_> { of(turn) }).collect()
    }

    /// Who need not join: whoever asked for it is here, if they take part.
    pub(super) fn here_at_once(&self) -> BTreeSet<MemberId> {
        BTreeSet::from([self.by]).intersection(&self.people()).copied().collect()
    }

    /// Whether the bot interviews.
    pub(super) fn is_alone(&self) -> bool {
        self.turns.iter().all(|turn| turn.interviewers.is_empty())
    }

    /// The channel in which it takes place, or did.
    pub(in crate::practice) const fn place(&self) -> Option<ChannelId> {
        match &self.thread {
            Thread::Open(channel) | Thread::Lost(channel) => Some(*channel),
            Thread::Wanted(_) | Thread::Refused(_) => None,
        }
    }

    /// What the channel is told.
    pub(super) fn face(&self) -> Face {
        match &self.thread {
            Thread::Refused(failure) => Face::Refused(failure.clone()),
            Thread::Lost(_) => Face::Closed,
            Thread::Wanted(_) | Thread::Open(_) if self.is_closed() => Face::Closed,
            Thread::Open(thread) if *thread == self.channel => Face::Here,
            Thread::Open(thread) => Face::Open(*thread),
            Thread::Wanted(_) => Face::Opening,
        }
    }

    /// What the channel was told at first.
    pub(super) fn first_face(&self) -> Face {
        if self.place() == Some(self.channel) { Face::Here } else { Face::Opening }
    }

    /// A turn as it was when a note was to be said, as far as it is about time: rests that came
    /// later did not move it then. They are noted as they begin and end.
    pub(super) fn turn_at(&self, note: &Note) -> Option<Turn> {
        let (mut number, mut rested, mut since) = (0, SignedDuration::ZERO, None);
        for earlier in &self.notes {
            match earlier.what {
                What::Agenda(turn) => (number, rested, since) = (turn, SignedDuration::ZERO, None),
                What::Paused => since = Some(earlier.since),
                What::Resumed => {
                    let rest = since.take().map(|since| earlier.since.duration_since(since));
                    rested += rest.unwrap_or_default().max(SignedDuration::ZERO);
                }
                What::Lobby
                | What::Question(..)
                | What::Hint(..)
                | What::FollowUp(..)
                | What::PushBack(..)
                | What::Answer(..)
                | What::Model(..)
                | What::Time(..)
                | What::Cards
                | What::Opened(_)
                | What::Over => {}
            }
            if std::ptr::eq(earlier, note) {
                break;
            }
        }
        let turn = self.turns.get(usize::from(number))?;
        Some(Turn { rested, asked: Vec::new(), ..turn.clone() })
    }

    /// When each section of a turn begins, and when the last one ends.
    pub(super) fn times(&self, turn: &Turn) -> Vec<Timestamp> {
        let mut at = later(turn.begun.unwrap_or(self.since), turn.rested);
        let mut times = vec![at];
        for section in &self.plan.sections {
            at = later(at, SignedDuration::from_mins(i64::from(section.minutes)));
            times.push(at);
        }
        times
    }

    /// When a section of a turn ends.
    pub(super) fn section_ends(&self, turn: &Turn, section: u8) -> Timestamp {
        let times = self.times(turn);
        let end = times.get(usize::from(section) + 1).or(times.last());
        end.copied().unwrap_or(Timestamp::MAX)
    }

    /// When a turn ends.
    pub(super) fn turn_ends(&self, turn: &Turn) -> Timestamp {
        self.times(turn).last().copied().unwrap_or(Timestamp::MAX)
    }

    /// Whether this is, or will be, said in the thread.
    pub(super) fn note(&self, what: What) -> Option<&Note> {
        self.notes.iter().find(|note| note.what == what)
    }

    /// What a candidate whom the bot interviews is asked in this question at the moment.
    pub(super) fn prompt(&self, turn: u8, question: u8) -> Prompt {
        let Some(asked) = self.asked(turn, question) else { return Prompt::Model };
        if self.note(What::Model(turn, question)).is_some() {
            Prompt::Model
        } else if asked.pushed_back {
            Prompt::PushBack
        } else if asked.follow_ups > 0 {
            Prompt::FollowUp
        } else {
            Prompt::Question
        }
    }

    /// The turns that are judged, with their numbers: something was asked, and nothing deleted.
    pub(super) fn judged(&self) -> impl Iterator<Item = (u8, &Turn)> {
        (0..).zip(&self.turns).filter(|(_, turn)| !turn.asked.is_empty() && !turn.deleted)
    }

    /// Whose scorecards belong to it: the turn and who fills it in, in the order of the turns, the
    /// candidate's own last.
    pub(super) fn fillers(&self) -> Vec<(u8, MemberId)> {
        let of = |(number, turn): (u8, &Turn)| {
            let people = turn.interviewers.iter().copied().chain([turn.candidate]);
            people.map(|member| (number, member)).collect::<Vec<_>>()
        };
        self.judged().flat_map(of).collect()
    }

    /// Whether a scorecard is sealed.
    pub(super) fn is_sealed(&self, turn: u8, by: MemberId) -> bool {
        self.cards.get(&(turn, by)).is_some_and(|card| card.sealed.is_some())
    }

    /// Everybody who fills in a scorecard, in the order of these.
    pub(super) fn card_holders(&self) -> Vec<MemberId> {
        let mut people: Vec<MemberId> = Vec::new();
        for (_, member) in self.fillers() {
            if !people.contains(&member) {
                people.push(member);
            }
        }
        people
    }

    /// Who has sealed all of theirs, and who has not.
    pub(super) fn done_and_missing(&self) -> (Vec<MemberId>, Vec<MemberId>) {
        let fillers = self.fillers();
        self.card_holders().into_iter().partition(|member| {
            let mut theirs = fillers.iter().filter(|(_, by)| by == member);
            theirs.all(|(turn, by)| self.is_sealed(*turn, *by))
        })
    }
}
