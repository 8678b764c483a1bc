//! The questions that come with the bot, as they are shown.

use super::interviews::place;
use super::*;
use crate::bank::QuestionBank;
use crate::practice::interview::InterviewView;

#[test]
fn every_shipped_question_and_its_answer_fit() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questions");
    let bank = QuestionBank::load(folder.as_ref()).expect("the shipped bank is good");
    for question in bank.iter() {
        let asked = said(&View::Question(post(Question::clone(question))));
        assert!(asked.lines().count() < 40, "{asked}");
        let view = View::Answer {
            post: PostId(1),
            question: Arc::clone(question),
            revealed_by: vec![MemberId(1)],
        };
        let pages = render(&view);
        assert!(pages.len() <= 3, "{}: {} pages", question.id, pages.len());
        let text = said(&view);
        for point in &question.key_points {
            assert!(text.contains(point.point.trim()), "{}: {}", question.id, point.point);
        }
    }
}

#[test]
fn every_shipped_kit_is_at_most_two_messages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questions");
    let bank = QuestionBank::load(folder.as_ref()).expect("the shipped bank is good");
    for question in bank.iter() {
        let question = Arc::clone(question);
        let ticked = std::collections::BTreeSet::new();
        let kit = InterviewView::Kit {
            place: place(),
            question: question.clone(),
            ticked,
            evidence: None,
        };
        let text = said(&View::Interview(Box::new(kit.clone())));
        for point in &question.key_points {
            assert!(text.contains(point.point.trim()), "{}: {}", question.id, point.point);
        }
        assert!(render(&View::Interview(Box::new(kit))).len() <= 2, "{}", question.id);
    }
}
