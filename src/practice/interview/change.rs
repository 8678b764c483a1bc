//! Everything that is remembered about an interview. Stored: new ones go to the end.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::state::{Announcement, Past, Said, Stage, Thread, Time, Turn, What};
use crate::bank::{Question, QuestionId};
use crate::plans::Plan;
use crate::practice::ids::{ChannelId, MemberId};

/// One thing that changed about an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InterviewChange {
    /// It was asked for; its lobby is open.
    Asked {
        /// Where.
        channel: ChannelId,
        /// Where it takes place, or that this is to be opened.
        thread: Thread,
        /// Whether everybody in the channel may see it.
        public: bool,
        /// Its plan.
        #[serde(with = "crate::practice::kept")]
        plan: Arc<Plan>,
        /// Who asked.
        by: MemberId,
        /// Who is interviewed by whom.
        turn: Turn,
        /// How far it is.
        stage: Stage,
        /// When.
        at: Timestamp,
    },
    /// What the channel was told about it is this now.
    Announced {
        /// What.
        announcement: Announcement,
    },
    /// What became of the thread.
    ThreadIs {
        /// This.
        thread: Thread,
    },
    /// A member was put into the thread, or cannot be.
    Added {
        /// Who.
        member: MemberId,
    },
    /// A member joined.
    Joined {
        /// Who.
        member: MemberId,
        /// When.
        at: Timestamp,
    },
    /// It is so far now. Whoever looks at the time of a turn finds it in `begun` and `rested`.
    StageIs {
        /// This far.
        stage: Stage,
        /// When.
        at: Timestamp,
    },
    /// A turn began; it is the last one.
    TurnBegun {
        /// The turn.
        turn: Turn,
        /// When.
        at: Timestamp,
    },
    /// The turn that is under way has rested so long in all.
    Rested {
        /// So long.
        rested: SignedDuration,
    },
    /// How far a section's time is was told, or is about to be.
    TimeTold {
        /// The section.
        section: u8,
        /// How far.
        time: Time,
    },
    /// Something is to be said in the thread.
    Noted {
        /// What.
        what: What,
        /// When.
        at: Timestamp,
    },
    /// How far something that is said is.
    SaidIs {
        /// Which note, counted from 0.
        note: u16,
        /// How far.
        said: Said,
    },
    /// A question was drawn, and is the one under way.
    Drawn {
        /// The number of its section.
        section: u8,
        /// The question.
        #[serde(with = "crate::practice::kept")]
        question: Arc<Question>,
        /// When.
        at: Timestamp,
    },
    /// A follow-up of the question under way was asked.
    FollowedUp {
        /// When.
        at: Timestamp,
    },
    /// An interviewer pushed back.
    PushedBack {
        /// When.
        at: Timestamp,
    },
    /// The hint was given.
    Hinted {
        /// When.
        at: Timestamp,
    },
    /// The candidate answered, in writing or (an empty text) aloud.
    Answered {
        /// The question, counted from 0.
        question: u8,
        /// What was written.
        text: String,
        /// When.
        at: Timestamp,
    },
    /// These key points were made.
    Ticked {
        /// The turn.
        turn: u8,
        /// The question, counted from 0.
        question: u8,
        /// Who says so.
        by: MemberId,
        /// Which, by their number; no others.
        points: Vec<u8>,
    },
    /// A dimension was judged.
    Banded {
        /// The turn.
        turn: u8,
        /// Who judges.
        by: MemberId,
        /// The dimension.
        dimension: u8,
        /// The band, 0 the lowest.
        band: u8,
    },
    /// Comments were written on a scorecard.
    Commented {
        /// The turn.
        turn: u8,
        /// Who judges.
        by: MemberId,
        /// One for each dimension.
        comments: Vec<String>,
    },
    /// The last words of a scorecard were written.
    Worded {
        /// The turn.
        turn: u8,
        /// Who judges.
        by: MemberId,
        /// What went well.
        well: String,
        /// What to try next.
        next: String,
    },
    /// A scorecard was sealed.
    Sealed {
        /// The turn.
        turn: u8,
        /// Whose.
        by: MemberId,
        /// When.
        at: Timestamp,
    },
    /// Something did not work and is tried again.
    Delayed {
        /// When; none: it is being tried now.
        until: Option<Timestamp>,
    },
    /// Scorecards and answers of a turn, and what is kept of it for its candidate, are gone.
    Deleted {
        /// The turn.
        turn: u8,
        /// When.
        at: Timestamp,
    },
    /// It is forgotten.
    Forgotten,
    /// It is kept for its candidate.
    Kept {
        /// Who.
        member: MemberId,
        /// What.
        past: Past,
    },
    /// Its candidate missed key points of a question; none are none.
    Missed {
        /// Who.
        member: MemberId,
        /// Which question.
        question: QuestionId,
        /// Which points.
        points: Vec<u8>,
        /// When.
        at: Timestamp,
    },
    /// Somebody of it did something.
    Touched {
        /// When.
        at: Timestamp,
    },
}
