//! What the gateway tells, in our words. It knows nothing of how it was said.

use crate::command::Invocation;
use crate::practice::input::{Ask, Reactor};
use crate::practice::{ChannelId, MemberId, MessageId, TeamId};

/// Something that Discord told the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A new session began: what happened before it and after the last one is not known.
    Ready {
        /// The teams whose [`Incoming::Connected`] will follow.
        teams: Vec<TeamId>,
    },
    /// A team can be reached: after [`Incoming::Ready`], after an invitation, after an outage.
    Connected {
        /// The team.
        team: TeamId,
        /// Its channels and open threads, as far as Discord tells the bot of them. Whether the bot
        /// may write there is another question.
        channels: Vec<ChannelId>,
    },
    /// The bot was removed from a team.
    Left {
        /// The team.
        team: TeamId,
    },
    /// A member ran a command; it waits for an answer.
    Invoked {
        /// Where.
        team: TeamId,
        /// Who, where, and how to answer.
        ask: Ask,
        /// What was typed.
        invocation: Invocation,
    },
    /// A member is typing a command and waits for suggestions.
    Completing {
        /// Where.
        team: TeamId,
        /// Who, where, and how to answer.
        ask: Ask,
        /// What was typed so far.
        invocation: Invocation,
    },
    /// A member pressed a button; it waits for an answer.
    Pressed {
        /// Where.
        team: TeamId,
        /// Who, where, and how to answer.
        ask: Ask,
        /// What the button sends.
        custom_id: String,
    },
    /// A member chose something from a menu; it waits for an answer.
    Chosen {
        /// Where.
        team: TeamId,
        /// Who, where, and how to answer.
        ask: Ask,
        /// What the menu sends.
        custom_id: String,
        /// What was chosen.
        values: Vec<String>,
    },
    /// A member filled in a form; it waits for an answer.
    Submitted {
        /// Where.
        team: TeamId,
        /// Who, where, and how to answer.
        ask: Ask,
        /// What the form sends.
        custom_id: String,
        /// What was written, in the order of the fields.
        fields: Vec<String>,
    },
    /// Somebody reacted; never the bot itself.
    Reacted {
        /// Where.
        team: TeamId,
        /// The channel or thread.
        channel: ChannelId,
        /// To which message.
        message: MessageId,
        /// Who.
        member: MemberId,
        /// A person, or another bot.
        by: Reactor,
        /// With what: a Unicode emoji, or a custom emoji's `name:id`.
        emoji: String,
    },
    /// Something that this version does not understand; it is lost.
    Unknown {
        /// What Discord calls it.
        kind: String,
    },
}
