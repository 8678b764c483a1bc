//! Tells a story about interviews to one team, and writes down what everybody sees. Each decision
//! is made twice, each request has to be answered once, and the process may die at any effect.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{FollowUp, KeyPoint, Question, QuestionBank, Topic};
use mockingbird::plans::{Dimension, Plan, PlanId, Plans, Rubric, Section};
use mockingbird::practice::effect::{Audience, Errand, Failure, OrderId};
use mockingbird::practice::input::{Ask, Call, Interaction, Place, Press, Subject, Wanted};
use mockingbird::practice::interview::{
    InterviewChange, MockCall, MockForm, MockMenu, MockPress, Of,
};
use mockingbird::practice::rules::Rules;
use mockingbird::practice::{
    Change, ChannelId, Decision, Effect, Input, InterviewId, MemberId, Moment, Outcome, PostId,
    Team,
};

use crate::tell::{tell, tell_form};
use crate::world::World;

/// The channel in which interviews are asked for.
pub(crate) const PREP: ChannelId = ChannelId(200);
const PEOPLE: [&str; 4] = ["ann", "bob", "eve", "kim"];

/// What an errand is about, whichever note or member it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Announce,
    Correct,
    Thread,
    Add,
    Say,
    Mend,
}

/// At which effect the process dies, and whether that effect still happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Death {
    pub(crate) at: usize,
    pub(crate) happens: bool,
    /// How long it is dead.
    pub(crate) away: SignedDuration,
}

/// A story about one team.
pub(crate) struct Story {
    pub(crate) team: Team,
    pub(crate) now: Timestamp,
    pub(crate) bank: QuestionBank,
    pub(crate) world: World,
    pub(crate) rules: Rules,
    journal: Vec<Vec<u8>>,
    told: String,
    next_id: u64,
    /// The newest interview that was asked for.
    pub(crate) interview: InterviewId,
    /// Where people press and run commands; none means the thread for presses, #prep for commands.
    pub(crate) place: Place,
    failures: VecDeque<(Kind, Failure)>,
    /// Effects that ask for an outcome, so far.
    pub(crate) effects: usize,
    pub(crate) death: Option<Death>,
    /// Which scorecards were sealed, by whom, and which turns were deleted.
    sealed: BTreeSet<(u8, MemberId)>,
    opened: bool,
    thread: Option<ChannelId>,
}

impl Story {
    /// A team that has just met the bot, on a Monday at eight.
    pub(crate) fn new() -> Self {
        let rules = Rules { plans: Arc::new(plans()), ..Rules::default() };
        let mut story = Self {
            team: Team::new(),
            now: "2026-11-23T08:00:00Z".parse().expect("a timestamp"),
            bank: QuestionBank::of(questions()),
            world: World::default(),
            rules,
            journal: Vec::new(),
            told: String::new(),
            next_id: 300_000_000_000_000_000,
            interview: InterviewId(0),
            place: Place::Channel,
            failures: VecDeque::new(),
            effects: 0,
            death: None,
            sealed: BTreeSet::new(),
            opened: false,
            thread: None,
        };
        story.happens(&Input::Connected { channels: vec![PREP] });
        story
    }

    /// The next effect of this kind fails so.
    pub(crate) fn fails(&mut self, kind: Kind, failure: Failure) {
        self.failures.push_back((kind, failure));
    }

    /// Nothing fails any more.
    pub(crate) fn works_again(&mut self) {
        self.failures.clear();
        self.death = None;
    }

    /// Minutes go by; what is due on the way happens when it is due.
    pub(crate) fn minutes(&mut self, minutes: i64) {
        let until = self.now + SignedDuration::from_mins(minutes);
        for _ in 0..2000 {
            match self.team.next_wakeup() {
                Some(wakeup) if wakeup.at <= until => {
                    self.now = self.now.max(wakeup.at);
                    self.happens(&Input::Woke);
                }
                Some(_) | None => {
                    self.now = until;
                    return;
                }
            }
        }
        panic!("the team wants to be woken again and again: {:?}", self.team.next_wakeup());
    }

    /// A member starts an interview by a plan.
    pub(crate) fn starts(&mut self, who: &str, plan: &str, others: (&str, &[&str])) {
        let (candidate, interviewers) = others;
        let call = MockCall::Start {
            plan: PlanId::new(plan),
            candidate: (!candidate.is_empty()).then(|| member(candidate)),
            interviewers: interviewers.iter().map(|who| member(who)).collect(),
            public: false,
        };
        self.say(&format!("{who} runs /mock start {plan} {candidate} {interviewers:?}"));
        self.called(who, PREP, Call::Mock(call));
    }

    /// A member runs another command, in the thread if there is one.
    pub(crate) fn runs(&mut self, who: &str, call: MockCall) {
        let channel = self.thread.unwrap_or(PREP);
        self.runs_in(channel, who, call);
    }

    /// A member runs another command somewhere.
    pub(crate) fn runs_in(&mut self, channel: ChannelId, who: &str, call: MockCall) {
        self.say(&format!("{who} runs {call:?}"));
        self.called(who, channel, Call::Mock(call));
    }

    /// A member presses a button in the thread.
    pub(crate) fn presses(&mut self, who: &str, press: MockPress) {
        let channel = self.thread.unwrap_or(PREP);
        self.presses_in(channel, who, press);
    }

    /// A member presses a button somewhere.
    pub(crate) fn presses_in(&mut self, channel: ChannelId, who: &str, press: MockPress) {
        self.say(&format!("{who} presses {press:?}"));
        let of = Of { interview: self.interview, what: press };
        self.called(who, channel, Call::Press(Press::Mock(of)));
    }

    /// A member chooses from a menu.
    pub(crate) fn chooses(&mut self, who: &str, menu: MockMenu, chosen: &[u8]) {
        self.say(&format!("{who} chooses {chosen:?} of {menu:?}"));
        let of = Of { interview: self.interview, what: menu };
        let channel = self.thread.unwrap_or(PREP);
        self.called(who, channel, Call::Choose(of, chosen.to_vec()));
    }

    /// A member sends a form.
    pub(crate) fn submits(&mut self, who: &str, form: MockForm, fields: &[&str]) {
        self.say(&format!("{who} submits {form:?} {fields:?}"));
        let of = Of { interview: self.interview, what: form };
        let fields = fields.iter().map(|&field| field.to_owned()).collect();
        let channel = self.thread.unwrap_or(PREP);
        self.called(who, channel, Call::Submit(of, fields));
    }

    /// A member fills in a scorecard and seals it.
    pub(crate) fn fills_in(&mut self, who: &str, turn: u8, bands: &[u8]) {
        self.presses(who, MockPress::Card);
        for (dimension, band) in (0..).zip(bands) {
            self.chooses(who, MockMenu::Band(turn, dimension), &[*band]);
        }
        let secret = format!("secret {turn} of {who}");
        self.submits(who, MockForm::Comments(turn), &[&secret]);
        self.presses(who, MockPress::Seal(turn));
    }

    /// A member asks for a quiz in the channel and looks at its answer; which question it was.
    pub(crate) fn sees_in_channel(&mut self, who: &str, topic: &str) -> String {
        let subject = Subject::Topic(Topic::new(topic));
        self.called(who, PREP, Call::Quiz(Wanted { subject, ..Wanted::default() }));
        let post = PostId(self.next_id);
        self.called(who, PREP, Call::Press(Press::Show(post)));
        let known = self.world.messages.last().expect("the quiz");
        known.first.trim_start_matches("Quiz: ").to_owned()
    }

    /// The process dies and another one starts from what was durable.
    pub(crate) fn restarts(&mut self) {
        let mut team = Team::new();
        for (n, changes) in self.journal.iter().enumerate() {
            let changes: Vec<Change> = postcard::from_bytes(changes).expect("it can be read");
            changes.iter().for_each(|change| team.apply(change));
            if n == self.journal.len() / 2 {
                let image = postcard::to_allocvec(&team).expect("an image");
                team = postcard::from_bytes(&image).expect("what was written can be read");
            }
        }
        assert_eq!(team, self.team, "the state is the fold of its changes");
        self.happens(&Input::Started);
    }

    /// What was told since the last time.
    pub(crate) fn told(&mut self) -> String {
        std::mem::take(&mut self.told)
    }

    /// What the answer to the last request was.
    pub(crate) fn last_line(&self) -> &str {
        self.told.lines().last().unwrap_or_default().trim()
    }

    /// In a private chat the chat is the thread.
    pub(crate) fn in_private(&mut self, chat: ChannelId) {
        self.place = Place::Private;
        self.thread = Some(chat);
    }

    fn called(&mut self, who: &str, channel: ChannelId, call: Call) {
        self.next_id += 1 << 22;
        let interaction = Interaction { id: self.next_id, token: who.to_owned() };
        if let Call::Mock(MockCall::Start { .. }) = call {
            self.interview = InterviewId(self.next_id);
        }
        let (member, place) = (member(who), self.place);
        let place = if Some(channel) == self.thread && place == Place::Channel {
            Place::Thread
        } else {
            place
        };
        let channel = match (place, self.thread) {
            (Place::Private, Some(chat)) => chat,
            _ => channel,
        };
        let ask = Ask { interaction, member, channel, place };
        self.happens(&Input::Called { ask, call: Ok(call) });
    }

    /// Decides, remembers, carries out, and tells the team how it went, until nothing is left.
    pub(crate) fn happens(&mut self, input: &Input) {
        let mut inputs = VecDeque::from([input.clone()]);
        while let Some(input) = inputs.pop_front() {
            let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
            let decision = self.team.decide(moment, &input);
            assert_eq!(decision, self.team.decide(moment, &input), "it decides the same twice");
            let Decision { changes, effects } = decision;
            let answers = effects.iter().filter(|effect| effect.answers().is_some()).count();
            let expected = usize::from(matches!(input, Input::Called { .. }));
            assert_eq!(answers, expected, "each request is answered once: {input:?}");
            self.remember(&changes);
            // Answers leave ahead of everything.
            let (answers, others): (Vec<_>, Vec<_>) =
                effects.into_iter().partition(|effect| effect.answers().is_some());
            for effect in answers.into_iter().chain(others) {
                self.keeps_secrets(&effect);
                if self.dies_at(&effect) {
                    return;
                }
                let (order, is_answer) = (effect.order(), effect.answers().is_some());
                let (Some(outcome), Some(order)) = (self.carry_out(effect), order) else {
                    continue;
                };
                if is_answer {
                    self.happens(&Input::Delivered { order, outcome });
                } else {
                    inputs.push_back(Input::Delivered { order, outcome });
                }
            }
        }
    }

    fn remember(&mut self, changes: &[Change]) {
        self.journal.push(postcard::to_allocvec(changes).expect("changes can be written"));
        for change in changes {
            self.team.apply(change);
            if let Change::Interview { change, .. } = change {
                match **change {
                    InterviewChange::Sealed { turn, by, .. } => {
                        self.sealed.insert((turn, by));
                    }
                    InterviewChange::Deleted { turn, .. } => {
                        self.sealed.retain(|(of, _)| *of != turn);
                    }
                    InterviewChange::Kept { .. } => self.opened = true,
                    _ => {}
                }
            }
        }
    }

    /// Whether the process dies at this effect; then another one has started.
    fn dies_at(&mut self, effect: &Effect) -> bool {
        if effect.order().is_none() || effect.answers().is_some() {
            return false;
        }
        self.effects += 1;
        let Some(death) = self.death.filter(|death| death.at == self.effects) else { return false };
        self.death = None;
        if death.happens {
            self.carry_out(effect.clone());
        }
        self.now += death.away;
        self.restarts();
        true
    }

    /// What is written on a card is told to nobody else before the opening, and never where it was
    /// not sealed.
    fn keeps_secrets(&self, effect: &Effect) {
        let text = format!("{effect:?}");
        for turn in 0..2 {
            for who in PEOPLE {
                let is_own = effect.answers().is_some_and(|to| to.token == who);
                let may = is_own || (self.opened && self.sealed.contains(&(turn, member(who))));
                let secret = format!("secret {turn} of {who}");
                assert!(may || !text.contains(&secret), "{who}'s card is told: {text}");
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Outcome> {
        if let Some(OrderId::Interview { errand, .. }) = effect.order()
            && self.failures.front().is_some_and(|(kind, _)| *kind == kind_of(errand))
        {
            let (kind, failure) = self.failures.pop_front().expect("just seen");
            self.say(&format!("({kind:?} fails: {failure:?})"));
            return Some(Outcome::Failed(failure));
        }
        match effect {
            Effect::Reply { to, view, audience, order } => {
                let text = tell(&view);
                if audience == Audience::OnlyAsker {
                    self.say(&format!("  → {}: {text}", to.token));
                    return order.map(|_| Outcome::Done);
                }
                self.say(&format!("  → #prep: {text}"));
                let (message, _) = self.world.put(self.now, PREP, &text, None);
                Some(Outcome::Sent { message })
            }
            Effect::Update { to, view } => {
                self.say(&format!("  → {} (update): {}", to.token, tell(&view)));
                None
            }
            Effect::Acknowledge { .. } => None,
            Effect::Form { to, form } => {
                self.say(&format!("  → {} (form): {}", to.token, tell_form(&form)));
                None
            }
            Effect::Send { channel, view, nonce, attempt, .. } => {
                assert!(nonce.len() <= 20, "{nonce}");
                let text = tell(&view);
                let (message, new) =
                    self.world.put(self.now, channel, &text, Some((nonce, attempt)));
                if new {
                    self.say(&format!("  → thread: {text}"));
                }
                Some(Outcome::Sent { message })
            }
            Effect::Edit { channel, message, view, .. } => {
                let text = tell(&view);
                let place = if channel == PREP { "#prep" } else { "thread" };
                self.say(&format!("  ~ {place}: {text}"));
                self.world.edit(message, &text);
                Some(Outcome::Done)
            }
            Effect::StartThread { name, private, attempt, .. } => {
                let thread = self.world.open(&name, attempt);
                self.thread = Some(thread);
                let private = if private { "private" } else { "public" };
                self.say(&format!("  → #prep: {private} thread \"{name}\""));
                Some(Outcome::Opened { thread })
            }
            Effect::React { .. } => Some(Outcome::Done),
            Effect::ReadReactions { .. } => Some(Outcome::Reactors { members: Vec::new() }),
            Effect::AddToThread { thread, member, .. } => {
                let people = self.world.in_thread.entry(thread).or_default();
                if !people.contains(&member) {
                    people.push(member);
                    self.say(&format!("  → thread: + {}", name_of(member)));
                }
                Some(Outcome::Done)
            }
            other => unreachable!("no effect of interviews: {other:?}"),
        }
    }

    fn say(&mut self, line: &str) {
        let time = self.now.strftime("%a %H:%M");
        for line in line.lines() {
            writeln!(self.told, "{time}  {line}").expect("a string takes it");
        }
    }
}

const fn kind_of(errand: Errand) -> Kind {
    match errand {
        Errand::Announce => Kind::Announce,
        Errand::Correct => Kind::Correct,
        Errand::Thread => Kind::Thread,
        Errand::Add(_) => Kind::Add,
        Errand::Say(_) => Kind::Say,
        Errand::Mend(_) => Kind::Mend,
    }
}

/// Everybody, by name.
pub(crate) fn everybody() -> impl Iterator<Item = (&'static str, MemberId)> {
    PEOPLE.into_iter().zip(101..).map(|(name, id)| (name, MemberId(id)))
}

/// Who that is.
pub(crate) fn member(who: &str) -> MemberId {
    everybody().find(|(name, _)| *name == who).map(|(_, id)| id).expect("one of the four")
}

/// What somebody is called.
pub(crate) fn name_of(member: MemberId) -> &'static str {
    everybody().find(|(_, id)| *id == member).map(|(name, _)| name).expect("one of the four")
}

/// What some are called.
pub(crate) fn names_of(members: &[MemberId]) -> String {
    let names: Vec<_> = members.iter().map(|member| name_of(*member)).collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

fn question(topic: &str, number: u8) -> Question {
    let id = format!("{topic}-{number}");
    let line = |what: &str| format!("{what} of {id}");
    let follow_up = |what: &str| FollowUp { prompt: line(what), answer: line("answer") };
    let point =
        |number: u8| KeyPoint { point: line(&format!("point {number}")), terms: Vec::new() };
    Question {
        hint: Some(line("hint")),
        minutes: Some(4),
        key_points: vec![point(0), point(1)],
        follow_ups: vec![follow_up("follow-up 1"), follow_up("follow-up 2")],
        pushback: Some(follow_up("pushback")),
        ..Question::bare(&id, topic, &format!("What about {id}?"), &format!("So is {id}."))
    }
}

fn questions() -> impl Iterator<Item = Question> {
    let numbers = |topic| (0..4).map(move |number| question(topic, number));
    ["design", "http", "sql"].into_iter().flat_map(numbers)
}

fn section(title: &str, minutes: u8, questions: u8, topics: &[&str]) -> Section {
    Section {
        title: title.to_owned(),
        minutes,
        questions,
        topics: topics.iter().map(|topic| Topic::new(topic)).collect(),
        levels: Vec::new(),
        kinds: Vec::new(),
        follow_ups: true,
        pushbacks: title == "Design",
    }
}

fn plans() -> Plans {
    let dimension = |title: &str| Dimension {
        title: title.to_owned(),
        bands: ["one", "two", "three", "four"].map(str::to_owned),
    };
    let rubric = Rubric {
        id: "usual".to_owned(),
        title: "Usual".to_owned(),
        dimensions: vec![dimension("Clarity"), dimension("Depth")],
    };
    let plan = |id: &str, title: &str, swap, sections| Plan {
        id: PlanId::new(id),
        title: title.to_owned(),
        about: "to try it".to_owned(),
        swap,
        sections,
        rubric: rubric.clone(),
    };
    let short = Section { follow_ups: false, ..section("Quick", 4, 1, &["sql"]) };
    Plans::of([
        plan("one", "One", false, vec![short]),
        plan(
            "mid",
            "Mid",
            false,
            vec![section("Basics", 10, 2, &["http", "sql"]), section("Design", 20, 1, &["design"])],
        ),
        plan("pair", "Pair", true, vec![section("Basics", 10, 1, &["http", "sql"])]),
    ])
}
