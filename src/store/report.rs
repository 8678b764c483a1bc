//! What opening a store tells the people who run the bot. It decides nothing.

use std::fmt;
use std::path::PathBuf;

use jiff::Timestamp;

/// What was found on opening, for the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The snapshot that was loaded, and when it was begun.
    pub snapshot: Option<(PathBuf, Timestamp)>,
    /// How many owners there are.
    pub owners: usize,
    /// How many records were replayed on top of the snapshot.
    pub replayed: u64,
    /// What somebody should know of. Empty after a clean stop.
    pub notices: Vec<Notice>,
}

/// Something that was not as it should be, and was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The last write was cut short by a crash.
    TornTail {
        /// The journal.
        file: PathBuf,
        /// Where the sound part ends, in bytes from the beginning.
        offset: u64,
        /// How many bytes were cut off.
        bytes: u64,
        /// Where they were put.
        kept_as: PathBuf,
    },
    /// A snapshot could not be used; older files stood in for it and nothing is lost.
    DamagedSnapshot {
        /// The snapshot.
        file: PathBuf,
        /// Where in it, in bytes from its beginning.
        offset: u64,
        /// What is wrong with it.
        what: String,
        /// Where it was put.
        kept_as: PathBuf,
    },
    /// There is a snapshot and not one journal.
    NoJournals {
        /// The snapshot.
        snapshot: PathBuf,
    },
    /// The newest journal has no whole header. A crash leaves one so before anything is in it; so
    /// does whatever empties a file.
    Headless {
        /// The file.
        file: PathBuf,
        /// How long it is.
        bytes: usize,
    },
    /// A file that a crash left before it held anything was removed.
    Leftover {
        /// The file.
        file: PathBuf,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TornTail { file, offset, bytes, kept_as } => write!(
                f,
                "the last write to {} was cut short: {bytes} bytes from byte {offset} on were not \
                 a whole record and are kept in {}",
                file.display(),
                kept_as.display()
            ),
            Self::DamagedSnapshot { file, offset, what, kept_as } => write!(
                f,
                "the snapshot {} is damaged at byte {offset} ({what}) and was put aside as {}; an older one and its \
                 journals stood in for it, nothing is lost; check the disk",
                file.display(),
                kept_as.display()
            ),
            Self::NoJournals { snapshot } => write!(
                f,
                "there is no journal beside {}: what happened after that snapshot is not known",
                snapshot.display()
            ),
            Self::Headless { file, bytes } => write!(
                f,
                "removed {}, which was {bytes} bytes long and had no whole header: either a crash \
                 cut its beginning short, and nothing was in it, or it was damaged later",
                file.display()
            ),
            Self::Leftover { file } => {
                write!(f, "removed {}, which a crash left unfinished", file.display())
            }
        }
    }
}
