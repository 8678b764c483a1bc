//! The real team, with a disk, a gateway and a way to Discord that all can fail: it takes the
//! steps. What it may never do stands in `promises`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{Question, QuestionBank, QuestionId};
use mockingbird::practice::daily::DailyResult;
use mockingbird::practice::effect::OrderId;
use mockingbird::practice::input::{
    Ask, Call, DailyCall, FormId, Interaction, Place, Press, Reactor, Wanted,
};
use mockingbird::practice::own::{Flow, Key, OwnForm};
use mockingbird::practice::rules::{Rules, Zone};
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, Effect, Input, MemberId, Outcome, PostId, Team};

use crate::naive::Fact;
use crate::plan::{Plan, id};
use crate::step::{Fate, Seen, Step, Verb, zone};
use crate::tally::Tally;
use crate::transcript;
use crate::world::{Standing, World};

pub(crate) struct Life {
    pub(crate) team: Team,
    pub(crate) bank: QuestionBank,
    pub(crate) rules: Rules,
    pub(crate) now: Timestamp,
    /// The changes of each decision, as they are stored.
    pub(crate) journal: Vec<Vec<u8>>,
    /// An image of the state, with the number of records in it.
    pub(crate) image: Option<(usize, Vec<u8>)>,
    /// Where the disk takes nothing: how many records it has, and what was known then.
    pub(crate) stuck: Option<(usize, Ledger)>,
    /// Effects whose changes are not on the disk.
    pub(crate) held: Vec<(Timestamp, Effect)>,
    /// Effects that have left, in order for each channel; answers to requests have lanes of
    /// their own.
    pub(crate) lanes: BTreeMap<u64, VecDeque<Effect>>,
    pub(crate) news: VecDeque<News>,
    /// Reactions that the gateway has not told yet.
    pub(crate) gateway: VecDeque<Input>,
    pub(crate) newest_request: Option<Input>,
    /// Whether a request comes that came before.
    pub(crate) repeats: bool,
    pub(crate) world: World,
    pub(crate) ledger: Ledger,
    /// Every zone that the daily of a channel ever had.
    pub(crate) zones: BTreeSet<(ChannelId, String)>,
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
    pub(crate) had: BTreeSet<(PostId, MemberId)>,
    /// What `/daily status` has said, and since when.
    pub(crate) said: BTreeMap<(ChannelId, Date), (DailyResult, Timestamp)>,
    /// The date that a channel was told would be left out.
    pub(crate) skips: BTreeMap<ChannelId, Date>,
    /// When the daily of a date was first on its way.
    pub(crate) claimed: BTreeMap<(ChannelId, Date), Timestamp>,
    /// Dailies that are on their way, and since when.
    pub(crate) under_way: BTreeMap<PostId, ((ChannelId, Date), Timestamp)>,
    /// Dailies that were on their way when somebody removed the daily of the channel, or when the
    /// bot came back after a month.
    pub(crate) let_go: BTreeMap<(ChannelId, Date), Timestamp>,
}

/// News of an effect.
#[derive(Clone)]
pub(crate) struct News {
    pub(crate) order: OrderId,
    pub(crate) outcome: Outcome,
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
            zones: BTreeSet::new(),
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
            Step::Quiz { .. }
            | Step::Daily { .. }
            | Step::Renew { .. }
            | Step::React { .. }
            | Step::Show { .. }
            | Step::Habit { .. }
            | Step::Again
            | Step::Zone { .. }
            | Step::Delete { .. } => self.somebody_acts(plan, step),
            // The one is read at the next start, the other needs a disk.
            Step::Config(_) | Step::Snapshot => {}
        }
        assert_eq!(self.now, until, "the clocks agree");
    }

    /// Takes a step of a member's.
    fn somebody_acts(&mut self, plan: &Plan, step: &Step) {
        match step {
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
                    let channel = usize::from(standing.channel != id(0));
                    self.calls(plan, *who, channel, Place::Channel, call);
                }
            }
            Step::Habit { who, times, hours } => {
                self.long_enough_for_the_disk(plan.now);
                self.settles(plan, Fate::Works, Fate::Works);
                for time in 0..*times {
                    if time % 3 == 1 {
                        self.types_an_answer(plan, *who);
                    } else {
                        self.looks_at_an_answer(plan, *who);
                    }
                    let next = self.now + SignedDuration::from_hours(i64::from(*hours));
                    self.passes(plan, next, Some(Fate::Works));
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
            // The others are the world's.
            _ => {}
        }
    }

    fn calls(&mut self, plan: &Plan, who: usize, channel: usize, place: Place, call: Call) {
        let interaction = Interaction { id: self.world.id(), token: String::new() };
        let channel = id(channel);
        self.world.asked.insert(interaction.id, (channel, self.now, 0));
        let repeatable = matches!(call, Call::Quiz(_) | Call::Press(_));
        let ask = Ask { interaction, member: member(who), channel, place };
        let input = Input::Called { ask, call: Ok(call) };
        self.happens(plan, &input);
        if repeatable {
            self.newest_request = Some(input);
        }
    }

    /// A member looks at the answer of the newest question, or takes a question first.
    fn looks_at_an_answer(&mut self, plan: &Plan, who: usize) {
        let is_fresh = |standing: &&Standing| {
            !standing.gone && self.now.duration_since(standing.at) < SignedDuration::from_hours(48)
        };
        if !self.world.question(0).is_some_and(|standing| is_fresh(&standing)) {
            self.calls(plan, who, 0, Place::Channel, Call::Quiz(Wanted::default()));
            self.settles(plan, Fate::Works, Fate::Works);
        }
        let standing = self.world.question(0).expect("a question");
        let (post, channel) = (standing.post, usize::from(standing.channel != id(0)));
        let call = Call::Press(Press::Show(post));
        self.calls(plan, who, channel, Place::Channel, call);
        self.settles(plan, Fate::Works, Fate::Works);
    }

    /// A member types an answer to a question that they found; it waits for its grade.
    fn types_an_answer(&mut self, plan: &Plan, who: usize) {
        let form = OwnForm::Typed(Key::of(&QuestionId::new(TYPED)), Flow::New);
        let call = Call::Submit(FormId::Own(form), vec!["It is so.".to_owned()]);
        self.calls(plan, who, 0, Place::Channel, call);
        self.settles(plan, Fate::Works, Fate::Works);
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

/// To which question answers are typed.
const TYPED: &str = "acid";

fn question(id: &str) -> Question {
    Question::bare(id, "databases", &format!("What about {id}?"), &format!("So is {id}."))
}
