//! Which commands a person may use where.

use serenity::model::Permissions;

use super::World;
use super::model::Command;
use crate::Id;
use crate::json::Json;

impl World {
    /// The commands that the client offers to a person in a channel: typed ones,
    /// registered everywhere or in this team, that fit the place (`contexts`)
    /// and the person's permissions (`default_member_permissions`).
    pub fn commands_for(&self, user: Id, channel: Id) -> Vec<&Command> {
        self.commands.iter().filter(|c| c.kind() == 1 && self.may_use(user, channel, c)).collect()
    }

    fn may_use(&self, user: Id, channel: Id, command: &Command) -> bool {
        let Some(place) = self.channels.get(&channel) else {
            return false;
        };
        if command.team.is_some() && command.team != place.team {
            return false;
        }
        let context = u8::from(place.team.is_none());
        let fits = match command.json.at("contexts").as_array() {
            Some(contexts) => contexts.iter().any(|c| c == context),
            None => place.team.is_some() || command.json.at("dm_permission") != false,
        };
        let may = self.permissions(user, channel);
        if !fits || !may.contains(Permissions::USE_APPLICATION_COMMANDS) {
            return false;
        }
        let Some(needed) = command.json.at("default_member_permissions").as_str() else {
            return true;
        };
        let needed = Permissions::from_bits_retain(needed.parse().unwrap_or(0));
        if place.team.is_none() || may.contains(Permissions::ADMINISTRATOR) {
            return true;
        }
        // "0" means nobody but administrators.
        !needed.is_empty() && may.contains(needed)
    }
}
