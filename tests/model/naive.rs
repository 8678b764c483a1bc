//! The rules of days and streaks, told as plainly as they can be: from the list of what a member
//! did and where they were, day by day. It does not know how the bot remembers any of this.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span, Timestamp, ToSpan};
use mockingbird::practice::rules::{Calendar, Days, Zone};

/// What happened to a member, oldest first.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// They practised.
    Practised,
    /// They live in this zone from now on.
    Moved(Zone),
    /// The team has this calendar from now on.
    Calendar(Calendar),
}

/// A streak with its reasons.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Streak {
    pub(crate) today: Date,
    pub(crate) length: u32,
    pub(crate) best: u32,
    pub(crate) freezes: u8,
    pub(crate) today_counted: bool,
    /// The days that counted, of the last sixty.
    pub(crate) counted: BTreeSet<Date>,
}

/// The local date of a moment, where days begin at this time.
pub(crate) fn date_at(now: Timestamp, zone: &Zone, day_starts: Time) -> Date {
    let local = zone.rules().to_datetime(now);
    if local.time() < day_starts { local.date() - 1.day() } else { local.date() }
}

/// The streak of a member after all this has happened.
pub(crate) fn streak(facts: &[(Timestamp, Fact)], now: Timestamp) -> Streak {
    let mut own: Option<&Zone> = None;
    let mut team: Option<&Calendar> = None;
    // Practice days by the first date on which they are in force.
    let mut in_force: Vec<(Date, Days)> = Vec::new();
    let mut practised = BTreeSet::new();
    let mut excused = BTreeSet::new();
    for (at, fact) in facts {
        let today = |own: Option<&Zone>, team: &Calendar| {
            date_at(*at, own.unwrap_or(&team.zone), team.day_starts)
        };
        let before = team.map(|team| today(own, team));
        match fact {
            Fact::Practised => {
                let today = before.expect("a team has a calendar");
                let latest = practised.last().max(excused.last()).copied();
                if excused.remove(&today) || latest < Some(today) {
                    practised.insert(today);
                }
                continue;
            }
            Fact::Moved(zone) => own = Some(zone),
            Fact::Calendar(calendar) => {
                // What passes for a practice day changes tomorrow.
                let tomorrow = date_at(*at, &calendar.zone, calendar.day_starts) + 1.day();
                in_force.push((tomorrow, calendar.practice_days));
                team = Some(calendar);
            }
        }
        let after = today(own, team.expect("a team has a calendar"));
        // Days that the move cut short or left out cost nothing, once there is a streak.
        if let (Some(before), Some(latest)) = (before, practised.last().max(excused.last())) {
            let first = before.max(*latest + 1.day());
            excused.extend(dates(first, after));
        }
    }
    let team = team.expect("a team has a calendar");
    let today = date_at(now, own.unwrap_or(&team.zone), team.day_starts);
    day_by_day(&practised, &excused, &in_force, today)
}

fn day_by_day(
    practised: &BTreeSet<Date>,
    excused: &BTreeSet<Date>,
    in_force: &[(Date, Days)],
    today: Date,
) -> Streak {
    let (mut length, mut best, mut freezes, mut total) = (0_u32, 0_u32, 0_u8, 0_u32);
    let latest = practised.last().max(excused.last()).copied().unwrap_or(today).max(today);
    for date in dates(practised.first().copied().unwrap_or(today), latest + 1.day()) {
        if practised.contains(&date) {
            length += 1;
            total += 1;
            best = best.max(length);
            if total % 7 == 0 {
                freezes = (freezes + 1).min(2);
            }
        } else if date < latest && !excused.contains(&date) && is_practice_day(in_force, date) {
            if freezes > 0 {
                freezes -= 1;
            } else {
                length = 0;
            }
        }
    }
    let counted = practised.iter().filter(|date| **date > today - 60.days() && **date <= today);
    Streak {
        today,
        length,
        best,
        freezes,
        // A later date may have counted where the member has travelled west.
        today_counted: latest > today && !excused.contains(&today) || practised.contains(&today),
        counted: counted.copied().collect(),
    }
}

fn is_practice_day(in_force: &[(Date, Days)], date: Date) -> bool {
    let mut earlier = in_force.iter().filter(|(from, _)| *from <= date);
    let (_, days) = earlier.next_back().or(in_force.first()).expect("a team has a calendar");
    days.contains(date.weekday())
}

/// The dates from one to before another.
pub(crate) fn dates(from: Date, until: Date) -> impl Iterator<Item = Date> {
    from.series(Span::new().days(1)).take_while(move |date| *date < until)
}

/// The first instant at which the clocks of a zone show this time, or a later one. Looked for by
/// trying one after the other, so the times of this test end in 0 or 5 minutes.
pub(crate) fn instant(date: Date, at: Time, zone: &Zone) -> Timestamp {
    thread_local! {
        static FOUND: RefCell<BTreeMap<(String, DateTime), Timestamp>> = RefCell::default();
    }
    let wanted = date.to_datetime(at);
    let key = (zone.name().to_owned(), wanted);
    if let Some(found) = FOUND.with_borrow(|found| found.get(&key).copied()) {
        return found;
    }
    let shown = |at: Timestamp| zone.rules().to_datetime(at) >= wanted;
    // No zone is further ahead than fourteen hours. The clocks may have been turned back by an
    // hour just before the hour that is found first.
    let earliest =
        wanted.in_tz("UTC").expect("an instant").timestamp() - SignedDuration::from_hours(15);
    let hour = (0..72).map(|n| earliest + SignedDuration::from_hours(n)).find(|at| shown(*at));
    let from = hour.expect("it comes") - SignedDuration::from_hours(2);
    let minute = (0..48).map(|n| from + SignedDuration::from_mins(5 * n)).find(|at| shown(*at));
    let found = minute.expect("it comes");
    FOUND.with_borrow_mut(|known| known.insert(key, found));
    found
}
