//! What the host of the world changes, as a team's owner would: permissions,
//! channels, members, and whether the bot is in a team at all.

use serde_json::json;
use serenity::model::Permissions;

use crate::world::World;
use crate::world::model::{Member, Overwrite};
use crate::{Id, LocalDiscord, payload};

impl LocalDiscord {
    /// Forbids the bot something in a channel, on top of what was forbidden.
    /// False if there is no such channel.
    pub fn deny_bot(&self, channel: &str, denied: Permissions) -> bool {
        self.set_bot(channel, |deny| deny | denied)
    }

    /// Lifts what [`LocalDiscord::deny_bot`] forbade.
    pub fn allow_bot(&self, channel: &str, allowed: Permissions) -> bool {
        self.set_bot(channel, |deny| deny - allowed)
    }

    fn set_bot(&self, channel: &str, denied: impl FnOnce(Permissions) -> Permissions) -> bool {
        self.shared.change(|state| {
            let world = &mut state.world;
            let bot = world.bot();
            let Some(channel) = world.channel_named(channel) else {
                return false;
            };
            let id = channel.id;
            let old = channel.overwrites.iter().find(|o| o.target == bot);
            let deny = denied(old.map_or(Permissions::empty(), |o| o.deny));
            let allow = Permissions::empty();
            world.set_overwrite(id, Overwrite { target: bot, member: true, allow, deny });
            true
        })
    }

    /// Sets what a role or person may do in a channel. False if there is none.
    pub fn set_overwrite(&self, channel: &str, overwrite: Overwrite) -> bool {
        self.shared.change(|state| {
            let id = state.world.channel_named(channel).map(|c| c.id);
            id.map(|id| state.world.set_overwrite(id, overwrite)).is_some()
        })
    }

    /// Deletes a channel with all that is in it. False if there is none.
    pub fn delete_channel(&self, channel: &str) -> bool {
        self.shared.change(|state| {
            let world = &mut state.world;
            let Some(channel) = world.channel_named(channel) else {
                return false;
            };
            let owner = channel.team.and_then(|t| world.team(t)).map(|t| t.owner);
            let id = channel.id;
            world.delete_channel(id, owner.unwrap_or_default());
            true
        })
    }

    /// Deletes a message, as its team's owner would. False if there is none.
    pub fn delete_message(&self, message: Id) -> bool {
        self.shared.change(|state| {
            let world = &mut state.world;
            let Some(channel) = world.message(message).map(|m| m.channel) else {
                return false;
            };
            let team = world.channel(channel).and_then(|c| c.team);
            let owner = team.and_then(|t| world.team(t)).map(|t| t.owner).unwrap_or_default();
            world.delete_message(channel, message, owner).is_some()
        })
    }

    /// Puts a thread away, as silence does.
    pub fn archive_thread(&self, thread: Id, locked: bool) {
        self.set_thread(thread, true, locked);
    }

    /// Puts a thread away or brings it back, and locks or unlocks it.
    pub fn set_thread(&self, thread: Id, archived: bool, locked: bool) {
        self.shared.change(|state| {
            state.world.change_channel(thread, |channel| {
                if let Some(thread) = &mut channel.thread {
                    thread.archived = archived;
                    thread.locked = locked;
                }
            });
        });
    }

    /// Makes a text channel in the first team.
    pub fn add_channel(&self, name: &str) -> Option<Id> {
        self.shared.change(|state| {
            let team = state.world.teams().next()?.id;
            Some(state.world.make_channel(team, name))
        })
    }

    /// Adds a person without roles to the first team.
    pub fn add_member(&self, name: &str) -> Option<Id> {
        self.shared.change(|state| {
            let world = &mut state.world;
            let user = world.make_user(name);
            let joined_at = world.now;
            let team = world.teams.values_mut().next()?;
            let member = Member { user, nick: None, roles: Vec::new(), joined_at };
            team.members.entry(user).or_insert(member);
            Some(user)
        })
    }

    /// Sets what a member is called in all teams they are in; none for their own name.
    pub fn set_nick(&self, member: &str, nick: Option<&str>) {
        self.shared.change(|state| {
            let world = &mut state.world;
            let Some(user) = world.user_named(member).map(|user| user.id) else { return };
            for member in world.teams.values_mut().filter_map(|t| t.members.get_mut(&user)) {
                member.nick = nick.map(str::to_owned);
            }
        });
    }

    /// Sets what the bot's own role permits in all teams.
    pub fn set_bot_permissions(&self, permissions: Permissions) {
        self.shared.change(|state| {
            let world = &mut state.world;
            let mut events = Vec::new();
            for team in world.teams.values_mut() {
                for role in team.roles.iter_mut().filter(|role| role.managed) {
                    role.permissions = permissions;
                    let data = json!({"guild_id": team.id, "role": payload::role(role)});
                    events.push((team.id, data));
                }
            }
            for (team, data) in events {
                world.emit(Some(team), "GUILD_ROLE_UPDATE", data);
            }
        });
    }

    /// Throws the bot out of a team. False if it is not in it.
    pub fn kick_bot(&self, team: Id) -> bool {
        self.shared.change(|state| {
            let world = &mut state.world;
            let bot = world.bot();
            let gone = world.teams.get_mut(&team).and_then(|t| t.members.remove(&bot)).is_some();
            if gone {
                world.emit(Some(team), "GUILD_DELETE", json!({"id": team}));
            }
            gone
        })
    }

    /// Invites the bot into a team, with its own role. False if there is no such team.
    pub fn invite_bot(&self, team: Id) -> bool {
        self.shared.change(|state| invite(&mut state.world, team).is_some())
    }
}

fn invite(world: &mut World, team: Id) -> Option<()> {
    let (bot, joined_at) = (world.bot(), world.now);
    let found = world.teams.get_mut(&team)?;
    let roles = found.roles.iter().filter(|role| role.managed).map(|role| role.id).collect();
    found.members.insert(bot, Member { user: bot, nick: None, roles, joined_at });
    let data = world.guild_create_json(world.teams.get(&team)?);
    world.emit(Some(team), "GUILD_CREATE", data);
    Some(())
}
