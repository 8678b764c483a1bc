//! The smallest state worth keeping, and a keeper that decides on it as the runtime does: append,
//! then apply.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mockingbird::store::{
    AppendError, BackOff, Disk, Finished, Folder, Kept, OpenError, Opened, Options, Report,
    SnapshotError, SnapshotWriter, Store,
};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::fake::Fake;

/// What is kept of an owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Toy {
    pub(crate) owner: u64,
    pub(crate) streaks: BTreeMap<u32, u32>,
    pub(crate) notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Change {
    Grew { member: u32, by: u32 },
    Noted(String),
    Forgot { member: u32 },
}

impl Kept for Toy {
    type Owner = u64;
    type Change = Change;

    fn found(owner: u64) -> Self {
        Self { owner, streaks: BTreeMap::new(), notes: Vec::new() }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Grew { member, by } => *self.streaks.entry(*member).or_default() += by,
            Change::Noted(text) => self.notes.push(text.clone()),
            Change::Forgot { member } => drop(self.streaks.remove(member)),
        }
    }
}

pub(crate) type Owners = BTreeMap<u64, (u64, Toy)>;
/// What waits for a record: its owner and number.
pub(crate) type Receipt = (u64, u64);

/// An open store with the state beside it.
pub(crate) struct Keeper {
    pub(crate) store: Store<Toy, Receipt>,
    pub(crate) durable: UnboundedReceiver<Receipt>,
    pub(crate) owners: Owners,
    pub(crate) report: Report,
}

/// Attempts follow each other at once, so that no test waits.
pub(crate) fn options() -> Options {
    let back_off = BackOff { first: Duration::ZERO, longest: Duration::ZERO };
    Options { back_off, ..Options::default() }
}

impl Keeper {
    pub(crate) fn open(disk: &Arc<dyn Disk>) -> Result<Self, OpenError> {
        Self::with(disk, options())
    }

    pub(crate) fn with(disk: &Arc<dyn Disk>, options: Options) -> Result<Self, OpenError> {
        let Opened { store, durable, owners, report } = Store::open(Arc::clone(disk), options)?;
        Ok(Self { store, durable, owners, report })
    }

    /// Appends the changes of one decision and applies them.
    pub(crate) fn decide(&mut self, owner: u64, changes: &[Change]) -> Result<(), AppendError> {
        let seq = self.owners.get(&owner).map_or(0, |(seq, _)| *seq) + 1;
        self.store.append(owner, seq, changes, (owner, seq))?;
        let (reached, toy) = self.owners.entry(owner).or_insert_with(|| (0, Toy::found(owner)));
        for change in changes {
            toy.apply(change);
        }
        *reached = seq;
        Ok(())
    }

    /// Waits until the next `count` records are confirmed.
    pub(crate) fn confirmed(&mut self, count: usize) -> Vec<Receipt> {
        let next = |_| self.durable.blocking_recv().expect("the writer lives");
        (0..count).map(next).collect()
    }

    /// Decides and waits for the confirmation.
    pub(crate) fn keep(&mut self, owner: u64, changes: &[Change]) {
        self.decide(owner, changes).unwrap();
        self.confirmed(1);
    }

    pub(crate) fn snapshot(&self) -> Result<Finished, SnapshotError> {
        self.written()?.finish()
    }

    /// A snapshot that is alone after that.
    pub(crate) fn snapshot_alone(&self) -> Result<Finished, SnapshotError> {
        self.written()?.finish_alone::<Toy>()
    }

    fn written(&self) -> Result<SnapshotWriter<u64, Receipt>, SnapshotError> {
        let mut writer =
            self.store.begin_snapshot(jiff::Timestamp::from_second(1_800_000_000).unwrap())?;
        for (owner, (seq, toy)) in &self.owners {
            writer.add(*owner, *seq, toy)?;
        }
        Ok(writer)
    }

    /// Closes and returns the state as it should be found again.
    pub(crate) fn close(self) -> Owners {
        assert_eq!(self.store.close(Duration::from_mins(1)), 0);
        self.owners
    }
}

pub(crate) fn grew(member: u32, by: u32) -> Change {
    Change::Grew { member, by }
}

pub(crate) fn noted(text: &str) -> Change {
    Change::Noted(text.to_owned())
}

/// A place to keep things in, of either kind.
pub(crate) struct Place {
    pub(crate) disk: Arc<dyn Disk>,
    _folder: Option<TempDir>,
}

pub(crate) fn real() -> Place {
    let folder = TempDir::new().unwrap();
    let disk = Arc::new(Folder::open(folder.path()).unwrap());
    Place { disk, _folder: Some(folder) }
}

pub(crate) fn fake() -> Place {
    Place { disk: Arc::new(Fake::default()), _folder: None }
}

/// The names in a folder, in order.
pub(crate) fn names(disk: &Arc<dyn Disk>) -> Vec<String> {
    let mut names = disk.names().unwrap();
    names.sort();
    names
}
