//! Looking at a folder without changing it: each file by itself, what a start would find, and how
//! much could be kept where a start is refused. It finds no words for it.

use std::any::Any;
use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use super::disk::Disk;
use super::error::OpenError;
use super::format::Kind;
use super::recover::{Files, Numbers, gather, is_temporary, recover};
use super::report::{Notice, Report};
use super::rescue::{Rescue, rescue};
use super::snapshot::{self, Unusable};
use super::survey::survey_all;
use super::{COPIES, Kept, writer};

/// What was found in a folder.
#[derive(Debug)]
pub struct Inspection<O> {
    /// The folder.
    pub folder: PathBuf,
    /// Its files, and those that should be there: snapshots, journals, everything else.
    pub files: Vec<Inspected>,
    /// What a bot that starts now finds.
    pub start: Result<Report, OpenError>,
    /// What a repair keeps, or what is in its way: where it would keep nothing, or must not decide.
    pub rescue: Result<Rescue<O>, Option<OpenError>>,
}

impl<O> Inspection<O> {
    /// Whether all is as it was written, apart from what a crash may leave.
    pub fn is_good(&self) -> bool {
        let quiet = |report: &Report| {
            report.notices.iter().all(|notice| matches!(notice, Notice::Leftover { .. }))
        };
        self.start.as_ref().is_ok_and(quiet) && self.files.iter().all(|file| file.state.is_good())
    }
}

/// A file by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// Its name in the folder.
    pub name: String,
    /// When it was last written, where that is known.
    pub written: Option<Timestamp>,
    /// What it is, and how it is.
    pub state: State,
}

/// What a file is, and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A sound snapshot.
    Snapshot {
        /// Its format.
        format: u16,
        /// When it was begun.
        begun: Timestamp,
        /// How many owners are in it.
        owners: usize,
    },
    /// A sound journal.
    Journal {
        /// Its format.
        format: u16,
        /// How many records are in it.
        records: u64,
        /// Of how many owners.
        owners: usize,
    },
    /// The newest journal, where it does not end with a whole record.
    Torn {
        /// Where the last whole record ends, in bytes from the beginning.
        offset: u64,
        /// How many bytes follow.
        bytes: u64,
        /// How many records are before that.
        records: u64,
    },
    /// It is not as it was written.
    Damaged {
        /// Where, in bytes from the beginning.
        offset: u64,
        /// What does not fit.
        what: String,
        /// How many sound records a journal holds before the damage, and how many behind it.
        records: (u64, u64),
    },
    /// It is of a format that this build does not know yet.
    Newer {
        /// The format.
        found: u16,
    },
    /// The system does not give it.
    Unreadable {
        /// What the system said.
        cause: String,
    },
    /// A journal that should be there, and maybe those after it.
    Missing {
        /// The number of the last that is missing.
        through: u64,
    },
    /// The newest journal, where not even its header is whole.
    Headless {
        /// How long it is.
        bytes: usize,
    },
    /// A crash left it unfinished; the next start removes it.
    Unfinished,
    /// An earlier start put it aside.
    Aside,
    /// A part of the files as they were, from a repair that was cut short.
    UnfinishedCopy,
    /// The files as they were before a repair.
    Copy,
    /// None of the store's.
    Foreign,
}

impl State {
    fn is_good(&self) -> bool {
        match self {
            Self::Snapshot { .. }
            | Self::Journal { .. }
            | Self::Unfinished
            | Self::Aside
            | Self::UnfinishedCopy
            | Self::Copy
            | Self::Foreign => true,
            Self::Torn { .. }
            | Self::Damaged { .. }
            | Self::Newer { .. }
            | Self::Unreadable { .. }
            | Self::Missing { .. }
            | Self::Headless { .. } => false,
        }
    }
}

/// Looks at the folder and changes nothing.
///
/// # Errors
/// A bot uses the folder, or it cannot be listed.
pub fn inspect<K: Kept>(disk: &dyn Disk) -> Result<Inspection<K::Owner>, OpenError> {
    let _watch = watch(disk)?;
    look::<K>(disk)
}

/// Reads what is kept of every owner, and changes nothing.
///
/// # Errors
/// A bot uses the folder, or not all in it fits.
pub fn read<K: Kept>(disk: &dyn Disk) -> Result<BTreeMap<K::Owner, K>, OpenError> {
    let _watch = watch(disk)?;
    let owners = recover::<K>(disk)?.owners;
    Ok(owners.into_iter().map(|(owner, (_, kept))| (owner, kept)).collect())
}

/// The folder for whoever only looks.
fn watch(disk: &dyn Disk) -> Result<Box<dyn Any + Send + Sync>, OpenError> {
    let folder = disk.folder().to_owned();
    let watch = disk.watch().map_err(|source| OpenError::Io {
        doing: "look into",
        path: folder.clone(),
        source,
    })?;
    watch.ok_or(OpenError::Locked { folder })
}

/// The same for a caller that has the folder.
pub(super) fn look<K: Kept>(disk: &dyn Disk) -> Result<Inspection<K::Owner>, OpenError> {
    let files = Files { disk };
    let mut names = files.names()?;
    names.sort_unstable();
    let mut surveys = survey_all::<K>(&files, &names);
    let mut inspected: Vec<Inspected> = Vec::new();
    let add = |inspected: &mut Vec<Inspected>, name: String, state| {
        let written = disk.written(&name).ok().flatten();
        inspected.push(Inspected { name, written, state });
    };
    for number in Numbers::of(&names).snapshots {
        add(&mut inspected, Kind::Snapshot.name(number), snapshot_state::<K>(disk, number));
    }
    let gathered = gather::<K>(disk);
    let sound = |state: &State| matches!(state, State::Snapshot { .. });
    let oldest = inspected.iter().find(|file| sound(&file.state));
    // What is older than the oldest snapshot is of no use; what is not, makes it stand in. Where no
    // snapshot is sound the journals before the oldest may have been let go of.
    let oldest = oldest.or(inspected.first());
    let from = oldest.and_then(|file| Kind::Snapshot.number(&file.name)).unwrap_or(1);
    let mut expected = from;
    for (number, survey) in &surveys {
        if *number >= from && *number > expected {
            let state = State::Missing { through: number - 1 };
            let name = Kind::Journal.name(expected);
            inspected.push(Inspected { name, written: None, state });
        }
        expected = expected.max(number.saturating_add(1));
        add(&mut inspected, Kind::Journal.name(*number), survey.state.clone());
    }
    for name in &names {
        let is_done =
            [Kind::Snapshot, Kind::Journal].iter().any(|kind| kind.number(name).is_some());
        if is_done || name == "lock" {
            continue;
        }
        let state = if is_temporary(name) {
            State::Unfinished
        } else if writer::age(name).is_some() {
            State::Aside
        } else if name.starts_with(COPIES) && name.strip_suffix(".tmp").is_some() {
            State::UnfinishedCopy
        } else if name.starts_with(COPIES) {
            State::Copy
        } else {
            State::Foreign
        };
        add(&mut inspected, name.clone(), state);
    }
    let rescued =
        gathered.map_err(Some).and_then(|gathered| rescue(&files, &names, gathered, &mut surveys));
    let rescue = rescued.map(|rescued| rescued.rescue);
    let start = recover::<K>(disk).map(|recovery| recovery.report);
    Ok(Inspection { folder: disk.folder().to_owned(), files: inspected, start, rescue })
}

fn snapshot_state<K: Kept>(disk: &dyn Disk, number: u64) -> State {
    match snapshot::load::<K>(disk, number) {
        Ok(loaded) => State::Snapshot {
            format: loaded.header.format,
            begun: loaded.begun(),
            owners: loaded.owners.len(),
        },
        Err(Unusable::Io(error)) => State::Unreadable { cause: error.to_string() },
        Err(Unusable::Newer(found)) => State::Newer { found },
        Err(Unusable::Damaged(offset, what)) => State::Damaged { offset, what, records: (0, 0) },
    }
}
