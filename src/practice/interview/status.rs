//! What `/mock` tells a member, and which interview it means.

use std::sync::Arc;

use super::facts::small;
use super::state::{Interview, Stage, Thread};
use super::view::{InterviewView, StatusView};
use crate::practice::decide::{Decision, Moment};
use crate::practice::ids::InterviewId;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;
use crate::practice::view::View;

impl Team {
    /// The interview whose thread this is, else the only one of the member's that is not over.
    pub(super) fn meant(&self, ask: &Ask) -> Result<&Interview, Refusal> {
        let here = self.interviews.values().filter(|one| one.place() == Some(ask.channel));
        // A private chat sees one after another.
        if let Some(here) = here.max_by_key(|one| (!one.is_closed(), one.since, one.id)) {
            return Ok(here);
        }
        let theirs = || self.interviews.values().filter(|one| one.people().contains(&ask.member));
        let mut open = theirs().filter(|one| !one.is_closed());
        if let Some(one) = open.next() {
            let unfinished = || theirs().filter(|one| one.is_unfinished());
            return match (open.next(), unfinished().next()) {
                (None, _) => Ok(one),
                // Whose scorecards are missing waits; what is under way is meant.
                (Some(_), Some(one)) if unfinished().count() == 1 => Ok(one),
                (Some(_), _) => Err(Refusal::NoInterviewHere),
            };
        }
        // What could not be opened in its thread can be seen in no other way.
        let lost = theirs().filter(|one| {
            matches!(one.thread, Thread::Lost(_)) && matches!(one.stage, Stage::Opened { .. })
        });
        lost.max_by_key(|one| (one.since, one.id)).ok_or(Refusal::NoInterviewHere)
    }

    /// The interview that a button names, if it was pressed where it takes place: what a button
    /// carries is no proof.
    pub(super) fn named(&self, ask: &Ask, id: InterviewId) -> Result<&Interview, Refusal> {
        let here = self.interviews.get(&id).filter(|one| one.place() == Some(ask.channel));
        here.ok_or(Refusal::InterviewGone)
    }

    /// `/mock status`.
    pub(super) fn mock_status(&self, ask: &Ask, decision: &mut Decision) -> Result<(), Refusal> {
        let status = self.meant(ask)?.status(ask).ok_or(Refusal::NoInterviewHere)?;
        decision.tell(ask, View::Interview(Box::new(InterviewView::Status(status))));
        Ok(())
    }

    /// `/mock history`.
    pub(super) fn mock_history(&self, ask: &Ask, decision: &mut Decision) {
        let past = self.members.get(&ask.member).map(|member| member.past.as_slice());
        let past = past.unwrap_or_default().iter().rev().cloned().collect();
        decision.tell(ask, View::Interview(Box::new(InterviewView::History { past })));
    }

    /// `/mock plans`.
    pub(super) fn mock_plans(moment: Moment<'_>, ask: &Ask, decision: &mut Decision) {
        let plans = moment.rules.plans.iter().map(Arc::clone).collect();
        let left_out = moment.rules.plans.left_out().map(Arc::clone).collect();
        let view = InterviewView::Plans { plans, left_out };
        decision.tell(ask, View::Interview(Box::new(view)));
    }
}

impl Interview {
    /// How it stands, for whoever asks.
    fn status(&self, ask: &Ask) -> Option<StatusView> {
        let member = ask.member;
        let (_, turn) = self.turn()?;
        let is_judging = matches!(self.stage, Stage::Judging { .. });
        let own = self.turns.iter().any(|turn| turn.candidate == member && !turn.deleted);
        let shows_cards = matches!(self.thread, Thread::Lost(_)) && self.people().contains(&member);
        let opened = (0..small(self.turns.len()))
            .filter(|_| shows_cards)
            .filter_map(|turn| self.opened(turn))
            .filter(|opened| opened.deleted || !opened.questions.is_empty());
        Some(StatusView {
            plan: Arc::clone(&self.plan),
            candidate: turn.candidate,
            interviewers: turn.interviewers.clone(),
            thread: self.thread.clone(),
            here: self.place() == Some(ask.channel),
            stage: self.stage,
            questions: (small(turn.asked.len()), small(self.of())),
            ends: (self.stage == Stage::Running).then(|| self.turn_ends(turn)),
            missing: if is_judging { self.done_and_missing().1 } else { Vec::new() },
            trouble: match &self.thread {
                Thread::Refused(failure) => Some(failure.clone()),
                Thread::Wanted(_) | Thread::Open(_) | Thread::Lost(_) => None,
            },
            delete: own.then_some(self.id),
            opened: opened.collect(),
        })
    }
}
