//! Discord: the only place that names serenity. Events come in (`inbound`, over `gateway`),
//! effects go out (`outbound`, over `rest`). It decides nothing and remembers nothing.

mod answers;
mod back_off;
mod build;
mod failure;
mod files;
mod gateway;
mod inbound;
mod outbound;
mod pace;
mod register;
mod rest;
mod route;
mod search;
mod secret;
mod session;
mod threads;
mod whisper;

pub use gateway::GatewayError;
pub use register::Registration;
pub use rest::{Rest, RestError};
pub use secret::Secret;

use reqwest::Url;
use serde_json::Value;

use crate::practice::MemberId;
use route::Call;

/// Where Discord is.
pub const DISCORD: &str = "https://discord.com";

/// What the bot needs where it works: View Channel (1 << 10), Send Messages (1 << 11), Send
/// Messages in Threads (1 << 38), Create Public Threads (1 << 35), Create Private Threads
/// (1 << 36), Embed Links (1 << 14), Attach Files (1 << 15), Read Message History (1 << 16), Add
/// Reactions (1 << 6). (Discord, "Permissions".)
pub const PERMISSIONS: u64 =
    1 << 10 | 1 << 11 | 1 << 38 | 1 << 35 | 1 << 36 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 6;

/// Crates that log events, payloads and tokens in more detail than these levels. The log keeps to
/// them whatever else it is asked for.
pub const LOG_LIMITS: [(&str, tracing::Level); 3] = [
    ("serenity", tracing::Level::ERROR),
    ("tungstenite", tracing::Level::INFO),
    ("tokio_tungstenite", tracing::Level::INFO),
];

/// A connection to Discord, as one bot.
#[derive(Debug)]
pub struct Discord {
    base: String,
    token: Secret,
    rest: Rest,
    me: MemberId,
    application: u64,
}

/// Why there is no connection to Discord.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Neither Discord nor this machine.
    #[error(
        "`{base}` is not an address that the bot may talk to; use {DISCORD}, or a local Discord at \
         http://127.0.0.1:PORT"
    )]
    WrongBase {
        /// What was given.
        base: String,
    },
    /// Discord does not know the token.
    #[error(
        "Discord does not accept the token; take a new one from \
         https://discord.com/developers/applications (your application, Bot, Reset Token) and put \
         it into DISCORD_TOKEN"
    )]
    WrongToken,
    /// Discord could not be asked.
    #[error(
        "cannot ask Discord at {base} who the bot is: {error}; check that this machine reaches \
         that address, and https://discordstatus.com for trouble at Discord's"
    )]
    Rest {
        /// Where it was asked.
        base: String,
        /// What came of it.
        error: RestError,
    },
    /// Discord said something that makes no sense.
    #[error("Discord's answer about the bot has no `{field}`; is `{base}` really Discord?")]
    Strange {
        /// What is missing.
        field: &'static str,
        /// Where it was asked.
        base: String,
    },
}

impl ConnectError {
    fn at(base: &str, error: RestError) -> Self {
        match error {
            RestError::TokenRefused => Self::WrongToken,
            RestError::Refused { .. } | RestError::Unavailable { .. } => {
                Self::Rest { base: base.to_owned(), error }
            }
        }
    }
}

impl Discord {
    /// Asks Discord at this base, [`DISCORD`] or a local one, who the bot is. Needs a running
    /// tokio runtime.
    ///
    /// # Errors
    ///
    /// If the base is neither, the token is not accepted, or Discord cannot be reached.
    pub async fn connect(base: &str, token: Secret) -> Result<Self, ConnectError> {
        let base = base.trim_end_matches('/').to_owned();
        if base != DISCORD && !is_loopback(&base) {
            return Err(ConnectError::WrongBase { base });
        }
        let failed = |error| ConnectError::at(&base, error);
        let rest = Rest::new(&base, &token).map_err(failed)?;
        let user = rest.send(&Call::get("users/@me".to_owned())).await.map_err(failed)?;
        let application = rest.send(&Call::get("applications/@me".to_owned())).await;
        let application = application.map_err(failed)?;
        let strange = |field| ConnectError::Strange { field, base: base.clone() };
        let me = MemberId(id(&user).ok_or_else(|| strange("id"))?);
        let application = id(&application).ok_or_else(|| strange("id"))?;
        Ok(Self { base, token, rest, me, application })
    }

    /// The bot's own id.
    pub const fn me(&self) -> MemberId {
        self.me
    }

    /// The application's id, which commands and the invite link need.
    pub const fn application_id(&self) -> u64 {
        self.application
    }

    /// The transport, for what it counts.
    pub const fn rest(&self) -> &Rest {
        &self.rest
    }
}

/// The link with which an admin invites the bot, with exactly the permissions that it needs.
pub fn invite_url(application_id: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application_id}&permissions={PERMISSIONS}\
         &scope=bot%20applications.commands"
    )
}

/// Whether an address is on this machine, so that nothing sent there leaves it.
pub(crate) fn is_loopback(base: &str) -> bool {
    let Ok(url) = Url::parse(base) else {
        return false;
    };
    if !matches!(url.scheme(), "http" | "ws") {
        return false;
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// The id of something that Discord describes.
fn id(thing: &Value) -> Option<u64> {
    thing.get("id")?.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn an_invite_asks_for_what_the_bot_needs_and_nothing_else() {
        assert_eq!(PERMISSIONS, 377_957_239_872);
        assert!(invite_url(5).contains("client_id=5&permissions="));
    }

    #[rstest]
    #[case("http://127.0.0.1:8080", true)]
    #[case("http://[::1]:8080", true)]
    #[case("http://localhost:8080", true)]
    #[case("ws://127.0.0.1:1", true)]
    #[case("https://discord.com", false)]
    #[case("http://127.0.0.1.example.org", false)]
    #[case("http://127.0.0.1@example.org", false)]
    #[case("file:///127.0.0.1", false)]
    fn only_this_machine_is_loopback(#[case] base: &str, #[case] is: bool) {
        assert_eq!(is_loopback(base), is);
    }
}
