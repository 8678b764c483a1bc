//! What can be kept of a folder that is not as it was written, and what is lost then, as far as it
//! can be told. It reads, changes nothing, and finds no words for it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use super::Kept;
use super::error::OpenError;
use super::format::Kind;
use super::recover::{Files, Gathered, Numbers, Recovery};
use super::report::Report;
use super::salvage::salvage;
use super::survey::Survey;

/// What a repair keeps and what it must give up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue<O> {
    /// What is kept: the snapshot, and how many records and owners.
    pub kept: Report,
    /// What is not.
    pub lost: Lost<O>,
}

/// What cannot be kept, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost<O> {
    /// The first and the last record of each owner that a sound record shows to have been.
    pub records: BTreeMap<O, (u64, u64)>,
    /// Where nothing can be told any more: file, first byte, how many bytes in all.
    pub unreadable: Vec<(PathBuf, u64, u64)>,
    /// What is not there, so that nobody can tell what was in it.
    pub unknown: Vec<Unknown>,
    /// By the dates of the files it was not written before this,
    pub since: Option<Timestamp>,
    /// and not after this.
    pub until: Option<Timestamp>,
}

/// Something of which only its absence can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// Journals are gone, from the first to the last of these.
    Gone(PathBuf, PathBuf),
    /// A journal ends before its first record would begin.
    Empty(PathBuf),
    /// The beginning of a journal is damaged. It said how much of the journal before it counted.
    Beginning(PathBuf),
    /// No snapshot is sound, and this is the first journal.
    Before(PathBuf),
}

impl<O> Lost<O> {
    /// Whether nothing is lost, and nothing can be.
    pub fn is_nothing(&self) -> bool {
        self.records.is_empty() && self.unreadable.is_empty() && self.unknown.is_empty()
    }
}

/// What goes on, and what becomes of the folder.
pub(super) struct Rescued<K: Kept> {
    pub(super) recovery: Recovery<K>,
    /// Whether a start takes the folder as it is.
    pub(super) loads: bool,
    pub(super) rescue: Rescue<K::Owner>,
}

/// What is kept and lost when everything that could be gathered goes on.
///
/// # Errors
/// What is in the way where nothing can be kept, or where it is not for a repair to give it up: a
/// file of a newer format, or one that the disk does not give.
pub(super) fn rescue<K: Kept>(
    files: &Files<'_>,
    names: &[String],
    gathered: Gathered<K>,
    surveys: &mut BTreeMap<u64, Survey<K::Owner>>,
) -> Result<Rescued<K>, Option<OpenError>> {
    let Gathered { mut recovery, stopped } = gathered;
    // What comes behind damage is needed as much as what comes before it.
    let withheld =
        surveys.range_mut(recovery.from..).find_map(|(_, survey)| survey.withheld.take());
    let loads = stopped.is_none();
    if !loads && withheld.is_none() {
        salvage(files, &mut recovery, surveys);
    }
    match (stopped, withheld) {
        (Some(error), _) if !error.may_be_passed_over() => return Err(Some(error)),
        (_, Some(error)) => return Err(Some(error)),
        (Some(error), None) if recovery.owners.is_empty() => return Err(Some(error)),
        (Some(_) | None, None) => {}
    }
    let lost = Losing { files, recovery: &recovery, surveys, first: None, last: None }.lost(names);
    let rescue = Rescue { kept: recovery.report.clone(), lost };
    Ok(Rescued { recovery, loads, rescue })
}

/// Reckons what is lost.
struct Losing<'a, K: Kept> {
    files: &'a Files<'a>,
    recovery: &'a Recovery<K>,
    surveys: &'a BTreeMap<u64, Survey<K::Owner>>,
    /// The first and the last journal in which something is lost.
    first: Option<u64>,
    last: Option<u64>,
}

impl<K: Kept> Losing<'_, K> {
    fn lost(mut self, names: &[String]) -> Lost<K::Owner> {
        let mut lost = Lost {
            records: BTreeMap::new(),
            unreadable: Vec::new(),
            unknown: self.gone(&Numbers::of(names)),
            since: None,
            until: None,
        };
        for (number, survey) in self.surveys.range(self.recovery.from..) {
            let file = || self.files.path(&Kind::Journal.name(*number));
            let mut loses = false;
            for (owner, last) in &survey.last {
                let kept = self.recovery.owners.get(owner).map_or(0, |(seq, _)| *seq);
                if *last > kept {
                    loses = true;
                    let range = lost.records.entry(*owner).or_insert((kept + 1, *last));
                    range.1 = range.1.max(*last);
                }
            }
            if let Some((offset, bytes)) = survey.unreadable {
                loses = true;
                lost.unreadable.push((file(), offset, bytes));
            }
            if !survey.has_header {
                loses = true;
                lost.unknown.push(if survey.is_bare {
                    Unknown::Empty(file())
                } else {
                    Unknown::Beginning(file())
                });
            }
            if loses {
                self.first = Some(self.first.map_or(*number, |first| first.min(*number)));
                self.last = self.last.max(Some(*number));
            }
        }
        if !lost.is_nothing() {
            // A journal is begun when the one before it has been written for the last time.
            let begun = self.first.and_then(|first| self.written(first.checked_sub(1)?));
            let snapshot = self.recovery.report.snapshot.as_ref().map(|(_, begun)| *begun);
            lost.since = begun.or(snapshot);
            lost.until = self.last.and_then(|last| self.written(last));
        }
        lost
    }

    /// What should be there by the numbers of all files, and is not.
    fn gone(&mut self, numbers: &Numbers) -> Vec<Unknown> {
        let path = |number| self.files.path(&Kind::Journal.name(number));
        let mut unknown = Vec::new();
        let mut expected = self.recovery.from;
        let snapshot = numbers.snapshots.last().copied().map(|newest| (newest, false));
        let journals = self.surveys.range(expected..);
        let journals = journals.map(|(number, survey)| (*number, survey.begins_anew));
        // Where a journal is, and where the newest snapshot shows that one was.
        let mut shown: Vec<(u64, bool)> = journals.collect();
        let end = shown.last().map_or(expected, |(number, _)| number + 1);
        shown.extend(
            snapshot.filter(|(newest, _)| *newest >= end).map(|(newest, _)| (newest + 1, false)),
        );
        for (number, begins_anew) in shown {
            // A repair leaves one number out.
            if number > expected && !(begins_anew && number == expected + 1) {
                if expected == 1 && self.recovery.report.snapshot.is_none() {
                    unknown.push(Unknown::Before(path(number)));
                } else {
                    unknown.push(Unknown::Gone(path(expected), path(number - 1)));
                }
                self.first = Some(self.first.map_or(expected, |first| first.min(expected)));
                self.last = self.last.max(Some(number));
            }
            expected = number + 1;
        }
        unknown
    }

    fn written(&self, journal: u64) -> Option<Timestamp> {
        self.files.disk.written(&Kind::Journal.name(journal)).ok().flatten()
    }
}
