//! Damage inside of files: flipped bits, lost ends, ends that are zero. It judges nothing.

use crate::fake::Files;
use crate::history::{HEADER, History};
use crate::judge::{Case, Judge};

/// A small generator of numbers, the same in every run (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap();
        usize::try_from(self.number() % bound).unwrap()
    }
}

/// Every byte of every file, every length, and every tail that a file system may leave.
pub(crate) fn all(history: &History, judge: &mut Judge) {
    let mut chance = Chance(7);
    for (name, bytes) in &history.files {
        for at in 0..bytes.len() {
            let bit = chance.below(8);
            let broken = changed(&history.files, name, |bytes| bytes[at] ^= 1 << bit);
            let what = format!("bit {bit} of byte {at} of {name} flipped");
            judge.judge(history, &broken, &case(history, &broken, what));
        }
        for length in 0..bytes.len() {
            let broken = changed(&history.files, name, |bytes| bytes.truncate(length));
            let what = format!("{name} cut at {length}");
            judge.judge(history, &broken, &case(history, &broken, what));
        }
    }
    let (newest, edges) = history.newest();
    let whole = &history.files[&newest];
    let last = edges.iter().rev().nth(1).copied().unwrap_or(HEADER);
    for at in last..whole.len() {
        let broken = changed(&history.files, &newest, |bytes| bytes[at..].fill(0));
        let what = format!("{newest} zero from {at} on");
        judge.judge(history, &broken, &case(history, &broken, what));
    }
    for (name, tail) in history.files.keys().flat_map(|name| [(name, 0), (name, 4096 - 7)]) {
        for (filler, shown) in [(0, "zero"), (0xff, "ones"), (1, "small numbers")] {
            let more = if tail == 0 { 1 } else { tail };
            let broken =
                changed(&history.files, name, |bytes| bytes.resize(bytes.len() + more, filler));
            let what = format!("{more} bytes of {shown} behind {name}");
            judge.judge(history, &broken, &case(history, &broken, what));
        }
    }
}

/// Many cases of one to three faults at once, anywhere.
pub(crate) fn random(judge: &mut Judge, count: usize) {
    let histories = History::all();
    for seed in 0..count {
        let mut chance = Chance(u64::try_from(seed).unwrap());
        let history = &histories[chance.below(histories.len())];
        let names: Vec<&String> = history.files.keys().collect();
        let mut files = history.files.clone();
        let mut what = format!("seed {seed}");
        for _ in 0..=chance.below(3) {
            let name = names[chance.below(names.len())];
            let Some(bytes) = files.get_mut(name) else { continue };
            let at = chance.below(bytes.len());
            let length = 1 + chance.below(64);
            let end = (at + length).min(bytes.len());
            let done = match chance.below(8) {
                _ if bytes.is_empty() => "left empty".to_owned(),
                0..=2 => {
                    bytes[at] ^= 1 << chance.below(8);
                    format!("a bit of byte {at} flipped")
                }
                3 => {
                    bytes[at..end].fill(0);
                    format!("zero from {at} to {end}")
                }
                4 => {
                    bytes[at..end].fill_with(|| chance.below(256).try_into().unwrap());
                    format!("garbage from {at} to {end}")
                }
                5 => {
                    bytes.truncate(at);
                    format!("cut at {at}")
                }
                6 => {
                    drop(bytes.drain(at..end));
                    format!("{at} to {end} taken out")
                }
                _ => {
                    drop(files.remove(name));
                    "removed".to_owned()
                }
            };
            what = format!("{what}; {name}: {done}");
        }
        judge.judge(history, &files, &case(history, &files, what));
    }
}

/// The files with one of them changed.
pub(crate) fn changed(files: &Files, name: &str, change: impl FnOnce(&mut Vec<u8>)) -> Files {
    let mut files = files.clone();
    change(files.get_mut(name).unwrap());
    files
}

/// What can be said of broken files by comparing them with what they were.
pub(crate) fn case(history: &History, files: &Files, what: String) -> Case {
    let differing = |name: &String| {
        let (was, is) = (&history.files[name], files.get(name));
        let Some(is) = is else { return Some((name.clone(), 0)) };
        let at = was.iter().zip(is).position(|(was, is)| was != is);
        let at = at.or((was.len() != is.len()).then_some(was.len().min(is.len())));
        at.map(|at| (name.clone(), at))
    };
    let places: Vec<_> = history.files.keys().filter_map(differing).collect();
    let looks_earlier = looks_earlier(history, files);
    let place = if let [place] = &places[..] { Some(place.clone()) } else { None };
    Case { what, place, looks_earlier, newer: false }
}

/// Whether there was a moment at which the folder held exactly what it now holds and needs: the
/// newest journal ends between two records, or is not there, and so for those before it. An empty
/// folder looks as it did before the first start.
fn looks_earlier(history: &History, files: &Files) -> bool {
    let sound = history.sound(files);
    let journals = history.files.keys().filter(|name| name.starts_with("journal-"));
    let mut journals: Vec<_> = journals.collect();
    journals.sort_by_key(|name| std::cmp::Reverse((name.len(), (*name).clone())));
    // From the newest on: what is not there had not been begun.
    let newest = journals.iter().find(|name| files.contains_key(**name));
    let Some(newest) = newest else {
        return !files.keys().any(|name| name.starts_with("snapshot-"));
    };
    let number = crate::history::number(newest, "journal-", ".mbj").unwrap();
    let is = &files[*newest];
    let was = &history.files[*newest];
    let edges = history.places.iter().filter(|place| place.journal == number);
    let ends = edges.map(|place| place.end).chain([HEADER]);
    let at_an_edge = ends.into_iter().any(|end| end == is.len());
    // No snapshot that goes with a later journal is there.
    let later = |name: &&String| {
        crate::history::number(name, "snapshot-", ".mbs").is_some_and(|later| later > number)
    };
    let none_later = !files.keys().any(|name| later(&name));
    at_an_edge && was.starts_with(is) && none_later && sound < history.records()
}
