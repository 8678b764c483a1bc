//! That each question can be asked for: by its topic, its level, its name and the words of its
//! prompt.

use mockingbird::bank::{Level, QuestionBank};
use mockingbird::command::{Invocation, OptionValue, complete, parse};
use mockingbird::plans::Plans;
use mockingbird::practice::input::{Call, Subject, Wanted};

fn typed(topic: &str, level: Option<Level>) -> Invocation {
    let mut options = vec![("topic".to_owned(), OptionValue::Text(topic.to_owned()))];
    options.extend(
        level.map(|level| ("level".to_owned(), OptionValue::Text(level.as_str().to_owned()))),
    );
    Invocation { name: "quiz".to_owned(), sub: None, options, focused: Some("topic".to_owned()) }
}

fn wanted(bank: &QuestionBank, topic: &str, level: Option<Level>) -> Option<Wanted> {
    if let Ok(Call::Quiz(wanted)) = parse(bank, &Plans::default(), &typed(topic, level)) {
        Some(wanted)
    } else {
        None
    }
}

#[test]
fn every_question_can_be_asked_for_by_topic_and_level() {
    let bank = crate::bank();
    for question in bank.iter() {
        for topic in [question.topic.as_str(), &question.topic_title, "any"] {
            let wanted = wanted(&bank, topic, Some(question.level));
            let fits = wanted.is_some_and(|wanted| wanted.fits(question));
            assert!(fits, "{}: {topic}", question.id);
        }
    }
}

#[test]
fn every_question_is_the_first_that_the_words_of_its_prompt_find() {
    let bank = crate::bank();
    for question in bank.iter() {
        let found = bank.search(&question.prompt);
        assert_eq!(found.first().map(|found| &found.id), Some(&question.id));
        let offered = complete(&bank, &Plans::default(), &typed(&question.prompt, None));
        let first = offered.first().map(|choice| choice.value.as_str());
        assert_eq!(first, Some(question.id.as_str()));
    }
}

#[test]
fn every_question_can_be_asked_for_by_its_name() {
    let bank = crate::bank();
    for question in bank.iter() {
        // A topic may be called like one of its questions.
        if bank.find_topic(question.id.as_str()).is_ok() {
            continue;
        }
        let subject = wanted(&bank, question.id.as_str(), None).map(|wanted| wanted.subject);
        let found = [question.id.clone()].into();
        let asked = question.id.to_string();
        assert_eq!(subject, Some(Subject::Words { asked, found }));
    }
}
