//! Disks that fail while the store works: nothing is confirmed too early, lost, or reordered.

use std::any::Any;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mockingbird::store::{BackOff, Disk, DiskFile, Health, OpenError, Options, SnapshotError};
use tokio::sync::watch;

use crate::fake::{Fake, World};
use crate::toy::{Keeper, grew, noted, options, real};

/// Blocks until the store says so.
fn wait_for(health: &mut watch::Receiver<Health>, wanted: fn(&Health) -> bool) -> Health {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async { health.wait_for(wanted).await.unwrap().clone() })
}

fn failing(health: &Health) -> bool {
    matches!(health, Health::Failing { .. })
}

/// Lets a fault befall a store at work; afterwards everything must be there, in order, also after
/// a power cut that leaves only what was made durable.
fn survives(fault: impl Fn(&mut World), heal: impl Fn(&mut World)) -> Fake {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[noted("before")]);
    let mut health = keeper.store.health();
    fault(&mut fake.world());
    for owner in [1, 2, 1, 3] {
        keeper.decide(owner, &[noted("during"), grew(1, 1)]).unwrap();
    }
    fake.wait_for_failure();
    heal(&mut fake.world());
    assert_eq!(keeper.confirmed(4), [(1, 2), (2, 1), (1, 3), (3, 1)]);
    wait_for(&mut health, |health| *health == Health::Healthy);
    keeper.keep(2, &[noted("after")]);
    let poorest = fake.world().after_power_cut(&mut |_| 0);
    let kept = keeper.close();
    let found = Keeper::open(&Fake::holding(&poorest).disk()).unwrap();
    assert_eq!(found.owners, kept);
    assert_eq!(found.report.notices, []);
    fake
}

#[test]
fn a_full_disk_loses_nothing_and_work_goes_on_when_there_is_space() {
    for room in 0..80 {
        let fake = survives(|world| world.room = Some(room), |world| world.room = None);
        assert_eq!(fake.files().len(), 1, "cut back and gone on in the same file");
    }
}

#[test]
fn a_full_disk_whose_file_cannot_be_cut_back_goes_on_in_a_new_file() {
    let fault = |world: &mut World| (world.room, world.failing_cuts) = (Some(20), 1);
    let fake = survives(fault, |world| world.room = None);
    assert_eq!(fake.files().len(), 2);
}

#[test]
fn a_failed_sync_is_never_repeated_on_the_same_file() {
    for failures in 1..4 {
        survives(|world| world.failing_syncs = failures, |_| ());
    }
}

#[test]
fn a_failed_sync_and_no_new_file_to_be_had_loses_nothing() {
    survives(|world| (world.failing_syncs, world.failing_creates) = (1, 3), |_| ());
}

#[test]
fn a_disk_that_takes_a_few_bytes_at_a_time_makes_the_same_file() {
    let write = |short| {
        let fake = Fake::default();
        fake.world().short_writes = short;
        let mut keeper = Keeper::open(&fake.disk()).unwrap();
        keeper.keep(1, &[noted("a text longer than a few bytes")]);
        keeper.snapshot().unwrap();
        keeper.close();
        fake.files()
    };
    assert_eq!(write(Some(3)), write(None));
}

#[test]
fn a_failing_disk_says_what_and_where_and_what_to_do() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    fake.world().room = Some(0);
    keeper.decide(1, &[grew(1, 1)]).unwrap();
    let said = wait_for(&mut keeper.store.health(), failing);
    let Health::Failing { what, hint, .. } = said else { panic!("{said}") };
    insta::assert_snapshot!(what, @"cannot write data/journal-1.mbj: no storage space");
    insta::assert_snapshot!(hint, @"the disk is full: free some space on it");
}

#[test]
fn no_snapshot_gets_ahead_of_a_journal_that_fails() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    let mut writer = keeper.store.begin_snapshot(jiff::Timestamp::UNIX_EPOCH).unwrap();
    fake.world().failing_creates = u32::MAX;
    fake.world().failing_syncs = 1;
    keeper.decide(1, &[noted("not durable")]).unwrap();
    wait_for(&mut keeper.store.health(), failing);
    writer.add(1, 2, &keeper.owners[&1].1).unwrap();
    let error = writer.finish().unwrap_err();
    assert!(matches!(error, SnapshotError::Journal(_)), "{error}");
    assert_eq!(fake.world().failing_syncs, 0);
    fake.world().failing_creates = 0;
    keeper.confirmed(1);
    assert!(!fake.files().contains_key("snapshot-2.mbs"));
    keeper.close();
}

#[test]
fn a_snapshot_on_a_full_disk_is_given_up_and_the_journal_goes_on() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[noted("a text that has some length")]);
    let needed = fake.files()["journal-1.mbj"].len();
    for room in 0..2 * needed {
        fake.world().room = Some(room);
        let tried = keeper.snapshot();
        fake.world().room = None;
        if let Err(error) = &tried {
            assert!(
                error.to_string().contains("free some space")
                    || matches!(error, SnapshotError::Journal(_)),
                "{error}"
            );
            // The journal may be on its way at this very moment.
            let left = |name: &String| name.starts_with("snapshot-") && name.contains("tmp");
            assert!(!fake.files().keys().any(left));
        }
        keeper.keep(1, &[grew(1, 1)]);
    }
    let kept = keeper.close();
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
}

#[test]
fn a_store_that_cannot_begin_its_journal_does_not_open() {
    let fake = Fake::default();
    fake.world().room = Some(5);
    let error = Keeper::open(&fake.disk()).err().unwrap();
    assert!(matches!(error, OpenError::Io { .. }));
    insta::assert_snapshot!(error, @"cannot begin data/journal-1.mbj: no storage space; the disk is full: free some space on it");
    fake.world().room = None;
    Keeper::open(&fake.disk()).unwrap().close();
}

#[test]
fn closing_on_a_dead_disk_gives_up_and_says_how_much_was_not_written() {
    let fake = Fake::default();
    let back_off = BackOff { first: Duration::from_hours(1), longest: Duration::from_hours(1) };
    let mut keeper = Keeper::with(&fake.disk(), Options { back_off, ..options() }).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    fake.world().room = Some(0);
    for _ in 0..3 {
        keeper.decide(1, &[grew(1, 1)]).unwrap();
    }
    assert_eq!(keeper.store.close(Duration::from_millis(1)), 3);
    assert!(keeper.durable.try_recv().is_err());
    fake.world().room = None;
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners[&1].0, 1);
}

/// A real folder whose new files go to `/dev/full` while it is said to be full.
struct Full {
    inner: Arc<dyn Disk>,
    full: AtomicBool,
}

struct Switch {
    inner: Box<dyn DiskFile>,
    full: Box<dyn Write + Send>,
    disk: Arc<Full>,
}

impl Write for Switch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let full = self.disk.full.load(Ordering::Relaxed);
        if full { self.full.write(bytes) } else { self.inner.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl DiskFile for Switch {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.inner.cut(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.inner.sync()
    }
}

struct Handle(Arc<Full>);

impl Disk for Handle {
    fn folder(&self) -> &Path {
        self.0.inner.folder()
    }
    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        self.0.inner.lock()
    }
    fn watch(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        self.0.inner.watch()
    }
    fn written(&self, name: &str) -> io::Result<Option<jiff::Timestamp>> {
        self.0.inner.written(name)
    }
    fn set_written(&self, name: &str, at: jiff::Timestamp) -> io::Result<()> {
        self.0.inner.set_written(name, at)
    }
    fn make_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        self.0.inner.make_folder(name)
    }
    fn open_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        self.0.inner.open_folder(name)
    }
    fn remove_folder(&self, name: &str) -> io::Result<()> {
        self.0.inner.remove_folder(name)
    }
    fn names(&self) -> io::Result<Vec<String>> {
        self.0.inner.names()
    }
    fn read(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        self.0.inner.read(name)
    }
    #[expect(clippy::disallowed_types, reason = "the one device that is always full")]
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
        let inner = self.0.inner.create(name)?;
        Ok(Box::new(Switch { inner, full: Box::new(full), disk: Arc::clone(&self.0) }))
    }
    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        self.0.inner.cut(name, length)
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.inner.rename(from, to)
    }
    fn remove(&self, name: &str) -> io::Result<()> {
        self.0.inner.remove(name)
    }
    fn sync_folder(&self) -> io::Result<()> {
        self.0.inner.sync_folder()
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_system_s_own_full_disk_is_understood() {
    let place = real();
    let full = Arc::new(Full { inner: Arc::clone(&place.disk), full: AtomicBool::new(false) });
    let disk: Arc<dyn Disk> = Arc::new(Handle(Arc::clone(&full)));
    let mut keeper = Keeper::open(&disk).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    full.full.store(true, Ordering::Relaxed);
    keeper.decide(1, &[grew(1, 1)]).unwrap();
    let said = wait_for(&mut keeper.store.health(), failing).to_string();
    assert!(said.contains("No space left on device"), "{said}");
    assert!(said.contains("free some space"), "{said}");
    full.full.store(false, Ordering::Relaxed);
    keeper.confirmed(1);
    let kept = keeper.close();
    assert_eq!(Keeper::open(&place.disk).unwrap().owners, kept);
    assert_eq!(io::Error::from_raw_os_error(28).kind(), ErrorKind::StorageFull);
}
