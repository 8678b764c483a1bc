//! How long the bot takes from an interaction on its socket to the callback's request on the wire,
//! beside a bare serenity bot that answers "pong". Both are processes of their own, each with a
//! local Discord of its own, asked in turn. Prints a table; nothing here passes or fails.
//! `cargo bench --bench latency`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark reads the clock and tries the disk itself"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mockingbird_playground::{LocalDiscord, RateLimits, Setup};
use serenity::all::{
    ClientBuilder, Context, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction,
    Ready, async_trait,
};

type Outcome<T> = anyhow::Result<T>;

const WARM_UP: usize = 100;
const ROUNDS: usize = 1_000;
const PATIENCE: Duration = Duration::from_secs(30);

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "pong", base, token, application] => {
            runtime.block_on(pong(base, token, application.parse()?))
        }
        _ => runtime.block_on(measure()),
    }
}

/// The bare bot: serenity's client, one command, one typed call.
async fn pong(base: &str, token: &str, application: u64) -> Outcome<()> {
    struct Pong;

    #[async_trait]
    impl EventHandler for Pong {
        async fn ready(&self, context: Context, _: Ready) {
            let ping = CreateCommand::new("ping").description("Answers pong");
            drop(serenity::all::Command::set_global_commands(&context.http, vec![ping]).await);
        }

        async fn interaction_create(&self, context: Context, interaction: Interaction) {
            if let Interaction::Command(command) = interaction {
                let pong = CreateInteractionResponseMessage::new().content("pong");
                let response = CreateInteractionResponse::Message(pong);
                drop(command.create_response(&context.http, response).await);
            }
        }
    }

    let http = HttpBuilder::new(token)
        .proxy(base)
        .ratelimiter_disabled(true)
        .application_id(application.into())
        .build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).event_handler(Pong);
    client.await?.start().await?;
    Ok(())
}

/// A process that ends with this one.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

struct Bot {
    discord: LocalDiscord,
    _process: Running,
}

impl Bot {
    async fn start(command: impl FnOnce(&LocalDiscord) -> Outcome<Command>) -> Outcome<Self> {
        let setup = Setup { rate_limits: RateLimits::off(), ..Setup::default() };
        let discord = LocalDiscord::start(setup).await?;
        let process = Running(command(&discord)?.stdin(Stdio::null()).spawn()?);
        discord.until_connected(PATIENCE).await?;
        discord.until(|world| !world.commands().is_empty(), PATIENCE).await?;
        Ok(Self { discord, _process: process })
    }

    /// Asks once; how long the answer took.
    async fn ask(&self, command: &str, options: &[(&str, &str)]) -> Outcome<Duration> {
        let options: Vec<_> =
            options.iter().map(|(name, value)| (*name, (*value).into())).collect();
        let answer = self.discord.member("bob").slash("prep", command, &options).await?;
        let took = self.discord.reaction_time(answer.interaction);
        let took = took.ok_or_else(|| anyhow::anyhow!("the answer was not timed"))?;
        if command == "quiz" {
            // The bot's reaction and the news of it are over before the next question.
            let post = answer.message.ok_or_else(|| anyhow::anyhow!("no question"))?.id;
            let reacted = |world: &mockingbird_playground::World| {
                world.message(post).is_some_and(|post| post.reaction_count("💡") > 0)
            };
            self.discord.until(reacted, PATIENCE).await?;
        }
        // What either bot does afterwards is not the other's burden.
        tokio::time::sleep(Duration::from_millis(5)).await;
        Ok(took)
    }
}

async fn measure() -> Outcome<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let whole = Bot::start(|discord| mockingbird(discord, folder.path())).await?;
    // The same where durable costs nothing, to tell the disk's part from the bot's.
    let memory = Path::new("/dev/shm");
    let in_memory = tempfile::tempdir_in(if memory.is_dir() { memory } else { folder.path() })?;
    let diskless = Bot::start(|discord| mockingbird(discord, in_memory.path())).await?;
    let bare = Bot::start(|discord| {
        let mut command = Command::new(std::env::current_exe()?);
        let application = discord.application_id().get().to_string();
        command.args(["pong", discord.base(), discord.token(), &application]);
        Ok(command)
    })
    .await?;

    let mut times = [const { Vec::new() }; 5];
    for round in 0..WARM_UP + ROUNDS {
        let took = [
            bare.ask("ping", &[]).await?,
            whole.ask("quiz", &[("topic", "any")]).await?,
            diskless.ask("quiz", &[("topic", "any")]).await?,
            whole.ask("help", &[]).await?,
            synced(folder.path())?,
        ];
        if round >= WARM_UP {
            for (times, took) in times.iter_mut().zip(took) {
                times.push(took);
            }
        }
    }
    println!("{ROUNDS} rounds, from the event on the socket to the callback's request, in µs");
    println!("{:<44} {:>8} {:>8}", "", "median", "p95");
    let names = [
        "bare serenity bot, /ping",
        "Mockingbird, /quiz (a durable change)",
        "the same, its data in memory",
        "Mockingbird, /help (nothing to save)",
        "for comparison: append 5 KB and sync",
    ];
    let figures: Vec<_> = times.iter_mut().map(|times| figures(times)).collect();
    for (name, (median, p95)) in names.iter().zip(&figures) {
        println!("{name:<44} {:>8} {:>8}", median.as_micros(), p95.as_micros());
    }
    if let [bare, quiz, diskless, help, _] = figures.as_slice() {
        let ratio = |of: &(Duration, Duration)| of.0.as_secs_f64() / bare.0.as_secs_f64();
        println!(
            "ratio of the medians: /quiz {:.2}, without the disk {:.2}, /help {:.2}",
            ratio(quiz),
            ratio(diskless),
            ratio(help),
        );
    }
    for complaint in whole.discord.complaints().iter().chain(&bare.discord.complaints()) {
        println!("{complaint}");
    }
    Ok(())
}

/// The whole bot with the shipped bank, its data on the disk of the build folder.
fn mockingbird(discord: &LocalDiscord, folder: &Path) -> Outcome<Command> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = folder.join("config.yaml");
    let text = format!(
        "discord:\n  api_base: {}\nquestions: {}\ndata: {}\n",
        discord.base(),
        root.join("questions").display(),
        folder.join("data").display(),
    );
    std::fs::write(&config, text)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_mockingbird"));
    command.args(["run", "--config"]).arg(config);
    command.env_clear().env("DISCORD_TOKEN", discord.token()).env("RUST_LOG", "warn");
    Ok(command)
}

/// What the disk alone takes to make a change durable: a claimed post is of this length.
fn synced(folder: &Path) -> Outcome<Duration> {
    let path = folder.join("probe");
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
    let began = Instant::now();
    file.write_all(&[7; 5_000])?;
    file.sync_data()?;
    Ok(began.elapsed())
}

fn figures(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    (at(50), at(95))
}
