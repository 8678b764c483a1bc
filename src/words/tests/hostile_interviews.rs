//! No text of a plan, a bank or a member breaks what is said in an interview, and every button,
//! menu and form comes back as what it was.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use super::super::markup::{ends_in_fence, is_contained};
use super::hostile::{any_question, hostile, sound};
use super::interviews::{INTERVIEW, at, left_out, opened, place, plan, section};
use super::typed::any_typed;
use super::*;
use crate::command::button;
use crate::plans::{Dimension, LeftOut, Missing, Plan, PlanId, Rubric};
use crate::practice::effect::Failure;
use crate::practice::interview::state::{Card, Past, PastBand, Stage, Thread, Time};
use crate::practice::interview::view::{
    CardView, Face, MockQuestion, Onward, OpenedCard, OpenedQuestion, OpenedView, StatusView,
};
use crate::practice::interview::{FormView as F, InterviewView as V};
use crate::practice::refusal::Refusal;

prop_compose! {
    fn any_plan()(
        texts in vec(hostile(150), 3),
        sections in vec((hostile(150), 1_u8..=120, 1_u8..=20), 1..10),
        dimensions in vec((hostile(100), hostile(200)), 1..6),
        swap: bool,
    ) -> Arc<Plan> {
        let dimensions = dimensions.into_iter().map(|(title, band)| Dimension {
            title,
            bands: [band.clone(), band.clone(), band, String::new()],
        });
        Arc::new(Plan {
            id: PlanId::new(&texts[0]),
            title: texts[1].clone(),
            about: texts[2].clone(),
            swap,
            sections: sections
                .into_iter()
                .map(|(title, minutes, questions)| section(&title, minutes, questions))
                .collect(),
            rubric: Rubric { dimensions: dimensions.collect(), ..plan().rubric.clone() },
        })
    }
}

prop_compose! {
    fn any_card()(
        bands in vec(option::of(0_u8..4), 0..6),
        comments in vec(hostile(1_000), 0..6),
        well in hostile(1_000),
        next in hostile(1_000),
    ) -> Card {
        Card { bands, comments, well, next, sealed: None }
    }
}

prop_compose! {
    fn any_opened()(
        plan in any_plan(),
        cards in vec(any_card(), 0..7),
        own: bool,
        missing in vec(0_u64..99, 0..30),
        questions in vec((any_question(), btree_set(0_u8..9, 0..9), any::<[bool; 2]>()), 0..6),
        answers in vec(hostile(4_000), 0..3),
    ) -> OpenedView {
        let last = cards.len().saturating_sub(1);
        let card = |(index, card)| OpenedCard {
            by: MemberId(u64::MAX - index as u64),
            own: own && index == last,
            card,
        };
        OpenedView {
            plan,
            cards: cards.into_iter().enumerate().map(card).collect(),
            missing: missing.into_iter().map(|member| MemberId(u64::MAX - member)).collect(),
            questions: questions
                .into_iter()
                .map(|(question, ticked, [judged, hinted])| OpenedQuestion {
                    question: Arc::new(question),
                    ticked,
                    judged,
                    hinted,
                    answers: answers.clone(),
                })
                .collect(),
            ..opened()
        }
    }
}

/// Nothing breaks a limit or reaches beyond its place, and all that can be pressed is known.
fn safe(view: V) -> Result<Vec<Message>, TestCaseError> {
    // A page may end inside of what is closed on the next one, as in an answer.
    let paged = matches!(view, V::Kit { .. } | V::Model { .. });
    let messages = sound(&View::Interview(Box::new(view)))?;
    let (last, rest) = messages.split_last().expect("something is said");
    for message in rest {
        let choices = message.menus.len() + message.rows.len();
        prop_assert!(choices == 0 || !message.files.is_empty(), "buttons above the last page");
    }
    for menu in &last.menus {
        prop_assert!(button::menu(&menu.custom_id).is_ok());
    }
    for message in &messages {
        for pressed in message.rows.iter().flatten() {
            prop_assert!(button::press(&pressed.custom_id).is_ok());
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

fn people(many: u64) -> Vec<MemberId> {
    (0..many).map(|number| MemberId(u64::MAX - number)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_plan_breaks_an_interview(plan in any_plan(), many in 0_u64..40, text in hostile(400)) {
        let (candidate, interviewers) = (MemberId(u64::MAX), people(many));
        let failure = Failure::Refused { code: 50_035, reason: text.clone() };
        for face in [Face::Opening, Face::Refused(failure.clone())] {
            safe(V::Announcement {
                plan: plan.clone(), candidate, interviewers: interviewers.clone(), public: false, face,
            })?;
        }
        safe(V::Lobby {
            interview: INTERVIEW,
            plan: plan.clone(),
            candidate,
            interviewers: interviewers.clone(),
            joined: interviewers.iter().copied().take(3).collect(),
            until: Some(at(10)),
        })?;
        let times = (0..=plan.sections.len()).map(|_| at(5)).collect();
        safe(V::Agenda {
            plan: plan.clone(), candidate, interviewers: interviewers.clone(), turn: (1, 2), times,
        })?;
        let next = Some(text.clone());
        safe(V::Time { section: text.clone(), time: Time::Over, ends: at(5), next })?;
        safe(V::Cards {
            interview: INTERVIEW, done: interviewers.clone(), missing: interviewers.clone(), until: Some(at(9)),
        })?;
        safe(V::Status(StatusView {
            plan: plan.clone(),
            candidate,
            interviewers: interviewers.clone(),
            thread: Thread::Refused(failure.clone()),
            here: true,
            stage: Stage::Running,
            questions: (3, 9),
            ends: Some(at(9)),
            missing: interviewers,
            trouble: Some(failure),
            delete: Some(INTERVIEW),
            opened: Vec::new(),
        }))?;
        let left_out = [Missing::Questions, Missing::Topic(Topic::new(&text))].map(|what| {
            let left_out = left_out(&plan, what);
            Arc::new(LeftOut { title: text.clone(), ..(*left_out).clone() })
        });
        for left_out in left_out {
            sound(&View::Refusal(Refusal::PlanLeftOut(Arc::clone(&left_out))))?;
            for plans in [Vec::new(), vec![plan.clone(); 40]] {
                safe(V::Plans { plans, left_out: vec![left_out.clone(); 40] })?;
            }
        }
    }

    #[test]
    fn no_question_breaks_an_interview(
        question in any_question(),
        text in hostile(4_000),
        ticked in btree_set(0_u8..9, 0..9),
        evidence in option::of(any_typed()),
        flags: [bool; 6],
        section in hostile(200),
    ) {
        let question = Arc::new(question);
        let [alone, open, follow, can_push_back, can_hint, more] = flags;
        safe(V::Question(MockQuestion {
            place: place(),
            of: 6,
            section,
            ends: at(5),
            question: question.clone(),
            candidate: MemberId(u64::MAX),
            alone,
            open,
            follow_ups: u8::from(follow),
            can_push_back,
            can_hint,
        }))?;
        let number = 9;
        safe(V::Found { number, question: question.clone(), evidence: evidence.clone() })?;
        if let Some(evidence) = evidence.clone() {
            safe(V::Heard { number, question: question.clone(), evidence })?;
        }
        safe(V::Kit { place: place(), question: question.clone(), ticked: ticked.clone(), evidence })?;
        let next = more.then_some(Onward::Question);
        safe(V::Model { place: place(), question, ticked, open, next })?;
        safe(V::Hint { number: 9, text: text.clone() })?;
        safe(V::FollowUp { place: place(), text: text.clone(), alone })?;
        safe(V::PushBack { place: place(), text: text.clone(), alone })?;
        safe(V::Answer { number: 9, candidate: MemberId(u64::MAX), text })?;
    }

    #[test]
    fn no_scorecard_breaks_its_message(plan in any_plan(), card in any_card(), own: bool) {
        safe(V::Card(CardView {
            interview: INTERVIEW,
            turn: 1,
            candidate: MemberId(u64::MAX),
            own,
            rubric: plan.rubric.clone(),
            card: card.clone(),
            until: at(9),
            is_next: own,
        }))?;
        let dimensions = plan.rubric.dimensions.iter().map(|dimension| dimension.title.clone());
        let forms = [
            F::Comments {
                interview: INTERVIEW,
                turn: 0,
                dimensions: dimensions.zip(card.comments).collect(),
            },
            F::Words { interview: INTERVIEW, turn: 0, well: card.well.clone(), next: card.next },
            F::Heard { place: place(), prompt: card.well.clone() },
            F::Answer { place: place(), prompt: card.well },
        ];
        for form in forms.map(|view| form(&FormView::Interview(view))).iter().filter(|form| !form.fields.is_empty()) {
            prop_assert_eq!(form.violations(), Vec::<String>::new());
            prop_assert!(button::form(&form.custom_id).is_ok());
        }
        let titles = plan.rubric.dimensions.iter().map(|dimension| dimension.title.clone()).collect();
        sound(&View::Refusal(Refusal::CardIncomplete(titles)))?;
        let plan = plan.title.clone();
        sound(&View::Refusal(Refusal::UnknownPlan { asked: plan.clone(), nearest: Some(plan.clone()) }))?;
        sound(&View::Refusal(Refusal::NothingFitsSection(plan)))?;
    }

    #[test]
    fn no_word_breaks_opened_scorecards(view in any_opened()) {
        let messages = safe(V::Opened(view.clone()))?;
        prop_assert_eq!(messages.len(), 1);
        // What is cut to fit would end anywhere: the parts have to fit before.
        let said = messages[0].embeds[0].footer.as_str();
        prop_assert!(said.starts_with("Everything in full"), "{said}");
        for file in &messages[0].files {
            match &file.content {
                Content::Text(text) => prop_assert!(text.contains("## Questions")),
                Content::Radar(chart) => prop_assert!(!chart.series.is_empty()),
                Content::Progress(_) => prop_assert!(false, "of no interview"),
            }
        }
        prop_assert!(messages[0].files.len() <= 2);
    }

    #[test]
    fn no_history_breaks_its_message(
        past in vec((hostile(150), vec((hostile(100), option::of(0_u8..60)), 0..6)), 0..60),
    ) {
        let past = past.into_iter().map(|(plan, bands)| Past {
            interview: INTERVIEW,
            at: at(0),
            plan,
            interviewers: 2,
            bands: bands
                .into_iter()
                .map(|(dimension, others)| PastBand { dimension, others, own: others })
                .collect(),
            questions: 6,
            points: (3, 9),
        });
        safe(V::History { past: past.collect() })?;
    }
}

#[test]
fn everything_that_is_written_stands_in_the_file() {
    let mut view = opened();
    let long = |word: &str| format!("{word} ").repeat(180);
    for (card, word) in view.cards.iter_mut().zip(["ant", "bee", "cow"]) {
        card.card.comments = vec![long(word); 3];
        card.card.well = long(word);
        card.card.next = long(word);
    }
    let messages = render(&View::Interview(Box::new(V::Opened(view))));
    assert_eq!(messages[0].violations(), Vec::<String>::new());
    let file = messages[0].files.last().expect("a file");
    let Content::Text(text) = &file.content else { panic!("no text") };
    for word in ["ant", "bee", "cow"] {
        assert_eq!(text.matches(word).count(), 5 * 180);
    }
    assert!(!text.contains("<@"), "{text}");
    let ticked: BTreeSet<&str> = text.lines().filter(|line| line.starts_with("- [x]")).collect();
    assert_eq!(ticked.len(), 1);
}
