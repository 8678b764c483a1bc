//! A crash between any two steps: what was confirmed is there, and the next start needs no help.

use mockingbird::store::{Notice, Options};

use crate::fake::{Fake, Files};
use crate::toy::{Change, Keeper, Owners, grew, noted, options};

/// Opens the folder of every frame, as a killed process and as a power cut would leave it.
fn every_frame_holds(film: &[(Files, Files)], kept: &Owners) {
    assert!(film.len() > 5, "{} steps", film.len());
    for (step, (written, durable)) in film.iter().enumerate() {
        for (files, kind) in [(written, "kill"), (durable, "power cut")] {
            let fake = Fake::holding(files);
            let keeper = Keeper::with(&fake.disk(), Options { keep: 1, ..options() })
                .unwrap_or_else(|error| panic!("{kind} after step {step}: {error}"));
            assert_eq!(keeper.owners, *kept, "{kind} after step {step}");
            for notice in &keeper.report.notices {
                assert!(
                    matches!(
                        notice,
                        Notice::Leftover { .. } | Notice::Headless { .. } | Notice::TornTail { .. }
                    ),
                    "{notice}"
                );
            }
            keeper.snapshot().unwrap();
            keeper.close();
            let keeper = Keeper::open(&fake.disk()).unwrap();
            assert_eq!(keeper.owners, *kept, "{kind} after step {step}, second start");
            assert_eq!(keeper.report.notices, [], "{kind} after step {step}, second start");
        }
    }
}

#[test]
fn a_crash_at_any_step_of_a_snapshot_loses_nothing() {
    let fake = Fake::default();
    let mut keeper = Keeper::with(&fake.disk(), Options { keep: 1, ..options() }).unwrap();
    for owner in [1, 2, 1] {
        keeper.keep(owner, &[grew(1, 1), noted("kept")]);
    }
    keeper.snapshot().unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    fake.world().film = Some(Vec::new());
    keeper.snapshot().unwrap();
    let film = fake.world().film.take().unwrap();
    let kept = keeper.close();
    assert!(film.last().unwrap().0.keys().eq(["journal-3.mbj", "snapshot-3.mbs"]), "pruned");
    every_frame_holds(&film, &kept);
}

#[test]
fn a_crash_at_any_step_of_a_start_loses_nothing() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    keeper.snapshot().unwrap();
    keeper.keep(1, &[noted("kept")]);
    let kept = keeper.close();
    let mut files = fake.files();
    files.get_mut("journal-2.mbj").unwrap().extend(b"a torn tail");
    files.insert("snapshot-3.tmp".to_owned(), vec![1, 2, 3]);

    let fake = Fake::holding(&files);
    fake.world().film = Some(Vec::new());
    Keeper::open(&fake.disk()).unwrap().close();
    let film = fake.world().film.take().unwrap();
    every_frame_holds(&film, &kept);
}

#[test]
fn a_crash_at_any_step_of_a_decision_keeps_all_of_it_or_none() {
    let fake = Fake::default();
    fake.world().short_writes = Some(5);
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    let before = keeper.owners.clone();
    fake.world().film = Some(Vec::new());
    keeper.keep(1, &[grew(1, 1), noted("one"), noted("two")]);
    let film = fake.world().film.take().unwrap();
    let after = keeper.close();
    let mut found = Vec::new();
    for (written, durable) in &film {
        for files in [written, durable] {
            found.push(Keeper::open(&Fake::holding(files).disk()).unwrap().owners);
        }
    }
    assert!(found.iter().all(|owners| *owners == before || *owners == after));
    assert!(found.contains(&before));
    assert_eq!(found.last(), Some(&after), "confirmed after the last step");
}

#[test]
fn a_crash_at_any_step_of_a_start_beside_a_lone_snapshot_loses_nothing() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    keeper.snapshot().unwrap();
    let kept = keeper.close();
    let mut files = fake.files();
    files.retain(|name, _| name.starts_with("snapshot-"));
    let fake = Fake::holding(&files);
    fake.world().film = Some(Vec::new());
    Keeper::open(&fake.disk()).unwrap().close();
    for (written, durable) in &fake.world().film.take().unwrap() {
        for files in [written, durable] {
            let keeper = Keeper::open(&Fake::holding(files).disk()).unwrap();
            assert_eq!(keeper.close(), kept);
        }
    }
}

#[test]
fn a_crash_at_any_step_of_forgetting_loses_nothing_else() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    for owner in [1, 2, 1] {
        keeper.keep(owner, &[grew(1, 1), grew(2, 1), noted("kept")]);
        keeper.snapshot().unwrap();
    }
    keeper.keep(1, &[Change::Forgot { member: 2 }]);
    fake.world().film = Some(Vec::new());
    keeper.snapshot_alone().unwrap();
    let film = fake.world().film.take().unwrap();
    let kept = keeper.close();
    assert!(film.last().unwrap().0.keys().eq(["journal-5.mbj", "snapshot-5.mbs"]), "alone");
    every_frame_holds(&film, &kept);
}

#[test]
fn what_cannot_be_removed_is_told_and_goes_the_next_time() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    for _ in 0..3 {
        keeper.keep(1, &[grew(1, 1)]);
        keeper.snapshot().unwrap();
    }
    let old = fake.files().len();
    for failing in 0..3 {
        fake.world().failing_removes = 1;
        let finished = keeper.snapshot_alone().unwrap();
        assert!(finished.trouble.is_some(), "{failing}");
        // What it cannot remove is all there, or goes on being useful: it still loads.
        let found = Keeper::open(&Fake::holding(&fake.files()).disk()).unwrap();
        assert_eq!(found.owners, keeper.owners);
        found.close();
    }
    assert!(fake.files().len() > old);
    let finished = keeper.snapshot_alone().unwrap();
    assert!(finished.trouble.is_none());
    keeper.close();
    assert!(
        fake.files().keys().eq(["journal-8.mbj", "snapshot-8.mbs"]),
        "{:?}",
        fake.files().keys()
    );
}
