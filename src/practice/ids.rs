//! The names of things: newtypes, so that a channel can never be taken for a member.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Nanoseconds in the world are Discord's business; a snowflake here is only a number.
macro_rules! snowflake {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

snowflake! {
    /// A channel or thread.
    ChannelId
}
snowflake! {
    /// A message.
    MessageId
}
snowflake! {
    /// A person; together with a team, a member.
    MemberId
}

impl MemberId {
    /// Who stands where somebody was forgotten: nobody has this id.
    pub(crate) const NOBODY: Self = Self(0);
}

/// A team: the unit of consistency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TeamId {
    /// A Discord server.
    Server(u64),
    /// The private chat with one person, by that person's id: a team of one.
    Private(u64),
}

impl TeamId {
    /// The private chat with nobody. It keeps in mind that older files tell of a private chat that
    /// is no more: a chat of which nothing may be left cannot do so itself.
    pub const NOBODY: Self = Self::Private(MemberId::NOBODY.0);
}

impl fmt::Display for TeamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(id) => write!(f, "server {id}"),
            Self::Private(id) => write!(f, "private chat {id}"),
        }
    }
}

/// A post. The number is made from what caused it (an interaction, or a channel and a date), so
/// that the same cause always has the same name, also in another process and after lost data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PostId(pub u64);

impl PostId {
    /// The name of the post that an interaction asked for.
    pub const fn of_interaction(id: u64) -> Self {
        Self(id)
    }

    /// The name of the daily of one channel and local date. The top bit keeps it apart from
    /// interactions, whose ids stay below it until the year 2084.
    pub fn of_daily(channel: ChannelId, date: jiff::civil::Date) -> Self {
        let day = u64::from(date.year().unsigned_abs()) * 512
            + u64::from(date.day_of_year().unsigned_abs());
        let mixed = splitmix(channel.0 ^ splitmix(day));
        Self(mixed | 1 << 63)
    }
}

impl fmt::Display for PostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for PostId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// An interview, named by the interaction that asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InterviewId(pub u64);

impl InterviewId {
    /// What tells something of an interview's from everything else that the bot sends: the same
    /// each time, at most 17 characters.
    pub fn nonce(self, note: u64) -> String {
        format!("i{:016x}", splitmix(self.0 ^ splitmix(note)))
    }
}

impl fmt::Display for InterviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for InterviewId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// One round of `SplitMix64` (Steele, Lea, Flood 2014): spreads neighbouring numbers.
pub(crate) const fn splitmix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_daily_has_the_same_name_in_every_process() {
        let name = PostId::of_daily(ChannelId(123_456_789_012_345_678), date(2026, 11, 23));
        assert_eq!(name.to_string().parse(), Ok(name));
        assert_eq!(name, PostId::of_daily(ChannelId(123_456_789_012_345_678), date(2026, 11, 23)));
    }

    proptest! {
        #[test]
        fn neighbouring_days_and_channels_have_different_names(
            channel in 1_u64..u64::MAX - 1, days in 0_i32..4000
        ) {
            let day = date(2026, 1, 1).saturating_add(jiff::Span::new().days(days));
            let next = day.tomorrow().expect("within range");
            let here = PostId::of_daily(ChannelId(channel), day);
            prop_assert_ne!(here, PostId::of_daily(ChannelId(channel), next));
            prop_assert_ne!(here, PostId::of_daily(ChannelId(channel + 1), day));
        }
    }
}
