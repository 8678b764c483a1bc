//! What members can want of interviews: commands, buttons, menus and forms.

use crate::plans::PlanId;
use crate::practice::ids::{InterviewId, MemberId};

/// `/mock`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MockCall {
    /// An interview.
    Start {
        /// By which plan.
        plan: PlanId,
        /// Who is interviewed; none means whoever asks, unless interviewers are missing then.
        candidate: Option<MemberId>,
        /// By whom; none means by the bot, or by whoever asks where somebody else is the candidate.
        interviewers: Vec<MemberId>,
        /// Whether everybody in the channel may see it.
        public: bool,
    },
    /// The end of the interview here.
    End,
    /// A rest.
    Pause,
    /// It goes on.
    Resume,
    /// The roles swap.
    Swap,
    /// How the interview here stands.
    Status,
    /// The member's own interviews.
    History,
    /// Every plan.
    Plans,
}

/// A button of an interview's. It names the interview and, where it belongs to a question or a
/// turn, that one: whoever presses an old one is told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MockPress {
    /// Join the lobby.
    Join,
    /// Begin without those who are not here.
    Begin,
    /// Call it off.
    Cancel,
    /// The next question, after this one of this turn; or the end of the turn after the last.
    Next(u8, u8),
    /// The next follow-up of this question.
    FollowUp(u8, u8),
    /// Push back on this question.
    PushBack(u8, u8),
    /// Give the hint of this question.
    Hint(u8, u8),
    /// See the kit of this question.
    Kit(u8, u8),
    /// Open the form for an answer to this question.
    Answer(u8, u8),
    /// This question was answered aloud, to the bot as interviewer.
    Aloud(u8, u8),
    /// See what is found in what one has written to this question, whom the bot interviews.
    Found(u8, u8),
    /// Open the form for what was said to this question, for one who interviews.
    Heard(u8, u8),
    /// It goes on after a rest.
    Resume,
    /// Open one's scorecard.
    Card,
    /// Open the form for comments on one's scorecard of this turn.
    Comments(u8),
    /// Open the form for the last words of one's scorecard of this turn.
    Words(u8),
    /// Seal one's scorecard of this turn.
    Seal(u8),
    /// Ask whether everything is to be deleted.
    Delete,
    /// Delete everything.
    DeleteForGood,
}

/// A menu of an interview's; what was chosen comes beside it, as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MockMenu {
    /// Key points of this question of this turn: all that are ticked.
    Points(u8, u8),
    /// The band of this dimension on one's scorecard of this turn: one.
    Band(u8, u8),
}

/// A form of an interview's; what was written comes beside it, in the order of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MockForm {
    /// An answer to this question of this turn.
    Answer(u8, u8),
    /// What was said to this question of this turn, as an interviewer pastes it.
    Heard(u8, u8),
    /// Comments, one for each dimension, on one's scorecard of this turn.
    Comments(u8),
    /// What went well, and what to try next.
    Words(u8),
}

/// A button, menu or form, with the interview that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of<T> {
    /// The interview.
    pub interview: InterviewId,
    /// What.
    pub what: T,
}
