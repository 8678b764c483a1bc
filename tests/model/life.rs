//! The real team, with a disk, a gateway and a way to Discord that all can fail: it takes the
//! steps. What it may never do stands in `promises`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{Question, QuestionBank};
use mockingbird::practice::daily::DailyResult;
use mockingbird::practice::effect::{Failure, OrderId};
use mockingbird::practice::input::{
    Ask, Call, DailyCall, Interaction, Place, Press, Reactor, Wanted,
};
use mockingbird::practice::rules::{Rules, Zone};
use mockingbird::practice::view::View;
use mockingbird::practice::{
    Change, ChannelId, Effect, Input, MemberId, Moment, Outcome, PostId, Team,
};

use crate::naive::Fact;
use crate::plan::{Plan, STUCK_AT_MOST, id};
use crate::step::{Fate, Seen, Step, Verb, zone};
use crate::tally::Tally;
use crate::transcript;
use crate::world::World;

/// How long an answer waits for the disk before the member is told so.
const PATIENCE: SignedDuration = SignedDuration::from_secs(2);

pub(crate) struct Life {
    pub(crate) team: Team,
    pub(crate) bank: QuestionBank,
    pub(crate) rules: Rules,
    pub(crate) now: Timestamp,
    /// The changes of each decision, as they are stored.
    journal: Vec<Vec<u8>>,
    /// An image of the state, with the number of records in it.
    image: Option<(usize, Vec<u8>)>,
    /// Where the disk takes nothing: how many records it has, and what was known then.
    stuck: Option<(usize, Ledger)>,
    /// Effects whose changes are not on the disk.
    held: Vec<(Timestamp, Effect)>,
    /// Effects that have left, in order for each channel; answers to requests have lanes of
    /// their own.
    pub(crate) lanes: BTreeMap<u64, VecDeque<Effect>>,
    news: VecDeque<News>,
    /// Reactions that the gateway has not told yet.
    gateway: VecDeque<Input>,
    newest_request: Option<Input>,
    /// Whether a request comes that came before.
    pub(crate) repeats: bool,
    pub(crate) world: World,
    pub(crate) ledger: Ledger,
    /// Posts of which something did not work, or was cut off.
    pub(crate) disturbed: BTreeSet<PostId>,
    pub(crate) steps: usize,
    pub(crate) tally: Tally,
}

/// What was seen to happen and is on the disk, or will be.
#[derive(Clone, Default)]
pub(crate) struct Ledger {
    /// Who practised when, with the step.
    pub(crate) practised: Vec<(usize, MemberId, Timestamp)>,
    /// Whom a post has counted for.
    had: BTreeSet<(PostId, MemberId)>,
    /// What `/daily status` has said, and since when.
    pub(crate) said: BTreeMap<(ChannelId, Date), (DailyResult, Timestamp)>,
    /// The date that a channel was told would be left out.
    pub(crate) skips: BTreeMap<ChannelId, Date>,
    /// Dailies that are on their way.
    pub(crate) under_way: BTreeMap<PostId, (ChannelId, Date)>,
    /// Dailies that were on their way when somebody removed the daily of the channel.
    pub(crate) removed: BTreeMap<(ChannelId, Date), Timestamp>,
}

/// News of an effect.
#[derive(Clone)]
struct News {
    order: OrderId,
    outcome: Outcome,
}

impl Life {
    pub(crate) fn begins(plan: &Plan) -> Self {
        let mut life = Self {
            team: Team::new(),
            bank: QuestionBank::of(["acid", "indexes", "joins"].map(question)),
            rules: plan.rules.clone(),
            now: plan.now,
            journal: Vec::new(),
            image: None,
            stuck: None,
            held: Vec::new(),
            lanes: BTreeMap::new(),
            news: VecDeque::new(),
            gateway: VecDeque::new(),
            newest_request: None,
            repeats: false,
            world: World::default(),
            ledger: Ledger::default(),
            disturbed: BTreeSet::new(),
            steps: 0,
            tally: Tally::begins(plan.now),
        };
        life.connects(plan);
        life
    }

    /// Takes a step, after which the plan is this.
    pub(crate) fn takes(&mut self, plan: &Plan, step: &Step) {
        self.steps = plan.steps;
        self.tally.step(step);
        transcript::step(self, plan, step);
        let until = plan.now;
        match step {
            Step::Pass { fate, .. } => {
                self.long_enough_for_the_disk(until);
                self.hears_the_gateway(plan);
                self.settles(plan, *fate, Fate::Works);
                self.passes(plan, until, Some(Fate::Works));
            }
            Step::Outage { fate, .. } => {
                self.long_enough_for_the_disk(until);
                self.settles(plan, *fate, *fate);
                self.passes(plan, until, Some(*fate));
            }
            Step::Wait { .. } => self.passes(plan, until, None),
            Step::Land { fate, lane } => {
                if let Some(lane) = pick(&self.lanes, *lane) {
                    self.lands(lane, *fate);
                }
            }
            Step::Hear { which, again } => {
                if let Some(which) = which.checked_rem(self.news.len()) {
                    let news = if *again {
                        self.news.get(which).cloned()
                    } else {
                        self.news.remove(which)
                    };
                    self.hears(plan, news.expect("it is there"));
                }
            }
            Step::Gateway { which, again } => {
                if let Some(which) = which.checked_rem(self.gateway.len()) {
                    let told = if *again {
                        self.gateway.get(which).cloned()
                    } else {
                        self.gateway.remove(which)
                    };
                    self.reacted(plan, &told.expect("it is there"));
                }
            }
            Step::Crash { from_image, .. } => self.crashes(plan, *from_image),
            Step::Snapshot if self.stuck.is_none() => {
                let image = postcard::to_allocvec(&self.team).expect("an image");
                self.image = Some((self.journal.len(), image));
            }
            Step::Disk { works: true } => self.disk_works(),
            Step::Disk { works: false } => {
                let ledger = self.ledger.clone();
                self.stuck.get_or_insert((self.journal.len(), ledger));
            }
            Step::Connect => self.connects(plan),
            Step::Quiz { who, channel, in_thread } => {
                let place = if *in_thread { Place::Thread } else { Place::Channel };
                self.calls(plan, *who, *channel, place, Call::Quiz(Wanted::default()));
            }
            Step::Daily { who, channel, verb } => {
                let call = Call::Daily(verb.call(*channel));
                self.calls(plan, *who, *channel, Place::Channel, call);
            }
            Step::Renew { channel, tens } => {
                let at = Some(plan.tens_from_now(*tens));
                let set =
                    DailyCall::Set { channel: None, at, zone: None, days: None, topics: None };
                let remove = Call::Daily(DailyCall::Remove { channel: None });
                self.calls(plan, 0, *channel, Place::Channel, remove);
                self.calls(plan, 0, *channel, Place::Channel, Call::Daily(set));
            }
            Step::React { who, which, seen } => self.reacts(plan, *who, *which, *seen),
            Step::Show { who, which } => {
                if let Some(standing) = self.world.question(*which) {
                    let call = Call::Press(Press::Show(standing.post));
                    self.calls(plan, *who, 0, Place::Channel, call);
                }
            }
            Step::Again => {
                if let Some(request) = self.newest_request.clone() {
                    self.repeats = true;
                    self.happens(plan, &request);
                    self.repeats = false;
                }
            }
            Step::Zone { who, zone: name } => {
                let call = Call::Zone { zone: Some(zone(name)) };
                let before = self.lengths();
                self.calls(plan, *who, 0, Place::Channel, call);
                self.no_streak_was_lost(&before);
            }
            Step::Delete { which } => {
                if let Some(standing) = self.world.question(*which) {
                    let message = standing.message;
                    self.world.delete(message);
                }
            }
            // The one is read at the next start, the other needs a disk.
            Step::Config(_) | Step::Snapshot => {}
        }
        assert_eq!(self.now, until, "the clocks agree");
    }

    fn connects(&mut self, plan: &Plan) {
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

    fn leave(&mut self, effects: impl IntoIterator<Item = Effect>) {
        for effect in effects {
            let lane = effect.channel().map_or_else(|| self.world.id(), |channel| channel.0);
            self.lanes.entry(lane).or_default().push_back(effect);
        }
    }

    /// Whose reaction the bot hears of in this input, for the first time as far as it counts.
    fn told(&self, input: &Input) -> Vec<(PostId, MemberId)> {
        let (channel, message, members) = match input {
            Input::Reacted { channel, message, member, .. } => (*channel, *message, vec![*member]),
            Input::Delivered { order, outcome: Outcome::Reactors { members } } => {
                let its = |standing: &&crate::world::Standing| {
                    standing.post == order.post
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

    /// A post of this name is a new one.
    pub(crate) fn forgets_who_had(&mut self, post: PostId) {
        self.ledger.had.retain(|(had, _)| *had != post);
    }

    fn calls(&mut self, plan: &Plan, who: usize, channel: usize, place: Place, call: Call) {
        let interaction = Interaction { id: self.world.id(), token: String::new() };
        let channel = id(channel);
        self.world.asked.insert(interaction.id, (channel, 0));
        let repeatable = matches!(call, Call::Quiz(_) | Call::Press(_));
        let ask = Ask { interaction, member: member(who), channel, place };
        let input = Input::Called { ask, call: Ok(call) };
        self.happens(plan, &input);
        if repeatable {
            self.newest_request = Some(input);
        }
    }

    fn reacts(&mut self, plan: &Plan, who: usize, which: usize, seen: Seen) {
        let Some(standing) = self.world.question(which).filter(|standing| !standing.gone) else {
            return;
        };
        let (channel, message, member) = (standing.channel, standing.message, member(who));
        self.world.reactions.insert((message, member));
        let (by, emoji) = (Reactor::Person, "💡".to_owned());
        let input = Input::Reacted { channel, message, member, by, emoji };
        match seen {
            Seen::AtOnce => self.reacted(plan, &input),
            Seen::Twice => {
                self.reacted(plan, &input);
                self.reacted(plan, &input);
            }
            Seen::Later => self.gateway.push_back(input),
            Seen::Never => {}
        }
    }

    /// The gateway tells of a reaction. What is no post's is not for the team.
    fn reacted(&mut self, plan: &Plan, input: &Input) {
        if let Input::Reacted { channel, message, .. } = input
            && self.team.has_post_at(*channel, *message)
        {
            self.happens(plan, input);
        }
    }

    fn hears_the_gateway(&mut self, plan: &Plan) {
        while let Some(input) = self.gateway.pop_front() {
            self.reacted(plan, &input);
        }
    }

    fn hears(&mut self, plan: &Plan, News { order, outcome }: News) {
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
    fn passes(&mut self, plan: &Plan, until: Timestamp, fate: Option<Fate>) {
        while let Some(wakeup) = self.team.next_wakeup().filter(|wakeup| wakeup.at <= until) {
            self.now = self.now.max(wakeup.at);
            self.wakes(plan);
            if let Some(fate) = fate {
                self.settles(plan, fate, fate);
            }
        }
        self.now = until;
    }

    fn wakes(&mut self, plan: &Plan) {
        self.happens(plan, &Input::Woke);
        let again = self.team.next_wakeup().filter(|wakeup| wakeup.at <= self.now);
        assert_eq!(again, None, "it wants to be woken for what it has just done");
    }

    /// The first effect of a lane ends.
    fn lands(&mut self, lane: u64, fate: Fate) {
        let effects = self.lanes.get_mut(&lane).expect("a lane");
        let effect = effects.pop_front().expect("no lane is empty");
        if effects.is_empty() {
            self.lanes.remove(&lane);
        }
        if let Some(order) = effect.order().filter(|_| fate != Fate::Works) {
            self.disturbed.insert(order.post);
        }
        let outcome = self.world.lands(self.now, &effect, fate);
        transcript::landed(&self.world, &effect, fate, outcome.as_ref());
        if let (Some(order), Some(outcome)) = (effect.order(), outcome) {
            self.news.push_back(News { order, outcome });
        }
    }

    fn long_enough_for_the_disk(&mut self, until: Timestamp) {
        if until.duration_since(self.now) > STUCK_AT_MOST {
            self.disk_works();
        }
    }

    /// The disk takes what waited, and what waited for it leaves. Answers that waited too long were
    /// given otherwise.
    fn disk_works(&mut self) {
        self.stuck = None;
        for (since, effect) in std::mem::take(&mut self.held) {
            if !matches!(effect, Effect::Reply { .. }) || self.now.duration_since(since) < PATIENCE
            {
                self.leave([effect]);
            } else if let Some(order) = effect.order() {
                self.disturbed.insert(order.post);
                let outcome = Outcome::Failed(Failure::Late);
                self.news.push_back(News { order, outcome });
            }
        }
    }

    /// The process dies, and another one starts from what the disk has.
    fn crashes(&mut self, plan: &Plan, from_image: bool) {
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

    fn folds(&self, image: Option<&(usize, Vec<u8>)>) -> Team {
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

    /// Where a member lives.
    pub(crate) fn zone_of(&self, who: usize) -> Zone {
        let call = Call::Zone { zone: None };
        match self.asks(member(who), call) {
            View::Zone { zone, .. } => zone,
            other => panic!("a zone was asked for: {other:?}"),
        }
    }

    /// What happened to a member, by the plan and by what was seen.
    pub(crate) fn facts(&self, plan: &Plan, who: usize) -> Vec<(Timestamp, Fact)> {
        let calendars = plan.known.calendars.iter();
        let calendars =
            calendars.map(|(step, at, calendar)| (*step, (*at, Fact::Calendar(calendar.clone()))));
        let moves = plan.known.moves.iter().filter(|(_, mover, ..)| *mover == who);
        let moves = moves.map(|(step, _, at, fact)| (*step, (*at, fact.clone())));
        let practised =
            self.ledger.practised.iter().filter(|(_, practised, _)| *practised == member(who));
        let practised = practised.map(|(step, _, at)| (*step, (*at, Fact::Practised)));
        let mut facts: Vec<_> = calendars.chain(moves).chain(practised).collect();
        facts.sort_by_key(|(step, _)| *step);
        facts.into_iter().map(|(_, fact)| fact).collect()
    }
}

impl Verb {
    pub(crate) fn call(self, channel: usize) -> DailyCall {
        let channel = Some(id(channel));
        match self {
            Self::Set { at, zone: name, days } => DailyCall::Set {
                channel,
                at: Some(at),
                zone: name.map(zone),
                days: Some(days),
                topics: None,
            },
            Self::Pause => DailyCall::Pause { channel },
            Self::Resume => DailyCall::Resume { channel },
            Self::Skip => DailyCall::Skip { channel },
            Self::Now => DailyCall::Now { channel },
            Self::Remove => DailyCall::Remove { channel },
        }
    }
}

pub(crate) fn member(who: usize) -> MemberId {
    MemberId(1 + who as u64)
}

fn pick<K: Copy, V>(map: &BTreeMap<K, V>, which: usize) -> Option<K> {
    map.keys().nth(which.checked_rem(map.len())?).copied()
}

fn question(id: &str) -> Question {
    Question::bare(id, "databases", &format!("What about {id}?"), &format!("So is {id}."))
}
