//! From the files in the folder to the state they hold. First everything is read, and nothing is
//! changed until it is known that it all fits; what must be mended is collected on the way.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::PathBuf;

use super::Kept;
use super::disk::Disk;
use super::error::OpenError;
use super::format::{BadHeader, Behind, HEADER, Header, Kind, Search, record_at};
use super::report::{Notice, Report};
use super::snapshot::{self, Loaded, Unusable};

/// What recovery found, and what is still to be done to the folder.
pub(super) struct Recovery<K: Kept> {
    pub(super) owners: BTreeMap<K::Owner, (u64, K)>,
    pub(super) report: Report,
    /// The first journal that is needed: what lies before is in the snapshot.
    pub(super) from: u64,
    /// The number of the journal to begin, and how many bytes count of the one before it.
    pub(super) next: (u64, u64),
    mending: Vec<Mending>,
}

enum Mending {
    Remove(String),
    Aside { from: String, to: String },
    CutTail { name: String, offset: u64, tail: Vec<u8>, to: String },
}

/// What was read, and what stood in the way of the rest.
pub(super) struct Gathered<K: Kept> {
    /// All that came before it. It can be mended only if nothing stood in the way.
    pub(super) recovery: Recovery<K>,
    pub(super) stopped: Option<OpenError>,
}

/// Reads everything and changes nothing. All fits, or it is an error.
pub(super) fn recover<K: Kept>(disk: &dyn Disk) -> Result<Recovery<K>, OpenError> {
    let gathered = gather(disk)?;
    gathered.stopped.map_or(Ok(gathered.recovery), Err)
}

/// Reads as far as all fits and changes nothing: the newest sound snapshot, and every record up to
/// what stands in the way. It is an error where that may not be passed over: a snapshot that the
/// disk does not give, or of a newer format.
pub(super) fn gather<K: Kept>(disk: &dyn Disk) -> Result<Gathered<K>, OpenError> {
    let folder = Files { disk };
    let names = folder.names()?;
    let numbers = Numbers::of(&names);
    let mut recovery = Recovery {
        owners: BTreeMap::new(),
        report: Report::default(),
        from: 1,
        next: (1, 0),
        mending: Vec::new(),
    };
    for name in names.iter().filter(|name| is_temporary(name)) {
        recovery.remove(&folder, name.clone());
    }
    // Time begins with journal 1: without a snapshot everything must be there from then on.
    let mut damage = None;
    for number in numbers.snapshots.iter().rev().copied() {
        let name = Kind::Snapshot.name(number);
        match snapshot::load::<K>(disk, number) {
            Ok(loaded) => {
                recovery.base(&folder, loaded);
                recovery.from = number;
                break;
            }
            Err(Unusable::Io(source)) => {
                return Err(OpenError::Io { doing: "read", path: folder.path(&name), source });
            }
            Err(Unusable::Newer(found)) => {
                return Err(OpenError::Newer { file: folder.path(&name), found });
            }
            Err(Unusable::Damaged(offset, what)) => {
                damage.get_or_insert_with(|| (number, offset, what.clone()));
                recovery.put_aside(&folder, name, offset, what);
            }
        }
    }
    let newest = damage.is_none();
    let mut stopped = recovery.replay(&folder, &numbers, recovery.from, newest).err();
    if let (None, Some((number, _, _))) = (&stopped, &damage)
        && recovery.next.0 <= *number
    {
        // A snapshot is made after the journal that goes on from it: there was one.
        let file = folder.path(&Kind::Journal.name(*number));
        stopped = Some(OpenError::Missing { file, needed_by: Kind::Snapshot.name(*number) });
    }
    recovery.report.owners = recovery.owners.len();
    let stopped = match (stopped, damage) {
        (Some(source), Some((number, offset, what))) => {
            let file = folder.path(&Kind::Snapshot.name(number));
            Some(OpenError::NoWayBack { file, offset, what, source: Box::new(source) })
        }
        (stopped, _) => stopped,
    };
    Ok(Gathered { recovery, stopped })
}

/// The numbers of all files of each kind, in order.
pub(super) struct Numbers {
    pub(super) journals: Vec<u64>,
    pub(super) snapshots: Vec<u64>,
}

impl Numbers {
    pub(super) fn of(names: &[String]) -> Self {
        let of = |kind: Kind| {
            let mut numbers: Vec<u64> = names.iter().filter_map(|name| kind.number(name)).collect();
            numbers.sort_unstable();
            numbers
        };
        Self { journals: of(Kind::Journal), snapshots: of(Kind::Snapshot) }
    }

    /// Whether a crash may have cut the header of this journal short: it is the newest, and no
    /// snapshot shows that it was whole once.
    pub(super) fn may_be_headless(&self, journal: u64) -> bool {
        self.journals.last() == Some(&journal) && self.snapshots.last() < Some(&journal)
    }
}

/// A snapshot or a journal under construction, or the copy of a torn tail.
pub(super) fn is_temporary(name: &str) -> bool {
    let is_number = |text: &str| text.parse::<u64>().is_ok();
    let Some(stem) = name.strip_suffix(".tmp") else { return false };
    let torn = stem.strip_prefix("journal-").and_then(|rest| rest.split_once(".torn-"));
    let whole = stem.strip_prefix("snapshot-").or_else(|| stem.strip_prefix("journal-"));
    whole.is_some_and(is_number)
        || torn.is_some_and(|(number, offset)| is_number(number) && is_number(offset))
}

/// Without a snapshot the journals do not begin with the first. Most likely a snapshot was there.
fn no_beginning(folder: &Files<'_>, first: u64) -> OpenError {
    let needed_by = format!(
        "{}, for want of {}{},",
        Kind::Journal.name(first),
        Kind::Journal.name(1),
        if first > 2 { format!(" to {}", Kind::Journal.name(first - 1)) } else { String::new() }
    );
    OpenError::Missing { file: folder.path(&Kind::Snapshot.name(first)), needed_by }
}

/// A journal as far as its header tells.
pub(super) struct Found {
    pub(super) number: u64,
    /// `None` where a crash left it without a whole header.
    pub(super) header: Option<Header>,
    /// How long it is, up to one byte more than a header.
    bytes: usize,
}

/// The folder, with errors that name the file.
pub(super) struct Files<'a> {
    pub(super) disk: &'a dyn Disk,
}

impl Files<'_> {
    pub(super) fn names(&self) -> Result<Vec<String>, OpenError> {
        let path = || self.disk.folder().to_owned();
        self.disk.names().map_err(|source| OpenError::Io { doing: "list", path: path(), source })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.disk.folder().join(name)
    }

    pub(super) fn read(&self, name: &str, most: u64) -> Result<Vec<u8>, OpenError> {
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            self.disk.read(name)?.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| OpenError::Io { doing: "read", path: self.path(name), source })
    }

    fn damaged(&self, name: &str, offset: u64, what: impl Into<String>) -> OpenError {
        OpenError::Damaged { file: self.path(name), offset, what: what.into() }
    }

    /// The journals from number `from` on whose headers fit, up to the first that does not. What
    /// lies before is not needed and may be as it likes.
    fn journals(&self, numbers: &Numbers, from: u64) -> (Vec<Found>, Option<OpenError>) {
        let mut fitting = Vec::new();
        for number in numbers.journals.iter().copied().filter(|number| *number >= from) {
            match self.journal(number, numbers.may_be_headless(number)) {
                Ok(found) => fitting.push(found),
                Err(error) => return (fitting, Some(error)),
            }
        }
        (fitting, None)
    }

    pub(super) fn journal(&self, number: u64, may_be_headless: bool) -> Result<Found, OpenError> {
        let name = Kind::Journal.name(number);
        let bytes = self.read(&name, HEADER + 1)?;
        let bare = u64::try_from(bytes.len()).is_ok_and(|length| length <= HEADER);
        match Header::read(Kind::Journal, &bytes) {
            Ok(header) if header.number == number => {
                Ok(Found { number, header: Some(header), bytes: bytes.len() })
            }
            Ok(header) => Err(self.damaged(
                &name,
                10,
                format!("it is journal {} by its header", header.number),
            )),
            Err(BadHeader::Newer(found)) => Err(OpenError::Newer { file: self.path(&name), found }),
            // The header is durable before the first record is written.
            Err(_) if may_be_headless && bare => {
                Ok(Found { number, header: None, bytes: bytes.len() })
            }
            Err(bad) => Err(self.damaged(&name, 0, bad.to_string())),
        }
    }
}

impl<K: Kept> Recovery<K> {
    fn remove(&mut self, folder: &Files<'_>, name: String) {
        self.report.notices.push(Notice::Leftover { file: folder.path(&name) });
        self.mending.push(Mending::Remove(name));
    }

    fn put_aside(&mut self, folder: &Files<'_>, from: String, offset: u64, what: String) {
        let to = format!("{from}.damaged");
        let (file, kept_as) = (folder.path(&from), folder.path(&to));
        self.report.notices.push(Notice::DamagedSnapshot { file, offset, what, kept_as });
        self.mending.push(Mending::Aside { from, to });
    }

    fn base(&mut self, folder: &Files<'_>, loaded: Loaded<K>) {
        let file = folder.path(&Kind::Snapshot.name(loaded.header.number));
        self.report.snapshot = Some((file, loaded.begun()));
        self.owners = loaded.owners;
    }

    /// Replays the journals from number `from` on, which must all be there, up to an error. Only beside the
    /// newest snapshot, or in an empty folder, may there be none at all.
    fn replay(
        &mut self,
        folder: &Files<'_>,
        numbers: &Numbers,
        from: u64,
        newest: bool,
    ) -> Result<(), OpenError> {
        let mut expected = from;
        let missing = |number, needed_by| OpenError::Missing {
            file: folder.path(&Kind::Journal.name(number)),
            needed_by,
        };
        let base: BTreeMap<K::Owner, u64> =
            self.owners.iter().map(|(owner, (seq, _))| (*owner, *seq)).collect();
        let (needed, unfit) = folder.journals(numbers, from);
        let mut needed = needed.iter().peekable();
        if needed.peek().is_none() && unfit.is_none() {
            let snapshot = self.report.snapshot.as_ref().map(|(file, _)| file.clone());
            if !newest || !numbers.journals.is_empty() {
                let name = snapshot.map_or_else(
                    || "what came after it".to_owned(),
                    |file| file.display().to_string(),
                );
                return Err(missing(from, name));
            }
            if let Some(snapshot) = snapshot {
                self.report.notices.push(Notice::NoJournals { snapshot });
            }
        }
        let mut counted = 0;
        while let Some(found) = needed.next() {
            if found.number != expected {
                if expected == 1 && newest && self.report.snapshot.is_none() {
                    return Err(no_beginning(folder, found.number));
                }
                return Err(missing(expected, Kind::Journal.name(found.number)));
            }
            if found.header.is_none() {
                let name = Kind::Journal.name(found.number);
                let (file, bytes) = (folder.path(&name), found.bytes);
                self.report.notices.push(Notice::Headless { file, bytes });
                self.mending.push(Mending::Remove(name));
                break;
            }
            let next = needed.peek().filter(|next| next.number == found.number + 1);
            let sealed = next.and_then(|next| next.header).map(|header| header.word);
            counted = self.replay_one(folder, found, sealed, &base)?;
            expected += 1;
        }
        self.next = (expected, counted);
        unfit.map_or(Ok(()), Err)
    }

    /// Replays one journal and returns how many bytes of it count. `sealed` is that number as its
    /// successor states it; what lies behind was never confirmed.
    fn replay_one(
        &mut self,
        folder: &Files<'_>,
        found: &Found,
        sealed: Option<u64>,
        base: &BTreeMap<K::Owner, u64>,
    ) -> Result<u64, OpenError> {
        let name = Kind::Journal.name(found.number);
        let format = found.header.map_or(0, |header| header.format);
        let bytes = folder.read(&name, sealed.unwrap_or(u64::MAX))?;
        let end = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let mut at = HEADER;
        while at < end {
            let Some(record) = record_at(&bytes, found.number, at) else {
                if sealed.is_some() {
                    return Err(folder.damaged(&name, at, "the record there is not sound"));
                }
                let what = match Search::new(&bytes, found.number).behind(at) {
                    Behind::Nothing => None,
                    Behind::Durable(later) => Some(format!(
                        "the record there is not sound, and a later one at {later} is"
                    )),
                    Behind::Unclear => Some(
                        "the record there is not sound, and it takes too long to tell whether a \
                         later one is"
                            .to_owned(),
                    ),
                };
                if let Some(what) = what {
                    return Err(folder.damaged(&name, at, what));
                }
                self.cut_tail(folder, name, at, &bytes);
                return Ok(at);
            };
            self.replay_record(format, record.payload, base)
                .map_err(|what| folder.damaged(&name, at, what))?;
            at = record.next;
        }
        if let Some(sealed) = sealed.filter(|sealed| *sealed > end) {
            return Err(folder.damaged(&name, end, format!("it should be {sealed} bytes long")));
        }
        Ok(at)
    }

    fn cut_tail(&mut self, folder: &Files<'_>, name: String, offset: u64, bytes: &[u8]) {
        let tail = usize::try_from(offset).ok().and_then(|offset| bytes.get(offset..));
        let tail = tail.unwrap_or_default().to_vec();
        let stem = name.trim_end_matches(".mbj");
        let to = format!("{stem}.torn-{offset}");
        self.report.notices.push(Notice::TornTail {
            file: folder.path(&name),
            offset,
            bytes: u64::try_from(tail.len()).unwrap_or(u64::MAX),
            kept_as: folder.path(&to),
        });
        self.mending.push(Mending::CutTail { name, offset, tail, to });
    }

    fn replay_record(
        &mut self,
        format: u16,
        payload: &[u8],
        base: &BTreeMap<K::Owner, u64>,
    ) -> Result<(), String> {
        let senseless = |error| format!("the record there makes no sense: {error}");
        let ((owner, seq), changes) =
            postcard::take_from_bytes::<(K::Owner, u64)>(payload).map_err(senseless)?;
        if base.get(&owner).is_some_and(|base| seq <= *base) {
            return Ok(());
        }
        let changes = K::changes(format, changes).map_err(senseless)?;
        let before = if K::begins(&changes) { seq.saturating_sub(1) } else { 0 };
        let (reached, state) =
            self.owners.entry(owner).or_insert_with(|| (before, K::found(owner)));
        if seq.checked_sub(1) != Some(*reached) {
            return Err(format!("it holds record {seq} of {owner:?} after record {reached}"));
        }
        for change in &changes {
            state.apply(change);
        }
        *reached = seq;
        self.report.replayed += 1;
        Ok(())
    }

    /// Leaves a leftover alone whose name is in use again.
    pub(super) fn spare(&mut self, name: &str) {
        self.mending.retain(|step| !matches!(step, Mending::Remove(removed) if removed == name));
    }

    /// Does to the folder what recovery found to be necessary.
    pub(super) fn mend(&mut self, disk: &dyn Disk) -> Result<(), OpenError> {
        for step in std::mem::take(&mut self.mending) {
            let (name, done) = match step {
                Mending::Remove(name) => (name.clone(), disk.remove(&name)),
                Mending::Aside { from, to } => (from.clone(), disk.rename(&from, &to)),
                Mending::CutTail { name, offset, tail, to } => {
                    let cut = keep_aside(disk, &to, &tail).and_then(|()| disk.cut(&name, offset));
                    (name, cut)
                }
            };
            done.and_then(|()| disk.sync_folder()).map_err(|source| OpenError::Io {
                doing: "mend",
                path: disk.folder().join(name),
                source,
            })?;
        }
        Ok(())
    }
}

/// Writes bytes into a file of their own, whole or not at all.
fn keep_aside(disk: &dyn Disk, name: &str, bytes: &[u8]) -> io::Result<()> {
    let temporary = format!("{name}.tmp");
    let write = || {
        let mut file = disk.create(&temporary)?;
        file.write_all(bytes)?;
        file.sync()
    };
    if let Err(error) = write() {
        drop(disk.remove(&temporary));
        return Err(error);
    }
    disk.rename(&temporary, name)?;
    disk.sync_folder()
}
