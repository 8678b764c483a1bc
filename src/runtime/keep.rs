//! Teams and the store that keeps them: loading, deciding durably, snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use dashmap::DashMap;
use tokio::sync::mpsc;
use tracing::{info, warn};

use super::Clock;
use crate::practice::older::{Team1, Team2, Team3, Team4};
use crate::practice::{Change, Team, TeamId};
use crate::store::{
    AppendError, Finished, Folder, Image, Kept, OpenError, Options, SnapshotError, SnapshotWriter,
    Store, whole,
};

impl Kept for Team {
    type Owner = TeamId;
    type Change = Change;

    fn found(_: TeamId) -> Self {
        Self::new()
    }

    fn apply(&mut self, change: &Change) {
        self.apply(change);
    }

    fn begins(changes: &[Change]) -> bool {
        matches!(changes.first(), Some(Change::Founded { .. }))
    }

    /// The changes of an older format are the first ones of this one.
    fn image(format: u16, bytes: &[u8]) -> Result<Self, postcard::Error> {
        match format {
            1 => whole::<Team1>(bytes).map(Self::from),
            2 => whole::<Team2>(bytes).map(Self::from),
            3 => whole::<Team3>(bytes).map(Self::from),
            4 => whole::<Team4>(bytes).map(Self::from),
            _ => whole(bytes),
        }
    }
}

/// A team with the number of its last record.
#[derive(Debug)]
struct Numbered {
    seq: u64,
    team: Team,
}

/// The teams of this process. Copies share them.
#[derive(Debug, Clone)]
pub struct Keeper {
    teams: Arc<DashMap<TeamId, Numbered>>,
    store: Arc<Store<Team, ()>>,
    /// Whether anything was appended since the last snapshot.
    changed: Arc<std::sync::atomic::AtomicBool>,
    /// Held while a snapshot is written.
    writing: Arc<Mutex<()>>,
    /// Teams of which nothing is left, with the number of their last record, which is durable.
    gone: Arc<Mutex<BTreeMap<TeamId, u64>>>,
}

/// Opens the data folder and loads the teams in it. Each `()` that arrives says that one more
/// record is durable.
pub fn open(
    folder: &Path,
    keep: usize,
) -> Result<(Keeper, mpsc::UnboundedReceiver<()>), OpenError> {
    let disk = Folder::open(folder).map_err(|source| OpenError::Io {
        doing: "open",
        path: folder.to_owned(),
        source,
    })?;
    let opened = Store::<Team, ()>::open(Arc::new(disk), Options { keep, ..Options::default() })?;
    for notice in &opened.report.notices {
        warn!(target: "mockingbird::store", "{notice}");
    }
    info!(
        teams = opened.report.owners,
        replayed = opened.report.replayed,
        folder = %folder.display(),
        "the state is loaded"
    );
    let teams = DashMap::with_capacity(opened.owners.len());
    let mut gone = BTreeMap::new();
    for (id, (seq, team)) in opened.owners {
        if team.is_nothing() {
            gone.insert(id, seq);
        }
        teams.insert(id, Numbered { seq, team });
    }
    let keeper = Keeper {
        teams: Arc::new(teams),
        store: Arc::new(opened.store),
        changed: Arc::new(false.into()),
        writing: Arc::default(),
        gone: Arc::new(Mutex::new(gone)),
    };
    Ok((keeper, opened.durable))
}

impl Keeper {
    /// Looks at a team. It has to be quick: the team waits.
    pub(super) fn look<T>(&self, id: TeamId, look: impl FnOnce(&Team) -> T) -> T {
        match self.teams.get(&id) {
            Some(numbered) => look(&numbered.team),
            None => look(&Team::new()),
        }
    }

    /// Every team, in order.
    pub(super) fn ids(&self) -> Vec<TeamId> {
        let all: BTreeSet<_> = self.teams.iter().map(|entry| *entry.key()).collect();
        all.into_iter().collect()
    }

    /// Appends the changes of one decision, then applies them. Where it refuses, nothing has
    /// happened.
    pub(super) fn commit(&self, id: TeamId, changes: &[Change]) -> Result<(), AppendError> {
        let before = self.teams.get(&id).map_or(0, |numbered| numbered.seq);
        self.store.append(id, before + 1, changes, ())?;
        let mut numbered =
            self.teams.entry(id).or_insert_with(|| Numbered { seq: 0, team: Team::new() });
        numbered.seq = before + 1;
        for change in changes {
            numbered.team.apply(change);
        }
        self.changed.store(true, std::sync::atomic::Ordering::Release);
        Ok(())
    }

    /// Nothing may be left of this team, and everything that was decided of it is durable: no
    /// snapshot from now on tells of it, unless it begins anew.
    pub(super) fn is_gone(&self, id: TeamId) {
        let seq = self.teams.get(&id).filter(|numbered| numbered.team.is_nothing());
        if let Some(seq) = seq.map(|numbered| numbered.seq) {
            self.gone().insert(id, seq);
        }
    }

    /// Lets go of those of which nothing is left in any file. To be called where teams are decided,
    /// so that none begins anew meanwhile.
    pub(super) fn let_go(&self, gone: &[(TeamId, u64)]) {
        for (id, seq) in gone {
            if self.store.let_go(*id, *seq) {
                self.teams.remove(id);
                self.gone().remove(id);
            }
        }
    }

    fn gone(&self) -> std::sync::MutexGuard<'_, BTreeMap<TeamId, u64>> {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the disk keeps up.
    pub(super) fn has_room(&self) -> bool {
        self.store.has_room()
    }

    /// How the journal is doing.
    pub(super) fn health(&self) -> tokio::sync::watch::Receiver<crate::store::Health> {
        self.store.health()
    }

    /// Writes a snapshot, if anything has changed since the last one. It waits for the disk.
    pub fn snapshot(&self, clock: &Clock) -> Result<(), SnapshotError> {
        let _alone = match self.writing.try_lock() {
            Ok(alone) => alone,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(SnapshotError::Busy),
        };
        if !self.changed.swap(false, std::sync::atomic::Ordering::AcqRel) {
            return Ok(());
        }
        let (finished, _) = self.write_snapshot(clock, SnapshotWriter::finish)?;
        if let Some(trouble) = finished.trouble {
            warn!(cause = %trouble, "an old file could not be removed; it is tried again");
        }
        Ok(())
    }

    /// Writes a snapshot and removes everything older, so that nothing tells of anybody any more
    /// who was forgotten before this call. It waits for the disk, and for a snapshot under way.
    /// Returns the teams of which no file tells any more.
    ///
    /// # Errors
    /// If something older is left. Nothing is lost by trying again.
    pub fn rewrite(&self, clock: &Clock) -> Result<Vec<(TeamId, u64)>, SnapshotError> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.changed.store(false, std::sync::atomic::Ordering::Release);
        let (finished, gone) = self.write_snapshot(clock, SnapshotWriter::finish_alone::<Team>)?;
        match finished.trouble {
            Some(source) => Err(SnapshotError::Io {
                doing: "remove what is older than",
                path: finished.file,
                source,
            }),
            None => Ok(gone),
        }
    }

    fn write_snapshot(
        &self,
        clock: &Clock,
        finish: fn(SnapshotWriter<TeamId, ()>) -> Result<Finished, SnapshotError>,
    ) -> Result<(Finished, Vec<(TeamId, u64)>), SnapshotError> {
        // Before it begins: whoever goes after that may have a record in the new journal.
        let gone = self.gone().clone();
        let mut left_out = Vec::new();
        let begun = self.store.begin_snapshot(clock.now());
        let written =
            begun.and_then(|writer| finish(self.add_all(writer, &gone, &mut left_out)?));
        match written {
            Ok(finished) => {
                info!(file = %finished.file.display(), teams = finished.owners, "snapshot written");
                Ok((finished, left_out))
            }
            Err(error) => {
                self.changed.store(true, std::sync::atomic::Ordering::Release);
                Err(error)
            }
        }
    }

    fn add_all(
        &self,
        mut writer: SnapshotWriter<TeamId, ()>,
        gone: &BTreeMap<TeamId, u64>,
        left_out: &mut Vec<(TeamId, u64)>,
    ) -> Result<SnapshotWriter<TeamId, ()>, SnapshotError> {
        for id in self.ids() {
            // The team is let go of before anything is written.
            let Some(image) = self.teams.get(&id).map(|numbered| {
                let seq = numbered.seq;
                if gone.get(&id) == Some(&seq) && writer.leave_out(id, seq) {
                    left_out.push((id, seq));
                    return Ok(None);
                }
                Image::of(id, seq, &numbered.team).map(Some)
            }) else {
                continue;
            };
            let image = image.map_err(|error| SnapshotError::Unwritable {
                owner: id.to_string(),
                what: error.to_string(),
            })?;
            if let Some(image) = image {
                writer.add_image(&image)?;
            }
        }
        Ok(writer)
    }
}
