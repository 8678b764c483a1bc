//! Going on behind damage. Owners share nothing: each keeps every record that follows its image
//! without a gap, whatever is broken between them. Only a repair does this; a start refuses. It
//! does not know what the records mean.

use std::collections::{BTreeMap, BTreeSet};

use super::Kept;
use super::format::Kind;
use super::recover::{Files, Recovery};
use super::survey::{Survey, Walk};

/// Replays what a start did not come to.
pub(super) fn salvage<K: Kept>(
    files: &Files<'_>,
    recovery: &mut Recovery<K>,
    surveys: &BTreeMap<u64, Survey<K::Owner>>,
) {
    let mut seen = BTreeMap::new();
    let mut ended = BTreeSet::new();
    for (number, survey) in surveys.range(recovery.from..) {
        // What cannot be read now was read before, or it would not have come to this; whoever has
        // a record in it ends there.
        let name = Kind::Journal.name(*number);
        let Ok(bytes) = files.read(&name, survey.sealed.unwrap_or(u64::MAX)) else { continue };
        for (_, record) in Walk::of(&bytes, *number) {
            let Ok(((owner, seq), changes)) =
                postcard::take_from_bytes::<(K::Owner, u64)>(record.payload)
            else {
                continue;
            };
            // Where it is not known how much of a journal counted, a record may have come again
            // that was never confirmed; another one in its place means that it did not count.
            let sum = crc32fast::hash(record.payload);
            if *seen.entry((owner, seq)).or_insert(sum) != sum {
                ended.insert(owner);
            }
            let reached = recovery.owners.get(&owner).map(|(reached, _)| *reached);
            if seq <= reached.unwrap_or(0) || ended.contains(&owner) {
                continue;
            }
            let changes = survey.format.and_then(|format| K::changes(format, changes).ok());
            let follows = |changes: &Vec<K::Change>| {
                let begins = reached.is_none() && K::begins(changes);
                begins || seq.checked_sub(1) == Some(reached.unwrap_or(0))
            };
            let Some(changes) = changes.filter(follows) else {
                ended.insert(owner);
                continue;
            };
            let state = recovery.owners.entry(owner).or_insert_with(|| (0, K::found(owner)));
            for change in &changes {
                state.1.apply(change);
            }
            state.0 = seq;
            recovery.report.replayed += 1;
        }
    }
    recovery.report.owners = recovery.owners.len();
}
