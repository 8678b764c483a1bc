//! Random lives of a team: members, clocks, failures, lost news and crashes in any order. Whatever
//! happens, the promises hold: one daily for a channel and date, one message and one answer for a
//! post, one day for a date, and a state that is the fold of its journal.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::{Date, time};
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::QuestionBank;
use mockingbird::practice::effect::{Attempt, Failure, OrderId};
use mockingbird::practice::input::{
    Ask, Call, DailyCall, Interaction, Place, Press, Reactor, Wanted,
};
use mockingbird::practice::rules::{Days, Rules, Schedule, Zone};
use mockingbird::practice::view::View;
use mockingbird::practice::{
    Change, ChannelId, Effect, Input, MemberId, MessageId, Moment, Outcome, PostId, Team,
};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use crate::story::question;

const CHANNELS: [ChannelId; 2] = [ChannelId(11), ChannelId(12)];
const MEMBERS: [MemberId; 3] = [MemberId(1), MemberId(2), MemberId(3)];
/// Zones of dailies, an hour apart so that a daily of a wrong date is noticed.
const ZONES: [&str; 2] = ["UTC", "Europe/Berlin"];
/// How long the world remembers nonces.
const NONCE_REMEMBERED: SignedDuration = SignedDuration::from_mins(3);

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    /// Everything in flight lands so, all news arrive, and minutes pass.
    Pass(Fate, u16),
    /// The first effect of a lane lands; its news is on its way.
    Land(Fate, usize),
    /// A news arrives, perhaps not for the last time.
    Hear {
        which: usize,
        again: bool,
    },
    /// The process dies, and another one starts after so many minutes.
    Crash(u16),
    /// A new session of the gateway.
    Connect,
    Quiz(usize, usize),
    Daily(usize, DailyVerb),
    /// A daily is removed and set again for a time so many minutes from now.
    Renew(usize, u16),
    /// A member reacts to a question, and the bot sees it or does not.
    React {
        who: usize,
        which: usize,
        seen: bool,
    },
    Show(usize, usize),
    /// The config gives the first channel a daily at this hour, or none, from the next start on.
    Config(Option<i8>),
}

/// How an effect ends.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Works,
    WorksUnheard,
    Unavailable,
    Refused,
}

#[derive(Clone, Copy, Debug)]
enum DailyVerb {
    Set(i8, &'static str),
    Pause,
    Resume,
    Skip,
    Now,
    Remove,
}

struct Life {
    team: Team,
    journal: Vec<Vec<u8>>,
    now: Timestamp,
    rules: Rules,
    /// What the config says at the next start.
    next_rules: Rules,
    bank: QuestionBank,
    next_id: u64,
    /// Effects that have left, in order for each channel; answers to requests have lanes of
    /// their own.
    lanes: BTreeMap<u64, VecDeque<Effect>>,
    news: VecDeque<(OrderId, Outcome)>,
    questions: Vec<Standing>,
    answers: Vec<Standing>,
    reactions: BTreeSet<(MessageId, MemberId)>,
    /// Where each request was made.
    asked: BTreeMap<u64, ChannelId>,
    /// Posts whose answer was refused somewhere, and posts whose message Discord refused.
    refused: BTreeSet<PostId>,
    /// The shortest streak that a member was seen to have on a date.
    streaks: BTreeMap<(MemberId, Date), u32>,
}

/// A message in the world.
struct Standing {
    post: PostId,
    daily: Option<Date>,
    channel: ChannelId,
    message: MessageId,
    nonce: String,
    at: Timestamp,
}

impl Life {
    fn new() -> Self {
        let mut life = Self {
            team: Team::new(),
            journal: Vec::new(),
            now: "2026-11-23T08:00:00Z".parse().expect("a timestamp"),
            rules: Rules::default(),
            next_rules: Rules::default(),
            bank: QuestionBank::of(["acid", "indexes", "joins"].map(question)),
            next_id: 1_000,
            lanes: BTreeMap::new(),
            news: VecDeque::new(),
            questions: Vec::new(),
            answers: Vec::new(),
            reactions: BTreeSet::new(),
            asked: BTreeMap::new(),
            refused: BTreeSet::new(),
            streaks: BTreeMap::new(),
        };
        life.rules.calendar.practice_days = Days::ALL;
        life.next_rules = life.rules.clone();
        life.connects();
        life.event(&Event::Daily(0, DailyVerb::Set(8, "UTC")));
        life
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn connects(&mut self) {
        self.happens(&Input::Connected { channels: CHANNELS.to_vec() });
    }

    fn happens(&mut self, input: &Input) {
        let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
        let decision = self.team.decide(moment, input);
        self.journal.push(postcard::to_allocvec(&decision.changes).expect("it can be written"));
        for change in &decision.changes {
            self.team.apply(change);
        }
        for effect in decision.effects {
            let lane = effect.channel().map_or_else(|| self.id(), |channel| channel.0);
            self.lanes.entry(lane).or_default().push_back(effect);
        }
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Pass(fate, minutes) => {
                self.settle(*fate);
                self.passes(i64::from(*minutes));
            }
            Event::Land(fate, lane) => {
                let lanes: Vec<u64> = self.lanes.keys().copied().collect();
                if !lanes.is_empty() {
                    self.lands(lanes[lane % lanes.len()], *fate);
                }
            }
            Event::Hear { which, again } => {
                if !self.news.is_empty() {
                    let which = which % self.news.len();
                    let (order, outcome) = self.news[which].clone();
                    if !again {
                        self.news.remove(which);
                    }
                    self.happens(&Input::Delivered { order, outcome });
                }
            }
            Event::Crash(minutes) => {
                self.lanes.clear();
                self.news.clear();
                self.now += SignedDuration::from_mins(i64::from(*minutes));
                self.folds();
                self.rules = self.next_rules.clone();
                self.happens(&Input::Started);
                self.connects();
                self.wakes();
            }
            Event::Connect => self.connects(),
            Event::Quiz(who, channel) => self.calls(*who, *channel, Call::Quiz(Wanted::default())),
            Event::Daily(channel, verb) => {
                let call = verb.call(CHANNELS[channel % CHANNELS.len()]);
                self.calls(0, *channel, Call::Daily(call));
            }
            Event::Renew(channel, minutes) => {
                let at = self.now + SignedDuration::from_mins(i64::from(*minutes));
                let set = DailyCall::Set {
                    channel: None,
                    at: Some(at.to_zoned(jiff::tz::TimeZone::UTC).time()),
                    zone: None,
                    days: None,
                    topics: None,
                };
                self.calls(0, *channel, Call::Daily(DailyCall::Remove { channel: None }));
                self.calls(0, *channel, Call::Daily(set));
            }
            Event::React { who, which, seen } => {
                if !self.questions.is_empty() {
                    let standing = &self.questions[which % self.questions.len()];
                    let (channel, message) = (standing.channel, standing.message);
                    let member = MEMBERS[who % MEMBERS.len()];
                    self.reactions.insert((message, member));
                    if *seen {
                        let (by, emoji) = (Reactor::Person, "💡".to_owned());
                        self.happens(&Input::Reacted { channel, message, member, by, emoji });
                    }
                }
            }
            Event::Show(who, which) => {
                if !self.questions.is_empty() {
                    let post = self.questions[which % self.questions.len()].post;
                    self.calls(*who, 0, Call::Press(Press::Show(post)));
                }
            }
            Event::Config(at) => {
                let schedule = at.map(|at| Schedule {
                    at: time(at, 0, 0, 0),
                    zone: Zone::utc(),
                    days: Days::ALL,
                    topics: Vec::new(),
                    catch_up: Schedule::CATCH_UP,
                });
                self.next_rules.dailies =
                    schedule.into_iter().map(|schedule| (CHANNELS[0], schedule)).collect();
            }
        }
        self.promises();
    }

    fn calls(&mut self, who: usize, channel: usize, call: Call) {
        let interaction = Interaction { id: self.id(), token: String::new() };
        let member = MEMBERS[who % MEMBERS.len()];
        let channel = CHANNELS[channel % CHANNELS.len()];
        self.asked.insert(interaction.id, channel);
        let ask = Ask { interaction, member, channel, place: Place::Channel };
        self.happens(&Input::Called { ask, call: Ok(call) });
    }

    /// Everything in flight lands, and all news arrive, until nothing is left.
    fn settle(&mut self, fate: Fate) {
        for round in 0.. {
            assert!(round < 1_000, "it never comes to rest: {:?}", self.lanes);
            let Some(lane) = self.lanes.keys().next().copied() else { break };
            // A fate strikes once; after that everything works.
            self.lands(lane, if round == 0 { fate } else { Fate::Works });
            self.hears();
        }
        self.hears();
    }

    fn hears(&mut self) {
        while let Some((order, outcome)) = self.news.pop_front() {
            self.happens(&Input::Delivered { order, outcome });
        }
    }

    /// Time passes, and whatever wants to be woken on the way is; what that causes works.
    fn passes(&mut self, minutes: i64) {
        let until = self.now + SignedDuration::from_mins(minutes);
        while let Some(wakeup) = self.team.next_wakeup().filter(|wakeup| wakeup.at <= until) {
            self.now = self.now.max(wakeup.at);
            self.wakes();
            if self.now < until {
                self.settle(Fate::Works);
            }
        }
        self.now = until;
    }

    fn wakes(&mut self) {
        self.happens(&Input::Woke);
        let again = self.team.next_wakeup().filter(|wakeup| wakeup.at <= self.now);
        assert_eq!(again, None, "it wants to be woken for what it has just done");
    }

    /// The first effect of a lane ends.
    fn lands(&mut self, lane: u64, fate: Fate) {
        let Some(effects) = self.lanes.get_mut(&lane) else { return };
        let Some(effect) = effects.pop_front() else { return };
        if effects.is_empty() {
            self.lanes.remove(&lane);
        }
        let Some(order) = effect.order() else { return };
        let unavailable = Outcome::Failed(Failure::Unavailable { reason: String::new() });
        let outcome = match fate {
            Fate::Works => self.carried_out(&effect),
            Fate::WorksUnheard => {
                self.carried_out(&effect);
                unavailable
            }
            Fate::Unavailable => unavailable,
            // What came through before is not refused now.
            Fate::Refused if self.stands(&effect) => self.carried_out(&effect),
            Fate::Refused => {
                self.refused.insert(order.post);
                Outcome::Failed(Failure::NotAllowed)
            }
        };
        self.news.push_back((order, outcome));
    }

    fn stands(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Send { nonce, .. } => {
                self.questions.iter().chain(&self.answers).any(|standing| standing.nonce == *nonce)
            }
            Effect::Find { .. } | Effect::ReadReactions { .. } => true,
            Effect::Reply { .. }
            | Effect::Edit { .. }
            | Effect::React { .. }
            | Effect::OpenThread { .. } => false,
        }
    }

    fn carried_out(&mut self, effect: &Effect) -> Outcome {
        match effect {
            Effect::Reply { to, view, .. } => {
                let channel = self.asked[&to.id];
                self.puts(channel, view, String::new())
            }
            Effect::Send { channel, view, nonce, attempt, .. } => {
                let since = match attempt {
                    Attempt::Nonce => self.now - NONCE_REMEMBERED,
                    Attempt::LookFirst { since } => *since,
                };
                let known = self.questions.iter().chain(&self.answers);
                let known = known
                    .filter(|known| known.nonce == *nonce && known.channel == *channel)
                    .find(|known| known.at >= since);
                match known {
                    Some(known) => Outcome::Sent { message: known.message },
                    None => self.puts(*channel, view, nonce.clone()),
                }
            }
            Effect::Edit { .. } | Effect::React { .. } => Outcome::Done,
            Effect::OpenThread { message, .. } => Outcome::Opened { thread: ChannelId(message.0) },
            Effect::Find { post, .. } => {
                let known = self.questions.iter().find(|standing| standing.post == *post);
                known.map_or(Outcome::NotFound, |known| Outcome::Sent { message: known.message })
            }
            Effect::ReadReactions { message, .. } => Outcome::Reactors {
                members: MEMBERS
                    .into_iter()
                    .filter(|member| self.reactions.contains(&(*message, *member)))
                    .collect(),
            },
        }
    }

    fn puts(&mut self, channel: ChannelId, view: &View, nonce: String) -> Outcome {
        let message = MessageId(self.id());
        let at = self.now;
        match view {
            View::Question(question) => self.questions.push(Standing {
                post: question.post,
                daily: question.daily,
                channel,
                message,
                nonce,
                at,
            }),
            View::Answer { post, .. } => {
                let (post, daily) = (*post, None);
                self.answers.push(Standing { post, daily, channel, message, nonce, at });
            }
            other => panic!("nothing else is put into a channel: {other:?}"),
        }
        Outcome::Sent { message }
    }

    /// The state is the fold of its journal, with an image in the middle.
    fn folds(&mut self) {
        let mut team = Team::new();
        for (n, changes) in self.journal.iter().enumerate() {
            let changes: Vec<Change> = postcard::from_bytes(changes).expect("it can be read");
            for change in &changes {
                team.apply(change);
            }
            if n == self.journal.len() / 2 {
                let image = postcard::to_allocvec(&team).expect("an image");
                team = postcard::from_bytes(&image).expect("it can be read");
            }
        }
        assert_eq!(team, self.team, "the state is the fold of its changes");
        self.team = team;
    }

    /// What holds at every moment.
    fn promises(&mut self) {
        let mut seen = BTreeSet::new();
        for standing in &self.questions {
            assert!(seen.insert(standing.post), "a question stands twice: {}", standing.post);
        }
        let mut seen = BTreeSet::new();
        for standing in &self.questions {
            if let Some(date) = standing.daily {
                let once = seen.insert((standing.channel, date));
                assert!(once, "two dailies of {date} in {}", standing.channel);
                let its_date = |zone: &str| {
                    let zone = Zone::named(zone).expect("a zone");
                    standing.at.to_zoned(zone.rules().clone()).date() == date
                };
                let at = standing.at;
                assert!(ZONES.into_iter().any(its_date), "the daily of {date} came at {at}");
            }
        }
        let mut seen = BTreeSet::new();
        for standing in &self.answers {
            assert!(seen.insert(standing.post), "an answer was told twice: {}", standing.post);
        }
        let day_begins = SignedDuration::from_hours(4);
        let today = (self.now - day_begins).to_zoned(jiff::tz::TimeZone::UTC).date();
        for member in MEMBERS {
            let length = self.streak(member);
            let shortest = self.streaks.entry((member, today)).or_insert(length);
            assert!(length >= *shortest, "a streak got shorter within {today}");
            assert!(length <= *shortest + 1, "a streak grew twice on {today}");
        }
    }

    fn streak(&self, of: MemberId) -> u32 {
        let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
        let interaction = Interaction { id: 1, token: String::new() };
        let (member, channel) = (MemberId(99), CHANNELS[0]);
        let ask = Ask { interaction, member, channel, place: Place::Channel };
        let call = Ok(Call::Streak { of: Some(of) });
        let decision = self.team.decide(moment, &Input::Called { ask, call });
        match decision.effects.first() {
            Some(Effect::Reply { view, .. }) => match **view {
                View::StreakOf { length, best, .. } => {
                    assert!(length <= best);
                    length
                }
                ref other => panic!("a streak was asked for: {other:?}"),
            },
            other => panic!("a streak was asked for: {other:?}"),
        }
    }

    /// In the end, when everything works again, nothing that was asked for is missing.
    fn ends(&mut self) {
        self.settle(Fate::Works);
        self.event(&Event::Crash(0));
        self.settle(Fate::Works);
        self.passes(60);
        self.settle(Fate::Works);
        self.promises();
        let answered: BTreeSet<PostId> = self.answers.iter().map(|answer| answer.post).collect();
        for standing in &self.questions {
            let asked = self.reactions.iter().any(|(message, _)| *message == standing.message);
            let young = self.now.duration_since(standing.at) < SignedDuration::from_hours(29 * 24);
            if asked && young && !self.refused.contains(&standing.post) {
                assert!(answered.contains(&standing.post), "{} was not revealed", standing.post);
            }
        }
        assert!(self.lanes.is_empty(), "nothing is left to do: {:?}", self.lanes);
    }
}

impl DailyVerb {
    fn call(self, channel: ChannelId) -> DailyCall {
        let channel = Some(channel);
        match self {
            Self::Set(hour, zone) => DailyCall::Set {
                channel,
                at: Some(time(hour, 30, 0, 0)),
                zone: Zone::named(zone),
                days: Some(Days::ALL),
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

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Works),
        2 => Just(Fate::WorksUnheard),
        2 => Just(Fate::Unavailable),
        1 => Just(Fate::Refused),
    ]
}

fn daily_verb() -> impl Strategy<Value = DailyVerb> {
    prop_oneof![
        6 => (8_i8..16, prop::sample::select(ZONES.to_vec())).prop_map(|(hour, zone)| DailyVerb::Set(hour, zone)),
        1 => Just(DailyVerb::Pause),
        1 => Just(DailyVerb::Resume),
        1 => Just(DailyVerb::Skip),
        2 => Just(DailyVerb::Now),
        3 => Just(DailyVerb::Remove),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (fate(), 0_u16..40).prop_map(|(fate, minutes)| Event::Pass(fate, minutes)),
        3 => (fate(), 60_u16..2_000).prop_map(|(fate, minutes)| Event::Pass(fate, minutes)),
        8 => (fate(), 0_usize..4).prop_map(|(fate, lane)| Event::Land(fate, lane)),
        6 => (0_usize..4, any::<bool>()).prop_map(|(which, again)| Event::Hear { which, again }),
        2 => Just(Event::Crash(0)),
        2 => (1_u16..1_000).prop_map(Event::Crash),
        1 => Just(Event::Connect),
        3 => (0_usize..3, 0_usize..2).prop_map(|(who, channel)| Event::Quiz(who, channel)),
        4 => (0_usize..2, daily_verb()).prop_map(|(channel, verb)| Event::Daily(channel, verb)),
        2 => (0_usize..2, 1_u16..240).prop_map(|(channel, minutes)| Event::Renew(channel, minutes)),
        6 => (0_usize..3, 0_usize..6, any::<bool>())
            .prop_map(|(who, which, seen)| Event::React { who, which, seen }),
        2 => (0_usize..3, 0_usize..6).prop_map(|(who, which)| Event::Show(who, which)),
        1 => prop::option::of(0_i8..24).prop_map(Event::Config),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_the_promises_hold(events in prop::collection::vec(event(), 1..80)) {
        let mut life = Life::new();
        for event in &events {
            life.event(event);
        }
        life.ends();
    }
}
