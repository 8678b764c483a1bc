//! No text of a bank or a member breaks a message, and nothing of an answer is lost.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::markup::{contained, ends_in_fence, is_contained};
use super::super::pages::{Piece, split};
use super::super::text::units;
use super::*;
use crate::practice::input::{Subject, Wanted};
use crate::practice::refusal::Refusal;

/// Texts made of everything that has a meaning in Discord's Markdown or in Unicode.
pub(super) fn hostile(most: usize) -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        6 => select(vec!["word ", "another ", "a", " ", "\n", "\n\n", "- item\n"]).prop_map(str::to_owned),
        4 => select(vec![
            "```", "```rust\n", "\n```\n", "`", "``", "||", "|", "**", "*", "***", "_", "__", "~~",
            "\\", ">>> ", "\n>>> ", "\n> ", "\n# ", "[", "](http://x.y)", "<@1>", "@everyone ",
        ]).prop_map(str::to_owned),
        2 => select(vec![
            "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "e\u{301}", "שלום ", "\u{202e}", "\u{2066}", "\u{200b}", "\u{200d}",
            "\u{fe0f}", "\r\n", "\u{0}", "\u{2028}",
        ]).prop_map(str::to_owned),
        1 => ".{1,20}",
        1 => (1..most.min(900)).prop_map(|length| "x".repeat(length)),
        1 => (1..most.min(2_700)).prop_map(|length| "words and ".repeat(length / 10 + 1)),
        1 => (1..most.min(1_800)).prop_map(|length| "code;\n".repeat(length / 6 + 1)),
    ];
    vec(fragment, 0..most.min(600) / 10).prop_map(move |parts| cut(&parts.concat(), most))
}

/// The beginning of a text, without "…".
fn cut(text: &str, most: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= most
        })
        .collect()
}

prop_compose! {
    pub(super) fn any_question()(
        prompt in hostile(2_000),
        title in hostile(100),
        answer in hostile(12_000),
        hint in proptest::option::of(hostile(1_000)),
        points in vec(hostile(300), 0..8),
        pitfalls in vec(hostile(500), 0..4),
        follow_ups in vec((hostile(1_000), hostile(4_000)), 0..3),
        pushback in proptest::option::of((hostile(1_000), hostile(4_000))),
        sources in vec(hostile(300), 0..10),
        minutes in proptest::option::of(1_u8..60),
    ) -> Question {
        Question {
            topic_title: title,
            minutes,
            hint,
            key_points: points
                .into_iter()
                .map(KeyPoint::of)
                .collect(),
            pitfalls,
            follow_ups: follow_ups
                .into_iter()
                .map(|(prompt, answer)| FollowUp { prompt, answer })
                .collect(),
            pushback: pushback.map(|(prompt, answer)| FollowUp { prompt, answer }),
            sources,
            ..bare(&prompt, &answer)
        }
    }
}

pub(super) fn sound(view: &View) -> Result<Vec<Message>, TestCaseError> {
    let messages = render(view);
    prop_assert!(!messages.is_empty());
    for message in &messages {
        prop_assert_eq!(message.violations(), Vec::<String>::new());
    }
    Ok(messages)
}

/// What is left of a text when everything that a renderer may add or change is taken away.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control())
}

fn holds_in_order(whole: &str, part: &str) -> bool {
    let mut whole = letters(whole);
    letters(part).all(|wanted| whole.any(|c| c == wanted))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bank_breaks_a_question(question in any_question(), reactions in 1_u8..100, can_react: bool) {
        let view = QuestionView { reactions, can_react, ..post(question.clone()) };
        let messages = sound(&View::Question(view))?;
        prop_assert_eq!(messages.len(), 1);
        let name = thread_name(&question);
        prop_assert!((1..=limits::THREAD_NAME).contains(&units(&name)));
        prop_assert!(!name.contains('\n'));
    }

    #[test]
    fn no_bank_breaks_an_answer(question in any_question(), revealers in 0_u64..120) {
        let revealed_by: Vec<MemberId> = (0..revealers).map(|n| MemberId(u64::MAX - n)).collect();
        let answer = question.answer.clone();
        let question = Arc::new(question);
        let public = sound(&View::Answer { post: PostId(1), question, revealed_by })?;
        let joined: String = public
            .iter()
            .flat_map(|page| &page.embeds)
            .map(|embed| embed.description.as_str())
            .collect();
        prop_assert!(holds_in_order(&joined, &answer));
        for page in &public {
            prop_assert!(!ends_in_fence(&page.embeds[0].description));
        }
    }

    #[test]
    fn no_text_reaches_beyond_its_end(text in hostile(3_000)) {
        let inside = contained(&text);
        prop_assert!(is_contained(&inside), "{inside:?}");
        prop_assert_eq!(contained(&inside), inside.clone());
        prop_assert!(holds_in_order(&inside, &text));
    }

    #[test]
    fn pieces_are_the_text_and_fit(text in hostile(9_000), room in 300_usize..3_500) {
        let text = contained(&text);
        let pieces = split(&text, room);
        let joined: String = pieces.iter().map(|piece| piece.text).collect();
        prop_assert_eq!(&joined, &text);
        for piece in &pieces {
            prop_assert!(units(piece.text) <= room);
            prop_assert!(units(&piece.shown()) <= room + 60);
        }
    }

    #[test]
    fn no_member_breaks_a_refusal(text in hostile(6_000), other in hostile(200)) {
        sound(&View::Refusal(Refusal::NothingFound { asked: text.clone(), nearest: Some(other.clone()) }))?;
        sound(&View::Refusal(Refusal::UnknownTopic { asked: text.clone(), nearest: Some(other.clone()) }))?;
        sound(&View::Refusal(Refusal::NoQuestionFound { asked: text.clone() }))?;
        sound(&View::Refusal(Refusal::Unknown { name: text.clone() }))?;
        sound(&View::Refusal(Refusal::NothingFits(Wanted {
            subject: Subject::Topic(Topic::new(&text)),
            ..Wanted::default()
        })))?;
        let messages = sound(&View::Refusal(Refusal::BadOption {
            option: other.clone(),
            given: text.clone(),
            expected: other,
        }))?;
        let said = &messages[0].embeds[0].description;
        prop_assert!(is_contained(said), "{said:?}");
    }

    #[test]
    fn no_bank_breaks_what_is_said_about_it(
        titles in vec((hostile(100), 0_usize..100), 0..60),
        topics in vec(hostile(32), 0..60),
        many in 0_usize..80,
    ) {
        sound(&View::About { questions: 5, topics: titles })?;
        let mut view = daily();
        view.schedule.topics = topics.iter().map(|topic| Topic::new(topic)).collect();
        sound(&View::DailyStatus(view.clone()))?;
        sound(&View::DailyChanged { done: DailyDone::Set, daily: view.clone() })?;
        sound(&View::DailyList(vec![view; many]))?;
    }

    #[test]
    fn a_cut_text_fits_and_ends_on_a_border(text in hostile(400), most in 0_usize..300) {
        let short = clip(&text, most);
        prop_assert!(units(&short) <= most);
        prop_assert!(short == text || most == 0 || short.ends_with('…'));
    }
}

#[test]
fn no_word_of_a_long_answer_is_lost_or_doubled() {
    let words: Vec<String> = (0..1_500).map(|n| format!("w{n}")).collect();
    let view = View::Answer {
        post: PostId(1),
        question: Arc::new(bare("Why?", &words.join(" "))),
        revealed_by: Vec::new(),
    };
    let pages = render(&view);
    assert!(pages.len() > 1);
    let shown: Vec<&str> =
        pages.iter().flat_map(|page| page.embeds[0].description.split_whitespace()).collect();
    assert_eq!(shown, words);
}

#[test]
fn a_fence_that_is_cut_is_closed_and_opened_again_with_its_language() {
    let code = format!("Before.\n\n```rust\n{}```\n\nAfter.", "let a = 1;\n".repeat(800));
    let view = View::Answer {
        post: PostId(1),
        question: Arc::new(bare("Why?", &code)),
        revealed_by: Vec::new(),
    };
    let pages = render(&view);
    let texts: Vec<&str> = pages.iter().map(|page| page.embeds[0].description.as_str()).collect();
    let (first, rest) = texts.split_first().unwrap();
    assert!(first.starts_with("Before.") && first.ends_with("let a = 1;\n```"));
    for text in rest {
        assert!(text.starts_with("```rust\nlet a = 1;\n"), "{text}");
        assert_eq!(text.matches("```").count(), 2);
    }
    assert!(texts.last().unwrap().ends_with("After."));
    let lines: usize = texts.iter().map(|text| text.matches("let a = 1;").count()).sum();
    assert_eq!(lines, 800);
    assert!(pages[1].embeds[0].footer.starts_with("2/3 · own"), "{}", pages[1].embeds[0].footer);
}

#[test]
fn a_span_of_code_that_is_cut_at_a_backtick_becomes_no_fence() {
    let text = format!("``{}`{}``", "a".repeat(298), "b".repeat(300));
    let shown: Vec<String> = split(&text, 300).iter().map(Piece::shown).collect();
    for page in &shown {
        assert!(!page.contains("```"), "{page}");
        assert!(is_contained(page), "{page}");
    }
}

#[test]
fn pages_end_between_paragraphs_where_they_can() {
    let paragraph = "A sentence that goes on. ".repeat(30);
    let text = [paragraph.trim(); 12].join("\n\n");
    for piece in split(&text, 3_500) {
        assert!(piece.shown().ends_with("on."));
        assert!(piece.shown().starts_with("A sentence"));
    }
}

#[test]
fn signs_without_a_partner_are_plain() {
    for (text, inside) in [
        ("2 ** 3", r"2 \*\* 3"),
        ("**bold** and 2 ** 3", r"**bold** and 2 \*\* 3"),
        ("a || b", r"a \|\| b"),
        ("`a || b` || c", r"`a || b` \|\| c"),
        ("a ` b", r"a \` b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("* one\n* two\n* three", "* one\n* two\n* three"),
        (">>> all", r"\>>> all"),
        ("```\ncode", "```\ncode\n```"),
        ("end\\", "end\\\\"),
        ("snake_case", "snake_case"),
    ] {
        assert_eq!(contained(text), inside);
    }
}
