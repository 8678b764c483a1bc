//! What goes wrong, in the log: what goes on for a while is said once, and that it is over. It
//! alters nothing that is done.

use std::collections::{BTreeMap, BTreeSet};

use tracing::{debug, info, warn};

use super::outbox::Done;
use crate::practice::effect::Failure;
use crate::practice::{ChannelId, Outcome};

/// So many channels in trouble are told of, and so many kinds of things that nobody understands.
const MOST: usize = 20;

/// What is known to go wrong.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// Where Discord could not be reached the last time, and how often in a row. Answers to
    /// requests have no channel.
    away: BTreeMap<Option<ChannelId>, u32>,
    /// What Discord told and nobody understood.
    strange: BTreeSet<String>,
}

impl Troubles {
    /// Something ended. Says whether that is to be told as a warning.
    fn is_news(&mut self, channel: Option<ChannelId>, outcome: &Outcome) -> bool {
        let Outcome::Failed(failure) = outcome else { return false };
        if !matches!(failure, Failure::Unavailable { .. }) {
            return true;
        }
        let room = self.away.len() < MOST;
        let times = self.away.entry(channel).or_default();
        *times += 1;
        *times == 1 && room
    }

    /// Puts what ended into the log, if it ended badly or well again.
    pub(super) fn tell(&mut self, done: &Done) {
        let Done { team, channel, order, outcome } = done;
        let is_news = self.is_news(*channel, outcome);
        let step = order.map(|order| tracing::field::debug(order.step));
        let shown = channel.map(tracing::field::display);
        if let Outcome::Failed(failure) = outcome {
            if is_news {
                warn!(%team, channel = shown, step, "not done: {}", told(failure));
            } else {
                debug!(%team, channel = shown, step, "not done: {}", told(failure));
            }
        } else if let Some(times @ 2..) = self.away.remove(channel) {
            info!(%team, channel = shown, step, "done again, after {times} failures");
        }
    }

    /// Says once of each kind what Discord tells and this version does not understand.
    pub(super) fn tell_strange(&mut self, kind: String) {
        let text = "Discord told something that this version does not understand";
        if self.strange.len() < MOST && !self.strange.contains(&kind) {
            warn!(%kind, "{text}; of this kind it is said once");
            self.strange.insert(kind);
        } else {
            debug!(%kind, "{text}");
        }
    }
}

/// What failed, and what somebody can do about it.
fn told(failure: &Failure) -> String {
    match failure {
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
                told += usize::from(troubles.is_news(Some(ChannelId(number)), &away()));
            }
        }
        assert_eq!(told, MOST);
    }

    #[test]
    fn a_refusal_is_told_each_time_because_each_is_another_question() {
        let mut troubles = Troubles::default();
        let refused = Outcome::Failed(Failure::NotAllowed);
        assert!(troubles.is_news(None, &refused) && troubles.is_news(None, &refused));
    }
}
