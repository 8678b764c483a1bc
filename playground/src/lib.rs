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
pub use fault::{Fault, Faults};
pub use id::Id;
pub use record::Request;
pub use rest::buckets::Scope;
pub use setup::{MemberSetup, RateLimits, Setup, TeamSetup, bot_permissions, everyone_permissions};
pub use world::model;
pub use world::{Change, ChangeKind, World};
