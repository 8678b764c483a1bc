//! What the bot has said in a channel before: is it there already? It sends nothing.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::outbound::{PAGE, Result, list, message_id, names, refused};
use super::rest::RestError;
use super::route::Call;
use super::{Discord, build};
use crate::practice::effect::{OrderId, Outcome, Step};
use crate::practice::{ChannelId, MessageId};
use crate::words::Message;

/// Milliseconds from 1970 to the first of 2015, where snowflakes begin (Discord, "Snowflakes").
const DISCORD_EPOCH: i64 = 1_420_070_400_000;
/// How much earlier than asked a search begins: the machine's clock and Discord's differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);
/// Pages of messages that a search reads beside the newest one.
const SEARCH_PAGES: usize = 20;
impl Discord {
    /// For each page the message that it is already, if it was sent before.
    ///
    /// A post's question is known by its name in the button, whatever it says by now, so that no
    /// clock and no other wording makes it come twice. Everything else is known by its words, after
    /// what it answers or follows, where that is known.
    pub(super) async fn sent_before(
        &self,
        order: OrderId,
        channel: ChannelId,
        after: Option<MessageId>,
        since: Timestamp,
        pages: &[Message],
    ) -> Result<Vec<Option<MessageId>>> {
        let start = start_of(since);
        let (name, not_before) = match (order, after) {
            (_, Some(after)) => (None, after.0),
            (OrderId::Post { post, step }, None) => match step {
                // The thread of a question has its id.
                Step::Tell => (None, channel.0),
                Step::Send => (Some(post.to_string()), start),
                Step::Find | Step::React | Step::Notice | Step::Catch | Step::Thread => {
                    (None, start)
                }
            },
            (
                OrderId::Interview { .. }
                | OrderId::Reminder { .. }
                | OrderId::Digest { .. }
                | OrderId::Coach { .. }
                | OrderId::Rewrite,
                None,
            ) => (None, start),
        };
        let own = self.own_messages(channel, start.max(not_before)).await?;
        let mut used = Vec::new();
        for (index, page) in pages.iter().enumerate() {
            let is_it = |known: &&Value| {
                let id = message_id(known);
                let named = || index == 0 && name.as_ref().is_some_and(|name| names(known, name));
                let same = || id > Some(MessageId(not_before)) && build::says_the_same(known, page);
                !used.contains(&id) && (named() || same())
            };
            used.push(own.iter().find(is_it).and_then(message_id));
        }
        Ok(used)
    }

    /// The message with which a request was answered. Discord notes on such a message to which
    /// request it belongs ("Message Interaction Metadata"), and answers come within seconds: they
    /// are among the first messages after the request.
    pub(super) async fn find_reply(&self, channel: ChannelId, request: u64) -> Result<Outcome> {
        let known = self.messages(channel, Some(request)).await?;
        let request = request.to_string();
        let is_it = |known: &&Value| {
            let id = known.pointer("/interaction_metadata/id").and_then(Value::as_str);
            id == Some(&request)
        };
        let message = known.iter().find(is_it).and_then(message_id);
        Ok(message.map_or(Outcome::NotFound, |message| Outcome::Sent { message }))
    }

    /// Of the pages that follow a message those that are to say something else, with the messages
    /// that they are. A page is known by what its buttons and menus send, or by its words: what
    /// else was said there since must not be overwritten.
    pub(super) async fn pages_after<'a>(
        &self,
        channel: ChannelId,
        first: MessageId,
        pages: &'a [Message],
    ) -> Result<Vec<(MessageId, &'a Message)>> {
        let me = self.me.to_string();
        let mut known = self.messages(channel, Some(first.0)).await?;
        known.retain(|known| known.pointer("/author/id").and_then(Value::as_str) == Some(&me));
        let mut known = known.iter();
        let mut stale = Vec::new();
        for page in pages {
            let rest = known.clone();
            let Some(found) = known.find(|known| build::is_page(known, page)) else {
                known = rest;
                continue;
            };
            let may_differ = !page.menus.is_empty() || !build::says_the_same(found, page);
            stale.extend(message_id(found).filter(|_| may_differ).map(|id| (id, page)));
        }
        Ok(stale)
    }

    /// The bot's own messages in a channel, the oldest first: all since `start`, and those before
    /// it that are among the newest, in case `start` comes from a clock that is ahead.
    pub(super) async fn own_messages(&self, channel: ChannelId, start: u64) -> Result<Vec<Value>> {
        let mut newest = self.messages(channel, None).await?;
        if newest.is_empty() && self.has_more(channel, start).await? {
            newest = self.messages(channel, None).await?;
        }
        let oldest = newest.first().and_then(message_id).map_or(0, |oldest| oldest.0);
        let mut known = Vec::new();
        if newest.len() == PAGE && oldest > start {
            known = self.messages_between(channel, start, oldest).await?;
        }
        known.extend(newest);
        let me = self.me.to_string();
        known.retain(|known| known.pointer("/author/id").and_then(Value::as_str) == Some(&me));
        Ok(known)
    }

    /// What was said after one message and before another.
    async fn messages_between(
        &self,
        channel: ChannelId,
        mut after: u64,
        before: u64,
    ) -> Result<Vec<Value>> {
        let mut known = Vec::new();
        for _ in 0..SEARCH_PAGES {
            let page = self.messages(channel, Some(after)).await?;
            after = page.last().and_then(message_id).map_or(before, |last| last.0);
            known.extend(
                page.into_iter()
                    .filter(|known| message_id(known).is_some_and(|message| message.0 < before)),
            );
            if after >= before {
                return Ok(known);
            }
        }
        Err(refused(0, "too much was said there since to see whether it was sent"))
    }

    /// A page of messages, the oldest first: the newest there are, or the first after one.
    async fn messages(&self, channel: ChannelId, after: Option<u64>) -> Result<Vec<Value>> {
        let after = after.map(|after| format!("after={after}&")).unwrap_or_default();
        let path = format!("channels/{channel}/messages");
        let call = Call::get(path).query(format!("{after}limit={PAGE}"));
        let mut page = list(self.rest.send(&call).await?)?;
        page.sort_by_key(message_id);
        Ok(page)
    }

    /// Whether there is more in a channel that seems empty: something came while the bot looked. A
    /// channel also seems empty where the bot may not read its history ("Get Channel Messages"):
    /// then what was sent since cannot be seen.
    async fn has_more(&self, channel: ChannelId, start: u64) -> Result<bool> {
        let known = self.rest.send(&Call::get(format!("channels/{channel}"))).await?;
        let last = known.get("last_message_id").and_then(Value::as_str);
        let Some(last) =
            last.and_then(|last| last.parse::<u64>().ok()).filter(|last| *last > start)
        else {
            return Ok(false);
        };
        match self.rest.send(&Call::get(format!("channels/{channel}/messages/{last}"))).await {
            Ok(_) => Ok(true),
            // It was deleted.
            Err(RestError::Refused { code: 10_008, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The smallest id that a message since this moment can have.
pub(super) fn start_of(since: Timestamp) -> u64 {
    snowflake_at(since - CLOCKS_DIFFER)
}

/// The smallest snowflake of a moment.
fn snowflake_at(moment: Timestamp) -> u64 {
    let since = moment.as_millisecond() - DISCORD_EPOCH;
    u64::try_from(since).unwrap_or(0) << 22
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_the_snowflake_of_the_documentation() {
        // The example of Discord's page: 175928847299117063 was made at 1462015105.796.
        let moment = Timestamp::from_millisecond(1_462_015_105_796).expect("within range");
        assert_eq!(snowflake_at(moment), 175_928_847_299_117_063 >> 22 << 22);
    }
}
