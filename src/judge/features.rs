//! What is seen of each key point in an answer, as a few numbers. It does not know what they prove.

use super::coverage::{Matches, Reference};
use super::side::{Sentence, Side};
use super::words::{WordNumber, Words, cosine, without};
use crate::bank::KeyPoint;

/// So many terms of a key point count, those that the answer says best: whoever lists twenty ways to
/// say it does not mean that all of them should be said.
const TERMS: u8 = 6;
/// From here on a word counts as said when it is asked whether it is negated.
const SAID: f32 = 0.5;

/// A question made ready: its words, its key points and their terms.
pub(super) struct Ready {
    pub(super) prompt: Side,
    points: Vec<Point>,
}

struct Point {
    statement: Side,
    terms: Vec<Side>,
}

impl Point {
    fn sides(&self) -> impl Iterator<Item = &Side> {
        std::iter::once(&self.statement).chain(&self.terms)
    }
}

/// What is seen of a key point.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features {
    /// How much of its statement and terms the answer says, 0 to 1.
    pub coverage: f32,
    /// How near the nearest sentence comes to them as a whole: a cosine, 0 to 1.
    pub likeness: f32,
    /// How much of the answer is about this key point more than about another one, as a share of what
    /// could be said of it; 0 or more.
    pub devotion: f32,
    /// How much of the statement that sentence says which says most of it, if it negates where the
    /// statement does not, or the other way round; else 0. 0 to 1.
    pub turned: f32,
    /// The share of its words that this sentence says negated where the statement does not, or the
    /// other way round; 0 to 1.
    pub denied: f32,
    /// How many of its terms counted, as a share of six; 0 to 1. With more of them to say, less of
    /// them is said.
    pub terms: f32,
}

impl Features {
    /// How many there are.
    pub const COUNT: usize = 6;

    /// Whether the key point has terms.
    pub fn has_terms(&self) -> bool {
        self.terms > 0.0
    }

    /// What says, without opposites, whether the opposite was claimed.
    pub fn against(&self) -> [f32; 5] {
        [self.coverage, self.likeness, self.devotion, self.turned, self.denied]
    }

    /// The same as a row of numbers, in the order of the fields.
    pub fn row(&self) -> [f32; Self::COUNT] {
        [self.coverage, self.likeness, self.devotion, self.turned, self.denied, self.terms]
    }
}

/// What is seen of a key point, and where.
pub(super) struct Seen {
    pub(super) features: Features,
    /// The sentence that says most of it, by its number.
    pub(super) sentence: usize,
}

/// A key point as it is held against one answer.
struct Held<'r> {
    point: &'r Point,
    matches: &'r Matches,
    /// The words of its statement and of the terms that count.
    families: Vec<WordNumber>,
    /// How many terms count.
    terms: u8,
}

impl Ready {
    pub(super) fn of(words: &mut Words<'_>, prompt: &str, points: &[KeyPoint]) -> Self {
        let prompt = Side::read(words, prompt);
        let point = |point: &KeyPoint| Point {
            statement: Side::read(words, &point.point),
            terms: point.terms.iter().map(|term| Side::phrase(words, term)).collect(),
        };
        Self { points: points.iter().map(point).collect(), prompt }
    }

    /// The words of the question and of all that is known of its answer, each family once.
    pub(super) fn whole(&self, model: &Side) -> Side {
        let mut whole = Side::default();
        whole.take(&self.prompt);
        whole.take(model);
        for point in &self.points {
            whole.take(&point.statement);
            point.terms.iter().for_each(|term| whole.take(term));
        }
        whole
    }

    /// How near an answer comes to each word of all key points.
    pub(super) fn matches(&self, words: &Words<'_>, answer: &Side) -> Matches {
        let sides = self.points.iter().flat_map(Point::sides);
        let wanted = sides.flat_map(|side| side.contents.iter().copied());
        Matches::of(words, wanted, answer, &self.prompt)
    }

    /// What is seen of each key point.
    pub(super) fn look(&self, words: &Words<'_>, answer: &Side, matches: &Matches) -> Vec<Seen> {
        let held: Vec<Held<'_>> =
            self.points.iter().map(|point| self.hold(words, point, matches)).collect();
        let bags: Vec<Reference> = (0..held.len())
            .filter_map(|place| {
                let others = but(held.iter().map(|held| &*held.families), place);
                Some(Reference::of(words, &held.get(place)?.families, &self.prompt, &others))
            })
            .collect();
        let pulls: Vec<Vec<f32>> =
            held.iter().zip(&bags).map(|(held, bag)| held.matches.pull(bag)).collect();
        let along = words.sum(&self.prompt.contents);
        let directions: Vec<Vec<f32>> = answer
            .sentences
            .iter()
            .map(|sentence| without(words.sum(&sentence.contents), &along))
            .collect();
        let look = |(place, (held, bag)): (usize, (&Held<'_>, &Reference))| {
            let others = but(self.points.iter().map(|point| &*point.statement.contents), place);
            let statement =
                Reference::of(words, &held.point.statement.contents, &self.prompt, &others);
            let direction = without(words.sum(&held.families), &along);
            let likeness = directions.iter().map(|one| cosine(one, &direction)).fold(0.0, f32::max);
            let (turned, denied) = polarity(held, &statement, answer);
            Seen {
                features: Features {
                    coverage: bag.share(|word| held.matches.said(word)),
                    likeness,
                    devotion: devotion(&pulls, place, bag),
                    turned,
                    denied,
                    terms: f32::from(held.terms) / f32::from(TERMS),
                },
                sentence: nearest(held, bag, answer),
            }
        };
        held.iter().zip(&bags).enumerate().map(look).collect()
    }

    /// Chooses the terms that count.
    fn hold<'r>(&self, words: &Words<'_>, point: &'r Point, matches: &'r Matches) -> Held<'r> {
        let mut terms: Vec<(f32, &Side)> = point
            .terms
            .iter()
            .map(|term| {
                let reference = Reference::of(words, &term.contents, &self.prompt, &[]);
                (reference.share(|word| matches.said(word)), term)
            })
            .collect();
        terms.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut families = point.statement.contents.clone();
        let mut count = 0;
        for (_, term) in terms.into_iter().take(usize::from(TERMS)) {
            count += 1;
            for word in &term.contents {
                if !families.contains(word) {
                    families.push(*word);
                }
            }
        }
        Held { point, matches, families, terms: count }
    }
}

/// All but one.
fn but<'a>(all: impl Iterator<Item = &'a [WordNumber]>, place: usize) -> Vec<&'a [WordNumber]> {
    all.enumerate().filter(|(other, _)| *other != place).map(|(_, one)| one).collect()
}

/// The sentence that says most of a key point and its terms.
fn nearest(held: &Held<'_>, bag: &Reference, answer: &Side) -> usize {
    let mut best = (0.0, 0);
    for (number, sentence) in answer.sentences.iter().enumerate() {
        let share = bag.share(|word| held.matches.best(word, &sentence.columns).0);
        if share > best.0 {
            best = (share, number);
        }
    }
    best.1
}

/// How much of the answer is about this key point more than about any other one.
fn devotion(pulls: &[Vec<f32>], place: usize, bag: &Reference) -> f32 {
    let own = pulls.get(place).map(Vec::as_slice).unwrap_or_default();
    let is_own = |column: usize, pull: f32| {
        pulls.iter().enumerate().all(|(other, theirs)| {
            let theirs = theirs.get(column).copied().unwrap_or_default();
            // Of equals the first has it, so that no word counts twice.
            other == place || theirs < pull || theirs <= pull && place < other
        })
    };
    let sum: f32 =
        own.iter().enumerate().filter(|(at, pull)| is_own(*at, **pull)).map(|(_, pull)| pull).sum();
    if bag.weight > 0.0 { sum * bag.heaviest / bag.weight } else { 0.0 }
}

/// Whether the sentence that says most of a statement negates what the statement does not, or the
/// other way round: as a whole, and by the share of the words.
fn polarity(held: &Held<'_>, statement: &Reference, answer: &Side) -> (f32, f32) {
    let wanted = &held.point.statement.sentences;
    let mut best: (f32, Option<&Sentence>) = (0.0, None);
    for sentence in &answer.sentences {
        let share = statement.share(|word| held.matches.best(word, &sentence.columns).0);
        if share > best.0 {
            best = (share, Some(sentence));
        }
    }
    let (share, Some(sentence)) = best else { return (0.0, 0.0) };
    let negates = wanted.iter().any(|part| !part.negations.is_empty());
    let turned = if negates == sentence.negations.is_empty() { share } else { 0.0 };
    let denied = |word: WordNumber| {
        let (near, said) = held.matches.best(word, &sentence.columns);
        let Some(said) = said.filter(|_| near >= SAID) else { return 0.0 };
        let there = wanted.iter().find_map(|part| part.is_negated(word)).unwrap_or(false);
        let here = sentence.is_negated(said).unwrap_or(false);
        f32::from(u8::from(here != there))
    };
    (turned, statement.share(denied))
}
