//! Why a request was turned down. It holds reasons, not words; `words` has those.

use std::sync::Arc;

use jiff::Timestamp;

use super::ids::{ChannelId, MemberId};
use super::input::Wanted;
use super::own::OwnRefusal;
use crate::plans::LeftOut;

/// A request turned down, with its reason and, where there is one, the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No topic has this name.
    UnknownTopic {
        /// What was asked for.
        asked: String,
        /// The nearest topic's name.
        nearest: Option<String>,
    },
    /// Neither a topic is called so, nor does a question hold these words.
    NothingFound {
        /// What was asked for.
        asked: String,
        /// The topic that was probably meant.
        nearest: Option<String>,
    },
    /// No question holds these words.
    NoQuestionFound {
        /// What was asked for.
        asked: String,
    },
    /// An option has a value that does not fit.
    BadOption {
        /// Its name.
        option: String,
        /// What was given.
        given: String,
        /// What would fit, as a sentence.
        expected: String,
    },
    /// The command or button is not of this version of the bot.
    Unknown {
        /// Its name.
        name: String,
    },
    /// No question of the bank fits.
    NothingFits(Wanted),
    /// No question of the bank fits the topics of this channel's daily.
    NothingFitsDaily(ChannelId),
    /// The post is not known any more.
    PostGone,
    /// This works only in a team's channel, not in a private chat or thread.
    OnlyInChannels,
    /// The channel has no daily.
    NoDaily(ChannelId),
    /// A new daily needs a time.
    DailyNeedsTime,
    /// The daily of this channel is managed in the config file.
    ManagedInConfig(ChannelId),
    /// Today's daily is there, or on its way, or was tried.
    DailyDone(ChannelId),
    /// The next daily is to be left out already.
    SkippedAlready {
        /// Where.
        channel: ChannelId,
        /// When the one after it comes.
        next: Option<Timestamp>,
    },
    /// No plan has this name.
    UnknownPlan {
        /// What was asked for.
        asked: String,
        /// The nearest plan's name.
        nearest: Option<String>,
    },
    /// The bank cannot fill the plan of this name, so that it was left out.
    PlanLeftOut(Arc<LeftOut>),
    /// The plan is for two people who swap roles.
    PlanNeedsTwo,
    /// Nobody interviews themselves, and nobody is there twice.
    SamePersonTwice(MemberId),
    /// The member has an interview that is not over.
    HasInterview {
        /// Who.
        member: MemberId,
        /// Where, if they are the one who asks.
        thread: Option<ChannelId>,
    },
    /// So many interviews that the member asked for are not over, scorecards included.
    TooManyInterviews(usize),
    /// The bank has no question for this section of the plan.
    NothingFitsSection(String),
    /// There is no interview here, and not exactly one of the member's elsewhere.
    NoInterviewHere,
    /// The interview is forgotten, or this is not its thread.
    InterviewGone,
    /// Only those who interview may do that.
    OnlyInterviewers,
    /// Only the candidate may do that.
    OnlyCandidate(MemberId),
    /// Only those who take part may do that.
    OnlyParticipants,
    /// Somebody was faster, or this belongs to an earlier question.
    NotAnyMore,
    /// The interview is not so far, or further.
    NotNow,
    /// It cannot begin before somebody who interviews has joined.
    NoInterviewerHere,
    /// Roles swap only where exactly one member interviews another.
    CannotSwap,
    /// A scorecard needs a band in each of these dimensions.
    CardIncomplete(Vec<String>),
    /// The scorecard was sealed.
    CardSealed,
    /// Something of one's own practice.
    Own(OwnRefusal),
    /// Changes cannot be kept at the moment; this one was not made.
    CannotSave,
    /// It takes too long to keep this change; it holds once that is done, and may be lost before.
    NotSavedYet,
    /// Too much is waiting; in a moment it will work.
    Busy,
    /// The member asks faster than one person may.
    TooFast {
        /// When it works again.
        wait: std::time::Duration,
    },
}
