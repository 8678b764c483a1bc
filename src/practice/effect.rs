//! Everything that the bot does to the world. It carries views, not words.

use jiff::{SignedDuration, Timestamp};

use super::ids::{ChannelId, InterviewId, MemberId, MessageId, PostId, TeamId};
use super::input::{Interaction, Press};
pub use super::outcome::{Failure, Outcome};
use super::own::state::DayNumber;
use super::own::{Flow, OwnView};
use super::view::{FormView, View};
use crate::judge::Asking;

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Answer a request. It is never repeated: an answer that comes too late is nobody's.
    Reply {
        /// The request.
        to: Interaction,
        /// What is said.
        view: Box<View>,
        /// Who can read it.
        audience: Audience,
        /// The post that this answer is, if it is one: then its message is reported back.
        order: Option<OrderId>,
    },
    /// Answer a press or a choice by changing the message on which it was made.
    Update {
        /// The request.
        to: Interaction,
        /// What the message says from now on.
        view: Box<View>,
    },
    /// Answer a press by changing the message on which it was made, and then ask the coach. Where the
    /// member cannot be answered any more, nothing is asked.
    Consult {
        /// What to report back as.
        order: OrderId,
        /// The request. It goes along, so that the opinion can be told.
        to: Interaction,
        /// What the message says meanwhile.
        view: Box<View>,
        /// What is asked.
        asking: Box<Asking>,
    },
    /// Say something else in the message that a request was answered with, some time after that.
    Amend {
        /// The request.
        to: Interaction,
        /// Only if the message still has this button: whoever has gone on is not led back.
        under: Press,
        /// What the message says from now on.
        view: Box<View>,
    },
    /// Answer a press or a choice with nothing: what comes of it is seen elsewhere.
    Acknowledge {
        /// The request.
        to: Interaction,
    },
    /// Write a new snapshot and remove every older file of state, so that nothing tells of a member
    /// any more who is forgotten; then answer the request, if there is one.
    Rewrite {
        /// The request, with what is said once it is done.
        then: Option<(Interaction, Box<View>)>,
        /// What to report back as.
        order: OrderId,
    },
    /// Send a private message to one member.
    Whisper {
        /// What to report back as.
        order: OrderId,
        /// To whom.
        member: MemberId,
        /// What is said.
        view: Box<View>,
        /// What tells it from all others, at most 25 characters.
        nonce: String,
        /// Whether it may have been sent before.
        attempt: Attempt,
    },
    /// Answer a press with a form.
    Form {
        /// The request.
        to: Interaction,
        /// The form.
        form: Box<FormView>,
    },
    /// Put something into a channel. Several messages if it is long, in order.
    Send {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// The message that it answers, if any.
        reply_to: Option<MessageId>,
        /// What the bot said there before it, where that is known: whatever says the same and is
        /// not newer is another message.
        after: Option<MessageId>,
        /// What is said.
        view: Box<View>,
        /// What tells its messages from all others: at most 20 characters; pages add a suffix.
        nonce: String,
        /// Whether it may have been sent before.
        attempt: Attempt,
    },
    /// Say something else in a message of the bot's.
    Edit {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// Which message.
        message: MessageId,
        /// What it says from now on.
        view: Box<View>,
    },
    /// Add the bot's own reaction.
    React {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// To which message.
        message: MessageId,
        /// With what.
        emoji: String,
    },
    /// Open the thread of a message; one that exists already is as good.
    OpenThread {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// From which message.
        message: MessageId,
        /// Its name, 1 to 100 characters.
        name: String,
    },
    /// Open a thread of its own in a channel.
    StartThread {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// Its name, 1 to 100 characters, unlike that of any other thread there.
        name: String,
        /// Whether only those see it who are put into it.
        private: bool,
        /// Whether it may have been opened before: then it is looked for by its name.
        attempt: Attempt,
    },
    /// Put a member into a thread.
    AddToThread {
        /// What to report back as.
        order: OrderId,
        /// The thread.
        thread: ChannelId,
        /// Who.
        member: MemberId,
    },
    /// Look for the message of a post in its channel, by the post's name in its buttons.
    Find {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// The post.
        post: PostId,
        /// Not before this moment.
        since: Timestamp,
    },
    /// Look for the message with which a request was answered: the news of it was lost.
    FindReply {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// The request, by its id.
        request: u64,
    },
    /// Ask who has reacted to a message.
    ReadReactions {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// To which message.
        message: MessageId,
        /// With what.
        emoji: String,
    },
}

impl Effect {
    /// The order to report back, where there is one.
    pub const fn order(&self) -> Option<OrderId> {
        match self {
            Self::Reply { order, .. } => *order,
            Self::Update { .. }
            | Self::Amend { .. }
            | Self::Acknowledge { .. }
            | Self::Form { .. } => None,
            Self::StartThread { order, .. }
            | Self::Consult { order, .. }
            | Self::Rewrite { order, .. }
            | Self::Whisper { order, .. }
            | Self::AddToThread { order, .. }
            | Self::Send { order, .. }
            | Self::Edit { order, .. }
            | Self::React { order, .. }
            | Self::OpenThread { order, .. }
            | Self::Find { order, .. }
            | Self::FindReply { order, .. }
            | Self::ReadReactions { order, .. } => Some(*order),
        }
    }

    /// The same as it leaves now: it may have waited since it was decided, for the disk or for its
    /// turn, and a nonce grows old.
    #[must_use]
    pub fn leaving(mut self, now: Timestamp) -> Self {
        if let Self::Send { attempt, .. }
        | Self::Whisper { attempt, .. }
        | Self::StartThread { attempt, .. } = &mut self
            && let Attempt::Nonce { since } = *attempt
        {
            *attempt = Attempt::at(now, since);
        }
        self
    }

    /// The same as it leaves a team: a reminder names the server in whose team it is ended, which
    /// a team does not know of itself.
    #[must_use]
    pub fn from_team(mut self, team: TeamId) -> Self {
        if let (Self::Whisper { view, .. }, TeamId::Server(id)) = (&mut self, team)
            && let View::Own(view) = view.as_mut()
            && let OwnView::Reminder { server, .. } = view.as_mut()
        {
            *server = id;
        }
        self
    }

    /// The request that it answers, if it answers one.
    pub const fn answers(&self) -> Option<&Interaction> {
        match self {
            Self::Reply { to, .. }
            | Self::Update { to, .. }
            | Self::Consult { to, .. }
            | Self::Acknowledge { to }
            | Self::Form { to, .. } => Some(to),
            Self::Rewrite { then, .. } => match then {
                Some((to, _)) => Some(to),
                None => None,
            },
            Self::Send { .. }
            | Self::Whisper { .. }
            | Self::Amend { .. }
            | Self::Edit { .. }
            | Self::React { .. }
            | Self::OpenThread { .. }
            | Self::StartThread { .. }
            | Self::AddToThread { .. }
            | Self::Find { .. }
            | Self::FindReply { .. }
            | Self::ReadReactions { .. } => None,
        }
    }

    /// The channel in whose order it stands; answers to requests stand in none.
    pub const fn channel(&self) -> Option<ChannelId> {
        match self {
            Self::Reply { .. }
            | Self::Update { .. }
            | Self::Consult { .. }
            | Self::Amend { .. }
            | Self::Acknowledge { .. }
            | Self::Rewrite { .. }
            | Self::Whisper { .. }
            | Self::Form { .. } => None,
            Self::AddToThread { thread: channel, .. }
            | Self::StartThread { channel, .. }
            | Self::Send { channel, .. }
            | Self::Edit { channel, .. }
            | Self::React { channel, .. }
            | Self::OpenThread { channel, .. }
            | Self::Find { channel, .. }
            | Self::FindReply { channel, .. }
            | Self::ReadReactions { channel, .. } => Some(*channel),
        }
    }
}

/// Who can read an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody in the channel.
    Everyone,
    /// Only the member who asked.
    OnlyAsker,
}

/// Whether something may have been sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Never, or so lately that the same nonce returns the first message.
    Nonce {
        /// When it was first sent.
        since: Timestamp,
    },
    /// Perhaps: look into the channel first for messages of the bot's that say the same, not
    /// before this moment, and send only what is missing.
    LookFirst {
        /// When it was first sent.
        since: Timestamp,
    },
}

/// How long the same nonce is trusted to return the first message. Discord says "the past few
/// minutes" and no figure, so this stays well below.
pub const NONCE_TRUSTED: SignedDuration = SignedDuration::from_secs(60);

impl Attempt {
    /// How to send now what was first sent then. The same nonce is enough for a while; after that
    /// the channel has to be looked at first, and also where the clock was set back, because then
    /// nobody knows how long it has been.
    pub fn at(now: Timestamp, since: Timestamp) -> Self {
        if (SignedDuration::ZERO..=NONCE_TRUSTED).contains(&now.duration_since(since)) {
            Self::Nonce { since }
        } else {
            Self::LookFirst { since }
        }
    }
}

/// What an effect serves. The state of the post or interview says which of these are outstanding,
/// so that nothing has to be remembered twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderId {
    /// A post.
    Post {
        /// Which.
        post: PostId,
        /// The step in its life.
        step: Step,
    },
    /// An interview.
    Interview {
        /// Which.
        interview: InterviewId,
        /// The errand for it.
        errand: Errand,
    },
    /// The reminder of a member, for this practice day.
    Reminder {
        /// Whose.
        member: MemberId,
        /// The day.
        day: DayNumber,
    },
    /// The weekly post of this local date, in days since 1970-01-01.
    Digest {
        /// The date.
        date: DayNumber,
    },
    /// The opinion of a coach.
    Coach {
        /// For whom.
        member: MemberId,
        /// The name of the typed answer that it is about.
        typed: u64,
        /// What that is part of.
        flow: Flow,
    },
    /// Older files of state are removed.
    Rewrite,
}

impl OrderId {
    /// A step in the life of a post.
    pub const fn of_post(post: PostId, step: Step) -> Self {
        Self::Post { post, step }
    }

    /// The post, if it serves one.
    pub const fn post(self) -> Option<PostId> {
        match self {
            Self::Post { post, .. } => Some(post),
            Self::Interview { .. }
            | Self::Reminder { .. }
            | Self::Digest { .. }
            | Self::Coach { .. }
            | Self::Rewrite => None,
        }
    }

    /// The step in the life of a post, if it serves one.
    pub const fn step(self) -> Option<Step> {
        match self {
            Self::Post { step, .. } => Some(step),
            Self::Interview { .. }
            | Self::Reminder { .. }
            | Self::Digest { .. }
            | Self::Coach { .. }
            | Self::Rewrite => None,
        }
    }
}

/// What is done for an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Errand {
    /// Tell the channel that there is one.
    Announce,
    /// Tell the channel what has become of it.
    Correct,
    /// Open the thread.
    Thread,
    /// Put a member into it.
    Add(MemberId),
    /// Say this note, counted from 0.
    Say(u16),
    /// Say something else in this note.
    Mend(u16),
}

/// A step in the life of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Put the question into the channel.
    Send,
    /// Look for the question in the channel.
    Find,
    /// Add the bot's reaction.
    React,
    /// Say in the post that the bot may not react.
    Notice,
    /// See who reacted while the bot was away.
    Catch,
    /// Open the thread for the answer.
    Thread,
    /// Put the answer there.
    Tell,
}
