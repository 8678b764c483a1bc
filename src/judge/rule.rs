//! From what is seen of an answer to what is said of it. It knows no texts. The weights are fitted to
//! the answers in `tests/judge`, by the test that also sees to it that they stand here.

use super::features::Features;
use super::topic::Topic;

/// How much is left of the probability of a key point where an answer says nothing.
pub(super) const NOTHING: f32 = 0.2;
/// A key point is said to be contradicted from this probability on: one in fifty that are not, is.
const CONTRADICTED_FROM: f32 = 0.5;
/// An answer is on topic from this probability on.
const ON_TOPIC_FROM: f32 = 0.2;

/// How much each number counts, and what is added to their sum (logistic regression).
type Weights<const COUNT: usize> = ([f32; COUNT], f32);

const MADE: Weights<{ Features::COUNT }> = ([7.38, 5.79, 2.50, -1.69, -1.92, -1.34], -4.76);
const CONTRADICTED: Weights<{ Features::COUNT }> = ([0.0, 0.0, 0.0, 4.0, 4.0, 0.0], -4.0);
const ON_TOPIC: Weights<{ Topic::COUNT }> = ([1.0, 10.0, 4.0, 2.0], -7.0);

fn probability<const COUNT: usize>(weights: Weights<COUNT>, row: [f32; COUNT]) -> f32 {
    let (weights, bias) = weights;
    let sum: f32 = weights.iter().zip(row).map(|(one, other)| one * other).sum();
    1.0 / (1.0 + (-(sum + bias)).exp())
}

/// How probable it is that a person would say that a key point was made, 0 to 1.
pub(super) fn made(features: &Features) -> f32 {
    probability(MADE, features.row())
}

/// Whether a key point seems to be contradicted.
pub(super) fn is_contradicted(features: &Features) -> bool {
    probability(CONTRADICTED, features.row()) >= CONTRADICTED_FROM
}

/// Whether a text is an answer to the question.
pub(super) fn on_topic(topic: &Topic) -> bool {
    probability(ON_TOPIC, topic.row()) >= ON_TOPIC_FROM
}
