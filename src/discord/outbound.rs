//! Effect → requests → outcome. It decides only what is the same thing twice.

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Discord;
use super::build::{self, EPHEMERAL};
use super::failure::failure;
use super::rest::RestError;
use super::route::{Call, Repeat, callback, escaped};
use super::search::start_of;
use crate::command::Choice;
use crate::practice::effect::{Attempt, Audience, Effect, Failure, Outcome};
use crate::practice::input::Interaction;
use crate::practice::{ChannelId, MemberId, MessageId, PostId};
use crate::words::Message;

/// Messages or members on one page, the most that Discord gives.
pub(super) const PAGE: usize = 100;
/// Pages of members that a list of reactions reads.
const REACTION_PAGES: usize = 50;
/// Cannot reply without permission to read message history.
const NO_HISTORY: u32 = 160_002;
/// Minutes until Discord archives a silent thread: a day.
const ARCHIVE_AFTER: u32 = 1440;

/// Why an effect did not work, before it has a meaning.
pub(super) type Result<T> = std::result::Result<T, RestError>;

impl Discord {
    /// Does an effect whose view says these messages (none where it has no view), and tells how it
    /// ended. What may be tried again has been tried again.
    pub async fn perform(&self, effect: &Effect, pages: &[Message]) -> Outcome {
        let done = match effect {
            Effect::Reply { to, audience, order, .. } => {
                self.reply(to, *audience, order.is_some(), pages).await
            }
            Effect::Update { .. }
            | Effect::Acknowledge { .. }
            | Effect::Form { .. }
            | Effect::StartThread { .. }
            | Effect::AddToThread { .. } => Err(refused(0, "not yet")),
            Effect::Send { order, channel, reply_to, nonce, attempt, .. } => {
                let known = match attempt {
                    Attempt::Nonce { .. } => Ok(Vec::new()),
                    Attempt::LookFirst { since } => {
                        self.sent_before(*order, *channel, *reply_to, *since, pages).await
                    }
                };
                match known {
                    Ok(known) => self.post(*channel, *reply_to, nonce, &known, pages).await,
                    Err(error) => Err(error),
                }
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
        known: &[Option<MessageId>],
        pages: &[Message],
    ) -> Result<Outcome> {
        let mut first = None;
        for (index, (page, number)) in pages.iter().zip(1_u32..).enumerate() {
            let message = if let Some(known) = known.get(index).copied().flatten() {
                Some(known)
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
                message_id(&self.create(channel, body).await?)
            };
            let message = message.ok_or_else(unreadable)?;
            first = first.or(Some(message));
        }
        first.map(|message| Outcome::Sent { message }).ok_or_else(nothing_to_say)
    }

    /// Creates a message. Where the bot may not see what it would reply to, it says it all the
    /// same, without the reference: an answer names its question.
    async fn create(&self, channel: ChannelId, mut body: Map<String, Value>) -> Result<Value> {
        let path = || format!("channels/{channel}/messages");
        let call = Call::post(path(), Value::Object(body.clone()), Repeat::Safe);
        match self.rest.send(&call).await {
            Err(RestError::Refused { code: NO_HISTORY, .. })
                if body.remove("message_reference").is_some() =>
            {
                self.rest.send(&Call::post(path(), Value::Object(body), Repeat::Safe)).await
            }
            answer => answer,
        }
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
        let own = self.own_messages(channel, start_of(since)).await?;
        let found = own.iter().find(|known| names(known, &name));
        Ok(found
            .and_then(message_id)
            .map_or(Outcome::NotFound, |message| Outcome::Sent { message }))
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

pub(super) fn message_id(known: &Value) -> Option<MessageId> {
    super::id(known).map(MessageId)
}

pub(super) fn list(answer: Value) -> Result<Vec<Value>> {
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
    refused(0, "there was nothing to say")
}

/// Refused by the bot itself.
pub(super) fn refused(code: u32, reason: &str) -> RestError {
    RestError::Refused { status: 0, code, reason: reason.to_owned(), repeated: false }
}

/// Whether a message has a button of this post.
pub(super) fn names(known: &Value, post: &str) -> bool {
    build::custom_ids(known).any(|id| id.contains(post))
}
