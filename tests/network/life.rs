//! One life of a bot around one fault: what has happened before it, and what is asked after it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use mockingbird_playground::model::{Message, Outcome};
use mockingbird_playground::{Answer, Faults, Id, RateLimits, Setup, World};

use crate::bot::{ADDED, Bot, PATIENCE};
use crate::log::Log;
use crate::table::Tally;

/// When the daily is due.
pub(crate) const NINE: &str = "2026-11-23T09:00:00Z";

/// How much a fault may cost at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    /// Requests over REST, in the whole life.
    pub(crate) requests: usize,
    /// Lines of the log at level warn and above.
    pub(crate) warnings: usize,
    /// How often the same line may come.
    pub(crate) repeated: usize,
    /// Sessions begun, of the thousand of a day.
    pub(crate) identifies: usize,
    /// Connections to the gateway.
    pub(crate) connections: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self { requests: 60, warnings: 12, repeated: 4, identifies: 1, connections: 1 }
    }
}

/// A bot with a daily at nine and a quiz that is open since eight.
pub(crate) struct Life {
    pub(crate) bot: Bot,
    pub(crate) quiz: Message,
    pub(crate) most: Most,
    log: Log,
    /// Who reacted to which post, as far as the bot can know.
    days: Vec<&'static str>,
    due: usize,
    /// Dailies that do not stand, and of which somebody was told why.
    explained: usize,
}

impl Life {
    /// With the usual heartbeat.
    pub(crate) async fn begin() -> Self {
        Self::begin_in(Setup::default()).await
    }

    /// The same in another setup; it has no rate limits.
    pub(crate) async fn begin_in(setup: Setup) -> Self {
        Self::begin_with(setup, "prep").await
    }

    /// With the daily in another channel.
    pub(crate) async fn begin_with_daily_in(channel: &str) -> Self {
        Self::begin_with(Setup::default(), channel).await
    }

    async fn begin_with(setup: Setup, channel: &str) -> Self {
        let log = Log::listen();
        let setup = Setup { rate_limits: RateLimits::off(), ..setup };
        let bot = Bot::start_in(setup, |_, _| {}).await;
        let channel = bot.discord.channel(channel).expect("it is there").to_string();
        bot.slash("ann", "daily set", &[("at", "09:00"), ("channel", &channel)]).await;
        bot.slash("ann", "quiz", &[("topic", "http")]).await;
        let quiz = bot.question(1).await;
        // Nothing of before is under way any more when the fault strikes.
        let caught = |request: &mockingbird_playground::Request| {
            request.method == "GET" && request.route.contains("/reactions/")
        };
        bot.discord.until_request(caught, PATIENCE).await.expect("it looks who has reacted");
        Self { bot, quiz, most: Most::default(), log, days: Vec::new(), due: 0, explained: 0 }
    }

    /// What can go wrong.
    pub(crate) fn faults(&self) -> Faults {
        self.bot.discord.faults()
    }

    /// Nine o'clock: the daily is due.
    pub(crate) fn nine(&mut self) {
        self.due += 1;
        self.bot.at(NINE);
    }

    /// Nine o'clock of the next day: its daily comes.
    pub(crate) async fn next_morning(&mut self) {
        self.due += 1;
        self.bot.at("2026-11-24T09:00:00Z");
        let channel = self.bot.channel();
        let came = self.goes_on(|world| {
            let mut dailies = world.messages(channel).filter(|message| is_daily(message));
            dailies.any(|message| message.text().contains("Tuesday 24"))
        });
        assert!(came.await, "the next daily never came\n{}", self.story());
    }

    /// Bob asks for the answer of the quiz.
    pub(crate) fn bob_reacts(&mut self) {
        self.days.push("bob");
        self.bot.reacts("bob", &self.quiz);
    }

    /// Time goes on.
    pub(crate) fn forward(&self, by: Duration) {
        let by = SignedDuration::try_from(by).expect("a short time");
        self.bot.clock.forward_to(self.bot.clock.now() + by);
        self.bot.discord.clock_moved();
    }

    /// Waits for something to become so while time goes on in steps, in each of which what is under way
    /// has a moment to land. Says whether it came to that.
    async fn goes_on(&self, is_so: impl Fn(&World) -> bool) -> bool {
        for _ in 0..100 {
            if self.bot.discord.until(&is_so, Duration::from_millis(200)).await.is_ok() {
                return true;
            }
            self.forward(Duration::from_secs(30));
        }
        false
    }

    /// Waits until the daily stands with its reaction and the quiz is revealed.
    pub(crate) async fn settles(&self) {
        self.daily_comes().await;
        self.quiz_is_revealed().await;
    }

    /// Waits until the bot has given up all that it asked for: until it asks for nothing for longer
    /// than it ever waits between two attempts.
    pub(crate) async fn falls_silent(&self) {
        // How to reach the gateway is asked for again and again.
        let asked = || {
            let requests = self.bot.discord.requests();
            requests.iter().filter(|request| request.route.contains("/channels/")).count()
        };
        let mut seen = asked();
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_secs(3)).await;
            let now = asked();
            if now == seen {
                return;
            }
            seen = now;
        }
        panic!("it never stops asking\n{}", self.story());
    }

    /// Waits until something has become so, and fails where it never does.
    pub(crate) async fn comes(&self, what: &str, is_so: impl Fn(&World) -> bool) {
        assert!(self.goes_on(is_so).await, "it never came to that: {what}\n{}", self.story());
    }

    /// A member did something of which the day counts.
    pub(crate) fn has_practised(&mut self, who: &'static str) {
        self.days.push(who);
    }

    /// Waits until the daily stands, with the reaction.
    pub(crate) async fn daily_comes(&self) {
        let channel = self.bot.channel();
        let came = self.goes_on(|world| {
            let mut dailies = world.messages(channel).filter(|message| is_daily(message));
            dailies.any(|message| message.reaction_count("💡") > 0)
        });
        assert!(came.await, "the daily never came\n{}", self.story());
    }

    /// Waits until the daily stands, with or without the reaction.
    pub(crate) async fn daily_stands(&self) {
        let channel = self.bot.channel();
        let came = self.goes_on(|world| world.messages(channel).any(is_daily));
        assert!(came.await, "the daily never came\n{}", self.story());
    }

    /// Waits until the answer of the quiz can be read by everybody.
    pub(crate) async fn quiz_is_revealed(&self) {
        let quiz = self.quiz.id;
        let came = self.goes_on(|world| reveals(world, quiz) > 0);
        assert!(came.await, "the quiz was never revealed\n{}", self.story());
    }

    /// A member runs a command and may get no answer: there may be no way to give one.
    pub(crate) async fn tries(&self, who: &str, command: &str) -> Option<Answer> {
        self.bot.discord.member(who).slash("prep", command, &[]).await.ok()
    }

    /// Waits until the bot hears what members ask.
    async fn has_a_session(&self) {
        let connected = self.bot.discord.until_connected(PATIENCE).await;
        assert!(connected.is_ok(), "it never came back\n{}", self.story());
    }

    /// Waits until a command about the dailies says this: why one does not stand.
    pub(crate) async fn is_explained(&mut self, command: &str, text: &str) {
        self.has_a_session().await;
        let mut said = String::new();
        for _ in 0..50 {
            said = self.bot.slash("ann", command, &[]).await.text();
            if said.contains(text) {
                assert!(!self.log.lines().is_empty(), "the log says nothing: {said}");
                self.explained += 1;
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.forward(Duration::from_secs(30));
        }
        panic!("`{text}` is never said: {said}\n{}", self.story());
    }

    /// Looks at everything that must be so after any fault, and stops the bot.
    pub(crate) async fn ends_soundly(mut self) -> Tally {
        self.faults().clear();
        self.has_a_session().await;
        for who in std::mem::take(&mut self.days) {
            let streak = self.bot.streak(who).await;
            assert!(streak.contains("1 day"), "{who} reacted: {streak}\n{}", self.story());
        }
        let streak = self.bot.streak("eve").await;
        assert!(!streak.contains("1 day"), "eve did nothing: {streak}");
        self.bot.stop().await;
        assert_eq!(self.bot.discord.complaints(), Vec::<String>::new(), "{}", self.story());
        // Told before: nobody else may look at the world while it is counted.
        let story = self.story();
        let mut tally = self.bot.discord.with_world(|world| counted(world, &story));
        let (identifies, _) = self.bot.discord.logins();
        tally.identifies = identifies as usize;
        tally.connections = self.bot.discord.connections() as usize;
        tally.requests = self.bot.discord.requests().len();
        let lines = self.log.lines();
        tally.warnings = lines.len();
        (tally.due, tally.explained) = (self.due, self.explained);
        assert_eq!(tally.posted + tally.explained, self.due, "{}", self.story());
        self.cost(&tally, &lines);
        tally
    }

    fn cost(&self, tally: &Tally, lines: &[String]) {
        let Most { requests, warnings, repeated, identifies, connections } = self.most;
        let costs = [
            ("requests", tally.requests, requests),
            ("warnings", tally.warnings, warnings),
            ("sessions begun", tally.identifies, identifies),
            ("connections", tally.connections, connections),
        ];
        for (what, is, most) in costs {
            assert!(is <= most, "{is} {what} are more than {most}\n{}", self.story());
        }
        let mut times = BTreeMap::<&String, usize>::new();
        for line in lines {
            *times.entry(line).or_default() += 1;
        }
        for (line, times) in times {
            assert!(times <= repeated, "{times} times: {line}\n{}", self.story());
        }
    }

    /// What happened, for whoever reads a failure.
    pub(crate) fn story(&self) -> String {
        let requests = self.bot.discord.requests();
        let asked: Vec<String> = requests
            .iter()
            .map(|request| format!("{} {} {}", request.at, request.route, request.status))
            .collect();
        let start = asked.len().saturating_sub(80);
        format!(
            "{}\nlog:\n{}\nrequests:\n{}",
            self.bot.story(),
            self.log.lines().join("\n"),
            asked[start..].join("\n")
        )
    }
}

/// What stands in the world, and that nothing of it stands twice.
fn counted(world: &World, story: &str) -> Tally {
    let mut tally = Tally::default();
    let messages: Vec<&Message> = world
        .channels()
        .flat_map(|channel| world.messages(channel.id))
        .filter(|message| !message.is_ephemeral())
        .collect();
    let mut seen = BTreeMap::<(Id, String), usize>::new();
    for message in messages.iter().filter(|message| is_daily(message)) {
        let title = message.text().lines().next().unwrap_or_default().to_owned();
        *seen.entry((message.channel, title)).or_default() += 1;
    }
    tally.posted = seen.len();
    tally.doubled = seen.values().filter(|times| **times > 1).count();
    assert_eq!(tally.doubled, 0, "{seen:?}\n{story}");
    for message in messages {
        // Who is put into a thread is told so by Discord.
        let is_quiet = message.kind == ADDED || message.mentions.is_empty();
        assert!(is_quiet, "it notifies somebody: {}", message.text());
        if !message.controls().is_empty() {
            let reveals = reveals(world, message.id);
            assert!(reveals <= 1, "revealed {reveals} times\n{story}");
            tally.revealed += reveals;
        }
    }
    for interaction in world.interactions() {
        match interaction.outcome {
            Outcome::Waiting => panic!("a request waits for ever\n{story}"),
            Outcome::Expired => tally.expired += 1,
            Outcome::Message(_)
            | Outcome::Deferred(_)
            | Outcome::Updated(_)
            | Outcome::DeferredUpdate
            | Outcome::Modal(_)
            | Outcome::Choices(_) => tally.answered += 1,
        }
    }
    tally
}

/// Whether a message is the question of a day.
pub(crate) fn is_daily(message: &Message) -> bool {
    message.text().contains("Question of the day ·")
}

/// How often the answer of a post can be read by everybody: in its thread, as a reply, or below it.
fn reveals(world: &World, post: Id) -> usize {
    let question = world.message(post).map(Message::text).unwrap_or_default();
    let is_below = |message: &Message| {
        let answers = message.text().lines().next().is_some_and(|title| question.contains(title));
        message.reply_to.is_none() && answers
    };
    let messages = world.channels().flat_map(|channel| world.messages(channel.id));
    messages
        .filter(|message| !message.is_ephemeral() && message.text().contains("Revealed by"))
        .filter(|message| {
            message.channel == post || message.reply_to == Some(post) || is_below(message)
        })
        .count()
}
