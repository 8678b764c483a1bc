//! That the bank is whole: every question that was promised, every field of it, nothing twice.

use std::collections::BTreeMap;
use std::path::Path;

use mockingbird::bank::{Kind, Question};

/// Words of an answer: fewer say too little to pass with, more are not read on a phone.
const WORDS: (usize, usize) = (120, 350);
/// Designs and scenarios take more.
const WORDS_OF_A_DESIGN: usize = 600;

fn is_design(question: &Question) -> bool {
    matches!(question.kind, Some(Kind::Design | Kind::Scenario))
}

/// What a question of the shipped bank lacks.
fn lacks(question: &Question) -> Vec<String> {
    let mut lacks = Vec::new();
    let mut need = |there: bool, what: &str| {
        if !there {
            lacks.push(format!("{}: {what}", question.id));
        }
    };
    need(question.kind.is_some(), "kind");
    need(question.asked_by.is_some(), "asked_by");
    need(question.minutes.is_some(), "minutes");
    need(question.probes.is_some(), "probes");
    need(question.hint.is_some(), "hint");
    need((4..=8).contains(&question.key_points.len()), "4 to 8 key points");
    need(question.key_points.iter().all(|point| point.terms.len() >= 2), "terms of each key point");
    need(
        question.key_points.iter().all(|point| point.opposites.len() >= 4),
        "opposites of each key point",
    );
    need(question.pitfalls.len() >= 2, "two pitfalls");
    need(!question.follow_ups.is_empty(), "a follow-up");
    need(question.pushback.is_some() == is_design(question), "a pushback of a design or scenario");
    need(!question.related.is_empty(), "related questions");
    need(!question.tags.is_empty(), "tags");
    need(!question.sources.is_empty(), "sources");
    need(question.checked.is_some(), "checked");
    let words = question.answer.split_whitespace().count();
    let (least, most) = WORDS;
    let most = if is_design(question) { WORDS_OF_A_DESIGN } else { most };
    need((least..=most).contains(&words), "an answer of the right length");
    lacks
}

#[test]
fn every_question_has_every_field() {
    let found: Vec<String> = crate::bank().iter().flat_map(|question| lacks(question)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_prompt_is_asked_twice_in_other_letters() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for question in crate::bank().iter() {
        let words = question.prompt.to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
        let folded: String = words.concat();
        assert!(!folded.is_empty(), "{} has no words", question.id);
        if let Some(other) = seen.insert(folded, question.id.to_string()) {
            panic!("{other} and {} ask the same", question.id);
        }
    }
}

/// A row of the list from which the bank was planned.
struct Planned {
    id: String,
    topic: String,
    level: String,
    kind: String,
    asked_by: u8,
}

/// The list, where it is there. It is not part of this repository.
fn planned() -> Option<Vec<Planned>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = here.ancestors().skip(1).map(|folder| folder.join("shared/bank/groups.md"));
    let text = file.take(3).find_map(|file| std::fs::read_to_string(file).ok())?;
    let mut topic = "";
    let mut rows = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("### `") {
            topic = heading.split('`').next().unwrap_or_default();
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", id, _, level, kind, asked_by, _, ""] = cells[..]
            && let Some(id) = id.strip_prefix('`').and_then(|id| id.strip_suffix('`'))
            && let Ok(asked_by) = asked_by.parse()
            && kind.parse::<u8>().is_err()
        {
            rows.push(Planned {
                id: id.to_owned(),
                topic: topic.to_owned(),
                level: level.to_owned(),
                kind: kind.to_owned(),
                asked_by,
            });
        }
    }
    Some(rows)
}

#[test]
fn every_planned_question_is_there_under_its_name() {
    let bank = crate::bank();
    assert!(bank.len() >= 128, "{} questions", bank.len());
    assert_eq!(bank.topics().count(), 14);
    let Some(planned) = planned() else { return };
    assert_eq!(planned.len(), 105, "the list has another shape");
    let mut found = Vec::new();
    for row in planned {
        let id = mockingbird::bank::QuestionId::new(&row.id);
        let Some(question) = bank.get(&id) else {
            found.push(format!("{id} is missing"));
            continue;
        };
        let kind = question.kind.map(Kind::as_str);
        let is = (question.topic.as_str(), question.level.as_str(), kind, question.asked_by);
        let planned = (&*row.topic, &*row.level, Some(&*row.kind), Some(row.asked_by));
        if is != planned {
            found.push(format!("{id} is {is:?}, planned was {planned:?}"));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
