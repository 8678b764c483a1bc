//! What goes wrong, in the log: what goes on for a while is said once, and that it is over. It
//! alters nothing that is done.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use tracing::{debug, info, warn};

use super::outbox::Done;
use crate::practice::effect::{Failure, OrderId};
use crate::practice::{ChannelId, Outcome};

/// So many channels in trouble are told of, and so many kinds of things that nobody understands.
const MOST: usize = 20;

/// What no bot can do without: of these it is told whatever else there is.
const MATTER: [&str; 4] = ["READY", "GUILD_CREATE", "INTERACTION_CREATE", "MESSAGE_REACTION_ADD"];

/// Whether something that ended is worth telling.
#[derive(Debug, PartialEq, Eq)]
enum News {
    /// Nothing new.
    Known,
    /// It went wrong.
    Bad,
    /// It went well after so many failures.
    Again { times: u32 },
}

/// What is known to go wrong.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// Where Discord could not be reached the last time, how often in a row, and that this was told.
    /// Answers to requests have no channel.
    away: BTreeMap<Option<ChannelId>, u32>,
    /// What Discord told and nobody understood.
    strange: BTreeSet<String>,
}

impl Troubles {
    /// Something ended. Says whether that is to be told, and how.
    fn news(&mut self, channel: Option<ChannelId>, outcome: &Outcome) -> News {
        if let Outcome::Failed(Failure::Unavailable { .. }) = outcome {
            let has_room = self.away.len() < MOST;
            return match self.away.entry(channel) {
                Entry::Occupied(mut entry) => {
                    *entry.get_mut() += 1;
                    News::Known
                }
                Entry::Vacant(entry) if has_room => {
                    entry.insert(1);
                    News::Bad
                }
                Entry::Vacant(_) => News::Known,
            };
        }
        // Whatever it says, Discord is there again.
        match (self.away.remove(&channel), outcome) {
            (_, Outcome::Failed(_)) => News::Bad,
            (Some(times), _) => News::Again { times },
            (None, _) => News::Known,
        }
    }

    /// Puts what ended into the log, if it ended badly or well again.
    pub(super) fn tell(&mut self, done: &Done) {
        let Done { team, channel, order, outcome } = done;
        let step = order.map(|order| tracing::field::display(step_of(order)));
        let shown = channel.map(tracing::field::display);
        match (self.news(*channel, outcome), outcome) {
            (News::Again { times }, _) => {
                info!(%team, channel = shown, step, times, "done again, after failures");
            }
            (News::Bad, Outcome::Failed(failure)) => {
                warn!(%team, channel = shown, step, "not done: {}", told(*order, failure));
            }
            (_, Outcome::Failed(failure)) => {
                debug!(%team, channel = shown, step, "not done: {}", told(*order, failure));
            }
            (News::Bad | News::Known, _) => {}
        }
    }

    /// Says once of each kind what Discord tells and this version does not understand.
    pub(super) fn tell_strange(&mut self, kind: String) {
        let text = "Discord told something that this version does not understand";
        let has_room = self.strange.len() < MOST || MATTER.contains(&kind.as_str());
        if has_room && !self.strange.contains(&kind) {
            warn!(%kind, "{text}; of this kind it is said once");
            self.strange.insert(kind);
        } else {
            debug!(%kind, "{text}");
        }
    }
}

/// What was being done.
fn step_of(order: OrderId) -> String {
    match order {
        OrderId::Post { step, .. } => format!("{step:?}"),
        OrderId::Interview { errand, .. } => format!("{errand:?}"),
        OrderId::Reminder { .. } => "Reminder".to_owned(),
        OrderId::Digest { .. } => "Digest".to_owned(),
        OrderId::Coach { .. } => "Coach".to_owned(),
        OrderId::Rewrite => "Rewrite".to_owned(),
    }
}

const fn is_reminder(order: Option<OrderId>) -> bool {
    matches!(order, Some(OrderId::Reminder { .. }))
}

/// What failed, and what somebody can do about it.
fn told(order: Option<OrderId>, failure: &Failure) -> String {
    match failure {
        Failure::NotAllowed | Failure::NotHere if is_reminder(order) => {
            "the member takes no private messages from the bot; their reminders are off".to_owned()
        }
        Failure::NotAllowed => "Discord does not allow it: give the bot the permissions of its \
                                invite link in that channel"
            .to_owned(),
        Failure::ChannelGone => "the channel is gone, or the bot was taken out of it".to_owned(),
        Failure::MessageGone => "the message is gone; somebody has deleted it".to_owned(),
        Failure::NotHere => "this cannot be done in that channel or thread".to_owned(),
        Failure::Late => "the answer came too late, or twice; Discord took none".to_owned(),
        Failure::Refused { code, reason } => {
            format!("Discord refused it (code {code}: {reason}); please report this")
        }
        Failure::Unavailable { reason } => {
            format!("{reason}; what matters is tried again, and further failures are not told")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn away() -> Outcome {
        Outcome::Failed(Failure::Unavailable { reason: "503".to_owned() })
    }

    #[test]
    fn an_outage_is_told_once_a_channel_and_never_by_a_thousand_of_them() {
        let mut troubles = Troubles::default();
        let mut told = 0;
        for number in 0..1_000 {
            for _ in 0..3 {
                let news = troubles.news(Some(ChannelId(number)), &away());
                told += usize::from(news == News::Bad);
            }
        }
        assert_eq!(told, MOST);
        let mut over = 0;
        for number in 0..1_000 {
            let news = troubles.news(Some(ChannelId(number)), &Outcome::Done);
            over += usize::from(news == News::Again { times: 3 });
        }
        assert_eq!(over, MOST, "what was told is over, and nothing else");
    }

    #[test]
    fn a_channel_that_is_gone_after_an_outage_leaves_room_for_others() {
        let mut troubles = Troubles::default();
        for number in 0..100 {
            let channel = Some(ChannelId(number));
            assert_eq!(troubles.news(channel, &away()), News::Bad);
            let gone = Outcome::Failed(Failure::ChannelGone);
            assert_eq!(troubles.news(channel, &gone), News::Bad);
        }
        assert!(troubles.away.is_empty());
    }

    #[test]
    fn a_refusal_is_told_each_time_because_each_is_another_question() {
        let mut troubles = Troubles::default();
        let refused = Outcome::Failed(Failure::NotAllowed);
        assert_eq!(troubles.news(None, &refused), News::Bad);
        assert_eq!(troubles.news(None, &refused), News::Bad);
    }

    #[test]
    fn requests_that_nobody_understands_are_told_though_much_else_was_strange() {
        let mut troubles = Troubles::default();
        for kind in 0..100 {
            troubles.tell_strange(format!("KIND_{kind}"));
        }
        troubles.tell_strange("INTERACTION_CREATE".to_owned());
        assert!(troubles.strange.contains("INTERACTION_CREATE"));
        assert_eq!(troubles.strange.len(), MOST + 1);
    }
}
