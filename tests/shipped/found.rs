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

/// A word with one slip: two letters swapped, one too few, one too many, one wrong.
fn slips(word: &str) -> [String; 4] {
    let letters: Vec<char> = word.chars().collect();
    let (begin, rest) = letters.split_at(letters.len() / 2 - 1);
    let [first, second, end @ ..] = rest else { unreachable!("{word} is too short") };
    let with = |middle: &[char]| -> String { begin.iter().chain(middle).chain(end).collect() };
    let wrong = if *second == 'x' { 'y' } else { 'x' };
    [
        with(&[*second, *first]),
        with(&[*first]),
        with(&[*first, *second, *second]),
        with(&[*first, wrong]),
    ]
}

#[test]
fn every_question_is_among_the_first_three_that_its_prompt_with_a_slip_finds() {
    let bank = crate::bank();
    let (mut tried, mut missed) = (0, Vec::new());
    for (number, question) in bank.iter().enumerate() {
        let words: Vec<&str> = question
            .prompt
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic))
            .collect();
        assert!(!words.is_empty(), "{}", question.id);
        for which in 0..4 {
            // Another word for each kind of slip, and not always the first one.
            let word = words[(number + which) % words.len()];
            let prompt = question.prompt.replacen(word, &slips(word)[which], 1);
            let found = bank.search(&prompt);
            tried += 1;
            if !found.iter().take(3).any(|found| found.id == question.id) {
                missed.push(prompt);
            }
        }
    }
    assert!(tried > 400 && missed.is_empty(), "{} of {tried}: {missed:#?}", missed.len());
}
