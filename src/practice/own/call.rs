//! What members can want of their own practice: commands, buttons, menus and forms.

use jiff::civil::{Time, Weekday};

use super::Grade;
use super::state::{Fault, Key};
use crate::bank::{QuestionId, Topic};
use crate::practice::ids::{ChannelId, PostId};
use crate::practice::rules::Zone;

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnCall {
    /// `/review`: what is due.
    Review,
    /// `/sprint`.
    Sprint {
        /// So many minutes, 5 to 60; none means 15.
        minutes: Option<u8>,
        /// About this topic only.
        topic: Option<Topic>,
    },
    /// `/me`: one's progress.
    Me,
    /// `/team`: the map of the team.
    Team,
    /// `/leaderboard`.
    Leaderboard(Period),
    /// `/digest set`: the weekly post, here or there.
    DigestSet {
        /// Where; none means here.
        channel: Option<ChannelId>,
        /// On which day; none means Monday.
        day: Option<Weekday>,
        /// When; none means 09:00.
        at: Option<Time>,
        /// The zone; none means the team's.
        zone: Option<Zone>,
    },
    /// `/digest off`.
    DigestOff,
    /// `/digest status`.
    DigestStatus,
    /// `/question`: one question, in private.
    Question {
        /// As it was typed.
        asked: String,
        /// What was found, best first.
        found: Vec<QuestionId>,
    },
    /// `/topics`: every topic with its counts.
    Topics,
    /// `/reports`: what was reported, for those who keep the bank.
    Reports,
}

/// A stretch of time that ends today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Since Monday.
    Week,
    /// Since the first of the month.
    Month,
    /// The last 53 weeks.
    Year,
}

impl Period {
    /// Every stretch, shortest first.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Year];

    /// The word for it in commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPress {
    /// Grade the question of a post whose answer is public: answered by a message of one's own.
    GradePost(PostId, Grade),
    /// Grade a question on a private message: the message changes.
    Grade(Key, Grade),
    /// Take the last grade back, if it was of this question.
    TakeBack(Key),
    /// A question in private, on a new private message.
    Ask(Key),
    /// Its answer, with grades; the message changes.
    Answer(Key),
    /// Its answer once more, on a new private message.
    Explain(Key),
    /// Type an answer to it: opens a form.
    Type(Key, Flow),
    /// Say of a key point of the typed answer of this name whether it was made; the message
    /// changes.
    Said(u64, Flow, u8, bool),
    /// Ask a coach about the typed answer of this name; the message changes, and once more when it
    /// has answered. Before the first time the member is told what is sent where.
    Coach(u64, Flow),
    /// Send that typed answer, and later ones, to the coach of this name.
    CoachAgree(u64, Flow, u64),
    /// Never send any to the coach of this name, and see what is said of the typed answer.
    CoachNever(u64, Flow, u64),
    /// Send nothing this time, and see what is said of the typed answer.
    CoachLater(u64, Flow),
    /// In the settings: whether one may be asked about a coach again, or never is.
    CoachSetting(bool),
    /// Its hint, on a private message of its own.
    Hint(Key),
    /// Its follow-up with this number, on a private message of its own.
    FollowUp(Key, u8),
    /// The answer to that follow-up; the message changes.
    FollowUpAnswer(Key, u8),
    /// Up to three related questions, on a private message of its own.
    Related(Key),
    /// Report it: which fault, on a private message of its own.
    Report(Key),
    /// Report this fault of it: opens a form for a line of text.
    ReportFault(Key, Fault),
    /// Begin or go on with the review; the message changes.
    ReviewNext,
    /// The answer of the question under review; the message changes.
    ReviewAnswer(Key),
    /// Grade the question under review and go on; the message changes.
    ReviewGrade(Key, Grade),
    /// Take the last grade of the review back and see that answer again.
    ReviewTakeBack(Key),
    /// The answer in this step of this sprint.
    SprintAnswer(u64, u8),
    /// Grade this step of this sprint and go on.
    SprintGrade(u64, u8, Grade),
    /// Leave this step of this sprint out and go on.
    SprintSkip(u64, u8),
    /// End this sprint.
    SprintEnd(u64),
    /// One's settings; a private message of its own.
    Settings,
    /// Opens the form for the quiet hours.
    Quiet,
    /// Everything that is known about the member, as a file.
    Export,
    /// Ask whether everything is to be forgotten.
    Forget,
    /// Forget everything.
    ForgetForGood,
    /// No reminders any more of the team of this server; it is pressed in a private chat. 0 is the
    /// chat itself.
    ReminderOff(u64),
    /// A report is settled.
    Settle(u32),
}

/// What a typed answer is part of, so that what is said of it leads on from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// Nothing: what is said of it stands on a new private message.
    New,
    /// Nothing: the private message changes.
    Here,
    /// The review; the message changes.
    Review,
    /// The sprint, as long as the question is the one that it asks; the message changes.
    Sprint,
}

impl Flow {
    /// Every one of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Here, Self::Review, Self::Sprint];
}

/// A menu; what was chosen comes beside it, as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnMenu {
    /// Reminder: 0 off, else hours before the practice day ends.
    Reminder,
    /// Leaderboard: 0 off, 1 on.
    Shared,
    /// Grades: 2 or 4.
    Grades,
    /// Reviews a day.
    ADay,
    /// The key points that one made in the typed answer of this name, by their numbers.
    Made(u64, Flow),
}

impl OwnMenu {
    /// What its options stand for, in their order: what comes back is the number of an option,
    /// counted from 0.
    pub const fn values(self) -> &'static [u8] {
        match self {
            Self::Reminder => &[0, 1, 2, 3, 4, 6],
            Self::Shared => &[0, 1],
            Self::Grades => &[2, 4],
            Self::ADay => &[5, 10, 20, 30, 50, 100],
            Self::Made(..) => &[0, 1, 2, 3, 4, 5, 6, 7],
        }
    }
}

/// A form; what was written comes beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnForm {
    /// A line about a fault of a question.
    Report(Key, Fault),
    /// The quiet hours: "22:00-07:00", or nothing.
    Quiet,
    /// An answer to a question.
    Typed(Key, Flow),
}
