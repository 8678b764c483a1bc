//! A bot that runs against a local Discord of its own, and can be killed and started again.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use mockingbird::app::{self, RunError};
use mockingbird::bank::QuestionBank;
use mockingbird::config::{ApiBase, Config, Requests, Token};
use mockingbird::plans::Plans;
use mockingbird::runtime::{Clock, Stopped};
use mockingbird::store::{Disk as _, Folder};
use mockingbird_playground::model::{Message, Outcome};
use mockingbird_playground::{
    Answer, Id, LocalDiscord, MemberSetup, RateLimits, Request, Setup, World,
};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a test waits for what should happen within milliseconds. A test that gets there has
/// failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Discord's number of the messages that say who was put into a thread.
pub(crate) const ADDED: u8 = 1;

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
        let setup = Setup { rate_limits, ..Setup::default() };
        Self::start_in(setup, |config, _| settings(config)).await
    }

    /// The same with settings that name #prep.
    pub(crate) async fn start_with_channel(settings: impl FnOnce(&mut Config, Id)) -> Self {
        let setup = Setup { rate_limits: RateLimits::off(), ..Setup::default() };
        Self::start_in(setup, settings).await
    }

    /// The same in a team with so many members more, `member0` and so on.
    pub(crate) async fn start_with_people(number: usize) -> Self {
        let mut setup = Setup { rate_limits: RateLimits::off(), ..Setup::default() };
        let more = (0..number).map(|n| MemberSetup { name: format!("member{n}"), admin: false });
        setup.teams[0].members.extend(more);
        Self::start_in(setup, |_, _| {}).await
    }

    pub(crate) async fn start_in(setup: Setup, settings: impl FnOnce(&mut Config, Id)) -> Self {
        let moment: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a timestamp");
        let clock = Clock::starting_at(moment);
        let setup = Setup { clock: std::sync::Arc::new(clock.clone()), ..setup };
        let discord = LocalDiscord::start(setup).await.expect("a free port");
        let data = TempDir::new().expect("a temporary folder");
        let mut config = Config {
            api_base: ApiBase::parse(discord.base()).expect("a loopback address"),
            data: data.path().join("data"),
            questions: "tests/questions".into(),
            plans: "tests/plans".into(),
            rubrics: "tests/rubrics".into(),
            // Tests ask faster than people.
            requests: Requests { at_once: 1_000_000, per_minute: 1_000_000 },
            ..Config::default()
        };
        settings(&mut config, discord.channel("prep").expect("it is there from the start"));
        let mut bot = Self { discord, clock, config, running: None, _data: data };
        bot.begin().await;
        bot
    }

    /// Starts the process, as it were.
    pub(crate) async fn begin(&mut self) {
        let before = self.sessions();
        let stop = CancellationToken::new();
        let (config, clock, stopping) = (self.config.clone(), self.clock.clone(), stop.clone());
        let token = Token::look_up(
            |name| (name == "DISCORD_TOKEN").then(|| self.discord.token().to_owned()),
            |_| unreachable!("no file is named"),
        )
        .expect("a token");
        let task = tokio::spawn(async move {
            let bank = QuestionBank::load(&config.questions).expect("a good bank");
            let plans = Plans::load_if_there(&config.plans, &config.rubrics, Some(&bank));
            let plans = plans.expect("good plans");
            app::run(&config, bank, plans, &token, clock, stopping).await
        });
        self.running = Some(Running { stop, task });
        // The connection of the one before it may still be there.
        self.until_sessions(before + 1).await;
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
        drop(running.task.await);
        // A thread that was writing a snapshot ends it, and holds the folder until then; of a
        // process nothing would be left.
        let folder = Folder::open(&self.config.data).expect("the folder is there");
        self.until_true(|| folder.lock().is_ok_and(|taken| taken.is_some())).await;
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

    /// Stops it, and looks at everything that must never have happened on the way.
    pub(crate) async fn ends_well(mut self) {
        self.stop().await;
        assert_eq!(self.discord.complaints(), Vec::<String>::new());
        let story = self.story();
        self.discord.with_world(|world| {
            let open = world.interactions().filter(|interaction| {
                matches!(interaction.outcome, Outcome::Waiting | Outcome::Expired)
            });
            assert_eq!(open.count(), 0, "a request stayed without an answer:\n{story}");
            let mut buttons = BTreeSet::new();
            for message in world.channels().flat_map(|channel| world.messages(channel.id)) {
                // Who is put into a thread is told so by Discord.
                let is_quiet = message.kind == ADDED || message.mentions.is_empty();
                assert!(is_quiet, "it notifies somebody: {}", message.text());
                let ids = message.controls().into_iter().filter_map(|it| it["custom_id"].as_str());
                for id in ids.filter(|id| id.starts_with("show:")) {
                    assert!(buttons.insert(id.to_owned()), "a question stands twice:\n{story}");
                }
            }
        });
    }

    /// A member reacts.
    pub(crate) fn reacts(&self, who: &str, post: &Message) {
        self.discord.member(who).react(post.id, "💡").expect("the member may react");
    }

    /// Waits until the answer of a post can be read by everybody, wherever it stands, and how often
    /// it does.
    pub(crate) async fn answers(&self) -> usize {
        let answers = |world: &World| {
            let messages = world.channels().flat_map(|channel| world.messages(channel.id));
            let is_answer = |message: &&Message| {
                !message.is_ephemeral() && message.text().contains("Revealed by")
            };
            messages.filter(is_answer).count()
        };
        self.until(|world| answers(world) > 0).await;
        self.discord.with_world(answers)
    }

    /// Waits until `/streak` says this to a member.
    pub(crate) async fn streak(&self, who: &str) -> String {
        let answer = self.slash(who, "streak", &[]).await;
        answer.text().lines().nth(1).unwrap_or_default().to_owned()
    }

    /// How many requests of this route were answered with this status; 0 stands for a cut one.
    pub(crate) fn requests(&self, route: &str, status: u16) -> usize {
        let requests = self.discord.requests();
        let fits = |request: &&Request| request.route == route && request.status == status;
        requests.iter().filter(fits).count()
    }

    /// Waits until `/daily status` says this; what it says.
    pub(crate) async fn status_with(&self, text: &str) -> String {
        loop {
            let status = self.slash("ann", "daily status", &[]).await.text();
            if status.contains(text) {
                return status;
            }
        }
    }

    /// Waits until a daily that is due was claimed: then `/daily now` finds it on its way.
    pub(crate) async fn until_claimed(&self) {
        loop {
            let answer = self.slash("ann", "daily now", &[]).await.text();
            if answer.contains("posted or tried already") {
                return;
            }
        }
    }

    /// Waits until so many requests of a route were answered with this status.
    pub(crate) async fn until_requests(&self, route: &str, status: u16, number: usize) {
        self.until_true(|| self.requests(route, status) >= number).await;
    }

    /// Waits for something that is not in the world: nobody tells of that, so it is looked at
    /// again and again.
    pub(crate) async fn until_true(&self, is_so: impl Fn() -> bool) {
        let looking = async {
            while !is_so() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, looking).await.is_ok();
        assert!(came, "it never came to that:\n{}", self.story());
    }

    /// Waits until the bot has begun or resumed so many sessions in all.
    pub(crate) async fn until_sessions(&self, number: u32) {
        self.until_true(|| self.sessions() >= number).await;
    }

    fn sessions(&self) -> u32 {
        let (identified, resumed) = self.discord.logins();
        identified + resumed
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
    pub(crate) async fn until(&self, is_so: impl FnMut(&World) -> bool + Send) {
        let came = self.discord.until(is_so, PATIENCE).await.is_ok();
        assert!(came, "it never came to that:\n{}", self.story());
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
