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

/// Judges a text with so many terms a key point.
fn judged_with(question: &Question, text: &str, terms: usize) -> Judged {
    let points: Vec<KeyPoint> = question
        .key_points
        .iter()
        .map(|point| KeyPoint {
            terms: point.terms.iter().take(terms).cloned().collect(),
            ..point.clone()
        })
        .collect();
    let asked = Asked { prompt: &question.prompt, answer: &question.answer, points: &points };
    judge(Thresholds::default(), asked, text)
}

/// Judges a text with all terms.
fn judged(question: &Question, text: &str) -> Judged {
    judged_with(question, text, usize::MAX)
}
