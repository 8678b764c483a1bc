//! Folders with a known past: every record in order, where it lies, and the state after it. It
//! breaks nothing.

use std::collections::BTreeMap;

use mockingbird::store::Options;

use crate::fake::{Fake, Files};
use crate::toy::{Keeper, Owners, grew, noted, options};

/// How long a header is, in bytes.
pub(crate) const HEADER: usize = 30;

/// A folder and what was done in it.
pub(crate) struct History {
    pub(crate) name: &'static str,
    pub(crate) files: Files,
    /// The state after the first `k` records, by `k`.
    pub(crate) states: Vec<Owners>,
    /// How many records are in each snapshot, by its number.
    pub(crate) snapshots: Vec<(u64, usize)>,
    /// Of each record of a journal that is still there: its number from 0, its journal, where it
    /// begins and ends.
    pub(crate) places: Vec<Place>,
}

/// Where a record lies.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) record: usize,
    pub(crate) journal: u64,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What is done to make a history.
#[derive(Clone, Copy)]
enum Step {
    /// One decision, made durable.
    Keep,
    /// Decisions that share a write.
    Together(usize),
    Snapshot,
    Restart,
}

impl History {
    /// One of each shape that a folder takes.
    pub(crate) fn all() -> Vec<Self> {
        use Step::{Keep, Restart, Snapshot, Together};
        vec![
            Self::of("without a snapshot", 3, &[Keep, Together(3), Restart, Keep, Keep]),
            Self::of(
                "two snapshots, all journals",
                3,
                &[Keep, Keep, Snapshot, Keep, Together(2), Snapshot, Keep, Restart, Keep, Keep],
            ),
            Self::of(
                "one snapshot kept",
                1,
                &[Keep, Keep, Snapshot, Keep, Snapshot, Keep, Restart, Together(3), Keep],
            ),
            Self::of(
                "stopped after a snapshot",
                2,
                &[Keep, Snapshot, Keep, Restart, Keep, Snapshot, Keep, Snapshot],
            ),
        ]
    }

    fn of(name: &'static str, keep: usize, steps: &[Step]) -> Self {
        let options = Options { keep, ..options() };
        let fake = Fake::default();
        let mut keeper = Keeper::with(&fake.disk(), options).unwrap();
        let mut states = vec![keeper.owners.clone()];
        let mut snapshots = Vec::new();
        let mut newest = 1;
        let mut places = Vec::new();
        for step in steps {
            let before = newest_end(&fake, newest);
            match *step {
                Step::Keep => {
                    let (owner, change) = content(states.len());
                    keeper.keep(owner, &[change, noted("kept")]);
                    states.push(keeper.owners.clone());
                }
                Step::Together(count) => {
                    // The writer holds the first, so that the others come in one write.
                    fake.hold_syncs();
                    for number in 0..=count {
                        let (owner, change) = content(states.len());
                        keeper.decide(owner, &[change]).unwrap();
                        states.push(keeper.owners.clone());
                        if number == 0 {
                            fake.wait_for_held_sync();
                        }
                    }
                    fake.release_syncs();
                    keeper.confirmed(count + 1);
                }
                Step::Snapshot => {
                    keeper.snapshot().unwrap();
                    newest += 1;
                    snapshots.push((newest, states.len() - 1));
                    continue;
                }
                Step::Restart => {
                    keeper.close();
                    keeper = Keeper::with(&fake.disk(), options).unwrap();
                    newest += 1;
                    continue;
                }
            }
            let files = fake.files();
            let bytes = &files[&journal(newest)];
            let mut start = before;
            while start < bytes.len() {
                let end = record_end(bytes, start);
                places.push(Place { record: places.len(), journal: newest, start, end });
                start = end;
            }
        }
        keeper.close();
        let mut files = fake.files();
        files.remove("lock");
        assert_eq!(places.len() + 1, states.len(), "{name}");
        places.retain(|place| files.contains_key(&journal(place.journal)));
        snapshots.retain(|(number, _)| files.contains_key(&snapshot(*number)));
        Self { name, files, states, snapshots, places }
    }

    /// How many records there are in all.
    pub(crate) fn records(&self) -> usize {
        self.states.len() - 1
    }

    /// How many records a start that makes the most of sound bytes must find in these files,
    /// reckoned from what is the same as it was. It knows nothing of checksums.
    pub(crate) fn sound(&self, files: &Files) -> usize {
        let same = |name: &str| files.get(name) == self.files.get(name);
        let base = self.snapshots.iter().rev().find(|(number, _)| same(&snapshot(*number)));
        let (from, mut sound) = base.copied().unwrap_or((1, 0));
        let mut journal_now = from;
        let mut at = HEADER;
        for place in self.places.iter().filter(|place| place.journal >= from) {
            while journal_now <= place.journal {
                // A journal counts if all before it are whole, and its own header is.
                let (now, was) = (files.get(&journal(journal_now)), &self.files);
                let (Some(now), Some(was)) = (now, was.get(&journal(journal_now))) else {
                    return sound;
                };
                if now.get(..HEADER) != was.get(..HEADER) {
                    return sound;
                }
                journal_now += 1;
                at = HEADER;
            }
            let name = journal(place.journal);
            assert_eq!(at, place.start, "{}: records follow each other", self.name);
            if files[&name].get(..place.end) != self.files[&name].get(..place.end) {
                return sound;
            }
            at = place.end;
            sound = sound.max(place.record + 1);
        }
        sound
    }

    /// How many records of each owner a repair must keep of these files: those in the newest
    /// snapshot that is as it was, and each that lies where it lay and follows without a gap,
    /// whatever lies between them. It knows nothing of checksums.
    pub(crate) fn sound_by_owner(&self, files: &Files) -> BTreeMap<u64, u64> {
        let same = |name: &str| files.get(name) == self.files.get(name);
        let base = self.snapshots.iter().rev().find(|(number, _)| same(&snapshot(*number)));
        let (from, base) = base.copied().unwrap_or((1, 0));
        let mut counted = BTreeMap::<u64, u64>::new();
        let mut sound = BTreeMap::<u64, u64>::new();
        for record in 0..self.records() {
            let owner = content(record + 1).0;
            let number = counted.entry(owner).or_default();
            *number += 1;
            let place = self.places.iter().find(|place| place.record == record);
            let lies = place.filter(|place| place.journal >= from).is_some_and(|place| {
                let (now, was) = (files.get(&journal(place.journal)), &self.files);
                let was = &was[&journal(place.journal)];
                let same = |now: &Vec<u8>, from, to| now.get(from..to) == was.get(from..to);
                // The format must be told, the rest of the header need not.
                now.is_some_and(|now| same(now, 8, 10) && same(now, place.start, place.end))
            });
            let reached = sound.get(&owner).copied().unwrap_or(0);
            if record < base || (lies && *number == reached + 1) {
                sound.insert(owner, *number);
            }
        }
        sound
    }

    /// Whether each owner is as it was after some of its records.
    pub(crate) fn once_was(&self, owners: &Owners) -> bool {
        let was = |owner, kept| self.states.iter().any(|state| state.get(owner) == Some(kept));
        owners.iter().all(|(owner, kept)| was(owner, kept))
    }

    /// Whether there is a file of a newer version that is needed: it is not older than the newest
    /// snapshot that is as it was.
    pub(crate) fn holds_newer(&self, files: &Files) -> bool {
        let same = |name: &str| files.get(name) == self.files.get(name);
        let base = self.snapshots.iter().rev().find(|(number, _)| same(&snapshot(*number)));
        let base = base.map_or(0, |(number, _)| *number);
        files.iter().any(|(name, bytes)| {
            let needed = number(name, "journal-", ".mbj").is_some_and(|number| number >= base)
                || number(name, "snapshot-", ".mbs").is_some_and(|number| number > base);
            needed
                && bytes.len() >= HEADER
                && bytes[8..10] == 99_u16.to_le_bytes()
                && bytes[HEADER - 4..HEADER] == crc32fast::hash(&bytes[..HEADER - 4]).to_le_bytes()
        })
    }

    /// The newest journal's name and where its records begin and end.
    pub(crate) fn newest(&self) -> (String, Vec<usize>) {
        let numbers = self.files.keys().filter_map(|name| number(name, "journal-", ".mbj"));
        let newest = numbers.max().unwrap();
        let mut edges = vec![HEADER];
        edges.extend(self.places.iter().filter(|p| p.journal == newest).map(|place| place.end));
        (journal(newest), edges)
    }
}

pub(crate) fn journal(number: u64) -> String {
    format!("journal-{number}.mbj")
}

pub(crate) fn snapshot(number: u64) -> String {
    format!("snapshot-{number}.mbs")
}

/// The number in a name.
pub(crate) fn number(name: &str, before: &str, after: &str) -> Option<u64> {
    name.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
}

fn newest_end(fake: &Fake, newest: u64) -> usize {
    fake.files()[&journal(newest)].len()
}

/// Where the record that begins at `start` ends, by its length.
fn record_end(bytes: &[u8], start: usize) -> usize {
    let length = u32::from_le_bytes(bytes[start..start + 4].try_into().unwrap());
    start + 12 + usize::try_from(length).unwrap()
}

/// What record `number` holds, so that no two states are the same.
fn content(number: usize) -> (u64, crate::toy::Change) {
    let small = u32::try_from(number).unwrap();
    (u64::from(small % 3), if small % 2 == 0 { grew(7, small) } else { noted("a note") })
}
