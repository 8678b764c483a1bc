//! Restoring a folder to its newest consistent state. The files are copied first; a fresh snapshot
//! takes their place at one stroke; what it replaces is removed last. Killed anywhere, the folder
//! loads as it did before, or as it should after. It does not know what the state means.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::disk::Disk;
use super::error::{OpenError, hint};
use super::format::{HEADER, Header, Kind};
use super::inspect::look;
use super::recover::{Files, Numbers, gather, is_temporary, recover};
use super::rescue::{Rescue, Rescued, rescue};
use super::snapshot::{Chunks, Image, fits, load_file};
use super::survey::survey_all;
use super::writer::{age, remove_older, temporary};
use super::{COPIES, Kept, journal};

/// What a repair did.
#[derive(Debug)]
pub struct Repaired<O> {
    /// Where the files are as they were.
    pub copy: PathBuf,
    /// The new snapshot.
    pub snapshot: PathBuf,
    /// What was kept and lost.
    pub rescue: Rescue<O>,
    /// Why an old file could not be removed. It does no harm.
    pub trouble: Option<io::Error>,
}

/// Why nothing was repaired. What the folder held is still there.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// The folder cannot be taken or read.
    #[error(transparent)]
    Open(OpenError),
    /// Nothing is left to go on with, or it is not for a repair to give it up.
    #[error("{}", .0.as_ref().map_or_else(|| "nothing can be kept".to_owned(), OpenError::fault))]
    Hopeless(Option<OpenError>),
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
    /// The state cannot be written.
    #[error("the image of {owner} cannot be written: {what}")]
    Unwritable {
        /// Whose.
        owner: String,
        /// Why.
        what: String,
    },
    /// It went wrong while the new was put in place of the old.
    #[error(
        "{source}; the files as they were are in {}, and `mockingbird doctor` says how the folder \
         is now",
        copy.display()
    )]
    Halfway {
        /// Where the files are as they were.
        copy: PathBuf,
        /// What went wrong.
        source: Box<RepairError>,
    },
    /// What was written did not load as it was.
    #[error(
        "{} was written and does not load as it should; the disk is not to be trusted",
        file.display()
    )]
    Unlike {
        /// The new snapshot.
        file: PathBuf,
    },
}

/// Restores the folder, where something is wrong with it; `None` where nothing is. `now` is kept
/// in the new snapshot for people to read.
///
/// # Errors
/// Why it could not be done. The folder then loads as it did before, if it did.
pub fn repair<K: Kept>(
    disk: &dyn Disk,
    now: Timestamp,
) -> Result<Option<Repaired<K::Owner>>, RepairError> {
    let work = Work { disk, files: Files { disk } };
    let folder = disk.folder().to_owned();
    let lock = disk.lock().map_err(|source| {
        RepairError::Open(OpenError::Io { doing: "lock", path: folder.clone(), source })
    })?;
    let _lock = lock.ok_or(RepairError::Open(OpenError::Locked { folder }))?;
    if look::<K>(disk).map_err(RepairError::Open)?.is_good() {
        return Ok(None);
    }

    let gathered = gather::<K>(disk);
    let gathered = gathered.map_err(|error| RepairError::Hopeless(Some(error)))?;
    let mut names = work.files.names().map_err(RepairError::Open)?;
    names.sort_unstable();
    let mut surveys = survey_all::<K>(&work.files, &names);
    let mut rescued =
        rescue(&work.files, &names, gathered, &mut surveys).map_err(RepairError::Hopeless)?;
    let images = images_of::<K>(&rescued.recovery.owners)?;
    let number = number(&rescued, &names);
    let copy = work.copy(&names)?;
    rescued.recovery.spare(&temporary(number));
    let prepared = work.prepare::<K>(number, now, &images, rescued.loads);
    if let Err(error) = prepared.and_then(|()| work.name_copy(&copy)) {
        // As if nothing had been: a second attempt needs the room.
        work.take_back(number, rescued.loads);
        work.discard(&copy);
        return Err(error);
    }
    let copy = work.files.path(&copy.name);
    let exchanged = work.exchange(&mut rescued, number, &images);
    if let Err(source) = exchanged {
        return Err(RepairError::Halfway { copy, source: Box::new(source) });
    }
    let trouble = remove_older(disk, number, &mut Vec::new()).err();
    let snapshot = work.files.path(&Kind::Snapshot.name(number));
    Ok(Some(Repaired { copy, snapshot, rescue: rescued.rescue, trouble }))
}

/// The number of the new snapshot. Where the folder loads, it goes on as a start would, but with a
/// snapshot of its own; where it does not, a gap before the number keeps it from loading in part.
fn number<K: Kept>(rescued: &Rescued<K>, names: &[String]) -> u64 {
    let numbers = Numbers::of(names);
    if rescued.loads {
        let next = rescued.recovery.next.0;
        return if numbers.snapshots.contains(&next) { next + 1 } else { next };
    }
    let newest = numbers.journals.last().max(numbers.snapshots.last());
    newest.map_or(1, |newest| newest + 2)
}

/// Every owner's image, in order.
fn images_of<K: Kept>(
    owners: &BTreeMap<K::Owner, (u64, K)>,
) -> Result<Vec<Image<K::Owner>>, RepairError> {
    let image = |(owner, (seq, state)): (&K::Owner, &(u64, K))| {
        let image = Image::of(*owner, *seq, state).map_err(|error| error.to_string());
        image
            .and_then(|image| fits(image.bytes.len()).map(|_| image))
            .map_err(|what| RepairError::Unwritable { owner: format!("{owner:?}"), what })
    };
    owners.iter().map(image).collect()
}

/// A copy of the files, with or without its name.
struct Copied {
    name: String,
    unfinished: String,
    folder: Arc<dyn Disk>,
    files: Vec<String>,
}

struct Work<'a> {
    disk: &'a dyn Disk,
    files: Files<'a>,
}

impl Work<'_> {
    fn io(&self, doing: &'static str, name: &str) -> impl FnOnce(io::Error) -> RepairError {
        let path = self.files.path(name);
        move |source| RepairError::Io { doing, path, source }
    }

    /// Copies every file of the store's into a folder that does not have its name yet.
    fn copy(&self, names: &[String]) -> Result<Copied, RepairError> {
        let taken = |name: &str| names.iter().any(|taken| taken == name);
        let free = |number: &u64| {
            let name = format!("{COPIES}{number}");
            !taken(&name) && !taken(&format!("{name}.tmp"))
        };
        let name = format!("{COPIES}{}", (1..u64::MAX).find(free).unwrap_or(u64::MAX));
        let unfinished = format!("{name}.tmp");
        let folder = self.disk.make_folder(&unfinished).map_err(self.io("make", &unfinished))?;
        let files = names.iter().filter(|name| age(name).is_some() || is_temporary(name));
        let copy = Copied { name, unfinished, folder, files: files.cloned().collect() };
        let copied = copy.files.iter().try_for_each(|name| self.copy_file(&copy, name));
        if let Err(error) = copied {
            self.discard(&copy);
            return Err(error);
        }
        Ok(copy)
    }

    fn copy_file(&self, copy: &Copied, name: &str) -> Result<(), RepairError> {
        let mut from = self.disk.read(name).map_err(self.io("copy", name))?;
        let mut to = copy.folder.create(name).map_err(self.io("copy", name))?;
        io::copy(&mut from, &mut to).map_err(self.io("copy", name))?;
        to.sync().map_err(self.io("copy", name))?;
        drop(to);
        // It helps whoever looks into the copy, and nothing hangs on it.
        if let Ok(Some(written)) = self.disk.written(name) {
            drop(copy.folder.set_written(name, written));
        }
        Ok(())
    }

    /// Gives the copy its name, because all is in it.
    fn name_copy(&self, copy: &Copied) -> Result<(), RepairError> {
        copy.folder
            .sync_folder()
            .and_then(|()| self.disk.rename(&copy.unfinished, &copy.name))
            .and_then(|()| self.disk.sync_folder())
            .map_err(self.io("finish", &copy.name))
    }

    /// Removes a copy of files that are all still there: it would only fill the disk.
    fn discard(&self, copy: &Copied) {
        // It may have its name already; the folder is known by the other one.
        drop(self.disk.rename(&copy.name, &copy.unfinished));
        for name in &copy.files {
            drop(copy.folder.remove(name));
        }
        drop(self.disk.remove_folder(&copy.unfinished));
    }

    /// Writes all that is new and changes nothing that is old. Where the folder loads, its next
    /// journal is part of it, and comes later.
    fn prepare<K: Kept>(
        &self,
        number: u64,
        now: Timestamp,
        images: &[Image<K::Owner>],
        loads: bool,
    ) -> Result<(), RepairError> {
        self.write(number, now, images)?;
        self.check_file::<K>(number, images)?;
        if loads { Ok(()) } else { self.begin(number, 0) }
    }

    fn take_back(&self, number: u64, loads: bool) {
        drop(self.disk.remove(&temporary(number)));
        if !loads {
            drop(self.disk.remove(&Kind::Journal.name(number)));
        }
        drop(self.disk.sync_folder());
    }

    fn begin(&self, number: u64, previous: u64) -> Result<(), RepairError> {
        let begun = journal::create(self.disk, number, previous).map(drop);
        begun.map_err(self.io("begin", &Kind::Journal.name(number)))
    }

    /// Puts the new in place of the old.
    fn exchange<K: Kept>(
        &self,
        rescued: &mut Rescued<K>,
        number: u64,
        images: &[Image<K::Owner>],
    ) -> Result<(), RepairError> {
        let (from, to) = (temporary(number), Kind::Snapshot.name(number));
        let mut put = || {
            if rescued.loads {
                rescued.recovery.mend(self.disk).map_err(RepairError::Open)?;
                let (next, previous) = rescued.recovery.next;
                self.begin(next, previous)?;
                if next < number {
                    self.begin(number, HEADER)?;
                }
            }
            self.disk.rename(&from, &to).map_err(self.io("finish", &to))
        };
        if let Err(error) = put() {
            self.take_back(number, rescued.loads);
            return Err(error);
        }
        self.disk.sync_folder().map_err(self.io("finish", &to))?;
        self.check_folder::<K>(number, images)
    }

    fn write<O>(
        &self,
        number: u64,
        now: Timestamp,
        images: &[Image<O>],
    ) -> Result<(), RepairError> {
        let name = temporary(number);
        let write = || {
            match self.disk.remove(&name) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
            let word = u64::try_from(now.as_millisecond()).unwrap_or(0);
            let mut chunks = Chunks::begin(self.disk.create(&name)?, Header::of(number, word))?;
            for image in images {
                chunks.add(&image.bytes)?;
            }
            chunks.finish()
        };
        write().map_err(self.io("write", &name))
    }

    /// Reads the new snapshot before it has its name.
    fn check_file<K: Kept>(
        &self,
        number: u64,
        images: &[Image<K::Owner>],
    ) -> Result<(), RepairError> {
        let name = temporary(number);
        let loaded = load_file::<K>(self.disk, &name, number);
        if loaded.is_ok_and(|loaded| is_like::<K>(&loaded.owners, images)) {
            return Ok(());
        }
        Err(RepairError::Unlike { file: self.files.path(&name) })
    }

    /// Reads the folder as a start would.
    fn check_folder<K: Kept>(
        &self,
        number: u64,
        images: &[Image<K::Owner>],
    ) -> Result<(), RepairError> {
        let recovery = recover::<K>(self.disk);
        if recovery.is_ok_and(|recovery| is_like::<K>(&recovery.owners, images)) {
            return Ok(());
        }
        // The old files are all there still.
        let name = Kind::Snapshot.name(number);
        drop(self.disk.remove(&name).and_then(|()| self.disk.sync_folder()));
        Err(RepairError::Unlike { file: self.files.path(&name) })
    }
}

/// Whether a state has exactly these images.
fn is_like<K: Kept>(owners: &BTreeMap<K::Owner, (u64, K)>, images: &[Image<K::Owner>]) -> bool {
    images_of::<K>(owners).is_ok_and(|found| {
        found.len() == images.len()
            && found.iter().zip(images).all(|(found, image)| found.bytes == image.bytes)
    })
}
