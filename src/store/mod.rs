//! The store: the only door to the disk for state. It keeps, for every owner (a team), an image
//! and the changes since, in a folder of journals and snapshots, and hands on what waits for a
//! change only when that change is durable. It does not know what images and changes mean.
//!
//! Reading order: this page, `format` (bytes), `journal` (the writer), `snapshot` (a file's
//! inside), `recover` (from files to state), `disk` (the folder).
//!
//! How it holds together:
//! * All changes of one decision are one record: after a crash they are there, or none of them is.
//! * A record is confirmed after its bytes were synced. Many records share a write and a sync.
//! * After a failed write the file is cut back; after a failed sync it is never written again,
//!   and its successor's header says how much of it counts.
//! * A snapshot begins with a new journal and has its number. Images are taken while work goes on:
//!   each carries the number of the last record in it, and replay skips up to there.
//! * Journals reach back to the oldest snapshot kept, so a damaged snapshot costs nothing.
//! * Recovery refuses what it cannot explain. Only the end of the last journal may be torn.

mod disk;
mod error;
mod format;
mod inspect;
mod journal;
mod recover;
mod repair;
mod report;
mod rescue;
mod salvage;
mod snapshot;
mod survey;
mod writer;

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{mpsc, watch};

pub use disk::{Disk, DiskFile, Folder};
pub use error::{AppendError, Health, OpenError, SnapshotError};
pub use format::FORMAT;
pub use inspect::{Inspected, Inspection, State, inspect, read};
pub use journal::BackOff;
pub use repair::{RepairError, Repaired, repair};
pub use report::{Notice, Report};
pub use rescue::{Lost, Rescue, Unknown};
pub use snapshot::Image;
pub use writer::{Finished, SnapshotWriter};

use journal::{Entry, Journal, Line};

/// How the folders begin in which a repair keeps the files as they were.
const COPIES: &str = "damaged-";

/// What the store keeps of one owner, without knowing what it means. The image is the value's own
/// serialized form.
pub trait Kept: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of an owner.
    type Owner: Copy + Ord + Hash + Debug + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// A change, as it is kept in the journal.
    type Change: Serialize + DeserializeOwned;

    /// An owner of whom nothing is known yet.
    fn found(owner: Self::Owner) -> Self;

    /// Alters the state.
    fn apply(&mut self, change: &Self::Change);

    /// Whether these changes are the first of an owner. One of which nothing was left is in no later
    /// snapshot, and its records are counted on when it begins anew.
    fn begins(changes: &[Self::Change]) -> bool {
        let _ = changes;
        false
    }

    /// Reads an image of this or an older `format`. Whoever raises [`FORMAT`] reads the older
    /// layouts here.
    fn image(format: u16, bytes: &[u8]) -> Result<Self, postcard::Error> {
        let _ = format;
        whole(bytes)
    }

    /// Reads the changes of one record of this or an older `format`.
    fn changes(format: u16, bytes: &[u8]) -> Result<Vec<Self::Change>, postcard::Error> {
        let _ = format;
        whole(bytes)
    }
}

/// Reads a value that takes all of `bytes`.
///
/// # Errors
/// They are no such value, or more than that.
pub fn whole<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    match postcard::take_from_bytes(bytes)? {
        (value, []) => Ok(value),
        (_, _) => Err(postcard::Error::DeserializeBadEncoding),
    }
}

/// How a store works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many snapshots are kept, at least one.
    pub keep: usize,
    /// How many records may wait for the disk before [`Store::append`] refuses more.
    pub queue: usize,
    /// The pauses between attempts to write a journal that cannot be written.
    pub back_off: BackOff,
}

impl Default for Options {
    fn default() -> Self {
        let back_off =
            BackOff { first: Duration::from_millis(100), longest: Duration::from_secs(5) };
        Self { keep: 3, queue: 10_000, back_off }
    }
}

/// An open store and what was in it.
#[derive(Debug)]
pub struct Opened<K: Kept, P> {
    /// The store, ready for the next changes.
    pub store: Store<K, P>,
    /// What waits for a change arrives here when the change is durable, in the order in which the
    /// changes were appended.
    pub durable: mpsc::UnboundedReceiver<P>,
    /// Every owner with the number of its last record and its state.
    pub owners: BTreeMap<K::Owner, (u64, K)>,
    /// What was found, for the log.
    pub report: Report,
}

/// The part of a store that its writer and its snapshots share. The folder stays taken until the
/// last of them is gone.
struct Common<O, P> {
    disk: Arc<dyn Disk>,
    line: Line<P>,
    /// The number of every owner's last record that was taken in.
    reached: Mutex<HashMap<O, u64>>,
    /// Whether a snapshot is being written.
    snapshot: AtomicBool,
    keep: usize,
    _lock: Box<dyn Any + Send + Sync>,
}

/// Keeps changes of type `K::Change` and hands on a `P` for each record when it is durable.
/// All calls but [`Store::append`] may wait for the disk: make them where that does no harm.
pub struct Store<K: Kept, P> {
    common: Arc<Common<K::Owner, P>>,
    queue: usize,
    health: watch::Receiver<Health>,
    thread: Option<JoinHandle<()>>,
}

impl<K: Kept, P> Debug for Store<K, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("folder", &self.common.disk.folder()).finish_non_exhaustive()
    }
}

impl<K: Kept, P: Send + 'static> Store<K, P> {
    /// Takes the folder, reads what is in it, mends what a crash left, and begins a new journal.
    pub fn open(disk: Arc<dyn Disk>, options: Options) -> Result<Opened<K, P>, OpenError> {
        let io = |doing, path, source| OpenError::Io { doing, path, source };
        let folder = disk.folder().to_owned();
        let lock = disk.lock().map_err(|source| io("lock", folder.clone(), source))?;
        let lock = lock.ok_or_else(|| OpenError::Locked { folder: folder.clone() })?;

        let mut recovery = recover::recover::<K>(disk.as_ref())?;
        recovery.mend(disk.as_ref())?;
        let (number, previous) = recovery.next;
        let journal = Journal::begin(Arc::clone(&disk), number, previous).map_err(|source| {
            io("begin", folder.join(format::Kind::Journal.name(number)), source)
        })?;

        let reached = recovery.owners.iter().map(|(owner, (seq, _))| (*owner, *seq)).collect();
        let common = Arc::new(Common {
            disk,
            line: Line::new(),
            reached: Mutex::new(reached),
            snapshot: AtomicBool::new(false),
            keep: options.keep.max(1),
            _lock: lock,
        });
        let (durable_in, durable) = mpsc::unbounded_channel();
        let (health_in, health) = watch::channel(Health::Healthy);
        let for_writer = Arc::clone(&common);
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let line = &for_writer.line;
                journal::write(line, journal, options.back_off, &durable_in, &health_in);
            })
            .map_err(|source| io("start the writer of", folder, source))?;
        let store = Self { common, queue: options.queue, health, thread: Some(thread) };
        Ok(Opened { store, durable, owners: recovery.owners, report: recovery.report })
    }

    /// Takes in the changes of one decision of `owner`; `seq` counts the owner's records from 1.
    /// Returns at once; `payload` arrives on [`Opened::durable`] when the changes are durable.
    ///
    /// Append before you apply: when this refuses, nothing may have happened. Calls for one owner
    /// must come in the order of its decisions.
    pub fn append(
        &self,
        owner: K::Owner,
        seq: u64,
        changes: &[K::Change],
        payload: P,
    ) -> Result<(), AppendError> {
        // Made by the caller, so that many owners are made at the same time.
        let record =
            postcard::to_allocvec(&(owner, seq, changes)).map_err(AppendError::Unwritable)?;
        if record.len() > format::LONGEST_RECORD {
            return Err(AppendError::TooLong { bytes: record.len() });
        }
        let mut reached = self.common.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let last = reached.get(&owner).copied().unwrap_or(0);
        if seq != last + 1 {
            let owner = format!("{owner:?}");
            return Err(AppendError::OutOfOrder { owner, expected: last + 1, given: seq });
        }
        let mut queue = self.common.line.queue();
        if queue.closing || queue.ended {
            return Err(AppendError::Closed);
        }
        let waiting = usize::try_from(queue.appended - queue.durable).unwrap_or(usize::MAX);
        if waiting >= self.queue {
            return Err(AppendError::Full { waiting });
        }
        queue.appended += 1;
        queue.waiting.push_back(Entry { record, payload });
        reached.insert(owner, seq);
        drop((queue, reached));
        self.common.line.call_writer();
        Ok(())
    }

    /// Lets go of an owner of which nothing is left, here or in any file, unless it has begun anew
    /// since record `seq`. Its next record is the first one.
    pub fn let_go(&self, owner: K::Owner, seq: u64) -> bool {
        let mut reached = self.common.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let is_gone = reached.get(&owner) == Some(&seq);
        if is_gone {
            reached.remove(&owner);
        }
        is_gone
    }

    /// Whether [`Store::append`] would take another record now.
    pub fn has_room(&self) -> bool {
        let queue = self.common.line.queue();
        usize::try_from(queue.appended - queue.durable).is_ok_and(|waiting| waiting < self.queue)
    }

    /// How the journal is doing, now and whenever that changes.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// Waits until everything that was appended is durable, at most as long as `patience`, then
    /// lets go of the folder. Returns how many records could not be written: they were never
    /// confirmed. A write that the disk neither finishes nor refuses is waited for.
    pub fn close(mut self, patience: Duration) -> u64 {
        self.common.line.queue().closing = true;
        self.common.line.call_writer();
        drop(self.common.line.wait_until(Some(patience), |queue| queue.ended));
        self.end();
        let queue = self.common.line.queue();
        queue.appended - queue.durable
    }
}

impl<K: Kept, P> Store<K, P> {
    /// Sends the writer home after one more attempt to write what waits.
    fn end(&mut self) {
        let mut queue = self.common.line.queue();
        (queue.closing, queue.impatient) = (true, true);
        drop(queue);
        self.common.line.call_writer();
        if let Some(thread) = self.thread.take() {
            // It does not panic; if it did, what waited was not confirmed.
            drop(thread.join());
        }
    }

    /// Begins a snapshot: the journal goes on in a new file. Then add every owner, and finish.
    /// `now` is kept in the file for people to read.
    pub fn begin_snapshot(
        &self,
        now: jiff::Timestamp,
    ) -> Result<SnapshotWriter<K::Owner, P>, SnapshotError> {
        if self.common.snapshot.swap(true, Ordering::AcqRel) {
            return Err(SnapshotError::Busy);
        }
        SnapshotWriter::begin(Arc::clone(&self.common), now)
    }
}

impl<K: Kept, P> Drop for Store<K, P> {
    fn drop(&mut self) {
        self.end();
    }
}
