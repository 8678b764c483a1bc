//! How much of what somebody would say who has a key point wrong an answer says. It does not know what
//! is enough.

use super::coverage::{Matches, Reference};
use super::features::Features;
use super::side::{Sentence, Side};
use super::words::{WordNumber, Words, cosine, without};

/// From here on a word counts as said when it is asked whether it is negated.
const SAID: f32 = 0.5;
/// How much is left of a word that is said negated where the opposite does not negate it, or the other
/// way round.
const TURNED: f32 = 0.3;
/// So many more words an opposite would need to count in full: two words are soon said by chance.
const CHANCE: f32 = 2.0;

/// What is seen of the opposites of a key point.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Opposed {
    /// How much of one of them one sentence says, the longer the more it counts; 0 to 1.
    pub said: f32,
    /// How near a sentence comes to one of them: a cosine, 0 to 1.
    pub likeness: f32,
}

impl Opposed {
    /// What says whether the opposite was claimed, with what is seen of the key point itself.
    pub fn row(&self, features: &Features) -> [f32; 7] {
        let [coverage, likeness, devotion, turned, denied] = features.against();
        [coverage, likeness, devotion, turned, denied, self.said, self.likeness]
    }
}

/// An answer as opposites are looked for in it.
pub(super) struct Looked<'a> {
    prompt: &'a Side,
    answer: &'a Side,
    /// What the question is about: that says nothing.
    along: Vec<f32>,
    /// What each sentence is about beside that.
    directions: Vec<Vec<f32>>,
}

impl<'a> Looked<'a> {
    pub(super) fn at(words: &Words<'_>, prompt: &'a Side, answer: &'a Side) -> Self {
        let along = words.sum(&prompt.contents);
        let direction = |sentence: &Sentence| without(words.sum(&sentence.contents), &along);
        let directions = answer.sentences.iter().map(direction).collect();
        Self { prompt, answer, along, directions }
    }

    /// Looks for the opposites of one key point.
    pub(super) fn opposed(
        &self,
        words: &mut Words<'_>,
        matches: &mut Matches,
        opposites: &[String],
    ) -> Opposed {
        let opposites: Vec<Side> = opposites.iter().map(|one| Side::read(words, one)).collect();
        let wanted = opposites.iter().flat_map(|side| side.contents.iter().copied());
        matches.want(words, wanted);
        let mut best = Opposed::default();
        for opposite in &opposites {
            let reference = Reference::of(words, &opposite.contents, self.prompt, &[]);
            #[expect(clippy::cast_precision_loss, reason = "opposites are short")]
            let size = opposite.contents.len() as f32;
            let direction = without(words.sum(&opposite.contents), &self.along);
            for (sentence, its) in self.answer.sentences.iter().zip(&self.directions) {
                let share = reference.share(|word| said(matches, opposite, sentence, word));
                best.said = best.said.max(share * size / (size + CHANCE));
                best.likeness = best.likeness.max(cosine(its, &direction));
            }
        }
        best
    }
}

/// How well a sentence says a word of an opposite, negated or not as it is there.
fn said(matches: &Matches, opposite: &Side, sentence: &Sentence, word: WordNumber) -> f32 {
    let (near, by) = matches.best(word, &sentence.columns);
    let Some(by) = by.filter(|_| near >= SAID) else { return near };
    let there = opposite.sentences.iter().find_map(|part| part.is_negated(word)).unwrap_or(false);
    let here = sentence.is_negated(by).unwrap_or(false);
    if there == here { near } else { near * TURNED }
}

#[cfg(test)]
mod tests {
    use crate::bank::KeyPoint;
    use crate::judge::{Asked, PointJudged, State, Thresholds, judge};

    /// What is seen of a key point with these opposites.
    fn seen(text: &str, opposites: &[&str]) -> PointJudged {
        let point = KeyPoint {
            terms: vec!["larger pool can be slower".to_owned(), "upper limit".to_owned()],
            opposites: opposites.iter().map(|one| (*one).to_owned()).collect(),
            ..KeyPoint::of("The pool is also a limit that protects the database.")
        };
        let prompt = "What does a connection pool do?";
        let asked = Asked { prompt, answer: "", points: &[point] };
        judge(Thresholds::default(), asked, text).points.remove(0)
    }

    const WRONG: &[&str] = &[
        "a bigger pool is always faster",
        "no upper limit is needed",
        "as many connections as the database accepts",
    ];

    #[rstest::rstest]
    #[case("A bigger pool is always faster, so make it as large as the database accepts.", true)]
    #[case(
        "The pool protects the database too, it is an upper limit, a larger pool can be slower.",
        false
    )]
    fn whoever_says_the_opposite_is_told(#[case] text: &str, #[case] expected: bool) {
        let seen = seen(text, WRONG);
        assert_eq!(seen.contradicted, expected, "{seen:?}");
    }

    #[test]
    fn what_may_be_denied_is_not_told_to_be_covered() {
        let said = seen(
            "A bigger pool is always faster, so there is no limit that protects the database.",
            WRONG,
        );
        assert!(said.contradicted && said.by_words >= 0.6, "{said:?}");
        assert_eq!(said.state, State::Unsure);
    }

    #[test]
    fn to_deny_the_opposite_is_not_to_say_it() {
        let said = "A bigger pool is always faster for the database, a limit protects nothing.";
        let denied = "A bigger pool is not always faster for the database, a limit protects it.";
        let [said, denied] = [said, denied].map(|text| seen(text, WRONG).opposed.unwrap());
        assert!(denied.said < said.said, "{denied:?} {said:?}");
    }

    #[test]
    fn nothing_is_asked_of_a_key_point_without_opposites_or_that_is_missing() {
        let text = "A bigger pool is always faster, so make it as large as the database accepts.";
        assert_eq!(seen(text, &[]).opposed, None);
        // About the question, so that only what it leaves out speaks against asking.
        let missing = seen("A connection pool lends out open connections.", WRONG);
        assert!(
            missing.by_words < 0.3 && (missing.p - missing.by_words).abs() < 1e-6,
            "{missing:?}"
        );
        assert_eq!((missing.opposed, missing.contradiction), (None, 0.0));
    }
}
