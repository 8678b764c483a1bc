//! Effect → requests → outcome. It decides only what is the same thing twice.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Discord;
use super::build::{self, EPHEMERAL};
use super::failure::failure;
use super::rest::RestError;
use super::route::{Call, Repeat, callback, escaped};
use crate::command::Choice;
use crate::practice::effect::{Attempt, Audience, Effect, Failure, Outcome};
use crate::practice::input::Interaction;
use crate::practice::{ChannelId, MemberId, MessageId, PostId};
use crate::words::Message;

/// Milliseconds from 1970 to the first of 2015, where snowflakes begin (Discord, "Snowflakes").
const DISCORD_EPOCH: i64 = 1_420_070_400_000;
/// How much earlier than asked a search begins: clocks differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(10);
/// Messages or members on one page, the most that Discord gives.
const PAGE: usize = 100;
/// Pages of messages that a search reads.
const SEARCH_PAGES: usize = 5;
/// Pages of members that a list of reactions reads.
const REACTION_PAGES: usize = 50;
/// Minutes until Discord archives a silent thread: a day.
const ARCHIVE_AFTER: u32 = 1440;

/// Why an effect did not work, before it has a meaning.
type Result<T> = std::result::Result<T, RestError>;

impl Discord {
    /// Does an effect whose view says these messages (none where it has no view), and tells how it
    /// ended. What may be tried again has been tried again.
    pub async fn perform(&self, effect: &Effect, pages: &[Message]) -> Outcome {
        let done = match effect {
            Effect::Reply { to, audience, order, .. } => {
                self.reply(to, *audience, order.is_some(), pages).await
            }
            Effect::Send { channel, reply_to, nonce, attempt, .. } => {
                self.post(*channel, *reply_to, nonce, *attempt, pages).await
            }
            Effect::Edit { channel, message, .. } => self.edit(*channel, *message, pages).await,
            Effect::React { channel, message, emoji, .. } => {
                self.react(*channel, *message, emoji).await
            }
            Effect::OpenThread { channel, message, name, .. } => {
                self.open_thread(*channel, *message, name).await
            }
            Effect::Find { channel, post, since, .. } => self.find(*channel, *post, *since).await,
            Effect::ReadReactions { channel, message, emoji, .. } => {
                self.read_reactions(*channel, *message, emoji).await
            }
        };
        done.unwrap_or_else(|error| Outcome::Failed(failure(error)))
    }

    /// Completes what a member types: at most 25 choices; more are left out.
    ///
    /// # Errors
    ///
    /// As for an effect; nobody waits for an answer that comes too late.
    pub async fn complete_reply(
        &self,
        to: &Interaction,
        choices: &[Choice],
    ) -> std::result::Result<(), Failure> {
        let choices: Vec<Value> = choices
            .iter()
            .take(25)
            .map(|choice| json!({ "name": choice.label, "value": choice.value }))
            .collect();
        let body = json!({ "type": 8, "data": { "choices": choices } });
        match self.rest.send(&Call::post(callback(to), body, Repeat::Never)).await {
            Ok(_) => Ok(()),
            Err(error) if has_answered_before(&error) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }

    async fn reply(
        &self,
        to: &Interaction,
        audience: Audience,
        wants_message: bool,
        pages: &[Message],
    ) -> Result<Outcome> {
        let Some((first, more)) = pages.split_first() else {
            return Err(nothing_to_say());
        };
        let body = json!({ "type": 4, "data": visible(build::message(first), audience) });
        let mut call = Call::post(callback(to), body, Repeat::Never);
        if wants_message {
            call = call.query("with_response=true".to_owned());
        }
        let answer = match self.rest.send(&call).await {
            Ok(answer) => answer,
            // The first attempt had worked; only its answer was lost.
            Err(error) if has_answered_before(&error) => Value::Null,
            Err(error) => return Err(error),
        };
        let outcome = if wants_message {
            let known = answer.pointer("/resource/message").and_then(message_id);
            let message = match known {
                Some(message) => message,
                None => self.first_answer(to).await?,
            };
            Outcome::Sent { message }
        } else {
            Outcome::Done
        };
        for page in more {
            let path = format!("webhooks/{}/{}", self.application, to.token);
            let body = Value::Object(visible(build::message(page), audience));
            if let Err(error) = self.rest.send(&Call::post(path, body, Repeat::Never)).await {
                tracing::warn!(interaction = to.id, %error, "an answer stays without its next page");
                break;
            }
        }
        Ok(outcome)
    }

    async fn first_answer(&self, to: &Interaction) -> Result<MessageId> {
        let path = format!("webhooks/{}/{}/messages/@original", self.application, to.token);
        let known = self.rest.send(&Call::get(path)).await?;
        message_id(&known).ok_or_else(unreadable)
    }

    async fn post(
        &self,
        channel: ChannelId,
        reply_to: Option<MessageId>,
        nonce: &str,
        attempt: Attempt,
        pages: &[Message],
    ) -> Result<Outcome> {
        let known = match attempt {
            Attempt::Nonce => Vec::new(),
            Attempt::LookFirst { since } => self.own_messages(channel, since).await?,
        };
        let mut used = Vec::new();
        let mut first = None;
        for (page, number) in pages.iter().zip(1_u32..) {
            let same = |known: &&Value| {
                let id = message_id(known);
                build::says_the_same(known, page) && !used.contains(&id)
            };
            let message = if let Some(known) = known.iter().find(same) {
                message_id(known)
            } else {
                let nonce =
                    if number == 1 { nonce.to_owned() } else { format!("{nonce}-{number}") };
                let mut body = build::message(page);
                body.insert("nonce".to_owned(), json!(nonce));
                body.insert("enforce_nonce".to_owned(), json!(true));
                if let (1, Some(to)) = (number, reply_to) {
                    let reference =
                        json!({ "message_id": to.to_string(), "fail_if_not_exists": false });
                    body.insert("message_reference".to_owned(), reference);
                }
                let path = format!("channels/{channel}/messages");
                let call = Call::post(path, Value::Object(body), Repeat::Safe);
                message_id(&self.rest.send(&call).await?)
            };
            let message = message.ok_or_else(unreadable)?;
            used.push(Some(message));
            first = first.or(Some(message));
        }
        first.map(|message| Outcome::Sent { message }).ok_or_else(nothing_to_say)
    }

    async fn edit(
        &self,
        channel: ChannelId,
        message: MessageId,
        pages: &[Message],
    ) -> Result<Outcome> {
        let page = pages.first().ok_or_else(nothing_to_say)?;
        let path = format!("channels/{channel}/messages/{message}");
        let body = Value::Object(build::message(page));
        self.rest.send(&Call::new(Method::PATCH, path).body(body)).await?;
        Ok(Outcome::Done)
    }

    async fn react(&self, channel: ChannelId, message: MessageId, emoji: &str) -> Result<Outcome> {
        let emoji = escaped(emoji);
        let path = format!("channels/{channel}/messages/{message}/reactions/{emoji}/@me");
        self.rest.send(&Call::new(Method::PUT, path)).await?;
        Ok(Outcome::Done)
    }

    async fn open_thread(
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

    async fn find(&self, channel: ChannelId, post: PostId, since: Timestamp) -> Result<Outcome> {
        let name = post.to_string();
        let own = self.own_messages(channel, since).await?;
        let found = own.iter().find(|known| build::custom_ids(known).any(|id| id.contains(&name)));
        Ok(found
            .and_then(message_id)
            .map_or(Outcome::NotFound, |message| Outcome::Sent { message }))
    }

    /// The bot's own messages in a channel since a moment, the oldest first.
    async fn own_messages(&self, channel: ChannelId, since: Timestamp) -> Result<Vec<Value>> {
        let me = self.me.to_string();
        let is_own =
            |known: &Value| known.pointer("/author/id").and_then(Value::as_str) == Some(&me);
        let mut after = snowflake_at(since - CLOCKS_DIFFER);
        let mut own = Vec::new();
        for _ in 0..SEARCH_PAGES {
            let call = Call::get(format!("channels/{channel}/messages"))
                .query(format!("after={after}&limit={PAGE}"));
            let mut page = list(self.rest.send(&call).await?)?;
            page.sort_by_key(message_id);
            let is_last = page.len() < PAGE;
            after = page.last().and_then(message_id).map_or(after, |last| last.0);
            own.extend(page.into_iter().filter(is_own));
            if is_last {
                break;
            }
        }
        Ok(own)
    }

    async fn read_reactions(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
    ) -> Result<Outcome> {
        let path = format!("channels/{channel}/messages/{message}/reactions/{}", escaped(emoji));
        let mut members = Vec::new();
        let mut after = 0;
        for _ in 0..REACTION_PAGES {
            let call = Call::get(path.clone()).query(format!("after={after}&limit={PAGE}"));
            let page = match self.rest.send(&call).await {
                Ok(page) => list(page)?,
                // Unknown emoji: nobody has reacted with it.
                Err(RestError::Refused { code: 10_014, .. }) => break,
                Err(error) => return Err(error),
            };
            for user in &page {
                let Some(id) = super::id(user) else { continue };
                after = after.max(id);
                if user.get("bot").and_then(Value::as_bool) != Some(true) {
                    members.push(MemberId(id));
                }
            }
            if page.len() < PAGE {
                break;
            }
        }
        Ok(Outcome::Reactors { members })
    }
}

/// Makes a message visible to whom it is for.
fn visible(mut body: Map<String, Value>, audience: Audience) -> Map<String, Value> {
    match audience {
        Audience::Everyone => {}
        Audience::OnlyAsker => {
            body.insert("flags".to_owned(), json!(EPHEMERAL));
        }
    }
    body
}

/// Whether an answer was refused only because its first attempt had worked.
fn has_answered_before(error: &RestError) -> bool {
    matches!(error, RestError::Refused { code: 40_060, repeated: true, .. })
}

/// The smallest snowflake of a moment.
fn snowflake_at(moment: Timestamp) -> u64 {
    let since = moment.as_millisecond() - DISCORD_EPOCH;
    u64::try_from(since).unwrap_or(0) << 22
}

fn message_id(known: &Value) -> Option<MessageId> {
    super::id(known).map(MessageId)
}

fn list(answer: Value) -> Result<Vec<Value>> {
    match answer {
        Value::Array(items) => Ok(items),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(unreadable())
        }
    }
}

fn unreadable() -> RestError {
    RestError::Unavailable { reason: "Discord's answer could not be understood".to_owned() }
}

fn nothing_to_say() -> RestError {
    RestError::Refused {
        status: 0,
        code: 0,
        reason: "there was nothing to say".to_owned(),
        repeated: false,
    }
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
