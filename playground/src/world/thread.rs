//! Channels and threads come, change and go.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::json;
use serenity::model::gateway::GatewayIntents;

use super::model::{Channel, ChannelKind, Mentions, Message, Overwrite, Thread};
use super::{ChangeKind, World};
use crate::Id;
use crate::json::Json;

/// The mark of a message that has a thread. Source: message resource, "Message Flags".
const HAS_THREAD: u64 = 1 << 5;

/// What a new thread is to be.
#[derive(Clone, Debug)]
pub(crate) struct NewThread {
    /// The channel in which it is made.
    pub parent: Id,
    /// The message from which it starts.
    pub from: Option<Id>,
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// After how many quiet minutes it is put away.
    pub auto_archive_minutes: u32,
    /// Whether only invited members see it.
    pub private: bool,
    /// Who makes it.
    pub owner: Id,
}

impl World {
    /// Makes a thread. From a message it gets that message's id.
    pub(crate) fn make_thread(&mut self, new: NewThread) -> Id {
        let id = new.from.unwrap_or_else(|| self.next_id());
        let team = self.channels.get(&new.parent).and_then(|c| c.team);
        let thread = Thread {
            owner: new.owner,
            archived: false,
            locked: false,
            auto_archive_minutes: new.auto_archive_minutes,
            archived_at: self.now,
            members: BTreeSet::from([new.owner]),
            message_count: 0,
        };
        let channel = Channel {
            id,
            team,
            kind: if new.private { ChannelKind::PrivateThread } else { ChannelKind::Thread },
            name: new.name.clone(),
            topic: None,
            parent: Some(new.parent),
            overwrites: Vec::new(),
            recipient: None,
            last_message: None,
            slow_mode: 0,
            position: 0,
            thread: Some(thread),
        };
        self.channels.insert(id, channel);
        self.note(new.parent, new.owner, &format!("opens thread \"{}\"", new.name));
        self.emit_channel(id, "THREAD_CREATE", true);
        if let Some(from) = new.from {
            self.mark_start(new.parent, from, id);
        } else if !new.private {
            self.post_as(
                Message {
                    channel: new.parent,
                    author: new.owner,
                    kind: 18,
                    content: new.name,
                    ..Message::default()
                },
                false,
            );
        }
        id
    }

    /// Marks the message from which a thread starts, and repeats it as the
    /// thread's first.
    fn mark_start(&mut self, parent: Id, from: Id, thread: Id) {
        if let Some(message) = self.message_mut(parent, from) {
            message.flags |= HAS_THREAD;
            let message = message.clone();
            self.emit_message("MESSAGE_UPDATE", &message);
        }
        let author = self.message_in(parent, from).map_or(self.application, |m| m.author);
        let first = Message {
            channel: thread,
            author,
            kind: 21,
            reply_to: Some(from),
            ..Message::default()
        };
        self.post_as(first, false);
        if let Some(thread) = self.channels.get_mut(&thread).and_then(|c| c.thread.as_mut()) {
            thread.message_count = 0;
        }
    }

    /// Changes a channel or thread and tells the bot.
    pub(crate) fn change_channel(&mut self, id: Id, change: impl FnOnce(&mut Channel)) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let was_archived = channel.thread.as_ref().is_some_and(|t| t.archived);
        change(channel);
        if let Some(thread) = &mut channel.thread {
            if thread.archived != was_archived {
                thread.archived_at = self.now;
            }
            self.emit_thread_update(id);
        } else {
            self.emit_channel(id, "CHANNEL_UPDATE", false);
        }
    }

    pub(crate) fn emit_thread_update(&mut self, id: Id) {
        self.emit_channel(id, "THREAD_UPDATE", false);
    }

    /// Lets a person join or leave a thread; false if nothing changed.
    pub(crate) fn set_thread_member(&mut self, id: Id, user: Id, inside: bool) -> bool {
        let Some(channel) = self.channels.get_mut(&id) else {
            return false;
        };
        let (team, Some(thread)) = (channel.team, channel.thread.as_mut()) else {
            return false;
        };
        let changed =
            if inside { thread.members.insert(user) } else { thread.members.remove(&user) };
        if changed {
            let count = thread.members.len().min(50);
            let mut data = json!({"id": id, "guild_id": team, "member_count": count});
            if inside {
                data.set("added_members", json!([self.thread_member_json(id, user)]));
            } else {
                data.set("removed_member_ids", json!([user]));
            }
            self.changed(ChangeKind::Channel, Some(id));
            // Without the members intent only one's own coming and going is told.
            if user == self.application {
                self.emit_in(
                    id,
                    "THREAD_MEMBERS_UPDATE",
                    GatewayIntents::GUILDS,
                    GatewayIntents::GUILDS,
                    data,
                );
            }
        }
        changed
    }

    /// Puts a person into a thread, which says so itself (Discord's kind 1). One who is in it
    /// already stays.
    pub(crate) fn add_to_thread(&mut self, id: Id, user: Id, by: Id) {
        if !self.set_thread_member(id, user, true) {
            return;
        }
        let name = self.display_name(user, self.channels.get(&id).and_then(|c| c.team));
        self.note(id, by, &format!("adds {name}"));
        let mentions = Mentions { users: vec![user], ..Mentions::default() };
        let says = Message { channel: id, author: by, kind: 1, mentions, ..Message::default() };
        self.post_as(says, false);
    }

    /// Removes a channel with its messages, and a channel's threads with it.
    pub(crate) fn delete_channel(&mut self, id: Id, by: Id) {
        let threads: Vec<Id> = self.threads(id).map(|c| c.id).collect();
        for thread in threads {
            self.delete_channel(thread, by);
        }
        let place = self.place(id);
        self.note(id, by, &format!("deletes {place}"));
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let is_thread = channel.kind.is_thread();
        let name = if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        self.emit_channel(id, name, false);
        self.channels.remove(&id);
        self.messages.remove(&id);
    }

    /// Sets what a role or person may do in a channel beyond the roles.
    pub(crate) fn set_overwrite(&mut self, channel: Id, overwrite: Overwrite) {
        self.change_channel(channel, |c| {
            c.overwrites.retain(|o| o.target != overwrite.target);
            c.overwrites.push(overwrite);
        });
    }

    /// The private chat of a person with the bot, made if there is none.
    pub(crate) fn open_private_chat(&mut self, user: Id) -> Id {
        if let Some(chat) = self.private_chat(user) {
            return chat.id;
        }
        let id = self.next_id();
        let channel = Channel {
            id,
            team: None,
            kind: ChannelKind::Private,
            name: String::new(),
            topic: None,
            parent: None,
            overwrites: Vec::new(),
            recipient: Some(user),
            last_message: None,
            slow_mode: 0,
            position: 0,
            thread: None,
        };
        self.channels.insert(id, channel);
        self.changed(ChangeKind::Channel, Some(id));
        id
    }

    fn emit_channel(&mut self, id: Id, name: &'static str, fresh: bool) {
        self.changed(ChangeKind::Channel, Some(id));
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let mut data = self.channel_json(channel);
        if fresh {
            data.set("newly_created", json!(true));
        }
        if channel.kind.is_thread() {
            self.emit_in(id, name, GatewayIntents::GUILDS, GatewayIntents::GUILDS, data);
        } else {
            // Bots hear of all channels, also of those that are hidden from them.
            let team = channel.team;
            self.emit(team, name, data);
        }
    }

    /// Puts away the threads in which nobody wrote for their time. Looks at most
    /// once a minute of the world.
    pub(crate) fn archive_quiet_threads(&mut self) {
        let minute = SignedDuration::from_mins(1);
        if self.now.duration_since(self.looked_for_quiet).abs() < minute {
            return;
        }
        self.looked_for_quiet = self.now;
        let now = self.now;
        let is_quiet = |channel: &&Channel| {
            let Some(thread) = channel.thread.as_ref().filter(|t| !t.archived) else {
                return false;
            };
            let written = channel.last_message.map_or(thread.archived_at, Id::time);
            let patience = SignedDuration::from_mins(i64::from(thread.auto_archive_minutes));
            now.duration_since(written.max(thread.archived_at)) >= patience
        };
        let quiet: Vec<Id> = self.channels.values().filter(is_quiet).map(|c| c.id).collect();
        for id in quiet {
            self.change_channel(id, |channel| {
                if let Some(thread) = &mut channel.thread {
                    thread.archived = true;
                }
            });
        }
    }

    /// Adds a text channel to a team.
    pub(crate) fn make_channel(&mut self, team: Id, name: &str) -> Id {
        let id = self.next_id();
        let position = self.channels.values().filter(|c| c.team == Some(team)).count();
        let channel = Channel {
            id,
            team: Some(team),
            kind: ChannelKind::Text,
            name: name.to_owned(),
            topic: None,
            parent: None,
            overwrites: Vec::new(),
            recipient: None,
            last_message: None,
            slow_mode: 0,
            position: u32::try_from(position).unwrap_or(u32::MAX),
            thread: None,
        };
        self.channels.insert(id, channel);
        self.emit_channel(id, "CHANNEL_CREATE", false);
        id
    }
}
