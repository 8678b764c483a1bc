//! The state of the local Discord: who is there, what was said, what is asked
//! of the bot. Plain data and the changes it can go through; it knows no
//! sockets, no clock and no limits of requests.
//!
//! Each change leaves events in `pending`, which the holder of the world hands
//! to the gateway before anybody else can look.

pub(crate) mod acts;
pub(crate) mod command;
pub(crate) mod interaction;
pub(crate) mod mention;
pub(crate) mod message;
pub mod model;
pub(crate) mod permission;
pub(crate) mod reaction;
pub(crate) mod thread;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::Value;
use serenity::model::gateway::GatewayIntents;

use crate::Id;
use model::{Channel, ChannelKind, Command, Interaction, Member, Message, Team, User};

/// The colours of people's round pictures, in turn.
const COLORS: [u32; 6] = [0xE8_7A_5D, 0x3B_A5_8B, 0xA2_6B_D4, 0xD9_A4_41, 0x4F_8F_D9, 0xC9_5D_8C];

/// Something that changed, for those who show the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing.
    pub kind: ChangeKind,
    /// Where, if it happened in one channel.
    pub channel: Option<Id>,
}

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A message came, changed or went.
    Message,
    /// A reaction came or went.
    Reaction,
    /// A channel or thread came, changed or went.
    Channel,
    /// The bot registered other commands.
    Commands,
    /// An interaction was made or answered.
    Interaction,
    /// The bot connected or went away.
    Bot,
    /// The clock was moved.
    Clock,
}

/// An event on its way to the bot.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    /// Discord's name, `MESSAGE_CREATE`.
    pub name: &'static str,
    /// The team in which it happened; decides the shard.
    pub team: Option<Id>,
    /// The intents of which one is needed; empty if none is.
    pub intents: GatewayIntents,
    /// Whether content and embeds are for those only who may read messages.
    pub guarded: bool,
    /// The event.
    pub data: Value,
}

/// The world.
#[derive(Debug)]
pub struct World {
    pub(crate) now: Timestamp,
    last_id: Id,
    looked_for_quiet: Timestamp,
    pub(crate) application: Id,
    pub(crate) application_name: String,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) teams: BTreeMap<Id, Team>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    pub(crate) messages: BTreeMap<Id, BTreeMap<Id, Message>>,
    pub(crate) commands: Vec<Command>,
    pub(crate) created_commands: u32,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    pub(crate) tokens: HashMap<String, Id>,
    pub(crate) acts: Vec<acts::Act>,
    pub(crate) pending: Vec<Dispatch>,
    pub(crate) changes: Vec<Change>,
    pub(crate) sees_content: bool,
    /// Those who take no private messages from the bot.
    pub(crate) closed: BTreeSet<Id>,
}

impl World {
    /// An empty world with nobody but the bot.
    pub(crate) fn empty(now: Timestamp, application: Id, bot_name: &str) -> Self {
        let bot =
            User { id: application, name: bot_name.to_lowercase(), bot: true, color: 0x58_65_F2 };
        Self {
            now,
            last_id: application,
            looked_for_quiet: now,
            application,
            application_name: bot_name.to_owned(),
            users: BTreeMap::from([(application, bot)]),
            teams: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: Vec::new(),
            created_commands: 0,
            interactions: BTreeMap::new(),
            tokens: HashMap::new(),
            acts: Vec::new(),
            pending: Vec::new(),
            changes: Vec::new(),
            sees_content: false,
            closed: BTreeSet::new(),
        }
    }

    /// The time of the last change or look.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The bot's person, which is also its application.
    pub fn bot(&self) -> Id {
        self.application
    }

    /// All teams.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values()
    }

    /// One team.
    pub fn team(&self, id: Id) -> Option<&Team> {
        self.teams.get(&id)
    }

    /// All persons, the bot included.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
    }

    /// One person.
    pub fn user(&self, id: Id) -> Option<&User> {
        self.users.get(&id)
    }

    /// The person of this name.
    pub fn user_named(&self, name: &str) -> Option<&User> {
        self.users.values().find(|user| user.name.eq_ignore_ascii_case(name))
    }

    /// A person's membership of a team.
    pub fn member(&self, team: Id, user: Id) -> Option<&Member> {
        self.teams.get(&team)?.members.get(&user)
    }

    /// What a person is called in a channel: the bot is always `bot`.
    pub fn display_name(&self, user: Id, team: Option<Id>) -> String {
        if user == self.application {
            return "bot".to_owned();
        }
        let nick = team.and_then(|team| self.member(team, user)).and_then(|m| m.nick.clone());
        nick.or_else(|| self.user(user).map(|u| u.name.clone())).unwrap_or_else(|| "?".to_owned())
    }

    /// All channels, threads and private chats.
    pub fn channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.values()
    }

    /// One channel, thread or private chat.
    pub fn channel(&self, id: Id) -> Option<&Channel> {
        self.channels.get(&id)
    }

    /// The channel or thread of this name: an id, `prep`, `#prep`, or, where
    /// several teams have one, `Team/prep`. The first made wins.
    pub fn channel_named(&self, name: &str) -> Option<&Channel> {
        if let Some(found) = name.parse().ok().and_then(|id| self.channels.get(&id)) {
            return Some(found);
        }
        let (team, bare) = match name.split_once('/') {
            Some((team, bare)) if self.teams.values().any(|t| t.name == team) => (Some(team), bare),
            _ => (None, name),
        };
        let bare = bare.strip_prefix('#').unwrap_or(bare);
        let in_team = |channel: &&Channel| {
            team.is_none_or(|wanted| {
                channel.team.and_then(|id| self.teams.get(&id)).is_some_and(|t| t.name == wanted)
            })
        };
        self.channels
            .values()
            .filter(in_team)
            .find(|c| c.name == bare && c.kind != ChannelKind::Private)
    }

    /// The private chat of a person with the bot, if there is one yet.
    pub fn private_chat(&self, user: Id) -> Option<&Channel> {
        self.channels.values().find(|c| c.recipient == Some(user))
    }

    /// Whether a person takes no private messages from the bot.
    pub fn is_closed(&self, user: Id) -> bool {
        self.closed.contains(&user)
    }

    /// The threads of a channel, oldest first.
    pub fn threads(&self, channel: Id) -> impl Iterator<Item = &Channel> {
        self.channels.values().filter(move |c| c.parent == Some(channel))
    }

    /// All messages of a channel, ephemeral ones included, oldest first.
    pub fn messages(&self, channel: Id) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.get(&channel).into_iter().flat_map(BTreeMap::values)
    }

    /// The messages of a channel that a person sees, oldest first. Empty if the
    /// channel is hidden from them.
    pub fn visible_messages(&self, user: Id, channel: Id) -> Vec<&Message> {
        if !self.can_view(user, channel) {
            return Vec::new();
        }
        self.messages(channel).filter(|m| m.only_for.is_none_or(|only| only == user)).collect()
    }

    /// One message, wherever it is.
    pub fn message(&self, id: Id) -> Option<&Message> {
        self.messages.values().find_map(|of_channel| of_channel.get(&id))
    }

    /// One message of a channel.
    pub fn message_in(&self, channel: Id, id: Id) -> Option<&Message> {
        self.messages.get(&channel)?.get(&id)
    }

    pub(crate) fn message_mut(&mut self, channel: Id, id: Id) -> Option<&mut Message> {
        self.messages.get_mut(&channel)?.get_mut(&id)
    }

    /// All interactions so far, oldest first.
    pub fn interactions(&self) -> impl Iterator<Item = &Interaction> {
        self.interactions.values()
    }

    /// One interaction.
    pub fn interaction(&self, id: Id) -> Option<&Interaction> {
        self.interactions.get(&id)
    }

    /// All registered commands.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// A new id: larger than all before, and of the present millisecond unless
    /// the clock went back.
    pub(crate) fn next_id(&mut self) -> Id {
        self.last_id = Id::at(self.now).max(self.last_id.next());
        self.last_id
    }

    /// The person of this name, made if there is none.
    pub(crate) fn make_user(&mut self, name: &str) -> Id {
        if let Some(known) = self.user_named(name) {
            return known.id;
        }
        let id = self.next_id();
        let color = COLORS.get(self.users.len() % COLORS.len()).copied().unwrap_or_default();
        self.users.insert(id, User { id, name: name.to_lowercase(), bot: false, color });
        id
    }

    pub(crate) fn changed(&mut self, kind: ChangeKind, channel: Option<Id>) {
        self.changes.push(Change { kind, channel });
    }

    /// Sends an event about a channel, if the bot can see that channel.
    pub(crate) fn emit_in(
        &mut self,
        channel: Id,
        name: &'static str,
        in_team: GatewayIntents,
        in_private: GatewayIntents,
        data: Value,
    ) {
        if !self.can_view(self.application, channel) {
            return;
        }
        let team = self.channels.get(&channel).and_then(|c| c.team);
        let intents = if team.is_some() { in_team } else { in_private };
        self.pending.push(Dispatch { name, team, intents, guarded: false, data });
    }

    /// Sends an event about a team.
    pub(crate) fn emit(&mut self, team: Option<Id>, name: &'static str, data: Value) {
        let intents = GatewayIntents::GUILDS;
        self.pending.push(Dispatch { name, team, intents, guarded: false, data });
    }
}
