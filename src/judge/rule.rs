//! From what is seen of an answer to what is said of it. It knows no texts. The weights are fitted to
//! the answers in `tests/judge`, by the test that also sees to it that they stand here.

use super::features::Features;
use super::opposed::Opposed;
use super::topic::Topic;

/// How much is left of the probability of a key point where an answer says nothing.
pub(super) const NOTHING: f32 = 0.2;
/// The same where it is an answer to something else.
pub(super) const ELSEWHERE: f32 = 0.5;
/// From this probability on it is asked whether the opposite of a key point was claimed: what hardly
/// looks made is told to be missing, which is no praise.
pub(super) const ASKED_FROM: f32 = 0.3;
/// A key point is said to be contradicted from this probability on. High, because a false alarm tells
/// somebody who is right that they are wrong.
const CONTRADICTED_FROM: f32 = 0.57;
/// An answer is on topic from this probability on. Low, because to refuse an honest answer is worse.
pub(super) const ON_TOPIC_FROM: f32 = 0.15;

/// How much each number counts, and what is added to their sum (logistic regression).
type Weights<const COUNT: usize> = ([f32; COUNT], f32);

const MADE: Weights<{ Features::COUNT }> = ([7.921, 6.335, 2.437, -1.679, -1.794, -2.409], -4.113);
/// The same for a key point without terms, from its coverage alone: what else is seen of a single
/// statement does not help (`SciEntsBank`, `docs/FEEDBACK.md`).
const MADE_BARE: Weights<1> = ([10.078], -3.304);
const CONTRADICTED: Weights<7> = ([-3.552, -1.722, -0.525, 2.502, 3.625, 7.086, 5.477], -5.233);
/// The same for a key point without opposites.
const CONTRADICTED_BARE: Weights<5> = ([-0.285, 3.266, -1.791, 2.033, 2.963], -2.767);
const ON_TOPIC: Weights<{ Topic::COUNT }> = ([5.725, 17.166, 6.143, 6.848, -3.766], 2.419);

fn probability<const COUNT: usize>(weights: Weights<COUNT>, row: [f32; COUNT]) -> f32 {
    let (weights, bias) = weights;
    let sum: f32 = weights.iter().zip(row).map(|(one, other)| one * other).sum();
    1.0 / (1.0 + (-(sum + bias)).exp())
}

/// How probable it is that a person would say that a key point was made, 0 to 1.
pub(super) fn made(features: &Features) -> f32 {
    if features.has_terms() {
        probability(MADE, features.row())
    } else {
        probability(MADE_BARE, [features.coverage])
    }
}

/// How probable it is that the opposite of a key point was claimed, 0 to 1, and whether that is to be
/// told.
pub(super) fn contradicted(features: &Features, opposed: Option<&Opposed>) -> (f32, bool) {
    let p = match opposed {
        Some(opposed) => probability(CONTRADICTED, opposed.row(features)),
        None => probability(CONTRADICTED_BARE, features.against()),
    };
    (p, p >= CONTRADICTED_FROM)
}

/// How probable it is that a text is an answer to the question, 0 to 1.
pub(super) fn on_topic(topic: &Topic) -> f32 {
    probability(ON_TOPIC, topic.row())
}
