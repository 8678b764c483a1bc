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

/// The book that somebody would keep about a member.
#[derive(Clone, Default)]
struct Book {
    /// Practice days by the first date on which they are in force.
    in_force: Vec<(Date, Days)>,
    practised: BTreeSet<Date>,
    /// Days that cost nothing, because a move cut them short or left them out.
    excused: BTreeSet<Date>,
    /// What came of each day, in the order in which that was known: practised, or missed.
    pages: Vec<bool>,
}

impl Book {
    /// The last day that is written down.
    fn latest(&self) -> Option<Date> {
        self.practised.last().max(self.excused.last()).copied()
    }

    fn practises(&mut self, today: Date) {
        let latest = self.latest();
        if latest < Some(today) {
            self.misses_until(today);
        } else if !self.excused.remove(&today) {
            // It counted before, or a later one has.
            return;
        }
        self.practised.insert(today);
        self.pages.push(true);
    }

    /// The practice days before this one that nobody practised on are missed, by what was a
    /// practice day when they passed.
    fn misses_until(&mut self, until: Date) {
        let Some(latest) = self.latest() else { return };
        let missed = dates(latest + 1.day(), until);
        let missed = missed.filter(|date| is_practice_day(&self.in_force, *date)).count();
        self.pages.extend(std::iter::repeat_n(false, missed));
    }

    /// A move from one date to another.
    fn moves(&mut self, before: Date, after: Date) {
        let Some(latest) = self.latest() else { return };
        let first = before.max(latest + 1.day());
        if first < after {
            self.misses_until(first);
            self.excused.extend(dates(first, after));
        }
    }

    fn read(mut self, today: Date) -> Streak {
        let latest = self.latest();
        self.misses_until(today);
        let (mut length, mut best, mut freezes, mut total) = (0_u32, 0_u32, 0_u8, 0_u32);
        for practised in self.pages {
            if practised {
                length += 1;
                total += 1;
                best = best.max(length);
                if total % 7 == 0 {
                    freezes = (freezes + 1).min(2);
                }
            } else if freezes > 0 {
                freezes -= 1;
            } else {
                length = 0;
            }
        }
        // A later date may have counted where the member has travelled west.
        let is_over = latest > Some(today) && !self.excused.contains(&today);
        let today_counted = is_over || self.practised.contains(&today);
        let in_sight = |date: &Date| *date > today - 60.days() && *date <= today;
        let counted = self.practised.into_iter().filter(in_sight).collect();
        Streak { today, length, best, freezes, today_counted, counted }
    }
}

/// The streak of a member after all this has happened.
pub(crate) fn streak(facts: &[(Timestamp, Fact)], now: Timestamp) -> Streak {
    let mut book = Book::default();
    let mut own: Option<&Zone> = None;
    let mut team: Option<&Calendar> = None;
    let date = |at: Timestamp, own: Option<&Zone>, team: Option<&Calendar>| {
        let team = team.expect("a team has a calendar from its first moment");
        date_at(at, own.unwrap_or(&team.zone), team.day_starts)
    };
    for (at, fact) in facts {
        match fact {
            Fact::Practised => book.practises(date(*at, own, team)),
            Fact::Moved(zone) => {
                book.moves(date(*at, own, team), date(*at, Some(zone), team));
                own = Some(zone);
            }
            Fact::Calendar(calendar) => {
                if team.is_some() {
                    book.moves(date(*at, own, team), date(*at, own, Some(calendar)));
                }
                // What passes for a practice day changes tomorrow.
                let tomorrow = date_at(*at, &calendar.zone, calendar.day_starts) + 1.day();
                book.in_force.push((tomorrow, calendar.practice_days));
                team = Some(calendar);
            }
        }
    }
    book.read(date(now, own, team))
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
