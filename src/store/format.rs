//! The bytes of journals and snapshots: names, headers and checked frames. It touches no disk and
//! does not know what a frame carries.

use crc32fast::Hasher;

/// The newest format of journals and snapshots, and the one this build writes. Every older one
/// still loads; raise it whenever an image or a change is laid out anew.
pub const FORMAT: u16 = 5;

/// The length of a header in bytes, the same for both kinds of file.
pub(super) const HEADER: u64 = 30;
/// The longest record in bytes. A damaged length above it is seen without reading on.
pub(super) const LONGEST_RECORD: usize = 16 << 20;
/// How far a record may lie from the beginning of its write, in bytes. Writes are far shorter.
pub(super) const LONGEST_WRITE: u32 = 16 << 20;
/// How many bytes are summed up at most when records are looked for behind damage. Where almost
/// every byte could begin a record the search would take hours.
const SEARCH: usize = 256 << 20;
/// The bytes before a record's payload: length, checksum, distance to its batch.
const RECORD_HEAD: usize = 12;
/// Stands where a chunk's length would stand, and ends a snapshot.
pub(super) const END_OF_CHUNKS: u32 = u32::MAX;

/// The two kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Journal,
    Snapshot,
}

impl Kind {
    fn magic(self) -> [u8; 8] {
        match self {
            Self::Journal => *b"MBjourn\n",
            Self::Snapshot => *b"MBimage\n",
        }
    }

    /// The name of file `number` of this kind.
    pub(super) fn name(self, number: u64) -> String {
        match self {
            Self::Journal => format!("journal-{number}.mbj"),
            Self::Snapshot => format!("snapshot-{number}.mbs"),
        }
    }

    /// The number in a file's name, where it is exactly a name of this kind.
    pub(super) fn number(self, name: &str) -> Option<u64> {
        let middle = match self {
            Self::Journal => name.strip_prefix("journal-")?.strip_suffix(".mbj")?,
            Self::Snapshot => name.strip_prefix("snapshot-")?.strip_suffix(".mbs")?,
        };
        // Counting on from the last one must not end.
        let number = middle.parse().ok().filter(|number| *number < u64::MAX / 2)?;
        (self.name(number) == name).then_some(number)
    }
}

/// What opens a file: eight bytes of magic, the format, two numbers, and a checksum of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) format: u16,
    /// The file's own number. A snapshot has the number of the journal that goes on from it.
    pub(super) number: u64,
    /// Journal: how many bytes of the journal before this one count. Snapshot: when it was begun,
    /// in milliseconds since 1970.
    pub(super) word: u64,
}

/// Why some bytes are not a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadHeader {
    #[error("it ends within its header")]
    Incomplete,
    #[error("it does not begin like a file of this kind")]
    Foreign,
    #[error("it is of format {0}")]
    Newer(u16),
    #[error("the checksum of its header does not fit")]
    Checksum,
}

impl Header {
    pub(super) fn of(number: u64, word: u64) -> Self {
        Self { format: FORMAT, number, word }
    }

    pub(super) fn bytes(self, kind: Kind) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(30);
        bytes.extend(kind.magic());
        bytes.extend(self.format.to_le_bytes());
        bytes.extend(self.number.to_le_bytes());
        bytes.extend(self.word.to_le_bytes());
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        bytes
    }

    /// Reads the header that `bytes` begin with. It is laid out like this in every format, for
    /// ever, so that a damaged format is told from a newer one by the checksum.
    pub(super) fn read(kind: Kind, bytes: &[u8]) -> Result<Self, BadHeader> {
        let (magic, rest) = bytes.split_first_chunk().ok_or(BadHeader::Incomplete)?;
        if *magic != kind.magic() {
            return Err(BadHeader::Foreign);
        }
        let (format, rest) = rest.split_first_chunk().ok_or(BadHeader::Incomplete)?;
        let (number, rest) = rest.split_first_chunk().ok_or(BadHeader::Incomplete)?;
        let (word, rest) = rest.split_first_chunk().ok_or(BadHeader::Incomplete)?;
        let (sum, _) = rest.split_first_chunk().ok_or(BadHeader::Incomplete)?;
        let format = u16::from_le_bytes(*format);
        let summed = bytes.get(..26).unwrap_or_default();
        if format == 0 || u32::from_le_bytes(*sum) != crc32fast::hash(summed) {
            return Err(BadHeader::Checksum);
        }
        if format > FORMAT {
            return Err(BadHeader::Newer(format));
        }
        let (number, word) = (u64::from_le_bytes(*number), u64::from_le_bytes(*word));
        Ok(Self { format, number, word })
    }
}

/// A record found in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) payload: &'a [u8],
    /// Where the write began that this record was part of. All before it was durable by then.
    pub(super) batch: u64,
    /// Where the next record begins.
    pub(super) next: u64,
}

/// The checksum binds a record to its journal and its place, so that neither a block that moved
/// nor a record that a member's text contains passes for a record.
fn record_sum(journal: u64, at: u64, back: u32, payload: &[u8]) -> u32 {
    let mut sum = Hasher::new();
    sum.update(&journal.to_le_bytes());
    sum.update(&at.to_le_bytes());
    sum.update(&back.to_le_bytes());
    sum.update(payload);
    sum.finalize()
}

/// Appends one record to `batch`, the bytes to be written at `start` of a journal.
pub(super) fn push_record(batch: &mut Vec<u8>, journal: u64, start: u64, payload: &[u8]) {
    let back = u32::try_from(batch.len()).expect("a batch is bounded far below 4 GiB");
    let length = u32::try_from(payload.len()).expect("a record is bounded by LONGEST_RECORD");
    let sum = record_sum(journal, start + u64::from(back), back, payload);
    batch.extend(length.to_le_bytes());
    batch.extend(sum.to_le_bytes());
    batch.extend(back.to_le_bytes());
    batch.extend(payload);
}

/// The record at `at` of a journal whose content is `bytes`, where there is a whole and sound one.
pub(super) fn record_at(bytes: &[u8], journal: u64, at: u64) -> Option<Record<'_>> {
    Search { bytes, journal, left: usize::MAX }.record(at)
}

/// What is behind a damaged record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// A record that was written when the damaged one was durable already: something was lost
    /// that had been confirmed.
    Durable(u64),
    /// No such record: the damage is the torn end of the last write.
    Nothing,
    /// Too much that could be one.
    Unclear,
}

/// Looks for records where one is not sound, within bounds.
pub(super) struct Search<'a> {
    bytes: &'a [u8],
    journal: u64,
    /// How many more bytes may be summed up.
    left: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(bytes: &'a [u8], journal: u64) -> Self {
        Self { bytes, journal, left: SEARCH }
    }

    /// Looks behind the damage at `broken`.
    pub(super) fn behind(mut self, broken: u64) -> Behind {
        let mut at = broken;
        while let Some(found) = self.next(at) {
            match self.record(found) {
                Some(record) if record.batch > broken => return Behind::Durable(found),
                Some(record) => at = record.next - 1,
                None => break,
            }
        }
        if self.left == 0 { Behind::Unclear } else { Behind::Nothing }
    }

    /// Where the next sound record behind `broken` begins.
    pub(super) fn next(&mut self, broken: u64) -> Option<u64> {
        let end = u64::try_from(self.bytes.len()).ok()?;
        (broken + 1..end).find(|at| self.left > 0 && self.record(*at).is_some())
    }

    fn record(&mut self, at: u64) -> Option<Record<'a>> {
        let rest = self.bytes.get(usize::try_from(at).ok()?..)?;
        let (length, rest) = rest.split_first_chunk()?;
        let (sum, rest) = rest.split_first_chunk()?;
        let (back, rest) = rest.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        if length == 0 || length > LONGEST_RECORD {
            return None;
        }
        let payload = rest.get(..length)?;
        let back = u32::from_le_bytes(*back);
        let batch = at.checked_sub(u64::from(back))?;
        if back > LONGEST_WRITE {
            return None;
        }
        let Some(left) = self.left.checked_sub(length) else {
            self.left = 0;
            return None;
        };
        self.left = left;
        if record_sum(self.journal, at, back, payload) != u32::from_le_bytes(*sum) {
            return None;
        }
        let next = at + u64::try_from(RECORD_HEAD + length).ok()?;
        Some(Record { payload, batch, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_only_if_it_is_written_the_same_way() {
        assert_eq!(Kind::Journal.number("journal-12.mbj"), Some(12));
        assert_eq!(Kind::Snapshot.number("snapshot-1.mbs"), Some(1));
        for name in [
            "journal-012.mbj",
            "journal-+1.mbj",
            "journal-.mbj",
            "journal-1.mbj.torn-7",
            "journal-18446744073709551615.mbj",
        ] {
            assert_eq!(Kind::Journal.number(name), None, "{name}");
        }
    }

    #[test]
    fn a_header_survives_and_a_flipped_bit_of_it_does_not() {
        let header = Header::of(7, 99);
        let bytes = header.bytes(Kind::Journal);
        assert_eq!(u64::try_from(bytes.len()), Ok(HEADER));
        assert_eq!(Header::read(Kind::Journal, &bytes), Ok(header));
        assert_eq!(Header::read(Kind::Snapshot, &bytes), Err(BadHeader::Foreign));
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(Header::read(Kind::Journal, &bytes).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_record_counts_only_in_its_own_journal_and_place() {
        let mut bytes = vec![0; 5];
        let mut batch = Vec::new();
        push_record(&mut batch, 3, 5, b"one");
        push_record(&mut batch, 3, 5, b"two");
        bytes.extend(&batch);
        let one = record_at(&bytes, 3, 5).unwrap();
        assert_eq!((one.payload, one.batch, one.next), (b"one".as_slice(), 5, 20));
        let two = record_at(&bytes, 3, one.next).unwrap();
        assert_eq!((two.payload, two.batch, two.next), (b"two".as_slice(), 5, 35));
        assert_eq!(record_at(&bytes, 4, 5), None, "another journal");
        assert_eq!(record_at(&batch, 3, 0), None, "another place");
        assert_eq!(record_at(&bytes, 3, 35), None, "the end");
    }

    #[test]
    fn a_tail_that_looks_like_lengths_everywhere_is_given_up_as_damage() {
        // Every fourth byte begins what could be a record of half a megabyte.
        let mut bytes = [7, 7, 7, 0].repeat(1 << 20);
        bytes.splice(..0, [0; 30]);
        assert_eq!(Search::new(&bytes, 1).behind(30), Behind::Unclear);
    }

    #[test]
    fn damage_before_a_later_write_is_told_from_a_torn_write() {
        let mut bytes = Vec::new();
        push_record(&mut bytes, 1, 0, b"first of a write");
        push_record(&mut bytes, 1, 0, b"second of that write");
        bytes[14] ^= 1;
        assert_eq!(Search::new(&bytes, 1).behind(0), Behind::Nothing, "torn");
        let start = u64::try_from(bytes.len()).unwrap();
        let mut batch = Vec::new();
        push_record(&mut batch, 1, start, b"a later write");
        bytes.extend(batch);
        assert_eq!(Search::new(&bytes, 1).behind(0), Behind::Durable(start), "damaged");
    }
}
