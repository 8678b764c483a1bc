//! The rules that the people who run the bot set: zones, days, emoji, schedules.
//! It knows nothing of files; `config` makes these values.

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::ids::ChannelId;
use crate::bank::Topic;
pub use crate::days::Days;
use crate::judge::Thresholds;
use crate::plans::Plans;
pub use crate::zone::Zone;

/// When a channel gets its daily, and from which topics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Wall-clock time.
    pub at: Time,
    /// The zone of that time and of the local date.
    pub zone: Zone,
    /// The days of the week on which it comes.
    pub days: Days,
    /// The topics to draw from; none means all.
    pub topics: Vec<Topic>,
    /// How late a missed post may still come, on the same local date (0 to 24 hours).
    pub catch_up: SignedDuration,
}

impl Schedule {
    /// The catch-up time where nobody says another.
    pub const CATCH_UP: SignedDuration = SignedDuration::from_hours(6);
}

/// What decides when a practice day begins and which days count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The team's zone, for members without one of their own.
    pub zone: Zone,
    /// When a practice day begins, local time.
    pub day_starts: Time,
    /// Missing another day never breaks a streak.
    pub practice_days: Days,
}

/// How a post is revealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealRule {
    /// The emoji to react with.
    pub emoji: String,
    /// How many different members must react (1 to 100).
    pub reactions: u8,
}

/// How reviews are scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewRule {
    /// How probable it shall be that a question is known when it comes back, in percent (70 to 97).
    pub retention: u8,
    /// Reviews a day at most (1 to 200).
    pub a_day: u8,
    /// New questions among them at most (0 to 50).
    pub new_a_day: u8,
}

impl Default for ReviewRule {
    fn default() -> Self {
        Self { retention: 90, a_day: 20, new_a_day: 3 }
    }
}

/// The coach that may be asked about typed answers: what members are told of it before anything of
/// theirs is sent there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoachRule {
    /// Where it is.
    pub address: String,
    /// Which model it is.
    pub model: String,
}

impl CoachRule {
    /// Its name in eight bytes, by which it is remembered who may send it something: another
    /// address or model is another coach. It must never change: it is stored.
    pub fn name(&self) -> u64 {
        // FNV-1a, 64 bits, with a byte between both that neither has.
        let bytes = self.address.bytes().chain([0xff]).chain(self.model.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }
}

/// Everything that the config decides for every team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The calendar of practice days.
    pub calendar: Calendar,
    /// How a post is revealed.
    pub reveal: RevealRule,
    /// The dailies that the config file manages.
    pub dailies: Vec<(ChannelId, Schedule)>,
    /// The plans of interviews.
    pub plans: Arc<Plans>,
    /// How reviews are scheduled.
    pub review: ReviewRule,
    /// From where on the judge calls a key point of a typed answer covered, and from where on unsure.
    pub judge: Thresholds,
    /// The coach, where there is one.
    pub coach: Option<CoachRule>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            calendar: Calendar {
                zone: Zone::utc(),
                day_starts: Time::constant(4, 0, 0, 0),
                practice_days: Days::WORKDAYS,
            },
            reveal: RevealRule { emoji: "💡".to_owned(), reactions: 1 },
            dailies: Vec::new(),
            plans: Arc::default(),
            review: ReviewRule::default(),
            judge: Thresholds::default(),
            coach: None,
        }
    }
}
