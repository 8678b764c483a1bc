//! What is said, before it has words. `words` turns these into messages.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::daily::{DailyResult, Management};
use super::ids::{ChannelId, MemberId, PostId};
use super::interview::{self, InterviewView};
use super::own::{OwnFormView, OwnView};
use super::refusal::Refusal;
use super::rules::{Schedule, Zone};
use super::streak::Standing;
use crate::bank::Question;

/// Something that the bot says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// A question, with its button.
    Question(QuestionView),
    /// The answer, for everybody.
    Answer {
        /// The post it belongs to.
        post: PostId,
        /// What was asked.
        question: Arc<Question>,
        /// Whose reactions revealed it.
        revealed_by: Vec<MemberId>,
    },
    /// A member's own streak, with its reasons.
    OwnStreak(Standing),
    /// A team-mate's streak: its length and record, nothing else.
    StreakOf {
        /// Whose.
        member: MemberId,
        /// Days now.
        length: u32,
        /// Most days ever.
        best: u32,
    },
    /// The zone in which a member's days are counted.
    Zone {
        /// The zone.
        zone: Zone,
        /// Whether the member chose it, or the team has it.
        own: bool,
        /// Whether it was chosen just now.
        changed: bool,
    },
    /// A daily was set, paused, resumed, skipped or removed.
    DailyChanged {
        /// What was done.
        done: DailyDone,
        /// How it stands now.
        daily: DailyView,
    },
    /// Every daily of the team.
    DailyList(Vec<DailyView>),
    /// One daily, with what happened last.
    DailyStatus(DailyView),
    /// Something in or about an interview.
    Interview(Box<InterviewView>),
    /// Something of a member's own practice, or the team's.
    Own(Box<OwnView>),
    /// What the bot can do.
    Help,
    /// What the command of this name does.
    HelpFor(&'static str),
    /// What the bot is.
    About {
        /// Questions in the bank.
        questions: usize,
        /// Topics in the bank, each with its title and number of questions.
        topics: Vec<(String, usize)>,
    },
    /// No.
    Refusal(Refusal),
}

/// A form that a member fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormView {
    /// Of an interview's.
    Interview(interview::FormView),
    /// Of their own practice.
    Own(OwnFormView),
}

/// A question as it stands in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionView {
    /// The post, for its button.
    pub post: PostId,
    /// What is asked.
    pub question: Arc<Question>,
    /// A daily's date; none for a quiz.
    pub daily: Option<Date>,
    /// The emoji that reveals it.
    pub emoji: String,
    /// How many different members must react.
    pub reactions: u8,
    /// Whether the bot may add its reaction here.
    pub can_react: bool,
}

/// Whether something made a practice day count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It did.
    Now,
    /// The day counted before.
    Before,
}

/// What was done to a daily.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DailyDone {
    /// Set or changed.
    Set,
    /// Paused.
    Paused,
    /// Resumed.
    Resumed,
    /// The next one is left out.
    Skipped,
    /// On its way.
    Posting,
    /// Removed.
    Removed,
}

/// How a daily stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyView {
    /// Where.
    pub channel: ChannelId,
    /// When and from what.
    pub schedule: Schedule,
    /// Who manages it.
    pub managed: Management,
    /// Whether it rests.
    pub paused: bool,
    /// The date that is left out, if it is still to come.
    pub skip: Option<Date>,
    /// What happened last: its local date, how it went, and when.
    pub last: Option<(Date, DailyResult, Timestamp)>,
    /// The date of one that is due and does not stand yet, and when it is tried again if the last
    /// attempt did not get through.
    pub underway: Option<(Date, Option<Timestamp>)>,
    /// When the next one comes; none while it rests.
    pub next: Option<Timestamp>,
    /// How many questions of the bank fit, and how many of them this channel has not seen.
    pub fitting: (usize, usize),
}
