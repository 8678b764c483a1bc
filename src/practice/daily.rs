//! The daily: the question of the day of one channel. At most one a channel and local date.
//! It decides when one is due; putting it into the channel is the business of a post.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::{local_date, moment};
use super::effect::Failure;
use super::rules::Schedule;

/// How late a daily may always come, whatever its catch-up time: an alarm never rings on the dot,
/// and may be half a minute late where the machine's clock was set.
const PUNCTUAL: SignedDuration = SignedDuration::from_mins(1);

/// The daily of one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Daily {
    /// When and from what.
    pub schedule: Schedule,
    /// Who manages it.
    pub managed: Management,
    /// Whether it rests.
    pub paused: bool,
    /// The date that is to be left out.
    pub skip: Option<Date>,
    /// Dates up to this one are over and done with, or claimed.
    pub done_through: Date,
    /// What happened last.
    pub last: Option<Last>,
}

/// How a daily went last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The local date it was meant for.
    pub date: Date,
    /// How it went.
    pub result: DailyResult,
    /// When that was known.
    pub at: Timestamp,
}

/// Who manages a daily.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Management {
    /// The config file; commands only show it.
    Config,
    /// `/daily`.
    Command,
}

/// How the daily of one date went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DailyResult {
    /// It stands, this many seconds after its time.
    Posted {
        /// Seconds of delay.
        late: u32,
    },
    /// It was left out on request.
    Skipped,
    /// The bot was away, or Discord was, until it was too late.
    Missed,
    /// No question of the bank fits.
    NothingFits,
    /// The channel refused it.
    Refused(Failure),
}

/// What a look at the clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The daily of this date is to be posted now.
    Post(Date),
    /// The daily of this date was to be left out.
    Skip(Date),
    /// The daily of this date can come no more.
    Miss(Date),
}

impl Daily {
    /// The same, done only through today, if it is done through dates that no zone has reached: the
    /// clock was wrong then, and nothing would come until it is right. What passed until today
    /// stays done with, because nobody knows which of it has come.
    pub(super) fn brought_back(&self, now: Timestamp) -> Option<Self> {
        // Dates of two zones lie at most two apart.
        let today = local_date(now, &self.schedule.zone);
        let reached = today.saturating_add(Span::new().days(2));
        (self.done_through > reached).then(|| Self { done_through: today, ..self.clone() })
    }

    /// The last date that was told to be over.
    pub(super) fn over_through(&self) -> Option<Date> {
        // One that came by a clock that was wrong may lie ahead of what is done with.
        self.last.as_ref().map(|last| last.date.min(self.done_through))
    }

    /// What is due, oldest first: at most one date that has passed and one that is here. Of several
    /// dates that have passed only the last is told.
    pub fn due(&self, now: Timestamp) -> Vec<Due> {
        if self.paused {
            return Vec::new();
        }
        let today = local_date(now, &self.schedule.zone);
        let mut due = Vec::new();
        if let Some(date) = self.last_passed(today) {
            due.push(if self.skip == Some(date) { Due::Skip(date) } else { Due::Miss(date) });
        }
        if today > self.done_through && self.schedule.days.contains(today.weekday()) {
            match self.schedule.moment(today) {
                Some(at) if at <= now => due.push(if self.skip == Some(today) {
                    Due::Skip(today)
                } else if self.schedule.in_time(today, now) {
                    Due::Post(today)
                } else {
                    Due::Miss(today)
                }),
                Some(_) | None => {}
            }
        }
        due
    }

    /// When there is something to do next, which may be a moment that has passed; none while it
    /// rests.
    pub fn next(&self) -> Option<Timestamp> {
        if self.paused {
            return None;
        }
        self.schedule.moment(self.schedule.next_date(self.done_through)?)
    }

    /// When the next question comes, seen from `now`.
    pub fn next_post(&self, now: Timestamp) -> Option<Timestamp> {
        if self.paused {
            return None;
        }
        let passed = self.schedule.passed(now);
        let mut date = self.schedule.next_date(self.done_through.max(passed))?;
        if self.skip == Some(date) {
            date = self.schedule.next_date(date)?;
        }
        self.schedule.moment(date)
    }

    /// The last date before today that is not done with.
    fn last_passed(&self, today: Date) -> Option<Date> {
        let mut date = today;
        for _ in 0..7 {
            date = date.yesterday().ok()?;
            if date <= self.done_through {
                return None;
            }
            if self.schedule.days.contains(date.weekday()) {
                return Some(date);
            }
        }
        None
    }
}

impl Schedule {
    /// The moment of its time on a date.
    pub fn moment(&self, date: Date) -> Option<Timestamp> {
        moment(date, self.at, &self.zone)
    }

    /// The first date after this one on which it comes.
    pub fn next_date(&self, after: Date) -> Option<Date> {
        let mut date = after;
        for _ in 0..7 {
            date = date.tomorrow().ok()?;
            if self.days.contains(date.weekday()) {
                return Some(date);
            }
        }
        None
    }

    /// The last date whose time has come.
    pub fn passed(&self, now: Timestamp) -> Date {
        let today = local_date(now, &self.zone);
        match self.moment(today) {
            Some(at) if at <= now => today,
            Some(_) | None => today.yesterday().unwrap_or(Date::MIN),
        }
    }

    /// Whether the daily of a date may still come: on the same local date, and not too late.
    pub fn in_time(&self, date: Date, now: Timestamp) -> bool {
        let late = self.catch_up.max(PUNCTUAL);
        local_date(now, &self.zone) == date
            && self.moment(date).is_some_and(|at| now.duration_since(at) <= late)
    }
}
