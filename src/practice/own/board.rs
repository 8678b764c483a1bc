//! `/leaderboard`: who practised most, of those who want to be seen. Days count, then different
//! questions, so that the same question again and again gains nothing.

use jiff::Span;
use jiff::civil::Date;

use super::call::Period;
use super::day::{few, number_of};
use super::draft::Draft;
use super::state::{DayNumber, Own};
use super::view::{OwnView, Place};
use crate::practice::calendar::practice_date;
use crate::practice::decide::Moment;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::team::Team;

/// Days of a year: 53 weeks.
pub(super) const YEAR: DayNumber = 371;
/// So many places.
const PLACES: usize = 10;

impl Draft<'_> {
    /// The leaderboard of a stretch of time.
    pub(super) fn leaderboard(&mut self, ask: &Ask, period: Period) {
        let today = self.team.date(self.moment);
        let from = first_day(period, today);
        let mut places = self.team.places(number_of(from), number_of(today).saturating_add(WEST));
        places.truncate(PLACES);
        let shares = self.settings().shared;
        self.tell_all(ask, OwnView::Leaderboard { period, from, places, shares });
    }
}

/// A member far east of the team lives a day or two ahead of it.
const WEST: DayNumber = 2;

/// The first day of a stretch of time that ends today.
fn first_day(period: Period, today: Date) -> Date {
    let back = match period {
        Period::Week => i64::from(today.weekday().to_monday_zero_offset()),
        Period::Month => i64::from(today.day()) - 1,
        Period::Year => i64::from(YEAR) - 1,
    };
    today.saturating_sub(Span::new().days(back))
}

impl Team {
    /// The team's practice day.
    pub(super) fn date(&self, moment: Moment<'_>) -> Date {
        let calendar = self.calendar(moment);
        practice_date(moment.now, &calendar.zone, calendar.day_starts)
    }

    /// The places of those who share and did anything in these days, best first.
    pub(super) fn places(&self, from: DayNumber, to: DayNumber) -> Vec<Place> {
        let mut done: Vec<_> = self
            .sharing()
            .map(|(member, own)| (own.days_in(from, to), own.questions_in(from, to), member))
            .filter(|(days, questions, _)| *days > 0 || *questions > 0)
            .collect();
        done.sort_by_key(|(days, questions, member)| {
            (std::cmp::Reverse((*days, *questions)), *member)
        });
        let mut places: Vec<Place> = Vec::new();
        for (days, questions, member) in done {
            let same =
                places.last().filter(|last| (last.days, last.questions) == (days, questions));
            let place = same.map_or(few(places.len() + 1), |last| last.place);
            places.push(Place { place, member, days, questions });
        }
        places
    }

    fn sharing(&self) -> impl Iterator<Item = (MemberId, &Own)> {
        let members = self.members.iter().map(|(id, member)| (*id, &member.own));
        members.filter(|(_, own)| own.shares())
    }
}

impl Own {
    /// Whether team-mates see the member.
    pub(super) fn shares(&self) -> bool {
        self.settings.as_ref().is_some_and(|settings| settings.shared)
    }

    /// Days on which something was done.
    pub(super) fn days_in(&self, from: DayNumber, to: DayNumber) -> u16 {
        few(self.days.iter().filter(|log| (from..=to).contains(&log.day)).count())
    }

    /// Different questions that were met or graded, the last time in these days.
    pub(super) fn questions_in(&self, from: DayNumber, to: DayNumber) -> u16 {
        few(self.memories.iter().filter(|memory| (from..=to).contains(&memory.met)).count())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_begins_on_monday_a_month_on_its_first_and_a_year_is_53_weeks() {
        let thursday = date(2026, 11, 26);
        assert_eq!(first_day(Period::Week, thursday), date(2026, 11, 23));
        assert_eq!(first_day(Period::Month, thursday), date(2026, 11, 1));
        assert_eq!(first_day(Period::Year, thursday), date(2025, 11, 21));
    }
}
