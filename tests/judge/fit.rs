//! Where the weights of the judge come from: logistic regression on the answers that are there to tune
//! on, with an L2 penalty. Those put aside have no part in it.

use std::collections::BTreeMap;

use mockingbird::judge::{Features, Flag, Judged, Topic};

use crate::data::{Answer, answers, bank};
use crate::{Told, judged, judged_by, judged_with};

/// The answers of other questions count half.
const OTHERS: f64 = 0.5;
/// What denies a key point in its own words, or lists them, counts a quarter: words cannot tell it,
/// and an honest answer must not pay for it.
const DENIALS: f64 = 0.25;
/// Answers that avoid all listed words on purpose count half.
const FAR_FETCHED: f64 = 0.5;
/// The same answers with fewer terms to a key point, as other people's banks have them, count less.
const FEWER_TERMS: f64 = 0.6;

/// By how much less than all the judge is told, in turn, of what an answer is to: it should know a
/// stranger to a question of which there is but one statement too.
fn told(turn: usize, points: usize) -> Told {
    let one = (turn % points, 1);
    [
        Told { terms: 0, ..Told::ALL },
        Told { answer: false, ..Told::ALL },
        Told { answer: false, terms: 0, ..Told::ALL },
        Told { answer: false, terms: 0, points: one, opposites: false },
    ][turn % 4]
}

/// One thing to be told from what is seen of it.
struct Row<const COUNT: usize> {
    seen: [f32; COUNT],
    is_so: bool,
    weight: f64,
    /// What the judge says.
    told: f64,
}

#[derive(Default)]
struct Rows {
    made: Vec<Row<{ Features::COUNT }>>,
    bare: Vec<Row<1>>,
    contradicted: Vec<Row<7>>,
    contradicted_bare: Vec<Row<5>>,
    on_topic: Vec<Row<{ Topic::COUNT }>>,
}

impl Rows {
    fn add(&mut self, answer: &Answer, judged: &Judged, weight: f64) {
        if judged.flags.contains(&Flag::Stuffed) {
            return;
        }
        let is_adverse = ["contradicting", "wrong", "stuffed"].contains(&answer.kind.as_str());
        for (place, point) in judged.points.iter().enumerate() {
            let is_so = answer.made.as_bytes().get(place) == Some(&b'1');
            let part = if answer.part == "tune" { 1.0 } else { FAR_FETCHED };
            let adverse = if is_adverse && !is_so { DENIALS } else { 1.0 };
            let weight = weight * part * adverse;
            let told = f64::from(point.by_words);
            let features = point.features;
            if features.has_terms() {
                self.made.push(Row { seen: features.row(), is_so, weight, told });
            } else {
                let seen = [features.coverage];
                self.bare.push(Row { seen, is_so, weight, told });
            }
        }
    }

    fn add_contradictions(&mut self, answer: &Answer, judged: &Judged) {
        for (place, point) in judged.points.iter().enumerate() {
            let is_so = answer.contradicts.contains(&(place + 1));
            let (told, weight) = (point.contradiction.into(), 1.0);
            match point.opposed {
                Some(opposed) => {
                    let seen = opposed.row(&point.features);
                    self.contradicted.push(Row { seen, is_so, weight, told });
                }
                // Where a key point hardly looks made nothing is asked.
                None if told > 0.0 => {
                    let seen = point.features.against();
                    self.contradicted_bare.push(Row { seen, is_so, weight, told });
                }
                None => {}
            }
        }
    }

    fn add_topic(&mut self, is_so: bool, judged: &Judged, weight: f64) {
        let told = judged.relevance.into();
        self.on_topic.push(Row { seen: judged.topic.row(), is_so, weight, told });
    }
}

fn rows() -> Rows {
    let bank = bank();
    let answers: Vec<Answer> = answers().into_iter().filter(|one| one.part != "held").collect();
    let asked: BTreeMap<&str, &_> = bank.iter().map(|one| (one.id.as_str(), one)).collect();
    let of_these: Vec<&str> = asked
        .keys()
        .copied()
        .filter(|id| answers.iter().any(|answer| answer.question == *id))
        .collect();
    let mut rows = Rows::default();
    let mut turn = 0;
    for answer in &answers {
        let question = asked[answer.question.as_str()];
        let whole = judged(question, &answer.text);
        rows.add(answer, &whole, 1.0);
        if !whole.flags.contains(&Flag::Stuffed) {
            rows.add_contradictions(answer, &whole);
        }
        turn += 29;
        let terms = [0, 2, 4][turn % 3];
        let few = judged_with(question, &answer.text, terms);
        rows.add(answer, &few, FEWER_TERMS);
        if !few.flags.contains(&Flag::Stuffed) {
            rows.add_contradictions(answer, &few);
        }
        if answer.kind == "stuffed" {
            continue;
        }
        rows.add_topic(!answer.off_topic, &whole, 1.0);
        let less = told(turn, question.key_points.len());
        rows.add_topic(!answer.off_topic, &judged_by(question, &answer.text, less), 1.0);
        let other = of_these[turn % of_these.len()];
        if !answer.off_topic && other != answer.question {
            let foreign = judged(asked[other], &answer.text);
            let nothing =
                Answer { made: String::new(), kind: "off-topic".to_owned(), ..answer.clone() };
            rows.add(&nothing, &foreign, OTHERS);
            rows.add_topic(false, &foreign, 1.0);
            let less = told(turn, asked[other].key_points.len());
            rows.add_topic(false, &judged_by(asked[other], &answer.text, less), 1.0);
        }
    }
    rows
}

/// Newton's method: the weights, and what is added to their sum last.
fn fit<const COUNT: usize>(rows: &[Row<COUNT>]) -> Vec<f64> {
    const ROUNDS: usize = 30;
    let total: f64 = rows.iter().map(|row| row.weight).sum();
    // The penalty is fair only where all columns spread alike.
    let spread: Vec<f64> = (0..COUNT)
        .map(|at| {
            let of = |row: &Row<COUNT>| f64::from(row.seen[at]);
            let mean = rows.iter().map(|row| row.weight * of(row)).sum::<f64>() / total;
            let square =
                rows.iter().map(|row| row.weight * (of(row) - mean).powi(2)).sum::<f64>() / total;
            square.sqrt().max(1e-6)
        })
        .collect();
    let mut weights = vec![0.0; COUNT + 1];
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0; COUNT + 1];
        let mut bend = vec![vec![0.0; COUNT + 1]; COUNT + 1];
        for (at, spread) in spread.iter().enumerate() {
            let penalty = spread.powi(2);
            slope[at] = penalty * weights[at];
            bend[at][at] = penalty;
        }
        for row in rows {
            let mut seen: Vec<f64> = row.seen.iter().map(|one| f64::from(*one)).collect();
            seen.push(1.0);
            let p = logistic(&weights, &row.seen);
            for (one, of) in seen.iter().enumerate() {
                slope[one] += row.weight * (p - f64::from(u8::from(row.is_so))) * of;
                for (other, and) in seen.iter().enumerate() {
                    bend[one][other] += row.weight * p * (1.0 - p) * of * and;
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(bend, slope)) {
            *weight -= step;
        }
    }
    weights
}

fn logistic<const COUNT: usize>(weights: &[f64], seen: &[f32; COUNT]) -> f64 {
    let sum: f64 = weights.iter().zip(seen).map(|(one, other)| one * f64::from(*other)).sum();
    1.0 / (1.0 + (-(sum + weights[COUNT])).exp())
}

/// Gauss's elimination; the matrix is positive definite, so that no row need be swapped.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let count = right.len();
    for pivot in 0..count {
        let above = matrix[pivot].clone();
        for row in pivot + 1..count {
            let factor = matrix[row][pivot] / above[pivot];
            for (one, other) in matrix[row].iter_mut().zip(&above) {
                *one -= factor * other;
            }
            right[row] -= factor * right[pivot];
        }
    }
    for pivot in (0..count).rev() {
        let known: f64 =
            (pivot + 1..count).map(|column| matrix[pivot][column] * right[column]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}

/// How far at most the judge is from what the weights of this fit say, with these weights.
fn apart<const COUNT: usize>(what: &str, rows: &[Row<COUNT>]) -> Option<String> {
    let weights = fit(rows);
    let far = rows.iter().map(|row| (logistic(&weights, &row.seen) - row.told).abs());
    let far = far.fold(0.0, f64::max);
    (far >= 0.05).then(|| format!("{what} {weights:.3?}, {far:.3} apart\n"))
}

#[test]
fn the_weights_are_what_the_answers_to_tune_on_give() {
    let rows = rows();
    let apart = [
        apart("MADE", &rows.made),
        apart("MADE_BARE", &rows.bare),
        apart("CONTRADICTED", &rows.contradicted),
        apart("CONTRADICTED_BARE", &rows.contradicted_bare),
        apart("ON_TOPIC", &rows.on_topic),
    ];
    let apart: String = apart.into_iter().flatten().collect();
    assert!(apart.is_empty(), "these weights are to stand in src/judge/rule.rs:\n{apart}");
}
