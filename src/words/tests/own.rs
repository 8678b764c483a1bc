//! Each view of a member's own practice, word for word.

use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::practice::own::state::{Fault, Report, Settings};
use crate::practice::own::view::{
    Coverage, Graded, Known, OwnQuestion, PartOf, Progress, ReviewOver, SprintOver, TopicView,
};
use crate::practice::own::{Grade, Key, OwnFormView as F, OwnView as V};

/// Noon, and so many minutes.
pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::constant(1_795_089_600, 0) + SignedDuration::from_mins(minutes)
}

/// What a view says; it never shouts.
pub(super) fn tell(view: V) -> String {
    let text = said(&View::Own(Box::new(view)));
    assert!(!text.contains('!'), "{text}");
    text
}

fn form_said(view: F) -> String {
    let form = form(&FormView::Own(view));
    assert_eq!(form.violations(), Vec::<String>::new());
    form.to_text()
}

pub(super) fn own(part_of: PartOf) -> OwnQuestion {
    OwnQuestion {
        question: Arc::new(question()),
        part_of,
        known: Known::Unseen,
        missed_points: Vec::new(),
        two_grades: false,
        before: None,
        typed: None,
    }
}

fn short(prompt: &str) -> Arc<Question> {
    let id = prompt.to_lowercase().replace(' ', "-");
    Arc::new(Question { id: QuestionId::new(&id), ..bare(prompt, "Because.") })
}

pub(super) fn graded(grade: Grade, days: u16) -> Graded {
    Graded {
        key: Key::of(&question().id),
        grade,
        due: TODAY.saturating_add(jiff::Span::new().days(i64::from(days))),
        days,
        replaced: false,
        leech: None,
        can_take_back: true,
    }
}

const REVIEW: PartOf = PartOf::Review { due: 3, new: 1 };

fn sprint() -> PartOf {
    PartOf::Sprint { sprint: 7, step: (1, 6), until: at(15) }
}

#[test]
fn a_question_in_private_shows_where_it_stands_and_nothing_of_its_answer() {
    let known = Known::Graded { grade: Grade::Partly, grades: 3, lapses: 2, due: TODAY };
    let view = V::Question(OwnQuestion { known, missed_points: vec![0], ..own(PartOf::Itself) });
    insta::assert_snapshot!(tell(view), @"
    (embed) Question
      ### What does `ACID` promise?
      Databases & Storage · medium · about 4 minutes:
        Graded 3 times, last Partly. Due Thu 19 Nov 2026.
      (transactions-acid)
      [Show answer] [Answer] [Hint]
    ");
    let mut asked = question();
    asked.hint = None;
    let view = V::Question(OwnQuestion { question: Arc::new(asked), ..own(PartOf::Itself) });
    insta::assert_snapshot!(tell(view), @"
    (embed) Question
      ### What does `ACID` promise?
      Databases & Storage · medium · about 4 minutes:
        New to you.
      (transactions-acid)
      [Show answer] [Answer]
    ");
}

#[test]
fn a_review_counts_down_and_says_what_came_of_the_grade_before() {
    let before = Some((short("Why indexes"), graded(Grade::GotIt, 4)));
    let view = V::Question(OwnQuestion { before, known: Known::Met, ..own(REVIEW) });
    insta::assert_snapshot!(tell(view), @"
    (embed)
      **Got it**: Why indexes
      Back in 4 days, on Mon 23 Nov.
    (embed) Review · 3 due, 1 new
      ### What does `ACID` promise?
      Databases & Storage · medium · about 4 minutes:
        You have seen it, and not graded it yet.
      (transactions-acid)
      [Show answer] [Answer] [Hint] [Take back]
    ");
    let titles = [(0, 2), (2, 0), (0, 0)].map(|(due, new)| {
        let text = tell(V::Question(own(PartOf::Review { due, new })));
        text.lines().next().expect("a title").to_owned()
    });
    insta::assert_snapshot!(titles.join("\n"), @"
    (embed) Review · 2 new
    (embed) Review · 2 due
    (embed) Review
    ");
}

#[test]
fn a_question_that_is_missed_again_and_again_is_named_with_a_way_out() {
    let leech = Graded { leech: Some(8), ..graded(Grade::Missed, 1) };
    let before = Some((Arc::new(question()), leech));
    let view = V::Question(OwnQuestion { question: short("Why not"), before, ..own(REVIEW) });
    insta::assert_snapshot!(tell(view), @"
    (embed)
      **Missed**: What does ACID promise?
      Back tomorrow.
      You have missed this one 8 times by now. Repeating alone does not help here: read the explanation slowly, say it in your own words, and look at a related question.
    (embed) Review · 3 due, 1 new
      ### Why not
      Ours · easy:
        New to you.
      (why-not)
      [Show answer] [Answer] [Take back]
      [Explanation] [Related]
    ");
}

#[test]
fn a_sprint_counts_its_steps_and_its_time() {
    insta::assert_snapshot!(tell(V::Question(own(sprint()))), @"
    (embed) Sprint · 2 of 6
      ### What does `ACID` promise?
      Databases & Storage · medium · about 4 minutes:
        New to you.
        Until <t:1795090500:t> (<t:1795090500:R>)
      (transactions-acid)
      [Show answer] [Answer] [Hint] [Skip] [End sprint]
    ");
    let view = V::Answer { question: own(sprint()), graded: None, standing: None };
    insta::assert_snapshot!(tell(view), @"
    (embed) What does `ACID` promise?
      All or nothing, and it stays.

      ```sql
      BEGIN;
      COMMIT;
      ```

      **Key points**
      - Atomicity: all or nothing
      - Durability: a commit survives a crash

      **Common mistakes**
      - Consistency is not the C of CAP

      **If the interviewer raises the stakes**
      - Now the order is in one shop and the stock in another. What then?
      ||Nothing spans both: an outbox and a compensation.||

      **Sources**
      - PostgreSQL manual, 13.2
      How well did you know it?:
        Your grade decides when it comes back.
      (transactions-acid · Databases & Storage · medium · about 4 minutes)
      [Missed] [Partly] [Got it] [Easy]
      [Follow-up] [Related] [Report] [End sprint]
    ");
}

#[test]
fn an_answer_in_private_asks_for_a_grade_and_marks_what_an_interview_missed() {
    let standing = standing(3, 12, 1, &[Day::Counted; 3]);
    let question = OwnQuestion { missed_points: vec![1], ..own(PartOf::Itself) };
    let view = V::Answer { question, graded: None, standing: Some((standing, Counted::Now)) };
    insta::assert_snapshot!(tell(view), @"
    (embed) What does `ACID` promise?
      All or nothing, and it stays.

      ```sql
      BEGIN;
      COMMIT;
      ```

      **Key points**
      - Atomicity: all or nothing
      - Durability: a commit survives a crash **(missing in your last interview)**

      **Common mistakes**
      - Consistency is not the C of CAP

      **If the interviewer raises the stakes**
      - Now the order is in one shop and the stock in another. What then?
      ||Nothing spans both: an outbox and a compensation.||

      **Sources**
      - PostgreSQL manual, 13.2
      Your streak:
        🔥 3 days in a row. Counted for today.
      How well did you know it?:
        Your grade decides when it comes back.
      (transactions-acid · Databases & Storage · medium · about 4 minutes)
      [Missed] [Partly] [Got it] [Easy]
      [Follow-up] [Related] [Report]
    ");
}

#[test]
fn two_grades_are_offered_to_whoever_wants_two() {
    let question = OwnQuestion { question: short("Why"), two_grades: true, ..own(REVIEW) };
    insta::assert_snapshot!(tell(V::Answer { question, graded: None, standing: None }), @"
    (embed) Why
      Because.
      How well did you know it?:
        Your grade decides when it comes back.
      (why · Ours · easy)
      [Missed] [Got it]
      [Report]
    ");
}

#[test]
fn a_graded_answer_says_when_it_comes_back() {
    let told = |graded| {
        let question = OwnQuestion { question: short("Why"), ..own(PartOf::Itself) };
        tell(V::Answer { question, graded: Some(graded), standing: None })
    };
    insta::assert_snapshot!(told(graded(Grade::GotIt, 4)), @"
    (embed) Why
      Because.
      Graded: Got it:
        Back in 4 days, on Mon 23 Nov.
      (why · Ours · easy)
      [Take back]
      [Report]
    ");
    let again = Graded { replaced: true, can_take_back: false, ..graded(Grade::Easy, 400) };
    insta::assert_snapshot!(told(again), @"
    (embed) Why
      Because.
      Changed to: Easy:
        Back in 400 days, on Fri 24 Dec 2027.
      (why · Ours · easy)
      [Report]
    ");
}

#[test]
fn a_grade_under_a_public_answer_is_told_in_private() {
    let told = |graded| tell(V::Graded { question: Arc::new(question()), graded });
    let leech = Graded { leech: Some(12), can_take_back: false, ..graded(Grade::Missed, 1) };
    let all = [
        told(graded(Grade::Partly, 2)),
        told(Graded { replaced: true, ..graded(Grade::Missed, 1) }),
        told(leech),
        tell(V::TakenBack { question: Arc::new(question()) }),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed)
      **Partly**: What does ACID promise?
      Back in 2 days, on Sat 21 Nov.
      [Take back]
    (embed)
      Changed to **Missed**: What does ACID promise?
      Back tomorrow.
      [Take back]
    (embed)
      **Missed**: What does ACID promise?
      Back tomorrow.
      You have missed this one 12 times by now. Repeating alone does not help here: read the explanation slowly, say it in your own words, and look at a related question.
      [Explanation] [Related]
    (embed)
      Taken back: your last grade of “What does ACID promise?”. The day stays counted. Grade it again under its answer, if you like.
      [Show answer]
    ");
}

#[test]
fn a_hint_is_the_hint_alone() {
    insta::assert_snapshot!(tell(V::Hint { question: Arc::new(question()) }), @"
    (embed) Hint
      Think of a bank transfer.
      (transactions-acid)
    ");
}

#[test]
fn a_follow_up_is_the_next_question() {
    let asked = Arc::new(question());
    let told = |number: u8, shown| {
        let follow_up = asked.follow_ups[usize::from(number)].clone();
        tell(V::FollowUp { question: Arc::clone(&asked), number, follow_up, shown })
    };
    let all = [told(0, false), told(0, true), told(1, true)];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Follow-up 1 of 2
      ### What is a dirty read?
      (after transactions-acid)
      [Show answer]
    (embed) Follow-up 1 of 2
      ### What is a dirty read?
      (after transactions-acid)
    (embed)
      Reading what was not committed.
      [Next follow-up]
    (embed) Follow-up 2 of 2
      ### How do you lock a row?
      (after transactions-acid)
    (embed)
      ```sql
      SELECT 1 FOR UPDATE;
      ```
    ");
}

#[test]
fn related_questions_can_be_asked_for_with_one_press() {
    let questions = vec![short("What is a phantom read"), short("Why locks")];
    let to = Arc::new(question());
    insta::assert_snapshot!(tell(V::Related { to: Arc::clone(&to), questions }), @"
    (embed) Related questions
      Close to “What does ACID promise?”:

      1. What is a phantom read
      -# Ours · easy
      2. Why locks
      -# Ours · easy
      [1. What is a phantom read]
      [2. Why locks]
    ");
    insta::assert_snapshot!(tell(V::Related { to, questions: Vec::new() }), @"
    (embed) Related questions
      The bank has no related question any more.
    ");
}

#[test]
fn a_report_goes_to_those_who_keep_the_bank() {
    let question = Arc::new(question());
    let kept = |fault| tell(V::Reported { question: Arc::clone(&question), fault });
    let what = tell(V::ReportWhat { question: Arc::clone(&question) });
    let form = |fault| {
        let (key, prompt) = (Key::of(&question.id), question.prompt.clone());
        form_said(F::Report { key, prompt, fault })
    };
    let all = [what, form(Fault::Wrong), kept(Fault::Outdated), form(Fault::Unclear)];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Report
      What is wrong with “What does ACID promise?”?

      **Wrong**: it says something that is not so.
      **Outdated**: it was so once.
      **Unclear**: it cannot be understood.

      Those who keep the bank read it. Your name is not kept with it.
      [Wrong] [Outdated] [Unclear]
    (form) Report: wrong
      What is not so? (lines, at most 300):
        (What does ACID promise?)
    (embed) Reported
      Thank you. “What does ACID promise?” is reported as outdated; those who keep the bank see it in `/reports`.
    (form) Report: unclear
      What cannot be understood? (lines, at most 300):
        (What does ACID promise?)
    ");
}

#[test]
fn reports_are_listed_oldest_first_and_can_be_settled() {
    let report = |number, fault, text: &str| Report {
        number,
        question: question().id,
        fault,
        text: text.to_owned(),
        at: at(0),
    };
    let reports = vec![
        (report(3, Fault::Wrong, "Isolation is not serial."), Some(Arc::new(question()))),
        (report(4, Fault::Unclear, ""), None),
    ];
    insta::assert_snapshot!(tell(V::Reports { reports, of: 9 }), @"
    (embed) Reports
      9 reports open. Mend the question in the bank, then settle its report.

      **3. Wrong**, <t:1795089600:R>
      What does ACID promise?
      -# `transactions-acid`
      > Isolation is not serial.

      **4. Unclear**, <t:1795089600:R>
      A question that the bank has no more
      -# `transactions-acid`

      … and 7 more: settle these first.
      [Settle 3] [Settle 4]
    ");
    insta::assert_snapshot!(tell(V::Reports { reports: Vec::new(), of: 0 }), @"
    (embed) Reports
      No report is open.
    ");
}

#[test]
fn a_review_ends_with_what_is_left_and_what_comes() {
    let over =
        |today, left, next, last| tell(V::ReviewOver(ReviewOver { today, left, next, last }));
    let last = Some((Arc::new(question()), graded(Grade::GotIt, 4)));
    let all = [
        over(12, 0, Some(TODAY.saturating_add(jiff::Span::new().days(2))), last),
        over(20, 3, Some(TODAY), None),
        over(0, 0, None, None),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Review
      **Got it**: What does ACID promise?
      Back in 4 days, on Mon 23 Nov.

      That is it for today: 12 questions graded.

      The next question is due Sat 21 Nov 2026.
      [Take back]
    (embed) Review
      That is it for today: 20 questions graded.

      3 questions are still due and can wait: your daily limit is reached. **Settings** raises it.
      [Settings]
    (embed) Review
      Nothing is due today.

      Grade an answer, and its question comes back here when it is due. `/quiz`, `/sprint` and `/question` bring some.
    ");
}

#[test]
fn a_sprint_ends_with_a_summary_and_what_to_read_next() {
    let over = SprintOver {
        minutes: 14,
        timed_out: false,
        graded: vec![
            (Arc::new(question()), Grade::Missed),
            (short("Why indexes"), Grade::GotIt),
            (short("Why locks"), Grade::GotIt),
            (short("Why queues"), Grade::Easy),
            (short("Why caches"), Grade::Partly),
        ],
        left: 1,
        read_next: vec![short("What is a phantom read")],
        standing: standing(3, 12, 1, &[Day::Counted; 3]),
    };
    insta::assert_snapshot!(tell(V::SprintOver(over.clone())), @"
    (embed) Sprint over
      5 questions in 14 minutes: 1 easy, 2 got it, 1 partly and 1 missed. 1 question left out or not reached.
      Missed:
        - What does ACID promise?
      Partly:
        - Why caches
      Covered:
        - Why indexes
        - Why locks
        - Why queues
      Read next:
        1. What is a phantom read
      Your streak:
        🔥 3 days in a row.
      [1. What is a phantom read]
      [Review]
    ");
    let nothing = SprintOver {
        minutes: 15,
        timed_out: true,
        graded: Vec::new(),
        read_next: Vec::new(),
        left: 6,
        standing: standing(0, 0, 0, &[Day::Open]),
    };
    insta::assert_snapshot!(tell(V::SprintOver(nothing)), @"
    (embed) Sprint over
      No question graded in 15 minutes. The time was up. 6 questions left out or not reached.
      Your streak:
        No streak at the moment.
      [Review]
    ");
}

pub(super) fn topic(name: &str, title: &str, levels: [[u16; 3]; 3]) -> TopicView {
    let coverage =
        |[known, due, unseen]: [u16; 3]| Coverage { of: known + due + unseen, known, due, unseen };
    let [easy, medium, hard] = levels.map(coverage);
    TopicView {
        topic: Topic::new(name),
        title: title.to_owned(),
        levels: [(Level::Easy, easy), (Level::Medium, medium), (Level::Hard, hard)],
    }
}

pub(super) fn topics() -> Vec<TopicView> {
    vec![
        topic("databases", "Databases & Storage", [[5, 0, 1], [3, 2, 6], [0, 1, 4]]),
        topic("http", "HTTP & Web Fundamentals", [[2, 0, 0], [0, 0, 5], [0, 0, 0]]),
    ]
}

pub(super) fn progress() -> Progress {
    Progress {
        today: TODAY,
        standing: standing(3, 12, 1, &[Day::Counted; 3]),
        days: vec![(date(2026, 10, 2), 4), (date(2026, 11, 18), 12), (TODAY, 1)],
        topics: topics(),
        due: 5,
        coming: [2, 0, 1, 0, 0, 0, 3],
        interviews: 2,
        reminder: false,
        shared: true,
    }
}

#[test]
fn progress_is_told_in_words_and_in_a_picture() {
    insta::assert_snapshot!(tell(V::Me(Box::new(progress()))), @"
    (embed) Your progress
      🔥 3 days in a row (best 12). 1 freeze held.

      Tu🟩 We🟩 Th🟩
      🟩 practiced

      Today counted.
      Review:
        **5 questions are due today.** Then Fri 2, Sun 1, Thu 3.
      What you know:
        easy: 7 known, 0 due, 1 unseen
        medium: 3 known, 2 due, 11 unseen
        hard: 0 known, 1 due, 4 unseen
        -# By topic in the picture, and in `/topics`.
      Interviews:
        2 interviews: `/mock history`
      Settings:
        Reminder off, leaderboard on
      [Review] [Settings] [Export] [Forget me]
      (picture) progress.png
        A calendar of the last 53 weeks: 3 days of practice from Fri 2 Oct to Thu 19 Nov, 17 questions; most on Wednesday 18 November, 12. Questions known, due and unseen: Databases & Storage 8, 3, 11; HTTP & Web Fundamentals 2, 0, 5.
    ");
    let nothing = Progress {
        today: TODAY,
        standing: standing(0, 0, 0, &[Day::Open]),
        days: Vec::new(),
        topics: Vec::new(),
        due: 0,
        coming: [0; 7],
        interviews: 0,
        reminder: true,
        shared: false,
    };
    insta::assert_snapshot!(tell(V::Me(Box::new(nothing))), @"
    (embed) Your progress
      No streak yet: your first practice day begins one.

      Today can be day 1. Every answer that you type or ask for counts, and every grade: `/review` brings what is due, `/sprint` some short questions, `/quiz` one for everybody.
      Review:
        Nothing is due today. None in the next seven days.
      What you know:
        The bank has no questions yet.
      Interviews:
        None yet. `/mock start` begins one.
      Settings:
        Reminder on, leaderboard off
      [Review] [Settings] [Export] [Forget me]
      (picture) progress.png
        A calendar of the last 53 weeks, without a day of practice yet. Questions known, due and unseen: none.
    ");
}

#[test]
fn every_topic_is_counted_by_level_and_by_what_one_knows() {
    insta::assert_snapshot!(tell(V::Topics(topics())), @"
    (embed) Topics
      29 questions in 2 topics. You: 10 known, 3 due, 16 unseen.
      █ known  ▓ due  ░ unseen

      `████▓░░░░░` **Databases & Storage**
      22 questions: 6 easy, 11 medium, 5 hard
      -# You: 8 known, 3 due, 11 unseen · `databases`

      `███░░░░░░░` **HTTP & Web Fundamentals**
      7 questions: 2 easy, 5 medium
      -# You: 2 known, 0 due, 5 unseen · `http`
    ");
    insta::assert_snapshot!(tell(V::Topics(Vec::new())), @"
    (embed) Topics
      The bank has no questions yet. Whoever runs the bot can add some.
    ");
}

fn settings(settings: Settings, closed: bool) -> String {
    let zone = Zone::named("Europe/Berlin").expect("bundled");
    let day_starts = time(4, 0, 0, 0);
    let zone = (zone, true);
    tell(V::Settings { settings, zone, day_starts, usual: 20, closed, coach: None })
}

#[test]
fn settings_say_what_holds_and_can_be_chosen() {
    let usual = Settings::default();
    insta::assert_snapshot!(settings(usual.clone(), false), @"
    (embed) Your settings
      **Time zone:** Europe/Berlin, yours; `/zone name:` changes it.
      **Your day begins:** 04:00

      **Reminder:** off. If you switch it on, I write to you before a practice day ends on which your streak is at stake, at most once a day.

      **Leaderboard and map of the team:** you are not named

      **Reviews a day:** at most 20
      [Reminder ▾]
        (x) Reminder: off
        ( ) Reminder: 1 hour before the day ends
        ( ) Reminder: 2 hours before the day ends
        ( ) Reminder: 3 hours before the day ends
        ( ) Reminder: 4 hours before the day ends
        ( ) Reminder: 6 hours before the day ends
      [Leaderboard ▾]
        (x) Leaderboard: not on it
        ( ) Leaderboard: on it
      [Grades ▾]
        ( ) Grades: Missed, Got it
        (x) Grades: Missed, Partly, Got it, Easy
      [Reviews a day: 20 ▾]
        ( ) Reviews a day: 5
        ( ) Reviews a day: 10
        (x) Reviews a day: 20
        ( ) Reviews a day: 30
        ( ) Reviews a day: 50
        ( ) Reviews a day: 100
    ");
    let quiet = Some((time(22, 0, 0, 0), time(7, 0, 0, 0)));
    let own =
        Settings { shared: true, two_grades: true, a_day: Some(35), reminder: Some(2), quiet };
    insta::assert_snapshot!(settings(own, false), @"
    (embed) Your settings
      **Time zone:** Europe/Berlin, yours; `/zone name:` changes it.
      **Your day begins:** 04:00

      **Reminder:** 2 hours before your day ends, if your streak is at stake; quiet from 22:00 to 07:00

      **Leaderboard and map of the team:** team-mates see your practice days, how many questions, and in which topics; never an answer or a grade

      **Reviews a day:** at most 35
      [Reminder ▾]
        ( ) Reminder: off
        ( ) Reminder: 1 hour before the day ends
        (x) Reminder: 2 hours before the day ends
        ( ) Reminder: 3 hours before the day ends
        ( ) Reminder: 4 hours before the day ends
        ( ) Reminder: 6 hours before the day ends
      [Leaderboard ▾]
        ( ) Leaderboard: not on it
        (x) Leaderboard: on it
      [Grades ▾]
        (x) Grades: Missed, Got it
        ( ) Grades: Missed, Partly, Got it, Easy
      [Reviews a day: 35 ▾]
        ( ) Reviews a day: 5
        ( ) Reviews a day: 10
        ( ) Reviews a day: 20
        ( ) Reviews a day: 30
        ( ) Reviews a day: 50
        ( ) Reviews a day: 100
      [Quiet hours]
    ");
    let kept = settings(Settings { quiet, ..usual.clone() }, false);
    let expected = "at most once a day. Your quiet hours from 22:00 to 07:00 are kept; they matter \
                    once a reminder is on.";
    assert!(kept.contains(expected), "{kept}");
    let closed = settings(usual, true);
    assert!(closed.contains("My last reminder did not reach you"), "{closed}");
}

#[test]
fn quiet_hours_stand_in_their_form() {
    let quiet = Some((time(22, 0, 0, 0), time(7, 30, 0, 0)));
    let all = [form_said(F::Quiet { quiet }), form_said(F::Quiet { quiet: None })];
    insta::assert_snapshot!(all.join("\n"), @"
    (form) Quiet hours
      From and to; empty for none (line, at most 20):
        22:00-07:30
    (form) Quiet hours
      From and to; empty for none (line, at most 20):
        (22:00-07:00)
    ");
}

#[test]
fn what_is_known_can_be_taken_along_and_forgotten() {
    let all = [
        tell(V::Export { json: "{\n  \"streak\": 3\n}".to_owned() }),
        tell(V::ForgetReally),
        tell(V::Forgotten),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    (embed) Your data
      Everything that I know about you in this team, as JSON. Only you see this message.
      (file) mockingbird-export.json
        {
          "streak": 3
        }
    (embed) Forget me
      This deletes everything that I know about you in this team: streak, grades, reviews, settings, your interviews with what others wrote about you in them, and your part in the interviews of others. It cannot be undone, and no older file of mine keeps it.

      Each server is a team of its own, and so is your private chat with me: what I know about you elsewhere, you delete there.

      Not deleted: messages that stand in Discord, and copies that whoever runs me has made. Counts of the team and reports that you sent stay; they do not say who.
      [Forget me for good] [Export first]
    (embed) Forgotten
      Done. I know nothing about you in this team any more. If you practice again, you begin anew.
    "#);
}

#[test]
fn what_cannot_be_undone_is_red() {
    let style = |view: V, label: &str| {
        let messages = render(&View::Own(Box::new(view)));
        let mut buttons = messages.iter().flat_map(|message| message.rows.iter().flatten());
        buttons.find(|button| button.label == label).expect(label).style
    };
    assert_eq!(style(V::ForgetReally, "Forget me for good"), ButtonStyle::Danger);
    assert_eq!(style(V::Me(Box::new(progress())), "Forget me"), ButtonStyle::Danger);
    let answer = || V::Answer { question: own(REVIEW), graded: None, standing: None };
    assert_eq!(style(answer(), "Missed"), ButtonStyle::Danger);
    assert_eq!(style(answer(), "Got it"), ButtonStyle::Secondary);
}

#[test]
fn a_reminder_says_what_is_at_stake_and_how_to_end_reminders() {
    let reminder =
        |frozen, due| tell(V::Reminder { server: 9, length: 12, ends: at(120), frozen, due });
    let all = [reminder(false, 5), reminder(true, 0), tell(V::ReminderOff)];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Your streak
      🔥 12 days in a row. If you do not practice today, it ends.
      Your day ends at <t:1795096800:t> (<t:1795096800:R>).

      5 questions are due: `/review` in the server. One is enough.
      [No more reminders]
    (embed) Your streak
      🔥 12 days in a row. If you do not practice today, it costs a freeze; the streak stays.
      Your day ends at <t:1795096800:t> (<t:1795096800:R>).

      `/quiz` or `/sprint` in the server brings you a question.
      [No more reminders]
    (embed) Reminders off
      I send you no reminders any more. In the server, `/me` and **Settings** switch them on again.
    ");
}
