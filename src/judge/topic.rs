//! Whether a text is an answer to this question at all, right or wrong. It does not know what is said
//! of which key point.

use super::coverage::{Matches, Reference};
use super::features::Seen;
use super::side::Side;
use super::words::{WordNumber, Words, cosine};

/// What is seen of whether a text is an answer to this question.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Topic {
    /// How near it comes as a whole to the question and its answer: a cosine, -1 to 1.
    pub likeness: f32,
    /// How much of what it says is near to something that the question or its answer says, 0 to 1.
    pub shared: f32,
    /// How much of the question it says, 0 to 1.
    pub prompt: f32,
    /// How near its sentences come to the key points, on average: a cosine, -1 to 1.
    pub nearest: f32,
    /// How many words the question and its answer have, as a natural logarithm; 0 or more. Where
    /// little is known of the answer, an honest one shares less with it.
    pub known: f32,
}

impl Topic {
    /// How many numbers there are.
    pub const COUNT: usize = 5;

    /// The same as a row of numbers, in the order of the fields.
    pub fn row(&self) -> [f32; Self::COUNT] {
        [self.likeness, self.shared, self.prompt, self.nearest, self.known]
    }

    pub(super) fn of(
        words: &Words<'_>,
        prompt: &Side,
        whole: &Side,
        answer: &Side,
        seen: &[Seen],
    ) -> Self {
        let nothing = Side::default();
        let share = |wanted: &Side, said: &Side| {
            // What stands there in so many words needs no search for something near.
            let is_there = |word: &WordNumber| said.has(*word);
            let rest = wanted.contents.iter().copied().filter(|word| !is_there(word));
            let matches = Matches::of(words, rest, said, &nothing);
            let reference = Reference::of(words, &wanted.contents, &nothing, &[]);
            reference.share(|word| if is_there(&word) { 1.0 } else { matches.said(word) })
        };
        #[expect(clippy::cast_precision_loss, reason = "words are few")]
        let known = (whole.contents.len() as f32).ln_1p();
        #[expect(clippy::cast_precision_loss, reason = "key points are few")]
        let count = seen.len().max(1) as f32;
        Self {
            likeness: cosine(&words.sum(&answer.contents), &words.sum(&whole.contents)),
            shared: share(answer, whole),
            prompt: share(prompt, answer),
            nearest: seen.iter().map(|seen| seen.features.likeness).sum::<f32>() / count,
            known,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::KeyPoint;
    use crate::judge::{Asked, Thresholds, judge};

    #[rstest::rstest]
    #[case::honest(
        "A slow query holds its connection so long that the others find the pool empty",
        true
    )]
    #[case::short("the others wait for a connection", true)]
    #[case::wrong("The pool grows by itself and each query gets a new connection", true)]
    #[case::stranger(
        "Plants on a windowsill bend since their stems grow faster on the dark side",
        false
    )]
    fn where_but_one_sentence_is_known_an_honest_answer_is_on_topic(
        #[case] text: &str,
        #[case] expected: bool,
    ) {
        let point = KeyPoint::of(
            "Requests queue up for a connection, since a few slow queries keep them all.",
        );
        let prompt = "Why can one slow query bring down a whole service?";
        let asked = Asked { prompt, answer: "", points: &[point] };
        assert_eq!(judge(Thresholds::default(), asked, text).on_topic, expected);
    }
}
