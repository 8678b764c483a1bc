//! How a change alters what is remembered of an interview. It decides nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::InterviewChange;
use super::state::{Announcement, Asked, Card, Interview, Miss, Note, Said, Stage, Turn};
use crate::bank::Key;
use crate::practice::ids::{InterviewId, MemberId};
use crate::practice::team::Team;

/// How many interviews of a team are kept, so that nobody can fill the memory with them. The oldest
/// that is closed makes room; where none is, there is no room.
pub(super) const MOST_INTERVIEWS: usize = 500;
/// How many interviews of a member are kept.
const MOST_PAST: usize = 50;
/// How many questions that a member had are kept.
const MOST_HAD: usize = 300;

impl Team {
    /// Takes a change of an interview in.
    pub(in crate::practice) fn apply_to_interview(
        &mut self,
        id: InterviewId,
        change: &InterviewChange,
    ) {
        match change {
            InterviewChange::Asked { .. } => {
                if let Some(interview) = asked_for(id, change) {
                    self.interviews.insert(id, interview);
                    self.forget_oldest();
                }
                return;
            }
            InterviewChange::Forgotten => {
                self.interviews.remove(&id);
                return;
            }
            InterviewChange::Kept { member, past } => {
                let kept = &mut self.members.entry(*member).or_default().past;
                kept.retain(|kept| kept.interview != past.interview);
                kept.push(past.clone());
                keep_last(kept, MOST_PAST);
                return;
            }
            InterviewChange::Missed { member, question, points, at } => {
                let member = self.members.entry(*member).or_default();
                // No grade from before it makes up for what is missed now.
                member.own.keep_last_of(Key::of(question));
                if points.is_empty() {
                    member.misses.remove(question);
                } else {
                    let points = points.iter().copied().collect();
                    member.misses.insert(question.clone(), Miss { at: *at, points });
                }
                return;
            }
            InterviewChange::Drawn { question, .. } => {
                let interviews = self.interviews.get(&id);
                if let Some(turn) = interviews.and_then(|interview| interview.turns.last()) {
                    let had = &mut self.members.entry(turn.candidate).or_default().had;
                    had.retain(|id| *id != question.id);
                    had.push(question.id.clone());
                    keep_last(had, MOST_HAD);
                }
            }
            InterviewChange::Deleted { turn, .. } => self.forget_turn(id, *turn),
            InterviewChange::Announced { .. }
            | InterviewChange::ThreadIs { .. }
            | InterviewChange::Added { .. }
            | InterviewChange::Joined { .. }
            | InterviewChange::StageIs { .. }
            | InterviewChange::TurnBegun { .. }
            | InterviewChange::Rested { .. }
            | InterviewChange::TimeTold { .. }
            | InterviewChange::Noted { .. }
            | InterviewChange::SaidIs { .. }
            | InterviewChange::FollowedUp { .. }
            | InterviewChange::PushedBack { .. }
            | InterviewChange::Hinted { .. }
            | InterviewChange::Answered { .. }
            | InterviewChange::Ticked { .. }
            | InterviewChange::Banded { .. }
            | InterviewChange::Commented { .. }
            | InterviewChange::Worded { .. }
            | InterviewChange::Sealed { .. }
            | InterviewChange::Delayed { .. }
            | InterviewChange::Touched { .. } => {}
        }
        if let Some(interview) = self.interviews.get_mut(&id) {
            interview.apply(change);
        }
    }

    /// Forgets the oldest interview that is closed, where there are too many.
    fn forget_oldest(&mut self) {
        if self.interviews.len() <= MOST_INTERVIEWS {
            return;
        }
        let closed = self.interviews.values().filter(|one| one.is_closed());
        if let Some(oldest) = closed.min_by_key(|one| (one.since, one.id)).map(|one| one.id) {
            self.interviews.remove(&oldest);
        }
    }

    /// Forgets what is kept of a turn for its candidate. A miss that another interview has renewed
    /// since is that one's.
    fn forget_turn(&mut self, id: InterviewId, turn: u8) {
        let Some(interview) = self.interviews.get(&id) else { return };
        let Some(turn) = interview.turns.get(usize::from(turn)) else { return };
        let Some(member) = self.members.get_mut(&turn.candidate) else { return };
        member.past.retain(|past| past.interview != id);
        if let Stage::Opened { since } = interview.stage {
            for asked in &turn.asked {
                if member.misses.get(&asked.question.id).is_some_and(|miss| miss.at == since) {
                    member.misses.remove(&asked.question.id);
                }
            }
        }
    }
}

/// An interview as it is asked for.
pub(super) fn asked_for(id: InterviewId, change: &InterviewChange) -> Option<Interview> {
    let InterviewChange::Asked { channel, thread, public, plan, by, turn, stage, at } = change
    else {
        return None;
    };
    Some(Interview {
        id,
        channel: *channel,
        public: *public,
        plan: Arc::clone(plan),
        by: *by,
        since: *at,
        announcement: Announcement::None,
        thread: thread.clone(),
        added: BTreeSet::new(),
        joined: BTreeSet::new(),
        stage: *stage,
        turns: vec![turn.clone()],
        notes: Vec::new(),
        touched: *at,
        cards: std::collections::BTreeMap::new(),
        delayed: None,
    })
}

impl Interview {
    /// Takes a change in.
    pub(super) fn apply(&mut self, change: &InterviewChange) {
        match change {
            InterviewChange::Announced { announcement } => self.announcement = *announcement,
            InterviewChange::ThreadIs { thread } => self.thread = thread.clone(),
            InterviewChange::Added { member } => {
                self.added.insert(*member);
            }
            InterviewChange::Joined { member, at } => {
                self.joined.insert(*member);
                self.touched = *at;
            }
            InterviewChange::StageIs { stage, .. } => self.stage = *stage,
            InterviewChange::TurnBegun { turn, .. } => {
                if self.turns.last().is_some_and(|last| last.begun.is_none()) {
                    self.turns.pop();
                }
                self.turns.push(turn.clone());
            }
            InterviewChange::Noted { what, at } => {
                self.notes.push(Note { what: *what, since: *at, said: Said::Wanted });
            }
            InterviewChange::SaidIs { note, said } => {
                if let Some(note) = self.notes.get_mut(usize::from(*note)) {
                    note.said = *said;
                }
            }
            InterviewChange::Touched { at } => self.touched = *at,
            InterviewChange::Delayed { until } => self.delayed = *until,
            InterviewChange::Rested { .. }
            | InterviewChange::TimeTold { .. }
            | InterviewChange::Drawn { .. }
            | InterviewChange::FollowedUp { .. }
            | InterviewChange::PushedBack { .. }
            | InterviewChange::Hinted { .. }
            | InterviewChange::Answered { .. } => {
                if let Some(turn) = self.turns.last_mut() {
                    turn.apply(change);
                }
            }
            InterviewChange::Ticked { turn, question, by, points } => {
                let turn = self.turns.get_mut(usize::from(*turn));
                let asked = turn.and_then(|turn| turn.asked.get_mut(usize::from(*question)));
                if let Some(asked) = asked {
                    asked.ticked.insert(*by, points.iter().copied().collect());
                }
            }
            InterviewChange::Banded { turn, by, dimension, band } => {
                let bands = &mut self.card_of(*turn, *by).bands;
                if let Some(place) = bands.get_mut(usize::from(*dimension)) {
                    *place = Some(*band);
                }
            }
            InterviewChange::Commented { turn, by, comments } => {
                let card = self.card_of(*turn, *by);
                for (place, comment) in card.comments.iter_mut().zip(comments) {
                    place.clone_from(comment);
                }
            }
            InterviewChange::Worded { turn, by, well, next } => {
                let card = self.card_of(*turn, *by);
                card.well.clone_from(well);
                card.next.clone_from(next);
            }
            InterviewChange::Sealed { turn, by, at } => {
                self.card_of(*turn, *by).sealed = Some(*at);
            }
            InterviewChange::Deleted { turn, .. } => {
                self.cards.retain(|(of, _), _| of != turn);
                if let Some(turn) = self.turns.get_mut(usize::from(*turn)) {
                    turn.deleted = true;
                    for asked in &mut turn.asked {
                        asked.answers.iter_mut().for_each(String::clear);
                        asked.ticked.clear();
                    }
                }
            }
            InterviewChange::Asked { .. }
            | InterviewChange::Forgotten
            | InterviewChange::Kept { .. }
            | InterviewChange::Missed { .. } => {}
        }
    }

    /// The scorecard of a member for a turn, blank where there is none.
    fn card_of(&mut self, turn: u8, by: MemberId) -> &mut Card {
        let dimensions = self.plan.rubric.dimensions.len();
        self.cards.entry((turn, by)).or_insert_with(|| Card::blank(dimensions))
    }
}

impl Card {
    /// A card on which nothing is filled in.
    pub(super) fn blank(dimensions: usize) -> Self {
        Self {
            bands: vec![None; dimensions],
            comments: vec![String::new(); dimensions],
            ..Self::default()
        }
    }
}

impl Turn {
    fn apply(&mut self, change: &InterviewChange) {
        if let InterviewChange::Drawn { section, question, at } = change {
            self.asked.push(Asked {
                section: *section,
                question: Arc::clone(question),
                at: *at,
                follow_ups: 0,
                pushed_back: false,
                hinted: false,
                answers: Vec::new(),
                ticked: std::collections::BTreeMap::new(),
            });
            return;
        }
        if let InterviewChange::Rested { rested } = change {
            self.rested = *rested;
        }
        if let InterviewChange::TimeTold { section, time } = change {
            self.told.insert((*section, *time));
        }
        if let InterviewChange::Answered { question, text, .. } = change
            && let Some(asked) = self.asked.get_mut(usize::from(*question))
        {
            asked.answers.push(text.clone());
        }
        if let Some(asked) = self.asked.last_mut() {
            let more = u8::from(matches!(change, InterviewChange::FollowedUp { .. }));
            asked.follow_ups = asked.follow_ups.saturating_add(more);
            asked.pushed_back |= matches!(change, InterviewChange::PushedBack { .. });
            asked.hinted |= matches!(change, InterviewChange::Hinted { .. });
        }
    }
}

/// Forgets the oldest where there are too many.
fn keep_last<T>(items: &mut Vec<T>, most: usize) {
    let too_many = items.len().saturating_sub(most);
    items.drain(..too_many);
}
