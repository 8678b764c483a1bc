//! Every word that is met while one answer is judged, looked up once: its stem and its vector. It does
//! not know where the words stand.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use rust_stemmers::{Algorithm, Stemmer};

use super::text::{has_content, negates};
use super::vectors::Vectors;

/// How far a word with a long vector counts for more; chosen in `tools/vectors`.
const POWER: f32 = 0.7;
/// Words less alike than this have nothing to do with each other.
const FLOOR: f32 = 0.2;
/// A shorter word is not taken for a misspelt one.
const MISSPELT: usize = 5;

/// A word by its number among those that were met.
pub(super) type WordNumber = usize;

/// A word that was met.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) written: String,
    pub(super) stem: String,
    /// The number of the first word with this stem: equal for all forms of a word.
    pub(super) family: WordNumber,
    /// Whether it says something by itself.
    pub(super) has_content: bool,
    /// Whether it turns what is said into its opposite.
    pub(super) negates: bool,
    /// What it means, once that was asked: most small words are never asked.
    meaning: OnceCell<Meaning>,
}

/// The vector of a word.
#[derive(Debug, Default)]
struct Meaning {
    /// At length one; empty where the word has none.
    direction: Vec<f32>,
    length: f32,
}

impl Meaning {
    fn of(vector: Vec<f32>) -> Self {
        let length = dot(&vector, &vector).sqrt();
        let mut direction = vector;
        if length > 0.0 {
            for one in &mut direction {
                *one /= length;
            }
        }
        Self { direction, length }
    }
}

/// The words that were met.
pub(super) struct Words<'v> {
    vectors: &'v Vectors,
    stemmer: Stemmer,
    numbers: HashMap<String, WordNumber, RandomState>,
    families: HashMap<String, WordNumber, RandomState>,
    met: Vec<Word>,
}

impl<'v> Words<'v> {
    pub(super) fn new(vectors: &'v Vectors) -> Self {
        Self {
            vectors,
            stemmer: Stemmer::create(Algorithm::English),
            numbers: HashMap::default(),
            families: HashMap::default(),
            met: Vec::new(),
        }
    }

    /// The number of a word as it is written, lower case.
    pub(super) fn number(&mut self, written: &str) -> WordNumber {
        if let Some(number) = self.numbers.get(written) {
            return *number;
        }
        let number = self.met.len();
        let stem = self.stemmer.stem(written).into_owned();
        let family = *self.families.entry(stem.clone()).or_insert(number);
        let (has_content, negates) = (has_content(written), negates(written));
        self.numbers.insert(written.to_owned(), number);
        let written = written.to_owned();
        self.met.push(Word {
            written,
            stem,
            family,
            has_content,
            negates,
            meaning: OnceCell::new(),
        });
        number
    }

    fn meaning<'w>(&self, word: &'w Word) -> &'w Meaning {
        word.meaning
            .get_or_init(|| Meaning::of(self.vectors.word(&word.written).unwrap_or_default()))
    }

    /// How much a word says, by the length of its vector; words of everyday life have short ones.
    pub(super) fn weight(&self, number: WordNumber) -> f32 {
        self.get(number).map_or(0.0, |word| self.meaning(word).length.powf(POWER))
    }

    /// The word with this number.
    pub(super) fn get(&self, number: WordNumber) -> Option<&Word> {
        self.met.get(number)
    }

    /// How near a said word comes to a wanted one, 0 to 1: 1 for another form of it or a misspelling.
    /// What their vectors say counts as much as `trust`, 0 to 1.
    pub(super) fn nearness(&self, wanted: WordNumber, said: WordNumber, trust: f32) -> f32 {
        let (Some(wanted), Some(said)) = (self.get(wanted), self.get(said)) else { return 0.0 };
        if wanted.family == said.family || is_slip(wanted, said) {
            return 1.0;
        }
        let cosine = dot(&self.meaning(wanted).direction, &self.meaning(said).direction);
        ((cosine * trust - FLOOR) / (1.0 - FLOOR)).clamp(0.0, 1.0)
    }

    /// The sum of the vectors of words.
    pub(super) fn sum(&self, words: &[WordNumber]) -> Vec<f32> {
        let mut sum = vec![0.0; self.vectors.width()];
        for word in words.iter().filter_map(|word| self.get(*word)) {
            let Meaning { direction, length } = self.meaning(word);
            for (sum, one) in sum.iter_mut().zip(direction) {
                *sum += one * length;
            }
        }
        sum
    }
}

/// The cosine of two vectors, -1 to 1; 0 where one has no length.
pub(super) fn cosine(one: &[f32], other: &[f32]) -> f32 {
    let lengths = (dot(one, one) * dot(other, other)).sqrt();
    if lengths > 0.0 { dot(one, other) / lengths } else { 0.0 }
}

/// Takes away from a vector what points where `along` points.
pub(super) fn without(mut vector: Vec<f32>, along: &[f32]) -> Vec<f32> {
    let length = dot(along, along);
    if length > 0.0 {
        let share = dot(&vector, along) / length;
        for (one, along) in vector.iter_mut().zip(along) {
            *one -= share * along;
        }
    }
    vector
}

/// The sum of the products; 0 where one has no numbers.
pub(super) fn dot(one: &[f32], other: &[f32]) -> f32 {
    // Eight sums at once, so that the compiler can use wide registers: the order of a single sum is
    // fixed, which forbids that.
    let (ones, rest) = one.as_chunks::<8>();
    let (others, other_rest) = other.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for (one, other) in ones.iter().zip(others) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    let rest: f32 = rest.iter().zip(other_rest).map(|(one, other)| one * other).sum();
    sums.iter().sum::<f32>() + rest
}

/// Whether a word is one slip of the finger away from another, or from another form of it.
fn is_slip(wanted: &Word, said: &Word) -> bool {
    let is_long = wanted.written.len() > MISSPELT;
    one_edit(&wanted.written, &said.written) || is_long && one_edit(&wanted.stem, &said.stem)
}

/// One letter more, less or other, or two neighbours swapped.
fn one_edit(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().min(other.len()) < MISSPELT || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    match (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default()) {
        ([_], []) | ([], [_]) => true,
        ([first, second, rest @ ..], [swapped, again, others @ ..])
            if first == again && second == swapped && rest == others =>
        {
            true
        }
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([_, rest @ ..], others) if rest == others => true,
        (rest, [_, others @ ..]) => rest == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("index", "indxe", true)]
    #[case("index", "indexx", true)]
    #[case("index", "indx", false)]
    #[case("deadlock", "deadlok", true)]
    #[case("deadlock", "deadlocks", true)]
    #[case("deadlock", "dedlok", false)]
    #[case("cache", "cache", false)]
    #[case("cache", "cacke", true)]
    #[case("cat", "car", false)]
    fn one_letter_makes_a_slip_of_a_long_word(
        #[case] one: &str,
        #[case] other: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(one_edit(one, other), expected);
        assert_eq!(one_edit(other, one), expected);
    }

    #[test]
    fn a_dot_product_is_the_same_in_any_width() {
        let one: Vec<f32> = (0_u8..19).map(f32::from).collect();
        assert!((dot(&one, &one) - 2109.0).abs() < 1e-3);
        assert!(dot(&one, &[]).abs() < 1e-9);
    }
}
