//! Inputs near those that are kept: a strategy for `proptest`, so that what breaks something
//! shrinks to few changes. It does not know what the bytes mean.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A change of some bytes.
#[derive(Debug, Clone)]
enum Change {
    /// Flips bits of one byte.
    Flip(Index, u8),
    /// Puts bytes in.
    Insert(Index, Vec<u8>),
    /// Takes bytes out.
    Remove(Index, usize),
    /// Says the same bytes again, so often.
    Repeat(Index, usize, usize),
    /// Cuts the end off.
    Cut(Index),
    /// Goes on as another input does from there.
    Splice(Index, Index, Vec<u8>),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>, longest: usize) {
        let spot = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
        match self {
            Self::Flip(at, mask) => {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] ^= mask;
                }
            }
            Self::Insert(at, word) => {
                let at = spot(at, bytes);
                bytes.splice(at..at, word.iter().copied());
            }
            Self::Remove(at, length) => {
                let at = spot(at, bytes);
                bytes.drain(at..bytes.len().min(at + length));
            }
            Self::Repeat(at, length, times) => {
                let at = spot(at, bytes);
                let part = bytes[at..bytes.len().min(at + length)].to_vec();
                let times = (*times).min(longest / part.len().max(1));
                bytes.splice(at..at, part.repeat(times));
            }
            Self::Cut(at) => bytes.truncate(spot(at, bytes)),
            Self::Splice(at, from, other) => {
                bytes.truncate(spot(at, bytes));
                bytes.extend(&other[spot(from, other)..]);
            }
        }
        bytes.truncate(longest);
    }
}

/// Inputs of at most `longest` bytes near these, with such words in them.
pub(crate) fn near(
    kept: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    longest: usize,
) -> impl Strategy<Value = Vec<u8>> {
    let at = any::<Index>;
    let bytes = vec(any::<u8>(), 1..8);
    let inserted = if words.is_empty() {
        bytes.boxed()
    } else {
        prop_oneof![3 => select(words), 1 => bytes].boxed()
    };
    let change = prop_oneof![
        4 => (at(), 1_u8..).prop_map(|(at, mask)| Change::Flip(at, mask)),
        6 => (at(), inserted).prop_map(|(at, word)| Change::Insert(at, word)),
        3 => (at(), 1_usize..40).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (at(), 1_usize..60, prop_oneof![4 => 1_usize..5, 1 => 5_usize..4_000])
            .prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), at(), select(kept.clone()))
            .prop_map(|(at, from, other)| Change::Splice(at, from, other)),
    ];
    (select(kept), vec(change, 0..12)).prop_map(move |(mut bytes, changes)| {
        for change in changes {
            change.apply(&mut bytes, longest);
        }
        bytes
    })
}
