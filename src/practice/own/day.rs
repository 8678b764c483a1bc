//! Practice days as numbers: days since 1970-01-01. It knows no zone and no calendar.

use jiff::Span;
use jiff::civil::Date;

use super::state::DayNumber;

const FIRST: Date = Date::constant(1970, 1, 1);

/// The number of a date; dates before the first one have its number.
pub(in crate::practice) fn number_of(date: Date) -> DayNumber {
    let days = FIRST.until(date).map_or(0, |span| span.get_days());
    DayNumber::try_from(days.max(0)).unwrap_or(DayNumber::MAX)
}

/// The date of a number.
pub(in crate::practice) fn date_of(day: DayNumber) -> Date {
    FIRST.saturating_add(Span::new().days(i64::from(day)))
}

/// A number of something of which there are never many.
pub(super) fn few(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_comes_back_from_its_number() {
        for (day, number) in [(date(1970, 1, 1), 0), (date(2026, 11, 23), 20_780)] {
            assert_eq!(number_of(day), number);
            assert_eq!(date_of(number), day);
        }
        assert_eq!(number_of(date(1969, 12, 31)), 0);
    }
}
