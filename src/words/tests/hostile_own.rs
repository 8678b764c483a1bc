//! No text of a bank or a member breaks what is said of own practice, every button, menu and form
//! comes back as what it was, and whatever a press changes is one message.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::markup::{ends_in_fence, is_contained};
use super::hostile::{any_question, hostile, sound};
use super::own::{at, graded, own, progress};
use super::own_team::topic as team_topic;
use super::*;
use crate::command::button;
use crate::practice::own::call::Period;
use crate::practice::own::state::{Fault, Report};
use crate::practice::own::view::{
    Coverage, Graded, Known, OwnQuestion, PartOf, Place, Progress, ReviewOver, SprintOver,
    TeamView, TopicView,
};
use crate::practice::own::{Grade, Key, OwnFormView as F, OwnView as V};

/// Nothing breaks a limit or reaches beyond its place, all that can be pressed is known, and
/// nothing is pressed that is not in the last message.
fn safe(view: V) -> Result<Vec<Message>, TestCaseError> {
    let paged =
        matches!(view, V::Answer { .. } | V::FollowUp { .. } | V::Hint { .. } | V::Question(_));
    let one = !matches!(view, V::Topics(_));
    let messages = sound(&View::Own(Box::new(view)))?;
    prop_assert!(!one || messages.len() == 1);
    for message in &messages {
        for menu in &message.menus {
            prop_assert!(button::menu(&menu.custom_id).is_ok());
        }
        for pressed in message.rows.iter().flatten() {
            prop_assert!(button::press(&pressed.custom_id).is_ok(), "{}", pressed.custom_id);
        }
        for embed in &message.embeds {
            let fields = embed.fields.iter().flat_map(|(name, value)| [name, value]);
            for text in [&embed.title, &embed.description].into_iter().chain(fields) {
                let closed = if paged { !ends_in_fence(text) } else { is_contained(text) };
                prop_assert!(closed, "{text:?}");
            }
        }
    }
    Ok(messages)
}

fn any_part() -> impl Strategy<Value = PartOf> {
    prop_oneof![
        Just(PartOf::Itself),
        any::<(u16, u16)>().prop_map(|(due, new)| PartOf::Review { due, new }),
        any::<(u64, u8, u8)>().prop_map(|(sprint, step, of)| PartOf::Sprint {
            sprint,
            step: (step, of),
            until: at(9),
        }),
    ]
}

prop_compose! {
    fn any_graded()(
        grade in select(Grade::ALL.to_vec()),
        days: u16,
        replaced: bool,
        leech: Option<u8>,
        can_take_back: bool,
    ) -> Graded {
        Graded { replaced, leech, can_take_back, ..graded(grade, days) }
    }
}

prop_compose! {
    fn any_own()(
        question in any_question(),
        related in any::<bool>(),
        part_of in any_part(),
        graded in any_graded(),
        met: bool,
        missed_points in vec(any::<u8>(), 0..5),
        two_grades: bool,
        before in option::of((any_question(), any_graded())),
        lapses: u8,
    ) -> OwnQuestion {
        let related = if related { vec![QuestionId::new("other")] } else { Vec::new() };
        let question = Arc::new(Question { related, ..question });
        let known = if met {
            Known::Graded { grade: graded.grade, grades: u16::MAX, lapses, due: graded.due }
        } else {
            Known::Met
        };
        let before = before.map(|(question, graded)| (Arc::new(question), graded));
        OwnQuestion { question, part_of, known, missed_points, two_grades, before, typed: None }
    }
}

/// Questions with different ids.
fn several(questions: Vec<Question>) -> Vec<Arc<Question>> {
    let named = questions.into_iter().enumerate();
    named
        .map(|(index, question)| {
            Arc::new(Question { id: QuestionId::new(&format!("q{index}")), ..question })
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_question_breaks_own_practice(asked in any_own(), came in option::of(any_graded()), counted: bool) {
        let hidden = safe(V::Question(asked.clone()))?;
        let standing = standing(3, 12, 1, &[Day::Counted; 3]);
        let standing = counted.then_some((standing, Counted::Now));
        let shown = safe(V::Answer { question: asked.clone(), graded: came, standing })?;
        let question = &asked.question;
        // The question alone never shows its answer: it has no second frame but what came before.
        prop_assert!(hidden[0].embeds.len() <= 2);
        let full = shown[0].files.first();
        if let Some(full) = full {
            let Content::Text(text) = &full.content else { panic!("a text") };
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            prop_assert!(letters(text) >= letters(&question.answer));
        }
        if let Some(graded) = came {
            safe(V::Graded { question: Arc::clone(question), graded })?;
            let last = Some((Arc::clone(question), graded));
            safe(V::ReviewOver(ReviewOver { today: graded.days, left: graded.days, next: Some(graded.due), last }))?;
        }
        safe(V::TakenBack { question: Arc::clone(question) })?;
        safe(V::Hint { question: Arc::clone(question) })?;
        for (follow_up, number) in question.follow_ups.iter().zip(0..) {
            for shown in [false, true] {
                let (question, follow_up) = (Arc::clone(question), follow_up.clone());
                safe(V::FollowUp { question, number, follow_up, shown })?;
            }
        }
    }

    #[test]
    fn no_report_breaks_its_list(question in any_question(), text in hostile(300), many in 0_u32..9, of in 0_usize..300) {
        let id = question.id.clone();
        let question = Arc::new(question);
        let fault = Fault::Outdated;
        let report = |number| Report { number, question: id.clone(), fault, text: text.clone(), at: at(0) };
        let reports = (0..many).map(|number| {
            let there = (number % 3 != 0).then(|| Arc::clone(&question));
            (report(number / 2), there)
        });
        safe(V::Reports { reports: reports.collect(), of })?;
        safe(V::ReportWhat { question: Arc::clone(&question) })?;
        safe(V::Reported { question: Arc::clone(&question), fault })?;
        let form = form(&FormView::Own(F::Report { key: Key::of(&question.id), prompt: text, fault }));
        prop_assert_eq!(form.violations(), Vec::<String>::new());
        prop_assert!(button::form(&form.custom_id).is_ok());
    }

    #[test]
    fn no_bank_breaks_what_is_offered(
        questions in vec(any_question(), 1..6),
        grades in vec(select(Grade::ALL.to_vec()), 0..40),
        left: u16,
        same: bool,
    ) {
        let first = Arc::new(questions[0].clone());
        let questions = if same { vec![first; 4] } else { several(questions) };
        let to = Arc::clone(&questions[0]);
        safe(V::Related { to: Arc::clone(&to), questions: questions.clone() })?;
        let graded = grades.into_iter().zip(questions.iter().cycle()).map(|(grade, question)| (Arc::clone(question), grade));
        safe(V::SprintOver(SprintOver {
            minutes: 60,
            timed_out: true,
            graded: graded.collect(),
            left,
            read_next: questions.clone(),
            standing: standing(3, 12, 1, &[Day::Counted; 3]),
        }))?;
    }

    #[test]
    fn no_topic_breaks_a_map(
        topics in vec((hostile(150), hostile(60), any::<[u16; 3]>()), 0..60),
        who in vec(any::<u64>(), 0..6),
        known in option::of(any::<u8>()),
        days in vec((-3_000_i64..3_000, any::<u16>()), 0..60),
    ) {
        let views: Vec<TopicView> = topics.iter().map(|(title, name, [known, due, unseen])| {
            let one = Coverage { of: u16::MAX, known: *known, due: *due, unseen: *unseen };
            let levels = [(Level::Easy, one), (Level::Medium, one), (Level::Hard, one)];
            TopicView { topic: Topic::new(name), title: title.clone(), levels }
        }).collect();
        safe(V::Topics(views.clone()))?;
        let days = days.into_iter().map(|(ago, many)| (TODAY.saturating_sub(jiff::Span::new().days(ago)), many));
        let me = safe(V::Me(Box::new(Progress { topics: views, days: days.collect(), due: u16::MAX, ..progress() })))?;
        prop_assert!(!me[0].files[0].alt.is_empty());
        let titles: Vec<String> = topics.iter().map(|(title, _, _)| title.clone()).collect();
        safe(V::Team(TeamView {
            members: (u32::MAX, u32::MAX),
            topics: topics.iter().map(|(title, _, [of, met, _])| team_topic(title, *of, *met, &who, known)).collect(),
            strongest: titles.iter().take(3).cloned().collect(),
            weakest: titles.iter().take(3).cloned().collect(),
            shares: false,
        }))?;
        let places = who.iter().map(|member| Place { place: u16::MAX, member: MemberId(*member), days: u16::MAX, questions: u16::MAX });
        let places: Vec<Place> = places.cycle().take(40).collect();
        safe(V::Leaderboard { period: Period::Year, from: TODAY, places, more: 3, shares: true })?;
    }
}

#[test]
fn an_answer_that_is_too_long_stands_in_full_in_its_file() {
    let words: Vec<String> = (0..2_000).map(|n| format!("w{n}")).collect();
    let question =
        OwnQuestion { question: Arc::new(bare("Why?", &words.join(" "))), ..own(PartOf::Itself) };
    let messages =
        render(&View::Own(Box::new(V::Answer { question, graded: None, standing: None })));
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].violations(), Vec::<String>::new());
    let Content::Text(text) = &messages[0].files[0].content else { panic!("a text") };
    assert!(words.iter().all(|word| text.split_whitespace().any(|there| there == word)));
    let footer = &messages[0].embeds.last().expect("a frame").footer;
    assert!(footer.ends_with("everything in full: answer.md"), "{footer}");
    let ids: BTreeSet<&str> =
        messages[0].rows.iter().flatten().map(|button| button.custom_id.as_str()).collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn every_shipped_answer_with_its_key_points_is_one_message_in_private() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questions");
    let bank = crate::bank::QuestionBank::load(folder.as_ref()).expect("the shipped bank is good");
    for question in bank.iter() {
        let standing = Some((standing(3, 12, 1, &[Day::Counted; 3]), Counted::Now));
        let question = OwnQuestion { question: Arc::clone(question), ..own(PartOf::Itself) };
        let answer = question.question.answer.trim().to_owned();
        let view = V::Answer { question: question.clone(), graded: None, standing };
        let messages = render(&View::Own(Box::new(view)));
        let shown: Vec<&str> =
            messages[0].embeds.iter().map(|embed| embed.description.as_str()).collect();
        let shown = shown.join("\n\n");
        let last = answer.lines().last().expect("an answer");
        assert!(shown.contains(last), "{}: {last}", question.question.id);
        for point in &question.question.key_points {
            assert!(shown.contains(point.point.trim()), "{}", question.question.id);
        }
    }
}
