//! Opens, inspects and repairs broken folders, and says whether what comes of it is right. It does
//! not know how they were broken.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;

use jiff::Timestamp;
use mockingbird::store::{self, Inspection, Notice, OpenError, RepairError, Repaired, inspect};

use crate::fake::{Fake, Files};
use crate::history::History;
use crate::toy::{Keeper, Owners, Toy};

/// What came of all cases.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) broken: usize,
    pub(crate) found: usize,
    pub(crate) found_by_doctor: usize,
    pub(crate) harmless: usize,
    pub(crate) earlier: usize,
    pub(crate) silent: usize,
    pub(crate) repaired: usize,
    pub(crate) hopeless: usize,
    pub(crate) newer: usize,
    pub(crate) lost: usize,
    pub(crate) lost_without_damage: usize,
}

/// What is known of a case beforehand.
#[derive(Clone, Default)]
pub(crate) struct Case {
    /// What was done, for whoever reads a failure.
    pub(crate) what: String,
    /// The one file that was broken, if it was one, and the first byte that differs.
    pub(crate) place: Option<(String, usize)>,
    /// The folder looks exactly as it did at an earlier moment: nothing can be noticed.
    pub(crate) looks_earlier: bool,
    /// A file is of a newer version.
    pub(crate) newer: bool,
}

/// Judges one folder after another.
pub(crate) struct Judge {
    pub(crate) tally: Tally,
    /// What is not right, with the case: panics of the store, and what the judge does not like.
    pub(crate) failures: Vec<String>,
    heart: Sender<String>,
}

/// What a start found.
type Start = Result<(Owners, Vec<Notice>), OpenError>;

impl Judge {
    pub(crate) fn new(heart: Sender<String>) -> Self {
        Self { tally: Tally::default(), failures: Vec::new(), heart }
    }

    /// Judges what becomes of broken files.
    pub(crate) fn judge(&mut self, history: &History, files: &Files, case: &Case) {
        let what = format!("{}: {}", history.name, case.what);
        self.heart.send(what.clone()).unwrap();
        self.tally.broken += 1;
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let start = start(files);
            let inspection = self.judge_start(history, files, case, &start);
            self.judge_repair(history, files, case, &inspection, &start);
        }));
        if let Err(cause) = judged {
            let text = cause.downcast_ref::<String>().cloned();
            let text = text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            self.failures.push(format!("{what}: {}", text.unwrap_or_default()));
        }
    }

    /// Judges a start, and what the doctor says about the same files.
    fn judge_start(
        &mut self,
        history: &History,
        files: &Files,
        case: &Case,
        start: &Start,
    ) -> Inspection<u64> {
        let fake = Fake::holding(files);
        let inspection = inspect::<Toy>(&fake).unwrap();
        assert_eq!(fake.files(), *files, "the doctor changed something");
        if history.holds_newer(files) {
            let why_not = inspection.rescue.as_ref().err().and_then(Option::as_ref);
            assert!(why_not.is_some_and(is_newer), "a newer file may be given up: {why_not:?}");
        }
        let sound = history.sound(files);
        match start {
            Ok((owners, notices)) => {
                let kept = position(history, owners);
                let kept = kept.expect("the state is one that once was");
                assert!(kept >= sound, "{kept} records loaded, {sound} are sound");
                let whole = kept == history.records();
                if !notices.is_empty() {
                    self.tally.found += 1;
                    let told = whole || case.looks_earlier || notices.iter().any(admits_a_loss);
                    assert!(told, "{kept} of {} and not told: {notices:?}", history.records());
                    assert!(!inspection.is_good() || only_leftovers(notices));
                    names_the_place(case, &texts(notices));
                } else if !inspection.is_good() {
                    let seen = whole || case.looks_earlier;
                    assert!(seen, "only the doctor sees that something is missing");
                    self.tally.found_by_doctor += 1;
                    names_the_place(case, &format!("{:?}", inspection.files));
                } else if whole {
                    self.tally.harmless += 1;
                } else if case.looks_earlier {
                    self.tally.earlier += 1;
                } else {
                    self.tally.silent += 1;
                    panic!("accepted in silence: {kept} of {} records", history.records());
                }
            }
            Err(error) => {
                self.tally.found += 1;
                assert!(!inspection.is_good(), "the doctor does not see: {error}");
                let text = error.to_string();
                assert!(text.contains("mockingbird doctor --data data"), "no way out: {text}");
                names_the_place(case, &text);
            }
        }
        inspection
    }

    /// Judges a repair of a copy.
    fn judge_repair(
        &mut self,
        history: &History,
        files: &Files,
        case: &Case,
        inspection: &Inspection<u64>,
        started: &Start,
    ) {
        let fake = Fake::holding(files);
        match repair(&fake) {
            Ok(None) => {
                assert!(inspection.is_good(), "what is not good is repaired");
                assert_eq!(without_lock(fake.files()), *files, "nothing to repair, and changed");
            }
            Ok(Some(repaired)) => {
                assert!(!inspection.is_good(), "what is good is left alone");
                self.tally.repaired += 1;
                copied(&fake.files(), files);
                let (owners, notices) = start(&fake.files()).unwrap();
                assert_eq!(notices, [], "after the repair");
                assert!(history.once_was(&owners), "each owner is as it once was");
                let kept: u64 = owners.values().map(|(seq, _)| seq).sum();
                self.tally.lost += history.records() - usize::try_from(kept).unwrap();
                // Where a start goes on, it judged what counts: the end of the last write does not,
                // even if there is something sound behind where it is torn.
                let sound = match started {
                    Ok((started, _)) => {
                        assert_eq!(owners, *started, "a start kept something else");
                        BTreeMap::new()
                    }
                    Err(_) => history.sound_by_owner(files),
                };
                for (owner, sound) in sound {
                    let kept = owners.get(&owner).map_or(0, |(seq, _)| *seq);
                    let lost = usize::try_from(sound.saturating_sub(kept)).unwrap();
                    self.tally.lost_without_damage += lost;
                    assert_eq!(lost, 0, "{owner} has {kept} records, and {sound} are sound");
                }
                assert!(!history.holds_newer(files), "a newer file was repaired away");
                tells_what_is_lost(history, &owners, &repaired, case);
                let again = Fake::holding(&fake.files());
                assert!(inspect::<Toy>(&again).unwrap().is_good(), "after the repair");
                assert!(repair(&again).unwrap().is_none(), "a second repair has nothing to do");
            }
            Err(RepairError::Hopeless(error)) => {
                assert_eq!(without_lock(fake.files()), *files, "not repaired, and changed");
                if error.as_ref().is_some_and(is_newer) {
                    assert!(case.newer, "{error:?}");
                    self.tally.newer += 1;
                } else {
                    assert!(!history.holds_newer(files), "the newer version is what helps");
                    let sound = history.sound_by_owner(files);
                    assert!(sound.is_empty(), "given up, though {sound:?} is sound: {error:?}");
                    self.tally.hopeless += 1;
                    self.tally.lost += history.records();
                }
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// Whether a newer file is what is in the way.
fn is_newer(error: &OpenError) -> bool {
    match error {
        OpenError::Newer { .. } => true,
        OpenError::NoWayBack { source, .. } => is_newer(source),
        OpenError::Locked { .. }
        | OpenError::Io { .. }
        | OpenError::Damaged { .. }
        | OpenError::Missing { .. } => false,
    }
}

/// Opens a store on a copy of these files.
pub(crate) fn start(files: &Files) -> Start {
    let keeper = Keeper::open(&Fake::holding(files).disk())?;
    let notices = keeper.report.notices.clone();
    Ok((keeper.close(), notices))
}

/// Repairs a folder.
pub(crate) fn repair(fake: &Fake) -> Result<Option<Repaired<u64>>, RepairError> {
    store::repair::<Toy>(fake, Timestamp::from_second(1_800_000_000).unwrap())
}

/// After how many records the state was like this.
pub(crate) fn position(history: &History, owners: &Owners) -> Option<usize> {
    history.states.iter().position(|state| state == owners)
}

fn without_lock(mut files: Files) -> Files {
    files.remove("lock");
    files
}

fn only_leftovers(notices: &[Notice]) -> bool {
    notices.iter().all(|notice| matches!(notice, Notice::Leftover { .. }))
}

/// Whether a notice says that something may be gone.
fn admits_a_loss(notice: &Notice) -> bool {
    match notice {
        Notice::TornTail { .. } | Notice::Headless { .. } | Notice::NoJournals { .. } => true,
        Notice::DamagedSnapshot { .. } | Notice::Leftover { .. } => false,
    }
}

fn texts(notices: &[Notice]) -> String {
    let texts: Vec<_> = notices.iter().map(ToString::to_string).collect();
    texts.join("\n")
}

/// The file is named, and where a byte is named it is not behind the damage.
fn names_the_place(case: &Case, text: &str) {
    let Some((name, at)) = &case.place else { return };
    assert!(text.contains(name), "{name} is not named: {text}");
    let after = text.split(name).nth(1).unwrap();
    if let Some(offset) = after.split("at byte ").nth(1) {
        let digits: String = offset.chars().take_while(char::is_ascii_digit).collect();
        let offset: usize = digits.parse().unwrap();
        assert!(offset <= *at, "byte {offset} is named, and {at} is broken: {text}");
    }
}

/// All of the store's files are in the copy as they were.
fn copied(now: &Files, before: &Files) {
    for (name, bytes) in before {
        if name.starts_with("journal-") || name.starts_with("snapshot-") {
            assert_eq!(now.get(&format!("damaged-1/{name}")), Some(bytes), "the copy of {name}");
        } else {
            assert_eq!(now.get(name), Some(bytes), "{name} is not ours");
        }
    }
}

/// What is said to be lost was there once and is not any more.
/// And where something is lost, that is said, unless nobody can know.
fn tells_what_is_lost(history: &History, owners: &Owners, repaired: &Repaired<u64>, case: &Case) {
    let whole = history.states.last().unwrap();
    let reached = |owners: &Owners, owner| owners.get(owner).map_or(0, |(seq, _)| *seq);
    for (owner, (first, last)) in &repaired.rescue.lost.records {
        assert_eq!(*first, reached(owners, owner) + 1, "the first lost of {owner}");
        assert!(*last <= reached(whole, owner), "the last lost of {owner}");
    }
    assert_eq!(repaired.rescue.kept.owners, owners.len());
    let told = !repaired.rescue.lost.is_nothing();
    assert!(told || owners == whole || case.looks_earlier, "a loss without a word");
}
