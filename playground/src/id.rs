//! Snowflakes: numbers that name things and remember when they were made.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first millisecond of 2015, from which snowflakes count.
/// Source: Discord's reference, "Snowflakes".
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// The name of anything in the world: team, channel, message, member, role,
/// command, interaction. Written as a decimal string in JSON.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u64);

impl Id {
    /// The id with this number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The smallest id made at `time` (to the millisecond).
    pub fn at(time: Timestamp) -> Self {
        let since = time.as_millisecond().saturating_sub(DISCORD_EPOCH_MS).max(0);
        Self(since.unsigned_abs() << 22)
    }

    /// When it was made, to the millisecond.
    pub fn time(self) -> Timestamp {
        let ms = i64::try_from(self.0 >> 22).unwrap_or(0).saturating_add(DISCORD_EPOCH_MS);
        Timestamp::from_millisecond(ms).unwrap_or_default()
    }

    /// The next larger number.
    pub(crate) const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        let noon: Timestamp = "2026-11-22T12:00:00.123Z".parse().unwrap();
        assert_eq!(Id::at(noon).time(), noon);
    }

    #[test]
    fn a_known_snowflake_of_the_documentation_gives_its_time() {
        let id: Id = "175928847299117063".parse().unwrap();
        assert_eq!(id.time().to_string(), "2016-04-30T11:18:25.796Z");
    }
}
