//! What is said of a typed answer, word for word, and that no text breaks it.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::markup::is_contained;
use super::hostile::{any_question, hostile, sound};
use super::own::{at, own, tell};
use super::*;
use crate::command::button;
use crate::judge::{Flag, Made, PointOpinion, State};
use crate::practice::own::view::{OwnQuestion, PartOf};
use crate::practice::own::{
    Coached, Flow, Key, OwnFormView as F, OwnView as V, TypedPoint, TypedView,
};

fn judged(state: State, evidence: Option<&str>) -> TypedPoint {
    let evidence = evidence.map(str::to_owned);
    TypedPoint { state, is_said: false, evidence, contradicted: false, opinion: None }
}

fn typed(points: Vec<TypedPoint>) -> TypedView {
    let (flags, pitfall, coach) = (Vec::new(), None, Coached::Nowhere);
    TypedView { name: 9, points, score: 24, on_topic: true, flags, pitfall, coach }
}

/// Three key points: one made, one that nobody can tell, one left out.
fn three() -> (Question, TypedView) {
    let mut asked = question();
    asked.key_points.push(KeyPoint::of("Isolation is a matter of levels"));
    asked.key_points[1].ask = Some("What happens to writes after a crash?".to_owned());
    let view = typed(vec![
        judged(State::Covered, Some("Either all of it happens,\nor `nothing` does.")),
        judged(State::Missing, None),
        judged(State::Unsure, Some("Others do not see it.")),
    ]);
    (asked, view)
}

fn of(asked: Question, part_of: PartOf, view: TypedView) -> V {
    let question = Arc::new(asked);
    let question = OwnQuestion { question, typed: Some(view), ..own(part_of) };
    V::Typed { question, standing: None }
}

#[test]
fn what_is_made_is_quoted_and_what_is_unsure_is_for_the_candidate_to_decide() {
    let (asked, view) = three();
    let pitfall = Some("Consistency is not the C of CAP".to_owned());
    let view = TypedView { pitfall, ..view };
    insta::assert_snapshot!(tell(of(asked, PartOf::Itself, view)), @r"
    (embed) What does `ACID` promise?
      **You said**
      - Atomicity: all or nothing
        *“Either all of it happens, or \`nothing\` does.”*

      **Did you say this? You decide**
      3. Isolation is a matter of levels
        *“Others do not see it.”*

      **And what about these?**
      - What happens to writes after a crash?

      **A mistake that many make, close to what you wrote**
      - Consistency is not the C of CAP
      About 2 of 5:
        A hint from comparing words, not a grade. The grade is yours to give.
      (transactions-acid)
      [3: I said that] [3: I did not]
      [Show answer] [Answer again] [Hint]
    ");
}

#[test]
fn in_a_review_and_a_sprint_it_goes_on_from_there() {
    let parts = [
        PartOf::Review { due: 3, new: 1 },
        PartOf::Sprint { sprint: 7, step: (1, 6), until: at(15) },
    ];
    let told = parts.map(|part_of| {
        let (asked, view) = three();
        let told = tell(of(asked, part_of, view));
        told.lines().rev().take(4).collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(told.join("\n"), @"
    [Show answer] [Answer again] [Hint]
    [3: I said that] [3: I did not]
    (Review · 3 due, 1 new · transactions-acid)
      A hint from comparing words, not a grade. The grade is yours to give.
    [Show answer] [Answer again] [Hint] [Skip] [End sprint]
    [3: I said that] [3: I did not]
    (Sprint · 2 of 6 · transactions-acid)
      A hint from comparing words, not a grade. The grade is yours to give.
    ");
}

#[test]
fn what_is_missing_is_asked_for_and_never_told() {
    let (mut asked, _) = three();
    asked.key_points[0].terms = vec!["all or nothing".to_owned(), "atomic *".to_owned()];
    let words = Some("A crash loses what was committed");
    let missing = TypedPoint { contradicted: true, ..judged(State::Missing, words) };
    let told = |asked: &Question, points: &[TypedPoint]| {
        tell(of(asked.clone(), PartOf::Itself, typed(points.to_vec())))
    };
    let all = told(&asked, &[missing.clone(), missing.clone(), missing.clone()]);
    insta::assert_snapshot!(all, @r"
    (embed) What does `ACID` promise?
      **And what about these?**
      - What about *atomic \**?
        *“A crash loses what was committed”*
        *You may be saying the opposite here. A hint, and often wrong.*
      - What happens to writes after a crash?
        *“A crash loses what was committed”*
        *You may be saying the opposite here. A hint, and often wrong.*
      - There is one more point.
      About 2 of 5:
        A hint from comparing words, not a grade. The grade is yours to give.
      (transactions-acid)
      [Show answer] [Answer again] [Hint]
    ");
    for point in &asked.key_points {
        assert!(!all.contains(&point.point), "{}", point.point);
    }
    // Of two nothing can be asked.
    asked.key_points[1].ask = None;
    let told = told(&asked, &[judged(State::Missing, None), missing.clone(), missing]);
    assert!(told.contains("There are 2 more points."), "{told}");
}

#[test]
fn what_is_odd_about_an_answer_is_said_in_plain_words_and_gets_no_indication() {
    let flags = [
        vec![Flag::Stuffed],
        vec![Flag::Echo],
        vec![Flag::Copied],
        vec![Flag::Contradiction],
        vec![Flag::CodeOnly, Flag::Unknown],
        vec![Flag::Empty],
    ];
    let told = flags.map(|flags| {
        let (asked, view) = three();
        let told = tell(of(asked, PartOf::Itself, TypedView { flags, ..view }));
        let about = if told.contains("About 2 of 5") { "\n(about 2 of 5)" } else { "" };
        let lines: Vec<_> =
            told.lines().skip(1).take_while(|line| !line.trim().is_empty()).collect();
        format!("{}{about}", lines.join("\n"))
    });
    insta::assert_snapshot!(told.join("\n"), @"
      This is a list of words; say what they do.
      This is little but the question typed back; say what you would answer.
      This is the answer of the bank, word for word; say it in words of your own.
      In one place you may be saying the opposite of what is right. It is a hint, and often wrong: read it once more.
    (about 2 of 5)
      This is code only; add a sentence on what it does.
      I know few of these words: I read English only, and may miss what you said.
      I found no words in it that I can read.
    ");
    let (asked, view) = three();
    let told = tell(of(asked, PartOf::Itself, TypedView { on_topic: false, ..view }));
    assert!(told.contains("does not look like an answer to this question"), "{told}");
    assert!(!told.contains("of 5"), "{told}");
}

#[test]
fn a_question_without_key_points_says_that_nothing_can_be_compared() {
    let view = typed(Vec::new());
    insta::assert_snapshot!(tell(of(bare("Why?", "Because."), PartOf::Itself, view)), @"
    (embed) Why?
      This question has no key points, so that I cannot compare. Compare yourself.
      (own)
      [Show answer] [Answer again]
    ");
}

#[test]
fn under_the_answer_key_points_are_marked_and_all_can_be_corrected() {
    let (asked, mut view) = three();
    view.points[2].state = State::Covered;
    view.points[2].is_said = true;
    let question = Arc::new(Question { answer: "So.".to_owned(), sources: Vec::new(), ..asked });
    let question = OwnQuestion { question, typed: Some(view), ..own(PartOf::Itself) };
    let view = V::Answer { question, graded: None, standing: None };
    let messages = render(&View::Own(Box::new(view.clone())));
    let styles: Vec<_> =
        messages[0].rows[0].iter().map(|button| (button.label.as_str(), button.style)).collect();
    assert_eq!(styles[1], ("Partly", ButtonStyle::Primary), "the suggestion stands out");
    insta::assert_snapshot!(tell(view), @"
    (embed) What does `ACID` promise?
      So.

      **Key points**
      - ✅ Atomicity: all or nothing
      - ▫️ Durability: a commit survives a crash
      - ✅ Isolation is a matter of levels

      -# ✅ in your answer · ❔ not sure · ▫️ not found

      **Common mistakes**
      - Consistency is not the C of CAP

      **If the interviewer raises the stakes**
      - Now the order is in one shop and the stock in another. What then?
      ||Nothing spans both: an outbox and a compensation.||
      How well did you know it?:
        Your grade decides when it comes back. By your key points perhaps **Partly**; you decide.
      (transactions-acid · Databases & Storage · medium · about 4 minutes)
      [The key points that you made ▾]
        (x) Atomicity: all or nothing: found in your answer
        ( ) Durability: a commit survives a crash: not found in your answer
        (x) Isolation is a matter of levels: you say that you made it
      [Missed] [Partly] [Got it] [Easy]
      [Follow-up] [Related] [Report]
    ");
}

#[test]
fn the_form_holds_what_was_typed_before() {
    let (asked, _) = three();
    let key = Key::of(&asked.id);
    let prompt = asked.prompt;
    let view = F::Typed { key, flow: Flow::Review, prompt, before: "All\nor nothing".to_owned() };
    let form = form(&FormView::Own(view));
    assert_eq!(form.violations(), Vec::<String>::new());
    assert_eq!(form.custom_id, format!("own:typed-form:{key}:2"));
    insta::assert_snapshot!(form.to_text(), @"
    (form) What does ACID promise?
      Your answer, as you would say it (lines, at most 4000, required):
        All
        or nothing
    ");
}

#[test]
fn eight_points_that_nobody_can_tell_have_their_buttons_in_four_rows() {
    let points = (0..8).map(|number| KeyPoint::of(format!("Point {number}"))).collect();
    let asked = Question { key_points: points, ..question() };
    let view = typed(vec![judged(State::Unsure, None); 8]);
    let view = of(asked, PartOf::Sprint { sprint: 7, step: (1, 6), until: at(15) }, view);
    let messages = render(&View::Own(Box::new(view)));
    let rows: Vec<_> = messages[0].rows.iter().map(Vec::len).collect();
    assert_eq!(rows, [4, 4, 4, 4, 5]);
    assert_eq!(messages[0].violations(), Vec::<String>::new());
}

pub(super) fn any_typed() -> impl Strategy<Value = TypedView> {
    let states = select(vec![State::Covered, State::Unsure, State::Missing]);
    let made = select(vec![Made::Yes, Made::No, Made::Unclear]);
    let opinion = (any::<u8>(), made, any::<bool>(), option::of(hostile(4_000))).prop_map(
        |(number, made, contradicted, quote)| PointOpinion { number, made, contradicted, quote },
    );
    let opinion = option::of(opinion);
    let evidence = option::of(hostile(4_000));
    let point = (states, evidence, any::<bool>(), any::<bool>(), opinion).prop_map(
        |(state, evidence, is_said, contradicted, opinion)| TypedPoint {
            state,
            is_said,
            evidence,
            contradicted,
            opinion,
        },
    );
    let flags = vec![
        Flag::Empty,
        Flag::Stuffed,
        Flag::Echo,
        Flag::Copied,
        Flag::Contradiction,
        Flag::CodeOnly,
        Flag::Unknown,
    ];
    let flags = proptest::sample::subsequence(flags, 0..=7);
    let coach = select(vec![
        Coached::Nowhere,
        Coached::Offered,
        Coached::Asking,
        Coached::Silent,
        Coached::Spoke,
    ]);
    let points = vec(point, 0..10);
    (points, 0_u8..=50, any::<bool>(), flags, option::of(hostile(500)), coach).prop_map(
        |(points, score, on_topic, flags, pitfall, coach)| TypedView {
            name: u64::MAX,
            points,
            score,
            on_topic,
            flags,
            pitfall,
            coach,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_typed_answer_breaks_what_is_said_of_it(
        asked in any_question(),
        asks in vec(option::of(hostile(150)), 8),
        terms in vec(vec(hostile(100), 0..3), 8),
        view in any_typed(),
        sprint: bool,
        counted: bool,
        before in hostile(4_000),
    ) {
        let mut asked = asked;
        for (point, (ask, terms)) in asked.key_points.iter_mut().zip(asks.into_iter().zip(terms)) {
            (point.ask, point.terms) = (ask, terms);
        }
        let part_of = if sprint {
            PartOf::Sprint { sprint: 7, step: (1, 6), until: at(15) }
        } else {
            PartOf::Review { due: u16::MAX, new: u16::MAX }
        };
        let question = Arc::new(asked);
        let key = Key::of(&question.id);
        let prompt = question.prompt.clone();
        let question = OwnQuestion { question, typed: Some(view), ..own(part_of) };
        let standing = standing(3, 12, 1, &[Day::Counted; 3]);
        let standing = counted.then_some((standing, Counted::Now));
        let answer = V::Answer { question: question.clone(), graded: None, standing: standing.clone() };
        for view in [V::Typed { question, standing }, answer.clone()] {
            let is_answer = view == answer;
            let messages = sound(&View::Own(Box::new(view)))?;
            prop_assert_eq!(messages.len(), 1);
            for pressed in messages[0].rows.iter().flatten() {
                prop_assert!(button::press(&pressed.custom_id).is_ok(), "{}", pressed.custom_id);
            }
            for menu in &messages[0].menus {
                prop_assert!(button::menu(&menu.custom_id).is_ok());
            }
            if is_answer {
                continue;
            }
            for embed in &messages[0].embeds {
                let fields = embed.fields.iter().flat_map(|(name, value)| [name, value]);
                for text in [&embed.title, &embed.description].into_iter().chain(fields) {
                    prop_assert!(is_contained(text), "{text:?}");
                }
            }
        }
        let form = form(&FormView::Own(F::Typed { key, flow: Flow::New, prompt, before }));
        prop_assert_eq!(form.violations(), Vec::<String>::new());
        prop_assert!(button::form(&form.custom_id).is_ok());
    }

    #[test]
    fn one_s_own_words_have_no_meaning_where_they_are_quoted(text in hostile(400)) {
        let quoted = super::super::own::typed_words(&text);
        let turns = quoted.chars().any(|letter| ('\u{202a}'..='\u{202e}').contains(&letter));
        prop_assert!(!turns && !quoted.contains('\n'));
        let mut letters = quoted.chars();
        while let Some(letter) = letters.next() {
            if letter == '\\' {
                letters.next();
                continue;
            }
            prop_assert!(!"*_~|`<>@#[]()".contains(letter), "{quoted:?}");
        }
    }
}
