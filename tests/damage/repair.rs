//! A repair that is cut short itself: by a crash between any two steps, by a full disk, by a disk
//! that cannot be written. What the folder held is there still, or what it should hold is.

use std::sync::LazyLock;

use mockingbird::store::{OpenError, RepairError, inspect};

use crate::break_bytes::changed;
use crate::break_files::make_newer;
use crate::fake::{Fake, Files};
use crate::history::{History, journal};
use crate::judge::{repair, start};
use crate::toy::{Keeper, Owners, Toy};

/// Broken folders of every kind that a repair treats in its own way.
fn broken() -> Vec<(History, Files)> {
    let mut broken = Vec::new();
    for history in History::all() {
        let (newest, edges) = history.newest();
        let mut cases = vec![
            // A torn tail, which a start would also get over.
            changed(&history.files, &newest, |bytes| bytes.extend([7; 20])),
            // An empty newest journal.
            changed(&history.files, &newest, Vec::clear),
        ];
        if edges.len() > 2 {
            cases.push(changed(&history.files, &newest, |bytes| bytes[edges[1] - 1] ^= 1));
        }
        for name in history.files.keys() {
            cases.push(changed(&history.files, name, |bytes| bytes[25] ^= 1));
            let mut files = history.files.clone();
            files.remove(name);
            cases.push(files);
        }
        let mut alone = history.files.clone();
        alone.retain(|name, _| name.starts_with("snapshot-"));
        cases.push(alone);
        let mut foreign = history.files.clone();
        foreign.insert(journal(77), b"not ours".to_vec());
        cases.push(foreign);
        let damaged =
            |files: &Files| inspect::<Toy>(&Fake::holding(files)).is_ok_and(|i| !i.is_good());
        for files in cases.into_iter().filter(damaged) {
            let again = History { states: history.states.clone(), ..blank(&history) };
            broken.push((again, files));
        }
    }
    broken
}

fn blank(history: &History) -> History {
    History {
        name: history.name,
        files: history.files.clone(),
        states: Vec::new(),
        snapshots: history.snapshots.clone(),
        places: history.places.clone(),
    }
}

/// The state that loads, if one does.
fn loaded(history: &History, files: &Files) -> Option<Owners> {
    let (owners, _) = start(files).ok()?;
    assert!(history.once_was(&owners), "each owner is as it once was");
    Some(owners)
}

/// Whether nothing of one state is missing in another.
fn holds(state: Option<&Owners>, other: Option<&Owners>) -> bool {
    let reached = |owner| state.and_then(|state| state.get(owner)).map_or(0, |(seq, _)| *seq);
    other.is_none_or(|other| other.iter().all(|(owner, (seq, _))| *seq <= reached(owner)))
}

/// How many crashes and how many full disks a repair has got over; each is tried once.
pub(crate) static CRASHES: LazyLock<usize> = LazyLock::new(cut_short);
pub(crate) static FULL_DISKS: LazyLock<usize> = LazyLock::new(without_room);

#[test]
fn a_repair_cut_short_at_any_step_leaves_the_old_state_or_the_new_one_and_the_copy() {
    assert!(*CRASHES > 1_000, "{} crashes", *CRASHES);
}

fn cut_short() -> usize {
    let mut frames = 0;
    for (history, files) in broken() {
        let before = loaded(&history, &files);
        let fake = Fake::holding(&files);
        fake.world().film = Some(Vec::new());
        if repair(&fake).is_err() {
            continue;
        }
        let after = loaded(&history, &fake.files());
        assert!(
            after.is_some() && holds(after.as_ref(), before.as_ref()),
            "{before:?}, then {after:?}"
        );
        let film = fake.world().film.take().unwrap();
        for (step, frame) in film.iter().enumerate() {
            for (found, kind) in [(&frame.0, "kill"), (&frame.1, "power cut")] {
                frames += 1;
                let what = format!("{}: {kind} after step {step}", history.name);
                let now = loaded(&history, found);
                assert!(now == before || now == after, "{what}: {before:?}, {after:?}, {now:?}");
                if before.is_some() {
                    assert!(now.is_some(), "{what}: what loaded does not load any more");
                }
                let touched = files.iter().any(|(name, bytes)| found.get(name) != Some(bytes));
                if touched {
                    for (name, bytes) in &files {
                        let copy = found.get(&format!("damaged-1/{name}"));
                        assert_eq!(copy, Some(bytes), "{what}: the copy of {name}");
                    }
                }
                // The next repair gets over it.
                let again = Fake::holding(found);
                repair(&again).unwrap_or_else(|error| panic!("{what}: {error}"));
                assert_eq!(loaded(&history, &again.files()), after, "{what}: repaired again");
                assert!(repair(&again).unwrap().is_none(), "{what}: nothing more to do");
            }
        }
    }
    frames
}

#[test]
fn a_repair_on_a_full_disk_changes_nothing_that_counts_and_says_why() {
    assert!(*FULL_DISKS > 100, "{} full disks", *FULL_DISKS);
}

fn without_room() -> usize {
    let mut disks = 0;
    for (history, files) in broken() {
        let before = loaded(&history, &files);
        let whole = Fake::holding(&files);
        if repair(&whole).is_err() {
            continue;
        }
        let after = loaded(&history, &whole.files());
        let mut room = 0;
        loop {
            let fake = Fake::holding(&files);
            fake.world().room = Some(room);
            let Err(error) = repair(&fake) else { break };
            let text = error.to_string();
            assert!(text.contains("the disk is full: free some space on it"), "{text}");
            let left = fake.files();
            nothing_is_left_behind(&files, &left, &text);
            let now = loaded(&history, &left);
            assert!(now == before, "with {room} bytes: {before:?}, then {now:?}");
            fake.world().room = None;
            repair(&fake).unwrap();
            assert_eq!(loaded(&history, &fake.files()), after, "with {room} bytes, then more");
            room += 13;
            disks += 1;
        }
    }
    disks
}

/// A repair that failed leaves the folder as it was. Where it had begun to change it, it names the
/// copy.
fn nothing_is_left_behind(before: &Files, left: &Files, error: &str) {
    let mut left = left.clone();
    left.remove("lock");
    if error.contains("as they were are in data/damaged-1") {
        for (name, bytes) in before {
            assert_eq!(left.get(&format!("damaged-1/{name}")), Some(bytes), "{name}: {error}");
        }
    } else {
        assert_eq!(left, *before, "{error}");
    }
}

#[test]
fn a_repair_on_a_disk_that_fails_changes_nothing_that_counts() {
    for (history, files) in broken() {
        let before = loaded(&history, &files);
        for after in 0..20 {
            let fake = Fake::holding(&files);
            fake.world().syncs_before_failure = Some(after);
            let repaired = repair(&fake);
            let now = loaded(&history, &fake.files());
            if let Err(error) = repaired {
                nothing_is_left_behind(&files, &fake.files(), &error.to_string());
                assert!(now == before, "sync {after}: {before:?}, then {now:?}");
            } else {
                assert!(
                    holds(now.as_ref(), before.as_ref()),
                    "sync {after}: {before:?}, then {now:?}"
                );
            }
        }
    }
}

#[test]
fn the_only_snapshot_stays_where_it_is_until_another_has_its_own_name() {
    let history = History::all().remove(1);
    let mut files = history.files.clone();
    files.retain(|name, _| name == "snapshot-3.mbs");
    let fake = Fake::holding(&files);
    fake.world().film = Some(Vec::new());
    let repaired = repair(&fake).unwrap().unwrap();
    assert_eq!(repaired.snapshot.to_str(), Some("data/snapshot-4.mbs"));
    let film = fake.world().film.take().unwrap();
    let sound = &files["snapshot-3.mbs"];
    let is_kept = |now: &Files| {
        now.get("snapshot-3.mbs").is_none_or(|now| now == sound)
            && (now.contains_key("snapshot-3.mbs") || now.contains_key("snapshot-4.mbs"))
    };
    assert!(film.iter().all(|(kill, cut)| is_kept(kill) && is_kept(cut)));
}

#[test]
fn a_folder_that_cannot_be_written_is_inspected_and_not_repaired() {
    let history = History::all().remove(1);
    let (newest, _) = history.newest();
    let files = changed(&history.files, &newest, |bytes| bytes[35] ^= 1);
    let fake = Fake::holding(&files);
    fake.world().read_only = true;
    assert!(!inspect::<Toy>(&fake).unwrap().is_good());
    let error = repair(&fake).unwrap_err();
    insta::assert_snapshot!(error, @"cannot lock data: read-only filesystem or storage medium; the disk is mounted read-only: make it writable");
    let error = Keeper::open(&fake.disk()).err().unwrap();
    insta::assert_snapshot!(error, @"cannot lock data: read-only filesystem or storage medium; the disk is mounted read-only: make it writable");
    assert_eq!(fake.files(), files);
}

#[test]
fn a_folder_in_use_is_neither_inspected_nor_repaired_and_one_under_inspection_is_not_opened() {
    let fake = Fake::default();
    let keeper = Keeper::open(&fake.disk()).unwrap();
    let refused = inspect::<Toy>(&fake).unwrap_err();
    assert!(matches!(refused, OpenError::Locked { .. }), "{refused}");
    let refused = repair(&fake).unwrap_err();
    assert!(matches!(refused, RepairError::Open(OpenError::Locked { .. })), "{refused}");
    keeper.close();
    let watch = fake.disk().watch().unwrap();
    let refused = Keeper::open(&fake.disk()).err().unwrap();
    assert!(matches!(refused, OpenError::Locked { .. }), "{refused}");
    assert!(inspect::<Toy>(&fake).unwrap().is_good(), "two may look");
    drop(watch);
    assert!(repair(&fake).unwrap().is_none());
}

#[test]
fn a_newer_file_is_never_repaired_away() {
    let history = History::all().remove(1);
    for name in ["snapshot-3.mbs", "journal-3.mbj", "journal-4.mbj"] {
        let files = changed(&history.files, name, |bytes| make_newer(bytes, true));
        let fake = Fake::holding(&files);
        let error = repair(&fake).unwrap_err();
        assert!(matches!(error, RepairError::Hopeless(Some(OpenError::Newer { .. }))), "{error}");
        assert_eq!(fake.files(), files);
    }
}
