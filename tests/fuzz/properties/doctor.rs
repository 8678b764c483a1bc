//! The doctor: it agrees with a start, looking changes nothing, and after a repair the folder opens
//! with what was promised, with the files as they were in a copy.
//!
//! An input is one file of a folder that is sound otherwise: a snapshot or a journal by its first
//! bytes, the first or the second journal by its number.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mockingbird::practice::Team;
use mockingbird::store::{RepairError, inspect, repair};

use super::memory::{Files, Memory};
use super::store::{Teams, read};

/// A folder with two journals and the snapshot between them.
const SOUND: [(&str, &[u8]); 3] = [
    ("journal-1.mbj", include_bytes!("../../fixtures/store/v1-team/journal-1.mbj")),
    ("journal-2.mbj", include_bytes!("../../fixtures/store/v1-team/journal-2.mbj")),
    ("snapshot-2.mbs", include_bytes!("../../fixtures/store/v1-team/snapshot-2.mbs")),
];

pub(super) fn holds(bytes: &[u8]) {
    let replaced = match (bytes.starts_with(b"MBimage\n"), bytes.get(10)) {
        (true, _) => "snapshot-2.mbs",
        (false, Some(1)) => "journal-1.mbj",
        (false, _) => "journal-2.mbj",
    };
    let mut files: Files =
        SOUND.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    files.insert(replaced.to_owned(), bytes.to_vec());

    let folder = Memory::of(files.clone());
    let found = inspect::<Team>(folder.disk().as_ref()).expect("nobody uses the folder");
    assert!(folder.files() == files, "looking changes something");
    let started = read(&Memory::of(files.clone()));
    match (&found.start, &started) {
        (Ok(told), Ok((_, report))) => assert_eq!(told, report),
        (Err(told), Err(error)) => assert_eq!(told.to_string(), error.to_string()),
        (told, _) => panic!("it tells {told:?} of a folder of which a start says otherwise"),
    }
    let loses = found.rescue.as_ref().is_ok_and(|rescue| !rescue.lost.is_nothing());
    assert!(!(found.is_good() && loses), "something of what is good is lost");
    let teams = started.ok().map(|(teams, _)| teams);
    is_repaired(&folder, &files, found.is_good(), teams.as_ref());
}

fn is_repaired(folder: &Memory, before: &Files, good: bool, teams: Option<&Teams>) {
    match repair::<Team>(folder.disk().as_ref(), Timestamp::UNIX_EPOCH) {
        Ok(None) => {
            assert!(good, "what is not good is left so");
            assert!(folder.files() == *before, "there was nothing to be repaired");
        }
        Ok(Some(repaired)) => {
            assert!(!good, "what is good is repaired");
            let after = folder.files();
            for (name, bytes) in before {
                let copy = after.get(&format!("damaged-1/{name}"));
                assert!(copy == Some(bytes), "no copy of {name}");
            }
            let again = inspect::<Team>(folder.disk().as_ref()).expect("nobody uses the folder");
            assert!(again.is_good(), "not mended: {:?}", again.files);
            let (kept, report) = read(folder).expect("a repaired folder opens");
            assert_eq!(report.notices, []);
            assert_eq!(kept.len(), repaired.rescue.kept.owners, "another state than was promised");
            if let Some(teams) = teams {
                assert!(kept == *teams, "a start kept another state");
            }
            reaches_as_far_as_was_promised(&kept, &repaired.rescue.lost.records);
        }
        Err(RepairError::Hopeless(_)) => {
            assert!(folder.files() == *before, "what cannot be repaired is left alone");
        }
        Err(error) => panic!("{error}"),
    }
}

/// No team has a record that is told to be lost.
fn reaches_as_far_as_was_promised<O: Ord>(
    kept: &BTreeMap<O, (u64, Team)>,
    lost: &BTreeMap<O, (u64, u64)>,
) {
    for (owner, (first, last)) in lost {
        assert!(first <= last, "from {first} to {last}");
        assert!(kept.get(owner).is_none_or(|(seq, _)| seq < first), "it is there, and told lost");
    }
}
