//! Private messages: the chat with a member is opened, then it is a channel like any other. It
//! does not know what is said there.

use serde_json::json;

use super::Discord;
use super::outbound::{Result, unreadable};
use super::route::{Call, Repeat};
use crate::practice::effect::{Attempt, OrderId, Outcome};
use crate::practice::{ChannelId, MemberId};
use crate::words::Message;

impl Discord {
    /// Says something to one member alone. Where it may have been said before, the chat is looked
    /// at first: its id is not remembered, because opening it again gives the same chat.
    pub(super) async fn whisper(
        &self,
        order: OrderId,
        member: MemberId,
        nonce: &str,
        attempt: Attempt,
        pages: &[Message],
    ) -> Result<Outcome> {
        let chat = self.private_chat(member).await?;
        let known = match attempt {
            Attempt::Nonce { .. } => Vec::new(),
            Attempt::LookFirst { since } => {
                self.sent_before(order, chat, None, since, pages).await?
            }
        };
        self.post(chat, None, nonce, &known, pages).await
    }

    /// The private chat with a member (Discord, "Create DM").
    async fn private_chat(&self, member: MemberId) -> Result<ChannelId> {
        let body = json!({ "recipient_id": member.to_string() });
        let call = Call::post("users/@me/channels".to_owned(), body, Repeat::Safe);
        let chat = self.rest.send(&call).await?;
        super::id(&chat).map(ChannelId).ok_or_else(unreadable)
    }
}
