//! Forgetting a member: nothing of the team's state tells of them any more. That older files do
//! not either is the store's business, which the effect asks for.

use jiff::Span;
use jiff::civil::Time;

use super::OwnRefusal;
use super::change::SharedChange;
use super::draft::{Draft, WEST};
use super::view::OwnView;
use crate::practice::calendar::practice_date;
use crate::practice::change::Change;
use crate::practice::effect::{Effect, OrderId};
use crate::practice::ids::MemberId;
use crate::practice::input::{Ask, Place};
use crate::practice::interview::Interview;
use crate::practice::interview::state::{Over, Stage};
use crate::practice::post::{Origin, Post};
use crate::practice::refusal::Refusal;
use crate::practice::rules::Zone;
use crate::practice::team::Team;
use crate::practice::view::View;

/// Older files tell of nobody any more who was forgotten.
pub(super) fn rewritten() -> Change {
    Change::Shared(Box::new(SharedChange::Rewritten))
}

/// What is remembered of the end of a private chat outside of it.
pub fn rewrite_wanted() -> [Change; 2] {
    let wanted = Change::Shared(Box::new(SharedChange::RewriteWanted));
    [Change::Founded { seed: 0 }, wanted]
}

/// Who stands where somebody is forgotten. Among those who saw a post: the reaction of somebody who
/// is forgotten may stand there.
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
        self.decision.change(match ask.place {
            Place::Private => Change::Dissolved,
            Place::Channel | Place::Thread => Change::Forgotten { member: self.member },
        });
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
            if post.asked.remove(&member) {
                // Whoever asks next is not the first one.
                post.asked.insert(NOBODY);
            }
            post.seen.remove(&member);
            // Their reaction may stand there though nobody has seen it yet.
            post.seen.insert(NOBODY);
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

impl Team {
    /// Of those whose reactions stand at a post, all who cannot have been forgotten since. What
    /// stands there must bring nobody back, and nobody may remember whose it was: so where somebody
    /// is forgotten, only those count of whom more is known than can be since then.
    pub(in crate::practice) fn never_forgotten(
        &self,
        post: &Post,
        reactors: &[MemberId],
    ) -> Vec<MemberId> {
        if !post.seen.contains(&NOBODY) {
            return reactors.to_vec();
        }
        // Whoever was forgotten is at most as new to the team as the post, wherever they live.
        let claimed = practice_date(post.claimed, &Zone::utc(), Time::MIN);
        let before = claimed.saturating_sub(Span::new().days(i64::from(WEST)));
        let is_older = |member: &&MemberId| {
            let streak = self.members.get(member).and_then(|member| member.streak);
            streak.is_some_and(|streak| streak.began_before(before))
        };
        reactors.iter().filter(is_older).copied().collect()
    }
}

fn forget_interviewer(interview: &mut Interview, member: MemberId) {
    if interview.by == member {
        interview.by = NOBODY;
    }
    for people in [&mut interview.added, &mut interview.joined] {
        if people.remove(&member) {
            people.insert(NOBODY);
        }
    }
    interview.cards.retain(|(_, by), _| *by != member);
    if let Stage::Over { why: Over::Cancelled { by }, .. } = &mut interview.stage
        && *by == member
    {
        *by = NOBODY;
    }
    for turn in &mut interview.turns {
        // Whom nobody interviewed, the bot did.
        for other in turn.interviewers.iter_mut().filter(|other| **other == member) {
            *other = NOBODY;
        }
        for asked in &mut turn.asked {
            asked.ticked.remove(&member);
        }
    }
}
