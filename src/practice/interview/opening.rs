//! The opening of the scorecards: what is kept of an interview for its candidates, and how a
//! candidate has everything about themselves deleted.

use super::InterviewChange;
use super::draft::Draft;
use super::facts::small;
use super::state::{Interview, Over, Past, PastBand, Said, Stage, Turn, What};
use super::view::InterviewView;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::own::{Judged, Key};
use crate::practice::refusal::Refusal;

impl Draft<'_> {
    /// Opens the scorecards if all are sealed.
    pub(super) fn open_when_all_are_in(&mut self) -> bool {
        let Stage::Judging { .. } = self.after.stage else { return false };
        let mut fillers = self.after.fillers().into_iter();
        let all = fillers.all(|(turn, member)| self.after.is_sealed(turn, member));
        if all {
            self.open();
        }
        all
    }

    /// Opens the scorecards that are sealed.
    pub(super) fn open(&mut self) {
        let at = self.moment.now;
        self.stage(Stage::Opened { since: at });
        let mut kept = Vec::new();
        for (number, turn) in self.after.judged() {
            let member = turn.candidate;
            let past = self.after.past(number, turn, at);
            kept.push((What::Opened(number), InterviewChange::Kept { member, past }));
        }
        let missed = self.missed(at);
        for (what, kept) in kept {
            self.say(what);
            self.change(kept);
        }
        for change in missed {
            self.change(change);
        }
        let judged = self.judged_questions();
        self.decision.changes.extend(self.team.opened(self.moment, &judged));
    }

    /// Each question of which it is known how many key points were made.
    fn judged_questions(&self) -> Vec<Judged> {
        let mut judged = Vec::new();
        for (number, turn) in self.after.judged() {
            for (question, asked) in (0..).zip(&turn.asked) {
                if self.after.is_judged(number, question) {
                    let of = asked.question.key_points.len();
                    let made = |point: &usize| {
                        let point = small(*point);
                        asked.ticked.values().any(|ticked| ticked.contains(&point))
                    };
                    judged.push(Judged {
                        candidate: turn.candidate,
                        question: Key::of(&asked.question.id),
                        at: asked.at,
                        points: ((0..of).filter(made).count(), of),
                    });
                }
            }
        }
        judged
    }

    /// The key points that were not made, for each question of which that is known.
    fn missed(&self, at: jiff::Timestamp) -> Vec<InterviewChange> {
        let mut missed = Vec::new();
        for (number, turn) in self.after.judged() {
            for (question, asked) in (0..).zip(&turn.asked) {
                let points = small(asked.question.key_points.len());
                if points == 0 || !self.after.is_judged(number, question) {
                    continue;
                }
                let made = |point: &u8| asked.ticked.values().any(|ticked| ticked.contains(point));
                missed.push(InterviewChange::Missed {
                    member: turn.candidate,
                    question: asked.question.id.clone(),
                    points: (0..points).filter(|point| !made(point)).collect(),
                    at,
                });
            }
        }
        missed
    }

    /// Asks whether everything is really to be deleted.
    pub(super) fn delete_really(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.own_turns(ask.member)?;
        let interview = self.after.id;
        self.tell(ask, InterviewView::DeleteReally { interview });
        Ok(())
    }

    /// Deletes what a candidate's turn has left behind, whenever they want.
    pub(super) fn delete_for_good(&mut self, ask: &Ask) -> Result<(), Refusal> {
        let own = self.own_turns(ask.member)?;
        let on = self.after.turn().map(|(number, _)| number);
        let at = self.moment.now;
        for turn in &own {
            self.change(InterviewChange::Deleted { turn: *turn, at });
        }
        self.take_back(&own);
        match self.after.stage {
            Stage::Lobby { .. } => self.over(Over::Deleted),
            Stage::Running | Stage::Paused { .. } => {
                if on.is_some_and(|on| own.contains(&on)) {
                    self.end();
                }
            }
            Stage::Judging { .. } => {
                if self.after.judged().next().is_none() {
                    self.over(Over::Deleted);
                } else {
                    self.open_when_all_are_in();
                }
            }
            Stage::Opened { .. } | Stage::Over { .. } => {}
        }
        self.update(ask, InterviewView::Deleted);
        Ok(())
    }

    /// What was deleted and is not said yet is never said.
    fn take_back(&mut self, turns: &[u8]) {
        let mut never = Vec::new();
        let wanted = (0..).zip(&self.after.notes).filter(|(_, note)| note.said == Said::Wanted);
        // The first may be on its way; when it is heard of it is changed.
        for (place, note) in wanted.skip(1) {
            if let What::Answer(turn, ..) = note.what
                && turns.contains(&turn)
            {
                never.push(place);
            }
        }
        for note in never {
            self.change(InterviewChange::SaidIs { note, said: Said::Never });
        }
    }

    /// The turns in which a member was, or is to be, interviewed, and that are not deleted.
    fn own_turns(&self, member: MemberId) -> Result<Vec<u8>, Refusal> {
        let turns = (0..).zip(&self.after.turns);
        let own: Vec<u8> = turns
            .filter(|(_, turn)| turn.candidate == member && !turn.deleted)
            .map(|(number, _)| number)
            .collect();
        match (own.is_empty(), self.after.turns.first()) {
            (false, _) => Ok(own),
            (true, Some(turn)) if turn.candidate != member => {
                let was = self.after.turns.iter().any(|turn| turn.candidate == member);
                let refusal = Refusal::OnlyCandidate(turn.candidate);
                Err(if was { Refusal::NotAnyMore } else { refusal })
            }
            (true, Some(_) | None) => Err(Refusal::NotAnyMore),
        }
    }
}

impl Interview {
    /// What is kept of a turn for its candidate.
    fn past(&self, number: u8, turn: &Turn, at: jiff::Timestamp) -> Past {
        let sealed =
            |by: MemberId| self.cards.get(&(number, by)).filter(|card| card.sealed.is_some());
        let others: Vec<_> = turn.interviewers.iter().filter_map(|by| sealed(*by)).collect();
        let own = sealed(turn.candidate);
        let dimensions = self.plan.rubric.dimensions.iter().enumerate();
        let bands = dimensions.map(|(place, dimension)| {
            let of = |card: &&super::state::Card| card.bands.get(place).copied().flatten();
            PastBand {
                dimension: dimension.title.clone(),
                others: mean(others.iter().filter_map(of)),
                own: mean(own.iter().filter_map(of)),
            }
        });
        let mut points = (0, 0);
        for (question, asked) in (0..).zip(&turn.asked) {
            if self.is_judged(number, question) {
                let made: std::collections::BTreeSet<_> = asked.ticked.values().flatten().collect();
                points.0 += u16::from(small(made.len()));
                points.1 += u16::from(small(asked.question.key_points.len()));
            }
        }
        Past {
            interview: self.id,
            at: turn.begun.unwrap_or(at),
            plan: self.plan.title.clone(),
            interviewers: small(others.len()),
            bands: bands.collect(),
            questions: small(turn.asked.len()),
            points,
        }
    }
}

/// The mean of some bands in tenths, where the lowest band is 10.
fn mean(bands: impl Iterator<Item = u8>) -> Option<u8> {
    let tenths: Vec<u32> = bands.map(|band| (u32::from(band) + 1) * 10).collect();
    let count = u32::try_from(tenths.len()).ok().filter(|count| *count > 0)?;
    u8::try_from((tenths.iter().sum::<u32>() + count / 2) / count).ok()
}
