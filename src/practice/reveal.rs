//! Reactions: who asked for an answer, when that is enough, and what follows.

use super::change::Change;
use super::decide::{Decision, Moment};
use super::ids::{ChannelId, MemberId, MessageId};
use super::input::{Place, Reactor};
use super::own::{Draft, Key};
use super::post::{Post, Reveal};
use super::team::Team;

impl Team {
    /// Somebody reacted to something.
    pub(super) fn react(
        &self,
        moment: Moment<'_>,
        (channel, message): (ChannelId, MessageId),
        member: MemberId,
        by: Reactor,
        emoji: &str,
        decision: &mut Decision,
    ) {
        if by == Reactor::Bot {
            return;
        }
        if let Some(post) = self.post_at(channel, message)
            && same_emoji(emoji, &post.rule.emoji)
        {
            self.ask_for(moment, post, &[member], decision);
        }
    }

    /// These members asked for the answer of a post, perhaps not for the first time.
    pub(super) fn ask_for(
        &self,
        moment: Moment<'_>,
        post: &Post,
        members: &[MemberId],
        decision: &mut Decision,
    ) {
        let mut members: Vec<_> =
            members.iter().copied().filter(|member| !post.asked.contains(member)).collect();
        members.sort_unstable();
        members.dedup();
        if members.is_empty() {
            return;
        }
        for member in members.iter().filter(|member| !post.seen.contains(member)) {
            self.practise(moment, *member, decision);
        }
        for member in &members {
            Draft::of(self, moment, *member, decision).meet(Key::of(&post.question.id));
        }
        let enough = post.asked.len() + members.len() >= usize::from(post.rule.reactions);
        decision.change(Change::Asked { post: post.id, members: members.clone() });
        if post.reveal == Reveal::Closed && enough {
            let mut after = post.clone();
            after.asked.extend(members);
            after.reveal = match post.place {
                Place::Channel => Reveal::Opening { since: moment.now },
                Place::Thread | Place::Private => {
                    Reveal::Telling { channel: post.channel, since: moment.now }
                }
            };
            reveal(moment, &after, decision);
        }
    }
}

/// The reveal of a post has come this far: remember it and do what follows.
pub(super) fn reveal(moment: Moment<'_>, after: &Post, decision: &mut Decision) {
    decision.change(Change::Revealed { post: after.id, reveal: after.reveal });
    decision.effects.extend(after.reveal_effect(moment.now));
}

/// The same emoji may come with or without the sign that asks for a colored picture (U+FE0F).
fn same_emoji(one: &str, other: &str) -> bool {
    let bare = |emoji: &str| emoji.replace('\u{fe0f}', "");
    bare(one) == bare(other)
}
