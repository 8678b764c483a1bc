//! The config file, read once, with all its problems reported together, and the token and a coach's
//! key from the environment. It does not know what the settings do.

mod api_base;
mod coach;
mod coach_key;
mod emoji;
mod read;
mod token;
mod values;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::Time;

use crate::bank::Topic;
use crate::days::Days;
use crate::judge::Thresholds;
use crate::yaml::{self, Problems};
use crate::zone::Zone;

pub(crate) use read::Draft;

pub use api_base::ApiBase;
pub use coach::{AddressError, Coach, CoachAddress, is_private};
pub use coach_key::{CoachKey, KeyError};
pub use emoji::is_emoji;
pub use token::{Token, TokenError};

/// Where the config file is looked for if nobody says otherwise.
pub const DEFAULT_PATH: &str = "config/mockingbird.yaml";

/// All settings. Every field has the default of the commented example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where Discord is.
    pub api_base: ApiBase,
    /// The folder of the bank, relative to the working directory.
    pub questions: PathBuf,
    /// The folder of the plans of interviews, relative to the working directory.
    pub plans: PathBuf,
    /// The folder of the rubrics by which interviews are judged, relative to the working directory.
    pub rubrics: PathBuf,
    /// The folder of journal and snapshots, relative to the working directory.
    pub data: PathBuf,
    /// The zone of a team that has not chosen one.
    pub time_zone: Zone,
    /// When a practice day begins, local time; at most 12:00.
    pub day_starts: Time,
    /// The days on which a missed practice ends a streak; never empty.
    pub practice_days: Days,
    /// How the answer of a post is revealed.
    pub reveal: Reveal,
    /// The dailies that are managed here, each in a channel of its own.
    pub daily: Vec<Daily>,
    /// How the state is saved.
    pub snapshot: Snapshot,
    /// How fast one person may ask.
    pub requests: Requests,
    /// How reviews are scheduled.
    pub review: Review,
    /// A language model that may be asked about typed answers; none unless the file has one.
    pub coach: Option<Coach>,
    /// From where on the judge of typed answers calls a key point covered, and from where on unsure.
    pub judge: Thresholds,
}

/// How the answer of a post is revealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// The emoji to react with. Discord may drop or add U+FE0F: compare without it.
    pub emoji: String,
    /// How many different members must react, 1 to 100.
    pub reactions: u8,
}

/// The question of the day of one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// The channel.
    pub channel: u64,
    /// When it is posted, local time of `time_zone`.
    pub at: Time,
    /// Its zone; the config's own where the entry names none.
    pub time_zone: Zone,
    /// On which days; the practice days where the entry names none.
    pub days: Days,
    /// From which topics; empty for all.
    pub topics: Vec<Topic>,
    /// How late a missed post may still come, on the same local date; 0 to 24 hours.
    pub catch_up: SignedDuration,
}

/// How the state is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The time between two snapshots, 10 seconds to 24 hours.
    pub every: Duration,
    /// How many snapshots are kept, 1 to 100.
    pub keep: u8,
}

/// How fast one person may ask, over all teams. A quiz counts as three requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requests {
    /// So many at once, after a pause; 3 to 250.
    pub at_once: u32,
    /// So many a minute in the long run; 1 to 250.
    pub per_minute: u32,
}

/// How reviews are scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// How probable it shall be that a question is known when it comes back, in percent, 70 to 97.
    pub retention: u8,
    /// Reviews a day at most, 1 to 200; a member may settle another number.
    pub a_day: u8,
    /// New questions among them at most, 0 to 50.
    pub new_a_day: u8,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_base: ApiBase::discord(),
            questions: PathBuf::from("questions"),
            plans: PathBuf::from("config/plans"),
            rubrics: PathBuf::from("config/rubrics"),
            data: PathBuf::from("data"),
            time_zone: Zone::utc(),
            day_starts: Time::constant(4, 0, 0, 0),
            practice_days: Days::WORKDAYS,
            reveal: Reveal { emoji: "💡".to_owned(), reactions: 1 },
            daily: Vec::new(),
            snapshot: Snapshot { every: Duration::from_mins(5), keep: 3 },
            requests: Requests { at_once: 30, per_minute: 60 },
            review: Review { retention: 90, a_day: 20, new_a_day: 3 },
            coach: None,
            judge: Thresholds::default(),
        }
    }
}

impl Config {
    /// Reads a config file.
    ///
    /// # Errors
    /// All problems of the file, if there is any.
    pub fn load(path: &Path) -> Result<Self, Problems> {
        match yaml::read_file(path) {
            Ok(text) => Self::parse(&path.display().to_string(), &text),
            Err(problem) => Err(Problems::from(*problem)),
        }
    }

    /// Reads a config that is in memory; the path is for the report.
    ///
    /// # Errors
    /// All problems of the text, if there is any.
    pub fn parse(path: &str, text: &str) -> Result<Self, Problems> {
        let draft = Draft::read(path, text);
        draft.report.into_problems().or(draft.config)
    }
}

#[cfg(test)]
mod tests;
