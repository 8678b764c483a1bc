//! Each view of an interview, word for word.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::judge::State;
use crate::plans::{Dimension, Lack, LeftOut, Missing, Plan, PlanId, Rubric, Section};
use crate::practice::effect::Failure;
use crate::practice::ids::InterviewId;
use crate::practice::interview::state::{Card, Over, Past, PastBand, Stage, Thread, Time};
use crate::practice::interview::view::{
    CardView, Done, Face, MockQuestion, Onward, OpenedCard, OpenedQuestion, OpenedView, StatusView,
    Where,
};
use crate::practice::interview::{FormView as F, InterviewView as V};
use crate::practice::own::{Coached, TypedPoint, TypedView};
use crate::yaml::Problem;

pub(super) const INTERVIEW: InterviewId = InterviewId(255);
const ANN: MemberId = MemberId(1);
const BOB: MemberId = MemberId(2);
const CLEO: MemberId = MemberId(3);

/// Noon, and so many minutes.
pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::constant(1_795_089_600, 0) + SignedDuration::from_mins(minutes)
}

/// What a view says; it never shouts.
fn tell(view: V) -> String {
    let text = said(&View::Interview(Box::new(view)));
    assert!(!text.contains('!'), "{text}");
    text
}

fn form_said(view: F) -> String {
    let form = form(&FormView::Interview(view));
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

/// The same plan, left out because its second section misses something.
pub(super) fn left_out(plan: &Plan, what: Missing) -> Arc<LeftOut> {
    let section = plan.sections.get(1).map_or_else(String::new, |section| section.title.clone());
    let problem = Problem::of_file("mid-backend.yaml", "too little", "write more");
    let (id, title) = (plan.id.clone(), plan.title.clone());
    Arc::new(LeftOut { id, title, lacks: vec![Lack { section, what, problem }] })
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
        announced(plan(), Vec::new(), false, Face::Here),
        announced(plan(), Vec::new(), false, Face::Closed),
        announced(plan(), vec![BOB], false, Face::Refused(Failure::NotAllowed)),
        announced(plan(), vec![BOB], true, Face::Refused(Failure::NotAllowed)),
        announced(plan(), vec![BOB], true, Face::Refused(Failure::NotHere)),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by <@2> and <@3>. 45 minutes, 6 questions.
      A private thread for it is being opened.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by <@2>. 45 minutes, 6 questions.
      It takes place in <#7>, for those who take part.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by me. 45 minutes, 6 questions.
      It takes place in <#7>. Everybody may look on.
    (embed) Mock interview: Pair
      <@1> is interviewed by <@2>. 2 × 45 minutes, roles swap, 6 questions each.
      A thread for it is being opened.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by me. 45 minutes, 6 questions.
      It takes place here.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by me. 45 minutes, 6 questions.
      It is over.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by <@2>. 45 minutes, 6 questions.
      It does not take place. I may not open a private thread here: give me Create Private Threads and Send Messages in Threads, or use `/mock start public:True`.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by <@2>. 45 minutes, 6 questions.
      It does not take place. I may not open a public thread here: give me Create Public Threads and Send Messages in Threads.
    (embed) Mock interview: Mid-level backend
      <@1> is interviewed by <@2>. 45 minutes, 6 questions.
      It does not take place. No thread can be opened here: there may be too many, or the channel may have none. Another channel may do.
    ");
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
    insta::assert_snapshot!([lobby(Some(at(10))), lobby(None)].join("\n"), @"
    (embed) Who is here? Mid-level backend
      45 minutes, 6 questions.

      Candidate: ✅ <@1>
      Interviewers: ⏳ <@2>, ✅ <@3>

      Press **Join** when you are ready. It begins when all are here, or when the candidate presses **Begin** and an interviewer is here. Else it is called off <t:1795090200:R>.
      [Join] [Begin] [Call off]
    (embed) Who is here? Mid-level backend
      45 minutes, 6 questions.

      Candidate: ✅ <@1>
      Interviewers: ⏳ <@2>, ✅ <@3>

      Nobody can join any more.
    ");
}

#[test]
fn an_agenda_says_when_each_section_begins() {
    let agenda = |plan, interviewers, turn| {
        let times = vec![at(0), at(15), at(45)];
        tell(V::Agenda { plan, candidate: ANN, interviewers, turn, times })
    };
    let all = [agenda(plan(), Vec::new(), (1, 1)), agenda(swap(), vec![BOB], (2, 2))];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Mid-level backend
      <@1> is interviewed by me.

      <t:1795089600:t> **Breadth**: 4 questions, 15 minutes
      <t:1795090500:t> **Depth**: 2 questions, 30 minutes
      <t:1795092300:t> End, <t:1795092300:R>

      I ask, you answer: in writing, or aloud as if somebody sat opposite. Then you see the model answer and tick what you said. When the time is up nothing is cut off.
    (embed) Pair, part 2 of 2
      <@1> is interviewed by <@2>.

      <t:1795089600:t> **Breadth**: 4 questions, 15 minutes
      <t:1795090500:t> **Depth**: 2 questions, 30 minutes
      <t:1795092300:t> End, <t:1795092300:R>

      The candidate speaks, or presses **Answer in writing**. Those who interview lead with the buttons; **Kit** shows the model answer to them alone. When the time is up nothing is cut off.
    ");
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
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Question 2 of 6
      ### What does `ACID` promise?
      Breadth:
        Databases & Storage · medium · about 4 minutes
        Until <t:1795090500:t> (<t:1795090500:R>)
        <@1> answers
      [Next] [Follow-up] [Push back] [Hint to candidate] [Kit]
      [Answer in writing]
    (embed) Question 6 of 6
      ### What does `ACID` promise?
      Breadth:
        Databases & Storage · medium · about 4 minutes
        Until <t:1795090500:t> (<t:1795090500:R>)
        <@1> answers
      [Finish] [Kit]
      [Answer in writing]
    (embed) Question 2 of 6
      ### What does `ACID` promise?
      Breadth:
        Databases & Storage · medium · about 4 minutes
        <@1> answers
    ");
}

#[test]
fn alone_a_question_has_buttons_to_answer() {
    let alone = MockQuestion { alone: true, ..asked() };
    let all = [
        tell(V::Question(alone)),
        tell(V::FollowUp { place: place(), text: "What is a dirty read?".to_owned(), alone: true }),
        tell(V::PushBack { place: place(), text: "Now two shops.".to_owned(), alone: true }),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Question 2 of 6
      ### What does `ACID` promise?
      Breadth:
        Databases & Storage · medium · about 4 minutes
        Until <t:1795090500:t> (<t:1795090500:R>)
      [Answer] [I answered aloud] [Hint]
    (embed) Follow-up to question 2
      What is a dirty read?
      [Answer] [I answered aloud]
    (embed) Pushing back on question 2
      Now two shops.
      [Answer] [I answered aloud]
    ");
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
        tell(V::Answer { number: 2, candidate: ANN, text: String::new() }),
    ];
    insta::assert_snapshot!(all.join("\n"), @r"
    (embed) Follow-up to question 2
      What is a dirty read?
    (embed) Pushing back on question 2
      Now two shops.
    (embed) Hint to question 2
      Think of a bank transfer.
    (embed) Answer to question 2
      <@1>:
      All or \*\*nothing
    (embed) Answer to question 2
      <@1> deleted this answer.
    ");
}

#[test]
fn a_written_answer_stands_there_in_full() {
    let text = "word ".repeat(800);
    let shown = tell(V::Answer { number: 2, candidate: MemberId(u64::MAX), text });
    assert_eq!(shown.matches("word").count(), 800);
}

/// What is found in a text, with these states, words and hints of the opposite.
fn found(points: &[(State, Option<&str>, bool)]) -> TypedView {
    let point = |(state, words, contradicted): &(State, Option<&str>, bool)| TypedPoint {
        state: *state,
        is_said: false,
        evidence: words.map(str::to_owned),
        contradicted: *contradicted,
        opinion: None,
    };
    TypedView {
        name: 0,
        points: points.iter().map(point).collect(),
        score: 20,
        on_topic: true,
        flags: Vec::new(),
        pitfall: None,
        coach: Coached::Nowhere,
    }
}

#[test]
fn a_kit_quotes_what_was_written_and_ticks_nothing() {
    let question = Arc::new(question());
    let kit = |evidence| {
        let evidence = Some(evidence);
        let (question, ticked) = (Arc::clone(&question), BTreeSet::new());
        let told = tell(V::Kit { place: place(), question, ticked, evidence });
        let (_, from) = told.split_once("(embed) In what").expect("what was found");
        from.to_owned()
    };
    let words = "All of it\nor **nothing**, @everyone";
    let all = kit(found(&[
        (State::Covered, Some(words), false),
        (State::Unsure, Some("it stays"), false),
    ]));
    assert!(!all.contains('☑') && !all.contains("(x)"), "{all}");
    let brief = |evidence| kit(evidence).split_once("(embed)").expect("key points").0.to_owned();
    let missing = |words, contradicted| (State::Missing, words, contradicted);
    let wrong = brief(found(&[missing(Some("it is lost"), true), missing(Some("x"), false)]));
    let nothing = brief(found(&[missing(None, false), missing(Some("x"), false)]));
    let all = format!("{all}\n{wrong}\n{nothing}");
    insta::assert_snapshot!(all, @r"
     the candidate wrote
      1. “All of it or \*\*nothing\*\*, \@everyone”
      2. perhaps: “it stays”

      -# Found by comparing words: a hint, and often wrong. What was said aloud is not in it, and nothing is ticked by it.
    (embed) Key points
      1. ☐ Atomicity: all or nothing
      2. ☐ Durability: a commit survives a crash

      Tick what the candidate says.
      [Key points that the candidate made ▾]
        ( ) 1. Atomicity: all or nothing
        ( ) 2. Durability: a commit survives a crash
      [Paste what was said]
     the candidate wrote
      1. perhaps the opposite: “it is lost”

      -# Found by comparing words: a hint, and often wrong. What was said aloud is not in it, and nothing is ticked by it.

     the candidate wrote
      I found no words in it that speak for a key point.

      -# Found by comparing words: a hint, and often wrong. What was said aloud is not in it, and nothing is ticked by it.
    ");
}

#[test]
fn what_was_found_in_what_was_pasted_stands_beside_the_key_points() {
    let question = Arc::new(question());
    let evidence = found(&[
        (State::Unsure, Some("all **or** nothing, @everyone"), false),
        (State::Missing, Some("it is lost"), true),
    ]);
    insta::assert_snapshot!(tell(V::Heard { number: 2, question, evidence }), @r"
    (embed) What I found in what you pasted to question 2
      1. perhaps: “all \*\*or\*\* nothing, \@everyone”
      2. perhaps the opposite: “it is lost”

      -# Found by comparing words: a hint, and often wrong. Only you see it; what you pasted is not kept, and nothing is ticked by it.

      **Key points**
      1. Atomicity: all or nothing
      2. Durability: a commit survives a crash
    ");
}

#[test]
fn a_kit_has_everything_and_ends_with_the_key_points() {
    let ticked = BTreeSet::from([1]);
    let kit = V::Kit { place: place(), question: Arc::new(question()), ticked, evidence: None };
    insta::assert_snapshot!(tell(kit), @"
    (embed) Kit of question 2: What does `ACID` promise?
      *Whether they know what a commit means*

      All or nothing, and it stays.

      ```sql
      BEGIN;
      COMMIT;
      ```

      **Common mistakes**
      - Consistency is not the C of CAP

      **Follow-ups**
      - What is a dirty read?
      Reading what was not committed.

      - How do you lock a row?
      ```sql
      SELECT 1 FOR UPDATE;
      ```

      **Pushback**
      - Now the order is in one shop and the stock in another. What then?
      Nothing spans both: an outbox and a compensation.
    (embed) Key points
      1. ☐ Atomicity: all or nothing
      2. ☑ Durability: a commit survives a crash

      Tick what the candidate says.
      [Key points that the candidate made ▾]
        ( ) 1. Atomicity: all or nothing
        (x) 2. Durability: a commit survives a crash
      [Paste what was said]
    ");
    let bare = Arc::new(bare("Why?", "Because."));
    let kit = V::Kit { place: place(), question: bare, ticked: BTreeSet::new(), evidence: None };
    insta::assert_snapshot!(tell(kit), @"
    (embed) Kit of question 2: Why?
      Because.
    (embed) Key points
      This question has no key points to tick.
    ");
}

#[test]
fn a_model_answer_goes_on_to_the_next_question() {
    let model = |open, next| {
        let question = Arc::new(Question {
            follow_ups: Vec::new(),
            pushback: None,
            probes: None,
            ..question()
        });
        tell(V::Model { place: place(), question, ticked: BTreeSet::from([0]), open, next })
    };
    insta::assert_snapshot!(model(true, Some(Onward::Question)), @"
    (embed) Model answer to question 2
      All or nothing, and it stays.

      ```sql
      BEGIN;
      COMMIT;
      ```

      **Common mistakes**
      - Consistency is not the C of CAP
    (embed) Key points
      1. ☑ Atomicity: all or nothing
      2. ☐ Durability: a commit survives a crash

      Tick what you said.
      [Key points that you made ▾]
        (x) 1. Atomicity: all or nothing
        ( ) 2. Durability: a commit survives a crash
      [Next] [What I wrote]
    ");
    assert!(model(true, Some(Onward::End)).contains("[Finish]"));
    let gone_by = model(true, None);
    assert!(gone_by.contains("[Key points that you made") && !gone_by.contains("[Next]"));
    let opened = model(false, None);
    assert!(opened.ends_with("Durability: a commit survives a crash"), "{opened}");
}

#[test]
fn who_is_alone_sees_what_they_wrote_beside_the_key_points() {
    let found = |evidence| {
        let question = Arc::new(question());
        tell(V::Found { number: 2, question, evidence })
    };
    let words = Some("All of it\nor **nothing**, @everyone");
    let some = self::found(&[(State::Covered, words, false), (State::Missing, None, false)]);
    insta::assert_snapshot!(format!("{}\n{}", found(Some(some)), found(None)), @r"
    (embed) What I found in your answer to question 2
      1. “All of it or \*\*nothing\*\*, \@everyone”

      -# Found by comparing words: a hint, and often wrong. What was said aloud is not in it, and nothing is ticked by it.

      **Key points**
      1. Atomicity: all or nothing
      2. Durability: a commit survives a crash
    (embed) What I found in your answer to question 2
      You wrote nothing that I could look at: what is said aloud I do not hear. Tick what you said.
    ");
}

#[test]
fn a_long_kit_keeps_its_menu_on_the_last_page() {
    let long = Question { answer: "A sentence that goes on. ".repeat(400), ..question() };
    let kit = V::Kit {
        place: place(),
        question: Arc::new(long),
        ticked: BTreeSet::new(),
        evidence: None,
    };
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
    insta::assert_snapshot!(all.join("\n"), @"
    (embed)
      ⏳ **Breadth**, planned end: <t:1795090500:R>. Next is **Depth**.
    (embed)
      ⌛ **Breadth**, planned end: <t:1795090500:R>. Next is **Depth**: go on when you are ready.
    (embed)
      ⌛ **Breadth**, planned end: <t:1795090500:R>. It is the last section: finish when you are ready.
    (embed) Paused
      The interview rests, and its clock stands still. To go on, press **Resume**. After seven days it ends by itself.
      (Nothing had happened for a while.)
      [Resume]
    (embed) Paused
      The interview rests, and its clock stands still. To go on, press **Resume**. After seven days it ends by itself.
      [Resume]
    (embed)
      The interview goes on. Planned end: <t:1795092600:f> (<t:1795092600:R>).
    ");
}

#[test]
fn the_call_for_scorecards_says_who_is_missing() {
    let cards =
        |done, missing, until| tell(V::Cards { interview: INTERVIEW, done, missing, until });
    let all = [
        cards(Vec::new(), vec![BOB, ANN], Some(at(1440))),
        cards(vec![BOB, ANN], Vec::new(), None),
        cards(Vec::new(), vec![ANN], Some(at(1440))),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Scorecards
      Press **My scorecard** and judge what you saw and heard; candidates judge themselves. Once all are sealed, they open here together; until then nobody sees another's. What is not sealed by <t:1795176000:f> (<t:1795176000:R>) stays closed.

      Sealed: nobody
      Missing: <@2> and <@1>
      [My scorecard]
    (embed) Scorecards
      The scorecards are open; see below.
    (embed) Scorecards
      Press **My scorecard** and judge yourself while you remember it. Then the overview comes, with chart and file; <t:1795176000:f> (<t:1795176000:R>) at the latest.
      [My scorecard]
    ");
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
            is_next: own,
        }))
    };
    let begun = Card {
        bands: vec![Some(2), None],
        comments: vec!["Jumped.".to_owned()],
        well: "Calm.".to_owned(),
        ..Card::default()
    };
    insta::assert_snapshot!(card(false, begun), @"
    (embed) Your scorecard
      About <@1>. Judge what you saw and heard. Comments help more than bands.

      **Communication**: Solid
      **Problem solving**: no band yet
      **Trade-offs**: no band yet

      So far: 1 comment; went well: written; try next: empty.

      Sealing is final. What is not sealed by <t:1795176000:f> (<t:1795176000:R>) stays closed.
      [Communication: choose a band ▾]
        ( ) Band 1 · Not yet (Communication): Could not be followed.
        ( ) Band 2 · Nearly (Communication): Could be followed with questions.
        (x) Band 3 · Solid (Communication): Clear, in an order.
        ( ) Band 4 · Strong (Communication): Clear, in an order, and led the talk.
      [Problem solving: choose a band ▾]
        ( ) Band 1 · Not yet (Problem solving): Could not be followed.
        ( ) Band 2 · Nearly (Problem solving): Could be followed with questions.
        ( ) Band 3 · Solid (Problem solving): Clear, in an order.
        ( ) Band 4 · Strong (Problem solving): Clear, in an order, and led the talk.
      [Trade-offs: choose a band ▾]
        ( ) Band 1 · Not yet (Trade-offs): Could not be followed.
        ( ) Band 2 · Nearly (Trade-offs): Could be followed with questions.
        ( ) Band 3 · Solid (Trade-offs): Clear, in an order.
        ( ) Band 4 · Strong (Trade-offs): Clear, in an order, and led the talk.
      [Comments] [Went well / next] [Seal for good]
    ");
    let own = card(true, Card::default());
    insta::assert_snapshot!(own.lines().take(8).collect::<Vec<_>>().join("\n"), @"
    (embed) Your scorecard about yourself
      Your other scorecard is sealed; this is the next one. Judge your own interview by what you said and did. Comments help more than bands.

      **Communication**: no band yet
      **Problem solving**: no band yet
      **Trade-offs**: no band yet

      So far: no comments; went well: empty; try next: empty.
    ");
}

#[test]
fn forms_say_what_to_write() {
    let all = [
        F::Answer { place: place(), prompt: "What does `ACID` promise?".to_owned() },
        F::Comments {
            interview: INTERVIEW,
            turn: 0,
            dimensions: vec![
                ("Communication".to_owned(), "Jumped.".to_owned()),
                ("Trade-offs".to_owned(), String::new()),
            ],
        },
        F::Words { interview: INTERVIEW, turn: 0, well: "Calm.".to_owned(), next: String::new() },
    ];
    let all: Vec<String> = all.map(form_said).to_vec();
    insta::assert_snapshot!(all.join("\n"), @"
    (form) Answer to question 2
      Your answer (lines, at most 4000, required):
        (What does ACID promise?)
    (form) Comments
      Communication (lines, at most 1000):
        Jumped.
      Trade-offs (lines, at most 1000):
        (What did you see or hear?)
    (form) Went well / next
      What went well (lines, at most 1000):
        Calm.
      What to try next (lines, at most 1000):
        (One thing, as concrete as you can)
    ");
}

#[test]
fn opened_scorecards_show_what_matters_and_attach_the_rest() {
    insta::assert_snapshot!(tell(V::Opened(opened())), @"
    (embed) Scorecards: Mid-level backend
      <@1> was interviewed by <@2>, <@3> and <@4> on <t:1795089600:D>.
      **Verdict of 2 interviewers**: between Nearly and Solid (mean 2.5 of 4). One interview proves little; `/mock history` shows several.
      <@1> put **Trade-offs** two bands higher and **Communication** a band higher than <@2> did.
      <@1> put **Trade-offs** two bands higher than <@3> did.
      No scorecard in time from <@4>.
      In the picture: Interviewer 1 is <@2> and Interviewer 2 is <@3>.
      Communication:
        <@2> **Nearly**: Jumped between layers.
        <@3> **Solid**
        <@1> (self) **Solid**: I was clear.
      Problem solving:
        <@2> **Solid**
        <@3> **Solid**
        <@1> (self) **Solid**
      Trade-offs:
        <@2> **Nearly**
        <@3> **Nearly**
        <@1> (self) **Strong**
      Key points covered:
        1. What does ACID promise? · **1 of 2** (with a hint)
        2. Why? · not ticked
      Went well:
        <@2>: Calm.
        <@1>: The second question.
      Try next:
        <@2>: Draw it first.
      (Everything in full: interview-2026-11-19.md)
      [Delete (candidate)]
      (picture) scorecards.png
        Chart of the bands, from low to high Not yet, Nearly, Solid, Strong. Communication: Candidate Solid, Interviewer 1 Nearly, Interviewer 2 Solid. Problem solving: Candidate Solid, Interviewer 1 Solid, Interviewer 2 Solid. Trade-offs: Candidate Strong, Interviewer 1 Nearly, Interviewer 2 Nearly.
      (file) interview-2026-11-19.md
        # Mock interview: Mid-level backend

        - Date: 2026-11-19 (UTC)
        - Candidate: Discord member 1
        - Interviewer 1: Discord member 2
        - Interviewer 2: Discord member 3
        - No scorecard in time: Discord member 4

        ## Bands

        | | Interviewer 1 | Interviewer 2 | Candidate |
        |---|---|---|---|
        | Communication | 2 Nearly | 3 Solid | 3 Solid |
        | Problem solving | 3 Solid | 3 Solid | 3 Solid |
        | Trade-offs | 2 Nearly | 2 Nearly | 4 Strong |

        **Verdict of 2 interviewers**: between Nearly and Solid (mean 2.5 of 4). One interview proves little; `/mock history` shows several.

        - The candidate put **Trade-offs** two bands higher and **Communication** a band higher than Interviewer 1 did.
        - The candidate put **Trade-offs** two bands higher than Interviewer 2 did.

        ## Scorecard: Interviewer 1

        ### Communication: Nearly

        Could be followed with questions.

        > Jumped between layers.

        ### Problem solving: Solid

        Clear, in an order.

        ### Trade-offs: Nearly

        Could be followed with questions.

        ### Went well

        > Calm.

        ### Try next

        > Draw it first.

        ## Scorecard: Interviewer 2

        ### Communication: Solid

        Clear, in an order.

        ### Problem solving: Solid

        Clear, in an order.

        ### Trade-offs: Nearly

        Could be followed with questions.

        ## Scorecard: Candidate

        ### Communication: Solid

        Clear, in an order.

        > I was clear.

        ### Problem solving: Solid

        Clear, in an order.

        ### Trade-offs: Strong

        Clear, in an order, and led the talk.

        ### Went well

        > The second question.

        ## Questions

        ### Question 1: `transactions-acid`

        > What does `ACID` promise?

        Key points: **1 of 2** (with a hint)

        - [x] Atomicity: all or nothing
        - [ ] Durability: a commit survives a crash

        Answer in writing:

        > All of it, or none.
        > # And it stays

        ### Question 2: `own`

        > Why?

        Key points: not ticked
    ");
}

#[test]
fn opened_scorecards_of_one_who_was_alone_claim_nothing() {
    let mut alone = opened();
    alone.cards.retain(|card| card.own);
    alone.missing = Vec::new();
    let text = tell(V::Opened(alone));
    insta::assert_snapshot!(text.split("(file)").next().expect("a message"), @"
    (embed) Scorecards: Mid-level backend
      <@1> was interviewed by me on <t:1795089600:D>.
      Nobody else judged this interview: the bands are the candidate's own.
      Communication:
        <@1> (self) **Solid**: I was clear.
      Problem solving:
        <@1> (self) **Solid**
      Trade-offs:
        <@1> (self) **Strong**
      Key points covered:
        1. What does ACID promise? · **1 of 2** (with a hint)
        2. Why? · not ticked
      Went well:
        <@1>: The second question.
      (Everything in full: interview-2026-11-19.md)
      [Delete (candidate)]
      (picture) scorecards.png
        Chart of the bands, from low to high Not yet, Nearly, Solid, Strong. Communication: Candidate Solid. Problem solving: Candidate Solid. Trade-offs: Candidate Strong.
    ");
}

#[test]
fn without_a_scorecard_there_is_no_picture() {
    let none = OpenedView { cards: Vec::new(), missing: vec![BOB, ANN], ..opened() };
    let text = tell(V::Opened(none));
    insta::assert_snapshot!(text.split("(file)").next().expect("a message"), @"
    (embed) Scorecards: Mid-level backend
      <@1> was interviewed by <@2> on <t:1795089600:D>.
      Nobody sealed a scorecard in time.
      Key points covered:
        1. What does ACID promise? · **1 of 2** (with a hint)
        2. Why? · not ticked
      (Everything in full: interview-2026-11-19.md)
      [Delete (candidate)]
    ");
    insta::assert_snapshot!(tell(V::Opened(OpenedView { deleted: true, ..opened() })), @"
    (embed) Scorecards
      <@1> deleted these scorecards.
    ");
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
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) The interview is over
      <@2> called it off. `/mock start` begins another one.
    (embed) The interview is over
      Not everybody came within ten minutes, so it does not take place. `/mock start` begins another one.
    (embed) The interview is over
      Its thread could not be opened, or is gone. `/mock start` begins another one.
    (embed) The interview is over
      It ended before a question was asked. `/mock start` begins another one.
    (embed) The interview is over
      The candidate deleted it.
    ");
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
        Done::Sealed { until: Some(at(1440)) },
        Done::Sealed { until: None },
    ];
    let all = all.map(|done| tell(V::Done(done)));
    insta::assert_snapshot!(all.join("\n"), @"
    (embed)
      You are in.
    (embed)
      You ended the interview.
    (embed)
      You called the interview off.
    (embed)
      You paused the interview. `/mock resume` goes on.
    (embed)
      You let the interview go on.
    (embed)
      You swapped the roles.
    (embed)
      Sealed. The scorecards open in the thread when all are sealed, <t:1795176000:f> (<t:1795176000:R>) at the latest.
    (embed)
      Sealed. All scorecards are in: they are opened in the thread.
    ");
    let all = [tell(V::DeleteReally { interview: INTERVIEW }), tell(V::Deleted)];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Delete it for good?
      This deletes what was written and judged about you in this interview: all scorecards, your answers, and its place in your history. If you are being interviewed now, that ends. It cannot be undone, and files that somebody has saved stay with them.
      [Delete it for good]
    (embed)
      Deleted: the scorecards, your answers, and its place in your history.
    ");
}

fn status() -> StatusView {
    StatusView {
        plan: plan(),
        candidate: ANN,
        interviewers: vec![BOB],
        thread: Thread::Open(ChannelId(7)),
        here: false,
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
    let all = [status(), judging, gathering, StatusView { here: true, ..status() }]
        .map(|view| tell(V::Status(view)));
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Interview: Mid-level backend
      <@1> is interviewed by <@2>.
      It runs.
      Asked: 2 of 6 questions.
      Planned end: <t:1795092300:f> (<t:1795092300:R>).
      Where:
        <#7>
    (embed) Interview: Mid-level backend
      <@1> is interviewed by <@2>.
      The scorecards are being filled in. They open when all are sealed, <t:1795176000:f> (<t:1795176000:R>) at the latest.
      Asked: 2 of 6 questions.
      Where:
        <#7>
      Scorecards missing:
        <@2>
      [Delete everything]
    (embed) Interview: Mid-level backend
      <@1> is interviewed by <@2>.
      People gather; it is called off <t:1795090200:R>.
      Where:
        A thread is being opened.
      What did not work:
        Discord could not be reached (connection reset). I try again.
    (embed) Interview: Mid-level backend
      <@1> is interviewed by <@2>.
      It runs.
      Asked: 2 of 6 questions.
      Planned end: <t:1795092300:f> (<t:1795092300:R>).
      Where:
        Here.
    ");
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
    insta::assert_snapshot!(stages.map(line).join("\n"), @"
    Paused <t:1795089600:R>, because nothing happened. `/mock resume` goes on.
    Paused <t:1795089600:R>. `/mock resume` goes on.
    The scorecards opened <t:1795089600:R>.
    It ended <t:1795089600:R>. Its thread could not be opened, or is gone. `/mock start` begins another one.
    ");
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
    insta::assert_snapshot!(history(Vec::new()), @"
    (embed) Your interviews
      You have not been interviewed yet. `/mock start` begins an interview, alone or with others.
    ");
    insta::assert_snapshot!(history(vec![past(0, Some(25), 30)]), @"
    (embed) Your interviews
      1 interview: one proves little.

      **Mid-level backend**, <t:1795089600:D>, judged by 2 interviewers
      Communication: Nearly–Solid (self Solid) · Trade-offs: Nearly–Solid
      6 questions, 12 of 20 key points
    ");
    let many = vec![past(14, Some(30), 30), past(7, None, 40), past(0, Some(20), 40)];
    insta::assert_snapshot!(history(many), @"
    (embed) Your interviews
      3 interviews.

      **Mid-level backend**, <t:1796299200:D>, judged by 2 interviewers
      Communication: Solid (self Solid) · Trade-offs: Solid
      6 questions, 12 of 20 key points

      **Mid-level backend**, <t:1795694400:D>, judged by nobody else
      Communication: self Strong
      6 questions, 12 of 20 key points

      **Mid-level backend**, <t:1795089600:D>, judged by 2 interviewers
      Communication: Nearly (self Strong) · Trade-offs: Nearly
      6 questions, 12 of 20 key points
      Communication:
        Interviewers: Nearly → Solid (2 interviews)
        Self: Strong → Strong → Solid (3 interviews)
      Trade-offs:
        Interviewers: Nearly → Solid (2 interviews)
    ");
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
    insta::assert_snapshot!(tell(V::Plans { plans: vec![plan(), swap()], left_out: Vec::new() }), @"
    (embed) Plans
      **Mid-level backend** (`mid-backend`): 45 minutes, 6 questions
      Breadth first, then one problem in depth.
      -# Breadth (15 minutes) · Depth (30 minutes)

      **Pair** (`pair-swap`): 2 × 45 minutes, roles swap, 6 questions each
      Breadth first, then one problem in depth.
      -# Breadth (15 minutes) · Depth (30 minutes)

      `/mock start plan:…` begins one.
    ");
    insta::assert_snapshot!(tell(V::Plans { plans: Vec::new(), left_out: Vec::new() }), @"
    (embed) Plans
      There are no plans yet. Whoever runs the bot can add some in `config/plans`.
    ");
}

#[test]
fn a_plan_that_was_left_out_says_why() {
    let missing = [Missing::Questions, Missing::Topic(Topic::new("gardening"))];
    let left_out: Vec<_> = missing.map(|what| left_out(&plan(), what)).to_vec();
    let some = tell(V::Plans { plans: vec![plan()], left_out: left_out.clone() });
    insta::assert_snapshot!(some, @"
    (embed) Plans
      **Mid-level backend** (`mid-backend`): 45 minutes, 6 questions
      Breadth first, then one problem in depth.
      -# Breadth (15 minutes) · Depth (30 minutes)

      `/mock start plan:…` begins one.

      **Mid-level backend** is left out: the bank has too few questions for its section **Depth**.
      **Mid-level backend** is left out: the bank has no topic `gardening` for its section **Depth**.
    ");
    insta::assert_snapshot!(tell(V::Plans { plans: Vec::new(), left_out }), @"
    (embed) Plans
      There is no plan that can be used.

      **Mid-level backend** is left out: the bank has too few questions for its section **Depth**.
      **Mid-level backend** is left out: the bank has no topic `gardening` for its section **Depth**.
    ");
}

#[test]
fn what_is_pressed_chosen_and_filled_in_says_what_it_is() {
    let ids = |view| -> Vec<String> {
        let messages = render(&View::Interview(Box::new(view)));
        let menus = messages.iter().flat_map(|page| &page.menus).map(|menu| &menu.custom_id);
        let rows = messages.iter().flat_map(|page| page.rows.iter().flatten());
        menus.chain(rows.map(|button| &button.custom_id)).cloned().collect()
    };
    let words = |id: String| id.replace(":00000000000000ff", "");
    let card = V::Card(CardView {
        interview: INTERVIEW,
        turn: 1,
        candidate: ANN,
        own: false,
        rubric: rubric(),
        card: Card::default(),
        until: at(1440),
        is_next: false,
    });
    let ticked = BTreeSet::new();
    let model = V::Model {
        place: place(),
        question: Arc::new(question()),
        ticked,
        open: true,
        next: Some(Onward::Question),
    };
    let all = [
        ids(V::Question(asked())),
        ids(V::Question(MockQuestion { alone: true, ..asked() })),
        ids(model),
        ids(card),
    ];
    let all = all.map(|ids| ids.into_iter().map(words).collect::<Vec<_>>().join(" "));
    insta::assert_snapshot!(all.join("\n"), @"
    mock:next:0:1 mock:follow:0:1 mock:push:0:1 mock:hint:0:1 mock:kit:0:1 mock:answer:0:1
    mock:answer:0:1 mock:aloud:0:1 mock:hint:0:1
    mock:points:0:1 mock:next:0:1 mock:found:0:1
    mock:band:1:0 mock:band:1:1 mock:band:1:2 mock:comments:1 mock:words:1 mock:seal:1
    ");
    let interview = INTERVIEW;
    let forms = [
        F::Answer { place: place(), prompt: String::new() },
        F::Heard { place: place(), prompt: String::new() },
        F::Comments { interview, turn: 1, dimensions: Vec::new() },
        F::Words { interview, turn: 1, well: String::new(), next: String::new() },
    ];
    let forms = forms.map(|view| words(form(&FormView::Interview(view)).custom_id));
    insta::assert_snapshot!(forms.join(" "), @"mock:answer-form:0:1 mock:heard-form:0:1 mock:comments-form:1 mock:words-form:1");
}

#[test]
fn whoever_was_forgotten_is_spoken_of_without_a_name() {
    let by = MemberId::NOBODY;
    let over = tell(V::Over { why: Over::Cancelled { by } });
    assert!(over.contains("  Somebody whom I have forgotten called it off."), "{over}");
}
