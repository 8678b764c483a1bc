//! A bot that runs against a local Discord of its own, and can be killed and started again.

use std::time::Duration;

use jiff::Timestamp;
use mockingbird::app::{self, RunError};
use mockingbird::bank::QuestionBank;
use mockingbird::config::{ApiBase, Config, Token};
use mockingbird::runtime::{Clock, Stopped};
use mockingbird_playground::model::Message;
use mockingbird_playground::{Answer, Id, LocalDiscord, RateLimits, Setup};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a test waits for what should happen within milliseconds. A test that gets there has
/// failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The bot and its world.
pub(crate) struct Bot {
    pub(crate) discord: LocalDiscord,
    pub(crate) clock: Clock,
    pub(crate) config: Config,
    running: Option<Running>,
    _data: TempDir,
}

struct Running {
    stop: CancellationToken,
    task: JoinHandle<Result<Stopped, RunError>>,
}

impl Bot {
    /// A bot that is ready, on Monday 2026-11-23 at 08:00 UTC, with no rate limits.
    pub(crate) async fn start() -> Self {
        Self::start_with(RateLimits::off(), |_| {}).await
    }

    /// The same with other limits and settings.
    pub(crate) async fn start_with(
        rate_limits: RateLimits,
        settings: impl FnOnce(&mut Config),
    ) -> Self {
        let moment: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a timestamp");
        let clock = Clock::starting_at(moment);
        let setup =
            Setup { clock: std::sync::Arc::new(clock.clone()), rate_limits, ..Setup::default() };
        let discord = LocalDiscord::start(setup).await.expect("a free port");
        let data = TempDir::new().expect("a temporary folder");
        let mut config = Config {
            api_base: ApiBase::parse(discord.base()).expect("a loopback address"),
            data: data.path().join("data"),
            questions: "tests/questions".into(),
            ..Config::default()
        };
        settings(&mut config);
        let mut bot = Self { discord, clock, config, running: None, _data: data };
        bot.begin().await;
        bot
    }

    /// Starts the process, as it were.
    pub(crate) async fn begin(&mut self) {
        let stop = CancellationToken::new();
        let (config, clock, stopping) = (self.config.clone(), self.clock.clone(), stop.clone());
        let token = Token::look_up(
            |name| (name == "DISCORD_TOKEN").then(|| self.discord.token().to_owned()),
            |_| unreachable!("no file is named"),
        )
        .expect("a token");
        let task = tokio::spawn(async move {
            let bank = QuestionBank::load(&config.questions).expect("a good bank");
            app::run(&config, bank, &token, clock, stopping).await
        });
        self.running = Some(Running { stop, task });
        self.discord.until_connected(PATIENCE).await.expect("the bot connects");
    }

    /// Stops it as SIGTERM does.
    pub(crate) async fn stop(&mut self) -> Stopped {
        let running = self.running.take().expect("it runs");
        running.stop.cancel();
        let stopped = tokio::time::timeout(PATIENCE, running.task).await;
        stopped.expect("in time").expect("no panic").expect("no error")
    }

    /// Ends it at once, wherever it is.
    pub(crate) async fn kill(&mut self) {
        let running = self.running.take().expect("it runs");
        running.task.abort();
        // What it had spawned goes with the end of its connection.
        let _ = running.task.await;
    }

    /// Time goes on to this moment.
    pub(crate) fn at(&self, moment: &str) {
        self.clock.forward_to(moment.parse().expect("a timestamp"));
        self.discord.clock_moved();
    }

    /// Runs a command in #prep.
    pub(crate) async fn slash(&self, who: &str, command: &str, options: &[(&str, &str)]) -> Answer {
        let options: Vec<_> =
            options.iter().map(|(name, value)| (*name, (*value).into())).collect();
        self.discord
            .member(who)
            .slash("prep", command, &options)
            .await
            .unwrap_or_else(|error| panic!("/{command}: {error}\n{}", self.story()))
    }

    /// Waits until so many questions stand in #prep, each with the bot's reaction; the newest one.
    pub(crate) async fn question(&self, number: usize) -> Message {
        let channel = self.channel();
        self.until(move |world| {
            let reacted = |message: &&Message| message.reaction_count("💡") > 0;
            world.messages(channel).filter(reacted).count() >= number
        })
        .await;
        self.discord
            .with_world(|world| world.messages(channel).next_back().cloned())
            .expect("just seen")
    }

    /// Waits until the thread of a message says this.
    pub(crate) async fn told(&self, thread: Id, text: &str) {
        self.until(|world| world.messages(thread).any(|message| message.text().contains(text)))
            .await;
    }

    /// The channel in which everything happens.
    pub(crate) fn channel(&self) -> Id {
        self.discord.channel("prep").expect("it is there from the start")
    }

    /// Waits for something to be so.
    pub(crate) async fn until(
        &self,
        is_so: impl FnMut(&mockingbird_playground::World) -> bool + Send,
    ) {
        if self.discord.until(is_so, PATIENCE).await.is_err() {
            panic!("it never came to that:\n{}", self.story());
        }
    }

    /// Everything that happened in #prep, with names instead of ids.
    pub(crate) fn story(&self) -> String {
        let names = self.discord.with_world(|world| {
            world.users().map(|user| (format!("<@{}>", user.id), user.name.clone())).collect()
        });
        let names: Vec<(String, String)> = names;
        names.iter().fold(self.discord.transcript("prep"), |story, (id, name)| {
            story.replace(id, &format!("@{name}"))
        })
    }
}
