//! Who may do what where, computed as Discord does.
//!
//! Source: Discord's documentation, topic "Permissions": owner, administrator,
//! everyone's role, own roles, then the channel's overwrites for everyone, for
//! roles, for the member; threads follow their parent channel.

use serenity::model::Permissions;

use super::World;
use super::model::{Channel, ChannelKind};
use crate::Id;

/// What is gone with the permission to send messages.
const NEEDS_SENDING: Permissions = Permissions::from_bits_retain(
    Permissions::EMBED_LINKS.bits()
        | Permissions::ATTACH_FILES.bits()
        | Permissions::MENTION_EVERYONE.bits()
        | Permissions::SEND_TTS_MESSAGES.bits(),
);

/// What both have in a private chat.
const PRIVATE_CHAT: Permissions = Permissions::from_bits_retain(
    Permissions::VIEW_CHANNEL.bits()
        | Permissions::SEND_MESSAGES.bits()
        | Permissions::EMBED_LINKS.bits()
        | Permissions::ATTACH_FILES.bits()
        | Permissions::ADD_REACTIONS.bits()
        | Permissions::READ_MESSAGE_HISTORY.bits()
        | Permissions::USE_EXTERNAL_EMOJIS.bits()
        | Permissions::USE_APPLICATION_COMMANDS.bits(),
);

impl World {
    /// What a person may do in a team, apart from any channel.
    pub fn team_permissions(&self, user: Id, team: Id) -> Permissions {
        let Some(team) = self.teams.get(&team) else {
            return Permissions::empty();
        };
        let Some(member) = team.members.get(&user) else {
            return Permissions::empty();
        };
        if team.owner == user {
            return Permissions::all();
        }
        let granted = team
            .roles
            .iter()
            .filter(|role| role.id == team.id || member.roles.contains(&role.id))
            .fold(Permissions::empty(), |sum, role| sum | role.permissions);
        if granted.contains(Permissions::ADMINISTRATOR) { Permissions::all() } else { granted }
    }

    /// What a person may do in a channel. Nothing at all where it is hidden.
    pub fn permissions(&self, user: Id, channel: Id) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else {
            return Permissions::empty();
        };
        let Some(team) = channel.team else {
            let inside = user == self.application || channel.recipient == Some(user);
            return if inside { PRIVATE_CHAT } else { Permissions::empty() };
        };
        let base = self.team_permissions(user, team);
        if base == Permissions::all() || base.is_empty() {
            return base;
        }
        let home = channel.parent.and_then(|id| self.channels.get(&id)).unwrap_or(channel);
        let mut may = self.with_overwrites(base, user, team, home);
        if !may.contains(Permissions::VIEW_CHANNEL) {
            return Permissions::empty();
        }
        if channel.kind == ChannelKind::PrivateThread
            && !may.contains(Permissions::MANAGE_THREADS)
            && !channel.thread.as_ref().is_some_and(|t| t.members.contains(&user))
        {
            return Permissions::empty();
        }
        let sending = if channel.kind.is_thread() {
            Permissions::SEND_MESSAGES_IN_THREADS
        } else {
            Permissions::SEND_MESSAGES
        };
        if !may.contains(sending) {
            may.remove(NEEDS_SENDING);
        }
        may
    }

    /// Whether a channel is shown to a person.
    pub fn can_view(&self, user: Id, channel: Id) -> bool {
        self.permissions(user, channel).contains(Permissions::VIEW_CHANNEL)
    }

    fn with_overwrites(
        &self,
        base: Permissions,
        user: Id,
        team: Id,
        channel: &Channel,
    ) -> Permissions {
        let roles = self.member(team, user).map(|m| m.roles.as_slice()).unwrap_or_default();
        let mut may = base;
        let mut apply = |fits: &dyn Fn(Id, bool) -> bool| {
            let fitting = || channel.overwrites.iter().filter(|o| fits(o.target, o.member));
            let deny = fitting().fold(Permissions::empty(), |sum, o| sum | o.deny);
            let allow = fitting().fold(Permissions::empty(), |sum, o| sum | o.allow);
            may = (may - deny) | allow;
        };
        apply(&|target, member| !member && target == team);
        apply(&|target, member| !member && target != team && roles.contains(&target));
        apply(&|target, member| member && target == user);
        may
    }
}

#[cfg(test)]
mod tests {
    use serenity::model::Permissions as P;

    use crate::Setup;
    use crate::world::model::Overwrite;

    /// bob's permissions in #prep after overwrites for everyone, his role and himself:
    /// each is what it allows and what it denies.
    fn bob_may(everyone: (P, P), role: (P, P), own: (P, P)) -> P {
        let mut world = crate::setup::build(&Setup::default());
        let bob = world.user_named("bob").unwrap().id;
        let prep = world.channel_named("prep").unwrap().id;
        let team = world.teams.values_mut().next().unwrap();
        let mine = team.roles[1].id;
        team.members.get_mut(&bob).unwrap().roles.push(mine);
        let everyone_role = team.id;
        for (target, member, (allow, deny)) in
            [(bob, true, own), (mine, false, role), (everyone_role, false, everyone)]
        {
            world.set_overwrite(prep, Overwrite { target, member, allow, deny });
        }
        world.permissions(bob, prep)
    }

    #[test]
    fn the_nearer_overwrite_wins() {
        let (none, send) = (P::empty(), P::SEND_MESSAGES);
        let no = (none, none);
        assert!(bob_may(no, no, no).contains(send));
        assert!(!bob_may((none, send), no, no).contains(send));
        assert!(bob_may((none, send), (send, none), no).contains(send));
        assert!(!bob_may((none, send), (send, none), (none, send)).contains(send));
        assert!(bob_may((none, send), (none, send), (send, none)).contains(send));
    }

    #[test]
    fn whoever_may_not_send_may_not_embed_and_whoever_sees_nothing_may_nothing() {
        let none = P::empty();
        let no = (none, none);
        assert!(!bob_may(no, no, (none, P::SEND_MESSAGES)).contains(P::EMBED_LINKS));
        assert_eq!(bob_may(no, no, (none, P::VIEW_CHANNEL)), none);
    }

    #[test]
    fn an_administrator_passes_all_overwrites() {
        let mut world = crate::setup::build(&Setup::default());
        let ann = world.user_named("ann").unwrap().id;
        let prep = world.channel_named("prep").unwrap().id;
        let deny = P::all();
        let overwrite = Overwrite { target: ann, member: true, allow: P::empty(), deny };
        world.set_overwrite(prep, overwrite);
        assert_eq!(world.permissions(ann, prep), P::all());
    }
}
