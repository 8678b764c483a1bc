//! Files that are not as they were written: nothing of it is accepted in silence.

use mockingbird::store::{FORMAT, Notice, OpenError};

use crate::fake::{Fake, Files};
use crate::toy::{Keeper, Owners, grew, noted};

/// A small folder with two snapshots and four journals, and the state in it.
fn folder() -> (Files, Owners) {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    for _ in 0..2 {
        keeper.keep(1, &[grew(7, 1), noted("a note")]);
        keeper.keep(2, &[grew(8, 1)]);
        keeper.snapshot().unwrap();
    }
    keeper.keep(1, &[grew(7, 1)]);
    keeper.close();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(2, &[noted("the last but one")]);
    keeper.keep(1, &[noted("the last")]);
    let kept = keeper.close();
    (fake.files(), kept)
}

fn open(files: &Files) -> Result<(Owners, Vec<Notice>), OpenError> {
    let keeper = Keeper::open(&Fake::holding(files).disk())?;
    let notices = keeper.report.notices.clone();
    Ok((keeper.close(), notices))
}

/// The state is the same, or somebody is told.
fn assert_not_silent(files: &Files, kept: &Owners, case: &str) {
    if let Ok((found, notices)) = open(files) {
        assert!(found == *kept || !notices.is_empty(), "{case} was accepted in silence");
    }
}

#[test]
fn a_flipped_bit_anywhere_changes_nothing_or_is_reported() {
    let (files, kept) = folder();
    assert_eq!(open(&files).unwrap(), (kept.clone(), vec![]), "undamaged");
    for (name, bytes) in &files {
        for bit in 0..bytes.len() * 8 {
            let mut files = files.clone();
            files.get_mut(name).unwrap()[bit / 8] ^= 1 << (bit % 8);
            assert_not_silent(&files, &kept, &format!("bit {bit} of {name}"));
        }
    }
}

#[test]
fn a_file_cut_anywhere_changes_nothing_or_is_reported() {
    let (files, kept) = folder();
    let ends = record_ends(&files["journal-4.mbj"]);
    for (name, bytes) in &files {
        for length in 0..bytes.len() {
            // Whole records may be missing from the last journal: it looks as it did before they
            // were written.
            if name == "journal-4.mbj" && ends.contains(&length) {
                continue;
            }
            let mut files = files.clone();
            files.get_mut(name).unwrap().truncate(length);
            assert_not_silent(&files, &kept, &format!("{name} cut at {length}"));
        }
    }
}

#[test]
fn a_missing_file_changes_nothing_or_is_reported() {
    let (files, kept) = folder();
    for name in files.keys().filter(|name| *name != "journal-4.mbj") {
        let mut files = files.clone();
        files.remove(name);
        assert_not_silent(&files, &kept, &format!("the loss of {name}"));
    }
}

#[test]
fn files_that_changed_places_are_noticed() {
    let (files, kept) = folder();
    for (one, other) in [
        ("journal-3.mbj", "journal-4.mbj"),
        ("snapshot-2.mbs", "snapshot-3.mbs"),
        ("snapshot-3.mbs", "journal-3.mbj"),
    ] {
        let mut swapped = files.clone();
        swapped.insert(one.to_owned(), files[other].clone());
        swapped.insert(other.to_owned(), files[one].clone());
        assert_not_silent(&swapped, &kept, &format!("{one} in place of {other}"));
    }
}

/// Where the records of a journal end, by their lengths.
fn record_ends(journal: &[u8]) -> Vec<usize> {
    let mut ends = vec![30];
    while let Some(bytes) = journal[*ends.last().unwrap()..].first_chunk() {
        let length = usize::try_from(u32::from_le_bytes(*bytes)).unwrap();
        ends.push(ends.last().unwrap() + 12 + length);
    }
    ends
}

#[test]
fn a_tail_torn_at_any_byte_of_the_last_record_costs_that_record_only() {
    let (files, kept) = folder();
    let mut before = kept.clone();
    before.get_mut(&1).unwrap().0 -= 1;
    before.get_mut(&1).unwrap().1.notes.pop();

    let name = "journal-4.mbj";
    let ends = record_ends(&files[name]);
    let [.., start, end] = ends[..] else { panic!("no record") };
    assert_eq!(end, files[name].len());
    for length in start + 1..end {
        let mut torn = files.clone();
        torn.get_mut(name).unwrap().truncate(length);
        let fake = Fake::holding(&torn);
        let keeper = Keeper::open(&fake.disk()).unwrap();
        assert_eq!(keeper.owners, before, "cut at {length}");
        let aside = format!("journal-4.torn-{start}");
        let notice = Notice::TornTail {
            file: format!("data/{name}").into(),
            offset: u64::try_from(start).unwrap(),
            bytes: u64::try_from(length - start).unwrap(),
            kept_as: format!("data/{aside}").into(),
        };
        assert_eq!(keeper.report.notices, [notice]);
        assert_eq!(fake.files()[&aside], files[name][start..length]);

        // The next time all is well, and what was done since is there.
        let mut keeper = keeper;
        keeper.keep(1, &[grew(1, 1)]);
        let kept = keeper.close();
        let keeper = Keeper::open(&fake.disk()).unwrap();
        assert_eq!((keeper.owners, keeper.report.notices), (kept, vec![]));
    }
}

#[test]
fn a_torn_write_of_many_records_is_cut_where_it_tears_though_its_end_arrived() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    let start = fake.files()["journal-1.mbj"].len();
    fake.hold_syncs();
    keeper.decide(1, &[grew(1, 1)]).unwrap();
    fake.wait_for_held_sync();
    for _ in 0..3 {
        keeper.decide(1, &[grew(1, 1)]).unwrap();
    }
    fake.release_syncs();
    keeper.confirmed(4);
    keeper.close();
    let mut files = fake.files();
    let journal = files.get_mut("journal-1.mbj").unwrap();
    let ends = record_ends(journal);
    assert_eq!(ends.len(), 6, "the header, one record, one more, and three in a write");
    assert_eq!(ends[1], start);

    // The first of the three is damaged, and the two behind it are sound.
    journal[ends[2] + 13] ^= 1;
    let (owners, notices) = open(&files).unwrap();
    assert_eq!(owners[&1].0, 2);
    assert!(matches!(notices[..], [Notice::TornTail { .. }]), "{notices:?}");

    // Had one of an earlier write been damaged, something confirmed would be lost.
    let mut files = fake.files();
    files.get_mut("journal-1.mbj").unwrap()[ends[1] + 13] ^= 1;
    let error = open(&files).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

#[test]
fn damage_in_the_middle_names_file_and_place_and_a_way_out_and_touches_nothing() {
    let (mut files, _) = folder();
    let start = record_ends(&files["journal-3.mbj"])[0];
    files.get_mut("journal-3.mbj").unwrap()[start + 14] ^= 1;
    let fake = Fake::holding(&files);
    let error = Keeper::open(&fake.disk()).err().unwrap();
    insta::assert_snapshot!(error, @"data/journal-3.mbj is damaged at byte 30: the record there is not sound; `mockingbird doctor --data data` says what can be kept, and with `--repair` goes on from there; or restore the data folder from a backup");
    assert_eq!(fake.files(), files);
}

#[test]
fn a_missing_journal_is_named() {
    let (mut files, _) = folder();
    files.remove("journal-3.mbj");
    insta::assert_snapshot!(open(&files).unwrap_err(), @"data/journal-3.mbj is missing, and journal-4.mbj needs it; `mockingbird doctor --data data` says what can be kept, and with `--repair` goes on from there; or restore the data folder from a backup");
}

#[test]
fn a_journal_without_a_header_is_damage_where_a_snapshot_shows_that_it_had_one() {
    let (mut files, _) = folder();
    files.remove("journal-4.mbj");
    for length in [29, 12, 0] {
        files.get_mut("journal-3.mbj").unwrap().truncate(length);
        let fake = Fake::holding(&files);
        let error = Keeper::open(&fake.disk()).err().unwrap().to_string();
        let fault = "data/journal-3.mbj is damaged at byte 0: it ends within its header";
        assert!(error.starts_with(fault), "{error}");
        assert_eq!(fake.files(), files);
    }
}

#[test]
fn journals_that_do_not_begin_with_the_first_miss_a_snapshot() {
    let (mut files, _) = folder();
    files.retain(|name, _| ["journal-3.mbj", "journal-4.mbj"].contains(&name.as_str()));
    let error = open(&files).unwrap_err().to_string();
    let (fault, _) = error.split_once(';').unwrap();
    insta::assert_snapshot!(fault, @"data/snapshot-3.mbs is missing, and journal-3.mbj, for want of journal-1.mbj to journal-2.mbj, needs it");
}

#[test]
fn a_damaged_snapshot_is_replaced_by_an_older_one_and_put_aside() {
    let (mut files, kept) = folder();
    files.get_mut("snapshot-3.mbs").unwrap()[40] ^= 1;
    let fake = Fake::holding(&files);
    let keeper = Keeper::open(&fake.disk()).unwrap();
    assert_eq!(keeper.owners, kept);
    insta::assert_snapshot!(keeper.report.notices[0], @"the snapshot data/snapshot-3.mbs is damaged at byte 30 (the checksum of chunk 1 does not fit) and was put aside as data/snapshot-3.mbs.damaged; an older one and its journals stood in for it, nothing is lost; check the disk");
    assert_eq!(keeper.report.notices.len(), 1);
    assert_eq!(fake.files()["snapshot-3.mbs.damaged"], files["snapshot-3.mbs"]);
    assert!(!fake.files().contains_key("snapshot-3.mbs"));
}

#[test]
fn without_any_sound_snapshot_the_journals_from_the_first_on_are_enough() {
    let (mut files, kept) = folder();
    files.get_mut("snapshot-3.mbs").unwrap().clear();
    files.get_mut("snapshot-2.mbs").unwrap()[5] ^= 1;
    let (owners, notices) = open(&files).unwrap();
    assert_eq!((owners, notices.len()), (kept, 2));
}

#[test]
fn a_damaged_snapshot_that_nothing_can_replace_is_refused_and_left_where_it_is() {
    let (mut files, _) = folder();
    files.retain(|name, _| {
        ["snapshot-3.mbs", "journal-3.mbj", "journal-4.mbj"].contains(&name.as_str())
    });
    files.get_mut("snapshot-3.mbs").unwrap()[40] ^= 1;
    let fake = Fake::holding(&files);
    let error = Keeper::open(&fake.disk()).err().unwrap();
    insta::assert_snapshot!(error, @"data/snapshot-3.mbs is damaged at byte 30 (the checksum of chunk 1 does not fit), and the older files cannot stand in for it: data/journal-1.mbj is missing, and journal-3.mbj needs it; `mockingbird doctor --data data` says what can be kept, and with `--repair` goes on from there; or restore the data folder from a backup");
    assert_eq!(fake.files(), files);
}

#[test]
fn an_older_snapshot_stands_in_only_if_the_journals_reach_the_damaged_one() {
    let (mut files, _) = folder();
    files.get_mut("snapshot-3.mbs").unwrap()[40] ^= 1;
    files.remove("journal-4.mbj");
    files.remove("journal-3.mbj");
    let fake = Fake::holding(&files);
    let error = Keeper::open(&fake.disk()).err().unwrap();
    insta::assert_snapshot!(error, @"data/snapshot-3.mbs is damaged at byte 30 (the checksum of chunk 1 does not fit), and the older files cannot stand in for it: data/journal-3.mbj is missing, and snapshot-3.mbs needs it; `mockingbird doctor --data data` says what can be kept, and with `--repair` goes on from there; or restore the data folder from a backup");
    assert_eq!(fake.files(), files);
}

#[test]
fn a_snapshot_whose_journals_were_taken_away_opens_and_says_so() {
    let (mut files, _) = folder();
    files.retain(|name, _| !name.starts_with("journal-"));
    let fake = Fake::holding(&files);
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    assert!(matches!(keeper.report.notices[..], [Notice::NoJournals { .. }]));
    assert_eq!(keeper.owners[&1].0, 2);
    keeper.keep(1, &[grew(1, 1)]);
    let kept = keeper.close();
    assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
}

/// Gives a file a later format, with a header that is sound.
fn make_newer(bytes: &mut [u8]) {
    bytes[8..10].copy_from_slice(&(FORMAT + 2).to_le_bytes());
    let sum = crc32fast::hash(&bytes[..26]).to_le_bytes();
    bytes[26..30].copy_from_slice(&sum);
}

#[test]
fn a_file_of_a_newer_version_is_refused_with_both_numbers() {
    let (files, _) = folder();
    for name in ["snapshot-3.mbs", "journal-3.mbj", "journal-4.mbj"] {
        let mut files = files.clone();
        make_newer(files.get_mut(name).unwrap());
        let error = open(&files).unwrap_err();
        let text = format!(
            "data/{name} was written by a newer Mockingbird (format 7, this one knows 5); use that \
             version, or restore the data folder as it was before the upgrade; `mockingbird \
             doctor --data data` says what is in it"
        );
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_damaged_format_is_taken_for_damage_and_not_for_a_newer_version() {
    let (files, kept) = folder();
    for bit in 0..16 {
        let flip = |name: &str| {
            let mut files = files.clone();
            files.get_mut(name).unwrap()[8 + bit / 8] ^= 1 << (bit % 8);
            open(&files)
        };
        let (owners, notices) = flip("snapshot-3.mbs").unwrap();
        assert_eq!((owners, notices.len()), (kept.clone(), 1), "bit {bit}");
        let error = flip("journal-3.mbj").unwrap_err();
        assert!(matches!(error, OpenError::Damaged { offset: 0, .. }), "bit {bit}: {error}");
    }
}

#[test]
fn what_a_crash_left_unfinished_is_cleared_away_and_reported() {
    let (mut files, kept) = folder();
    files.insert("journal-5.mbj".to_owned(), files["journal-4.mbj"][..12].to_vec());
    files.insert("snapshot-5.tmp".to_owned(), b"MBimage".to_vec());
    files.insert("journal-4.torn-99.tmp".to_owned(), vec![]);
    let foreign = ["somebody's notes.txt", "journal-of-a-journey.tmp", "snapshot-x.tmp"];
    for name in foreign {
        files.insert(name.to_owned(), b"not ours".to_vec());
    }
    let fake = Fake::holding(&files);
    let keeper = Keeper::open(&fake.disk()).unwrap();
    assert_eq!(keeper.report.notices.len(), 3);
    let [Notice::Leftover { .. }, Notice::Leftover { .. }, headless] = &keeper.report.notices[..]
    else {
        panic!("{:?}", keeper.report.notices)
    };
    insta::assert_snapshot!(headless, @"removed data/journal-5.mbj, which was 12 bytes long and had no whole header: either a crash cut its beginning short, and nothing was in it, or it was damaged later");
    assert_eq!(keeper.close(), kept);
    let names: Vec<_> = fake.files().into_keys().filter(|name| !files.contains_key(name)).collect();
    assert_eq!(names, Vec::<String>::new(), "the unfinished journal's number was used again");
    for name in foreign {
        assert!(fake.files().contains_key(name), "{name}");
    }
    assert!(!fake.files().contains_key("snapshot-5.tmp"));
}

#[test]
fn a_record_missing_at_the_end_of_an_older_journal_is_noticed_though_no_number_tells() {
    let fake = Fake::default();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    keeper.keep(2, &[noted("never heard of again")]);
    keeper.close();
    let mut keeper = Keeper::open(&fake.disk()).unwrap();
    keeper.keep(1, &[grew(1, 1)]);
    keeper.close();
    let mut files = fake.files();
    let journal = files.get_mut("journal-1.mbj").unwrap();
    let ends = record_ends(journal);
    journal.truncate(ends[1]);
    let text = format!("data/journal-1.mbj is damaged at byte {}", ends[1]);
    let error = open(&files).unwrap_err().to_string();
    assert!(error.starts_with(&text), "{error}");
}

#[test]
fn what_follows_a_snapshot_s_trailer_is_damage_even_if_it_unpacks() {
    let (mut files, kept) = folder();
    let more = zstd::encode_all(b"more".as_slice(), 3).unwrap();
    files.get_mut("snapshot-3.mbs").unwrap().extend(more);
    let (owners, notices) = open(&files).unwrap();
    assert_eq!(owners, kept);
    let [Notice::DamagedSnapshot { what, .. }] = &notices[..] else { panic!("{notices:?}") };
    assert_eq!(what, "something follows its trailer");
}
