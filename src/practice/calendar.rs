//! Dates out of moments, and moments out of dates: when a practice day begins, and when a
//! wall-clock time happens. Always computed anew from date and wall-clock time, because a day
//! added to a moment keeps the hour that a gap has shifted.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::AmbiguousOffset;

use super::rules::{Calendar, Zone};

/// The practice day that a moment belongs to: the local date, where days begin at `day_starts`.
pub(super) fn practice_date(now: Timestamp, zone: &Zone, day_starts: Time) -> Date {
    let local = zone.rules().to_datetime(now);
    if local.time() < day_starts {
        local.date().yesterday().unwrap_or(Date::MIN)
    } else {
        local.date()
    }
}

/// The local date of a moment, days beginning at midnight: the date of a daily.
pub(super) fn local_date(now: Timestamp, zone: &Zone) -> Date {
    zone.rules().to_datetime(now).date()
}

/// When a wall-clock time happens on a date: once. A time that the clocks skip happens at the
/// first instant after the gap, one that they repeat happens the first time. None outside the
/// years that can be represented.
pub(super) fn moment(date: Date, at: Time, zone: &Zone) -> Option<Timestamp> {
    let ambiguous = zone.rules().to_ambiguous_timestamp(date.to_datetime(at));
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => {
            let before_the_gap = ambiguous.earlier().ok()?;
            let gap = zone.rules().following(before_the_gap).next()?;
            Some(gap.timestamp())
        }
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => {
            ambiguous.earlier().ok()
        }
    }
}

/// The calendars of a team, oldest first, each with the first date on which it was in force.
/// A later change never alters what an earlier day was.
pub(super) fn is_practice_day(calendars: &[(Date, Calendar)], date: Date) -> bool {
    calendars
        .iter()
        .rev()
        .find(|(from, _)| *from <= date)
        .or_else(|| calendars.first())
        .is_none_or(|(_, calendar)| calendar.practice_days.contains(date.weekday()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;
    use crate::practice::rules::Days;

    fn berlin() -> Zone {
        Zone::named("europe/berlin").expect("it is in the database")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn a_day_begins_at_day_starts_and_not_at_midnight() {
        let four = time(4, 0, 0, 0);
        let zone = berlin();
        for (moment, day) in [
            ("2026-11-23T02:59:59Z", date(2026, 11, 22)),
            ("2026-11-23T03:00:00Z", date(2026, 11, 23)),
            ("2026-11-23T22:59:59Z", date(2026, 11, 23)),
            ("2026-11-24T02:59:59Z", date(2026, 11, 23)),
        ] {
            assert_eq!(practice_date(at(moment), &zone, four), day, "{moment}");
        }
    }

    #[test]
    fn a_skipped_time_happens_at_the_first_instant_after_the_gap() {
        // Berlin jumps from 02:00 to 03:00 on 2026-03-29, at 01:00 UTC.
        for time in [time(2, 0, 0, 0), time(2, 30, 0, 0), time(2, 59, 59, 0)] {
            let moment = moment(date(2026, 3, 29), time, &berlin());
            assert_eq!(moment, Some(at("2026-03-29T01:00:00Z")), "{time}");
        }
        assert_eq!(
            moment(date(2026, 3, 30), time(2, 30, 0, 0), &berlin()),
            Some(at("2026-03-30T00:30:00Z")),
            "the day after is not shifted"
        );
    }

    #[test]
    fn a_repeated_time_happens_the_first_time() {
        // Berlin has 02:00 to 03:00 twice on 2026-10-25; the first 02:30 is 00:30 UTC.
        assert_eq!(
            moment(date(2026, 10, 25), time(2, 30, 0, 0), &berlin()),
            Some(at("2026-10-25T00:30:00Z"))
        );
    }

    #[test]
    fn an_hour_that_half_an_island_skips_is_found() {
        // Lord Howe Island shifts by thirty minutes.
        let zone = Zone::named("Australia/Lord_Howe").expect("it is in the database");
        assert_eq!(
            moment(date(2026, 10, 4), time(2, 10, 0, 0), &zone),
            Some(at("2026-10-03T15:30:00Z"))
        );
    }

    #[test]
    fn a_new_calendar_leaves_the_days_before_it_alone() {
        let calendar =
            |days| Calendar { zone: Zone::utc(), day_starts: Time::MIN, practice_days: days };
        let calendars = [
            (date(2026, 1, 1), calendar(Days::WORKDAYS)),
            (date(2026, 11, 23), calendar(Days::ALL)),
        ];
        assert!(!is_practice_day(&calendars, date(2026, 11, 22)));
        assert!(is_practice_day(&calendars, date(2026, 11, 29)));
        assert!(!is_practice_day(&calendars, date(2025, 12, 28)));
    }

    proptest! {
        #[test]
        fn a_moment_lies_on_its_date_and_never_before_its_time(
            days in 0_i32..8000, minutes in 0_i8..60, hours in 0_i8..24,
            zone in prop::sample::select(vec![
                "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
                "Africa/Casablanca", "America/Santiago", "Pacific/Apia", "Asia/Gaza",
            ]),
        ) {
            let zone = Zone::named(zone).expect("in the database");
            let date = date(2015, 1, 1).saturating_add(jiff::Span::new().days(days));
            let at = time(hours, minutes, 0, 0);
            let moment = moment(date, at, &zone).expect("representable");
            let local = zone.rules().to_datetime(moment);
            prop_assert!(local >= date.to_datetime(at));
            // Never later than a gap is long.
            prop_assert!(local.duration_since(date.to_datetime(at)) <= jiff::SignedDuration::from_hours(1));
            // Not a second earlier would do, unless the clocks were turned back in between.
            let before = zone.rules().to_datetime(moment - jiff::SignedDuration::from_secs(1));
            prop_assert!(before < date.to_datetime(at));
        }
    }
}
