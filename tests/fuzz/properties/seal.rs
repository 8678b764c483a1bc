//! The bytes of a journal and a snapshot, known independently of the store: which records are
//! sound, and how checksums are put right around content that came from anywhere.

use std::io::Read as _;

/// The length of a header.
pub(super) const HEADER: usize = 30;
/// Before a record's payload: length, checksum, distance to its write.
const HEAD: usize = 12;
/// The longest record.
const LONGEST: usize = 16 << 20;
/// So much of a snapshot is unpacked, in bytes.
const UNPACKED: u64 = 1 << 20;

/// The sound part of a journal.
pub(super) struct Sound {
    /// Whether it has a header at all.
    pub(super) header: bool,
    pub(super) records: u64,
    /// Where the first record that is not sound begins.
    pub(super) end: u64,
    /// Whether a write that began behind it is sound: then it had been confirmed.
    pub(super) confirmed: bool,
}

/// Reads journal 1 from its beginning, as long as it is sound.
pub(super) fn sound(bytes: &[u8]) -> Sound {
    let header =
        bytes.get(26..HEADER) == Some(crc(&[bytes.get(..26).unwrap_or_default()]).as_slice());
    let (mut at, mut records) = (HEADER, 0);
    while header && let Some((_, length)) = sound_record(bytes, at) {
        at += length;
        records += 1;
    }
    let end = at.min(bytes.len());
    let later =
        |place: usize| sound_record(bytes, place).is_some_and(|(back, _)| place - back > end);
    let confirmed = header && (end + 1..bytes.len()).any(later);
    Sound { header, records, end: u64::try_from(end).expect("it is in memory"), confirmed }
}

/// The record at a place, where it is sound: how far behind the beginning of its write it stands,
/// and how long it is with its head.
fn sound_record(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let (back, sum, payload) = record(bytes, at)?;
    let is_sound = back as usize <= at && sum == record_sum(at, back, payload);
    is_sound.then_some((back as usize, HEAD + payload.len()))
}

/// The record at a place: distance, checksum, payload.
fn record(bytes: &[u8], at: usize) -> Option<(u32, [u8; 4], &[u8])> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk()?;
    let (sum, rest) = rest.split_first_chunk()?;
    let (back, rest) = rest.split_first_chunk()?;
    let length = u32::from_le_bytes(*length) as usize;
    let payload = (1..=LONGEST).contains(&length).then(|| rest.get(..length))??;
    Some((u32::from_le_bytes(*back), *sum, payload))
}

fn record_sum(at: usize, back: u32, payload: &[u8]) -> [u8; 4] {
    let at = u64::try_from(at).expect("it is in memory");
    crc(&[&1_u64.to_le_bytes(), &at.to_le_bytes(), &back.to_le_bytes(), payload])
}

fn crc(parts: &[&[u8]]) -> [u8; 4] {
    let mut sum = crc32fast::Hasher::new();
    for part in parts {
        sum.update(part);
    }
    sum.finalize().to_le_bytes()
}

fn header(magic: [u8; 8], word: u64) -> Vec<u8> {
    let mut bytes = magic.to_vec();
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(1_u64.to_le_bytes());
    bytes.extend(word.to_le_bytes());
    let sum = crc(&[&bytes]);
    bytes.extend(sum);
    bytes
}

/// The same bytes as a journal in which every header, length and checksum is right.
pub(super) fn journal(bytes: &[u8]) -> Vec<u8> {
    let mut sealed = header(*b"MBjourn\n", 0);
    let mut rest = bytes.get(HEADER..).unwrap_or_default();
    while rest.len() > HEAD {
        let length = rest.first_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize);
        let length =
            if (1..=rest.len() - HEAD).contains(&length) { length } else { rest.len() - HEAD };
        let payload = rest.get(HEAD..HEAD + length).unwrap_or_default();
        let back = 0;
        let sum = record_sum(sealed.len(), back, payload);
        sealed.extend(u32::try_from(length).expect("inputs are short").to_le_bytes());
        sealed.extend(sum);
        sealed.extend(back.to_le_bytes());
        sealed.extend(payload);
        rest = rest.get(HEAD + length..).unwrap_or_default();
    }
    sealed
}

/// The same bytes as a snapshot in which every header, length and checksum is right. What follows
/// the header may be packed or not. None where it cannot be packed.
pub(super) fn snapshot(bytes: &[u8]) -> Option<Vec<u8>> {
    let body = bytes.get(HEADER..)?;
    let mut unpacked = Vec::new();
    let packed = zstd::stream::read::Decoder::new(body).ok().is_some_and(|stream| {
        stream.take(UNPACKED).read_to_end(&mut unpacked).is_ok() && !unpacked.is_empty()
    });
    let mut rest = if packed { unpacked.as_slice() } else { body };
    let (mut content, mut sums, mut count) = (Vec::new(), Vec::new(), 0_u64);
    while rest.len() > 8 {
        let length = rest.first_chunk().map_or(0, |length| u32::from_le_bytes(*length));
        if length == u32::MAX {
            break;
        }
        let length = (length as usize).min(rest.len() - 8);
        let chunk = rest.get(8..8 + length).unwrap_or_default();
        let sum = crc(&[chunk]);
        content.extend(u32::try_from(length).ok()?.to_le_bytes());
        content.extend(sum);
        content.extend(chunk);
        sums.extend(sum);
        count += 1;
        rest = rest.get(8 + length..).unwrap_or_default();
    }
    sums.extend(count.to_le_bytes());
    content.extend(u32::MAX.to_le_bytes());
    content.extend(crc(&[&sums]));
    content.extend(count.to_le_bytes());
    let mut sealed = header(*b"MBimage\n", 0);
    sealed.extend(zstd::bulk::compress(&content, 1).ok()?);
    Some(sealed)
}
