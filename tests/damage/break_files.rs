//! Damage to whole files: missing, empty, exchanged, of another version, and not ours at all. It
//! judges nothing.

use crate::break_bytes::{case, changed};
use crate::fake::Files;
use crate::history::{HEADER, History, journal, number, snapshot};
use crate::judge::{Case, Judge};

/// Every way that there is, for each file or pair of files.
pub(crate) fn all(history: &History, judge: &mut Judge) {
    let names: Vec<&String> = history.files.keys().collect();
    for name in &names {
        let mut files = history.files.clone();
        files.remove(*name);
        // Whoever finds a gap names the file before or behind it.
        let known = case(history, &files, format!("{name} missing"));
        judge.judge(history, &files, &known);

        let files = changed(&history.files, name, Vec::clear);
        judge.judge(history, &files, &case(history, &files, format!("{name} empty")));

        let files = changed(&history.files, name, |bytes| bytes.fill(0));
        judge.judge(history, &files, &case(history, &files, format!("{name} all zero")));

        for sum_fits in [false, true] {
            let files = changed(&history.files, name, |bytes| make_newer(bytes, sum_fits));
            let what = format!("{name} of format 99, its checksum fits: {sum_fits}");
            judge.judge(history, &files, &Case { newer: true, ..case(history, &files, what) });
        }
    }
    for (index, one) in names.iter().enumerate() {
        for other in &names[index + 1..] {
            let mut files = history.files.clone();
            files.insert((*one).clone(), history.files[*other].clone());
            files.insert((*other).clone(), history.files[*one].clone());
            judge.judge(
                history,
                &files,
                &case(history, &files, format!("{one} and {other} swapped")),
            );

            let mut files = history.files.clone();
            files.insert((*one).clone(), history.files[*other].clone());
            judge.judge(
                history,
                &files,
                &case(history, &files, format!("{other} copied over {one}")),
            );

            let mut files = history.files.clone();
            files.remove(*one);
            files.remove(*other);
            judge.judge(history, &files, &case(history, &files, format!("{one}, {other} missing")));
        }
    }
    newer_beside_damage(history, judge);
    only_some_kinds(history, judge);
    cut_off(history, judge);
    foreign(history, judge);
}

/// One file is of a newer version, and another is broken, empty or gone.
fn newer_beside_damage(history: &History, judge: &mut Judge) {
    for newer in history.files.keys() {
        for other in history.files.keys().filter(|other| *other != newer) {
            for broken in ["broken", "empty", "missing"] {
                let mut files = changed(&history.files, newer, |bytes| make_newer(bytes, true));
                match broken {
                    "broken" => files = changed(&files, other, |b| *b.last_mut().unwrap() ^= 1),
                    "empty" => files = changed(&files, other, Vec::clear),
                    _ => drop(files.remove(other)),
                }
                let what = format!("{newer} of format 99, {other} {broken}");
                judge.judge(history, &files, &Case { newer: true, ..case(history, &files, what) });
            }
        }
    }
}

/// All snapshots or all journals are gone.
fn only_some_kinds(history: &History, judge: &mut Judge) {
    for gone in ["snapshot-", "journal-"] {
        let mut files = history.files.clone();
        files.retain(|name, _| !name.starts_with(gone));
        if !files.is_empty() {
            let known = case(history, &files, format!("no {gone} left"));
            judge.judge(history, &files, &known);
        }
    }
}

/// A snapshot is broken, and every journal from some number on is gone.
fn cut_off(history: &History, judge: &mut Judge) {
    for (name, bytes) in &history.files {
        for first in 1..=9 {
            let mut files = changed(&history.files, name, |broken| broken[bytes.len() / 2] ^= 1);
            files.retain(|name, _| number(name, "journal-", ".mbj").is_none_or(|at| at < first));
            let what = format!("{name} broken, no journal from {first} on");
            judge.judge(history, &files, &case(history, &files, what));
        }
    }
}

/// Files that the bot did not make, under names of its own and others.
fn foreign(history: &History, judge: &mut Judge) {
    let with = |name: &str, bytes: &[u8]| -> Files {
        let mut files = history.files.clone();
        files.insert(name.to_owned(), bytes.to_vec());
        files
    };
    let newest = |before, after| {
        history.files.keys().filter_map(|name| number(name, before, after)).max().unwrap_or(0)
    };
    let next = newest("journal-", ".mbj").max(newest("snapshot-", ".mbs")) + 1;
    let sample = &history.files[&history.newest().0];
    let contents: [&[u8]; 4] = [b"", b"a photo of somebody's cat, by accident", &[0; 4096], sample];
    let names = [
        journal(0),
        journal(next),
        journal(next + 5),
        journal(u64::MAX),
        snapshot(0),
        snapshot(next),
        snapshot(next + 5),
        snapshot(u64::MAX),
        format!("snapshot-{next}.tmp"),
        "journal-of-a-journey.tmp".to_owned(),
        "snapshot-of-the-beach.mbs".to_owned(),
        "notes.txt".to_owned(),
        "damaged-1".to_owned(),
        "damaged-7.tmp".to_owned(),
        format!("snapshot-{next}.mbs.damaged"),
        "journal-1.torn-30".to_owned(),
        "journal-1.torn-30.tmp".to_owned(),
    ];
    for name in &names {
        for bytes in contents {
            let files = with(name, bytes);
            let what = format!("{} foreign bytes as {name}", bytes.len());
            judge.judge(history, &files, &case(history, &files, what));
        }
    }
}

/// Makes a file say that it is of format 99; the checksum of its header fits or does not.
pub(crate) fn make_newer(bytes: &mut [u8], sum_fits: bool) {
    bytes[8..10].copy_from_slice(&99_u16.to_le_bytes());
    if sum_fits {
        let sum = crc32fast::hash(&bytes[..HEADER - 4]).to_le_bytes();
        bytes[HEADER - 4..HEADER].copy_from_slice(&sum);
    }
}
