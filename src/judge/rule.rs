//! From what is seen of a key point to how probable it is that it was made. It knows no texts.

use super::features::Features;

/// What is said of a key point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The answer makes it.
    Covered,
    /// A person has to tell.
    Unsure,
    /// The answer does not make it.
    Missing,
}

/// How features are weighed, and from where on a key point counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// A weight for each feature, in the order of [`Features::row`].
    pub weights: [f32; 4],
    /// What is added to their sum.
    pub bias: f32,
    /// From this probability on a key point counts as covered, 0 to 1.
    pub covered: f32,
    /// Below this probability it counts as missing, 0 to 1.
    pub missing: f32,
}

impl Default for Rule {
    fn default() -> Self {
        Self { weights: [4.0, 1.0, 2.0, 3.0], bias: -5.0, covered: 0.6, missing: 0.3 }
    }
}

impl Rule {
    /// How probable it is that a person would say that it was made (logistic regression).
    pub fn probability(&self, features: &Features) -> f32 {
        let sum: f32 =
            self.weights.iter().zip(features.row()).map(|(one, other)| one * other).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }

    /// The same in three words.
    pub fn state(&self, p: f32) -> State {
        if p >= self.covered {
            State::Covered
        } else if p < self.missing {
            State::Missing
        } else {
            State::Unsure
        }
    }
}
