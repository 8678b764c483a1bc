//! A snapshot's inside: a header, then one compressed stream of checked chunks, one an owner, and
//! a trailer that tells a whole file from one that was cut. It does not know when a snapshot is
//! made, nor which one counts.

use std::collections::BTreeMap;
use std::io::{self, BufReader, BufWriter, Read, Write};

use crc32fast::Hasher;
use jiff::Timestamp;
use serde::Serialize;

use super::Kept;
use super::disk::{Disk, DiskFile};
use super::format::{BadHeader, END_OF_CHUNKS, HEADER, Header, Kind};

/// Fast, and most of what higher levels save.
const LEVEL: i32 = 3;
/// How many bytes are handed to the disk at a time.
const BUFFER: usize = 1 << 18;

/// The longest image of an owner, in bytes: what a team of half a million members with two
/// kilobytes each would take. A damaged length may promise more, and would take all memory.
const LONGEST_CHUNK: usize = 1 << 30;

/// The length of an image as it is written, or why it cannot be.
pub(super) fn fits(bytes: usize) -> Result<u32, String> {
    let length = u32::try_from(bytes).ok().filter(|_| bytes <= LONGEST_CHUNK);
    length.ok_or_else(|| {
        format!("it is {bytes} bytes long, and at most {LONGEST_CHUNK} can be read again")
    })
}

/// An owner's image as bytes, so that the owner need not stand still while it is compressed and
/// written.
#[derive(Debug, Clone)]
pub struct Image<O> {
    pub(super) owner: O,
    pub(super) seq: u64,
    pub(super) bytes: Vec<u8>,
}

impl<O: Copy + Serialize> Image<O> {
    /// Takes the image of an owner that has seen `seq` records.
    pub fn of<K: Kept<Owner = O>>(owner: O, seq: u64, state: &K) -> Result<Self, postcard::Error> {
        Ok(Self { owner, seq, bytes: postcard::to_allocvec(&(owner, seq, state))? })
    }
}

type Stream = zstd::stream::write::Encoder<'static, BufWriter<Box<dyn DiskFile>>>;

/// A snapshot file that is being written.
pub(super) struct Chunks {
    stream: Stream,
    count: u64,
    sum: Hasher,
}

impl Chunks {
    /// Writes the header into an empty file.
    pub(super) fn begin(file: Box<dyn DiskFile>, header: Header) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(BUFFER, file);
        file.write_all(&header.bytes(Kind::Snapshot))?;
        let stream = Stream::new(file, LEVEL)?;
        Ok(Self { stream, count: 0, sum: Hasher::new() })
    }

    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = fits(bytes.len()).map_err(io::Error::other)?;
        let sum = crc32fast::hash(bytes).to_le_bytes();
        self.stream.write_all(&length.to_le_bytes())?;
        self.stream.write_all(&sum)?;
        self.stream.write_all(bytes)?;
        self.count += 1;
        self.sum.update(&sum);
        Ok(())
    }

    /// Writes the trailer and makes the file durable.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let count = self.count.to_le_bytes();
        self.sum.update(&count);
        self.stream.write_all(&END_OF_CHUNKS.to_le_bytes())?;
        self.stream.write_all(&self.sum.finalize().to_le_bytes())?;
        self.stream.write_all(&count)?;
        let mut file = self.stream.finish()?;
        file.flush()?;
        file.get_mut().sync()
    }
}

/// What a snapshot holds.
pub(super) struct Loaded<K: Kept> {
    pub(super) header: Header,
    pub(super) owners: BTreeMap<K::Owner, (u64, K)>,
}

impl<K: Kept> Loaded<K> {
    /// When it was begun, by the clock of the machine that wrote it.
    pub(super) fn begun(&self) -> Timestamp {
        let begun = i64::try_from(self.header.word).ok();
        begun.and_then(|begun| Timestamp::from_millisecond(begun).ok()).unwrap_or_default()
    }
}

/// Why a snapshot cannot be used.
pub(super) enum Unusable {
    /// The disk did not give it.
    Io(io::Error),
    /// A newer format.
    Newer(u16),
    /// It is not as it was written: from which byte on, and in which way. What is packed has no
    /// place of its own.
    Damaged(u64, String),
}

/// Reads the whole snapshot `number`, or says why not.
pub(super) fn load<K: Kept>(disk: &dyn Disk, number: u64) -> Result<Loaded<K>, Unusable> {
    load_file(disk, &Kind::Snapshot.name(number), number)
}

/// The same, where the file has another name.
pub(super) fn load_file<K: Kept>(
    disk: &dyn Disk,
    name: &str,
    number: u64,
) -> Result<Loaded<K>, Unusable> {
    let mut file = disk.read(name).map_err(Unusable::Io)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEADER).read_to_end(&mut bytes).map_err(Unusable::Io)?;
    let header = match Header::read(Kind::Snapshot, &bytes) {
        Ok(header) if header.number == number => header,
        Ok(header) => {
            let what = format!("it is snapshot {} by its header", header.number);
            return Err(Unusable::Damaged(10, what));
        }
        Err(BadHeader::Newer(format)) => return Err(Unusable::Newer(format)),
        Err(bad @ (BadHeader::Incomplete | BadHeader::Foreign | BadHeader::Checksum)) => {
            return Err(Unusable::Damaged(0, bad.to_string()));
        }
    };
    let mut stream =
        zstd::stream::read::Decoder::new(file).map(BufReader::new).map_err(Unusable::Io)?;
    let owners = read_chunks(&mut stream, header.format)?;
    Ok(Loaded { header, owners })
}

/// Reads chunks up to the trailer and makes sure that nothing follows.
fn read_chunks<K: Kept>(
    stream: &mut impl Read,
    format: u16,
) -> Result<BTreeMap<K::Owner, (u64, K)>, Unusable> {
    let mut owners = BTreeMap::new();
    let (mut count, mut all) = (0_u64, Hasher::new());
    let mut bytes = Vec::new();
    loop {
        let length = u32::from_le_bytes(exactly(stream)?);
        let sum: [u8; 4] = exactly(stream)?;
        if length == END_OF_CHUNKS {
            let stated: [u8; 8] = exactly(stream)?;
            all.update(&stated);
            if all.finalize().to_le_bytes() != sum || u64::from_le_bytes(stated) != count {
                return damaged("its trailer does not fit what it holds");
            }
            let more = stream.read(&mut [0]).map_err(unreadable)?;
            return if more == 0 { Ok(owners) } else { damaged("something follows its trailer") };
        }
        bytes.clear();
        if usize::try_from(length).ok().and_then(|length| fits(length).ok()).is_none() {
            let what = format!("chunk {} is longer than any that is written", count + 1);
            return damaged(&what);
        }
        let length = u64::from(length);
        // Grows with what is really there, because a damaged length may promise anything.
        let read = stream.by_ref().take(length).read_to_end(&mut bytes).map_err(unreadable)?;
        if u64::try_from(read) != Ok(length) || crc32fast::hash(&bytes).to_le_bytes() != sum {
            return damaged(&format!("the checksum of chunk {} does not fit", count + 1));
        }
        all.update(&sum);
        count += 1;
        let chunk = read_chunk::<K>(format, &bytes);
        let (owner, seq, state) =
            chunk.map_err(|error| unpacked(format!("chunk {count} makes no sense: {error}")))?;
        if owners.insert(owner, (seq, state)).is_some() {
            return damaged(&format!("it holds {owner:?} twice"));
        }
    }
}

fn read_chunk<K: Kept>(format: u16, bytes: &[u8]) -> Result<(K::Owner, u64, K), postcard::Error> {
    let ((owner, seq), image) = postcard::take_from_bytes(bytes)?;
    Ok((owner, seq, K::image(format, image)?))
}

fn exactly<const N: usize>(stream: &mut impl Read) -> Result<[u8; N], Unusable> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn damaged<T>(what: &str) -> Result<T, Unusable> {
    Err(unpacked(what.to_owned()))
}

/// Damage to what follows the header.
fn unpacked(what: String) -> Unusable {
    Unusable::Damaged(HEADER, what)
}

/// The decoder reports a broken stream as an error of the disk's; the disk's own have a number.
/// Want of memory is no damage either, whoever of both wants it.
fn unreadable(error: io::Error) -> Unusable {
    let memory = error.kind() == io::ErrorKind::OutOfMemory
        || error.to_string().contains("not enough memory");
    if memory {
        Unusable::Io(io::Error::new(io::ErrorKind::OutOfMemory, error))
    } else if error.raw_os_error().is_some() {
        Unusable::Io(error)
    } else {
        unpacked(format!("its content cannot be unpacked: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::Team;

    fn refused(bytes: impl Read) -> Unusable {
        let mut bytes = bytes;
        read_chunks::<Team>(&mut bytes, 1).expect_err("it is no snapshot")
    }

    #[test]
    fn a_chunk_that_no_team_needs_is_refused_before_it_is_read() {
        for length in [(1 << 30) + 1, END_OF_CHUNKS - 1] {
            let head = [length.to_le_bytes(), [0; 4]].concat();
            let rest = io::repeat(0).take(1 << 20);
            let Unusable::Damaged(HEADER, what) = refused(head.chain(rest)) else {
                panic!("it is damaged");
            };
            assert!(what.starts_with("chunk 1 is longer than"), "{what}");
        }
    }

    #[test]
    fn want_of_memory_is_no_damage() {
        /// Fails as the standard library and the decoder do.
        struct Failing(Option<io::Error>);
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(self.0.take().expect("read once"))
            }
        }
        for error in [
            io::Error::from(io::ErrorKind::OutOfMemory),
            io::Error::other("Allocation error : not enough memory"),
        ] {
            assert!(matches!(refused(Failing(Some(error))), Unusable::Io(_)));
        }
    }

    #[test]
    fn a_team_that_is_too_long_for_a_snapshot_is_named() {
        let error = fits(LONGEST_CHUNK + 1).expect_err("it is too long");
        assert_eq!(error, "it is 1073741825 bytes long, and at most 1073741824 can be read again");
        assert_eq!(fits(LONGEST_CHUNK), Ok(1 << 30));
    }
}
