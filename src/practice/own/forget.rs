//! Forgetting a member: nothing of the team's state tells of them any more. That older files do
//! not either is the store's business, which the effect asks for.

use super::OwnRefusal;
use super::change::SharedChange;
use super::draft::Draft;
use super::view::OwnView;
use crate::practice::change::Change;
use crate::practice::effect::{Effect, OrderId};
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::interview::Interview;
use crate::practice::interview::state::{Over, Stage};
use crate::practice::post::Origin;
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;
use crate::practice::view::View;

/// Older files tell of nobody any more who was forgotten.
pub(super) fn rewritten() -> Change {
    Change::Shared(Box::new(SharedChange::Rewritten))
}

/// Who stands where somebody is forgotten.
const NOBODY: MemberId = MemberId::NOBODY;

impl Draft<'_> {
    /// Asks whether everything is to be forgotten.
    pub(super) fn forget_really(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.is_free()?;
        self.tell(ask, OwnView::ForgetReally);
        Ok(())
    }

    /// Forgets everything. Whoever asked is told when no file tells of them any more.
    pub(super) fn forget_for_good(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.is_free()?;
        self.decision.change(Change::Forgotten { member: self.member });
        let view = Box::new(View::Own(Box::new(OwnView::Forgotten)));
        let then = Some((ask.interaction.clone(), view));
        self.decision.effect(Effect::Rewrite { then, order: OrderId::Rewrite });
        Ok(())
    }

    /// Others need what a member has begun with them.
    fn is_free(&self) -> Result<(), OwnRefusal> {
        let member = self.member;
        let takes_part = |one: &&Interview| one.by == member || one.people().contains(&member);
        let mut open = self.team.interviews.values().filter(|one| !one.is_closed());
        match open.find(takes_part) {
            Some(interview) => Err(OwnRefusal::FinishInterviewFirst(interview.place())),
            None => Ok(()),
        }
    }
}

impl Team {
    /// Forgets a member.
    pub(in crate::practice) fn forget(&mut self, member: MemberId) {
        self.members.remove(&member);
        for post in self.posts.values_mut() {
            // Their reaction may still stand there, and must not bring them back when it is read.
            if post.asked.remove(&member) {
                post.asked.insert(NOBODY);
                post.catch = false;
            }
            post.seen.remove(&member);
            if post.origin == (Origin::Quiz { by: member }) {
                post.origin = Origin::Quiz { by: NOBODY };
            }
        }
        self.interviews.retain(|_, one| one.turns.iter().all(|turn| turn.candidate != member));
        for interview in self.interviews.values_mut() {
            forget_interviewer(interview, member);
        }
        let claimed = self.shared.digest.as_mut().and_then(|digest| digest.claimed.as_mut());
        if let Some(claim) = claimed {
            claim.week.first.retain(|(other, ..)| *other != member);
        }
        self.shared.rewrite = true;
    }
}

fn forget_interviewer(interview: &mut Interview, member: MemberId) {
    if interview.by == member {
        interview.by = NOBODY;
    }
    interview.added.remove(&member);
    interview.joined.remove(&member);
    interview.cards.retain(|(_, by), _| *by != member);
    if let Stage::Over { why: Over::Cancelled { by }, .. } = &mut interview.stage
        && *by == member
    {
        *by = NOBODY;
    }
    for turn in &mut interview.turns {
        turn.interviewers.retain(|other| *other != member);
        for asked in &mut turn.asked {
            asked.ticked.remove(&member);
        }
    }
}
