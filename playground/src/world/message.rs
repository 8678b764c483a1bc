//! Messages come, change and go.

use serde_json::json;
use serenity::model::gateway::GatewayIntents;

use super::model::Message;
use super::{ChangeKind, Dispatch, World};
use crate::Id;
use crate::json::Json;

impl World {
    /// Puts a message into its channel; id and time are given here.
    pub(crate) fn post(&mut self, message: Message) -> Id {
        self.post_as(message, true)
    }

    /// Like [`World::post`], without a line in the transcript if `noted` is false.
    pub(crate) fn post_as(&mut self, mut message: Message, noted: bool) -> Id {
        message.id = self.next_id();
        message.created = self.now;
        let id = message.id;
        let channel_id = message.channel;
        let public = !message.is_ephemeral();
        if let Some(channel) = self.channels.get_mut(&channel_id)
            && public
        {
            channel.last_message = Some(id);
            if let Some(thread) = &mut channel.thread {
                thread.message_count += 1;
                thread.members.insert(message.author);
                if thread.archived {
                    thread.archived = false;
                    thread.archived_at = self.now;
                    self.emit_thread_update(channel_id);
                }
            }
        }
        if noted && !message.thinking {
            self.note_message(&message, "→");
        }
        self.messages.entry(channel_id).or_default().insert(id, message.clone());
        self.emit_message("MESSAGE_CREATE", &message);
        id
    }

    /// Changes a message and marks it edited.
    pub(crate) fn edit(&mut self, channel: Id, id: Id, change: impl FnOnce(&mut Message)) {
        let now = self.now;
        let Some(message) = self.message_mut(channel, id) else {
            return;
        };
        let was_thinking = std::mem::take(&mut message.thinking);
        change(message);
        if !was_thinking {
            message.edited = Some(now);
        }
        let message = message.clone();
        self.note_message(&message, if was_thinking { "→" } else { "edits" });
        self.emit_message("MESSAGE_UPDATE", &message);
    }

    /// Removes a message. Its thread, if it has one, stays.
    pub(crate) fn delete_message(&mut self, channel: Id, id: Id, by: Id) -> Option<Message> {
        let gone = self.messages.get_mut(&channel)?.remove(&id)?;
        self.note(
            channel,
            by,
            &format!("deletes a message of {}", {
                self.display_name(gone.author, self.channels.get(&channel).and_then(|c| c.team))
            }),
        );
        self.changed(ChangeKind::Message, Some(channel));
        if !gone.is_ephemeral() {
            let team = self.channels.get(&channel).and_then(|c| c.team);
            let mut data = json!({"id": id, "channel_id": channel});
            if let Some(team) = team {
                data.set("guild_id", json!(team));
            }
            self.emit_in(
                channel,
                "MESSAGE_DELETE",
                GatewayIntents::GUILD_MESSAGES,
                GatewayIntents::DIRECT_MESSAGES,
                data,
            );
        }
        Some(gone)
    }

    /// Whether its content is hidden from a bot without the content intent:
    /// all but its own messages, private chats and messages that mention it.
    pub(crate) fn is_guarded(&self, message: &Message) -> bool {
        let private = self.channels.get(&message.channel).is_some_and(|c| c.team.is_none());
        message.author != self.application
            && !private
            && !message.mentions.users.contains(&self.application)
    }

    /// Tells the bot about a message, unless only one member sees it.
    pub(crate) fn emit_message(&mut self, name: &'static str, message: &Message) {
        self.changed(ChangeKind::Message, Some(message.channel));
        if message.is_ephemeral() || !self.can_view(self.application, message.channel) {
            return;
        }
        let team = self.channels.get(&message.channel).and_then(|c| c.team);
        let intents = if team.is_some() {
            GatewayIntents::GUILD_MESSAGES
        } else {
            GatewayIntents::DIRECT_MESSAGES
        };
        let data = self.message_event_json(message);
        let guarded = self.is_guarded(message);
        self.pending.push(Dispatch { name, team, intents, guarded, data });
    }
}
