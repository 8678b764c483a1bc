//! Effect → requests → outcome. It decides only what is the same thing twice.

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Discord;
use super::build;
use super::failure::failure;
use super::files::{self, Upload};
use super::rest::RestError;
use super::route::{Call, Repeat, escaped};
use super::search::start_of;
use crate::practice::effect::{Attempt, Effect, OrderId, Outcome};
use crate::practice::{ChannelId, MemberId, MessageId, PostId};
use crate::words::Message;

/// Messages or members on one page, the most that Discord gives.
pub(super) const PAGE: usize = 100;
/// Pages of members that a list of reactions reads.
const REACTION_PAGES: usize = 50;
/// Cannot reply without permission to read message history.
const NO_HISTORY: u32 = 160_002;

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
            // What the coach is asked is not Discord's business either.
            Effect::Update { to, .. } | Effect::Consult { to, .. } => self.update(to, pages).await,
            Effect::Amend { to, under, .. } => self.amend(to, *under, pages).await,
            Effect::Acknowledge { to } => self.acknowledge(to).await,
            Effect::Form { to, form } => self.open_form(to, &crate::words::form(form)).await,
            Effect::Send { order, channel, reply_to, after, nonce, attempt, .. } => {
                let known = match attempt {
                    Attempt::Nonce { .. } => Ok(Vec::new()),
                    Attempt::LookFirst { since } => {
                        let after = (*after).max(*reply_to);
                        self.sent_before(*order, *channel, after, *since, pages).await
                    }
                };
                match known {
                    Ok(known) => self.post(*channel, *reply_to, nonce, &known, pages).await,
                    Err(error) => Err(error),
                }
            }
            // The disk is not Discord's business: the runtime does it, and the answer comes as one.
            Effect::Rewrite { .. } => Ok(Outcome::NotFound),
            Effect::Whisper { order, member, nonce, attempt, .. } => {
                self.whisper(*order, *member, nonce, *attempt, pages).await
            }
            Effect::Edit { order, channel, message, .. } => {
                self.edit(*order, *channel, *message, pages).await
            }
            Effect::React { channel, message, emoji, .. } => {
                self.react(*channel, *message, emoji).await
            }
            Effect::OpenThread { channel, message, name, .. } => {
                self.open_thread(*channel, *message, name).await
            }
            Effect::StartThread { channel, name, private, attempt, .. } => {
                self.start_thread(*channel, name, *private, *attempt).await
            }
            Effect::AddToThread { thread, member, .. } => {
                self.add_to_thread(*thread, *member).await
            }
            Effect::Find { channel, post, since, .. } => self.find(*channel, *post, *since).await,
            Effect::FindReply { channel, request, .. } => self.find_reply(*channel, *request).await,
            Effect::ReadReactions { channel, message, emoji, .. } => {
                self.read_reactions(*channel, *message, emoji).await
            }
        };
        done.unwrap_or_else(|error| Outcome::Failed(failure(error)))
    }

    pub(super) async fn post(
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
                let (mut body, files) = said(page).await;
                body.insert("nonce".to_owned(), json!(nonce));
                body.insert("enforce_nonce".to_owned(), json!(true));
                if let (1, Some(to)) = (number, reply_to) {
                    let reference =
                        json!({ "message_id": to.to_string(), "fail_if_not_exists": false });
                    body.insert("message_reference".to_owned(), reference);
                }
                message_id(&self.create(channel, body, files).await?)
            };
            let message = message.ok_or_else(unreadable)?;
            first = first.or(Some(message));
        }
        first.map(|message| Outcome::Sent { message }).ok_or_else(nothing_to_say)
    }

    /// Creates a message. Where the bot may not see what it would reply to, it says it all the
    /// same, without the reference: an answer names its question.
    async fn create(
        &self,
        channel: ChannelId,
        mut body: Map<String, Value>,
        files: Vec<Upload>,
    ) -> Result<Value> {
        let path = format!("channels/{channel}/messages");
        let call = Call::post(path, Value::Object(body.clone()), Repeat::Safe).files(files);
        match self.rest.send(&call).await {
            Err(RestError::Refused { code: NO_HISTORY, .. })
                if body.remove("message_reference").is_some() =>
            {
                self.rest.send(&call.body(Value::Object(body))).await
            }
            answer => answer,
        }
    }

    async fn edit(
        &self,
        order: OrderId,
        channel: ChannelId,
        message: MessageId,
        pages: &[Message],
    ) -> Result<Outcome> {
        let (first, more) = pages.split_first().ok_or_else(nothing_to_say)?;
        self.edit_one(order, channel, message, first).await?;
        if !more.is_empty() {
            for (message, page) in self.pages_after(channel, message, more).await? {
                self.edit_one(order, channel, message, page).await?;
            }
        }
        Ok(Outcome::Done)
    }

    async fn edit_one(
        &self,
        order: OrderId,
        channel: ChannelId,
        message: MessageId,
        page: &Message,
    ) -> Result<()> {
        let path = format!("channels/{channel}/messages/{message}");
        let (body, files) = said_instead(page).await;
        let call = Call::new(Method::PATCH, path).body(Value::Object(body)).files(files);
        match order {
            OrderId::Post { .. }
            | OrderId::Reminder { .. }
            | OrderId::Digest { .. }
            | OrderId::Coach { .. }
            | OrderId::Rewrite => self.rest.send(&call).await?,
            OrderId::Interview { .. } => self.in_open_thread(channel, &call).await?,
        };
        Ok(())
    }

    async fn react(&self, channel: ChannelId, message: MessageId, emoji: &str) -> Result<Outcome> {
        let emoji = escaped(emoji);
        let path = format!("channels/{channel}/messages/{message}/reactions/{emoji}/@me");
        self.rest.send(&Call::new(Method::PUT, path)).await?;
        Ok(Outcome::Done)
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

/// A message as a body, and its files.
pub(super) async fn said(message: &Message) -> (Map<String, Value>, Vec<Upload>) {
    let (mut body, files) = (build::message(message), files::ready(&message.files).await);
    if !files.is_empty() {
        body.insert("attachments".to_owned(), files::described(&files));
    }
    (body, files)
}

/// The same for a message that says something else now. Files are named even where there are none:
/// those that it had before go.
pub(super) async fn said_instead(message: &Message) -> (Map<String, Value>, Vec<Upload>) {
    let (mut body, files) = said(message).await;
    body.insert("attachments".to_owned(), files::described(&files));
    (body, files)
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

pub(super) fn unreadable() -> RestError {
    RestError::Unavailable { reason: "Discord's answer could not be understood".to_owned() }
}

pub(super) fn nothing_to_say() -> RestError {
    refused(0, "there was nothing to say")
}

/// Refused by the bot itself.
pub(super) fn refused(code: u32, reason: &str) -> RestError {
    RestError::Refused { status: 0, code, reason: reason.to_owned(), repeated: false }
}

/// Whether a message is the question of this post. The buttons under its answer name the post as
/// well.
pub(super) fn names(known: &Value, post: &str) -> bool {
    build::custom_ids(known).any(|id| id.starts_with("show:") && id.contains(post))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_never_taken_for_its_question() {
        let message = |id: &str| serde_json::json!({ "components": [{ "components": [{ "custom_id": id }] }] });
        let post = "00000000000000ff";
        assert!(names(&message(&format!("show:{post}")), post));
        assert!(!names(&message(&format!("own:grade-post:{post}:0")), post));
        assert!(!names(&message("show:00000000000000fe"), post));
    }
}
