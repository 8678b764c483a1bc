//! From what is seen of a key point to how probable it is that it was made. It knows no texts.

use super::features::Features;

const WEIGHTS: [f32; 4] = [4.0, 1.0, 2.0, 3.0];
const BIAS: f32 = -5.0;

/// How probable it is that a person would say that it was made (logistic regression).
pub(super) fn probability(features: &Features) -> f32 {
    let sum: f32 = WEIGHTS.iter().zip(features.row()).map(|(one, other)| one * other).sum();
    1.0 / (1.0 + (-(sum + BIAS)).exp())
}
