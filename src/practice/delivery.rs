//! Outcomes: what follows when an effect has ended, well or badly. An outcome that comes twice, or
//! too late to matter, changes nothing.

use super::change::Change;
use super::daily::DailyResult;
use super::decide::{Decision, Moment};
use super::effect::{Failure, Outcome, Step};
use super::ids::{MessageId, PostId};
use super::post::{Origin, Post, Reaction, Reveal};
use super::reveal::reveal;
use super::team::Team;

impl Team {
    /// An effect came to an end.
    pub(super) fn deliver(
        &self,
        moment: Moment<'_>,
        (post, step): (PostId, Step),
        outcome: &Outcome,
        decision: &mut Decision,
    ) {
        let Some(post) = self.posts.get(&post) else {
            return;
        };
        if let Outcome::Failed(Failure::MessageGone) = outcome
            && post.message.is_some()
        {
            decision.change(Change::PostDropped { post: post.id });
            return;
        }
        match step {
            Step::Send | Step::Find if post.message.is_none() => {
                self.sent(moment, post, step, outcome, decision);
            }
            Step::React if post.reaction == Reaction::Wanted => {
                reacted(moment, post, outcome, decision);
            }
            Step::Notice if post.reaction == Reaction::Refused => {
                if unavailable(outcome) {
                    delay(moment, post, decision);
                } else {
                    settle(post, Reaction::Noticed, decision);
                }
            }
            Step::Send | Step::Find | Step::React | Step::Notice => {}
            Step::Catch if unavailable(outcome) => delay(moment, post, decision),
            Step::Catch => {
                if post.catch {
                    decision.change(Change::Caught { post: post.id });
                }
                if let Outcome::Reactors { members } = outcome {
                    let members = self.never_forgotten(post, members);
                    self.ask_for(moment, post, &members, decision);
                }
            }
            Step::Thread => thread_opened(moment, post, outcome, decision),
            Step::Tell => told(moment, post, outcome, decision),
        }
    }

    /// The question stands, or it does not.
    fn sent(
        &self,
        moment: Moment<'_>,
        post: &Post,
        step: Step,
        outcome: &Outcome,
        decision: &mut Decision,
    ) {
        match outcome {
            Outcome::Sent { message } => self.stands(moment, post, *message, decision),
            Outcome::Failed(Failure::Unavailable { .. }) => match (post.origin, step) {
                // An answer to a request cannot be repeated, but it may have come through.
                (Origin::Quiz { .. }, Step::Send) => decision.effect(post.find()),
                _ => delay(moment, post, decision),
            },
            Outcome::Failed(failure) => {
                self.over(moment, post, DailyResult::Refused(failure.clone()), decision);
                decision.change(Change::PostDropped { post: post.id });
            }
            Outcome::NotFound if post.may_be_on_its_way(moment.now) => {
                delay(moment, post, decision);
            }
            Outcome::NotFound
            | Outcome::Done
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => {
                self.over(moment, post, DailyResult::Missed, decision);
                decision.change(Change::PostDropped { post: post.id });
            }
        }
    }

    fn stands(&self, moment: Moment<'_>, post: &Post, message: MessageId, decision: &mut Decision) {
        decision.change(Change::PostStands { post: post.id, message });
        let late = self.lateness(moment, post);
        self.over(moment, post, DailyResult::Posted { late }, decision);
        let mut after = post.clone();
        after.message = Some(message);
        after.catch = true;
        decision.effects.extend(after.outstanding(moment.now));
    }

    /// Seconds from the time of a daily to now.
    fn lateness(&self, moment: Moment<'_>, post: &Post) -> u32 {
        let Origin::Daily { date } = post.origin else {
            return 0;
        };
        self.dailies
            .get(&post.channel)
            .and_then(|daily| daily.schedule.moment(date))
            .map_or(0, |at| u32::try_from(moment.now.duration_since(at).as_secs()).unwrap_or(0))
    }

    /// Remembers how a daily went; a quiz has no such book.
    pub(super) fn over(
        &self,
        moment: Moment<'_>,
        post: &Post,
        result: DailyResult,
        decision: &mut Decision,
    ) {
        if let Origin::Daily { date } = post.origin
            && self.dailies.contains_key(&post.channel)
        {
            let (channel, at) = (post.channel, moment.now);
            decision.change(Change::DailyOver { channel, date, result, at });
        }
    }

    /// Does what is outstanding for a post, after a delay or a crash, as long as it may still be
    /// done.
    pub(super) fn resume(&self, moment: Moment<'_>, post: &Post, decision: &mut Decision) {
        if post.delayed.is_some() {
            decision.change(Change::PostDelayed { post: post.id, until: None });
        }
        if let (Origin::Daily { date }, None) = (post.origin, post.message) {
            let schedule = self.dailies.get(&post.channel).map(|daily| &daily.schedule);
            let due = schedule
                .filter(|schedule| schedule.in_time(date, moment.now))
                .and_then(|schedule| schedule.moment(date));
            decision.effect(match due {
                Some(due) => post.send(moment.now, due),
                // Too late to send, but an earlier attempt may have come through.
                None => post.find(),
            });
            return;
        }
        decision.effects.extend(post.outstanding(moment.now));
    }
}

fn reacted(moment: Moment<'_>, post: &Post, outcome: &Outcome, decision: &mut Decision) {
    match outcome {
        Outcome::Failed(Failure::Unavailable { .. }) => delay(moment, post, decision),
        Outcome::Failed(_) => {
            settle(post, Reaction::Refused, decision);
            let after = Post { reaction: Reaction::Refused, ..post.clone() };
            decision.effects.extend(after.reaction_effect());
        }
        Outcome::Sent { .. }
        | Outcome::NotFound
        | Outcome::Done
        | Outcome::Opened { .. }
        | Outcome::Reactors { .. }
        | Outcome::Opined { .. } => settle(post, Reaction::Added, decision),
    }
}

/// The thread is open, or the answer becomes a reply.
fn thread_opened(moment: Moment<'_>, post: &Post, outcome: &Outcome, decision: &mut Decision) {
    let Reveal::Opening { since } = post.reveal else {
        return;
    };
    let channel = match outcome {
        Outcome::Opened { thread } => *thread,
        Outcome::Failed(Failure::Unavailable { .. }) => return delay(moment, post, decision),
        Outcome::Failed(_)
        | Outcome::Sent { .. }
        | Outcome::NotFound
        | Outcome::Done
        | Outcome::Reactors { .. }
        | Outcome::Opined { .. } => post.channel,
    };
    let telling = Reveal::Telling { channel, since };
    reveal(moment, &Post { reveal: telling, ..post.clone() }, decision);
}

/// The answer is public, or it is tried in the channel, or the button alone has it.
fn told(moment: Moment<'_>, post: &Post, outcome: &Outcome, decision: &mut Decision) {
    let Reveal::Telling { channel, since } = post.reveal else {
        return;
    };
    let next = match outcome {
        Outcome::Sent { .. } => Reveal::Told,
        Outcome::Failed(Failure::Unavailable { .. }) => return delay(moment, post, decision),
        Outcome::Failed(_)
        | Outcome::NotFound
        | Outcome::Done
        | Outcome::Opened { .. }
        | Outcome::Reactors { .. }
        | Outcome::Opined { .. } => {
            if channel == post.channel {
                Reveal::Failed
            } else {
                Reveal::Telling { channel: post.channel, since }
            }
        }
    };
    reveal(moment, &Post { reveal: next, ..post.clone() }, decision);
}

const fn unavailable(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Failed(Failure::Unavailable { .. }))
}

fn settle(post: &Post, reaction: Reaction, decision: &mut Decision) {
    decision.change(Change::ReactionSettled { post: post.id, reaction });
}

fn delay(moment: Moment<'_>, post: &Post, decision: &mut Decision) {
    let until = Some(post.retry_at(moment.now));
    decision.change(Change::PostDelayed { post: post.id, until });
}
