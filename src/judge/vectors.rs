//! Static vectors of words: what each piece of a word means, as a point in a space in which words of
//! like meaning lie close together. It knows no questions. How the file is made: `tools/vectors`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, SafeTensorError, TensorView};

/// A longer word is none; what it takes to part it grows with the square of its length.
const LONGEST: usize = 40;

/// Why a file of vectors cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum VectorsError {
    /// It is no such file.
    #[error("the word vectors cannot be read: {0}")]
    Unreadable(#[from] SafeTensorError),
    /// A tensor has another type or shape.
    #[error("the word vectors are damaged: `{0}` is not as it should be")]
    Damaged(&'static str),
}

static SHIPPED: LazyLock<Vectors> = LazyLock::new(|| {
    // A damaged file would be a fault of the build; then no word is known, and only equal ones count.
    Vectors::read(include_bytes!("vectors.safetensors")).unwrap_or_default()
});

/// The vectors of all pieces of words.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    /// The row of each piece; what continues a word begins with `##`.
    tokens: HashMap<&'static str, usize, RandomState>,
    /// What a row is multiplied with.
    scales: Vec<f32>,
    rows: &'static [u8],
    width: usize,
}

impl Vectors {
    /// Those that come with the bot; read when first asked for.
    pub(super) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a file in the format of safetensors: `tokens` (U8, joined by line feeds, in the order of
    /// their bytes), `scales` (F32, one for each) and `vectors` (I8, a row for each).
    pub(super) fn read(file: &'static [u8]) -> Result<Self, VectorsError> {
        let tensors = SafeTensors::deserialize(file)?;
        let named = |name, kind| of_kind(tensors.tensor(name)?, name, kind);
        let tokens = named("tokens", Dtype::U8)?;
        let tokens = str::from_utf8(tokens.data()).map_err(|_| VectorsError::Damaged("tokens"))?;
        let tokens: Vec<&str> = tokens.split('\n').collect();
        let scales = named("scales", Dtype::F32)?;
        let scales: Vec<f32> =
            scales.data().as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let vectors = named("vectors", Dtype::I8)?;
        let (rows, width) = match vectors.shape() {
            &[rows, width] if width > 0 => (rows, width),
            _ => return Err(VectorsError::Damaged("vectors")),
        };
        if tokens.len() != rows || !tokens.is_sorted() {
            return Err(VectorsError::Damaged("tokens"));
        }
        if scales.len() != rows || !scales.iter().all(|scale| scale.is_finite()) {
            return Err(VectorsError::Damaged("scales"));
        }
        let tokens = tokens.into_iter().zip(0..).collect();
        Ok(Self { tokens, scales, rows: vectors.data(), width })
    }

    /// How many numbers a vector has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether a word is a piece of its own, as common English and technical words are.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.tokens.contains_key(word)
    }

    /// The sum of the vectors of a word's pieces: the longest known beginning, then the longest known
    /// continuation, and so on (`WordPiece`). None where a piece is not known.
    pub(super) fn word(&self, word: &str) -> Option<Vec<f32>> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut sum = vec![0.0; self.width];
        let mut rest = word;
        let mut token = String::with_capacity(word.len() + 2);
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).rev();
            let (end, row) = ends.into_iter().find_map(|end| {
                token.clear();
                if rest.len() < word.len() {
                    token.push_str("##");
                }
                token.push_str(rest.get(..end)?);
                Some((end, *self.tokens.get(token.as_str())?))
            })?;
            self.add(row, &mut sum);
            rest = rest.get(end..)?;
        }
        Some(sum)
    }

    fn add(&self, row: usize, sum: &mut [f32]) {
        let bytes = self.rows.get(row * self.width..).unwrap_or_default();
        let scale = self.scales.get(row).copied().unwrap_or_default();
        for (sum, byte) in sum.iter_mut().zip(bytes) {
            *sum += f32::from(byte.cast_signed()) * scale;
        }
    }
}

fn of_kind(
    tensor: TensorView<'static>,
    name: &'static str,
    kind: Dtype,
) -> Result<TensorView<'static>, VectorsError> {
    if tensor.dtype() == kind { Ok(tensor) } else { Err(VectorsError::Damaged(name)) }
}

/// A few vectors made by hand.
#[cfg(test)]
pub(super) mod by_hand {
    use super::*;

    /// A file of these pieces, in the order of their bytes.
    pub(crate) fn file(rows: &[(&str, &[i8])]) -> Vec<u8> {
        let tokens = rows.iter().map(|(token, _)| *token).collect::<Vec<_>>().join("\n");
        let scales: Vec<u8> = rows.iter().flat_map(|_| 0.5_f32.to_le_bytes()).collect();
        let bytes: Vec<u8> =
            rows.iter().flat_map(|(_, row)| row.iter().map(|one| one.cast_unsigned())).collect();
        let shape = vec![rows.len(), rows.first().map_or(0, |(_, row)| row.len())];
        let tensors = [
            ("tokens", TensorView::new(Dtype::U8, vec![tokens.len()], tokens.as_bytes()).unwrap()),
            ("scales", TensorView::new(Dtype::F32, vec![rows.len()], &scales).unwrap()),
            ("vectors", TensorView::new(Dtype::I8, shape, &bytes).unwrap()),
        ];
        safetensors::serialize(tensors, None).unwrap()
    }

    pub(crate) fn read(rows: &[(&str, &[i8])]) -> Result<Vectors, VectorsError> {
        Vectors::read(file(rows).leak())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_sum_of_its_longest_pieces() {
        let vectors = by_hand::read(&[
            ("##lock", &[0, 4]),
            ("##locks", &[0, 6]),
            ("d", &[8, 0]),
            ("dead", &[2, 0]),
        ]);
        let vectors = vectors.unwrap();
        assert_eq!(vectors.word("dead"), Some(vec![1.0, 0.0]));
        assert_eq!(vectors.word("deadlocks"), Some(vec![1.0, 3.0]));
        assert_eq!(vectors.word("dlock"), Some(vec![4.0, 2.0]));
        assert_eq!(vectors.word("lock"), None, "only a continuation");
        assert_eq!(vectors.word("deadx"), None);
        assert_eq!(vectors.word(""), None);
    }

    #[test]
    fn a_file_that_is_not_as_it_should_be_is_refused() {
        let refused = |rows: &[(&str, &[i8])]| by_hand::read(rows).unwrap_err().to_string();
        assert_eq!(
            refused(&[("b", &[1]), ("a", &[1])]),
            "the word vectors are damaged: `tokens` is not as it should be"
        );
        assert!(matches!(Vectors::read(b"nothing"), Err(VectorsError::Unreadable(_))));
    }
}
