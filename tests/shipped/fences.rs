//! Every code block of the bank: short and narrow enough for a phone, in a language that can be
//! checked, and sound in it.

use mockingbird::bank::Question;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::code::parse;

/// Lines that a phone shows without much scrolling.
const LINES: usize = 20;
/// Columns that a phone shows without wrapping.
const COLUMNS: usize = 56;

/// A code block, and the paragraph before it.
struct Fence {
    language: String,
    code: String,
    before: String,
}

fn fences(markdown: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let (mut before, mut inside) = (String::new(), None);
    for event in Parser::new(markdown) {
        if let Event::Start(Tag::CodeBlock(kind)) = event {
            let language = if let CodeBlockKind::Fenced(language) = kind {
                language.to_string()
            } else {
                "(indented)".to_owned()
            };
            inside = Some(Fence { language, code: String::new(), before: before.clone() });
        } else if let Event::End(TagEnd::CodeBlock) = event {
            fences.extend(inside.take());
        } else if let Event::Start(Tag::Paragraph | Tag::Item) = event {
            before.clear();
        } else if let Event::Text(text) | Event::Code(text) = event {
            match &mut inside {
                Some(fence) => fence.code.push_str(&text),
                None => before.push_str(&text),
            }
        }
    }
    fences
}

/// Every text of a question in which code may stand, with its place.
fn texts(question: &Question) -> Vec<(String, &str)> {
    let mut texts = vec![
        ("prompt".to_owned(), question.prompt.as_str()),
        ("answer".to_owned(), question.answer.as_str()),
    ];
    texts.extend(question.hint.as_deref().map(|hint| ("hint".to_owned(), hint)));
    let listed = |name: &str, index: usize| format!("{name} {}", index + 1);
    for (index, pitfall) in question.pitfalls.iter().enumerate() {
        texts.push((listed("pitfall", index), pitfall));
    }
    for (index, point) in question.key_points.iter().enumerate() {
        texts.push((listed("key point", index), &point.point));
    }
    let follow_ups = question.follow_ups.iter().enumerate();
    let follow_ups = follow_ups.map(|(index, next)| (listed("follow-up", index), next));
    let pushback = question.pushback.iter().map(|next| ("pushback".to_owned(), next));
    for (name, next) in follow_ups.chain(pushback) {
        texts.push((name.clone(), &next.prompt));
        texts.push((name, &next.answer));
    }
    texts
}

/// What is wrong with a code block.
fn faults(fence: &Fence) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(problem) = parse(&fence.language, &fence.code) {
        faults.push(format!("`{}` does not parse: {problem}", fence.language));
    }
    if fence.code.lines().count() > LINES {
        faults.push(format!("more than {LINES} lines"));
    }
    if let Some(line) = fence.code.lines().find(|line| line.chars().count() > COLUMNS) {
        faults.push(format!("more than {COLUMNS} columns: {line}"));
    }
    // Somebody will copy the first code they see.
    let first = fence.code.lines().next().unwrap_or_default();
    let marked = ["-- WRONG: ", "# WRONG: ", "// WRONG: ", "WRONG: "]
        .iter()
        .any(|mark| first.starts_with(mark));
    let before = fence.before.to_lowercase();
    let announced = ["wrong", "broken", "bad"].iter().any(|word| before.starts_with(word));
    if !marked && (announced || fence.code.contains("WRONG")) {
        faults.push("it shows a mistake, but its first line does not say so".to_owned());
    }
    faults
}

#[test]
fn every_snippet_of_the_bank_is_sound_and_fits_a_phone() {
    let mut found = Vec::new();
    let mut seen = 0;
    for question in crate::bank().iter() {
        for (place, text) in texts(question) {
            for fence in fences(text) {
                seen += 1;
                found.extend(
                    faults(&fence)
                        .into_iter()
                        .map(|fault| format!("{}, {place}: {fault}\n{}", question.id, fence.code)),
                );
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    assert!(seen > 100, "only {seen} snippets were found");
}

#[test]
fn tables_and_headings_that_discord_does_not_show_are_not_used() {
    let mut found = Vec::new();
    for question in crate::bank().iter() {
        for (place, text) in texts(question) {
            let options = pulldown_cmark::Options::ENABLE_TABLES;
            for event in Parser::new_ext(text, options) {
                if let Event::Start(tag @ (Tag::Table(_) | Tag::Heading { .. } | Tag::HtmlBlock)) =
                    event
                {
                    found.push(format!("{}, {place}: {tag:?}", question.id));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[rstest::rstest]
#[case::sound("```sql\nSELECT 1;\n```", &[])]
#[case::no_language("```\nSELECT 1;\n```", &["does not parse"])]
#[case::not_what_it_says("```json\nSELECT 1;\n```", &["does not parse"])]
#[case::indented("A list:\n\n    SELECT 1;\n", &["does not parse"])]
#[case::in_a_list("- ```json\n  {\n  ```", &["does not parse"])]
#[case::wide("```text\n123456789 123456789 123456789 123456789 123456789 1234567\n```", &["56 columns"])]
#[case::long(&format!("```text\n{}```", "x\n".repeat(21)), &["20 lines"])]
#[case::a_mistake("```sql\n-- WRONG: no end\nSELECT 1;\n```", &[])]
#[case::a_mistake_in_hiding("```sql\nSELECT 1;\n-- WRONG: no end\n```", &["shows a mistake"])]
#[case::an_announced_mistake("**Wrong**\n\n```sql\nSELECT 1;\n```", &["shows a mistake"])]
fn a_fault_of_a_code_block_is_found(#[case] markdown: &str, #[case] expected: &[&str]) {
    let found: Vec<String> = fences(markdown).iter().flat_map(faults).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (fault, expected) in found.iter().zip(expected) {
        assert!(fault.contains(expected), "{fault}");
    }
}
