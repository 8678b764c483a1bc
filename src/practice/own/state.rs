//! What is remembered of a member's own practice, and of what a team shares of it. It decides
//! nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use super::Grade;
use super::typed::{Label, Opined, Typed};
pub use crate::bank::Key;
use crate::bank::QuestionId;
use crate::practice::effect::Failure;
use crate::practice::ids::{ChannelId, MemberId};
use crate::practice::rules::Zone;

/// A practice day, in days since 1970-01-01.
pub type DayNumber = u16;

/// What a member remembers of a question, as FSRS-6 sees it. Small, because a member may have
/// thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The question.
    pub question: Key,
    /// FSRS's stability in days, as the bits of an `f32`; 0 while it was met and never graded.
    pub stability: u32,
    /// FSRS's difficulty, 1 to 10, as the bits of an `f32`.
    pub difficulty: u32,
    /// The practice day on which it was last graded, or first met while it was never graded.
    pub last: DayNumber,
    /// The practice day on which it was last met or graded.
    pub met: DayNumber,
    /// Days from then until it is due; 0 while it was never graded.
    pub interval: u16,
    /// How often it was graded.
    pub grades: u16,
    /// How often it was missed; 8 times make a leech.
    pub lapses: u8,
    /// The last grade; none while it was never graded.
    pub grade: Option<Grade>,
}

/// How much a member did on a practice day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLog {
    /// Which day.
    pub day: DayNumber,
    /// Questions met or graded on it, each once.
    pub questions: u16,
}

/// The grade that can still be taken back: the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastGrade {
    /// The question.
    pub question: Key,
    /// On which practice day.
    pub day: DayNumber,
    /// What was remembered before; none if nothing was.
    pub before: Option<Memory>,
}

/// A sprint: some minutes of short questions in private. At most one for each member; it is kept
/// until the next one begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sprint {
    /// Its name: the id of the request.
    pub id: u64,
    /// When it began.
    pub since: Timestamp,
    /// When its time is up; it ends at the next press after that.
    pub until: Timestamp,
    /// Its questions, in order.
    pub questions: Vec<Key>,
    /// The grades so far, in the same order; none where a question was skipped.
    pub grades: Vec<Option<Grade>>,
    /// Whether it was ended.
    pub over: bool,
}

/// What a member settled for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether team-mates see them on the leaderboard and the map of the team.
    pub shared: bool,
    /// Whether only two grades are offered.
    pub two_grades: bool,
    /// Reviews a day at most, 1 to 200; none means what the config says.
    pub a_day: Option<u8>,
    /// A private message so many hours before a practice day ends on which the streak is at stake,
    /// 1 to 12; none: no reminder.
    pub reminder: Option<u8>,
    /// From when to when it is quiet, in the member's zone; kept also while no reminder is on.
    pub quiet: Option<(Time, Time)>,
}

impl Settings {
    /// When the member wants to be reminded, if they do.
    pub fn reminder(&self) -> Option<Reminder> {
        self.reminder.map(|before| Reminder { before, quiet: self.quiet })
    }
}

/// When a member wants to be reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// Hours before the practice day ends, 1 to 12.
    pub before: u8,
    /// From when to when it is quiet, in the member's zone; the reminder comes before that begins.
    pub quiet: Option<(Time, Time)>,
}

/// A private message that was claimed, and how far it is. One at a time for each member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// The practice day it is about: never a second one for it.
    pub day: DayNumber,
    /// When it was claimed.
    pub since: Timestamp,
    /// When it is tried again; none while it is on its way or over.
    pub delayed: Option<Timestamp>,
    /// Whether it is over, sent or not.
    pub over: bool,
    /// Why it could not be sent, if so.
    pub failure: Option<Failure>,
}

/// What a member said about sending typed answers to a coach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// To which coach: another one asks anew.
    pub to: u64,
    /// Whether they may be sent there; else it is not offered any more.
    pub agreed: bool,
}

/// What is remembered of one member's own practice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Questions, in the order of their keys.
    pub memories: Vec<Memory>,
    /// Practice days with something done, oldest first; at most 371, which is 53 weeks.
    pub days: Vec<DayLog>,
    /// What they settled; none means the usual.
    pub settings: Option<Settings>,
    /// The last grade.
    pub last: Option<LastGrade>,
    /// Their sprint.
    pub sprint: Option<Sprint>,
    /// Their last reminder.
    pub reminded: Option<Reminded>,
    /// When the next reminder is due, if one is.
    pub remind_at: Option<Timestamp>,
    /// Their typed answers that wait for a grade, oldest first; at most 3.
    pub typed: Vec<Typed>,
    /// What they said about key points of their typed answers, oldest first; at most 500.
    pub labels: Vec<Label>,
    /// What they said about a coach; none: they are asked before anything is sent.
    pub coach: Option<Consent>,
    /// What a coach thinks of typed answers that wait for a grade.
    pub opinions: Vec<Opined>,
}

/// What is wrong with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fault {
    /// It says something that is not so.
    Wrong,
    /// It was so once.
    Outdated,
    /// It cannot be understood.
    Unclear,
}

/// What a member reported of a question. It does not say who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its number in the team, from 1 on.
    pub number: u32,
    /// The question.
    pub question: QuestionId,
    /// What is wrong.
    pub fault: Fault,
    /// A line of the member's, at most 300 characters; may be empty.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// A weekly post of what the team did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Where.
    pub channel: ChannelId,
    /// On which day of the week.
    pub day: Weekday8,
    /// Wall-clock time.
    pub at: Time,
    /// The zone of day and time.
    pub zone: Zone,
    /// Dates up to this one are over and done with.
    pub done_through: Date,
    /// The one that is under way.
    pub claimed: Option<Claim>,
    /// Why the last one did not come, if it did not.
    pub failure: Option<Failure>,
}

/// A digest that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its local date.
    pub date: Date,
    /// When it was claimed.
    pub since: Timestamp,
    /// When it is tried again; none while it is on its way.
    pub delayed: Option<Timestamp>,
    /// What it says: kept, so that it is the same when it is sent again.
    pub week: Week,
}

/// What a team did in a week. Nobody is named who does not share. Where fewer than three did
/// something, it is counted only if all of these share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// The first of its seven days.
    pub from: Option<Date>,
    /// Members who practised at least once.
    pub members: u32,
    /// Practice days of all of them together.
    pub days: u32,
    /// Different questions of all of them together, each counted once a member.
    pub questions: u32,
    /// Interviews that were opened.
    pub interviews: u32,
    /// The members who share and practised most, with days and questions; at most 5.
    pub first: Vec<(MemberId, u16, u16)>,
    /// The title of the topic that was practised most.
    pub most: Option<String>,
    /// The title of the topic in which the most was missed; three members graded in it.
    pub weakest: Option<String>,
}

/// A day of the week as it is stored: 0 is Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekday8(pub i8);

impl From<Weekday> for Weekday8 {
    fn from(day: Weekday) -> Self {
        Self(day.to_monday_zero_offset())
    }
}

impl Weekday8 {
    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::from_monday_zero_offset(self.0.clamp(0, 6)).unwrap_or(Weekday::Monday)
    }
}

/// What a team keeps of its members' own practice beside the members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Reports that nobody has settled, oldest first; at most 200.
    pub reports: Vec<Report>,
    /// The number of the last report.
    pub last_report: u32,
    /// The weekly post.
    pub digest: Option<Digest>,
    /// The date of the last one that came, or may have come; it is kept while there is none, so
    /// that no seven days have two.
    pub digest_came: Option<Date>,
    /// Interviews that were opened, by practice day of the team; the last 60 days.
    pub interviews: BTreeMap<DayNumber, u16>,
    /// Whether somebody was forgotten and older files still tell of them.
    pub rewrite: bool,
}

impl Shared {
    /// Nothing.
    pub const fn new() -> Self {
        Self {
            reports: Vec::new(),
            last_report: 0,
            digest: None,
            digest_came: None,
            interviews: BTreeMap::new(),
            rewrite: false,
        }
    }
}
