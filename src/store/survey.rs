//! Journals one by one, each for itself: how many records are sound, and what is where they are not.
//! It reads on behind damage, where a start does not, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::Kept;
use super::error::OpenError;
use super::format::{Behind, FORMAT, HEADER, Kind, Record, Search, record_at};
use super::inspect::State;
use super::recover::{Files, Found, Numbers};

/// A journal by itself.
pub(super) struct Survey<O> {
    pub(super) state: State,
    /// The last record of each owner that is sound, also behind damage.
    pub(super) last: BTreeMap<O, u64>,
    /// The first byte that belongs to no sound record, and how many there are.
    pub(super) unreadable: Option<(u64, u64)>,
    /// How many bytes of it count, where its successor says so.
    pub(super) sealed: Option<u64>,
    /// Its format. Where its header is damaged, what those before and after it leave possible.
    pub(super) format: Option<u16>,
    /// Why it must be left as it is: a newer format, or the disk does not give it.
    pub(super) withheld: Option<OpenError>,
    /// Whether its header is sound.
    pub(super) has_header: bool,
    /// Whether it ends before a first record would begin.
    pub(super) is_bare: bool,
    /// Whether it goes on from a snapshot alone, as after a repair.
    pub(super) begins_anew: bool,
}

impl<O> Survey<O> {
    /// One of which no record can be told.
    fn without_records(state: State) -> Self {
        Self {
            state,
            last: BTreeMap::new(),
            unreadable: None,
            sealed: None,
            format: None,
            withheld: None,
            has_header: false,
            is_bare: true,
            begins_anew: false,
        }
    }
}

/// Looks at every journal.
pub(super) fn survey_all<K: Kept>(
    files: &Files<'_>,
    names: &[String],
) -> BTreeMap<u64, Survey<K::Owner>> {
    let numbers = Numbers::of(names);
    let header = |number: &u64| files.journal(*number, numbers.may_be_headless(*number));
    let mut headers: BTreeMap<u64, _> =
        numbers.journals.iter().map(|number| (*number, header(number))).collect();
    let mut sealed = None;
    let mut surveys = BTreeMap::new();
    let formats: BTreeMap<u64, u16> = headers
        .iter()
        .filter_map(|(number, found)| Some((*number, found.as_ref().ok()?.header?.format)))
        .collect();
    let formats = |number: u64| {
        let before = formats.range(..number).next_back().map(|(_, format)| *format);
        (before, formats.range(number..).next().map(|(_, format)| *format))
    };
    // From the last on: each says of the one before it how much counts.
    while let Some((number, header)) = headers.pop_last() {
        let before = header.as_ref().ok().and_then(|found| found.header).map(|header| header.word);
        let follows = surveys.contains_key(&(number + 1));
        let sealed_now = sealed.filter(|_| follows);
        let survey = survey::<K>(files, number, header, sealed_now, formats(number));
        surveys.insert(number, survey);
        sealed = before;
    }
    surveys
}

/// Looks at one journal, of which `sealed` bytes count where its successor says so.
fn survey<K: Kept>(
    files: &Files<'_>,
    number: u64,
    header: Result<Found, OpenError>,
    sealed: Option<u64>,
    formats: (Option<u16>, Option<u16>),
) -> Survey<K::Owner> {
    let name = Kind::Journal.name(number);
    let withheld = |state, error| {
        let bare = Survey::without_records(state);
        Survey { withheld: Some(error), has_header: true, is_bare: false, ..bare }
    };
    let unreadable = |error: OpenError| {
        let cause = match &error {
            OpenError::Io { source, .. } => source.to_string(),
            OpenError::Locked { .. }
            | OpenError::Newer { .. }
            | OpenError::Damaged { .. }
            | OpenError::Missing { .. }
            | OpenError::NoWayBack { .. } => error.to_string(),
        };
        withheld(State::Unreadable { cause }, error)
    };
    let bytes = match files.read(&name, sealed.unwrap_or(u64::MAX)) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(error),
    };
    let (header, mut fault) = match header {
        Ok(found) => match found.header {
            Some(header) => (Some(header), None),
            None => return Survey::without_records(State::Headless { bytes: bytes.len() }),
        },
        Err(OpenError::Damaged { offset, what, .. }) => (None, Some((offset, what))),
        Err(OpenError::Newer { found, file }) => {
            return withheld(State::Newer { found }, OpenError::Newer { found, file });
        }
        Err(
            error @ (OpenError::Io { .. }
            | OpenError::Locked { .. }
            | OpenError::Missing { .. }
            | OpenError::NoWayBack { .. }),
        ) => return unreadable(error),
    };
    let format = header.map_or(0, |header| header.format);
    let end = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let (mut before, mut behind, mut sound) = (0, 0, 0);
    let mut last = BTreeMap::new();
    let mut owners = BTreeSet::new();
    let mut expected = HEADER;
    let mut torn = false;
    let not_sound = |at| {
        let torn = sealed.is_none() && Search::new(&bytes, number).behind(at) == Behind::Nothing;
        (torn, Some((at, "the record there is not sound".to_owned())))
    };
    for (at, record) in Walk::of(&bytes, number) {
        if at != expected && fault.is_none() {
            (torn, fault) = not_sound(expected);
        }
        let senseless = || Some((at, "the record there makes no sense".to_owned()));
        match postcard::take_from_bytes::<(K::Owner, u64)>(record.payload) {
            Ok(((owner, seq), changes)) => {
                owners.insert(owner);
                let reached = last.entry(owner).or_insert(0);
                *reached = seq.max(*reached);
                sound += record.next - at;
                if header.is_some_and(|header| K::changes(header.format, changes).is_err()) {
                    fault = fault.or_else(senseless);
                }
            }
            Err(_) => fault = fault.or_else(senseless),
        }
        if fault.is_none() {
            before += 1;
        } else {
            behind += 1;
        }
        expected = record.next;
    }
    if expected < end && fault.is_none() {
        (torn, fault) = not_sound(expected);
    }
    if let Some(sealed) = sealed.filter(|sealed| *sealed > end) {
        fault.get_or_insert_with(|| (end, format!("it should be {sealed} bytes long")));
    }
    let state = match fault {
        None => State::Journal { format, records: before, owners: owners.len() },
        Some((offset, _)) if torn => State::Torn { offset, bytes: end - offset, records: before },
        Some((offset, ref what)) => {
            State::Damaged { offset, what: what.clone(), records: (before, behind) }
        }
    };
    // The header is not part of what members did.
    let unreadable = sealed.unwrap_or(end).max(end).saturating_sub(HEADER + sound);
    let unreadable = fault.map(|(offset, _)| (offset.max(HEADER), unreadable));
    let unreadable = unreadable.filter(|(_, bytes)| *bytes > 0);
    Survey {
        state,
        last,
        unreadable,
        sealed,
        format: header.map(|header| header.format).or_else(|| presumed(&bytes, formats)),
        withheld: None,
        has_header: header.is_some(),
        is_bare: end <= HEADER,
        begins_anew: number > 1 && header.is_some_and(|header| header.word == 0),
    }
}

/// The format of a journal whose header is damaged, from its bytes and the formats of those before
/// and after it: no version reads what a newer one wrote, so formats only grow.
fn presumed(bytes: &[u8], (before, after): (Option<u16>, Option<u16>)) -> Option<u16> {
    if before.is_some() && before == after {
        return before;
    }
    let stated = bytes.get(8..10)?.try_into().ok().map(u16::from_le_bytes)?;
    let (least, most) = (before.unwrap_or(1), after.unwrap_or(FORMAT));
    (least..=most).contains(&stated).then_some(stated)
}

/// Every sound record of a journal, one after the other, each with its place, also behind damage.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    number: u64,
    at: u64,
    search: Search<'a>,
}

impl<'a> Walk<'a> {
    pub(super) fn of(bytes: &'a [u8], number: u64) -> Self {
        Self { bytes, number, at: HEADER, search: Search::new(bytes, number) }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = (u64, Record<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let found = |at| record_at(self.bytes, self.number, at).map(|record| (at, record));
        let (at, record) = match found(self.at) {
            Some(found) => found,
            None => found(self.search.next(self.at)?)?,
        };
        self.at = record.next;
        Some((at, record))
    }
}
