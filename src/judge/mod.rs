//! Judges typed answers: which key points an answer makes, which it leaves out, and where nobody can
//! tell without a person. It works offline, on a table of word vectors. It knows no members, no
//! Discord and no grades: what it says is a hint.

pub mod calibrate;
mod coverage;
mod features;
mod flag;
mod opinion;
mod pitfall;
mod rule;
mod side;
mod text;
mod thresholds;
mod vectors;

use crate::bank::KeyPoint;
use features::Ready;
use side::{Reader, Side};
use vectors::Vectors;

pub use features::Features;
pub use flag::Flag;
pub use opinion::{Asking, InDoubt, LONGEST_ASKED, MOST_IN_DOUBT, Made, Opinion, PointOpinion};
pub use pitfall::fitting;
pub use thresholds::{State, Thresholds};

/// What an answer is held against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'q> {
    /// The question as it was asked.
    pub prompt: &'q str,
    /// The model answer; may be empty.
    pub answer: &'q str,
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
    /// Whether it is an answer to this question at all, right or wrong.
    pub on_topic: bool,
    /// What is odd about it, each once.
    pub flags: Vec<Flag>,
}

/// What is to be said of a key point.
#[derive(Debug, Clone, PartialEq)]
pub struct PointJudged {
    /// How probable it is that a person would say that it was made, 0 to 1.
    pub p: f32,
    /// The same in three words.
    pub state: State,
    /// The words of the answer that speak for it most, as they were typed; none where it is missing.
    pub evidence: Option<String>,
    /// Whether the answer seems to say the opposite. A hint: often wrong.
    pub contradicted: bool,
    /// What was seen of it.
    pub features: Features,
}

/// Judges a typed answer of any length.
pub fn judge(thresholds: Thresholds, asked: Asked<'_>, text: &str) -> Judged {
    let mut reader = Reader::new(Vectors::shipped());
    let ready = Ready::of(&mut reader, asked.prompt, asked.points);
    let answer = reader.read(text);
    let points: Vec<PointJudged> = ready
        .features(&answer)
        .into_iter()
        .map(|(features, sentence)| {
            let p = rule::probability(&features);
            let state = thresholds.state(p);
            let evidence = (state != State::Missing).then(|| quote(&answer, text, sentence));
            let evidence = evidence.flatten();
            PointJudged { p, state, evidence, contradicted: false, features }
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "key points are few")]
    let mean = points.iter().map(|point| point.p).sum::<f32>() / points.len().max(1) as f32;
    Judged { points, score: 5.0 * mean, on_topic: true, flags: Vec::new() }
}

fn quote(answer: &Side, text: &str, sentence: usize) -> Option<String> {
    text.get(answer.sentences.get(sentence)?.clone()).map(str::to_owned)
}
