//! A set of weekdays. It knows neither dates nor zones.

use std::fmt;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// All weekdays with the words for them, Monday first.
const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// A set of weekdays.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(u8);

impl Days {
    /// No day at all.
    pub const NONE: Self = Self(0);
    /// Monday to Friday.
    pub const WORKDAYS: Self = Self(0b001_1111);
    /// Monday to Sunday.
    pub const ALL: Self = Self(0b111_1111);

    /// The words for all weekdays with their meaning, Monday first: "mon" to "sun".
    pub const fn words() -> &'static [(Weekday, &'static str); 7] {
        &WEEK
    }

    /// The same set with one day more.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | bit(day))
    }

    /// Whether a day is in the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// Whether no day is in the set.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    /// How many days are in the set.
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// The days of the set, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.iter().map(|(day, _)| *day).filter(move |day| self.contains(*day))
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

impl FromIterator<Weekday> for Days {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        days.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = WEEK.iter().filter(|(day, _)| self.contains(*day)).map(|(_, word)| *word);
        for (index, word) in words.enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(word)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_days_is_read_from_monday_on() {
        let days: Days = [Weekday::Sunday, Weekday::Monday, Weekday::Sunday].into_iter().collect();
        assert_eq!(days.iter().collect::<Vec<_>>(), [Weekday::Monday, Weekday::Sunday]);
        assert_eq!(days.to_string(), "mon, sun");
        assert!(days.contains(Weekday::Sunday) && !days.contains(Weekday::Saturday));
    }

    #[test]
    fn the_named_sets_hold_what_they_say() {
        assert_eq!(Days::ALL.len(), 7);
        assert_eq!(Days::WORKDAYS.to_string(), "mon, tue, wed, thu, fri");
        assert!(Days::NONE.is_empty() && !Days::WORKDAYS.is_empty());
    }
}
