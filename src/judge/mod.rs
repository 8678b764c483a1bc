//! Judges typed answers: which key points an answer makes, which it leaves out, and where nobody can
//! tell without a person. It works offline, on a table of word vectors. It knows no members, no
//! Discord and no grades: what it says is a hint.

mod coverage;
mod features;
mod rule;
mod side;
mod text;
mod vectors;

use crate::bank::KeyPoint;
use features::Ready;
use side::{Reader, Side};
use vectors::Vectors;

pub use features::Features;
pub use rule::{Rule, State};
pub use vectors::VectorsError;

/// What an answer is held against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'q> {
    /// The question as it was asked.
    pub prompt: &'q str,
    /// What a good answer says.
    pub points: &'q [KeyPoint],
}

/// What is to be said of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// One for each key point, in their order.
    pub points: Vec<PointJudged>,
    /// An indication from 0 to 5; never a grade.
    pub score: f32,
}

/// What is to be said of a key point.
#[derive(Debug, Clone, PartialEq)]
pub struct PointJudged {
    /// How probable it is that a person would say that it was made, 0 to 1.
    pub p: f32,
    /// The same in three words.
    pub state: State,
    /// The sentence of the answer that speaks for it most; none where it is missing.
    pub evidence: Option<String>,
    /// What was seen of it.
    pub features: Features,
}

/// Judges answers.
#[derive(Debug)]
pub struct Judge {
    vectors: Vectors,
    rule: Rule,
}

impl Judge {
    /// With word vectors from a file in the format of `tools/vectors`.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn with(file: &'static [u8], rule: Rule) -> Result<Self, VectorsError> {
        Ok(Self { vectors: Vectors::read(file)?, rule })
    }

    /// Judges a typed answer.
    pub fn judge(&self, asked: Asked<'_>, text: &str) -> Judged {
        let mut reader = Reader::new(&self.vectors);
        let ready = Ready::of(&mut reader, asked.prompt, asked.points);
        let answer = reader.read(text);
        let points: Vec<PointJudged> = ready
            .features(&answer)
            .into_iter()
            .map(|(features, sentence)| {
                let p = self.rule.probability(&features);
                let state = self.rule.state(p);
                let evidence = (state != State::Missing).then(|| quote(&answer, text, sentence));
                PointJudged { p, state, evidence: evidence.flatten(), features }
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "key points are few")]
        let mean = points.iter().map(|point| point.p).sum::<f32>() / points.len().max(1) as f32;
        Judged { points, score: 5.0 * mean }
    }
}

fn quote(answer: &Side, text: &str, sentence: usize) -> Option<String> {
    text.get(answer.sentences.get(sentence)?.clone()).map(str::to_owned)
}
