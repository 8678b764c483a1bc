//! What is said of a member's own practice, before it has words.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::call::Period;
use super::state::{Digest, Fault, Key, Report, Settings, Week};
use super::{Flow, Grade, TypedView};
use crate::bank::{FollowUp, Level, Question};
use crate::practice::ids::MemberId;
use crate::practice::rules::{CoachRule, Zone};
use crate::practice::streak::Standing;
use crate::practice::view::Counted;

/// Something that the bot says of a member's own practice. All of it is private but for the
/// leaderboard, the map of the team and the weekly post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnView {
    /// A question in private, without its answer.
    Question(OwnQuestion),
    /// A question in private with its answer and, unless it was graded, the grades.
    Answer {
        /// The question.
        question: OwnQuestion,
        /// How it was graded just now; none: it is to be graded.
        graded: Option<Graded>,
        /// The member's streak after it, where this made the day count or it is the first answer
        /// of a post; none where it does not matter.
        standing: Option<(Standing, Counted)>,
    },
    /// What is to be said of a typed answer, before the answer of the bank is shown.
    Typed {
        /// The question, with what was typed.
        question: OwnQuestion,
        /// The member's streak after it, where this made the day count.
        standing: Option<(Standing, Counted)>,
    },
    /// What is sent to the coach, and where that is, before anything is.
    CoachAsks {
        /// The coach.
        coach: CoachRule,
        /// The question.
        question: Arc<Question>,
        /// How many key points it would be asked about.
        points: usize,
        /// The name of the typed answer, and what it is part of.
        typed: (u64, Flow),
    },
    /// A grade was kept: the answer to a press under a public answer.
    Graded {
        /// The question.
        question: Arc<Question>,
        /// What came of it.
        graded: Graded,
    },
    /// The last grade was taken back.
    TakenBack {
        /// The question.
        question: Arc<Question>,
    },
    /// A hint.
    Hint {
        /// The question.
        question: Arc<Question>,
    },
    /// A follow-up as the next question.
    FollowUp {
        /// The question that it follows.
        question: Arc<Question>,
        /// Its number, counted from 0.
        number: u8,
        /// What is asked, and its answer.
        follow_up: FollowUp,
        /// Whether the answer is shown.
        shown: bool,
    },
    /// Related questions, with a button for each.
    Related {
        /// To what.
        to: Arc<Question>,
        /// At most three, those that the member knows least first.
        questions: Vec<Arc<Question>>,
    },
    /// Which fault a question has.
    ReportWhat {
        /// The question.
        question: Arc<Question>,
    },
    /// A report was kept.
    Reported {
        /// The question.
        question: Arc<Question>,
        /// The fault.
        fault: Fault,
    },
    /// What was reported, for those who keep the bank; oldest first, at most 5 of them shown.
    Reports {
        /// Those that are shown, with the prompt as the bank has it now.
        reports: Vec<(Report, Option<Arc<Question>>)>,
        /// How many there are.
        of: usize,
    },
    /// Nothing is to be reviewed any more today.
    ReviewOver(ReviewOver),
    /// A sprint is over, or its time was up.
    SprintOver(SprintOver),
    /// One's progress, with a picture.
    Me(Box<Progress>),
    /// One's settings, with menus.
    Settings {
        /// What is settled.
        settings: Settings,
        /// The zone, and whether it is one's own.
        zone: (Zone, bool),
        /// When the practice day begins.
        day_starts: Time,
        /// Reviews a day where the member settled nothing.
        usual: u8,
        /// Whether the last reminder could not be sent, and reminders are off since.
        closed: bool,
        /// The coach, if there is one, and whether the member lets it read typed answers; none:
        /// they are asked.
        coach: Option<(CoachRule, Option<bool>)>,
    },
    /// Everything that is known about a member, as a file.
    Export {
        /// JSON.
        json: String,
    },
    /// Whether everything is to be forgotten.
    ForgetReally,
    /// Everything is forgotten.
    Forgotten,
    /// Reminders are off.
    ReminderOff,
    /// A reminder, in a private message.
    Reminder {
        /// The id of the server whose team it is about, for the button that ends reminders; 0 in a
        /// private chat. A team does not know it: the runtime fills it in when it leaves.
        server: u64,
        /// Days that the streak has.
        length: u32,
        /// When the practice day ends.
        ends: Timestamp,
        /// Whether a freeze would keep it.
        frozen: bool,
        /// Questions that are due for review.
        due: u16,
    },
    /// The map of the team.
    Team(TeamView),
    /// The leaderboard.
    Leaderboard {
        /// Of which time.
        period: Period,
        /// Its first day.
        from: Date,
        /// Places, best first: the same place where days and questions are the same. Ten, and who
        /// is in the same place as the tenth; at most 25.
        places: Vec<Place>,
        /// So many more are on it.
        more: usize,
        /// Whether the asker shares.
        shares: bool,
    },
    /// The weekly post.
    Digest(Week),
    /// How the weekly post stands; none: there is none.
    DigestStatus {
        /// The digest.
        digest: Option<Digest>,
        /// When it comes next.
        next: Option<Timestamp>,
        /// Whether it was changed just now.
        changed: bool,
    },
    /// Every topic with its counts.
    Topics(Vec<TopicView>),
}

/// A question in private, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestion {
    /// The question.
    pub question: Arc<Question>,
    /// What it is part of.
    pub part_of: PartOf,
    /// What the member remembers of it.
    pub known: Known,
    /// Which key points an interview found missing the last time, by their numbers.
    pub missed_points: Vec<u8>,
    /// Whether only two grades are offered.
    pub two_grades: bool,
    /// In a review or a sprint: the question that was graded just before it, and what came of
    /// that.
    pub before: Option<(Arc<Question>, Graded)>,
    /// What is to be said of the answer that the member typed, where one waits for its grade.
    pub typed: Option<TypedView>,
}

/// What a question in private is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOf {
    /// Nothing: it was asked for.
    Itself,
    /// The review of today.
    Review {
        /// Due ones that are left, with this one.
        due: u16,
        /// New ones that are left, with this one.
        new: u16,
    },
    /// A sprint.
    Sprint {
        /// Its name.
        sprint: u64,
        /// The step, counted from 0, and of how many.
        step: (u8, u8),
        /// When its time is up.
        until: Timestamp,
    },
}

impl PartOf {
    /// How a press goes on from it, on the same message.
    pub const fn flow(self) -> Flow {
        match self {
            Self::Itself => Flow::Here,
            Self::Review { .. } => Flow::Review,
            Self::Sprint { .. } => Flow::Sprint,
        }
    }
}

/// What a member remembers of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Never met.
    Unseen,
    /// Met, never graded.
    Met,
    /// Graded.
    Graded {
        /// The last grade.
        grade: Grade,
        /// How often.
        grades: u16,
        /// How often it was missed.
        lapses: u8,
        /// When it is due.
        due: Date,
    },
}

/// What came of a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// The question's key, to take it back.
    pub key: Key,
    /// The grade.
    pub grade: Grade,
    /// The date on which the question is due.
    pub due: Date,
    /// In so many days.
    pub days: u16,
    /// Whether it replaced another grade of the same day.
    pub replaced: bool,
    /// Whether it has become a leech, or is one that was missed again: the number of lapses.
    pub leech: Option<u8>,
    /// Whether it can be taken back.
    pub can_take_back: bool,
}

/// The end of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewOver {
    /// Questions graded today.
    pub today: u16,
    /// Due ones that are left because the day's limit is reached.
    pub left: u16,
    /// When the next one is due; none if nothing is remembered yet.
    pub next: Option<Date>,
    /// The last grade of this review, to take it back.
    pub last: Option<(Arc<Question>, Graded)>,
}

/// The end of a sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SprintOver {
    /// Minutes that it took.
    pub minutes: u16,
    /// Whether its time was up before all questions were through.
    pub timed_out: bool,
    /// Each question that was graded, with the grade.
    pub graded: Vec<(Arc<Question>, Grade)>,
    /// Questions that were left out or not reached.
    pub left: u16,
    /// What to read next: questions related to those that were missed, at most three.
    pub read_next: Vec<Arc<Question>>,
    /// The member's streak after it.
    pub standing: Standing,
}

/// One's progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The practice day that the member lives in. For one who has travelled west it is a day after
    /// their local date, which they live for the second time.
    pub today: Date,
    /// The streak with its reasons.
    pub standing: Standing,
    /// Each of the last 53 weeks' days with how many questions, oldest first, up to today; a day
    /// with nothing is left out.
    pub days: Vec<(Date, u16)>,
    /// Each topic.
    pub topics: Vec<TopicView>,
    /// Questions due today.
    pub due: u16,
    /// Questions due in each of the next seven days, tomorrow first.
    pub coming: [u16; 7],
    /// Interviews as a candidate.
    pub interviews: usize,
    /// Whether a private reminder is on.
    pub reminder: bool,
    /// Whether team-mates see them.
    pub shared: bool,
}

/// A topic with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicView {
    /// Its name.
    pub topic: crate::bank::Topic,
    /// Its title.
    pub title: String,
    /// For each level, easiest first: what a member knows of it.
    pub levels: [(Level, Coverage); 3],
}

/// What a member knows of some questions. They add up to `of`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them.
    pub of: u16,
    /// Known and not due.
    pub known: u16,
    /// Due, or met and never graded.
    pub due: u16,
    /// Never met.
    pub unseen: u16,
}

/// The map of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamView {
    /// Members who practised in the last 30 days, and of them those who share.
    pub members: (u32, u32),
    /// Each topic.
    pub topics: Vec<TeamTopic>,
    /// The topics in which the team is strongest, best first, at most 3.
    pub strongest: Vec<String>,
    /// The topics in which it is weakest, worst first, at most 3.
    pub weakest: Vec<String>,
    /// Whether the asker shares.
    pub shares: bool,
}

/// A topic of the team's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamTopic {
    /// Its title.
    pub title: String,
    /// Questions that it has.
    pub of: u16,
    /// Different ones that somebody met.
    pub met: u16,
    /// Members who met one of them. Where fewer than three did, only those who share are counted,
    /// here and in `met`.
    pub members: u32,
    /// Of those who share: who practised most of it, at most 3.
    pub who: Vec<MemberId>,
    /// The share of grades that were not missed, in tens of percent from 10 to 90; none where fewer
    /// than three members graded three questions each, so that nobody's answers can be read from
    /// it.
    pub known: Option<u8>,
}

/// A place on the leaderboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1; two who have done the same have the same.
    pub place: u16,
    /// Who.
    pub member: MemberId,
    /// Practice days.
    pub days: u16,
    /// Different questions.
    pub questions: u16,
}
