//! When a streak is at stake, and when somebody is reminded of it: before the practice day ends,
//! and not in their quiet hours.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::day::date_of;
use super::state::{Own, Reminder};
use crate::practice::calendar::{is_practice_day, moment as moment_of, practice_date};
use crate::practice::rules::{Calendar, Zone};
use crate::practice::streak::{Standing, Streak};
use crate::practice::team::Member;

/// So many days are looked ahead; a streak is at stake within them or not at all.
const AHEAD: usize = 8;

/// What a reminder depends on.
#[derive(Debug)]
pub(super) struct Stake<'a> {
    calendars: &'a [(Date, Calendar)],
    zone: &'a Zone,
    day_starts: Time,
    streak: Option<Streak>,
}

impl<'a> Stake<'a> {
    pub(super) fn of(member: &'a Member, calendars: &'a [(Date, Calendar)]) -> Option<Self> {
        let (_, calendar) = calendars.last()?;
        Some(Self {
            calendars,
            zone: member.zone.as_ref().unwrap_or(&calendar.zone),
            day_starts: calendar.day_starts,
            streak: member.streak,
        })
    }

    pub(super) fn today(&self, now: Timestamp) -> Date {
        practice_date(now, self.zone, self.day_starts)
    }

    /// How the streak stands on a date, if missing it costs the streak or a freeze.
    pub(super) fn at_stake(&self, date: Date) -> Option<Standing> {
        let standing = Streak::stand(self.streak.as_ref(), date, self.calendars);
        let is_open = standing.length > 0 && !standing.today_counted;
        (is_open && is_practice_day(self.calendars, date)).then_some(standing)
    }

    /// When a practice day begins, and when it ends.
    pub(super) fn span(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        let begins = moment_of(date, self.day_starts, self.zone)?;
        Some((begins, moment_of(date.tomorrow().ok()?, self.day_starts, self.zone)?))
    }

    /// When the reminder of a date comes, if there is a time for it.
    pub(super) fn moment(&self, date: Date, reminder: &Reminder) -> Option<Timestamp> {
        let (begins, ends) = self.span(date)?;
        let at = ends - SignedDuration::from_hours(i64::from(reminder.before));
        let at = self.before_quiet(at, reminder).unwrap_or(at);
        (at > begins).then_some(at)
    }

    /// A minute before the quiet hours begin in which a moment lies; none where it lies in none.
    pub(super) fn before_quiet(&self, at: Timestamp, reminder: &Reminder) -> Option<Timestamp> {
        let (from, to) = reminder.quiet?;
        let local = self.zone.rules().to_datetime(at);
        let time = local.time();
        let is_quiet =
            if from < to { from <= time && time < to } else { time >= from || time < to };
        if !is_quiet {
            return None;
        }
        let date = if time >= from { local.date() } else { local.date().yesterday().ok()? };
        Some(moment_of(date, from, self.zone)? - SignedDuration::from_mins(1))
    }

    /// When the next reminder is due after this moment.
    pub(super) fn next(&self, now: Timestamp, own: &Own) -> Option<Timestamp> {
        let reminder = own.settings.as_ref()?.reminder()?;
        let done = own.reminded.as_ref().map(|reminded| date_of(reminded.day));
        let mut date = self.today(now);
        for _ in 0..AHEAD {
            if done.is_none_or(|done| done < date)
                && self.at_stake(date).is_some()
                && let Some(at) = self.moment(date, &reminder).filter(|at| *at > now)
            {
                return Some(at);
            }
            date = date.tomorrow().ok()?;
        }
        None
    }
}
