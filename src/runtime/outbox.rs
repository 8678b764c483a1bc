//! What leaves: effects in order for each channel, channels side by side, answers to requests
//! ahead of everything. It decides nothing, and every effect with an order comes back as an
//! outcome, also when the code that carried it out broke.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::task::{Id, JoinSet};
use tracing::error;

use super::Hands;
use crate::practice::effect::{Failure, OrderId};
use crate::practice::{ChannelId, Effect, Outcome, TeamId};
use crate::words::render;

/// How many channels are served at the same time. Answers to requests do not count.
const CHANNELS_AT_ONCE: usize = 16;

/// Something that ended, and what it served.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) team: TeamId,
    /// Where it was to happen; none for an answer to a request.
    pub(super) channel: Option<ChannelId>,
    /// None where nobody waits for the outcome.
    pub(super) order: Option<OrderId>,
    pub(super) outcome: Outcome,
}

#[derive(Debug)]
pub(super) struct Outbox<H> {
    hands: Arc<H>,
    running: JoinSet<Outcome>,
    /// What runs, by the task that runs it.
    what: HashMap<Id, (TeamId, Option<OrderId>, Option<ChannelId>)>,
    /// What waits, for each channel that is being served.
    lanes: HashMap<ChannelId, VecDeque<(TeamId, Effect)>>,
    /// Channels that wait for their turn, in order.
    queue: VecDeque<ChannelId>,
    serving: usize,
}

impl<H: Hands> Outbox<H> {
    pub(super) fn new(hands: Arc<H>) -> Self {
        Self {
            hands,
            running: JoinSet::new(),
            what: HashMap::new(),
            lanes: HashMap::new(),
            queue: VecDeque::new(),
            serving: 0,
        }
    }

    /// Takes an effect in.
    pub(super) fn push(&mut self, team: TeamId, effect: Effect) {
        let Some(channel) = effect.channel() else { return self.start(team, effect) };
        if let Some(lane) = self.lanes.get_mut(&channel) {
            lane.push_back((team, effect));
        } else {
            self.lanes.insert(channel, VecDeque::from([(team, effect)]));
            self.queue.push_back(channel);
            self.serve();
        }
    }

    /// Whether nothing runs or waits.
    pub(super) fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// Waits for the next thing to end. Never ready while nothing runs.
    pub(super) async fn done(&mut self) -> Done {
        let (id, outcome) = match self.running.join_next_with_id().await {
            Some(Ok((id, outcome))) => (id, outcome),
            Some(Err(broken)) => {
                error!(cause = %broken, "an effect broke off; please report this");
                let reason = "the bot made a mistake; its log has more".to_owned();
                (broken.id(), Outcome::Failed(Failure::Unavailable { reason }))
            }
            None => std::future::pending().await,
        };
        let (team, order, channel) =
            self.what.remove(&id).expect("every task that runs was put down here");
        if let Some(channel) = channel {
            self.serving -= 1;
            if self.lanes.get(&channel).is_some_and(VecDeque::is_empty) {
                self.lanes.remove(&channel);
            } else {
                self.queue.push_back(channel);
            }
            self.serve();
        }
        Done { team, channel, order, outcome }
    }

    fn serve(&mut self) {
        while self.serving < CHANNELS_AT_ONCE
            && let Some(channel) = self.queue.pop_front()
        {
            if let Some((team, effect)) = self.lanes.get_mut(&channel).and_then(VecDeque::pop_front)
            {
                self.serving += 1;
                self.start(team, effect);
            }
        }
    }

    fn start(&mut self, team: TeamId, effect: Effect) {
        let (order, channel) = (effect.order(), effect.channel());
        let hands = Arc::clone(&self.hands);
        let task = self.running.spawn(async move {
            let pages = pages(&effect);
            hands.perform(&effect, &pages).await
        });
        self.what.insert(task.id(), (team, order, channel));
    }
}

fn pages(effect: &Effect) -> Vec<crate::words::Message> {
    match effect {
        Effect::Reply { view, .. } | Effect::Send { view, .. } | Effect::Edit { view, .. } => {
            render(view)
        }
        Effect::React { .. }
        | Effect::OpenThread { .. }
        | Effect::Find { .. }
        | Effect::ReadReactions { .. } => Vec::new(),
    }
}
