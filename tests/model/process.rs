//! The process of the bot: it decides, remembers, lets effects leave once the disk has their
//! changes, hears how they ended, and dies. It does not know why anything happens.

use jiff::{SignedDuration, Timestamp};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::{Change, Effect, Input, MemberId, Moment, Outcome, PostId, Team};

use crate::life::{Life, News};
use crate::plan::{Plan, STUCK_AT_MOST, id};
use crate::step::Fate;
use crate::transcript;
use crate::world::Standing;

/// How long an answer waits for the disk before the member is told so.
const PATIENCE: SignedDuration = SignedDuration::from_secs(2);

impl Life {
    pub(crate) fn connects(&mut self, plan: &Plan) {
        self.gateway.clear();
        self.happens(plan, &Input::Connected { channels: vec![id(0), id(1)] });
    }

    /// Something happens: it is decided, remembered and on its way to being done.
    pub(crate) fn happens(&mut self, plan: &Plan, input: &Input) {
        let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
        let decision = self.team.decide(moment, input);
        assert_eq!(decision, self.team.decide(moment, input), "the same is decided again");
        transcript::decision(&self.world, &decision);
        self.answers_once(input, &decision.effects);
        if !decision.changes.is_empty() {
            self.journal.push(postcard::to_allocvec(&decision.changes).expect("a record"));
        }
        let told = self.told(input);
        for change in &decision.changes {
            self.team.apply(change);
        }
        self.observes(plan, input, &decision, told);
        if self.stuck.is_some() {
            self.held.extend(decision.effects.into_iter().map(|effect| (self.now, effect)));
        } else {
            self.leave(decision.effects);
        }
    }

    pub(crate) fn leave(&mut self, effects: impl IntoIterator<Item = Effect>) {
        for effect in effects {
            let lane = effect.channel().map_or_else(|| self.world.id(), |channel| channel.0);
            self.lanes.entry(lane).or_default().push_back(effect);
        }
    }

    /// Whose reaction the bot hears of in this input, for the first time as far as it counts.
    pub(crate) fn told(&self, input: &Input) -> Vec<(PostId, MemberId)> {
        let (channel, message, members) = match input {
            Input::Reacted { channel, message, member, .. } => (*channel, *message, vec![*member]),
            Input::Delivered { order, outcome: Outcome::Reactors { members } } => {
                let its = |standing: &&Standing| {
                    order.post() == Some(standing.post)
                        && self.team.has_post_at(standing.channel, standing.message)
                };
                let Some(standing) = self.world.questions.iter().find(its) else {
                    return Vec::new();
                };
                (standing.channel, standing.message, members.clone())
            }
            _ => return Vec::new(),
        };
        if !self.team.has_post_at(channel, message) {
            return Vec::new();
        }
        let standing = self.world.questions.iter().find(|standing| standing.message == message);
        let post = standing.expect("it stands somewhere").post;
        members.into_iter().map(|member| (post, member)).collect()
    }

    /// They practised, unless this post counted for them before.
    pub(crate) fn practised(&mut self, post: PostId, member: MemberId, again: bool) {
        if self.ledger.had.insert((post, member)) || again {
            self.ledger.practised.push((self.steps, member, self.now));
        }
    }

    /// A post of this name is a new one: an earlier one was over, and so are its effects.
    pub(crate) fn forgets_who_had(&mut self, post: PostId) {
        self.news.retain(|news| news.order.post() != Some(post));
        self.ledger.had.retain(|(had, _)| *had != post);
    }

    pub(crate) fn hears(&mut self, plan: &Plan, News { order, outcome }: News) {
        self.happens(plan, &Input::Delivered { order, outcome });
    }

    /// Everything in flight lands, the first so and the rest so, and all news arrive, until nothing
    /// is left.
    pub(crate) fn settles(&mut self, plan: &Plan, mut fate: Fate, rest: Fate) {
        for round in 0.. {
            assert!(round < 2_000, "it never comes to rest: {:?}", self.lanes);
            while let Some(news) = self.news.pop_front() {
                self.hears(plan, news);
            }
            let Some(lane) = self.lanes.keys().next().copied() else { break };
            self.lands(lane, fate);
            fate = rest;
        }
    }

    /// Time passes, and whatever wants to be woken on the way is. What is in flight ends so, or
    /// stays there.
    pub(crate) fn passes(&mut self, plan: &Plan, until: Timestamp, fate: Option<Fate>) {
        while let Some(wakeup) = self.team.next_wakeup().filter(|wakeup| wakeup.at <= until) {
            self.now = self.now.max(wakeup.at);
            self.wakes(plan);
            if let Some(fate) = fate {
                self.settles(plan, fate, fate);
            }
        }
        self.now = until;
    }

    pub(crate) fn wakes(&mut self, plan: &Plan) {
        self.happens(plan, &Input::Woke);
        let again = self.team.next_wakeup().filter(|wakeup| wakeup.at <= self.now);
        assert_eq!(again, None, "it wants to be woken for what it has just done");
    }

    /// The first effect of a lane ends.
    pub(crate) fn lands(&mut self, lane: u64, fate: Fate) {
        let effects = self.lanes.get_mut(&lane).expect("a lane");
        let effect = effects.pop_front().expect("no lane is empty");
        if effects.is_empty() {
            self.lanes.remove(&lane);
        }
        if let Some(order) = effect.order().filter(|_| fate != Fate::Works) {
            self.disturbed.extend(order.post());
        }
        let effect = effect.leaving(self.now);
        let outcome = self.world.lands(self.now, &effect, fate);
        transcript::landed(&self.world, &effect, fate, outcome.as_ref());
        if let (Some(order), Some(outcome)) = (effect.order(), outcome) {
            self.news.push_back(News { order, outcome });
        }
    }

    pub(crate) fn long_enough_for_the_disk(&mut self, until: Timestamp) {
        if until.duration_since(self.now) > STUCK_AT_MOST {
            self.disk_works();
        }
    }

    /// The disk takes what waited, and what waited for it leaves. Answers that waited too long were
    /// given otherwise.
    pub(crate) fn disk_works(&mut self) {
        self.stuck = None;
        for (since, effect) in std::mem::take(&mut self.held) {
            if effect.answers().is_none() || self.now.duration_since(since) < PATIENCE {
                self.leave([effect]);
            } else if let Some(order) = effect.order() {
                self.disturbed.extend(order.post());
                let outcome = Outcome::Failed(Failure::Late);
                self.news.push_back(News { order, outcome });
            }
        }
    }

    /// The process dies, and another one starts from what the disk has.
    pub(crate) fn crashes(&mut self, plan: &Plan, from_image: bool) {
        self.lanes.clear();
        self.held.clear();
        self.news.clear();
        self.gateway.clear();
        self.disturbed.extend(self.ledger.under_way.keys());
        let lost = self.stuck.take();
        if let Some((records, ledger)) = &lost {
            self.journal.truncate(*records);
            self.ledger = ledger.clone();
            self.disturbed.extend(self.ledger.under_way.keys());
        }
        let whole = self.folds(None);
        let rest = self.folds(self.image.as_ref());
        assert_eq!(whole, rest, "an image and the rest of the journal are the whole journal");
        if lost.is_none() {
            assert_eq!(whole, self.team, "the state is the fold of its changes");
        }
        self.team = if from_image { rest } else { whole };
        self.now = plan.now;
        let before = self.lengths();
        self.rules = plan.rules.clone();
        self.happens(plan, &Input::Started);
        self.no_streak_was_lost(&before);
        self.wakes(plan);
        self.connects(plan);
        self.wakes(plan);
    }

    pub(crate) fn folds(&self, image: Option<&(usize, Vec<u8>)>) -> Team {
        let (records, mut team) = match image {
            None => (0, Team::new()),
            Some((records, image)) => (*records, postcard::from_bytes(image).expect("an image")),
        };
        for record in &self.journal[records..] {
            let changes: Vec<Change> = postcard::from_bytes(record).expect("a record");
            for change in &changes {
                team.apply(change);
            }
        }
        team
    }
}
