//! Tells a story to one team and writes down what its channel would show. The world here does what
//! it is told at once, unless the story says otherwise.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{KeyPoint, Question, QuestionBank};
use mockingbird::command::button::press;
use mockingbird::command::{Invocation, OptionValue, parse};
use mockingbird::practice::effect::{Attempt, Audience, Failure, OrderId, Step};
use mockingbird::practice::input::{Ask, Call, Interaction, Place, Reactor};
use mockingbird::practice::rules::Rules;
use mockingbird::practice::{
    ChannelId, Decision, Effect, Input, MemberId, MessageId, Moment, Outcome, Team,
};
use mockingbird::words::{Message, render};

use crate::transcript;

/// The channel in which stories happen.
pub(crate) const PREP: ChannelId = ChannelId(200_000_000_000_000_001);
const PEOPLE: [&str; 3] = ["ann", "bob", "eve"];

/// A story about one team.
pub(crate) struct Story {
    pub(crate) team: Team,
    pub(crate) rules: Rules,
    pub(crate) bank: QuestionBank,
    pub(crate) now: Timestamp,
    /// Every change so far: what a journal would hold.
    journal: Vec<Vec<u8>>,
    told: String,
    world: World,
    next_id: u64,
    /// The id of the newest request.
    newest_request: u64,
    place: Place,
    /// How the next effects of a step end, instead of well.
    failures: VecDeque<(Step, Failure)>,
    /// The step at which the process dies, and whether its effect still happens.
    deadly: Option<(Step, bool)>,
    /// Whether there is no process at the moment.
    dead: bool,
    /// A step that works without the news of it.
    unheard: Option<Step>,
    /// Whether Discord takes its time: what was sent is not to be found yet.
    slow: bool,
}

#[derive(Default)]
struct World {
    messages: BTreeMap<MessageId, Standing>,
    /// Who reacted, by message and emoji.
    reactions: BTreeMap<(MessageId, String), Vec<MemberId>>,
}

#[derive(Debug)]
struct Standing {
    channel: ChannelId,
    nonce: Option<String>,
    at: Timestamp,
    message: Message,
}

/// How long the world remembers nonces. Discord says "the past few minutes".
const NONCE_REMEMBERED: SignedDuration = SignedDuration::from_mins(3);

impl Story {
    /// A team that has just met the bot, on a Monday at eight.
    pub(crate) fn new() -> Self {
        Self::with(Rules::default())
    }

    /// The same under other rules.
    pub(crate) fn with(rules: Rules) -> Self {
        let mut story = Self {
            team: Team::new(),
            rules,
            bank: QuestionBank::of(["acid", "indexes", "joins"].map(question)),
            now: "2026-11-23T08:00:00Z".parse().expect("a timestamp"),
            journal: Vec::new(),
            told: String::new(),
            world: World::default(),
            next_id: 300_000_000_000_000_000,
            newest_request: 0,
            place: Place::Channel,
            failures: VecDeque::new(),
            deadly: None,
            dead: false,
            unheard: None,
            slow: false,
        };
        story.connects();
        story
    }

    /// What happens from now on happens in a place of this sort.
    pub(crate) fn in_a(&mut self, place: Place) {
        self.place = place;
    }

    /// The next effect of this step fails so.
    pub(crate) fn fails(&mut self, step: Step, failure: Failure) {
        self.failures.push_back((step, failure));
    }

    /// Nothing fails any more.
    pub(crate) fn works_again(&mut self) {
        self.failures.clear();
    }

    /// The next effect of this step works, but the connection breaks before the news of it.
    pub(crate) fn works_unheard(&mut self, step: Step) {
        self.unheard = Some(step);
    }

    /// Discord takes its time with what was sent, or has done it now.
    pub(crate) fn is_slow(&mut self, slow: bool) {
        self.slow = slow;
    }

    /// The process dies just after the next effect of this step, before anybody hears of it.
    pub(crate) fn dies_after(&mut self, step: Step) {
        self.deadly = Some((step, true));
    }

    /// The process dies just before the next effect of this step.
    pub(crate) fn dies_before(&mut self, step: Step) {
        self.deadly = Some((step, false));
    }

    /// Time goes on to this moment; what is due on the way happens when it is due.
    pub(crate) fn at(&mut self, moment: &str) {
        let until: Timestamp = moment.parse().expect("a timestamp");
        for _ in 0..1000 {
            match self.team.next_wakeup().filter(|_| !self.dead) {
                Some(wakeup) if wakeup.at <= until => {
                    self.now = self.now.max(wakeup.at);
                    self.happens(&Input::Woke);
                }
                Some(_) | None => {
                    self.now = self.now.max(until);
                    return;
                }
            }
        }
        panic!("the team wants to be woken again and again: {:?}", self.team.next_wakeup());
    }

    /// Time goes on while the bot is not there.
    pub(crate) fn away_until(&mut self, moment: &str) {
        self.now = moment.parse().expect("a timestamp");
    }

    /// A member runs a command, written as in the client: `/quiz topic:databases`.
    pub(crate) fn runs(&mut self, who: &str, line: &str) {
        self.say(&format!("{who} runs {line}"));
        let call = parse(&self.bank, &self.rules.plans, &invocation(line));
        self.called(who, call);
    }

    /// The newest request comes once more.
    pub(crate) fn runs_again(&mut self, who: &str, line: &str) {
        let next_id = std::mem::replace(&mut self.next_id, self.newest_request - 1);
        self.runs(who, line);
        self.next_id = self.next_id.max(next_id);
    }

    /// What a backup of the data folder would hold now.
    pub(crate) fn backup(&self) -> (Team, usize) {
        (self.team.clone(), self.journal.len())
    }

    /// The data folder is as it was; the world is not.
    pub(crate) fn goes_on_from(&mut self, (team, decisions): (Team, usize)) {
        self.team = team;
        self.journal.truncate(decisions);
    }

    /// What the button of the newest question sends.
    pub(crate) fn newest_button(&self) -> String {
        let message = &self.world.messages[&self.newest_question()].message;
        let button = message.rows.iter().flatten().next();
        button.map(|button| button.custom_id.clone()).expect("it has one")
    }

    /// A member presses the button of this label on the newest message that has it.
    pub(crate) fn presses(&mut self, who: &str, label: &str) {
        self.say(&format!("{who} presses [{label}]"));
        let custom_id = self
            .world
            .messages
            .values()
            .rev()
            .flat_map(|standing| standing.message.rows.iter().flatten())
            .find(|button| button.label == label)
            .map(|button| button.custom_id.clone())
            .expect("a button of that label");
        self.called(who, press(&custom_id).map(Call::Press));
    }

    /// A button of a message that nobody knows any more is pressed.
    pub(crate) fn presses_forged(&mut self, who: &str, custom_id: &str) {
        self.say(&format!("{who} presses an old button"));
        self.called(who, press(custom_id).map(Call::Press));
    }

    /// What the newest question's button sends comes from another channel.
    pub(crate) fn presses_elsewhere(&mut self, who: &str) {
        self.say(&format!("{who} presses the newest question's button elsewhere"));
        let call = press(&self.newest_button()).map(Call::Press);
        self.called_in(ChannelId(99), who, call);
    }

    /// A member reacts to the newest question.
    pub(crate) fn reacts(&mut self, who: &str, emoji: &str) {
        let message = self.reacts_unseen(who, emoji);
        self.happens(&Input::Reacted {
            channel: PREP,
            message,
            member: member(who),
            by: Reactor::Person,
            emoji: emoji.to_owned(),
        });
    }

    /// Another bot reacts to the newest question.
    pub(crate) fn another_bot_reacts(&mut self, emoji: &str) {
        self.say(&format!("another bot reacts {emoji}"));
        let message = self.newest_question();
        self.happens(&Input::Reacted {
            channel: PREP,
            message,
            member: MemberId(999),
            by: Reactor::Bot,
            emoji: emoji.to_owned(),
        });
    }

    /// A member reacts while the bot is away.
    pub(crate) fn reacts_unseen(&mut self, who: &str, emoji: &str) -> MessageId {
        self.say(&format!("{who} reacts {emoji}"));
        let message = self.newest_question();
        self.world.reactions.entry((message, emoji.to_owned())).or_default().push(member(who));
        message
    }

    /// A member asks for something; what they read, and nothing else.
    pub(crate) fn asks(&mut self, who: &str, line: &str) -> String {
        let before = std::mem::take(&mut self.told);
        self.runs(who, line);
        let answer = self.told();
        self.told = before;
        let body = answer.lines().skip(2).map(|line| line.strip_prefix("             "));
        body.map(Option::unwrap_or_default).flat_map(|line| [line, "\n"]).collect()
    }

    /// A new session of the gateway.
    pub(crate) fn connects(&mut self) {
        self.happens(&Input::Connected { channels: vec![PREP] });
    }

    /// The process dies and another one starts from what was durable: an image of the state after
    /// `snapshot` decisions, and the journal after it.
    pub(crate) fn restarts(&mut self) {
        let whole = self.fold(self.journal.len() / 2);
        assert_eq!(whole, self.team, "the state is the fold of its changes");
        self.team = whole;
        self.dead = false;
        self.happens(&Input::Started);
        self.connects();
        let now = self.now.to_string();
        self.at(&now);
    }

    /// A member takes a question and reveals it; nobody writes that down.
    pub(crate) fn practises(&mut self, who: &str, moment: &str) {
        self.at(moment);
        let before = std::mem::take(&mut self.told);
        self.runs(who, "/quiz topic:any");
        self.reacts(who, "💡");
        self.told = before;
    }

    /// What was told since the last time.
    pub(crate) fn told(&mut self) -> String {
        named(&std::mem::take(&mut self.told))
    }

    /// What was told since the last time: of each message only its first line.
    pub(crate) fn gist(&mut self) -> String {
        let told = self.told();
        let mut gist = String::new();
        let mut heading = false;
        for line in told.lines().filter(|line| !line.is_empty()) {
            if !line.starts_with(' ') {
                gist.push_str(if gist.is_empty() { "" } else { "\n" });
                gist.push_str(line);
                heading = true;
            } else if heading {
                let line = line.trim().trim_start_matches("(embed)").trim_start();
                if !line.is_empty() {
                    gist.push_str(": ");
                    gist.push_str(line);
                    heading = false;
                }
            }
        }
        gist
    }

    /// How many questions of the day came into the channel, by the date that they show.
    pub(crate) fn dailies(&self) -> BTreeMap<String, usize> {
        let mut dailies = BTreeMap::new();
        for standing in self.world.messages.values() {
            let title = standing.message.embeds.first().map_or("", |embed| &embed.title);
            if let Some(date) = title.strip_prefix("Question of the day · ") {
                *dailies.entry(date.to_owned()).or_insert(0) += 1;
            }
        }
        dailies
    }

    /// How many answers everybody can read.
    pub(crate) fn answers(&self) -> usize {
        let is_answer =
            |nonce: &Option<String>| nonce.as_ref().is_some_and(|nonce| nonce.starts_with('a'));
        self.world.messages.values().filter(|standing| is_answer(&standing.nonce)).count()
    }

    /// How many questions stand in the channel.
    pub(crate) fn questions(&self) -> usize {
        self.world.messages.values().filter(|standing| is_question(&standing.message)).count()
    }

    fn fold(&self, snapshot: usize) -> Team {
        let mut team = Team::new();
        for (n, changes) in self.journal.iter().enumerate() {
            let changes: Vec<mockingbird::practice::Change> =
                postcard::from_bytes(changes).expect("what was written can be read");
            for change in &changes {
                team.apply(change);
            }
            if n == snapshot {
                let image = postcard::to_allocvec(&team).expect("an image");
                team = postcard::from_bytes(&image).expect("what was written can be read");
            }
        }
        team
    }

    fn called(&mut self, who: &str, call: Result<Call, mockingbird::practice::Refusal>) {
        self.called_in(PREP, who, call);
    }

    fn called_in(
        &mut self,
        channel: ChannelId,
        who: &str,
        call: Result<Call, mockingbird::practice::Refusal>,
    ) {
        self.next_id += 1;
        self.newest_request = self.next_id;
        let interaction = Interaction { id: self.next_id, token: who.to_owned() };
        let ask = Ask { interaction, member: member(who), channel, place: self.place };
        self.happens(&Input::Called { ask, call });
    }

    /// Decides, remembers, carries out, and tells the team how it went, until nothing is left.
    fn happens(&mut self, input: &Input) {
        let mut inputs = VecDeque::from([input.clone()]);
        if self.dead {
            return;
        }
        while let Some(input) = inputs.pop_front() {
            let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
            let decision = self.team.decide(moment, &input);
            assert_eq!(decision, self.team.decide(moment, &input), "it decides the same twice");
            let Decision { changes, effects } = decision;
            self.journal.push(postcard::to_allocvec(&changes).expect("changes can be written"));
            for change in &changes {
                self.team.apply(change);
            }
            for effect in effects {
                let order = effect.order();
                let deadly = self
                    .deadly
                    .filter(|(step, _)| order.is_some_and(|order| order.step() == Some(*step)));
                if deadly.is_none_or(|(_, happens)| happens)
                    && let Some(mut outcome) = self.carry_out(effect)
                    && let Some(order) = order
                {
                    if self.unheard.take_if(|step| order.step() == Some(*step)).is_some() {
                        let reason = "the connection broke".to_owned();
                        outcome = Outcome::Failed(Failure::Unavailable { reason });
                    }
                    inputs.push_back(Input::Delivered { order, outcome });
                }
                if deadly.is_some() {
                    self.say("(the process dies)");
                    (self.deadly, self.dead) = (None, true);
                    return;
                }
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Outcome> {
        if let Some(OrderId::Post { step, .. }) = effect.order()
            && self.failures.front().is_some_and(|(failing, _)| *failing == step)
        {
            let (_, failure) = self.failures.pop_front().expect("just seen");
            self.say(&format!("(fails: {failure:?})"));
            return Some(Outcome::Failed(failure));
        }
        match effect {
            Effect::Reply { to, view, audience, order } => {
                let pages = render(&view);
                let message = match audience {
                    Audience::Everyone => self.puts(PREP, None, &pages, "bot → #prep"),
                    Audience::OnlyAsker => {
                        self.shows(&pages, &format!("bot → {} (only)", to.token));
                        None
                    }
                };
                order.and(message).map(|message| Outcome::Sent { message })
            }
            Effect::Send { channel, view, nonce, reply_to, attempt, .. } => {
                let since = match attempt {
                    Attempt::Nonce { .. } => self.now - NONCE_REMEMBERED,
                    Attempt::LookFirst { since } => since,
                };
                let same = |standing: &Standing| {
                    standing.channel == channel && standing.nonce.as_ref() == Some(&nonce)
                };
                let standing = self
                    .world
                    .messages
                    .iter()
                    .find(|(_, standing)| same(standing) && standing.at >= since);
                if let Some((message, _)) = standing {
                    return Some(Outcome::Sent { message: *message });
                }
                let place = match (channel == PREP, reply_to) {
                    (true, None) => "bot → #prep",
                    (true, Some(_)) => "bot → #prep, as a reply",
                    (false, _) => "bot → thread",
                };
                let message = self.puts(channel, Some(&nonce), &render(&view), place)?;
                Some(Outcome::Sent { message })
            }
            Effect::Edit { message, view, .. } => {
                let pages = render(&view);
                self.shows(&pages, "bot edits");
                let standing = self.world.messages.get_mut(&message)?;
                standing.message = pages.into_iter().next()?;
                Some(Outcome::Done)
            }
            Effect::Update { .. }
            | Effect::Consult { .. }
            | Effect::Amend { .. }
            | Effect::Acknowledge { .. }
            | Effect::Form { .. }
            | Effect::Rewrite { .. }
            | Effect::Whisper { .. }
            | Effect::StartThread { .. }
            | Effect::AddToThread { .. }
            | Effect::FindReply { .. } => unreachable!("no effect of posts"),
            Effect::React { emoji, .. } => {
                self.say(&format!("bot reacts {emoji}"));
                Some(Outcome::Done)
            }
            Effect::OpenThread { message, .. } => {
                Some(Outcome::Opened { thread: ChannelId(message.0) })
            }
            Effect::Find { .. } if self.slow => Some(Outcome::NotFound),
            Effect::Find { post, .. } => Some(
                self.world
                    .messages
                    .iter()
                    .find(|(_, standing)| names(&standing.message, &post.to_string()))
                    .map_or(Outcome::NotFound, |(message, _)| Outcome::Sent { message: *message }),
            ),
            Effect::ReadReactions { message, emoji, .. } => {
                let members = self.world.reactions.get(&(message, emoji));
                Some(Outcome::Reactors { members: members.cloned().unwrap_or_default() })
            }
        }
    }

    fn puts(
        &mut self,
        channel: ChannelId,
        nonce: Option<&str>,
        pages: &[Message],
        heading: &str,
    ) -> Option<MessageId> {
        self.shows(pages, heading);
        let mut first = None;
        for page in pages {
            self.next_id += 1;
            let id = MessageId(self.next_id);
            let (message, at) = (page.clone(), self.now);
            let nonce = nonce.map(str::to_owned);
            let standing = Standing { channel, nonce, at, message };
            self.stands_once(&standing, first.is_some());
            self.world.messages.insert(id, standing);
            first = first.or(Some(id));
        }
        first
    }

    /// No post has two messages, and none has two public answers, however it came to that.
    fn stands_once(&self, new: &Standing, is_next_page: bool) {
        let buttons = |message: &Message| {
            let buttons = message.rows.iter().flatten();
            buttons.map(|button| button.custom_id.clone()).collect::<Vec<_>>()
        };
        for old in self.world.messages.values() {
            let same_buttons =
                !buttons(&new.message).is_empty() && buttons(&new.message) == buttons(&old.message);
            assert!(!same_buttons, "a question stands twice: {new:?}\n{}", self.told);
            let same_nonce = new.nonce.is_some() && new.nonce == old.nonce;
            assert!(is_next_page || !same_nonce, "it is told twice: {new:?}\n{}", self.told);
        }
    }

    fn shows(&mut self, pages: &[Message], heading: &str) {
        for page in pages {
            let page = transcript::page(page, self.now);
            transcript::say(&mut self.told, self.now, heading, Some(&page));
        }
    }

    fn say(&mut self, line: &str) {
        transcript::say(&mut self.told, self.now, line, None);
    }

    fn newest_question(&self) -> MessageId {
        self.world
            .messages
            .iter()
            .rev()
            .find(|(_, standing)| standing.channel == PREP && is_question(&standing.message))
            .map(|(id, _)| *id)
            .expect("a question stands")
    }
}

/// The ids of ann, bob and eve.
pub(crate) fn member(who: &str) -> MemberId {
    let place = PEOPLE.iter().position(|name| *name == who).expect("one of the three");
    MemberId(100_000_000_000_000_001 + u64::try_from(place).expect("small"))
}

/// Names instead of ids.
fn named(told: &str) -> String {
    let mut text = told.replace(&format!("<#{PREP}>"), "#prep");
    for name in PEOPLE {
        text = text.replace(&format!("<@{}>", member(name)), &format!("@{name}"));
    }
    text
}

/// Whether a message is the question of a post; its answer has buttons, too.
fn is_question(message: &Message) -> bool {
    names(message, "")
}

fn names(message: &Message, post: &str) -> bool {
    let mut ids = message.rows.iter().flatten().map(|button| &button.custom_id);
    ids.any(|id| id.starts_with("show:") && id.contains(post))
}

/// `/daily set at:09:00` as the client would send it.
fn invocation(line: &str) -> Invocation {
    let mut words = line.trim_start_matches('/').split(' ').peekable();
    let name = words.next().unwrap_or_default().to_owned();
    let sub = words.next_if(|word| !word.contains(':')).map(str::to_owned);
    let options = words
        .filter_map(|word| word.split_once(':'))
        .map(|(name, value)| {
            let value = match value.strip_prefix('@') {
                Some(who) => OptionValue::Member(member(who)),
                None => OptionValue::Text(value.to_owned()),
            };
            (name.to_owned(), value)
        })
        .collect();
    Invocation { name, sub, options, focused: None }
}

/// A small question about databases.
pub(crate) fn question(id: &str) -> Question {
    question_of("databases", id)
}

/// A small question of a topic.
pub(crate) fn question_of(topic: &str, id: &str) -> Question {
    Question {
        topic_title: topic[..1].to_uppercase() + &topic[1..],
        key_points: vec![KeyPoint::of(format!("{id} matter"))],
        ..Question::bare(
            id,
            topic,
            &format!("What about {id}?"),
            &format!("The answer about {id}."),
        )
    }
}
