//! How an interview comes to be: who may start one, who gathers in the lobby, and when it begins.

use std::sync::Arc;

use super::InterviewChange;
use super::draft::Draft;
use super::draw::unfit;
use super::fold::{MOST_INTERVIEWS, asked_for};
use super::notes::{As, LOBBY};
use super::state::{Over, Stage, Thread, Turn, What};
use crate::plans::PlanId;
use crate::practice::change::Change;
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{Audience, Effect, Errand, OrderId};
use crate::practice::ids::{InterviewId, MemberId};
use crate::practice::input::{Ask, Place};
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;
use crate::practice::view::View;

/// So many interviews that one member asked for wait for their scorecards at most.
const MOST_OPEN: usize = 10;

/// Whom an interview is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) plan: &'a PlanId,
    pub(super) candidate: Option<MemberId>,
    pub(super) interviewers: &'a [MemberId],
    pub(super) public: bool,
}

impl Team {
    /// `/mock start`.
    pub(super) fn start_interview(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        named: Named<'_>,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let id = InterviewId(ask.interaction.id);
        if self.interviews.contains_key(&id) {
            // The same request once more: it is answered, or about to be.
            return Ok(());
        }
        let unknown = || Refusal::UnknownPlan { asked: named.plan.to_string(), nearest: None };
        let plan = moment.rules.plans.get(named.plan).ok_or_else(unknown)?;
        let turn = turn_of(ask, named)?;
        if plan.swap && turn.interviewers.len() != 1 {
            return Err(Refusal::PlanNeedsTwo);
        }
        let thread = match ask.place {
            Place::Thread => return Err(Refusal::OnlyInChannels),
            Place::Private if !turn.interviewers.is_empty() => {
                return Err(Refusal::OnlyInChannels);
            }
            Place::Private => Thread::Open(ask.channel),
            Place::Channel => Thread::Wanted(moment.now),
        };
        for member in turn.interviewers.iter().copied().chain([turn.candidate]) {
            self.is_free(ask, member)?;
        }
        self.has_room(ask)?;
        if let Some(section) = unfit(plan, moment.bank) {
            return Err(Refusal::NothingFitsSection(section.title.clone()));
        }
        let change = InterviewChange::Asked {
            channel: ask.channel,
            thread,
            public: named.public,
            plan: Arc::clone(plan),
            by: ask.member,
            turn,
            stage: Stage::Lobby { until: super::facts::later(moment.now, LOBBY) },
            at: moment.now,
        };
        let interview = asked_for(id, &change).ok_or(Refusal::NotNow)?;
        decision.change(Change::Interview { interview: id, change: Box::new(change) });
        let view = interview.announced(As::First).ok_or(Refusal::NotNow)?;
        decision.effect(Effect::Reply {
            to: ask.interaction.clone(),
            view: Box::new(View::Interview(Box::new(view))),
            audience: Audience::Everyone,
            order: Some(OrderId::Interview { interview: id, errand: Errand::Announce }),
        });
        let mut draft = Draft::new(self, moment, interview, decision);
        // A change says what came of it, so that no later rule alters who was there.
        for member in draft.after.here_at_once() {
            draft.change(InterviewChange::Joined { member, at: moment.now });
        }
        if ask.place == Place::Private {
            draft.gathered();
        }
        draft.finish();
        Ok(())
    }

    /// Nobody fills the memory with interviews that wait for their scorecards, nor the team's.
    fn has_room(&self, ask: &Ask) -> Result<(), Refusal> {
        let open = || self.interviews.values().filter(|one| !one.is_closed());
        if open().filter(|one| one.by == ask.member).count() >= MOST_OPEN {
            return Err(Refusal::TooManyInterviews(MOST_OPEN));
        }
        if open().count() >= MOST_INTERVIEWS { Err(Refusal::Busy) } else { Ok(()) }
    }

    /// Nobody has two interviews at the same time.
    fn is_free(&self, ask: &Ask, member: MemberId) -> Result<(), Refusal> {
        let other = self
            .interviews
            .values()
            .find(|other| other.is_unfinished() && other.people().contains(&member));
        match other {
            Some(other) => {
                let elsewhere = |place: &_| member == ask.member && *place != ask.channel;
                let thread = other.place().filter(elsewhere);
                Err(Refusal::HasInterview { member, thread })
            }
            None => Ok(()),
        }
    }
}

/// Who is interviewed by whom.
fn turn_of(ask: &Ask, named: Named<'_>) -> Result<Turn, Refusal> {
    let candidate = named.candidate.unwrap_or(ask.member);
    let mut interviewers = named.interviewers.to_vec();
    if interviewers.is_empty() && candidate != ask.member {
        interviewers.push(ask.member);
    }
    let mut seen = vec![candidate];
    for member in &interviewers {
        if seen.contains(member) {
            return Err(Refusal::SamePersonTwice(*member));
        }
        seen.push(*member);
    }
    Ok(Turn::new(candidate, interviewers))
}

impl Draft<'_> {
    /// The thread is open: people gather, or it begins where nobody has to be waited for.
    pub(super) fn thread_is_open(&mut self) {
        let Stage::Lobby { .. } = self.after.stage else { return };
        if self.after.is_alone() {
            self.gathered();
        } else {
            self.stage(Stage::Lobby { until: self.in_(LOBBY) });
            self.say(What::Lobby);
        }
    }

    /// Everybody who is waited for is there.
    pub(super) fn gathered(&mut self) {
        let Some((_, turn)) = self.after.turn() else { return };
        let (candidate, interviewers) = (turn.candidate, turn.interviewers.clone());
        self.begin_turn(candidate, interviewers);
    }

    /// A member joins; it begins when all are there.
    pub(super) fn join(&mut self, ask: &Ask) -> Result<(), Refusal> {
        if self.after.is_under_way() && self.after.joined.contains(&ask.member) {
            // It began just before they pressed.
            self.acknowledge(ask);
            return Ok(());
        }
        self.in_lobby(ask)?;
        if !self.after.joined.contains(&ask.member) {
            self.change(InterviewChange::Joined { member: ask.member, at: self.moment.now });
        }
        if self.after.people().is_subset(&self.after.joined) {
            self.gathered();
        }
        self.acknowledge(ask);
        Ok(())
    }

    /// The candidate begins with those who are there; the others stay out.
    pub(super) fn begin_early(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.in_lobby(ask)?;
        let Some((_, turn)) = self.after.turn() else { return Err(Refusal::NotNow) };
        if ask.member != turn.candidate {
            return Err(Refusal::OnlyCandidate(turn.candidate));
        }
        let candidate = turn.candidate;
        let mut interviewers = turn.interviewers.clone();
        interviewers.retain(|member| self.after.joined.contains(member));
        if interviewers.is_empty() {
            return Err(Refusal::NoInterviewerHere);
        }
        if !self.after.joined.contains(&candidate) {
            self.change(InterviewChange::Joined { member: candidate, at: self.moment.now });
        }
        self.begin_turn(candidate, interviewers);
        self.acknowledge(ask);
        Ok(())
    }

    /// Somebody of it calls it off.
    pub(super) fn cancel(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.in_lobby(ask)?;
        self.over(Over::Cancelled { by: ask.member });
        self.acknowledge(ask);
        Ok(())
    }

    /// Nobody waits any longer.
    pub(super) fn nobody_came(&mut self) {
        let why = match self.after.thread {
            Thread::Wanted(_) => Over::NoThread,
            Thread::Open(_) | Thread::Lost(_) | Thread::Refused(_) => Over::NobodyCame,
        };
        self.over(why);
    }

    fn in_lobby(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.takes_part(ask.member)?;
        match self.after.stage {
            Stage::Lobby { .. } => {
                self.touch();
                Ok(())
            }
            Stage::Running
            | Stage::Paused { .. }
            | Stage::Judging { .. }
            | Stage::Opened { .. }
            | Stage::Over { .. } => Err(Refusal::NotNow),
        }
    }

    pub(super) fn takes_part(&self, member: MemberId) -> Result<(), Refusal> {
        let takes_part = self.after.people().contains(&member);
        takes_part.then_some(()).ok_or(Refusal::OnlyParticipants)
    }
}
