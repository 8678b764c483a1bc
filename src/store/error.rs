//! What can go wrong in the store, as sentences for the people who run the bot: which file,
//! where in it, what is wrong, and the way out. It decides nothing.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::format::FORMAT;

/// Why the store does not open. Nothing in the folder was lost by trying.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has the folder.
    #[error(
        "the data folder {} is in use by another Mockingbird; stop that one first, or give this \
         one a folder of its own (`data:` in the config file)",
        folder.display()
    )]
    Locked {
        /// The folder.
        folder: PathBuf,
    },
    /// The operating system refused something.
    #[error("cannot {doing} {}: {source}; {}", path.display(), hint(source))]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is of a format that this build does not know yet.
    #[error(
        "{} was written by a newer Mockingbird (format {found}, this one knows {FORMAT}); use that \
         version, or restore the data folder as it was before the upgrade; {} says what is in it",
        file.display(),
        doctor(file)
    )]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its format.
        found: u16,
    },
    /// A file is not as it was written, and what is missing had been confirmed to members.
    #[error("{}; {}", self.fault(), way_out(file))]
    Damaged {
        /// The file.
        file: PathBuf,
        /// Where in it, in bytes from its beginning.
        offset: u64,
        /// What does not fit.
        what: String,
    },
    /// A journal is gone that is needed.
    #[error("{}; {}", self.fault(), way_out(file))]
    Missing {
        /// The file that should be there.
        file: PathBuf,
        /// The file that goes on from it or leads to it.
        needed_by: String,
    },
    /// The newest snapshot is damaged, and what is older does not reach as far.
    #[error(
        "{} is damaged at byte {offset} ({what}), and the older files cannot stand in for it: {}; {}",
        file.display(),
        source.fault(),
        way_out(file)
    )]
    NoWayBack {
        /// The damaged snapshot.
        file: PathBuf,
        /// Where in it, in bytes from its beginning.
        offset: u64,
        /// What is wrong with it.
        what: String,
        /// Why the older files do not do.
        source: Box<OpenError>,
    },
}

impl OpenError {
    /// Whether what came before it can be gone on from, without harm to what is still there.
    pub(super) fn may_be_passed_over(&self) -> bool {
        match self {
            Self::Damaged { .. } | Self::Missing { .. } => true,
            Self::NoWayBack { source, .. } => source.may_be_passed_over(),
            Self::Locked { .. } | Self::Io { .. } | Self::Newer { .. } => false,
        }
    }

    /// What is wrong, without the way out.
    pub fn fault(&self) -> String {
        match self {
            Self::Damaged { file, offset, what } => {
                format!("{} is damaged at byte {offset}: {what}", file.display())
            }
            Self::Missing { file, needed_by } => {
                format!("{} is missing, and {needed_by} needs it", file.display())
            }
            Self::Newer { file, found } => {
                format!("{} was written by a newer Mockingbird (format {found})", file.display())
            }
            Self::NoWayBack { file, offset, what, source } => {
                let file = file.display();
                format!("{file} is damaged at byte {offset}: {what}; and {}", source.fault())
            }
            Self::Locked { .. } | Self::Io { .. } => self.to_string(),
        }
    }
}

/// The command that looks at the folder of a file.
fn doctor(file: &Path) -> String {
    let folder = file.parent().unwrap_or(Path::new("")).display();
    format!("`mockingbird doctor --data {folder}`")
}

/// How to go on when what was confirmed is not all there.
fn way_out(file: &Path) -> String {
    let doctor = doctor(file);
    format!(
        "{doctor} says what can be kept, and with `--repair` goes on from there; or restore the \
         data folder from a backup"
    )
}

/// Why a change was not taken. Nothing was written; the caller must not apply it either.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The disk does not keep up, or fails: see the store's health.
    #[error(
        "{waiting} changes are waiting for the disk; nothing more is taken until it catches up"
    )]
    Full {
        /// How many records wait.
        waiting: usize,
    },
    /// The number of the record is not the next one of its owner: a mistake of the caller's,
    /// refused because a journal with a gap could not be loaded again.
    #[error("record {given} of {owner} does not follow; the next one is {expected}")]
    OutOfOrder {
        /// The owner.
        owner: String,
        /// The number that follows.
        expected: u64,
        /// The number that was given.
        given: u64,
    },
    /// The changes of one decision are longer than a record may be.
    #[error("the changes of one decision take {bytes} bytes, more than a record may")]
    TooLong {
        /// Their length in bytes.
        bytes: usize,
    },
    /// The changes cannot be written at all.
    #[error("the changes cannot be written: {0}")]
    Unwritable(postcard::Error),
    /// The store is closing.
    #[error("the store is closing")]
    Closed,
}

/// Why there is no new snapshot. The old ones and the journal are untouched, nothing is lost.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// One is being written already.
    #[error("a snapshot is being written already")]
    Busy,
    /// The journal cannot be written, so that a snapshot would be ahead of it.
    #[error("no snapshot while the journal cannot be written: {0}")]
    Journal(String),
    /// An owner was forgotten, added twice, or added older than it was when the snapshot began.
    #[error("the snapshot would lose changes of {owner}: {what}")]
    Incomplete {
        /// The owner.
        owner: String,
        /// How.
        what: &'static str,
    },
    /// The operating system refused something.
    #[error("cannot {doing} {}: {source}; {}", path.display(), hint(source))]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An image cannot be written, or is longer than a chunk may be.
    #[error("the image of {owner} cannot be written: {what}")]
    Unwritable {
        /// The owner.
        owner: String,
        /// Why.
        what: String,
    },
    /// What was written did not load as it was. Nothing older was removed.
    #[error(
        "{} was written and does not load as it should; the disk is not to be trusted",
        file.display()
    )]
    Unlike {
        /// The file.
        file: PathBuf,
    },
    /// The store is closing.
    #[error("the store is closing")]
    Closed,
}

/// How the journal is doing. Nothing is confirmed while it fails, and nothing is lost: what waits
/// is written as soon as it works again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Health {
    /// The last write worked.
    #[default]
    Healthy,
    /// The last write failed and is being tried again.
    Failing {
        /// How often it failed in a row.
        attempts: u32,
        /// What was tried, on which file, and what the system said.
        what: String,
        /// What to do about it.
        hint: &'static str,
    },
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Healthy => f.write_str("the journal is written"),
            Self::Failing { attempts: ..=1, what, hint } => write!(f, "{what}; {hint}"),
            Self::Failing { attempts, what, hint } => {
                write!(f, "{what} ({attempts} times in a row); {hint}")
            }
        }
    }
}

/// What somebody can do about an error of the operating system's.
#[expect(clippy::wildcard_enum_match_arm, reason = "the system's errors are an open set")]
pub(super) fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full: free some space on it"
        }
        ErrorKind::FileTooLarge => "a limit on file sizes is in the way (`ulimit -f`): raise it",
        ErrorKind::ReadOnlyFilesystem => "the disk is mounted read-only: make it writable",
        ErrorKind::PermissionDenied => {
            "give the account that runs Mockingbird the right to read and write there"
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "something else has that name: move it away, or name another folder (`data:` in the \
             config file)"
        }
        ErrorKind::OutOfMemory => "there is not enough memory: give it more",
        ErrorKind::NotFound => "it was there a moment ago: see who removed it",
        _ => "look into the system's log for what is wrong with the disk",
    }
}
