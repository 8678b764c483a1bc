//! The judge beside people who labelled typed answers: how its weights come about, and how well it
//! does on questions that were put aside. The figures stand in docs/FEEDBACK.md; to write them anew:
//! `FIGURES=write cargo test --test judge`.

#![expect(clippy::indexing_slicing, reason = "a test that runs into it has failed")]

mod data;
mod figures;
mod fit;
mod measure;

use mockingbird::bank::{KeyPoint, Question};
use mockingbird::judge::{Asked, Judged, Thresholds, judge};

/// How much of what the bank knows of a question the judge is told.
#[derive(Clone, Copy)]
struct Told {
    /// The model answer.
    answer: bool,
    /// Key points, from this one on.
    points: (usize, usize),
    /// Terms of each of them.
    terms: usize,
    /// Their opposites.
    opposites: bool,
}

impl Told {
    const ALL: Self =
        Self { answer: true, points: (0, usize::MAX), terms: usize::MAX, opposites: true };
}

/// Judges a text by a part of what is known.
fn judged_by(question: &Question, text: &str, told: Told) -> Judged {
    let (from, count) = told.points;
    let points: Vec<KeyPoint> = question
        .key_points
        .iter()
        .skip(from)
        .take(count)
        .map(|point| KeyPoint {
            terms: point.terms.iter().take(told.terms).cloned().collect(),
            opposites: if told.opposites { point.opposites.clone() } else { Vec::new() },
            ..point.clone()
        })
        .collect();
    let answer = if told.answer { question.answer.as_str() } else { "" };
    let asked = Asked { prompt: &question.prompt, answer, points: &points };
    judge(Thresholds::default(), asked, text)
}

/// Judges a text with so many terms a key point, as other people's banks have them: no opposites.
fn judged_with(question: &Question, text: &str, terms: usize) -> Judged {
    judged_by(question, text, Told { terms, opposites: false, ..Told::ALL })
}

/// Judges a text with all terms.
fn judged(question: &Question, text: &str) -> Judged {
    judged_by(question, text, Told::ALL)
}
