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
/// So many places; who is in the same place as the last one is listed, too, up to a limit.
const PLACES: u16 = 10;
const MOST: usize = 25;

impl Draft<'_> {
    /// The leaderboard of a stretch of time.
    pub(super) fn leaderboard(&mut self, ask: &Ask, period: Period) {
        let today = self.team.date(self.moment);
        let from = first_day(period, today);
        let to = number_of(last_day(period, today));
        let mut places = self.team.places(number_of(from), to, DayNumber::MAX);
        let more = cut(&mut places);
        let shares = self.settings().shared;
        self.tell_all(ask, OwnView::Leaderboard { period, from, places, more, shares });
    }
}

/// Leaves those who are listed, and says how many more there are: nobody is left out by chance
/// who has done as much as one who is listed, as long as they fit.
fn cut(places: &mut Vec<Place>) -> usize {
    let listed = places.iter().take(MOST).take_while(|one| one.place <= PLACES).count();
    places.split_off(listed).len()
}

/// A member far east of the team lives a day or two ahead of it.
const EAST: i64 = 2;

/// The first day of a stretch of time that ends today.
fn first_day(period: Period, today: Date) -> Date {
    let back = match period {
        Period::Week => i64::from(today.weekday().to_monday_zero_offset()),
        Period::Month => i64::from(today.day()) - 1,
        Period::Year => i64::from(YEAR) - 1,
    };
    today.saturating_sub(Span::new().days(back))
}

/// The last day that counts for it: as far ahead as somebody can live, but no week has eight days.
fn last_day(period: Period, today: Date) -> Date {
    let ahead = today.saturating_add(Span::new().days(EAST));
    let end = match period {
        Period::Week => first_day(period, today).saturating_add(Span::new().days(6)),
        Period::Month => today.last_of_month(),
        Period::Year => ahead,
    };
    ahead.min(end)
}

impl Team {
    /// The team's practice day.
    pub(super) fn date(&self, moment: Moment<'_>) -> Date {
        let calendar = self.calendar(moment);
        practice_date(moment.now, &calendar.zone, calendar.day_starts)
    }

    /// The places of those who share and did anything in these days, best first. A question that
    /// was met again up to `again` counts for the days before, too: nobody knows when it was met
    /// the last time but one.
    pub(super) fn places(&self, from: DayNumber, to: DayNumber, again: DayNumber) -> Vec<Place> {
        let mut done: Vec<_> = self
            .sharing()
            .map(|(member, own)| (own.days_in(from, to), own.questions_in(from, again), member))
            .filter(|(days, ..)| *days > 0)
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

    #[test]
    fn whoever_is_in_the_same_place_as_the_tenth_is_listed_too() {
        let place = |place| Place { place, member: MemberId(1), days: 1, questions: 1 };
        let listed = |numbers: &[u16]| {
            let mut places: Vec<_> = numbers.iter().copied().map(place).collect();
            let more = cut(&mut places);
            (places.len(), more)
        };
        assert_eq!(listed(&[1; 3]), (3, 0));
        assert_eq!(listed(&[1; 14]), (14, 0));
        assert_eq!(listed(&[1; 30]), (25, 5));
        assert_eq!(listed(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 12]), (11, 1));
        assert_eq!(listed(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 11]), (10, 1));
    }

    #[test]
    fn who_lives_ahead_of_the_team_adds_no_day_to_a_week_or_a_month() {
        let (saturday, last) = (date(2026, 11, 28), date(2026, 11, 30));
        assert_eq!(last_day(Period::Week, saturday), date(2026, 11, 29));
        assert_eq!(last_day(Period::Week, last), date(2026, 12, 2));
        assert_eq!(last_day(Period::Month, saturday), last);
        assert_eq!(last_day(Period::Month, last), last);
        assert_eq!(last_day(Period::Year, last), date(2026, 12, 2));
    }
}
