//! What is said in interviews, with hostile texts in every place: it fits and notifies nobody, and
//! what can be pressed, chosen and filled in is known when it comes back.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use mockingbird::bank::Question;
use mockingbird::command::button;
use mockingbird::plans::{Dimension, Plan, PlanId, Rubric, Section};
use mockingbird::practice::MemberId;
use mockingbird::practice::effect::Failure;
use mockingbird::practice::ids::InterviewId;
use mockingbird::practice::interview::state::{Card, Past, PastBand};
use mockingbird::practice::interview::view::{
    CardView, Face, MockQuestion, OpenedCard, OpenedQuestion, OpenedView, Where,
};
use mockingbird::practice::interview::{FormView, InterviewView as V};
use mockingbird::practice::view::View;
use mockingbird::words::form;

use super::shown;

const INTERVIEW: InterviewId = InterviewId(u64::MAX);
const PLACE: Where = Where { interview: INTERVIEW, turn: u8::MAX, question: u8::MAX };
const WHO: MemberId = MemberId(u64::MAX);

pub(super) fn hold(question: &Arc<Question>, typed: &str) {
    let at = Timestamp::from_second(1_795_000_000).expect("within range");
    // As much as a form and a plan accept; a plan is not made by members, but by hand.
    let written: String = typed.chars().take(1_000).collect();
    let plan = plan(&typed.chars().take(100).collect::<String>());
    let ticked = BTreeSet::from([0, 7, 200]);
    let text = || written.clone();
    let card = || Card {
        bands: vec![Some(0), None, Some(3), Some(200)],
        comments: vec![text(); 4],
        well: text(),
        next: text(),
        sealed: None,
    };
    let failure = Failure::Refused { code: u32::MAX, reason: text() };
    let past = Past {
        interview: INTERVIEW,
        at,
        plan: text(),
        interviewers: u8::MAX,
        bands: vec![PastBand { dimension: text(), others: Some(255), own: Some(0) }; 4],
        questions: 0,
        points: (u16::MAX, 1),
    };
    let asked = MockQuestion {
        place: PLACE,
        of: u8::MAX,
        section: text(),
        ends: at,
        question: question.clone(),
        candidate: WHO,
        alone: false,
        open: true,
        follow_ups: u8::MAX,
        can_push_back: true,
        can_hint: true,
    };
    let face = Face::Refused(failure);
    for view in [
        V::Announcement {
            plan: plan.clone(),
            candidate: WHO,
            interviewers: vec![WHO; 30],
            public: true,
            face,
        },
        V::Agenda {
            plan: plan.clone(),
            candidate: WHO,
            interviewers: Vec::new(),
            turn: (1, 2),
            times: vec![at; 9],
        },
        V::Question(MockQuestion { alone: true, ..asked.clone() }),
        V::Question(asked),
        V::Hint { number: 1, text: text() },
        V::FollowUp { place: PLACE, text: text(), alone: true },
        V::PushBack { place: PLACE, text: text(), alone: false },
        V::Answer { number: u8::MAX, candidate: WHO, text: text() },
        V::Model {
            place: PLACE,
            question: question.clone(),
            ticked: ticked.clone(),
            open: true,
            next: None,
        },
        V::Kit { place: PLACE, question: question.clone(), ticked, evidence: None },
        V::Card(CardView {
            interview: INTERVIEW,
            turn: u8::MAX,
            candidate: WHO,
            own: true,
            rubric: plan.rubric.clone(),
            card: card(),
            until: at,
            is_next: true,
        }),
        V::Opened(opened(&plan, question, &card(), at)),
        V::History { past: vec![past; 5] },
        V::Plans { plans: vec![plan; 5], left_out: Vec::new() },
    ] {
        can_be_pressed(view);
    }
    for view in [
        FormView::Answer { place: PLACE, prompt: question.prompt.clone() },
        FormView::Heard { place: PLACE, prompt: question.prompt.clone() },
        FormView::Comments { interview: INTERVIEW, turn: 0, dimensions: vec![(text(), text()); 4] },
        FormView::Words { interview: INTERVIEW, turn: 0, well: text(), next: text() },
    ] {
        let form = form(&mockingbird::practice::view::FormView::Interview(view));
        assert_eq!(form.violations(), Vec::<String>::new());
        assert!(button::form(&form.custom_id).is_ok());
    }
}

fn opened(plan: &Arc<Plan>, question: &Arc<Question>, card: &Card, at: Timestamp) -> OpenedView {
    OpenedView {
        interview: INTERVIEW,
        plan: plan.clone(),
        candidate: WHO,
        at,
        cards: [false, false, true]
            .map(|own| OpenedCard { by: WHO, own, card: card.clone() })
            .to_vec(),
        missing: vec![WHO; 30],
        questions: vec![
            OpenedQuestion {
                question: question.clone(),
                ticked: BTreeSet::from([0, 7, 200]),
                judged: true,
                hinted: true,
                answers: vec![card.well.clone(); 2],
            };
            3
        ],
        deleted: false,
    }
}

fn can_be_pressed(view: V) {
    for message in shown::fits(&View::Interview(Box::new(view))) {
        for menu in &message.menus {
            assert!(button::menu(&menu.custom_id).is_ok(), "{}", menu.custom_id);
        }
        for pressed in message.rows.iter().flatten() {
            assert!(button::press(&pressed.custom_id).is_ok(), "{}", pressed.custom_id);
        }
    }
}

fn plan(text: &str) -> Arc<Plan> {
    let section = Section {
        title: text.to_owned(),
        minutes: 120,
        questions: 20,
        topics: Vec::new(),
        levels: Vec::new(),
        kinds: Vec::new(),
        follow_ups: true,
        pushbacks: true,
    };
    let dimension =
        Dimension { title: text.to_owned(), bands: [text, "", text, text].map(str::to_owned) };
    Arc::new(Plan {
        id: PlanId::new(text),
        title: text.to_owned(),
        about: text.to_owned(),
        swap: true,
        sections: vec![section; 8],
        rubric: Rubric {
            id: text.to_owned(),
            title: text.to_owned(),
            dimensions: vec![dimension; 4],
        },
    })
}
