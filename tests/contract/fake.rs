//! A disk in memory that can run full, fail, write short, lie after a failed sync, hold its breath
//! and lose power. It remembers what was made durable apart from what was only written.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use jiff::Timestamp;
use mockingbird::store::{Disk, DiskFile};

/// A folder's content.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

#[derive(Clone, Default)]
pub(crate) struct Fake {
    shared: Arc<Shared>,
    /// For a folder in the folder: its name and a `/`.
    prefix: String,
}

#[derive(Default)]
struct Shared {
    world: Mutex<World>,
    bell: Condvar,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "faults are there or not")]
pub(crate) struct World {
    inodes: Vec<Inode>,
    names: BTreeMap<String, usize>,
    /// The names as the last sync of their folder left them, and what was done to them since.
    durable_names: BTreeMap<String, usize>,
    name_changes: Vec<NameChange>,
    locked: bool,
    /// How many look at the folder.
    watched: usize,
    /// How often a file was synced.
    pub(crate) syncs: usize,
    /// Bytes that still fit; `None` is without end.
    pub(crate) room: Option<usize>,
    /// How many of the next calls fail.
    pub(crate) failing_syncs: u32,
    /// How many syncs still work before every one fails.
    pub(crate) syncs_before_failure: Option<u32>,
    pub(crate) failing_cuts: u32,
    pub(crate) failing_creates: u32,
    pub(crate) failing_removes: u32,
    /// How many calls failed because of the above.
    pub(crate) failures: usize,
    /// At most this many bytes are taken by one write.
    pub(crate) short_writes: Option<usize>,
    /// Syncs wait while this is set; `held` counts those that do.
    hold: bool,
    held: usize,
    /// Only looking works.
    pub(crate) read_only: bool,
    /// Without power every call fails.
    dead: bool,
    /// After each step: the folder as a process would leave it, and as a power cut would.
    pub(crate) film: Option<Vec<(Files, Files)>>,
}

#[derive(Default)]
struct Inode {
    now: Vec<u8>,
    synced: Vec<u8>,
    /// A sync failed: the pages are gone, and later syncs succeed without them.
    lying: bool,
}

#[derive(Clone)]
enum NameChange {
    Create(String, usize),
    Rename(String, String),
    Remove(String),
}

impl NameChange {
    /// The folder whose names it changes: nothing, or a folder and a `/`.
    fn folder(&self) -> &str {
        let (Self::Create(name, _) | Self::Rename(name, _) | Self::Remove(name)) = self;
        name.rfind('/').map_or("", |slash| &name[..=slash])
    }

    /// The folder that it is in has another name now.
    fn moves_along(&mut self, from: &str, to: &str) {
        let moved = |name: &mut String| {
            if name.starts_with(&format!("{from}/")) {
                *name = name.replacen(from, to, 1);
            }
        };
        match self {
            Self::Create(name, _) | Self::Remove(name) => moved(name),
            Self::Rename(one, other) => {
                moved(one);
                moved(other);
            }
        }
    }
}

fn change_names(names: &mut BTreeMap<String, usize>, change: NameChange) {
    match change {
        NameChange::Create(name, inode) => drop(names.insert(name, inode)),
        NameChange::Rename(from, to) => {
            let inode = names.remove(&from).unwrap();
            // A folder takes along what is in it.
            let below = from + "/";
            for name in
                names.keys().filter(|name| name.starts_with(&below)).cloned().collect::<Vec<_>>()
            {
                let inode = names.remove(&name).unwrap();
                names.insert(name.replacen(below.trim_end_matches('/'), &to, 1), inode);
            }
            names.insert(to, inode);
        }
        NameChange::Remove(name) => drop(names.remove(&name)),
    }
}

fn dead() -> io::Error {
    io::Error::other("no power")
}

fn missing() -> io::Error {
    ErrorKind::NotFound.into()
}

impl World {
    fn step(&mut self) {
        let frame = (self.written(), self.after_power_cut(&mut |_| 0));
        if let Some(film) = &mut self.film {
            film.push(frame);
        }
    }

    fn alive(&self) -> io::Result<()> {
        if self.dead { Err(dead()) } else { Ok(()) }
    }

    fn writable(&self) -> io::Result<()> {
        self.alive()?;
        if self.read_only { Err(ErrorKind::ReadOnlyFilesystem.into()) } else { Ok(()) }
    }

    fn name(&mut self, change: NameChange) {
        change_names(&mut self.names, change.clone());
        self.name_changes.push(change);
        self.step();
    }

    fn inode(&mut self, index: usize) -> &mut Inode {
        &mut self.inodes[index]
    }

    fn cut(&mut self, index: usize, length: u64) -> io::Result<()> {
        self.alive()?;
        if self.failing_cuts > 0 {
            self.failing_cuts -= 1;
            self.failures += 1;
            return Err(io::Error::other("the file cannot be cut"));
        }
        let inode = self.inode(index);
        let length = usize::try_from(length).unwrap();
        let freed = inode.now.len().saturating_sub(length);
        inode.now.truncate(length);
        if let Some(room) = &mut self.room {
            *room += freed;
        }
        self.step();
        Ok(())
    }

    fn sync(&mut self, index: usize) -> io::Result<()> {
        self.alive()?;
        self.syncs += 1;
        let worn_out = self.syncs_before_failure == Some(0);
        self.syncs_before_failure = self.syncs_before_failure.map(|left| left.saturating_sub(1));
        if self.failing_syncs > 0 || worn_out {
            self.failing_syncs = self.failing_syncs.saturating_sub(1);
            self.failures += 1;
            self.inode(index).lying = true;
            return Err(io::Error::other("the disk did not take it"));
        }
        let inode = self.inode(index);
        if !inode.lying {
            inode.synced = inode.now.clone();
        }
        self.step();
        Ok(())
    }

    /// The folder as the next process finds it when only this one dies.
    pub(crate) fn written(&self) -> Files {
        self.names.iter().map(|(name, i)| (name.clone(), self.inodes[*i].now.clone())).collect()
    }

    /// The folder after a power cut. `chance(n)` picks a number below `n`: how many of the changes
    /// of names survive, and what of each file that was not synced. Zero is the poorest outcome.
    pub(crate) fn after_power_cut(&self, chance: &mut dyn FnMut(usize) -> usize) -> Files {
        let mut names = self.durable_names.clone();
        let survived = chance(self.name_changes.len() + 1);
        for change in self.name_changes.iter().take(survived) {
            change_names(&mut names, change.clone());
        }
        // What is in a folder goes with it.
        let folders: BTreeSet<String> = names.keys().cloned().collect();
        names.retain(|name, _| name.split_once('/').is_none_or(|(f, _)| folders.contains(f)));
        let mut survivor = |inode: &Inode| {
            let Some(unsynced) = inode.now.strip_prefix(inode.synced.as_slice()) else {
                return if chance(2) == 0 { inode.synced.clone() } else { inode.now.clone() };
            };
            let mut bytes = inode.synced.clone();
            bytes.extend(&unsynced[..chance(unsynced.len() + 1)]);
            // A page before the last one may be the one that did not make it.
            let tail = bytes.len() - inode.synced.len();
            if tail > 0 && chance(2) == 1 {
                bytes[inode.synced.len() + chance(tail)] = 0;
            }
            bytes
        };
        names.into_iter().map(|(name, i)| (name, survivor(&self.inodes[i]))).collect()
    }
}

impl Fake {
    /// A disk on which these files lie durably.
    pub(crate) fn holding(files: &Files) -> Self {
        let fake = Self::default();
        let mut world = fake.world();
        for (name, bytes) in files {
            let inode = Inode { now: bytes.clone(), synced: bytes.clone(), lying: false };
            let index = world.inodes.len();
            world.inodes.push(inode);
            world.names.insert(name.clone(), index);
        }
        world.durable_names = world.names.clone();
        drop(world);
        fake
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world.lock().unwrap()
    }

    fn full(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    pub(crate) fn disk(&self) -> Arc<dyn Disk> {
        Arc::new(self.clone())
    }

    /// Everything as it stands, whether durable or not.
    pub(crate) fn files(&self) -> Files {
        self.world().written()
    }

    /// From now on no call works.
    pub(crate) fn cut_power(&self) {
        let mut world = self.world();
        (world.dead, world.hold) = (true, false);
        drop(world);
        self.shared.bell.notify_all();
    }

    /// Lets syncs wait, and returns when one does.
    pub(crate) fn hold_syncs(&self) {
        self.world().hold = true;
    }

    pub(crate) fn wait_for_held_sync(&self) {
        let world = self.world();
        drop(self.shared.bell.wait_while(world, |world| world.held == 0).unwrap());
    }

    /// Returns when a call has failed.
    pub(crate) fn wait_for_failure(&self) {
        while self.world().failures == 0 {
            std::thread::yield_now();
        }
    }

    pub(crate) fn release_syncs(&self) {
        self.world().hold = false;
        self.shared.bell.notify_all();
    }
}

impl Disk for Fake {
    fn folder(&self) -> &Path {
        Path::new("data")
    }

    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        struct Guard(Fake);
        impl Drop for Guard {
            fn drop(&mut self) {
                self.0.world().locked = false;
            }
        }
        let mut world = self.world();
        world.writable()?;
        if world.watched > 0 || std::mem::replace(&mut world.locked, true) {
            return Ok(None);
        }
        drop(world);
        Ok(Some(Box::new(Guard(self.clone()))))
    }

    fn watch(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        struct Guard(Fake);
        impl Drop for Guard {
            fn drop(&mut self) {
                self.0.world().watched -= 1;
            }
        }
        let mut world = self.world();
        if world.locked {
            return Ok(None);
        }
        world.watched += 1;
        drop(world);
        Ok(Some(Box::new(Guard(self.clone()))))
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let world = self.world();
        world.alive()?;
        let below = world.names.keys().filter_map(|name| name.strip_prefix(&self.prefix));
        Ok(below.filter(|name| !name.contains('/')).map(str::to_owned).collect())
    }

    fn read(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let world = self.world();
        world.alive()?;
        let index = *world.names.get(&self.full(name)).ok_or_else(missing)?;
        Ok(Box::new(Cursor::new(world.inodes[index].now.clone())))
    }

    fn written(&self, _: &str) -> io::Result<Option<Timestamp>> {
        Ok(None)
    }

    fn set_written(&self, _: &str, _: Timestamp) -> io::Result<()> {
        Ok(())
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let name = self.full(name);
        let mut world = self.world();
        world.writable()?;
        if world.failing_creates > 0 {
            world.failing_creates -= 1;
            world.failures += 1;
            return Err(io::Error::other("no file can be made"));
        }
        if world.names.contains_key(&name) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let index = world.inodes.len();
        world.inodes.push(Inode::default());
        world.name(NameChange::Create(name, index));
        drop(world);
        Ok(Box::new(FakeFile { fake: self.clone(), index }))
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        let name = self.full(name);
        let mut world = self.world();
        world.writable()?;
        let index = *world.names.get(&name).ok_or_else(missing)?;
        world.cut(index, length)?;
        world.sync(index)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.full(from), self.full(to));
        let mut world = self.world();
        world.writable()?;
        if !world.names.contains_key(&from) {
            return Err(missing());
        }
        world.name(NameChange::Rename(from, to));
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let name = self.full(name);
        let mut world = self.world();
        world.writable()?;
        if !world.names.contains_key(&name) {
            return Err(missing());
        }
        if world.failing_removes > 0 {
            world.failing_removes -= 1;
            world.failures += 1;
            return Err(io::Error::other("the file cannot be removed"));
        }
        world.name(NameChange::Remove(name));
        Ok(())
    }

    /// A folder is a name with nothing in it; what is in it has that name and a `/` before its own.
    fn make_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        drop(self.create(name)?);
        Ok(Arc::new(Self { shared: Arc::clone(&self.shared), prefix: self.full(name) + "/" }))
    }

    fn open_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        if !self.world().names.contains_key(&self.full(name)) {
            return Err(missing());
        }
        Ok(Arc::new(Self { shared: Arc::clone(&self.shared), prefix: self.full(name) + "/" }))
    }

    fn remove_folder(&self, name: &str) -> io::Result<()> {
        self.remove(name)
    }

    fn sync_folder(&self) -> io::Result<()> {
        let mut world = self.world();
        world.alive()?;
        // Only what was done to the names in this very folder.
        let mut waiting: Vec<NameChange> = Vec::new();
        for change in std::mem::take(&mut world.name_changes) {
            if change.folder() != self.prefix {
                waiting.push(change);
                continue;
            }
            if let NameChange::Rename(from, to) = &change {
                for inside in &mut waiting {
                    inside.moves_along(from, to);
                }
            }
            change_names(&mut world.durable_names, change);
        }
        world.name_changes = waiting;
        world.step();
        Ok(())
    }
}

struct FakeFile {
    fake: Fake,
    index: usize,
}

impl Write for FakeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut world = self.fake.world();
        world.alive()?;
        let most = world.short_writes.unwrap_or(usize::MAX).min(bytes.len());
        let fits = world.room.unwrap_or(usize::MAX).min(most);
        if fits == 0 && !bytes.is_empty() {
            world.failures += 1;
            return Err(ErrorKind::StorageFull.into());
        }
        if let Some(room) = &mut world.room {
            *room -= fits;
        }
        world.inode(self.index).now.extend(&bytes[..fits]);
        world.step();
        Ok(fits)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl DiskFile for FakeFile {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.fake.world().cut(self.index, length)
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut world = self.fake.world();
        if world.hold {
            world.held += 1;
            self.fake.shared.bell.notify_all();
            world = self.fake.shared.bell.wait_while(world, |world| world.hold).unwrap();
            world.held -= 1;
        }
        world.sync(self.index)
    }
}
