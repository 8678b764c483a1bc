//! Each view of an interview, word for word.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::plans::{Dimension, Plan, PlanId, Rubric, Section};
use crate::practice::effect::Failure;
use crate::practice::ids::InterviewId;
use crate::practice::interview::InterviewView as V;
use crate::practice::interview::state::{Card, Over, Past, PastBand, Stage, Thread, Time};
use crate::practice::interview::view::{
    CardView, Done, Face, MockQuestion, OpenedCard, OpenedQuestion, OpenedView, StatusView, Where,
};

pub(super) const INTERVIEW: InterviewId = InterviewId(255);
const ANN: MemberId = MemberId(1);
const BOB: MemberId = MemberId(2);
const CLEO: MemberId = MemberId(3);

/// Noon, and so many minutes.
pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::constant(1_795_089_600, 0) + SignedDuration::from_mins(minutes)
}

fn tell(view: V) -> String {
    said(&View::Interview(Box::new(view)))
}

fn form_said(view: &FormView) -> String {
    let form = form(view);
    assert_eq!(form.violations(), Vec::<String>::new());
    form.to_text()
}

pub(super) fn rubric() -> Rubric {
    let dimension = |title: &str| Dimension {
        title: title.to_owned(),
        bands: [
            "Could not be followed.",
            "Could be followed with questions.",
            "Clear, in an order.",
            "Clear, in an order, and led the talk.",
        ]
        .map(str::to_owned),
    };
    Rubric {
        id: "backend".to_owned(),
        title: "Backend".to_owned(),
        dimensions: vec![
            dimension("Communication"),
            dimension("Problem solving"),
            dimension("Trade-offs"),
        ],
    }
}

pub(super) fn section(title: &str, minutes: u8, questions: u8) -> Section {
    Section {
        title: title.to_owned(),
        minutes,
        questions,
        topics: Vec::new(),
        levels: Vec::new(),
        kinds: Vec::new(),
        follow_ups: true,
        pushbacks: true,
    }
}

pub(super) fn plan() -> Arc<Plan> {
    Arc::new(Plan {
        id: PlanId::new("mid-backend"),
        title: "Mid-level backend".to_owned(),
        about: "Breadth first, then one problem in depth.".to_owned(),
        swap: false,
        sections: vec![section("Breadth", 15, 4), section("Depth", 30, 2)],
        rubric: rubric(),
    })
}

fn swap() -> Arc<Plan> {
    let plan = Plan {
        id: PlanId::new("pair-swap"),
        title: "Pair".to_owned(),
        swap: true,
        ..(*plan()).clone()
    };
    Arc::new(plan)
}

pub(super) fn place() -> Where {
    Where { interview: INTERVIEW, turn: 0, question: 1 }
}

fn asked() -> MockQuestion {
    MockQuestion {
        place: place(),
        of: 6,
        section: "Breadth".to_owned(),
        ends: at(15),
        question: Arc::new(question()),
        candidate: ANN,
        alone: false,
        open: true,
        follow_ups: 2,
        can_push_back: true,
        can_hint: true,
    }
}

fn card(bands: [u8; 3], comment: &str, well: &str, next: &str) -> Card {
    Card {
        bands: bands.map(Some).to_vec(),
        comments: vec![comment.to_owned(), String::new(), String::new()],
        well: well.to_owned(),
        next: next.to_owned(),
        sealed: Some(at(60)),
    }
}

pub(super) fn opened() -> OpenedView {
    OpenedView {
        interview: INTERVIEW,
        plan: plan(),
        candidate: ANN,
        at: at(0),
        cards: vec![
            OpenedCard {
                by: BOB,
                own: false,
                card: card([1, 2, 1], "Jumped between layers.", "Calm.", "Draw it first."),
            },
            OpenedCard { by: CLEO, own: false, card: card([2, 2, 1], "", "", "") },
            OpenedCard {
                by: ANN,
                own: true,
                card: card([2, 2, 3], "I was clear.", "The second question.", ""),
            },
        ],
        missing: vec![MemberId(4)],
        questions: vec![
            OpenedQuestion {
                question: Arc::new(question()),
                ticked: BTreeSet::from([0]),
                judged: true,
                hinted: true,
                answers: vec!["All of it, or none.\n# And it stays".to_owned()],
            },
            OpenedQuestion {
                question: Arc::new(bare("Why?", "Because.")),
                ticked: BTreeSet::new(),
                judged: false,
                hinted: false,
                answers: Vec::new(),
            },
        ],
        deleted: false,
    }
}

fn announced(plan: Arc<Plan>, interviewers: Vec<MemberId>, public: bool, face: Face) -> String {
    tell(V::Announcement { plan, candidate: ANN, interviewers, public, face })
}

#[test]
fn an_announcement_says_who_and_where() {
    let thread = ChannelId(7);
    let all = [
        announced(plan(), vec![BOB, CLEO], false, Face::Opening),
        announced(plan(), vec![BOB], false, Face::Open(thread)),
        announced(plan(), Vec::new(), true, Face::Open(thread)),
        announced(swap(), vec![BOB], true, Face::Opening),
        announced(plan(), Vec::new(), false, Face::Closed),
        announced(plan(), vec![BOB], false, Face::Refused(Failure::NotAllowed)),
        announced(plan(), vec![BOB], true, Face::Refused(Failure::NotAllowed)),
        announced(plan(), vec![BOB], true, Face::Refused(Failure::NotHere)),
    ];
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn a_lobby_shows_who_is_here() {
    let lobby = |until| {
        tell(V::Lobby {
            interview: INTERVIEW,
            plan: plan(),
            candidate: ANN,
            interviewers: vec![BOB, CLEO],
            joined: BTreeSet::from([ANN, CLEO]),
            until,
        })
    };
    insta::assert_snapshot!([lobby(Some(at(10))), lobby(None)].join("\n"), @"");
}

#[test]
fn an_agenda_says_when_each_section_begins() {
    let agenda = |plan, interviewers, turn| {
        let times = vec![at(0), at(15), at(45)];
        tell(V::Agenda { plan, candidate: ANN, interviewers, turn, times })
    };
    let all = [agenda(plan(), Vec::new(), (1, 1)), agenda(swap(), vec![BOB], (2, 2))];
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn a_question_has_the_buttons_of_those_who_lead() {
    let last = MockQuestion {
        place: Where { question: 5, ..place() },
        follow_ups: 0,
        can_push_back: false,
        can_hint: false,
        ..asked()
    };
    let all = [asked(), last, MockQuestion { open: false, ..asked() }].map(V::Question).map(tell);
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn alone_a_question_has_buttons_to_answer() {
    let alone = MockQuestion { alone: true, ..asked() };
    let all = [
        tell(V::Question(alone)),
        tell(V::FollowUp { place: place(), text: "What is a dirty read?".to_owned(), alone: true }),
        tell(V::PushBack { place: place(), text: "Now two shops.".to_owned(), alone: true }),
    ];
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn what_follows_on_a_question_says_on_which() {
    let all = [
        tell(V::FollowUp {
            place: place(),
            text: "What is a dirty read?".to_owned(),
            alone: false,
        }),
        tell(V::PushBack { place: place(), text: "Now two shops.".to_owned(), alone: false }),
        tell(V::Hint { number: 2, text: "Think of a bank transfer.".to_owned() }),
        tell(V::Answer { number: 2, candidate: ANN, text: "All or **nothing".to_owned() }),
    ];
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn a_kit_has_everything_and_ends_with_the_key_points() {
    let ticked = BTreeSet::from([1]);
    let kit = V::Kit { place: place(), question: Arc::new(question()), ticked };
    insta::assert_snapshot!(tell(kit), @"");
    let bare = Arc::new(bare("Why?", "Because."));
    let kit = V::Kit { place: place(), question: bare, ticked: BTreeSet::new() };
    insta::assert_snapshot!(tell(kit), @"");
}

#[test]
fn a_model_answer_goes_on_to_the_next_question() {
    let model = |more| {
        let question = Arc::new(Question {
            follow_ups: Vec::new(),
            pushback: None,
            probes: None,
            ..question()
        });
        tell(V::Model { place: place(), question, ticked: BTreeSet::from([0]), more })
    };
    insta::assert_snapshot!(model(true), @"");
    assert!(model(false).ends_with("[Finish]"));
}

#[test]
fn a_long_kit_keeps_its_menu_on_the_last_page() {
    let long = Question { answer: "A sentence that goes on. ".repeat(400), ..question() };
    let kit = V::Kit { place: place(), question: Arc::new(long), ticked: BTreeSet::new() };
    let pages = render(&View::Interview(Box::new(kit)));
    let menus: Vec<usize> = pages.iter().map(|page| page.menus.len()).collect();
    assert_eq!(menus, [0, 1]);
}

#[test]
fn times_and_rests_say_what_comes() {
    let time = |time, next: Option<&str>| {
        let next = next.map(str::to_owned);
        tell(V::Time { section: "Breadth".to_owned(), time, ends: at(15), next })
    };
    let all = [
        time(Time::Nearly, Some("Depth")),
        time(Time::Over, Some("Depth")),
        time(Time::Over, None),
        tell(V::Paused { interview: INTERVIEW, idle: true }),
        tell(V::Paused { interview: INTERVIEW, idle: false }),
        tell(V::Resumed { ends: at(50) }),
    ];
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn the_call_for_scorecards_says_who_is_missing() {
    let cards =
        |done, missing, until| tell(V::Cards { interview: INTERVIEW, done, missing, until });
    let all = [
        cards(Vec::new(), vec![BOB, ANN], Some(at(1440))),
        cards(vec![BOB, ANN], Vec::new(), None),
    ];
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn a_scorecard_has_a_menu_for_each_dimension() {
    let card = |own, card| {
        tell(V::Card(CardView {
            interview: INTERVIEW,
            turn: 0,
            candidate: ANN,
            own,
            rubric: rubric(),
            card,
            until: at(1440),
        }))
    };
    let begun = Card {
        bands: vec![Some(2), None],
        comments: vec!["Jumped.".to_owned()],
        well: "Calm.".to_owned(),
        ..Card::default()
    };
    insta::assert_snapshot!(card(false, begun), @"");
    let own = card(true, Card::default());
    insta::assert_snapshot!(own.lines().take(8).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn forms_say_what_to_write() {
    let all = [
        FormView::Answer { place: place(), prompt: "What does `ACID` promise?".to_owned() },
        FormView::Comments {
            interview: INTERVIEW,
            turn: 0,
            dimensions: vec![
                ("Communication".to_owned(), "Jumped.".to_owned()),
                ("Trade-offs".to_owned(), String::new()),
            ],
        },
        FormView::Words {
            interview: INTERVIEW,
            turn: 0,
            well: "Calm.".to_owned(),
            next: String::new(),
        },
    ];
    let all: Vec<String> = all.iter().map(form_said).collect();
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn opened_scorecards_show_what_matters_and_attach_the_rest() {
    insta::assert_snapshot!(tell(V::Opened(opened())), @"");
}

#[test]
fn opened_scorecards_of_one_who_was_alone_claim_nothing() {
    let mut alone = opened();
    alone.cards.retain(|card| card.own);
    alone.missing = Vec::new();
    let text = tell(V::Opened(alone));
    insta::assert_snapshot!(text.split("(file)").next().expect("a message"), @"");
}

#[test]
fn without_a_scorecard_there_is_no_picture() {
    let none = OpenedView { cards: Vec::new(), missing: vec![BOB, ANN], ..opened() };
    let text = tell(V::Opened(none));
    insta::assert_snapshot!(text.split("(file)").next().expect("a message"), @"");
    insta::assert_snapshot!(tell(V::Opened(OpenedView { deleted: true, ..opened() })), @"");
}

#[test]
fn those_who_see_it_the_same_are_told_so() {
    let mut same = opened();
    same.cards.remove(1);
    same.cards[0].card.bands = same.cards[1].card.bands.clone();
    let text = tell(V::Opened(same));
    assert!(text.contains("<@1> and <@2> chose the same bands."), "{text}");
    assert!(!text.contains("In the picture"), "{text}");
}

#[test]
fn the_end_says_why() {
    let all =
        [Over::Cancelled { by: BOB }, Over::NobodyCame, Over::NoThread, Over::Empty, Over::Deleted];
    let all = all.map(|why| tell(V::Over { why }));
    insta::assert_snapshot!(all.join("\n"), @"");
}

#[test]
fn what_a_member_did_is_confirmed() {
    let all = [
        Done::Joined,
        Done::Ended,
        Done::Cancelled,
        Done::Paused,
        Done::Resumed,
        Done::Swapped,
        Done::Sealed { until: at(1440) },
    ];
    let all = all.map(|done| tell(V::Done(done)));
    insta::assert_snapshot!(all.join("\n"), @"");
    let all = [tell(V::DeleteReally { interview: INTERVIEW }), tell(V::Deleted)];
    insta::assert_snapshot!(all.join("\n"), @"");
}

fn status() -> StatusView {
    StatusView {
        plan: plan(),
        candidate: ANN,
        interviewers: vec![BOB],
        thread: Thread::Open(ChannelId(7)),
        stage: Stage::Running,
        questions: (2, 6),
        ends: Some(at(45)),
        missing: Vec::new(),
        trouble: None,
        delete: None,
        opened: Vec::new(),
    }
}

#[test]
fn a_status_says_how_far_it_is() {
    let judging = StatusView {
        stage: Stage::Judging { until: at(1440) },
        ends: None,
        missing: vec![BOB],
        delete: Some(INTERVIEW),
        ..status()
    };
    let unreachable = Failure::Unavailable { reason: "connection reset".to_owned() };
    let gathering = StatusView {
        stage: Stage::Lobby { until: at(10) },
        questions: (0, 6),
        ends: None,
        thread: Thread::Wanted(at(0)),
        trouble: Some(unreachable),
        ..status()
    };
    let all = [status(), judging, gathering].map(|view| tell(V::Status(view)));
    insta::assert_snapshot!(all.join("\n"), @"");
    let stages = [
        Stage::Paused { since: at(0), idle: true },
        Stage::Paused { since: at(0), idle: false },
        Stage::Opened { since: at(0) },
        Stage::Over { since: at(0), why: Over::NoThread },
    ];
    let line = |stage| {
        let text = tell(V::Status(StatusView { stage, ..status() }));
        text.lines().nth(2).expect("its stage").trim().to_owned()
    };
    insta::assert_snapshot!(stages.map(line).join("\n"), @"");
}

#[test]
fn a_status_shows_what_a_lost_thread_cannot() {
    let lost = StatusView {
        thread: Thread::Lost(ChannelId(7)),
        stage: Stage::Opened { since: at(60) },
        opened: vec![opened()],
        ..status()
    };
    let messages = render(&View::Interview(Box::new(V::Status(lost))));
    assert_eq!(messages.len(), 2);
    assert!(messages[0].to_text().contains("<#7> is gone or closed; scorecards are shown here."));
    assert!(messages[1].to_text().contains("Scorecards: Mid-level backend"));
}

fn past(days: i64, others: Option<u8>, own: u8) -> Past {
    Past {
        interview: INTERVIEW,
        at: at(days * 1440),
        plan: "Mid-level backend".to_owned(),
        interviewers: others.map_or(0, |_| 2),
        bands: vec![
            PastBand { dimension: "Communication".to_owned(), others, own: Some(own) },
            PastBand { dimension: "Trade-offs".to_owned(), others, own: None },
        ],
        questions: 6,
        points: (12, 20),
    }
}

#[test]
fn a_history_always_says_how_many() {
    let history = |past| tell(V::History { past });
    insta::assert_snapshot!(history(Vec::new()), @"");
    insta::assert_snapshot!(history(vec![past(0, Some(25), 30)]), @"");
    let many = vec![past(14, Some(30), 30), past(7, None, 40), past(0, Some(20), 40)];
    insta::assert_snapshot!(history(many), @"");
}

#[test]
fn a_long_history_ends_with_how_many_more() {
    let text = tell(V::History { past: vec![past(0, Some(25), 30); 50] });
    let shown = text.matches("**Mid-level backend**").count();
    assert!(text.contains(&format!("… and {} more.", 50 - shown)), "{text}");
    assert!(text.contains("(50 interviews)"), "{text}");
}

#[test]
fn the_plans_are_listed() {
    insta::assert_snapshot!(tell(V::Plans(vec![plan(), swap()])), @"");
    insta::assert_snapshot!(tell(V::Plans(Vec::new())), @"");
}
