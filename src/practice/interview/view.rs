//! What is said in and about interviews, before it has words.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::state::{Over, Past, Time};
use crate::bank::Question;
use crate::plans::{LeftOut, Plan, Rubric};
use crate::practice::effect::Failure;
use crate::practice::ids::{ChannelId, InterviewId, MemberId};
use crate::practice::own::TypedView;

/// Something that is said in or about an interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterviewView {
    /// To the channel: there is one.
    Announcement {
        /// Its plan.
        plan: Arc<Plan>,
        /// Who is interviewed.
        candidate: MemberId,
        /// By whom; none means by the bot.
        interviewers: Vec<MemberId>,
        /// Whether everybody may look on.
        public: bool,
        /// How far it is.
        face: Face,
    },
    /// Who is to come. With buttons to join, to begin and to call it off as long as it waits.
    Lobby {
        /// The interview.
        interview: InterviewId,
        /// Its plan.
        plan: Arc<Plan>,
        /// Who is interviewed.
        candidate: MemberId,
        /// By whom.
        interviewers: Vec<MemberId>,
        /// Who is here.
        joined: BTreeSet<MemberId>,
        /// When it is cancelled; none once it has begun or was called off.
        until: Option<Timestamp>,
    },
    /// What comes when, as a turn begins.
    Agenda {
        /// Its plan.
        plan: Arc<Plan>,
        /// Who is interviewed.
        candidate: MemberId,
        /// By whom; none means by the bot.
        interviewers: Vec<MemberId>,
        /// Which turn, counted from 1, and of how many.
        turn: (u8, u8),
        /// When each section begins, and when the last one ends.
        times: Vec<Timestamp>,
    },
    /// A question, with the buttons of those who lead.
    Question(MockQuestion),
    /// A hint, for everybody.
    Hint {
        /// The question, counted from 1.
        number: u8,
        /// The hint.
        text: String,
    },
    /// A follow-up. Where the bot interviews it has buttons to answer.
    FollowUp {
        /// The interview, and which question it belongs to.
        place: Where,
        /// What is asked.
        text: String,
        /// Whether the bot interviews.
        alone: bool,
    },
    /// A pushback, likewise.
    PushBack {
        /// The interview, and which question it belongs to.
        place: Where,
        /// What is said.
        text: String,
        /// Whether the bot interviews.
        alone: bool,
    },
    /// What the candidate wrote.
    Answer {
        /// The question, counted from 1.
        number: u8,
        /// Who wrote it.
        candidate: MemberId,
        /// What; nothing where they deleted it.
        text: String,
    },
    /// The model answer, with a menu of the key points and a button for the next question: for a
    /// candidate whom the bot interviews.
    Model {
        /// The interview, and which question it belongs to.
        place: Where,
        /// The question.
        question: Arc<Question>,
        /// Which key points are ticked.
        ticked: BTreeSet<u8>,
        /// Whether key points may still be ticked: until the scorecards are open.
        open: bool,
        /// What its button leads to, while this question is under way.
        next: Option<Onward>,
    },
    /// For one interviewer: model answer, key points with a menu to tick them, pitfalls, follow-ups
    /// with answers.
    Kit {
        /// The interview, and which question it belongs to.
        place: Where,
        /// The question.
        question: Arc<Question>,
        /// Which key points this interviewer has ticked.
        ticked: BTreeSet<u8>,
        /// What is found in what the candidate has written, where they have written something: no
        /// tick comes of it.
        evidence: Option<TypedView>,
    },
    /// For a candidate whom the bot interviews: what is found in what they have written, for them to
    /// tick by.
    Found {
        /// The number of the question, counted from 1.
        number: u8,
        /// The question.
        question: Arc<Question>,
        /// What is found; none where they have written nothing.
        evidence: Option<TypedView>,
    },
    /// For one interviewer: what is found in what they pasted of what was said, to tick by.
    Heard {
        /// The number of the question, counted from 1.
        number: u8,
        /// The question.
        question: Arc<Question>,
        /// What is found.
        evidence: TypedView,
    },
    /// How far the time of a section is.
    Time {
        /// The section's title.
        section: String,
        /// How far.
        time: Time,
        /// When it ends or has ended.
        ends: Timestamp,
        /// The title of the next one.
        next: Option<String>,
    },
    /// It rests, with a button to go on.
    Paused {
        /// The interview.
        interview: InterviewId,
        /// Whether by itself.
        idle: bool,
    },
    /// It goes on.
    Resumed {
        /// When the turn ends now.
        ends: Timestamp,
    },
    /// The scorecards are to be filled in, with a button.
    Cards {
        /// The interview.
        interview: InterviewId,
        /// Who has sealed all of theirs, and who has not.
        done: Vec<MemberId>,
        /// Who has not.
        missing: Vec<MemberId>,
        /// When they are opened; none once they are.
        until: Option<Timestamp>,
    },
    /// To one member: a scorecard of theirs, with menus for the bands.
    Card(CardView),
    /// The scorecards of a turn, opened.
    Opened(OpenedView),
    /// It is over without scorecards.
    Over {
        /// Why.
        why: Over,
    },
    /// To one member: whether everything is really to be deleted.
    DeleteReally {
        /// The interview.
        interview: InterviewId,
    },
    /// To one member: everything is deleted.
    Deleted,
    /// To one member: done; what follows is seen in the thread.
    Done(Done),
    /// To one member: how an interview stands.
    Status(StatusView),
    /// To one member: their own interviews, newest first.
    History {
        /// The interviews.
        past: Vec<Past>,
    },
    /// Every plan.
    Plans {
        /// Those that can be used.
        plans: Vec<Arc<Plan>>,
        /// Those that the bank cannot fill.
        left_out: Vec<Arc<LeftOut>>,
    },
}

/// How far an interview is, as its channel is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Face {
    /// The thread is being opened.
    Opening,
    /// The thread is there.
    Open(ChannelId),
    /// It takes place where it was asked for: in a private chat.
    Here,
    /// It is over.
    Closed,
    /// There is no thread.
    Refused(Failure),
}

/// What comes after a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// Another question.
    Question,
    /// The scorecards.
    End,
}

/// A question of an interview, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Where {
    /// The interview.
    pub interview: InterviewId,
    /// The turn, counted from 0.
    pub turn: u8,
    /// The question of the turn, counted from 0.
    pub question: u8,
}

/// A question as it is asked in an interview.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether a button is there")]
pub struct MockQuestion {
    /// Which.
    pub place: Where,
    /// Of how many.
    pub of: u8,
    /// The section's title.
    pub section: String,
    /// When the section ends.
    pub ends: Timestamp,
    /// What is asked.
    pub question: Arc<Question>,
    /// Who is interviewed.
    pub candidate: MemberId,
    /// Whether the bot interviews: then there are buttons to answer, and none to lead.
    pub alone: bool,
    /// Whether it is under way; one that is not has no buttons.
    pub open: bool,
    /// Follow-ups that can still be asked.
    pub follow_ups: u8,
    /// Whether there is a pushback to be made.
    pub can_push_back: bool,
    /// Whether there is a hint to be given.
    pub can_hint: bool,
}

/// A scorecard for the member who fills it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardView {
    /// The interview.
    pub interview: InterviewId,
    /// The turn, counted from 0.
    pub turn: u8,
    /// Who is judged.
    pub candidate: MemberId,
    /// Whether that is the member.
    pub own: bool,
    /// By what.
    pub rubric: Rubric,
    /// What is filled in.
    pub card: super::state::Card,
    /// When all are opened.
    pub until: Timestamp,
    /// Whether the member has sealed another one of this interview before.
    pub is_next: bool,
}

/// The scorecards of a turn, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedView {
    /// The interview, for the button that deletes it.
    pub interview: InterviewId,
    /// Its plan.
    pub plan: Arc<Plan>,
    /// Who was interviewed.
    pub candidate: MemberId,
    /// Since when: it may be a day before the opening.
    pub at: Timestamp,
    /// Every card that was sealed, the candidate's own last.
    pub cards: Vec<OpenedCard>,
    /// Who did not fill in theirs.
    pub missing: Vec<MemberId>,
    /// What was asked.
    pub questions: Vec<OpenedQuestion>,
    /// Whether the candidate had it deleted.
    pub deleted: bool,
}

/// A scorecard, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedCard {
    /// Who filled it in.
    pub by: MemberId,
    /// Whether that is the candidate.
    pub own: bool,
    /// The card.
    pub card: super::state::Card,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedQuestion {
    /// The question.
    pub question: Arc<Question>,
    /// Which key points were ticked by anybody.
    pub ticked: BTreeSet<u8>,
    /// Whether anybody ticked, or could have: without that, nothing is said about them.
    pub judged: bool,
    /// Whether the hint was given.
    pub hinted: bool,
    /// What the candidate wrote.
    pub answers: Vec<String>,
}

/// How an interview stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusView {
    /// Its plan.
    pub plan: Arc<Plan>,
    /// Who is interviewed.
    pub candidate: MemberId,
    /// By whom.
    pub interviewers: Vec<MemberId>,
    /// Its thread, as far as there is one.
    pub thread: super::state::Thread,
    /// Whether that is where it was asked how it stands.
    pub here: bool,
    /// How far it is.
    pub stage: super::state::Stage,
    /// Questions asked in this turn, and of how many.
    pub questions: (u8, u8),
    /// When the turn ends; none while it does not run.
    pub ends: Option<Timestamp>,
    /// Whose scorecards are missing.
    pub missing: Vec<MemberId>,
    /// What could not be said or done, if anything.
    pub trouble: Option<Failure>,
    /// To the candidate: the interview, to delete it.
    pub delete: Option<InterviewId>,
    /// Where its thread is lost: what would have been opened there.
    pub opened: Vec<OpenedView>,
}

/// What a member has just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// Joined.
    Joined,
    /// Ended the interview.
    Ended,
    /// Called it off.
    Cancelled,
    /// Let it rest.
    Paused,
    /// Let it go on.
    Resumed,
    /// Swapped the roles.
    Swapped,
    /// Sealed a scorecard.
    Sealed {
        /// When it is opened at the latest; none if it was the last one, which opens all.
        until: Option<Timestamp>,
    },
}

/// A form that a member fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormView {
    /// An answer.
    Answer {
        /// The question it is for.
        place: Where,
        /// What was asked.
        prompt: String,
    },
    /// What was said aloud, pasted by an interviewer.
    Heard {
        /// The question it was said to.
        place: Where,
        /// What was asked.
        prompt: String,
    },
    /// Comments on a scorecard.
    Comments {
        /// The interview.
        interview: InterviewId,
        /// The turn, counted from 0.
        turn: u8,
        /// What is judged, with what was written before.
        dimensions: Vec<(String, String)>,
    },
    /// Last words of a scorecard.
    Words {
        /// The interview.
        interview: InterviewId,
        /// The turn, counted from 0.
        turn: u8,
        /// What went well, as it was written before.
        well: String,
        /// What to try next, as it was written before.
        next: String,
    },
}
