//! Everything that is remembered: the state of a team is the fold of these.
//! A change says what came of a decision, so that no later rule can alter the past.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::daily::{DailyResult, Management};
use super::ids::{ChannelId, InterviewId, MemberId, MessageId, PostId};
use super::input::Place;
use super::interview::InterviewChange;
use super::own::change::{OwnChange, SharedChange};
use super::post::{Origin, Reaction, Reveal};
use super::rules::{Calendar, RevealRule, Schedule, Zone};
use super::streak::Streak;
use crate::bank::Question;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The team is known from now on; its chance comes from this seed.
    Founded {
        /// The seed.
        seed: u64,
    },
    /// Another calendar is in force: its zone at once, its practice days from this local date on.
    CalendarSet {
        /// The first date of its practice days, in its zone.
        from: Date,
        /// The calendar.
        calendar: Calendar,
    },
    /// A member counts days in this zone from now on.
    ZoneSet {
        /// Who.
        member: MemberId,
        /// Where they are.
        zone: Zone,
    },
    /// A channel has a daily, or a changed one.
    DailySet {
        /// Where.
        channel: ChannelId,
        /// When and from what.
        schedule: Schedule,
        /// Who manages it.
        managed: Management,
        /// Dates up to this one are over and done with.
        done_through: Date,
    },
    /// A channel has no daily any more.
    DailyRemoved {
        /// Where.
        channel: ChannelId,
    },
    /// Dailies rest, or go on.
    DailyPaused {
        /// Where.
        channel: ChannelId,
        /// Whether they rest.
        paused: bool,
    },
    /// The daily of this date is to be left out; none takes that back.
    DailySkip {
        /// Where.
        channel: ChannelId,
        /// Which one.
        date: Option<Date>,
    },
    /// The daily of this date is over: how it went is kept, and it is never tried again.
    DailyOver {
        /// Where.
        channel: ChannelId,
        /// The local date.
        date: Date,
        /// How it went.
        result: DailyResult,
        /// When.
        at: Timestamp,
    },
    /// A post was claimed: from now on it is the only one of its name.
    PostClaimed {
        /// Its name.
        post: PostId,
        /// Where it is to stand.
        channel: ChannelId,
        /// What sort of place that is.
        place: Place,
        /// What caused it.
        origin: Origin,
        /// What it asks; kept, because a bank may change.
        #[serde(with = "super::kept")]
        question: Arc<Question>,
        /// How it is revealed; kept, because the post says so.
        rule: RevealRule,
        /// When.
        at: Timestamp,
    },
    /// Sending did not work and is tried again.
    PostDelayed {
        /// Which.
        post: PostId,
        /// When it is tried again; none: it is being tried now.
        until: Option<Timestamp>,
    },
    /// Reactions may have come while nobody looked: they are to be read.
    CatchWanted {
        /// Of which post.
        post: PostId,
    },
    /// The post stands in its channel.
    PostStands {
        /// Which.
        post: PostId,
        /// Its message.
        message: MessageId,
    },
    /// The post will never stand, or its message is gone: it is forgotten.
    PostDropped {
        /// Which.
        post: PostId,
    },
    /// What became of the bot's own reaction.
    ReactionSettled {
        /// Which post.
        post: PostId,
        /// What became of it.
        reaction: Reaction,
    },
    /// The reactions were read.
    Caught {
        /// Of which post.
        post: PostId,
    },
    /// Members asked for the answer by reacting.
    Asked {
        /// Which post.
        post: PostId,
        /// Who.
        members: Vec<MemberId>,
    },
    /// A member saw the answer for themselves.
    Shown {
        /// Which post.
        post: PostId,
        /// Who.
        member: MemberId,
    },
    /// The answer of a post is on its way to being public, or is public.
    Revealed {
        /// Which post.
        post: PostId,
        /// How far it is.
        reveal: Reveal,
    },
    /// A member's streak is this now: a day counted, or was excused.
    Practised {
        /// Who.
        member: MemberId,
        /// The streak after it.
        streak: Streak,
    },
    /// Something changed about an interview.
    Interview {
        /// Which.
        interview: InterviewId,
        /// What.
        change: Box<InterviewChange>,
    },
    /// Something changed about a member's own practice.
    Own {
        /// Whose.
        member: MemberId,
        /// What.
        change: Box<OwnChange>,
    },
    /// Something changed that the team shares.
    Shared(Box<SharedChange>),
    /// A member is forgotten: nothing tells of them any more, but for this record, until older
    /// files are rewritten.
    Forgotten {
        /// Who.
        member: MemberId,
    },
    /// The only member of a private chat is forgotten: nothing is left of the team.
    Dissolved,
}
