//! What leaves: effects in order for each channel, channels side by side, answers to requests
//! ahead of everything, reactions that nobody saw behind everything. It decides nothing, and every effect with an order comes back as an
//! outcome, also when the code that carried it out broke.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::error;

use super::{Clock, Hands};
use crate::practice::effect::{Failure, OrderId};
use crate::practice::{ChannelId, Effect, Outcome, TeamId};
use crate::words::render;

/// How many channels are served at the same time. Answers to requests do not count.
const CHANNELS_AT_ONCE: usize = 16;

/// How many of them may be read for reactions that nobody saw. After a new session of the gateway
/// there may be thousands of these; nobody waits for them as for a question or an answer.
const CATCHING_AT_ONCE: usize = 8;

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
    clock: Clock,
    running: JoinSet<Outcome>,
    /// Ends every wait for a coach.
    no_coach: CancellationToken,
    /// What runs, by the task that runs it.
    what: HashMap<Id, Running>,
    /// Every channel in which something runs or waits.
    lanes: HashMap<ChannelId, Lane>,
    /// Channels that wait for their turn, in order; those that only catch up come after them.
    queue: VecDeque<ChannelId>,
    catching: VecDeque<ChannelId>,
    serving: usize,
    serving_catching: usize,
}

/// Something that runs.
#[derive(Debug)]
struct Running {
    team: TeamId,
    order: Option<OrderId>,
    channel: Option<ChannelId>,
    catching: bool,
}

/// What waits in one channel.
#[derive(Debug, Default)]
struct Lane {
    waiting: VecDeque<(TeamId, Effect)>,
    /// Reactions to be read: these come when nothing else waits.
    catching: VecDeque<(TeamId, Effect)>,
    runs: bool,
    /// Whether the channel stands in the queue, and in that of those that catch up.
    queued: bool,
    queued_catching: bool,
}

impl<H: Hands> Outbox<H> {
    pub(super) fn new(hands: Arc<H>, clock: Clock) -> Self {
        Self {
            hands,
            clock,
            running: JoinSet::new(),
            no_coach: CancellationToken::new(),
            what: HashMap::new(),
            lanes: HashMap::new(),
            queue: VecDeque::new(),
            catching: VecDeque::new(),
            serving: 0,
            serving_catching: 0,
        }
    }

    /// Takes an effect in.
    pub(super) fn push(&mut self, team: TeamId, effect: Effect) {
        let Some(channel) = effect.channel() else { return self.start(team, effect) };
        let lane = self.lanes.entry(channel).or_default();
        if is_catching(&effect) {
            lane.catching.push_back((team, effect));
        } else {
            lane.waiting.push_back((team, effect));
        }
        self.line_up(channel);
        self.serve();
    }

    /// Nobody waits for a coach any more: whoever asked one is told that it did not answer.
    pub(super) fn stop_consulting(&self) {
        self.no_coach.cancel();
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
        let Running { team, order, channel, catching } =
            self.what.remove(&id).expect("every task that runs was put down here");
        if let Some(channel) = channel {
            self.serving -= 1;
            self.serving_catching -= usize::from(catching);
            if let Some(lane) = self.lanes.get_mut(&channel) {
                lane.runs = false;
            }
            self.line_up(channel);
            self.serve();
        }
        Done { team, channel, order, outcome }
    }

    /// Puts a channel into the queues of what waits in it, or forgets it.
    fn line_up(&mut self, channel: ChannelId) {
        let Some(lane) = self.lanes.get_mut(&channel).filter(|lane| !lane.runs) else { return };
        if lane.waiting.is_empty() && lane.catching.is_empty() {
            self.lanes.remove(&channel);
            return;
        }
        if !lane.waiting.is_empty() && !lane.queued {
            lane.queued = true;
            self.queue.push_back(channel);
        }
        if !lane.catching.is_empty() && !lane.queued_catching {
            lane.queued_catching = true;
            self.catching.push_back(channel);
        }
    }

    fn serve(&mut self) {
        while self.serving < CHANNELS_AT_ONCE
            && let Some((team, effect)) = self.next()
        {
            self.serving += 1;
            self.serving_catching += usize::from(is_catching(&effect));
            self.start(team, effect);
        }
    }

    /// What is to be done next. A channel in which something runs lines up again after that.
    fn next(&mut self) -> Option<(TeamId, Effect)> {
        while let Some(channel) = self.queue.pop_front() {
            let Some(lane) = self.lanes.get_mut(&channel) else { continue };
            lane.queued = false;
            if !lane.runs
                && let Some(next) = lane.waiting.pop_front()
            {
                lane.runs = true;
                return Some(next);
            }
        }
        while self.serving_catching < CATCHING_AT_ONCE
            && let Some(channel) = self.catching.pop_front()
        {
            let Some(lane) = self.lanes.get_mut(&channel) else { continue };
            lane.queued_catching = false;
            if !lane.runs
                && let Some(next) = lane.catching.pop_front()
            {
                lane.runs = true;
                return Some(next);
            }
        }
        None
    }

    fn start(&mut self, team: TeamId, effect: Effect) {
        let running = Running {
            team,
            order: effect.order(),
            channel: effect.channel(),
            catching: is_catching(&effect),
        };
        let hands = Arc::clone(&self.hands);
        let effect = effect.leaving(self.clock.now()).from_team(team);
        let no_coach = self.no_coach.clone();
        let task = self.running.spawn(async move {
            let pages = pages(&effect);
            let outcome = hands.perform(&effect, &pages).await;
            match (effect, outcome) {
                (Effect::Consult { to, asking, .. }, Outcome::Done) => {
                    let opinion = no_coach.run_until_cancelled(hands.consult(&asking)).await;
                    Outcome::Opined { to, opinion: opinion.flatten() }
                }
                (_, outcome) => outcome,
            }
        });
        self.what.insert(task.id(), running);
    }
}

const fn is_catching(effect: &Effect) -> bool {
    matches!(effect, Effect::ReadReactions { .. })
}

fn pages(effect: &Effect) -> Vec<crate::words::Message> {
    match effect {
        Effect::Reply { view, .. }
        | Effect::Update { view, .. }
        | Effect::Consult { view, .. }
        | Effect::Amend { view, .. }
        | Effect::Send { view, .. }
        | Effect::Whisper { view, .. }
        | Effect::Edit { view, .. } => render(view),
        Effect::Rewrite { then, .. } => match then {
            Some((_, view)) => render(view),
            None => Vec::new(),
        },
        Effect::Acknowledge { .. }
        | Effect::Form { .. }
        | Effect::StartThread { .. }
        | Effect::AddToThread { .. }
        | Effect::React { .. }
        | Effect::OpenThread { .. }
        | Effect::Find { .. }
        | Effect::FindReply { .. }
        | Effect::ReadReactions { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::command::Choice;
    use crate::judge::{Asking, Opinion};
    use crate::practice::effect::{Attempt, Step};
    use crate::practice::input::Interaction;
    use crate::practice::{MemberId, MessageId, PostId};
    use crate::words::Message;

    const TEAM: TeamId = TeamId::Server(1);

    /// Hands that only write down what they are asked to do, and where.
    #[derive(Debug, Default)]
    struct Scribe(Mutex<Vec<(&'static str, u64)>>);

    impl Hands for Scribe {
        async fn perform(&self, effect: &Effect, _: &[Message]) -> Outcome {
            let what = match effect {
                Effect::Send { attempt: Attempt::Nonce { .. }, .. } => "send",
                Effect::Send { attempt: Attempt::LookFirst { .. }, .. } => "look and send",
                Effect::ReadReactions { .. } => "catch",
                Effect::React { .. } => "react",
                Effect::Consult { to, .. } if to.token == "late" => {
                    return Outcome::Failed(Failure::Late);
                }
                Effect::Consult { .. } => "update",
                Effect::Reply { .. }
                | Effect::Update { .. }
                | Effect::Amend { .. }
                | Effect::Acknowledge { .. }
                | Effect::Form { .. }
                | Effect::StartThread { .. }
                | Effect::AddToThread { .. }
                | Effect::Rewrite { .. }
                | Effect::Whisper { .. }
                | Effect::Edit { .. }
                | Effect::OpenThread { .. }
                | Effect::Find { .. }
                | Effect::FindReply { .. } => "something else",
            };
            let channel = effect.channel().map_or(0, |channel| channel.0);
            self.0.lock().expect("nobody broke").push((what, channel));
            tokio::task::yield_now().await;
            Outcome::Done
        }

        async fn consult(&self, asking: &Asking) -> Option<Opinion> {
            self.0.lock().expect("nobody broke").push(("consult", 0));
            // A question of its own: this one never answers.
            if asking.question == "never" { std::future::pending().await } else { None }
        }

        async fn offer(&self, _: &Interaction, _: &[Choice]) {}
    }

    fn order(step: Step) -> OrderId {
        OrderId::of_post(PostId(1), step)
    }

    fn catch(channel: u64) -> Effect {
        let (channel, message, emoji) = (ChannelId(channel), MessageId(2), "💡".to_owned());
        Effect::ReadReactions { order: order(Step::Catch), channel, message, emoji }
    }

    fn react(channel: u64) -> Effect {
        let (channel, message, emoji) = (ChannelId(channel), MessageId(2), "💡".to_owned());
        Effect::React { order: order(Step::React), channel, message, emoji }
    }

    /// What was done, in order.
    async fn done(effects: impl IntoIterator<Item = Effect>) -> Vec<(&'static str, u64)> {
        let scribe = Arc::new(Scribe::default());
        let mut outbox = Outbox::new(Arc::clone(&scribe), Clock::default());
        let mut count = 0;
        for effect in effects {
            outbox.push(TEAM, effect);
            count += 1;
        }
        for _ in 0..count {
            outbox.done().await;
        }
        assert!(outbox.is_idle() && outbox.lanes.is_empty());
        assert_eq!((outbox.queue.len(), outbox.catching.len(), outbox.serving), (0, 0, 0));
        let done = scribe.0.lock().expect("nobody broke").clone();
        assert_eq!(done.len(), count);
        done
    }

    #[tokio::test]
    async fn what_waited_for_too_long_is_looked_for_before_it_is_sent() {
        let scribe = Arc::new(Scribe::default());
        let clock = Clock::default();
        let mut outbox = Outbox::new(Arc::clone(&scribe), clock.clone());
        let now = clock.now();
        let send = Effect::Send {
            order: order(Step::Send),
            channel: ChannelId(5),
            reply_to: None,
            after: None,
            view: Box::new(crate::practice::view::View::Help),
            nonce: "p1".to_owned(),
            attempt: Attempt::at(now, now),
        };
        for effect in [send.clone(), react(5), send] {
            outbox.push(TEAM, effect);
        }
        // The first one runs; the others wait while the time passes.
        clock.forward_to(now + jiff::SignedDuration::from_mins(3));
        for _ in 0..3 {
            outbox.done().await;
        }
        let done = scribe.0.lock().expect("nobody broke").clone();
        assert_eq!(done, [("send", 5), ("react", 5), ("look and send", 5)]);
    }

    #[tokio::test]
    async fn a_channel_that_catches_up_does_what_is_new_first() {
        let effects = (0..50).map(|_| catch(5)).chain([react(5), react(5)]);
        let done = done(effects).await;
        assert_eq!(done[..4], [("catch", 5), ("react", 5), ("react", 5), ("catch", 5)]);
    }

    #[tokio::test]
    async fn channels_that_catch_up_leave_room_for_the_others() {
        let effects = (0..200).map(catch).chain((1000..1004).map(react)).chain([react(150)]);
        let done = done(effects).await;
        for channel in [150, 1000, 1001, 1002, 1003] {
            let place = done.iter().position(|done| *done == ("react", channel));
            assert!(place < Some(CHANNELS_AT_ONCE), "{channel}: {place:?}");
        }
    }

    #[tokio::test]
    async fn what_is_done_in_one_channel_keeps_its_order() {
        let scribe = Arc::new(Scribe::default());
        let mut outbox = Outbox::new(Arc::clone(&scribe), Clock::default());
        for number in 0..30_u64 {
            let order = OrderId::of_post(PostId(number), Step::React);
            let (channel, message) = (ChannelId(number % 3), MessageId(number));
            let emoji = "💡".to_owned();
            outbox.push(TEAM, catch(number % 3));
            outbox.push(TEAM, Effect::React { order, channel, message, emoji });
        }
        let mut posts = Vec::new();
        for _ in 0..60 {
            let done = outbox.done().await;
            if let Some(OrderId::Post { post, step: Step::React }) = done.order {
                posts.push(post.0);
            }
        }
        for channel in 0..3 {
            let here = posts.iter().filter(|post| *post % 3 == channel);
            assert!(here.is_sorted(), "{posts:?}");
        }
    }

    fn consult(question: &str, token: &str) -> Effect {
        use crate::practice::own::Flow;
        use crate::practice::view::View;
        let (question, text) = (question.to_owned(), "a word".to_owned());
        Effect::Consult {
            order: OrderId::Coach { member: MemberId(1), typed: 2, flow: Flow::Here },
            to: Interaction { id: 3, token: token.to_owned() },
            view: Box::new(View::Help),
            asking: Box::new(Asking { question, points: Vec::new(), text }),
        }
    }

    /// What comes of it, and what was done.
    async fn consulted(question: &str, token: &str, stop: bool) -> (Outcome, Vec<&'static str>) {
        let scribe = Arc::new(Scribe::default());
        let mut outbox = Outbox::new(Arc::clone(&scribe), Clock::default());
        outbox.push(TEAM, consult(question, token));
        if stop {
            outbox.stop_consulting();
        }
        let done = outbox.done().await;
        assert!(matches!(done.order, Some(OrderId::Coach { .. })) && outbox.is_idle());
        let what = scribe.0.lock().expect("nobody broke").iter().map(|(what, _)| *what).collect();
        (done.outcome, what)
    }

    #[tokio::test]
    async fn a_coach_is_asked_once_the_member_was_answered_and_never_when_that_came_too_late() {
        let (outcome, done) = consulted("soon", "token", false).await;
        let to = Interaction { id: 3, token: "token".to_owned() };
        assert_eq!(
            (outcome, done),
            (Outcome::Opined { to, opinion: None }, vec!["update", "consult"])
        );
        let (outcome, done) = consulted("soon", "late", false).await;
        assert_eq!((outcome, done), (Outcome::Failed(Failure::Late), Vec::new()));
    }

    #[tokio::test]
    async fn whoever_stops_waits_for_no_coach() {
        let (outcome, _) = consulted("never", "token", true).await;
        let to = Interaction { id: 3, token: "token".to_owned() };
        assert_eq!(outcome, Outcome::Opined { to, opinion: None });
    }
}
