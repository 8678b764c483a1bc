//! `mockingbird playground`: the local Discord, the bot and the page, in one process. Nothing in
//! it outlives the process, and nothing in it reaches the network.

use std::sync::Arc;

use jiff::Timestamp;
use mockingbird_playground::page::{self, TimeControl};
use mockingbird_playground::{LocalDiscord, RateLimits, Setup, StartError};
use tokio_util::sync::CancellationToken;

use crate::app::{self, RunError};
use crate::bank::QuestionBank;
use crate::config::{ApiBase, Config, Token, TokenError};
use crate::plans::Plans;
use crate::runtime::Clock;

/// Why there is no playground.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The port is taken.
    #[error("{0}; choose another one with `--port`, or `--port 0` for any that is free")]
    Start(#[from] StartError),
    /// There is no room for what the bot remembers.
    #[error("no temporary folder for the state: {0}")]
    Folder(std::io::Error),
    /// The local Discord made a token that is none.
    #[error("the local Discord's token: {0}")]
    Token(#[from] TokenError),
    /// The local Discord is not on this machine.
    #[error("{0} is not an address of this machine")]
    Address(String),
    /// The bot does not run.
    #[error(transparent)]
    Run(#[from] RunError),
}

struct Control(Clock);

impl TimeControl for Control {
    fn forward_to(&self, to: Timestamp) {
        self.0.forward_to(to);
    }
}

/// Runs the playground until `stop`; `ready` is told the page's address once everything is there.
pub async fn play(
    port: u16,
    bank: QuestionBank,
    plans: Plans,
    stop: CancellationToken,
    ready: impl FnOnce(&str) + Send + 'static,
) -> Result<(), PlayError> {
    let clock = Clock::default();
    let setup = Setup {
        clock: Arc::new(clock.clone()),
        port,
        rate_limits: RateLimits::default(),
        ..Setup::default()
    };
    let prepared = LocalDiscord::prepare(setup).await?;
    let routes = page::routes(prepared.discord(), Arc::new(Control(clock.clone())));
    let discord = prepared.serve(routes);
    let folder = tempfile::tempdir().map_err(PlayError::Folder)?;
    let base = discord.base().to_owned();
    let config = Config {
        api_base: ApiBase::parse(&base).ok_or_else(|| PlayError::Address(base.clone()))?,
        data: folder.path().join("data"),
        ..Config::default()
    };
    let token = Token::given(discord.token(), "the local Discord")?;
    let opening = discord.clone();
    tokio::spawn(async move {
        if set_the_scene(&opening).await.is_some() {
            ready(&base);
        }
    });
    let ran = app::run(&config, bank, plans, &token, clock, stop).await;
    discord.stop();
    ran?;
    Ok(())
}

/// Waits for the bot, then gives #prep a daily, as an admin would.
async fn set_the_scene(discord: &LocalDiscord) -> Option<()> {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
    discord.until_connected(PATIENCE).await.ok()?;
    discord.until(|world| !world.commands().is_empty(), PATIENCE).await.ok()?;
    let options = [("at", "09:00".into()), ("days", "daily".into())];
    match discord.member("ann").slash("prep", "daily set", &options).await {
        // The channel is to look new to whoever opens it.
        Ok(answer) => drop(answer.message.map(|message| discord.delete_message(message.id))),
        Err(error) => tracing::warn!(%error, "the playground begins without a daily"),
    }
    Some(())
}
