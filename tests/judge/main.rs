//! The judge beside two readers who labelled typed answers before it ran.

#![expect(clippy::print_stdout, reason = "figures are to be seen")]

mod data;

use mockingbird::judge::{Asked, Thresholds, judge};

#[test]
fn features_are_told() {
    let bank = data::bank();
    for answer in data::answers() {
        let question = bank.iter().find(|one| one.id.as_str() == answer.question);
        let question = question.expect("a question of the bank");
        let asked = Asked {
            prompt: &question.prompt,
            answer: &question.answer,
            points: &question.key_points,
        };
        let judged = judge(Thresholds::default(), asked, &answer.text);
        for (place, point) in judged.points.iter().enumerate() {
            let made = answer.made.as_bytes().get(place) == Some(&b'1');
            println!(
                "F\t{}\t{}\t{}\t{}\t{place}\t{}\t{:?}",
                answer.part,
                answer.question,
                answer.name,
                answer.kind,
                u8::from(made),
                point.features.row()
            );
        }
    }
}
