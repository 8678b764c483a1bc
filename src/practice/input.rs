//! Everything that can happen. It knows nothing of where an input comes from.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Time;

use super::effect::{OrderId, Outcome};
use super::ids::{ChannelId, MemberId, MessageId, PostId};
use super::interview::{MockCall, MockForm, MockMenu, MockPress, Of};
use super::own::{OwnCall, OwnForm, OwnMenu, OwnPress};
use super::refusal::Refusal;
use super::rules::{Days, Zone};
use crate::bank::{Kind, Level, QuestionId, Topic};

/// Something that happened to one team.
#[derive(Debug, Clone)]
pub enum Input {
    /// The process started, or took the team over: what was under way when it stopped is settled.
    Started,
    /// A new gateway session knows these channels of the team: open posts are reconciled and the
    /// dailies of the config file take their places.
    Connected {
        /// Every channel that the bot can see.
        channels: Vec<ChannelId>,
    },
    /// The time that `next_wakeup` named has come.
    Woke,
    /// A member ran a command or pressed a button.
    Called {
        /// Who, where, and how to answer.
        ask: Ask,
        /// What they want, or why it could not be understood.
        call: Result<Call, Refusal>,
    },
    /// Somebody reacted to a message.
    Reacted {
        /// Where.
        channel: ChannelId,
        /// To which message.
        message: MessageId,
        /// Who; never this bot itself.
        member: MemberId,
        /// A person, or another bot.
        by: Reactor,
        /// With what: a Unicode emoji, or a custom emoji's name and id.
        emoji: String,
    },
    /// An effect came to an end.
    Delivered {
        /// Which one.
        order: OrderId,
        /// How it went.
        outcome: Outcome,
    },
}

/// Who can react.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reactor {
    /// A person.
    Person,
    /// A bot.
    Bot,
}

/// A request that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// How to answer it.
    pub interaction: Interaction,
    /// Who asks.
    pub member: MemberId,
    /// Where.
    pub channel: ChannelId,
    /// What sort of place that is.
    pub place: Place,
}

/// What sort of place a message stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Place {
    /// A channel of a team; threads can be opened from its messages.
    Channel,
    /// A thread: it has no threads of its own.
    Thread,
    /// A private chat with the bot.
    Private,
}

/// The right to answer one request, once within three seconds and more within fifteen minutes
/// (Discord, "Receiving and Responding").
#[derive(Clone, PartialEq, Eq)]
pub struct Interaction {
    /// Its id.
    pub id: u64,
    /// Its token, a secret.
    pub token: String,
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Interaction({})", self.id)
    }
}

/// What a member wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// A question, for everybody in the channel.
    Quiz(Wanted),
    /// Something about the dailies.
    Daily(DailyCall),
    /// A streak: one's own, or a team-mate's.
    Streak {
        /// Whose; none means one's own.
        of: Option<MemberId>,
    },
    /// The zone in which the member's practice days are counted.
    Zone {
        /// The new zone; none shows the present one.
        zone: Option<Zone>,
    },
    /// What the bot can do.
    Help,
    /// What the command of this name does.
    HelpFor(&'static str),
    /// What the bot is.
    About,
    /// Something about interviews.
    Mock(MockCall),
    /// A button was pressed.
    Press(Press),
    /// Something about the practice of one's own, or the team's.
    Own(OwnCall),
    /// Something was chosen from a menu: these, by their numbers.
    Choose(MenuId, Vec<u8>),
    /// A form was filled in: these fields, in their order.
    Submit(FormId, Vec<String>),
}

/// Which questions are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// About what.
    pub subject: Subject,
    /// Only this level.
    pub level: Option<Level>,
    /// Only this kind.
    pub kind: Option<Kind>,
}

/// What a question is to be about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Subject {
    /// Whatever there is.
    #[default]
    Any,
    /// This topic.
    Topic(Topic),
    /// What was searched for, by words or by name.
    Words {
        /// As it was typed.
        asked: String,
        /// What was found.
        found: BTreeSet<QuestionId>,
    },
}

/// A button of one of the bot's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// "Show me": the answer of a post, for one member.
    Show(PostId),
    /// A button of an interview's.
    Mock(Of<MockPress>),
    /// A button of one's own practice.
    Own(OwnPress),
}

/// A menu of one of the bot's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuId {
    /// Of an interview's.
    Mock(Of<MockMenu>),
    /// Of one's own practice.
    Own(OwnMenu),
}

/// A form of the bot's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormId {
    /// Of an interview's.
    Mock(Of<MockForm>),
    /// Of one's own practice.
    Own(OwnForm),
}

/// Something about the dailies of a team. No channel means the one it is asked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DailyCall {
    /// Give a channel a daily, or change it; what is not said stays as it was, or as usual.
    Set {
        /// Where.
        channel: Option<ChannelId>,
        /// Wall-clock time.
        at: Option<Time>,
        /// The zone of that time.
        zone: Option<Zone>,
        /// On which days.
        days: Option<Days>,
        /// From which topics; an empty list means all.
        topics: Option<Vec<Topic>>,
    },
    /// Every daily of the team.
    List,
    /// No dailies until resumed.
    Pause {
        /// Where.
        channel: Option<ChannelId>,
    },
    /// Dailies again, also the one that was to be skipped.
    Resume {
        /// Where.
        channel: Option<ChannelId>,
    },
    /// Leave the next one out.
    Skip {
        /// Where.
        channel: Option<ChannelId>,
    },
    /// Post today's daily at once.
    Now {
        /// Where.
        channel: Option<ChannelId>,
    },
    /// What happened last, what comes next, and why.
    Status {
        /// Where.
        channel: Option<ChannelId>,
    },
    /// No daily in this channel any more.
    Remove {
        /// Where.
        channel: Option<ChannelId>,
    },
}
