//! The judge beside two readers who labelled typed answers before it ran.

#![expect(clippy::print_stdout, reason = "figures are to be seen")]

mod data;

use mockingbird::bank::Question;
use mockingbird::judge::{Asked, Judged, Thresholds, judge};

fn judged(question: &Question, text: &str) -> Judged {
    let asked =
        Asked { prompt: &question.prompt, answer: &question.answer, points: &question.key_points };
    judge(Thresholds::default(), asked, text)
}

fn tell(
    set: &str,
    question: &str,
    name: &str,
    kind: &str,
    made: &str,
    contradicts: &[usize],
    on: bool,
    judged: &Judged,
) {
    for (place, point) in judged.points.iter().enumerate() {
        println!(
            "F\t{set}\t{question}\t{name}\t{kind}\t{place}\t{}\t{}\t{}\t{:?}\t{:?}\t{:?}",
            made.chars().nth(place).unwrap_or('-'),
            u8::from(contradicts.contains(&(place + 1))),
            u8::from(on),
            point.features.row(),
            judged.topic.row(),
            judged.flags
        );
    }
}

#[test]
fn features_are_told() {
    let bank = data::bank();
    let questions: Vec<&Question> = bank.iter().map(|one| &**one).collect();
    let find =
        |id: &str| questions.iter().find(|one| one.id.as_str() == id).copied().expect("known");
    let answers = data::answers();
    let mut turn = 0;
    for answer in answers.iter().filter(|one| one.part != "held") {
        let question = find(&answer.question);
        tell(
            &answer.part,
            &answer.question,
            &answer.name,
            &answer.kind,
            &answer.made,
            &answer.contradicts,
            !answer.off_topic,
            &judged(question, &answer.text),
        );
        for few in [0, 4] {
            let mut other = question.clone();
            for point in &mut other.key_points {
                point.terms.truncate(few);
            }
            tell(
                &format!("{}-{few}", answer.part),
                &answer.question,
                &answer.name,
                &answer.kind,
                &answer.made,
                &answer.contradicts,
                !answer.off_topic,
                &judged(&other, &answer.text),
            );
        }
        if true {
            continue;
        }
        if answer.off_topic || answer.kind == "stuffed" {
            continue;
        }
        for _ in 0..2 {
            turn += 37;
            let other = questions[turn % questions.len()];
            if other.id.as_str() == answer.question
                || answers.iter().any(|one| one.part == "held" && one.question == other.id.as_str())
            {
                continue;
            }
            let kind = if other.topic == question.topic { "neighbour" } else { "foreign" };
            let none = "0".repeat(8);
            tell(
                &answer.part,
                &answer.question,
                &format!("{}>{}", answer.name, other.id.as_str()),
                kind,
                &none,
                &[],
                false,
                &judged(other, &answer.text),
            );
        }
    }
    for statement in data::statements().into_iter().take(0) {
        let judged = judged(find(&statement.question), &statement.text);
        let made: String = (0..8)
            .map(|place| {
                if place + 1 == statement.number {
                    if statement.kind == "same" { '1' } else { '0' }
                } else {
                    '-'
                }
            })
            .collect();
        let con = if statement.kind == "opposite" { vec![statement.number] } else { Vec::new() };
        tell(
            "statement",
            &statement.question,
            &format!("{}{}", statement.kind, statement.number),
            &statement.kind,
            &made,
            &con,
            true,
            &judged,
        );
    }
}
