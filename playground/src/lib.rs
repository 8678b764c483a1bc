//! A local Discord: REST v10 and gateway v10 on one loopback port.
//!
//! A bot that takes the address of Discord's API from its configuration runs
//! against it unchanged, with no account and no network. It is
//!
//! * stateful: teams, channels, threads, roles, messages, reactions, interactions;
//! * honest: it delivers only what the declared intents allow, hides message
//!   content without its intent, and shows ephemeral messages to one member;
//! * strict: Discord's limits, permissions and error codes;
//! * rate limited, with Discord's headers;
//! * hostile on request: see [`Faults`].
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//! use mockingbird_playground::{LocalDiscord, Setup};
//!
//! let discord = LocalDiscord::start(Setup::default()).await?;
//! // Start the bot with discord.base() and discord.token(), then:
//! discord.until(|world| !world.commands().is_empty(), Duration::from_secs(5)).await?;
//! let ann = discord.member("ann");
//! let answer = ann.slash("prep", "quiz", &[("topic", "databases".into())]).await?;
//! let post = answer.message.ok_or("no message")?;
//! ann.react(post.id, "💡")?;
//! println!("{}", discord.transcript("prep"));
//! # Ok(()) }
//! ```
//!
//! # Start
//!
//! [`Setup`] says what there is: teams, people, the clock, limits of speed,
//! privileged intents. The default is the team "Mockingbird Nest" with #general,
//! #prep and #random, and ann (its owner), bob and eve. Ids of a setup are the same
//! at every start. [`LocalDiscord::prepare`] takes the port and lets further routes
//! be served on it; [`LocalDiscord::start`] does both steps. Only 127.0.0.1 is bound.
//!
//! The bot needs two things: the address ([`LocalDiscord::base`], it stands for
//! `https://discord.com`) and the token ([`LocalDiscord::token`]). The gateway's
//! address comes from `GET /gateway/bot` as usual.
//!
//! # Act
//!
//! [`LocalDiscord::member`] gives an [`Actor`]: types commands, completes options,
//! presses, chooses, fills forms, reacts, talks. An act refuses what a real client
//! would refuse ([`ActError`]) and returns when the bot answered ([`Answer`]) or the
//! world changed. An interaction that is not answered in three seconds of real time
//! fails with [`ActError::NotAnswered`]; a later answer gets code 10062.
//!
//! # Look and wait
//!
//! [`LocalDiscord::with_world`] shows the [`World`]; [`Actor::sees`] what one member
//! sees; [`LocalDiscord::until`] waits until the world is so, without polling;
//! [`LocalDiscord::changes`] tells of every change; [`LocalDiscord::requests`] holds
//! what the bot asked. End a test with
//! `assert_eq!(discord.complaints(), Vec::<String>::new())`: it names routes that do
//! not exist here and events that serenity could not have parsed.
//!
//! [`LocalDiscord::transcript`] reads a channel with its threads as text:
//!
//! ```text
//! 09:00  ann runs /quiz topic:http
//! 09:00  bot → #prep  (embed) Question
//!          On http
//!          [Show me]  💡×1
//! 09:07  ann reacts 💡
//! 09:07  bot opens thread "Answer"
//! 09:07  bot → thread "Answer"  It is 42.
//! 09:08  bot → bob (only)  It is 42.
//! ```
//!
//! Times are the world's, in UTC. There are no ids, so it is the same at every run.
//! Emoji that the author of a message put under it stand on its last line.
//!
//! # Time
//!
//! Messages, ids, the nonce window (3 min), interaction tokens (15 min) and quiet
//! threads follow the [`Clock`] of the setup; call [`LocalDiscord::clock_moved`] after
//! moving it. The three seconds of an interaction, heartbeats and limits of speed are
//! real time.
//!
//! # Disturb
//!
//! [`LocalDiscord::faults`] makes requests and the gateway misbehave;
//! [`LocalDiscord::disconnect`] sends the bot away so that it misses what happens;
//! [`LocalDiscord::deny_bot`], [`LocalDiscord::delete_channel`],
//! [`LocalDiscord::kick_bot`] and their like change the world under its feet.
//!
//! # What is not here
//!
//! Voice, stickers, polls, webhooks of channels, forum channels, emoji of a team's
//! own, slow mode, commands on people and messages, file options of commands,
//! compression, and events of members or presences. Several bots at once.
//!
//! Reading order: `world` (what there is), `payload` (how it looks as JSON),
//! `rest` and `gateway` (how the bot reaches it), `actor` (how members act),
//! `fault` (what can go wrong).

mod actor;
mod clock;
mod discord;
mod fault;
mod gateway;
mod host;
mod id;
mod json;
mod net;
pub mod page;
mod payload;
mod record;
mod rest;
mod setup;
mod state;
mod transcript;
mod world;

pub use actor::{ActError, Actor, Answer};
pub use clock::{Clock, ManualClock, SystemClock};
pub use discord::{LocalDiscord, Prepared, StartError, TimedOut};
pub use fault::{End, Fault, Faults};
pub use id::Id;
pub use record::Request;
pub use rest::buckets::Scope;
pub use setup::{MemberSetup, RateLimits, Setup, TeamSetup, bot_permissions, everyone_permissions};
pub use world::model;
pub use world::{Change, ChangeKind, World};
