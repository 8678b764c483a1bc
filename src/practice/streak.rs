//! The streak of a member: runs of practice days, freezes, and the days behind them.
//! It knows dates only; which date a moment belongs to is the calendar's business.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::calendar::is_practice_day;
use super::rules::Calendar;

/// Counted days that earn a freeze.
pub const DAYS_A_FREEZE: u32 = 7;
/// Freezes that a member can hold.
pub const MOST_FREEZES: u8 = 2;
/// Days back that a member can see.
pub const DAYS_KEPT: i32 = 60;

/// A member's streak as of the last day that counted or was excused. Small, because there may be a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    /// The last local date that counted or was excused, in days since 1970-01-01.
    last: i32,
    /// Days in the run that the last date belongs to.
    length: u32,
    /// Most days that a run ever had.
    best: u32,
    /// Days that ever counted; each seventh earns a freeze.
    total: u32,
    /// Freezes held (0 to 2).
    freezes: u8,
    /// Bit n: the date `last - n` counted.
    counted: u64,
    /// Bit n: a freeze was spent on the date `last - n`.
    frozen: u64,
    /// Bit n: a change of zone cut the date `last - n` short before it had counted.
    excused: u64,
}

/// A streak as it stands today, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The member's local date.
    pub today: Date,
    /// Days in the present run, after missed days were reckoned.
    pub length: u32,
    /// Most days that a run ever had.
    pub best: u32,
    /// Freezes still held.
    pub freezes: u8,
    /// Whether today counted.
    pub today_counted: bool,
    /// The last 60 days, newest first.
    pub days: Vec<(Date, Day)>,
}

/// What a day was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Practised.
    Counted,
    /// Missed, and a freeze kept the streak.
    Frozen,
    /// Missed, and nothing kept the streak.
    Missed,
    /// Not a practice day; missing it costs nothing.
    Free,
    /// Cut short or left out by a change of zone; missing it costs nothing.
    Excused,
    /// Today, still open.
    Open,
    /// Before the member began.
    Before,
}

/// What became of a streak in the days between the last one that counted and another one.
struct Reckoning {
    length: u32,
    freezes: u8,
    /// The days on which a freeze was spent, oldest first.
    frozen: Vec<Date>,
}

impl Streak {
    /// The streak after a day that counts. A date that is not after the last one changes nothing:
    /// it counted before, or the member has travelled west; unless it was excused and the member
    /// has come back to it.
    #[must_use]
    pub fn count(streak: Option<Self>, date: Date, calendars: &[(Date, Calendar)]) -> Self {
        let day = days_since_epoch(date);
        let Some(before) = streak else {
            let first = Self {
                last: day,
                length: 0,
                best: 0,
                total: 0,
                freezes: 0,
                counted: 0,
                frozen: 0,
                excused: 0,
            };
            return first.with_day(day);
        };
        if day > before.last {
            before.reckoned(date, calendars).moved_to(day).with_day(day)
        } else if before.excused & bit(before.last - day) != 0 {
            before.with_day(day)
        } else {
            before
        }
    }

    /// The streak after a change of zone has taken a member from one local date to a later one:
    /// what had not counted of the days before the later one costs nothing. Days that were missed
    /// before the change are missed still.
    #[must_use]
    pub fn excuse(self, today: Date, later: Date, calendars: &[(Date, Calendar)]) -> Self {
        let first = days_since_epoch(today).max(self.last + 1);
        let last = days_since_epoch(later) - 1;
        if first > last {
            return self;
        }
        let mut after = self.reckoned(date_of(first), calendars).moved_to(last);
        for day in first..=last {
            after.excused |= bit(last - day);
        }
        after
    }

    /// Whether a day before this date is known to have counted.
    pub(super) fn began_before(&self, date: Date) -> bool {
        let oldest = 63 - i32::try_from(self.counted.leading_zeros()).unwrap_or(0);
        // What is out of sight is older than any date that is asked about.
        self.counted.count_ones() < self.total || self.last - oldest < days_since_epoch(date)
    }

    /// How the streak stands on a date, with the reasons of the last 60 days.
    pub fn stand(streak: Option<&Self>, today: Date, calendars: &[(Date, Calendar)]) -> Standing {
        let Some(streak) = streak else {
            return Standing {
                today,
                length: 0,
                best: 0,
                freezes: 0,
                today_counted: false,
                days: days_back(today)
                    .map(|date| (date, if date == today { Day::Open } else { Day::Before }))
                    .collect(),
            };
        };
        let reckoned = streak.reckon(today, calendars);
        Standing {
            today,
            length: reckoned.length,
            best: streak.best,
            freezes: reckoned.freezes,
            today_counted: days_since_epoch(today) <= streak.last
                && streak.excused & bit(streak.last - days_since_epoch(today)) == 0,
            days: days_back(today)
                .map(|date| (date, streak.day(date, today, &reckoned.frozen, calendars)))
                .collect(),
        }
    }

    /// The streak with what the missed days before a date have cost.
    fn reckoned(self, until: Date, calendars: &[(Date, Calendar)]) -> Self {
        let Reckoning { length, freezes, frozen } = self.reckon(until, calendars);
        let Some(newest) = frozen.last().copied().map(days_since_epoch) else {
            return Self { length, freezes, ..self };
        };
        let mut after = Self { length, freezes, ..self.moved_to(newest) };
        for date in frozen {
            after.frozen |= bit(newest - days_since_epoch(date));
        }
        after
    }

    /// The same streak, seen from a later day.
    fn moved_to(self, day: i32) -> Self {
        let passed = day - self.last;
        Self {
            last: day,
            counted: shift(self.counted, passed),
            frozen: shift(self.frozen, passed),
            excused: shift(self.excused, passed),
            ..self
        }
    }

    /// The streak with one more day, which is not after the last one.
    fn with_day(mut self, day: i32) -> Self {
        self.counted |= bit(self.last - day);
        self.excused &= !bit(self.last - day);
        self.length = self.length.saturating_add(1);
        self.best = self.best.max(self.length);
        self.total = self.total.saturating_add(1);
        if self.total.is_multiple_of(DAYS_A_FREEZE) {
            self.freezes = (self.freezes + 1).min(MOST_FREEZES);
        }
        self
    }

    /// Each practice day missed between the last day that counted and `until` costs a freeze; the
    /// first that finds none ends the streak.
    fn reckon(&self, until: Date, calendars: &[(Date, Calendar)]) -> Reckoning {
        let mut reckoned =
            Reckoning { length: self.length, freezes: self.freezes, frozen: Vec::new() };
        let mut date = date_of(self.last);
        while let Ok(next) = date.tomorrow() {
            if next >= until {
                break;
            }
            date = next;
            if !is_practice_day(calendars, date) {
                continue;
            }
            if reckoned.freezes == 0 {
                reckoned.length = 0;
                break;
            }
            reckoned.freezes -= 1;
            reckoned.frozen.push(date);
        }
        reckoned
    }

    fn day(&self, date: Date, today: Date, frozen: &[Date], calendars: &[(Date, Calendar)]) -> Day {
        let back = self.last - days_since_epoch(date);
        if self.counted & bit(back) != 0 {
            return Day::Counted;
        }
        if self.frozen & bit(back) != 0 || frozen.contains(&date) {
            return Day::Frozen;
        }
        if date == today {
            return Day::Open;
        }
        if self.excused & bit(back) != 0 {
            return if is_practice_day(calendars, date) { Day::Excused } else { Day::Free };
        }
        // Where every day that ever counted is still in sight, the oldest one was the first.
        let all_in_sight = self.counted.count_ones() == self.total;
        let oldest = 63 - i32::try_from(self.counted.leading_zeros()).unwrap_or(0);
        if all_in_sight && back > oldest {
            return Day::Before;
        }
        if is_practice_day(calendars, date) { Day::Missed } else { Day::Free }
    }
}

fn days_back(today: Date) -> impl Iterator<Item = Date> {
    (0..DAYS_KEPT).map(move |back| today.saturating_sub(Span::new().days(back)))
}

fn days_since_epoch(date: Date) -> i32 {
    Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days())
}

fn date_of(days: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(Span::new().days(days))
}

/// The bit of a day so many days before the last one; no bit for days out of sight.
fn bit(back: i32) -> u64 {
    u32::try_from(back).ok().and_then(|back| 1_u64.checked_shl(back)).unwrap_or(0)
}

fn shift(days: u64, by: i32) -> u64 {
    u32::try_from(by).ok().and_then(|by| days.checked_shl(by)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Time, date};
    use proptest::prelude::*;

    use super::*;
    use crate::practice::rules::{Days, Zone};

    fn calendars(days: Days) -> Vec<(Date, Calendar)> {
        let calendar = Calendar { zone: Zone::utc(), day_starts: Time::MIN, practice_days: days };
        vec![(date(2026, 1, 1), calendar)]
    }

    /// The standing after practising on these days of November 2026 (the 2nd is a Monday).
    fn after(days: &[i8], today: i8, practice_days: Days) -> Standing {
        let calendars = calendars(practice_days);
        let streak = days.iter().fold(None, |streak, day| {
            Some(Streak::count(streak, date(2026, 11, *day), &calendars))
        });
        Streak::stand(streak.as_ref(), date(2026, 11, today), &calendars)
    }

    #[test]
    fn a_member_who_never_practised_has_no_streak_and_today_is_open() {
        let standing = after(&[], 5, Days::WORKDAYS);
        assert_eq!((standing.length, standing.today_counted), (0, false));
        assert_eq!(standing.days[0].1, Day::Open);
        assert_eq!(standing.days[1].1, Day::Before);
        assert_eq!(standing.days.len(), 60);
    }

    #[test]
    fn days_in_a_row_count_one_each_and_the_same_day_only_once() {
        assert_eq!(after(&[2, 3, 3, 3, 4], 4, Days::WORKDAYS).length, 3);
    }

    #[test]
    fn an_open_day_is_not_yet_a_missed_one() {
        let standing = after(&[2, 3], 4, Days::WORKDAYS);
        assert_eq!((standing.length, standing.today_counted), (2, false));
    }

    #[test]
    fn a_missed_practice_day_ends_the_streak_but_not_the_record() {
        let standing = after(&[2, 3, 4], 6, Days::WORKDAYS);
        assert_eq!((standing.length, standing.best), (0, 3));
        assert_eq!(standing.days[1], (date(2026, 11, 5), Day::Missed));
        assert_eq!(after(&[2, 3, 4, 6], 6, Days::WORKDAYS).length, 1);
    }

    #[test]
    fn a_weekend_costs_nothing_and_practising_on_it_counts() {
        assert_eq!(after(&[5, 6, 9], 9, Days::WORKDAYS).length, 3);
        assert_eq!(after(&[5, 6, 7, 8, 9], 9, Days::WORKDAYS).length, 5);
        let standing = after(&[6], 9, Days::WORKDAYS);
        assert_eq!(standing.length, 1);
        assert_eq!(standing.days[1].1, Day::Free);
    }

    #[test]
    fn each_seventh_counted_day_earns_a_freeze_and_two_are_the_most() {
        let days: Vec<i8> = (1..=7).collect();
        assert_eq!(after(&days[..6], 6, Days::ALL).freezes, 0);
        assert_eq!(after(&days, 7, Days::ALL).freezes, 1);
        let days: Vec<i8> = (1..=28).collect();
        assert_eq!(after(&days, 28, Days::ALL).freezes, 2);
    }

    #[test]
    fn a_freeze_keeps_the_streak_and_does_not_add_to_it() {
        let seven: Vec<i8> = (1..=7).collect();
        let mut days = seven.clone();
        days.push(9);
        let standing = after(&days, 9, Days::ALL);
        assert_eq!((standing.length, standing.freezes), (8, 0));
        assert_eq!(standing.days[1], (date(2026, 11, 8), Day::Frozen));
        // The same is seen before the next day counts.
        let standing = after(&seven, 9, Days::ALL);
        assert_eq!((standing.length, standing.freezes), (7, 0));
        assert_eq!(standing.days[1], (date(2026, 11, 8), Day::Frozen));
        // A second missed day finds no freeze.
        assert_eq!(after(&seven, 10, Days::ALL).length, 0);
    }

    #[test]
    fn travelling_west_into_yesterday_changes_nothing() {
        let calendars = calendars(Days::ALL);
        let streak = Streak::count(None, date(2026, 11, 5), &calendars);
        assert_eq!(Streak::count(Some(streak), date(2026, 11, 4), &calendars), streak);
        let standing = Streak::stand(Some(&streak), date(2026, 11, 4), &calendars);
        assert_eq!((standing.length, standing.today_counted), (1, true));
    }

    #[test]
    fn other_practice_days_from_today_on_do_not_end_a_streak_of_yesterday() {
        let mut calendars = calendars(Days::WORKDAYS);
        let streak = Streak::count(None, date(2026, 11, 6), &calendars);
        let every_day = Calendar { practice_days: Days::ALL, ..calendars[0].1.clone() };
        calendars.push((date(2026, 11, 9), every_day));
        let standing = Streak::stand(Some(&streak), date(2026, 11, 9), &calendars);
        assert_eq!(standing.length, 1, "the weekend before was free");
    }

    #[test]
    fn years_of_absence_are_reckoned_at_once() {
        let calendars = calendars(Days::ALL);
        let streak = Streak::count(None, date(2026, 11, 6), &calendars);
        let standing = Streak::stand(Some(&streak), date(9000, 1, 1), &calendars);
        assert_eq!(standing.length, 0);
    }

    /// The rules told day by day, slowly and without cleverness.
    fn told_day_by_day(practised: &[bool], practice_days: Days) -> (u32, u8, u32) {
        let (mut length, mut freezes, mut best, mut total) = (0_u32, 0_u8, 0_u32, 0_u32);
        let mut begun = false;
        let last = practised.len() - 1;
        for (n, practised) in practised.iter().enumerate() {
            let day = date_of(20_000 + i32::try_from(n).expect("small"));
            if *practised {
                begun = true;
                length += 1;
                total += 1;
                best = best.max(length);
                if total % 7 == 0 && freezes < 2 {
                    freezes += 1;
                }
            } else if n != last && begun && length > 0 && practice_days.contains(day.weekday()) {
                if freezes > 0 {
                    freezes -= 1;
                } else {
                    length = 0;
                }
            }
        }
        (length, freezes, best)
    }

    proptest! {
        #[test]
        fn reckoning_at_once_agrees_with_telling_day_by_day(
            practised in prop::collection::vec(prop::bool::weighted(0.7), 1..200),
            mask in 1_u8..128,
        ) {
            let practice_days: Days = Days::ALL
                .iter()
                .filter(|day| mask & 1 << day.to_monday_zero_offset() != 0)
                .collect();
            let calendars = calendars(practice_days);
            let mut streak = None;
            for (n, practised) in practised.iter().enumerate() {
                if *practised {
                    let day = date_of(20_000 + i32::try_from(n).expect("small"));
                    streak = Some(Streak::count(streak, day, &calendars));
                }
            }
            let today = date_of(20_000 + i32::try_from(practised.len() - 1).expect("small"));
            let standing = Streak::stand(streak.as_ref(), today, &calendars);
            prop_assert_eq!(
                (standing.length, standing.freezes, standing.best),
                told_day_by_day(&practised, practice_days)
            );
            for (n, (_, day)) in standing.days.iter().take(practised.len()).enumerate() {
                let really = practised[practised.len() - 1 - n];
                prop_assert_eq!(*day == Day::Counted, really, "{} days back", n);
            }
        }
    }
}
