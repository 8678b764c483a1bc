//! Quizzes and "Show me": what a member asks for, and what it counts for.

use std::sync::Arc;

use super::change::Change;
use super::decide::{Decision, Moment};
use super::effect::{Audience, Effect, Step};
use super::ids::{ChannelId, PostId};
use super::input::{Ask, Place, Wanted};
use super::own::Draft;
use super::post::{Origin, Post};
use super::refusal::Refusal;
use super::team::Team;
use crate::bank::Question;

impl Team {
    /// Posts a question for everybody in the channel, as the answer to the command.
    pub(super) fn quiz(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        wanted: &Wanted,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let post = PostId::of_interaction(ask.interaction.id);
        if self.posts.contains_key(&post) {
            // The same request once more: it is answered, or about to be.
            return Ok(());
        }
        let fitting = moment.bank.iter().filter(|question| wanted.fits(question));
        let question =
            self.draw(ask.channel, fitting).ok_or_else(|| Refusal::NothingFits(wanted.clone()))?;
        let origin = Origin::Quiz { by: ask.member };
        let claimed = claim(moment, decision, (post, ask.channel, ask.place), origin, question);
        decision.effect(Effect::Reply {
            to: ask.interaction.clone(),
            view: Box::new(claimed.view()),
            audience: Audience::Everyone,
            order: Some(claimed.order(Step::Send)),
        });
        Ok(())
    }

    /// Shows the answer of a post to one member alone, and counts the day for them.
    pub(super) fn show(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        post: PostId,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        // What a button carries is no proof: it counts where the post stands, and only there.
        let post = self.posts.get(&post).filter(|post| post.channel == ask.channel);
        let post = post.ok_or(Refusal::PostGone)?;
        if !post.seen.contains(&ask.member) {
            decision.change(Change::Shown { post: post.id, member: ask.member });
        }
        Draft::of(self, moment, ask.member, decision).show(ask, post);
        Ok(())
    }

    /// The next question for a channel.
    pub(super) fn draw<'q>(
        &self,
        channel: ChannelId,
        fitting: impl IntoIterator<Item = &'q Arc<Question>>,
    ) -> Option<Arc<Question>> {
        let empty = super::draw::History::default();
        let history = self.histories.get(&channel).unwrap_or(&empty);
        history.draw(self.seed.unwrap_or_default(), channel, fitting)
    }
}

/// Claims a post: from now on it is the only one of its name. Returns it as it will stand.
pub(super) fn claim(
    moment: Moment<'_>,
    decision: &mut Decision,
    (post, channel, place): (PostId, ChannelId, Place),
    origin: Origin,
    question: Arc<Question>,
) -> Post {
    let at = moment.now;
    decision.change(Change::PostClaimed {
        post,
        channel,
        place,
        origin,
        question: Arc::clone(&question),
        rule: moment.rules.reveal.clone(),
        at,
    });
    let rule = moment.rules.reveal.clone();
    Post::claimed((post, channel, place), origin, question, rule, at)
}
