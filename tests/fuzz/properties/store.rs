//! Journals and snapshots: they are refused with file and offset and left as they are, or they
//! yield what an independent reader finds in them, which then comes back from a snapshot.
//!
//! Each input is looked at as it is, and with its checksums put right, so that also what they
//! guard is reached.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use mockingbird::practice::{Team, TeamId};
use mockingbird::store::{FORMAT, Notice, OpenError, Opened, Options, Report, Store};

use super::memory::Memory;
use super::seal;

const JOURNAL: &str = "journal-1.mbj";
const SNAPSHOT: &str = "snapshot-1.mbs";

/// The teams of a folder, each with the number of its last record.
pub(super) type Teams = BTreeMap<TeamId, (u64, Team)>;

pub(super) fn journal_holds(bytes: &[u8]) {
    one_journal_holds(bytes);
    one_journal_holds(&seal::journal(bytes));
}

pub(super) fn snapshot_holds(bytes: &[u8]) {
    one_snapshot_holds(bytes);
    if let Some(sealed) = seal::snapshot(bytes) {
        one_snapshot_holds(&sealed);
    }
}

fn one_journal_holds(bytes: &[u8]) {
    let folder = Memory::holding(JOURNAL, bytes);
    let before = folder.files();
    match read(&folder) {
        Ok((teams, report)) => {
            let sound = seal::sound(bytes);
            assert_eq!(report.replayed, sound.records, "what is sound counts, and nothing else");
            assert!(!sound.confirmed, "a record behind the torn tail had been confirmed");
            let end = usize::try_from(sound.end).expect("within the file");
            let (whole, torn) = bytes.split_at(end);
            let torn_off = report.notices.iter().any(|notice| {
                matches!(notice, Notice::TornTail { offset, bytes, .. }
                    if *offset == sound.end && usize::try_from(*bytes) == Ok(torn.len()))
            });
            assert_eq!(torn_off, !torn.is_empty() && sound.header, "{:?}", report.notices);
            let files = folder.files();
            if sound.header {
                assert_eq!(files.get(JOURNAL).map(Vec::as_slice), Some(whole));
            }
            if torn_off {
                let kept = files.get(&format!("journal-1.torn-{end}"));
                assert_eq!(kept.map(Vec::as_slice), Some(torn), "what is torn off is kept");
                let prefix = read(&Memory::holding(JOURNAL, whole)).expect("its sound part loads");
                assert!(prefix.0 == teams, "it is a prefix");
            }
            comes_back(&folder, &teams);
        }
        Err(error) => {
            is_refused_with_its_place(&error, JOURNAL, bytes.len());
            assert!(folder.files() == before, "what is refused is left alone");
            if let OpenError::Damaged { offset, .. } = &error
                && let Some(sound) = usize::try_from(*offset).ok().and_then(|at| bytes.get(..at))
                && sound.len() >= seal::HEADER
            {
                let (_, report) = read(&Memory::holding(JOURNAL, sound)).expect("a sound prefix");
                assert_eq!(report.notices, [], "all before the damage is sound");
            }
        }
    }
}

fn one_snapshot_holds(bytes: &[u8]) {
    let folder = Memory::holding(SNAPSHOT, bytes);
    let before = folder.files();
    match read(&folder) {
        Ok((teams, report)) => {
            assert_eq!((report.owners, report.replayed), (teams.len(), 0));
            assert!(matches!(report.notices.as_slice(), [Notice::NoJournals { .. }]));
            comes_back(&folder, &teams);
        }
        Err(error) => {
            is_refused_with_its_place(&error, SNAPSHOT, bytes.len());
            assert!(folder.files() == before, "what is refused is left alone");
        }
    }
}

fn is_refused_with_its_place(error: &OpenError, name: &str, length: usize) {
    let told = error.to_string();
    assert!(told.contains(name), "{told}");
    match error {
        OpenError::Damaged { offset, what, .. } => {
            assert!(usize::try_from(*offset).is_ok_and(|at| at <= length), "{told}");
            assert!(!what.is_empty(), "{told}");
        }
        OpenError::Newer { found, .. } => assert!(*found > FORMAT, "{told}"),
        OpenError::NoWayBack { what, .. } => assert!(!what.is_empty(), "{told}"),
        OpenError::Locked { .. } | OpenError::Io { .. } | OpenError::Missing { .. } => {
            panic!("{name}: {told}")
        }
    }
}

/// What was read is read again, from the same folder and from a snapshot of it.
fn comes_back(folder: &Memory, teams: &Teams) {
    let opened = open(folder).unwrap_or_else(|error| panic!("it opened before: {error}"));
    assert!(opened.owners == *teams, "the second reading differs");
    let mut writer = opened.store.begin_snapshot(Timestamp::UNIX_EPOCH).expect("a snapshot");
    for (id, (seq, team)) in &opened.owners {
        writer.add(*id, *seq, team).expect("a team is written");
    }
    writer.finish().expect("a snapshot");
    assert_eq!(opened.store.close(Duration::from_mins(1)), 0);
    let (again, report) = read(folder).unwrap_or_else(|error| panic!("its snapshot: {error}"));
    assert!(again == *teams, "a snapshot does not come back as it was");
    assert_eq!(report.replayed, 0);
}

fn open(folder: &Memory) -> Result<Opened<Team, ()>, OpenError> {
    Store::open(folder.disk(), Options::default())
}

/// Opens and closes.
pub(super) fn read(folder: &Memory) -> Result<(Teams, Report), OpenError> {
    let opened = open(folder)?;
    assert_eq!(opened.store.close(Duration::from_mins(1)), 0);
    Ok((opened.owners, opened.report))
}
