//! Reactions come and go.

use serde_json::{Value, json};
use serenity::model::gateway::GatewayIntents;

use super::model::Reaction;
use super::{ChangeKind, World};
use crate::Id;
use crate::json::Json;
use crate::payload;

impl World {
    /// Adds a person's emoji to a message; false if it was there already or the
    /// message is gone.
    pub(crate) fn react(&mut self, channel: Id, message: Id, user: Id, emoji: &str) -> bool {
        let Some(found) = self.message_mut(channel, message) else {
            return false;
        };
        match found.reactions.iter_mut().find(|r| r.emoji == emoji) {
            Some(reaction) if reaction.users.contains(&user) => return false,
            Some(reaction) => reaction.users.push(user),
            None => {
                found.reactions.push(Reaction { emoji: emoji.to_owned(), users: vec![user] });
            }
        }
        let found = found.clone();
        self.note_reaction(&found, user, emoji);
        let mut data = self.reaction_json(channel, message, user, emoji);
        data.set("message_author_id", json!(found.author));
        let team = self.channels.get(&channel).and_then(|c| c.team);
        if let Some(member) = team.and_then(|team| self.member(team, user)) {
            data.set("member", self.member_json(member));
        }
        self.emit_reaction(channel, "MESSAGE_REACTION_ADD", data);
        true
    }

    /// Takes a person's emoji away; false if it was not there.
    pub(crate) fn unreact(&mut self, channel: Id, message: Id, user: Id, emoji: &str) -> bool {
        let Some(found) = self.message_mut(channel, message) else {
            return false;
        };
        let Some(reaction) = found.reactions.iter_mut().find(|r| r.emoji == emoji) else {
            return false;
        };
        let before = reaction.users.len();
        reaction.users.retain(|u| *u != user);
        if reaction.users.len() == before {
            return false;
        }
        found.reactions.retain(|r| !r.users.is_empty());
        self.note(channel, user, &format!("takes {emoji} back"));
        let data = self.reaction_json(channel, message, user, emoji);
        self.emit_reaction(channel, "MESSAGE_REACTION_REMOVE", data);
        true
    }

    fn reaction_json(&self, channel: Id, message: Id, user: Id, emoji: &str) -> Value {
        let mut data = json!({
            "user_id": user,
            "channel_id": channel,
            "message_id": message,
            "emoji": payload::emoji(emoji),
            "burst": false,
            "burst_colors": [],
            "type": 0,
        });
        if let Some(team) = self.channels.get(&channel).and_then(|c| c.team) {
            data.set("guild_id", json!(team));
        }
        data
    }

    fn emit_reaction(&mut self, channel: Id, name: &'static str, data: Value) {
        self.changed(ChangeKind::Reaction, Some(channel));
        self.emit_in(
            channel,
            name,
            GatewayIntents::GUILD_MESSAGE_REACTIONS,
            GatewayIntents::DIRECT_MESSAGE_REACTIONS,
            data,
        );
    }
}
