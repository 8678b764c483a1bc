//! Making a snapshot while work goes on: a new journal, every owner's image, a file that appears
//! whole or not at all, and the removal of what is not needed any more. It does not know the bytes.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Debug;
use std::hash::Hash;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use serde::Serialize;

use super::disk::Disk;
use super::error::SnapshotError;
use super::format::{Header, Kind};
use super::recover::is_temporary;
use super::snapshot::{Chunks, Image, fits, load_file};
use super::{COPIES, Common, Kept};

/// A snapshot under construction. Dropped without [`SnapshotWriter::finish`] it leaves nothing.
pub struct SnapshotWriter<O, P> {
    common: Arc<Common<O, P>>,
    number: u64,
    chunks: Option<Chunks>,
    /// Owners that were there at the beginning and are not in yet, with their last records.
    due: HashMap<O, u64>,
    added: BTreeSet<O>,
    /// The file has its name.
    whole: bool,
}

/// A snapshot that is there.
#[derive(Debug)]
pub struct Finished {
    /// The file.
    pub file: PathBuf,
    /// How many owners are in it.
    pub owners: usize,
    /// Older files that were removed.
    pub removed: Vec<String>,
    /// Why an older file could not be removed. It does no harm and is tried again next time.
    pub trouble: Option<io::Error>,
}

impl<O, P> SnapshotWriter<O, P>
where
    O: Copy + Ord + Hash + Debug + Serialize,
{
    /// The caller has set the mark that a snapshot is being written; dropping takes it away.
    pub(super) fn begin(common: Arc<Common<O, P>>, now: Timestamp) -> Result<Self, SnapshotError> {
        let mut writer = Self {
            common,
            number: 0,
            chunks: None,
            due: HashMap::new(),
            added: BTreeSet::new(),
            whole: false,
        };
        let (asker, answer) = sync_channel(1);
        let reached = writer.common.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let due = reached.clone();
        let mut queue = writer.common.line.queue();
        if queue.ended {
            return Err(SnapshotError::Closed);
        }
        if let Some(what) = &queue.failing {
            return Err(SnapshotError::Journal(what.clone()));
        }
        queue.rotate = Some(asker);
        drop((queue, reached));
        writer.due = due;
        writer.common.line.call_writer();
        let number = answer.recv().map_err(|_| SnapshotError::Closed)?;
        writer.number = number.map_err(SnapshotError::Journal)?;

        let word = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let file = writer.common.disk.create(&temporary(writer.number));
        let header = Header::of(writer.number, word);
        let chunks = file.and_then(|file| Chunks::begin(file, header));
        writer.chunks = Some(chunks.map_err(|source| writer.io("begin", source))?);
        Ok(writer)
    }

    /// Adds an owner that has seen `seq` records. Must not come before changes that were
    /// appended: take state and `seq` together.
    pub fn add<K: Kept<Owner = O>>(
        &mut self,
        owner: O,
        seq: u64,
        state: &K,
    ) -> Result<(), SnapshotError> {
        let image = Image::of(owner, seq, state).map_err(|error| SnapshotError::Unwritable {
            owner: format!("{owner:?}"),
            what: error.to_string(),
        })?;
        self.add_image(&image)
    }

    /// Leaves an owner out of which nothing is left since record `seq`, which is durable since before
    /// the snapshot began. False where there was one more; then it has to be added.
    pub fn leave_out(&mut self, owner: O, seq: u64) -> bool {
        let is_gone = self.due.get(&owner) == Some(&seq);
        if is_gone {
            self.due.remove(&owner);
        }
        is_gone
    }

    /// Adds an image that was taken after the snapshot began.
    pub fn add_image(&mut self, image: &Image<O>) -> Result<(), SnapshotError> {
        let wrong =
            |what| Err(SnapshotError::Incomplete { owner: format!("{:?}", image.owner), what });
        if self.due.remove(&image.owner).is_some_and(|reached| image.seq < reached) {
            return wrong("its image is older than the snapshot");
        }
        if !self.added.insert(image.owner) {
            return wrong("it was added twice");
        }
        fits(image.bytes.len()).map_err(|what| SnapshotError::Unwritable {
            owner: format!("{:?}", image.owner),
            what,
        })?;
        let chunks = self.chunks.as_mut().ok_or(SnapshotError::Closed)?;
        chunks.add(&image.bytes).map_err(|source| self.io("write", source))
    }

    /// Makes the snapshot durable and removes what is not needed any more.
    pub fn finish(mut self) -> Result<Finished, SnapshotError> {
        self.write()?;
        self.put()?;
        let mut removed = Vec::new();
        let trouble = self.prune(&mut removed).err();
        Ok(self.finished(removed, trouble))
    }

    /// Makes the snapshot durable and removes everything that is older, whatever is to be kept, so
    /// that nothing tells of what was forgotten before it began: also what was put aside as
    /// damaged, and what a repair copied. From then on the snapshot stands alone, so it is read
    /// back before anything goes.
    pub fn finish_alone<K: Kept<Owner = O>>(mut self) -> Result<Finished, SnapshotError> {
        self.write()?;
        let (disk, name) = (Arc::clone(&self.common.disk), temporary(self.number));
        let loaded = load_file::<K>(disk.as_ref(), &name, self.number);
        if !loaded.is_ok_and(|loaded| loaded.owners.keys().eq(&self.added)) {
            return Err(SnapshotError::Unlike { file: disk.folder().join(name) });
        }
        self.put()?;
        let mut removed = Vec::new();
        let trouble = remove_older(disk.as_ref(), self.number, &mut removed)
            .and_then(|()| remove_copies(disk.as_ref(), &mut removed))
            .err();
        Ok(self.finished(removed, trouble))
    }

    /// Writes all of it, under another name.
    fn write(&mut self) -> Result<(), SnapshotError> {
        // Whoever was let go of meanwhile is in no file.
        let reached = self.common.reached.lock().unwrap_or_else(PoisonError::into_inner);
        self.due.retain(|owner, _| reached.contains_key(owner));
        drop(reached);
        if let Some(owner) = self.due.keys().next() {
            let owner = format!("{owner:?}");
            return Err(SnapshotError::Incomplete { owner, what: "it was not added" });
        }
        let chunks = self.chunks.take().ok_or(SnapshotError::Closed)?;
        chunks.finish().map_err(|source| self.io("write", source))?;
        self.wait_for_journal()
    }

    /// Gives it its name.
    fn put(&mut self) -> Result<(), SnapshotError> {
        let (disk, name) = (&self.common.disk, Kind::Snapshot.name(self.number));
        disk.rename(&temporary(self.number), &name)
            .and_then(|()| disk.sync_folder())
            .map_err(|source| self.io("finish", source))?;
        self.whole = true;
        Ok(())
    }

    fn finished(&self, removed: Vec<String>, trouble: Option<io::Error>) -> Finished {
        let file = self.common.disk.folder().join(Kind::Snapshot.name(self.number));
        Finished { file, owners: self.added.len(), removed, trouble }
    }

    /// An image may hold changes that are not durable yet. The snapshot must not be, before them:
    /// an older snapshot could then not stand in for it, because the journals would have a gap.
    fn wait_for_journal(&self) -> Result<(), SnapshotError> {
        let line = &self.common.line;
        let target = line.queue().appended;
        let queue =
            line.wait_until(None, |q| q.durable >= target || q.failing.is_some() || q.ended);
        match &queue.failing {
            _ if queue.durable >= target => Ok(()),
            Some(what) => Err(SnapshotError::Journal(what.clone())),
            None => Err(SnapshotError::Closed),
        }
    }

    /// Removes snapshots beyond the number to keep, and what is older than the oldest kept. While
    /// there are fewer, the journals reach back to the beginning.
    fn prune(&self, removed: &mut Vec<String>) -> io::Result<()> {
        let disk = &self.common.disk;
        let names = disk.names()?;
        let mut snapshots: Vec<u64> =
            names.iter().filter_map(|name| Kind::Snapshot.number(name)).collect();
        snapshots.sort_unstable_by(|a, b| b.cmp(a));
        let Some(oldest) = snapshots.get(self.common.keep - 1).copied() else {
            return Ok(());
        };
        remove_older(disk.as_ref(), oldest, removed)
    }

    fn io(&self, doing: &'static str, source: io::Error) -> SnapshotError {
        let path = self.common.disk.folder().join(temporary(self.number));
        SnapshotError::Io { doing, path, source }
    }
}

/// Removes every file of the store's with a number below `oldest`.
pub(super) fn remove_older(
    disk: &dyn Disk,
    oldest: u64,
    removed: &mut Vec<String>,
) -> io::Result<()> {
    let names = disk.names()?;
    // Snapshots go first: a journal without its snapshot is only useless, a snapshot without
    // its journals would be a trap.
    let mut old: Vec<_> = names.iter().filter_map(|name| Some((age(name)?, name))).collect();
    old.retain(|((_, number), _)| *number < oldest);
    old.sort_unstable();
    for (_, name) in old {
        disk.remove(name)?;
        removed.push(name.clone());
    }
    disk.sync_folder()
}

/// Removes what a repair or a start put aside: copies of files as they were, what was damaged, and
/// what was never finished and could not be removed then.
fn remove_copies(disk: &dyn Disk, removed: &mut Vec<String>) -> io::Result<()> {
    // A journal that is being begun holds nothing yet, and its writer needs it.
    let is_left = |name: &str| {
        is_temporary(name) && (name.starts_with("snapshot-") || name.contains(".torn-"))
    };
    let is_aside = |name: &str| age(name).is_some_and(|(kind, _)| kind == ASIDE) || is_left(name);
    for name in disk.names()? {
        if is_aside(&name) {
            disk.remove(&name)?;
            removed.push(name);
        } else if name.starts_with(COPIES) {
            let copy = match disk.open_folder(&name) {
                Ok(copy) => copy,
                // Somebody has given this name to a file of their own.
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => continue,
                Err(error) => return Err(error),
            };
            let names = copy.names()?;
            let (ours, others): (Vec<_>, Vec<_>) =
                names.into_iter().partition(|name| age(name).is_some() || is_temporary(name));
            for name in ours {
                copy.remove(&name)?;
            }
            copy.sync_folder()?;
            if others.is_empty() {
                disk.remove_folder(&name)?;
                removed.push(name);
            }
        }
    }
    disk.sync_folder()
}

/// A snapshot's name until it is whole.
pub(super) fn temporary(number: u64) -> String {
    format!("snapshot-{number}.tmp")
}

/// What was put aside goes last.
const ASIDE: u8 = 2;

/// In which order a file of ours is removed: snapshots, then journals, then what was put aside.
pub(super) fn age(name: &str) -> Option<(u8, u64)> {
    if let Some(number) = Kind::Snapshot.number(name) {
        return Some((0, number));
    }
    if let Some(number) = Kind::Journal.number(name) {
        return Some((1, number));
    }
    let aside = name.strip_prefix("snapshot-").or_else(|| name.strip_prefix("journal-"))?;
    let (number, rest) = aside.split_once('.')?;
    let aside = rest.starts_with("torn-") || rest == "mbs.damaged";
    aside.then(|| number.parse().ok()).flatten().map(|number| (ASIDE, number))
}

impl<O, P> Drop for SnapshotWriter<O, P> {
    fn drop(&mut self) {
        // The stream must not write once the file is gone.
        self.chunks = None;
        if self.number > 0 && !self.whole {
            drop(self.common.disk.remove(&temporary(self.number)));
        }
        self.common.snapshot.store(false, Ordering::Release);
    }
}
