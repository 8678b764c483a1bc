//! What is remembered of an interview, from the request to its opened scorecards. Its state alone
//! says what is outstanding. It decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::bank::Question;
use crate::plans::Plan;
use crate::practice::effect::Failure;
use crate::practice::ids::{ChannelId, InterviewId, MemberId, MessageId};

/// A mock interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// Its name.
    pub id: InterviewId,
    /// Where it was asked for.
    pub channel: ChannelId,
    /// Whether everybody in that channel may see it.
    pub public: bool,
    /// Its plan, as it was when it was asked for.
    #[serde(with = "crate::practice::kept")]
    pub plan: Arc<Plan>,
    /// Who asked for it.
    pub by: MemberId,
    /// When.
    pub since: Timestamp,
    /// What the channel was told about it.
    pub announcement: Announcement,
    /// Where it takes place.
    pub thread: Thread,
    /// Who was put into the thread, or cannot be.
    pub added: BTreeSet<MemberId>,
    /// Who has joined.
    pub joined: BTreeSet<MemberId>,
    /// How far it is.
    pub stage: Stage,
    /// One for each candidate, at least one; the last one is under way.
    pub turns: Vec<Turn>,
    /// What was, or is to be, said in the thread, in order.
    pub notes: Vec<Note>,
    /// When somebody last did something in it.
    pub touched: Timestamp,
    /// Scorecards, by turn and by who fills them in.
    pub cards: BTreeMap<(u8, MemberId), Card>,
    /// Not to be tried again before this moment.
    pub delayed: Option<Timestamp>,
}

/// What the channel was told about an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Announcement {
    /// Nothing that is known of.
    None,
    /// This message, which is true.
    True(MessageId),
    /// This message, which is to be changed.
    Stale(MessageId),
    /// This message, which is being changed, and is to be changed once more after that.
    Staler(MessageId),
}

/// The thread of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thread {
    /// It is to be opened, since this moment.
    Wanted(Timestamp),
    /// It is there. In a private chat it is the chat.
    Open(ChannelId),
    /// There is none, and there will be none.
    Refused(Failure),
    /// It was there, and is gone, or nothing can be said in it any more.
    Lost(ChannelId),
}

/// How far an interview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// People gather.
    Lobby {
        /// When it is cancelled.
        until: Timestamp,
    },
    /// Questions are asked.
    Running,
    /// It rests.
    Paused {
        /// Since when.
        since: Timestamp,
        /// Whether by itself, because nobody did anything.
        idle: bool,
    },
    /// Scorecards are filled in.
    Judging {
        /// When they are opened whatever is missing.
        until: Timestamp,
    },
    /// The scorecards are open.
    Opened {
        /// Since when.
        since: Timestamp,
    },
    /// It is over without scorecards.
    Over {
        /// Since when.
        since: Timestamp,
        /// Why.
        why: Over,
    },
}

/// Why an interview is over without scorecards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// Somebody of it called it off before it began.
    Cancelled {
        /// Who.
        by: MemberId,
    },
    /// Not all came in time.
    NobodyCame,
    /// Its thread could not be opened, or is gone.
    NoThread,
    /// It ended before a question was asked.
    Empty,
    /// The candidate had everything deleted.
    Deleted,
}

/// One candidate's part of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Who is interviewed.
    pub candidate: MemberId,
    /// By whom; none means by the bot.
    pub interviewers: Vec<MemberId>,
    /// When it began; none while people gather.
    pub begun: Option<Timestamp>,
    /// How long it has rested.
    pub rested: SignedDuration,
    /// Which times were told: how far the section is, by its number.
    pub told: BTreeSet<(u8, Time)>,
    /// What was asked, in order.
    pub asked: Vec<Asked>,
    /// Whether its candidate had it deleted.
    pub deleted: bool,
}

impl Turn {
    /// A turn that has not begun.
    pub const fn new(candidate: MemberId, interviewers: Vec<MemberId>) -> Self {
        Self {
            candidate,
            interviewers,
            begun: None,
            rested: SignedDuration::ZERO,
            told: BTreeSet::new(),
            asked: Vec::new(),
            deleted: false,
        }
    }
}

/// How far the time of a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Time {
    /// It is nearly over.
    Nearly,
    /// It is over; nobody is made to stop.
    Over,
}

/// A question of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The number of its section.
    pub section: u8,
    /// What was asked, as it was then.
    #[serde(with = "crate::practice::kept")]
    pub question: Arc<Question>,
    /// When.
    pub at: Timestamp,
    /// How many follow-ups were asked.
    pub follow_ups: u8,
    /// Whether an interviewer pushed back.
    pub pushed_back: bool,
    /// Whether the hint was given.
    pub hinted: bool,
    /// What the candidate wrote: to the question, and to what followed on it. A spoken answer is
    /// an empty text.
    pub answers: Vec<String>,
    /// Which key points were ticked, by whom. Where the bot interviews, the candidate ticks.
    pub ticked: BTreeMap<MemberId, BTreeSet<u8>>,
}

/// Something that is said in the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub what: What,
    /// Since when it is to be said.
    pub since: Timestamp,
    /// How far that is.
    pub said: Said,
}

/// How far something that is said is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It is to be said.
    Wanted,
    /// It stands, and is true.
    Stands(MessageId),
    /// It stands, and is to be changed.
    Stale(MessageId),
    /// It stands, is being changed, and is to be changed once more after that.
    Staler(MessageId),
    /// It cannot be said, or its message is gone.
    Never,
}

/// What is said in the thread. Questions count from 0 in their turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum What {
    /// Who is to come, with the button to join.
    Lobby,
    /// What comes when, in this turn.
    Agenda(u8),
    /// A question.
    Question(u8, u8),
    /// A hint to a question.
    Hint(u8, u8),
    /// A follow-up of a question, counted from 0.
    FollowUp(u8, u8, u8),
    /// The pushback of a question.
    PushBack(u8, u8),
    /// What the candidate wrote, counted from 0.
    Answer(u8, u8, u8),
    /// The model answer, for a candidate whom the bot interviews.
    Model(u8, u8),
    /// How far the time of a section is.
    Time(u8, u8, Time),
    /// It rests.
    Paused,
    /// It goes on.
    Resumed,
    /// The scorecards are to be filled in.
    Cards,
    /// The scorecards of a turn.
    Opened(u8),
    /// It is over without scorecards.
    Over,
}

/// A scorecard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The band of each dimension, 0 the lowest, in the order of the rubric.
    pub bands: Vec<Option<u8>>,
    /// A comment on each dimension; empty where there is none.
    pub comments: Vec<String>,
    /// What went well.
    pub well: String,
    /// What to try next.
    pub next: String,
    /// When it was sealed.
    pub sealed: Option<Timestamp>,
}

/// What is kept of an interview for its candidate, also when the interview is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The interview.
    pub interview: InterviewId,
    /// When it began.
    pub at: Timestamp,
    /// The plan's title.
    pub plan: String,
    /// How many interviewers filled in a scorecard; 0 where the bot interviewed.
    pub interviewers: u8,
    /// The dimensions, with the mean of the interviewers' bands and the candidate's own, in tenths:
    /// 10 is the lowest band and 40 the highest.
    pub bands: Vec<PastBand>,
    /// How many questions were asked.
    pub questions: u8,
    /// How many key points were ticked, and how many there were.
    pub points: (u16, u16),
}

/// How a dimension was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastBand {
    /// The dimension's title.
    pub dimension: String,
    /// The mean of the interviewers' bands, in tenths.
    pub others: Option<u8>,
    /// The candidate's own band, in tenths.
    pub own: Option<u8>,
}

/// Key points of a question that its candidate did not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Miss {
    /// When.
    pub at: Timestamp,
    /// Which, by their number in the question.
    pub points: BTreeSet<u8>,
}
