//! Threads: opened, looked for, filled with members, taken out of the archive. It says nothing in
//! them.

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::Discord;
use super::outbound::{Result, unreadable};
use super::rest::RestError;
use super::route::{Call, Repeat};
use super::search::start_of;
use crate::practice::effect::{Attempt, Outcome};
use crate::practice::{ChannelId, MemberId, MessageId};

/// Minutes until Discord archives a silent thread: a day.
const ARCHIVE_AFTER: u32 = 1440;
/// Discord's numbers of threads (Discord, "Channel Types").
const PUBLIC: u8 = 11;
const PRIVATE: u8 = 12;
/// The thread is archived.
const ARCHIVED: u32 = 50_083;

impl Discord {
    pub(super) async fn open_thread(
        &self,
        channel: ChannelId,
        message: MessageId,
        name: &str,
    ) -> Result<Outcome> {
        let path = format!("channels/{channel}/messages/{message}/threads");
        let body = json!({ "name": name, "auto_archive_duration": ARCHIVE_AFTER });
        match self.rest.send(&Call::post(path, body, Repeat::Safe)).await {
            // The thread of a message has the message's id (Discord, "Start Thread from Message").
            Ok(_) | Err(RestError::Refused { code: 160_004, .. }) => {
                Ok(Outcome::Opened { thread: ChannelId(message.0) })
            }
            Err(error) => Err(error),
        }
    }

    /// Opens a thread of its own, once: no nonce keeps Discord from making a second one. So it is
    /// always looked for first, since a restart within a minute looks like a first attempt; and
    /// again where nobody knows what became of the request.
    pub(super) async fn start_thread(
        &self,
        channel: ChannelId,
        name: &str,
        private: bool,
        attempt: Attempt,
    ) -> Result<Outcome> {
        let (Attempt::Nonce { since } | Attempt::LookFirst { since }) = attempt;
        if let Some(thread) = self.own_thread(channel, name, since).await? {
            return Ok(Outcome::Opened { thread });
        }
        let mut body = json!({
            "name": name,
            "type": if private { PRIVATE } else { PUBLIC },
            "auto_archive_duration": ARCHIVE_AFTER,
        });
        if let (true, Some(body)) = (private, body.as_object_mut()) {
            body.insert("invitable".to_owned(), json!(false));
        }
        let path = format!("channels/{channel}/threads");
        match self.rest.send(&Call::post(path, body, Repeat::Never)).await {
            Ok(opened) => {
                let thread = super::id(&opened).map(ChannelId).ok_or_else(unreadable)?;
                Ok(Outcome::Opened { thread })
            }
            Err(lost @ RestError::Unavailable { .. }) => {
                match self.own_thread(channel, name, since).await {
                    Ok(Some(thread)) => Ok(Outcome::Opened { thread }),
                    Ok(None) | Err(_) => Err(lost),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// The bot's own thread of this name in a channel, if one was opened since.
    async fn own_thread(
        &self,
        channel: ChannelId,
        name: &str,
        since: Timestamp,
    ) -> Result<Option<ChannelId>> {
        let home = self.rest.send(&Call::get(format!("channels/{channel}"))).await?;
        // A private chat has no threads: Discord says so itself when it is to open one.
        let Some(guild) = home.get("guild_id").and_then(Value::as_str) else { return Ok(None) };
        let active = Call::get(format!("guilds/{guild}/threads/active"));
        let active = self.rest.send(&active).await?;
        let threads = active.get("threads").and_then(Value::as_array).ok_or_else(unreadable)?;
        let is = |thread: &Value, key: &str, value: &str| {
            thread.get(key).and_then(Value::as_str) == Some(value)
        };
        let (me, channel) = (self.me.to_string(), channel.to_string());
        let found = threads.iter().find(|thread| {
            is(thread, "owner_id", &me)
                && is(thread, "parent_id", &channel)
                && is(thread, "name", name.trim())
                && super::id(thread) >= Some(start_of(since))
        });
        Ok(found.and_then(super::id).map(ChannelId))
    }

    /// Puts a member into a thread; one who is in it already is as good.
    pub(super) async fn add_to_thread(
        &self,
        thread: ChannelId,
        member: MemberId,
    ) -> Result<Outcome> {
        let path = format!("channels/{thread}/thread-members/{member}");
        self.in_open_thread(thread, &Call::new(Method::PUT, path)).await?;
        Ok(Outcome::Done)
    }

    /// Sends a request of which twice is the same as once. Where it is refused because the thread
    /// is archived, the thread is taken out of the archive first, as Discord does it by itself for
    /// a new message. One that is locked stays where it is.
    pub(super) async fn in_open_thread(&self, thread: ChannelId, call: &Call) -> Result<Value> {
        let archived = match self.rest.send(call).await {
            Err(error @ RestError::Refused { code: ARCHIVED, .. }) => error,
            answer => return answer,
        };
        let open = Call::new(Method::PATCH, format!("channels/{thread}"));
        match self.rest.send(&open.body(json!({ "archived": false }))).await {
            Ok(_) => self.rest.send(call).await,
            Err(RestError::Refused { .. }) => Err(archived),
            Err(error @ (RestError::Unavailable { .. } | RestError::TokenRefused)) => Err(error),
        }
    }
}
