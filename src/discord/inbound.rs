//! Gateway event → what happened, in our words. One function; it remembers nothing.

use serenity::all::{
    ActionRowComponent, ChannelType, CommandDataOption, CommandDataOptionValue, CommandInteraction,
    ComponentInteractionDataKind, Event, Guild, PartialChannel, Reaction, ReactionType,
};
use serenity::model::application::Interaction as Received;

use crate::command::{Invocation, OptionValue};
use crate::practice::input::{Ask, Interaction, Place, Reactor};
use crate::practice::{ChannelId, MemberId, MessageId, TeamId};
use crate::runtime::Incoming;

/// What an event says; none if it is of no interest.
pub(super) fn incoming(event: &Event, me: MemberId) -> Option<Incoming> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "serenity knows eighty events; the bot asks Discord for a handful of them"
    )]
    match event {
        Event::Ready(event) => Some(Incoming::Ready {
            teams: event.ready.guilds.iter().map(|guild| TeamId::Server(guild.id.get())).collect(),
        }),
        Event::GuildCreate(event) => Some(connected(&event.guild)),
        // While a team is unavailable it is not gone: it comes back with a `GuildCreate`.
        Event::GuildDelete(event) => (!event.guild.unavailable)
            .then(|| Incoming::Left { team: TeamId::Server(event.guild.id.get()) }),
        Event::InteractionCreate(event) => Some(interaction(&event.interaction)),
        Event::ReactionAdd(event) => reacted(&event.reaction, me),
        Event::Unknown(event) => Some(Incoming::Unknown { kind: event.kind.clone() }),
        _ => None,
    }
}

fn connected(guild: &Guild) -> Incoming {
    let channels = guild.channels.keys().map(|id| id.get());
    let threads = guild.threads.iter().map(|thread| thread.id.get());
    let mut channels: Vec<ChannelId> = channels.chain(threads).map(ChannelId).collect();
    channels.sort_unstable();
    Incoming::Connected { team: TeamId::Server(guild.id.get()), channels }
}

fn interaction(received: &Received) -> Incoming {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an enum of serenity's that may grow; what is new in it is unknown to us as well"
    )]
    match received {
        Received::Command(command) => {
            let (team, ask) = command_ask(command);
            Incoming::Invoked { team, ask, invocation: invocation(command) }
        }
        Received::Autocomplete(command) => {
            let (team, ask) = command_ask(command);
            Incoming::Completing { team, ask, invocation: invocation(command) }
        }
        Received::Component(press) => {
            let (team, ask) = ask(
                (press.id.get(), &press.token),
                press.user.id.get(),
                press.guild_id.map(serenity::all::GuildId::get),
                (press.channel_id.get(), press.channel.as_ref()),
            );
            let custom_id = press.data.custom_id.clone();
            if let ComponentInteractionDataKind::StringSelect { values } = &press.data.kind {
                return Incoming::Chosen { team, ask, custom_id, values: values.clone() };
            }
            Incoming::Pressed { team, ask, custom_id }
        }
        Received::Modal(form) => {
            let (team, ask) = ask(
                (form.id.get(), &form.token),
                form.user.id.get(),
                form.guild_id.map(serenity::all::GuildId::get),
                (form.channel_id.get(), form.channel.as_ref()),
            );
            let fields = form.data.components.iter().flat_map(|row| &row.components);
            let fields = fields.filter_map(written).collect();
            Incoming::Submitted { team, ask, custom_id: form.data.custom_id.clone(), fields }
        }
        _ => Incoming::Unknown { kind: "interaction".to_owned() },
    }
}

/// What was written into a field.
#[expect(clippy::wildcard_enum_match_arm, reason = "forms of the bot's have nothing else")]
fn written(component: &ActionRowComponent) -> Option<String> {
    match component {
        ActionRowComponent::InputText(field) => Some(field.value.clone().unwrap_or_default()),
        _ => None,
    }
}

fn command_ask(command: &CommandInteraction) -> (TeamId, Ask) {
    ask(
        (command.id.get(), &command.token),
        command.user.id.get(),
        command.guild_id.map(serenity::all::GuildId::get),
        (command.channel_id.get(), command.channel.as_ref()),
    )
}

fn ask(
    (id, token): (u64, &str),
    user: u64,
    guild: Option<u64>,
    (channel, kind): (u64, Option<&PartialChannel>),
) -> (TeamId, Ask) {
    let team = guild.map_or(TeamId::Private(user), TeamId::Server);
    let place = match (team, kind.map(|channel| channel.kind)) {
        (TeamId::Private(_), _) => Place::Private,
        (
            TeamId::Server(_),
            Some(ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread),
        ) => Place::Thread,
        (TeamId::Server(_), _) => Place::Channel,
    };
    let ask = Ask {
        interaction: Interaction { id, token: token.to_owned() },
        member: MemberId(user),
        channel: ChannelId(channel),
        place,
    };
    (team, ask)
}

fn invocation(command: &CommandInteraction) -> Invocation {
    let mut invocation = Invocation {
        name: command.data.name.clone(),
        sub: None,
        options: Vec::new(),
        focused: None,
    };
    read_options(&command.data.options, &mut invocation);
    invocation
}

/// Reads options into an invocation; a group of subcommands and its member become one name.
fn read_options(options: &[CommandDataOption], invocation: &mut Invocation) {
    for option in options {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "roles, attachments and the like are options that no command of ours has"
        )]
        let value = match &option.value {
            CommandDataOptionValue::SubCommand(inner)
            | CommandDataOptionValue::SubCommandGroup(inner) => {
                invocation.sub = Some(match invocation.sub.take() {
                    Some(group) => format!("{group} {}", option.name),
                    None => option.name.clone(),
                });
                read_options(inner, invocation);
                continue;
            }
            CommandDataOptionValue::Autocomplete { value, .. } => {
                invocation.focused = Some(option.name.clone());
                OptionValue::Text(value.clone())
            }
            CommandDataOptionValue::String(text) => OptionValue::Text(text.clone()),
            CommandDataOptionValue::Integer(number) => OptionValue::Number(*number),
            CommandDataOptionValue::Boolean(flag) => OptionValue::Flag(*flag),
            CommandDataOptionValue::User(user) => OptionValue::Member(MemberId(user.get())),
            CommandDataOptionValue::Channel(channel) => {
                OptionValue::Channel(ChannelId(channel.get()))
            }
            _ => {
                tracing::warn!(option = option.name, "an option of a kind that no command has");
                continue;
            }
        };
        invocation.options.push((option.name.clone(), value));
    }
}

fn reacted(reaction: &Reaction, me: MemberId) -> Option<Incoming> {
    let member = reaction.user_id.map(|user| MemberId(user.get())).filter(|user| *user != me)?;
    let team = match reaction.guild_id {
        Some(guild) => TeamId::Server(guild.get()),
        None => TeamId::Private(member.0),
    };
    // In a private chat there are only the member and the bot.
    let is_bot = reaction.member.as_ref().is_some_and(|member| member.user.bot);
    let emoji = match &reaction.emoji {
        ReactionType::Unicode(emoji) => emoji.clone(),
        ReactionType::Custom { id, name, .. } => {
            format!("{}:{id}", name.as_deref().unwrap_or_default())
        }
        _ => return None,
    };
    Some(Incoming::Reacted {
        team,
        channel: ChannelId(reaction.channel_id.get()),
        message: MessageId(reaction.message_id.get()),
        member,
        by: if is_bot { Reactor::Bot } else { Reactor::Person },
        emoji,
    })
}
