//! The loop itself: what comes in is decided, what was decided is made durable, what is durable
//! leaves, what has left comes in again as an outcome.

mod release;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::SignedDuration;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, error, info, warn};

use super::alarms::Alarms;
use super::clock::chance;
use super::flood::Flood;
use super::outbox::{Done, Outbox};
use super::pending::Pending;
use super::rewrite::Rewrites;
use super::trouble::Troubles;
use super::{Clock, Hands, Incoming, Keeper, PATIENCE, Pace, STOPPING};
use crate::bank::QuestionBank;
use crate::command;
use crate::practice::input::{Ask, Call, Place, Press};
use crate::practice::own::{OwnPress, rewrite_wanted};
use crate::practice::rules::Rules;
use crate::practice::{Change, ChannelId, Input, Moment, Refusal, TeamId};
use crate::store::AppendError;

/// Everything that the loop works with.
#[derive(Debug)]
pub struct Run<H> {
    /// The rules of the config.
    pub rules: Rules,
    /// The questions.
    pub bank: Arc<QuestionBank>,
    /// The time.
    pub clock: Clock,
    /// The teams.
    pub keeper: Keeper,
    /// One `()` for each record that is durable.
    pub durable: mpsc::UnboundedReceiver<()>,
    /// How fast one person may ask.
    pub pace: Pace,
    /// How often a snapshot is written.
    pub snapshot_every: std::time::Duration,
    /// Those who carry effects out.
    pub hands: Arc<H>,
    /// What the gateway tells.
    pub incoming: mpsc::Receiver<Incoming>,
    /// Cancelled when it is time to stop.
    pub stop: CancellationToken,
}

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Everything decided is durable, and what was in flight has landed.
    Clean,
    /// Something was still in flight. It is settled at the next start.
    InFlight,
}

/// Runs until it is told to stop.
pub async fn run<H: Hands>(run: Run<H>) -> Stopped {
    let Run { rules, bank, clock, keeper, durable, pace, snapshot_every, hands, incoming, stop } =
        run;
    let work = Work {
        outbox: Outbox::new(Arc::clone(&hands), clock.clone()),
        rules,
        bank,
        clock,
        keeper,
        hands,
        flood: Flood::new(pace),
        alarms: Alarms::default(),
        pending: Pending::default(),
        held: VecDeque::new(),
        rewrites: Rewrites::default(),
        asides: TaskTracker::new(),
        expected: BTreeSet::new(),
        seen: BTreeSet::new(),
        troubles: Troubles::default(),
    };
    Box::pin(work.run(durable, incoming, snapshot_every, stop)).await
}

struct Work<H> {
    rules: Rules,
    bank: Arc<QuestionBank>,
    clock: Clock,
    keeper: Keeper,
    hands: Arc<H>,
    outbox: Outbox<H>,
    flood: Flood,
    alarms: Alarms,
    pending: Pending,
    /// What the store would not take yet.
    held: VecDeque<(TeamId, Input)>,
    rewrites: Rewrites,
    /// Completions and snapshots: nothing waits for them.
    asides: TaskTracker,
    /// Teams of this session that are not connected yet, and all channels seen so far: to tell
    /// which channels of the config file nobody knows.
    expected: BTreeSet<TeamId>,
    seen: BTreeSet<ChannelId>,
    troubles: Troubles,
}

impl<H: Hands> Work<H> {
    async fn run(
        mut self,
        mut durable: mpsc::UnboundedReceiver<()>,
        mut incoming: mpsc::Receiver<Incoming>,
        snapshot_every: std::time::Duration,
        stop: CancellationToken,
    ) -> Stopped {
        for team in self.keeper.ids() {
            self.input(team, Input::Started);
        }
        let mut health = self.keeper.health();
        let mut snapshots =
            tokio::time::interval_at(Instant::now() + snapshot_every, snapshot_every);
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(()) = durable.recv() => self.pending.durable(),
                done = self.outbox.done() => self.done(done),
                Some(incoming) = incoming.recv() => self.incoming(incoming),
                () = self.clock.wait_for(self.alarms.next()) => self.wake(),
                () = answer_overdue(self.pending.oldest_answer()) => self.give_up(),
                next = self.rewrites.next() => self.rewrite(next),
                _ = snapshots.tick() => self.snapshot(),
                Ok(()) = health.changed() => tell_health(&health.borrow_and_update()),
            }
            self.take_held();
            self.release();
        }
        self.finish(durable).await
    }

    /// Lets what is in flight land.
    async fn finish(mut self, mut durable: mpsc::UnboundedReceiver<()>) -> Stopped {
        info!("stopping: what is in flight may land");
        self.outbox.stop_consulting();
        let landed = tokio::time::timeout(STOPPING, async {
            loop {
                self.take_held();
                self.release();
                if self.pending.is_empty() && self.outbox.is_idle() && self.rewrites.is_idle() {
                    break;
                }
                tokio::select! {
                    Some(()) = durable.recv() => self.pending.durable(),
                    done = self.outbox.done() => self.done(done),
                    () = answer_overdue(self.pending.oldest_answer()) => self.give_up(),
                    next = self.rewrites.next() => self.rewrite(next),
                }
            }
        })
        .await;
        self.asides.close();
        self.asides.wait().await;
        let (keeper, clock) = (self.keeper, self.clock);
        let written = tokio::task::spawn_blocking(move || keeper.snapshot(&clock)).await;
        match written {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => warn!(%cause, "no last snapshot; the journal has everything"),
            Err(cause) => error!(%cause, "the last snapshot broke off; the journal has everything"),
        }
        if landed.is_ok() { Stopped::Clean } else { Stopped::InFlight }
    }

    fn incoming(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Ready { teams } => {
                info!(teams = teams.len(), "connected to Discord");
                self.expected = teams.into_iter().collect();
                // Private chats are not announced one by one. One of which nothing is left has
                // nothing to catch up with.
                for team in self.keeper.ids() {
                    let is_there = || !self.keeper.look(team, crate::practice::Team::is_nothing);
                    if matches!(team, TeamId::Private(_)) && is_there() {
                        self.input(team, Input::Connected { channels: Vec::new() });
                    }
                }
                self.tell_unknown_channels();
            }
            Incoming::Connected { team, channels } => {
                self.seen.extend(&channels);
                self.input(team, Input::Connected { channels });
                self.expected.remove(&team);
                self.tell_unknown_channels();
            }
            Incoming::Left { team } => {
                info!(%team, "the bot was taken out of a team; its state is kept");
            }
            Incoming::Invoked { team, ask, invocation } => {
                debug!(%team, command = invocation.name, "invoked");
                let call = command::parse(&self.bank, &self.rules.plans, &invocation);
                self.called(team, ask, call);
            }
            Incoming::Pressed { team, ask, custom_id } => {
                let press = command::button::press(&custom_id);
                let team = self.team_of(press.as_ref().ok(), &ask).unwrap_or(team);
                self.called(team, ask, press.map(Call::Press));
            }
            Incoming::Chosen { team, ask, custom_id, values } => {
                let call = command::button::menu(&custom_id).and_then(|menu| {
                    Ok(Call::Choose(menu, command::button::chosen(&custom_id, &values)?))
                });
                self.called(team, ask, call);
            }
            Incoming::Submitted { team, ask, custom_id, fields } => {
                let call = command::button::form(&custom_id);
                self.called(team, ask, call.map(|form| Call::Submit(form, fields)));
            }
            Incoming::Completing { ask, invocation, .. } => {
                let choices = command::complete(&self.bank, &self.rules.plans, &invocation);
                let hands = Arc::clone(&self.hands);
                self.asides.spawn(async move { hands.offer(&ask.interaction, &choices).await });
            }
            Incoming::Unknown { kind } => self.troubles.tell_strange(kind),
            Incoming::Reacted { team, channel, message, member, by, emoji } => {
                // A server tells of every reaction in it; what is no post's has nothing to wait for.
                if self.keeper.look(team, |team| team.has_post_at(channel, message)) {
                    self.input(team, Input::Reacted { channel, message, member, by, emoji });
                }
            }
        }
    }

    /// The team that a press is about where it is another one than that in whose place it was made:
    /// a reminder of a server's team is ended in a private chat. Whoever made the number up gets to
    /// no team that does not know them.
    fn team_of(&self, press: Option<&Press>, ask: &Ask) -> Option<TeamId> {
        let Some(Press::Own(OwnPress::ReminderOff(server))) = press else { return None };
        let team = TeamId::Server(*server);
        let knows = self.keeper.look(team, |team| team.knows(ask.member));
        (ask.place == Place::Private && knows).then_some(team)
    }

    fn called(&mut self, team: TeamId, ask: Ask, call: Result<Call, Refusal>) {
        if let Err(wait) = self.flood.ask(ask.member, call.as_ref().ok()) {
            debug!(%team, member = %ask.member, ?wait, "too many requests");
            self.refuse(team, &ask.interaction, Refusal::TooFast { wait });
            return;
        }
        // What is held is decided in its order, which may be too late for an answer.
        if self.held.is_empty() && self.keeper.has_room() {
            self.input(team, Input::Called { ask, call });
        } else {
            self.refuse(team, &ask.interaction, Refusal::Busy);
        }
    }

    /// Decides. What the store would not take is held until it does.
    fn input(&mut self, team: TeamId, input: Input) {
        if !self.held.is_empty() || !self.keeper.has_room() {
            self.held.push_back((team, input));
            return;
        }
        let moment = Moment {
            now: self.clock.now(),
            chance: chance(),
            bank: &self.bank,
            rules: &self.rules,
        };
        let decision = self.keeper.look(team, |state| state.decide(moment, &input));
        if decision.changes.is_empty() {
            self.pending.wait(Instant::now(), team, decision.effects);
        } else {
            match self.commit(team, &decision.changes) {
                Ok(()) => self.pending.appended(Instant::now(), team, decision.effects),
                Err(AppendError::Full { .. }) => self.held.push_back((team, input)),
                Err(cause) => {
                    error!(%team, %cause, "a decision could not be kept, so it was not made");
                    if let Input::Called { ask, .. } = input {
                        self.refuse(team, &ask.interaction, Refusal::CannotSave);
                    }
                    return;
                }
            }
        }
        self.set_alarm(team);
    }

    fn commit(&mut self, team: TeamId, changes: &[Change]) -> Result<(), AppendError> {
        // First: a crash in between costs one rewriting too many, and never leaves one out.
        if changes.contains(&Change::Dissolved) {
            self.keeper.commit(TeamId::NOBODY, &rewrite_wanted())?;
            self.pending.appended(Instant::now(), TeamId::NOBODY, Vec::new());
        }
        self.keeper.commit(team, changes)
    }

    fn set_alarm(&mut self, team: TeamId) {
        let wakeup = self.keeper.look(team, crate::practice::Team::next_wakeup);
        if let Some(wakeup) = wakeup {
            debug!(%team, at = %wakeup.at, why = ?wakeup.why, "alarm set");
        }
        self.alarms.set(team, wakeup.map(|wakeup| wakeup.at));
    }

    fn take_held(&mut self) {
        while self.keeper.has_room()
            && let Some((team, input)) = self.held.pop_front()
        {
            let held = std::mem::take(&mut self.held);
            self.input(team, input);
            self.held.extend(held);
        }
    }

    fn wake(&mut self) {
        let now = self.clock.now();
        while let Some(team) = self.alarms.due(now) {
            self.input(team, Input::Woke);
            let again = self.keeper.look(team, crate::practice::Team::next_wakeup);
            if again.is_some_and(|again| again.at <= now) && self.held.is_empty() {
                error!(%team, why = ?again, "a team wants to be woken for what it has just done");
                self.alarms.set(team, now.saturating_add(SignedDuration::from_mins(1)).ok());
            }
        }
    }

    fn done(&mut self, done: Done) {
        self.troubles.tell(&done);
        let Done { team, order, outcome, .. } = done;
        if let Some(order) = order {
            self.input(team, Input::Delivered { order, outcome });
        }
    }

    fn snapshot(&mut self) {
        self.flood.forget_the_quiet();
        self.rewrites.try_again(&self.keeper, &self.clock);
        let (keeper, clock) = (self.keeper.clone(), self.clock.clone());
        self.asides.spawn_blocking(move || {
            if let Err(cause) = keeper.snapshot(&clock) {
                warn!(%cause, "no snapshot this time; the journal has everything");
            }
        });
    }

    /// Says once which channels of the config file no team has.
    fn tell_unknown_channels(&mut self) {
        if !self.expected.is_empty() {
            return;
        }
        for (channel, _) in &self.rules.dailies {
            if !self.seen.contains(channel) {
                warn!(
                    %channel,
                    "the config file has a daily for a channel that the bot cannot see: check the \
                     id, invite the bot to that server, or give it View Channel there"
                );
            }
        }
    }
}

/// Ready when the oldest answer has waited too long; never while none waits.
async fn answer_overdue(since: Option<Instant>) {
    match since {
        Some(since) => tokio::time::sleep_until(since + PATIENCE).await,
        None => std::future::pending().await,
    }
}

fn tell_health(health: &crate::store::Health) {
    match health {
        crate::store::Health::Healthy => info!("the journal is written again"),
        crate::store::Health::Failing { attempts: 1, .. } => {
            error!("{health}; nothing is confirmed until it works, and nothing is lost");
        }
        crate::store::Health::Failing { .. } => debug!("{health}"),
    }
}
