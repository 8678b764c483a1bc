//! What holds on a healthy disk, real or not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mockingbird::store::{AppendError, Disk, Folder, OpenError, Options, SnapshotError, read};
use rstest::rstest;

use crate::fake::Fake;
use crate::toy::{Keeper, Place, Toy, fake, grew, names, noted, options, real};

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn an_empty_folder_opens_empty(#[case] place: Place) {
    let keeper = Keeper::open(&place.disk).unwrap();
    assert!(keeper.owners.is_empty());
    assert_eq!(keeper.report.notices, []);
    keeper.close();
}

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn what_was_confirmed_is_there_again(#[case] place: Place) {
    let mut kept = None;
    for round in 0..3 {
        let mut keeper = Keeper::open(&place.disk).unwrap();
        assert_eq!(keeper.report.notices, []);
        assert_eq!(*kept.get_or_insert_with(|| keeper.owners.clone()), keeper.owners);
        keeper.keep(1, &[grew(7, 1), noted("one decision")]);
        keeper.keep(2, &[grew(8, round)]);
        keeper.keep(1, &[]);
        kept = Some(keeper.close());
    }
}

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn a_snapshot_and_the_journal_after_it_make_the_state(#[case] place: Place) {
    let mut keeper = Keeper::open(&place.disk).unwrap();
    keeper.keep(1, &[grew(7, 1)]);
    keeper.keep(2, &[grew(7, 2)]);
    let finished = keeper.snapshot().unwrap();
    assert_eq!(finished.owners, 2);
    keeper.keep(1, &[grew(7, 10)]);
    keeper.keep(3, &[noted("new since the snapshot")]);
    let kept = keeper.close();

    let keeper = Keeper::open(&place.disk).unwrap();
    assert_eq!(keeper.owners, kept);
    assert_eq!(keeper.report.replayed, 2);
    let (file, begun) = keeper.report.snapshot.clone().unwrap();
    assert_eq!((file, begun.as_second()), (finished.file, 1_800_000_000));
}

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn whoever_only_reads_finds_what_was_kept_and_changes_nothing(#[case] place: Place) {
    let mut keeper = Keeper::open(&place.disk).unwrap();
    keeper.keep(1, &[grew(7, 1)]);
    keeper.snapshot().unwrap();
    keeper.keep(1, &[grew(7, 10)]);
    keeper.keep(3, &[noted("new since the snapshot")]);
    let error = read::<Toy>(place.disk.as_ref()).expect_err("it is in use");
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    let kept: BTreeMap<u64, Toy> =
        keeper.close().into_iter().map(|(owner, (_, toy))| (owner, toy)).collect();

    let before = names(&place.disk);
    assert_eq!(read::<Toy>(place.disk.as_ref()).unwrap(), kept);
    assert_eq!(names(&place.disk), before);
}

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn confirmations_come_in_the_order_of_the_appends(#[case] place: Place) {
    let mut keeper = Keeper::open(&place.disk).unwrap();
    let mut expected = Vec::new();
    for number in 1..=500 {
        for owner in [3, 1, 2] {
            keeper.decide(owner, &[grew(1, 1)]).unwrap();
            expected.push((owner, number));
        }
    }
    assert_eq!(keeper.confirmed(1500), expected);
}

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn a_folder_that_is_taken_is_refused_by_name_and_free_again_after_a_close(#[case] place: Place) {
    let keeper = Keeper::open(&place.disk).unwrap();
    let error = Keeper::open(&place.disk).err().unwrap();
    assert!(matches!(error, OpenError::Locked { .. }));
    assert!(error.to_string().contains(&place.disk.folder().display().to_string()), "{error}");
    keeper.close();
    Keeper::open(&place.disk).unwrap().close();
}

#[rstest]
#[case::real(real())]
#[case::fake(fake())]
fn only_as_many_snapshots_are_kept_as_asked_for_and_the_journals_they_need(#[case] place: Place) {
    let mut keeper = Keeper::with(&place.disk, Options { keep: 2, ..options() }).unwrap();
    for round in 0..4 {
        keeper.keep(1, &[grew(1, round)]);
        keeper.snapshot().unwrap();
    }
    keeper.close();
    let files = ["journal-4.mbj", "journal-5.mbj", "snapshot-4.mbs", "snapshot-5.mbs"];
    let mut names = names(&place.disk);
    names.retain(|name| name != "lock");
    assert_eq!(names, files);
}

#[test]
fn while_there_are_fewer_snapshots_the_journals_reach_back_to_the_beginning() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    keeper.snapshot().unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    let kept = keeper.close();
    let mut files = fake.files();
    files.get_mut("snapshot-2.mbs").unwrap().truncate(20);
    let keeper = Keeper::open(&Fake::holding(&files).disk()).unwrap();
    assert_eq!(keeper.owners, kept);
    assert_eq!(keeper.report.notices.len(), 1);
}

#[test]
fn a_gap_in_the_numbers_is_refused_before_it_is_written() {
    let keeper = Keeper::open(&fake().disk).unwrap();
    let error = keeper.store.append(1, 2, &[grew(1, 1)], (1, 2)).unwrap_err();
    assert!(matches!(error, AppendError::OutOfOrder { expected: 1, given: 2, .. }), "{error}");
    keeper.store.append(1, 1, &[grew(1, 1)], (1, 1)).unwrap();
    let error = keeper.store.append(1, 1, &[grew(1, 1)], (1, 1)).unwrap_err();
    assert!(matches!(error, AppendError::OutOfOrder { expected: 2, given: 1, .. }), "{error}");
}

#[test]
fn a_decision_longer_than_a_record_is_refused_and_the_next_one_is_taken() {
    let mut keeper = Keeper::open(&fake().disk).unwrap();
    let long = noted(&"x".repeat(16 << 20));
    assert!(matches!(keeper.decide(1, &[long]), Err(AppendError::TooLong { .. })));
    keeper.keep(1, &[grew(1, 1)]);
}

#[test]
fn a_snapshot_that_would_lose_something_is_refused() {
    let mut keeper = Keeper::open(&fake().disk).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    keeper.keep(2, &[grew(1, 1)]);
    let now = jiff::Timestamp::UNIX_EPOCH;
    let begin = || keeper.store.begin_snapshot(now).unwrap();

    let mut writer = begin();
    assert!(matches!(keeper.store.begin_snapshot(now), Err(SnapshotError::Busy)));
    writer.add(1, 1, &keeper.owners[&1].1).unwrap();
    let error = writer.finish().unwrap_err();
    assert_eq!(error.to_string(), "the snapshot would lose changes of 2: it was not added");

    let error = begin().add(1, 0, &keeper.owners[&1].1).unwrap_err();
    assert!(error.to_string().ends_with("its image is older than the snapshot"), "{error}");

    let mut writer = begin();
    writer.add(1, 1, &keeper.owners[&1].1).unwrap();
    let error = writer.add(1, 1, &keeper.owners[&1].1).unwrap_err();
    assert!(error.to_string().ends_with("it was added twice"), "{error}");
}

#[test]
fn a_snapshot_given_up_leaves_nothing_and_the_next_one_works() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    drop(keeper.store.begin_snapshot(jiff::Timestamp::UNIX_EPOCH).unwrap());
    assert_eq!(names(&fake.disk()), ["journal-1.mbj", "journal-2.mbj"]);
    keeper.keep(1, &[grew(1, 1)]);
    keeper.snapshot().unwrap();
    let kept = keeper.close();
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
}

#[test]
fn images_may_be_taken_while_changes_go_on() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    for owner in 1..=3 {
        keeper.keep(owner, &[grew(1, 1)]);
    }
    let mut writer = keeper.store.begin_snapshot(jiff::Timestamp::UNIX_EPOCH).unwrap();
    for owner in 1..=3 {
        keeper.keep(owner, &[noted("before its image")]);
        let (seq, toy) = keeper.owners[&owner].clone();
        writer.add(owner, seq, &toy).unwrap();
        keeper.keep(owner, &[noted("after its image")]);
        keeper.keep(owner + 10, &[noted("founded meanwhile")]);
    }
    writer.finish().unwrap();
    let kept = keeper.close();
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
}

#[test]
fn a_hundred_records_that_wait_share_one_sync() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    fake.hold_syncs();
    keeper.decide(1, &[grew(1, 1)]).unwrap();
    fake.wait_for_held_sync();
    let before = fake.world().syncs;
    for owner in 2..=100 {
        keeper.decide(owner, &[grew(1, 1)]).unwrap();
    }
    fake.release_syncs();
    keeper.confirmed(100);
    assert_eq!(fake.world().syncs - before, 2, "the one that was held, and one for all the others");
}

#[test]
fn what_was_confirmed_survives_the_poorest_power_cut() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    for owner in [1, 2, 1] {
        keeper.keep(owner, &[grew(1, 1)]);
        let files = fake.world().after_power_cut(&mut |_| 0);
        assert_eq!(Keeper::open(&Fake::holding(&files).disk()).unwrap().owners, keeper.owners);
    }
}

#[test]
fn nothing_is_confirmed_before_it_is_synced() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    fake.hold_syncs();
    keeper.decide(1, &[grew(1, 1)]).unwrap();
    fake.wait_for_held_sync();
    assert!(keeper.durable.try_recv().is_err());
    fake.release_syncs();
    assert_eq!(keeper.confirmed(1), [(1, 1)]);
}

#[test]
fn when_too_many_wait_the_next_is_refused_until_there_is_room() {
    let fake = Fake::default();
    let mut keeper = Keeper::with(&fake.disk(), Options { queue: 3, ..options() }).unwrap();
    fake.hold_syncs();
    for _ in 0..3 {
        assert!(keeper.store.has_room());
        keeper.decide(1, &[grew(1, 1)]).unwrap();
    }
    assert!(!keeper.store.has_room());
    assert_eq!(keeper.decide(1, &[grew(1, 1)]), Err(AppendError::Full { waiting: 3 }));
    assert_eq!(keeper.decide(2, &[grew(1, 1)]), Err(AppendError::Full { waiting: 3 }));
    fake.release_syncs();
    keeper.confirmed(3);
    keeper.keep(1, &[grew(1, 1)]);
    keeper.keep(2, &[grew(1, 1)]);
    let kept = keeper.close();
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
}

#[test]
fn closing_writes_what_waits() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    for _ in 0..1000 {
        keeper.decide(1, &[grew(1, 1)]).unwrap();
    }
    let kept = keeper.close();
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
}

#[test]
fn concurrent_owners_lose_nothing() {
    let place = real();
    let keeper = Keeper::open(&place.disk).unwrap();
    std::thread::scope(|scope| {
        for owner in 0..8 {
            let store = &keeper.store;
            scope.spawn(move || {
                for seq in 1..=200 {
                    store.append(owner, seq, &[grew(1, 1)], (owner, seq)).unwrap();
                }
            });
        }
    });
    assert_eq!(keeper.store.close(Duration::from_mins(1)), 0);
    let keeper = Keeper::open(&Arc::clone(&place.disk)).unwrap();
    assert!(keeper.owners.values().all(|(seq, toy)| *seq == 200 && toy.streaks[&1] == 200));
    assert_eq!(keeper.owners.len(), 8);
}

#[cfg(unix)]
#[test]
fn what_members_did_is_for_the_owner_of_the_files_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::TempDir::new().unwrap();
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(folder.path()).unwrap());
    let mut keeper = Keeper::open(&disk).unwrap();
    keeper.keep(1, &[grew(7, 1)]);
    keeper.snapshot().unwrap();
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
        files += 1;
    }
    assert!(files >= 3, "a journal, a snapshot and the lock");
}
