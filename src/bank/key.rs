//! The name of a question in eight bytes, for where its id is too long.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::QuestionId;

/// A question's name in eight bytes: the FNV-1a hash of its id. The bank refuses two ids of one
/// key. It stands in buttons, and in what is remembered of every question of every member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    // Two halves, because a member remembers thousands: eight bytes of one number would have to
    // stand at every eighth byte.
    high: u32,
    low: u32,
}

impl Key {
    /// The key of a question.
    pub fn of(id: &QuestionId) -> Self {
        // FNV-1a, 64 bits (draft-eastlake-fnv). It must never change: it is stored.
        let hash = id.as_str().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::new(hash)
    }

    /// The key with this number.
    pub const fn new(number: u64) -> Self {
        let [high @ .., _, _, _, _] = number.to_be_bytes();
        let [_, _, _, _, low @ ..] = number.to_be_bytes();
        Self { high: u32::from_be_bytes(high), low: u32::from_be_bytes(low) }
    }

    /// Its number.
    pub fn number(self) -> u64 {
        (u64::from(self.high) << 32) | u64::from(self.low)
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_hash_that_others_compute() {
        // Test vectors of draft-eastlake-fnv, appendix C.
        for (text, hash) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            let key = Key::of(&QuestionId::new(text));
            assert_eq!(key, Key::new(hash), "{text}");
            assert_eq!((key.number(), key.to_string()), (hash, format!("{hash:016x}")));
        }
    }
}
