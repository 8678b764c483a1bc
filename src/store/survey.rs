//! Journals one by one, each for itself: how many records are sound, and what is where they are not.
//! It reads on behind damage, where a start does not, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::Kept;
use super::error::OpenError;
use super::format::{Behind, HEADER, Kind, Search, record_at};
use super::inspect::State;
use super::recover::{Files, Found, Numbers};

/// A journal by itself.
pub(super) struct Survey<O> {
    pub(super) state: State,
    /// The last record of each owner that is sound, also behind damage.
    pub(super) last: BTreeMap<O, u64>,
    /// The first byte that belongs to no sound record, and how many there are.
    pub(super) unreadable: Option<(u64, u64)>,
}

/// Looks at every journal.
pub(super) fn survey_all<K: Kept>(
    files: &Files<'_>,
    names: &[String],
) -> BTreeMap<u64, Survey<K::Owner>> {
    let numbers = Numbers::of(names);
    let header = |number: &u64| files.journal(*number, numbers.may_be_headless(*number));
    let headers: BTreeMap<u64, _> =
        numbers.journals.iter().map(|number| (*number, header(number))).collect();
    let survey = |(number, header): (&u64, &Result<_, OpenError>)| {
        let next: Option<&Result<Found, OpenError>> = headers.get(&(number + 1));
        let next = next.and_then(|next| next.as_ref().ok()).and_then(|next| next.header);
        let survey = survey::<K>(files, *number, header, next.map(|header| header.word));
        (*number, survey)
    };
    headers.iter().map(survey).collect()
}

/// Looks at one journal, of which `sealed` bytes count where its successor says so.
fn survey<K: Kept>(
    files: &Files<'_>,
    number: u64,
    header: &Result<Found, OpenError>,
    sealed: Option<u64>,
) -> Survey<K::Owner> {
    let name = Kind::Journal.name(number);
    let bare = |state| Survey { state, last: BTreeMap::new(), unreadable: None };
    let bytes = match files.read(&name, sealed.unwrap_or(u64::MAX)) {
        Ok(bytes) => bytes,
        Err(error) => return bare(State::Unreadable { cause: error.to_string() }),
    };
    let (format, mut fault) = match header {
        Ok(found) => match found.header {
            Some(header) => (header.format, None),
            None => return bare(State::Headless { bytes: bytes.len() }),
        },
        Err(OpenError::Damaged { offset, what, .. }) => (0, Some((*offset, what.clone()))),
        Err(OpenError::Newer { found, .. }) => return bare(State::Newer { found: *found }),
        Err(
            error @ (OpenError::Io { .. }
            | OpenError::Locked { .. }
            | OpenError::Missing { .. }
            | OpenError::NoWayBack { .. }),
        ) => return bare(State::Unreadable { cause: error.to_string() }),
    };
    let end = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let (mut before, mut behind, mut sound) = (0, 0, 0);
    let mut last = BTreeMap::new();
    let mut owners = BTreeSet::new();
    let mut search = Search::new(&bytes, number);
    let mut at = HEADER;
    let mut torn = false;
    while at < end {
        let Some(record) = record_at(&bytes, number, at) else {
            if fault.is_none() {
                torn =
                    sealed.is_none() && Search::new(&bytes, number).behind(at) == Behind::Nothing;
                fault = Some((at, "the record there is not sound".to_owned()));
            }
            let Some(next) = search.next(at) else { break };
            at = next;
            continue;
        };
        match postcard::take_from_bytes::<(K::Owner, u64)>(record.payload) {
            Ok(((owner, seq), changes)) if format == 0 || K::changes(format, changes).is_ok() => {
                owners.insert(owner);
                let reached = last.entry(owner).or_insert(0);
                *reached = seq.max(*reached);
            }
            Ok(_) | Err(_) => {
                fault.get_or_insert_with(|| (at, "the record there makes no sense".to_owned()));
            }
        }
        if fault.is_none() {
            before += 1;
        } else {
            behind += 1;
        }
        sound += record.next - at;
        at = record.next;
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
    Survey { state, last, unreadable }
}
